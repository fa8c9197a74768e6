"""The view of the cheapest ways to host a scenario: needs, a ranked list, and why others lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QWidget

from mlflow_cost_desktop.analysis.alternatives import (
    Alternative,
    Alternatives,
    Search,
    regions_asked,
    word_of,
)
from mlflow_cost_desktop.analysis.why_not import WhyNot, why_not
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.answer.alternatives_tables import RankedTable, lost_rows, ranked_rows
from mlflow_cost_desktop.gui.answer.over_time_tables import FlatTable
from mlflow_cost_desktop.gui.answer.page import PageArea, titled_row, whole_page
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.background import Permission
from mlflow_cost_desktop.gui.toolkit.buttons import quiet_button
from mlflow_cost_desktop.gui.toolkit.flow_row import FlowRow
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.latest import Latest
from mlflow_cost_desktop.gui.toolkit.stable_height import StableHeight
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.needs import ALL, THIS, Needs
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.alternatives import (
    headline_in_words,
    needs_in_words,
    searched_in_words,
    summary_in_words,
)

APPLY = "Take an alternative"

COMMITMENTS = {0.0: "No commitment", 12.0: "Up to 1 year", 36.0: "Up to 3 years"}
ARCHITECTURES = {"any": "x86 and ARM", "x86_64": "x86 only", "arm64": "ARM only"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has come to: so far, or at its end."""

    study: Study
    alternatives: Alternatives
    lost: tuple[WhyNot, ...]


class AlternativesView(QWidget):
    """What it could cost otherwise, and what is done with it.

    Signals:
        edited: a path of the needs and its value.
        needs_asked: to see all needs.
        applied: edits, and what the step is called.
        compared: a scenario, and what it is called.
        opened: a scenario.
    """

    edited = Signal(str, object)
    needs_asked = Signal()
    applied = Signal(object, str)
    compared = Signal(object, str)
    opened = Signal(object)
    progressed = Signal(int)  # how many regions were searched, while there are more
    _found_more = Signal(object, int)

    def __init__(self, shelf: Shelf, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._shelf, self._figures = shelf, figures
        self._study: Study | None = None
        self._permission = Permission()
        self._number = 0
        self.found: Found | None = None
        self._make_words()
        self._make_needs()
        self._make_tables()
        self._area = PageArea()
        self._lay_out()
        self._latest = Latest(self._area)
        self._latest.answered.connect(self._take)
        self._latest.failed.connect(self._take_failure)
        self._found_more.connect(self._take_part)
        if app := QApplication.instance():
            app.aboutToQuit.connect(self._cancel)

    def _make_words(self) -> None:
        self.figure = plain_label("viewFigure")
        self.sentence = ElidedLabel("viewSentence")
        self.summary = plain_label("note")
        self.summary.setWordWrap(True)
        self.progress = plain_label("details")
        self.cancel = quiet_button("Cancel", "Keep what was found so far")
        self.cancel.clicked.connect(self._cancel)
        self.cancel.hide()

    def _make_needs(self) -> None:
        self.needs = FlowRow()
        self.sizes = quiet_button("", "All that is asked for: sizes, zones, prices and more")
        self.sizes.clicked.connect(self.needs_asked)
        self.commitment = self._menu_button("The longest commitment that may be bought")
        self.architecture = self._menu_button("Which machines may be taken")
        self.regions = self._menu_button("Where to look")
        self.needs.hold((self.sizes, self.commitment, self.architecture, self.regions))

    def _menu_button(self, tip: str) -> QToolButton:
        button = quiet_button("", tip)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.triggered.connect(self._choose)
        button.setMenu(menu)
        return button

    def _make_tables(self) -> None:
        self.apply = quiet_button("Apply", "Host it this way: one step that can be undone")
        self.compare = quiet_button("Compare", "Put it beside the present one, line by line")
        self.open = quiet_button("Open as a new scenario", "In a window of its own")
        self.apply.clicked.connect(self._apply)
        self.compare.clicked.connect(self._compare)
        self.open.clicked.connect(self._open)
        self.list = RankedTable("Alternatives")
        self.list.itemActivated.connect(lambda *_: self._compare())
        self.list.currentItemChanged.connect(self._enable)
        self.lost = FlatTable("Why not …")

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(4)
        state.addWidget(self.progress, 1)
        state.addWidget(self.cancel)
        column = self._area.column
        column.addWidget(StableHeight(self.summary))
        column.addWidget(titled_row("Cheapest first", self.apply, self.compare, self.open))
        column.addWidget(self.list)
        column.addSpacing(8)
        column.addWidget(titled_row("Why not …"))
        column.addWidget(self.lost)
        column.addStretch(1)
        whole = whole_page(self, self.figure, self.sentence)
        whole.addWidget(self.needs)
        whole.addLayout(state)
        whole.addWidget(self._area, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit_tables)  # after its widgets changed too

    def _fit_tables(self) -> None:
        for table in (self.list, self.lost):
            table.fit()

    # The search

    @property
    def is_searching(self) -> bool:
        """Whether more is to be found."""
        return self._latest.is_waiting

    def show_study(self, study: Study) -> None:
        """Look for what costs less than a scenario."""
        self._study = study
        self._show_needs()
        self._permission.take()  # the search before ends with its region
        self._permission = permission = Permission()
        self._number += 1
        number = self._number
        regions = regions_asked(study.scenario, self._shelf.provider, self._shelf.regions)

        def work() -> Found:
            search = Search(study.scenario, study.price_book)
            lost = why_not(search)
            found = Found(study, search.nothing(len(regions)), lost)
            for so_far in search.through(self._books(regions, permission), len(regions)):
                found = Found(study, so_far, lost)
                if so_far.done < so_far.regions:
                    self._found_more.emit(found, number)
            return found

        for button in (self.apply, self.compare, self.open):
            button.setEnabled(False)
        self._latest.ask(work)

    def _books(self, regions: tuple[str, ...], permission: Permission) -> Iterator[PriceBook]:
        for region_id in regions:
            permission.check()
            yield self._shelf.book(region_id)

    def _take_part(self, found: Found, number: int) -> None:
        """Show what was found so far, while the search goes on."""
        if number == self._number:
            self.cancel.show()
            self._show(found)
            self.progressed.emit(found.alternatives.done)

    def _take(self, found: Found) -> None:
        self.cancel.hide()
        self._show(found)

    def _take_failure(self, error: Exception) -> None:
        self.cancel.hide()
        if isinstance(error, UserError):
            self.progress.setText(str(error))
        elif self.found:
            self._show(self.found)
            self.progress.setText(f"Canceled: {self.progress.text()}")

    def _cancel(self) -> None:
        self._permission.take()

    # What is shown

    def _show_needs(self) -> None:
        study = self._study
        assert study is not None
        needs = study.scenario.needs
        self.sizes.setText(f"{needs_in_words(study.scenario, study.price_book, self._figures)} …")
        months = needs.commitment_months
        self._fill(
            self.commitment,
            COMMITMENTS.get(months) or f"Up to {self._figures.quantity(months, 'month')}",
            ((words, "needs.commitment_months", of) for of, words in COMMITMENTS.items()),
            months,
        )
        self._fill(
            self.architecture,
            ARCHITECTURES[needs.architecture],
            ((words, "needs.architecture", of) for of, words in ARCHITECTURES.items()),
            needs.architecture,
        )
        places = tuple(self._places(needs))
        current = next((words for words, _, of in places if of == needs.regions), "Several regions")
        self._fill(self.regions, current, places, needs.regions)

    def _places(self, needs: Needs) -> Iterator[tuple[str, str, object]]:
        yield "This region", "needs.regions", needs.regions if needs.regions == (THIS,) else ()
        yield "All regions", "needs.regions", (ALL,)
        for continent in dict.fromkeys(self._shelf.provider.continents.values()):
            yield continent, "needs.regions", (word_of(continent),)

    def _fill(
        self,
        button: QToolButton,
        words: str,
        entries: Iterator[tuple[str, str, object]] | tuple[tuple[str, str, object], ...],
        current: object,
    ) -> None:
        button.setText(f"{words} ▾")
        menu = button.menu()
        menu.clear()
        for text, path, value in entries:
            action = menu.addAction(text)
            action.setData((path, value))
            action.setCheckable(True)
            action.setChecked(value == current)

    def _choose(self, action: QAction) -> None:
        path, value = action.data()
        self.edited.emit(path, value)

    def _show(self, found: Found) -> None:
        self.found = found
        study, alternatives = found.study, found.alternatives
        figures = study.figures
        figure, sentence = headline_in_words(alternatives, figures)
        self.figure.setText(figure)
        self.figure.setVisible(bool(figure))
        self.sentence.setText(sentence)
        show_tooltip(self.sentence, f"{figure} {sentence}")
        self.summary.setText(summary_in_words(alternatives, figures))
        searched = searched_in_words(alternatives, figures)
        without = ", ".join(alternatives.without)
        left_out = f" · without all prices: {without}" if without else ""
        self.progress.setText(f"{searched}{left_out}")
        self.list.show_rows(*ranked_rows(alternatives, figures))
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self.lost.show_rows(*lost_rows(alternatives, found.lost, figures))
        self.lost.setVisible(bool(found.lost))
        self._enable()

    # What is done with one

    @property
    def chosen(self) -> Alternative | None:
        """The alternative of the chosen row; none where that is the present one."""
        key = self.list.key
        if not self.found or not key.isdigit():
            return None
        return self.found.alternatives.found[int(key) - 1]

    def _enable(self) -> None:
        # What was found for another scenario than the present one can't be applied to it.
        is_current = self.found is not None and self.found.study is self._study
        for button in (self.apply, self.compare, self.open):
            button.setEnabled(is_current and self.chosen is not None)

    def _apply(self) -> None:
        if self.chosen:
            edits: Edits = self.chosen.edits
            self.applied.emit(edits, APPLY)

    def _compare(self) -> None:
        if self.chosen and self.compare.isEnabled():
            self.compared.emit(self.chosen.scenario, f"Alternative {self.list.key}")

    def _open(self) -> None:
        if self.chosen:
            self.opened.emit(self.chosen.scenario)
