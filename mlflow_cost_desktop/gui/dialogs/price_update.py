"""Today's prices: which regions, how it goes, what would change; taken over, or gone back from."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.preferences import FEWEST_DAYS, MOST_DAYS
from mlflow_cost_desktop.files.updating import only_update
from mlflow_cost_desktop.gui.dialogs.price_report import PriceReport
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.background import Job, Permission, WithdrawnError
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.problem import show_problem
from mlflow_cost_desktop.gui.toolkit.settings import Settings
from mlflow_cost_desktop.gui.toolkit.theme import open_at
from mlflow_cost_desktop.prices.network import origin_of
from mlflow_cost_desktop.prices.proposal import Doubt, Proposal
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.prices.update import PriceList, Progress, gather
from mlflow_cost_desktop.wording.price_update import (
    doubt_in_words,
    edition_in_words,
    not_read_in_words,
    size_in_words,
)

TELL_SECONDS = 0.1
STEPS = 1000


@dataclass(frozen=True)
class Places:
    """Folders that an update needs.

    Attributes:
        downloads: where what is fetched is kept until it was read.
        state: of locks.
    """

    downloads: Path
    state: Path


class PriceUpdateDialog(QDialog):
    """Asks, fetches, shows what would change, and takes over what is chosen.

    Args:
        session: holds the open scenario.
        settings: keeps after how many days a price is old.
        others: the regions of other open scenarios and of recent files.
        places: the folders that are needed.
    """

    prices_changed = Signal()
    _progressed = Signal(object)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        others: Collection[str],
        places: Places,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("Update prices")
        self._session, self._settings, self._places = session, settings, places
        scenario = session.scenario
        self._shelf: Shelf = session.shelf.of(scenario.provider_id)
        self._region_id = scenario.region_id
        self._others = others
        self._job: Job[list[Proposal]] | None = None
        self._permission = Permission()
        self._told, self._doing = 0.0, ""
        make = self._shelf.provider.price_list
        self._list: PriceList | None = make() if make else None
        self._make_choices()
        self._make_progress()
        self.report = PriceReport(session)
        self._rest = QWidget()  # keeps the form at the top while there is no report
        self._make_buttons()
        self._lay_out()
        self._progressed.connect(self._show_progress)
        self._show_now()
        self._show_state()
        open_at(self, 820, 560)

    def _make_choices(self) -> None:
        self.intro = plain_label("note")
        self.intro.setWordWrap(True)
        self.regions = QComboBox()
        self.regions.setAccessibleName("Regions")
        for words, ids in self._choices():
            self.regions.addItem(words, ids)
        self.copy = QLineEdit()
        self.copy.setAccessibleName("Price list")
        self.copy.setPlaceholderText(self._list.address if self._list else "")
        self.copy.setToolTip("A folder or an address that has a copy of the list, in its layout")
        self.about = plain_label("")
        self.about.setWordWrap(True)
        self.now = plain_label("")
        self.now.setWordWrap(True)
        self.days = QSpinBox()
        self.days.setAccessibleName("Prices are old after")
        self.days.setRange(FEWEST_DAYS, MOST_DAYS)
        self.days.setSuffix(" days")
        self.days.lineEdit().setTextMargins(8, 0, 0, 0)
        self.days.setValue(self._settings.old_after_days)
        self.days.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.days.valueChanged.connect(self._keep_days)
        self.regions.currentIndexChanged.connect(self._show_size)

    def _choices(self) -> list[tuple[str, list[str]]]:
        name = self._shelf.regions[self._region_id]
        some = sorted({self._region_id, *self._others} & self._shelf.regions.keys())
        choices = [(f"This one: {name}", [self._region_id])]
        if len(some) > 1:
            choices.append((f"Those of open and recent scenarios ({len(some)})", some))
        choices.append((f"All {len(self._shelf.regions)}", list(self._shelf.regions)))
        return choices

    def _make_progress(self) -> None:
        self.doing = plain_label("note")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, STEPS)  # never without an end: Qt would let it move by itself
        self.progress.setAccessibleName("Progress")
        self.problem = plain_label("problem")
        self.problem.setWordWrap(True)

    def _make_buttons(self) -> None:
        self.fetch = QPushButton("&Fetch")
        self.fetch.setDefault(True)
        self.fetch.clicked.connect(self._fetch)
        self.cancel = QPushButton("C&ancel")
        self.cancel.clicked.connect(self._cancel)
        self.take_over = QPushButton("&Take over")
        self.take_over.clicked.connect(self._take_over)
        self.revert = QPushButton("Re&vert")
        self.revert.setToolTip("Go back to the prices of this region before the last update")
        self.revert.clicked.connect(self._revert)
        self.close_button = QPushButton("Close")
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        now = QHBoxLayout()
        now.addWidget(self.now, 1)
        now.addWidget(self.revert)
        form.addRow("&Regions", self.regions)
        form.addRow("Price &list", self.copy)
        form.addRow("Size", self.about)
        form.addRow("Now", now)
        form.addRow("Prices are &old after", self.days)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel, self.fetch, self.take_over, self.close_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.intro)
        column.addLayout(form)
        for widget in (self.doing, self.progress, self.problem):
            column.addWidget(widget)
        column.addWidget(self.report, 1)
        column.addWidget(self._rest, 1)
        column.addLayout(row)

    # What is shown

    def _show_now(self) -> None:
        provider = self._shelf.provider.name
        self.intro.setText(
            f"Fetched from {provider}'s own price list, and only when you ask. Nothing changes "
            f"before you have seen what would. {not_read_in_words(self._list)}"
            if self._list
            else f"{provider} has no price list that the program can read."
        )
        book = self._shelf.book(self._region_id)
        fetched = self._shelf.editions.of(self._region_id) if self._shelf.editions else []
        edition = next((one for one in fetched if one.id == book.edition), None)
        words = edition_in_words(edition, self._session.figures)
        self.now.setText(f"{book.region_name}: prices {words}")
        self.revert.setEnabled(edition is not None)
        self._show_size()

    def _show_size(self) -> None:
        if self._list is None:
            return
        count = len(self._chosen())
        size = size_in_words(count * self._list.rough_size(), self._session.figures)
        self.about.setText(f"About {size}; what broke off is gone on with")

    def _show_state(self) -> None:
        is_running, has_report = self._job is not None, bool(self.report.proposals)
        for widget in (self.regions, self.copy, self.days):
            widget.setEnabled(not is_running)
        self.fetch.setEnabled(not is_running and self._list is not None)
        self.fetch.setVisible(not has_report)
        self.take_over.setVisible(has_report)
        self.cancel.setVisible(is_running)
        self.close_button.setVisible(not is_running)
        for widget in (self.doing, self.progress):
            widget.setVisible(is_running)
        self.problem.setVisible(bool(self.problem.text()))
        self.report.setVisible(has_report)
        self._rest.setVisible(not has_report)
        if has_report:
            self.take_over.setDefault(True)

    def _show_progress(self, progress: Progress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        self.progress.setValue(round(STEPS * share))
        figures = self._session.figures
        size = size_in_words(progress.total // 2, figures) if progress.total else ""
        self.doing.setText(" · ".join(filter(None, (f"{progress.doing} …", size))))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self._show_state()

    # What the user asks for

    def _chosen(self) -> list[str]:
        return list(self.regions.currentData() or [])

    def _fetch(self) -> None:
        assert self._list is not None
        permission = self._permission = Permission()
        work = _work(
            self._shelf,
            self._list,
            (self.copy.text().strip(), self._chosen()),
            self._places,
            lambda progress: self._tell(progress, permission),
            permission.check,
        )
        self.problem.setText("")
        job = self._job = Job(work)
        job.done.connect(self._show_report)
        job.failed.connect(self._fail)
        self._show_progress(Progress("Asking", 0, 0))
        self._show_state()
        job.start()

    def _tell(self, progress: Progress, permission: Permission) -> None:
        """From the other thread: how far it is, now and then; ends what was canceled."""
        permission.check()
        now = time.monotonic()
        if progress.doing != self._doing or now - self._told >= TELL_SECONDS:
            self._told, self._doing = now, progress.doing
            self._progressed.emit(progress)

    def _cancel(self) -> None:
        self._permission.take()
        self.doing.setText("Canceling …")
        self.cancel.setEnabled(False)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.cancel.setEnabled(True)
        if isinstance(error, WithdrawnError):
            self._say("Canceled. Nothing was changed; what has arrived is kept for the next time.")
        elif isinstance(error, UserError):
            self._say(f"{error.title}. {error.advice}")
        else:
            self._show_state()
            raise error

    def _show_report(self, proposals: list[Proposal]) -> None:
        self._job = None
        self.cancel.setEnabled(True)
        if not self._permission.take():  # canceled in the last moment
            self._say("Canceled. Nothing was changed.")
            return
        useless = [one for one in proposals if not one.gathered.read]
        if len(useless) == len(proposals):
            why = next(iter(useless[0].gathered.refused.values()))
            self._say(f"Nothing of the price list could be used: {why}.")
            return
        self.report.show_proposals(proposals)
        self._show_state()
        self.report.list.setFocus()

    def _take_over(self) -> None:
        assert self._shelf.editions is not None
        try:
            with only_update(self._places.state):
                for proposal, outcome in self.report.outcomes():
                    proposal.take_over(outcome, self._shelf.editions)
                    self._shelf.forget(proposal.region_id)
        except UserError as error:
            show_problem(self, error)
        self.report.show_proposals([])
        self.prices_changed.emit()
        self.accept()

    def _revert(self) -> None:
        assert self._shelf.editions is not None
        try:
            with only_update(self._places.state):
                self._shelf.editions.revert(self._region_id)
        except UserError as error:
            show_problem(self, error)
            return
        self._shelf.forget(self._region_id)
        self.report.show_proposals([])  # they were held against another book
        self.prices_changed.emit()
        self._show_now()
        self._show_state()

    def _keep_days(self, days: int) -> None:
        self._settings.old_after_days = days
        self._session.limit_days = days
        self.prices_changed.emit()

    def reject(self) -> None:
        self._permission.take()  # who closes it wants none of it any more
        super().reject()


def _work(
    shelf: Shelf,
    price_list: PriceList,
    asked: tuple[str, Sequence[str]],
    places: Places,
    tell: Callable[[Progress], None],
    still: Callable[[], None],
) -> Callable[[], list[Proposal]]:
    """What is done in another thread: fetch, read, and hold against the books that are there.

    `tell` and `still` end it by what they raise.
    """
    where, region_ids = asked

    def words(doubt: Doubt) -> str:
        return doubt_in_words(doubt)

    def work() -> list[Proposal]:
        with only_update(places.state):
            origin = origin_of(where, price_list.address, places.downloads, still)
            gathered = gather(price_list, origin, region_ids, date.today(), tell)
        proposals: list[Proposal] = []
        for one in gathered:
            still()
            proposal = Proposal(shelf.book(one.region_id), one, price_list, words)
            proposal.outcome()  # all that is slow is done here
            proposals.append(proposal)
        return proposals

    return work
