"""The view of how sure the total is, what matters most, and what would turn the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.flips import Flips, flips
from mlflow_cost_desktop.analysis.tornado import Tornado, tornado
from mlflow_cost_desktop.analysis.uncertainty import LIVE, MANY, Uncertainty, uncertainty
from mlflow_cost_desktop.charts.tornado import Named
from mlflow_cost_desktop.exports.draws import draws_csv
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.gui.answer.over_time_tables import FlatTable
from mlflow_cost_desktop.gui.answer.page import PageArea, PlanPage, titled_row, whole_page
from mlflow_cost_desktop.gui.answer.uncertainty_charts import CasesCard, TornadoCard
from mlflow_cost_desktop.gui.answer.uncertainty_tables import flip_rows, range_rows
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.background import Job
from mlflow_cost_desktop.gui.toolkit.buttons import quiet_button
from mlflow_cost_desktop.gui.toolkit.figure_field import FigureField
from mlflow_cost_desktop.gui.toolkit.file_choice import chosen_file
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.latest import Latest
from mlflow_cost_desktop.gui.toolkit.stable_height import StableHeight
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.wording.flips import flips_in_words
from mlflow_cost_desktop.wording.uncertainty import (
    bar_in_words,
    chances_in_words,
    moves_in_words,
    uncertainty_in_words,
    without_effect_in_words,
)

CASES, BAR, AROUND = 230, 22, 110
"""Px of the first chart's card at least; of each bar of the second, and of what is around them."""

HINT = (
    "Every number can have a range: its menu (right click, or ⋯ at its edge) says how. "
    "A sign at its edge shows what is set."
)

NO_RANGES = "a month, as typed: no input has a range yet."

SUGGEST_TIP = "Give ranges to inputs that matter: from sources, else marked as judgment"
ADD_TIP = "Let an input have a range"

BUDGET = "What a month may cost: how likely it is to be kept is said above. USD."


@dataclass(frozen=True)
class Answer:
    """All that the view shows of a study."""

    cases: Uncertainty
    swings: Tornado
    turns: Flips | None


class UncertaintyView(PlanPage):
    """How sure the total is.

    Signals:
        range_asked: to see or make the range of a path; any, where that is empty.
        range_removed: a range's path.
        suggestion_asked: to give ranges to what matters.
        edited: a path and its value.
        saved, failed: draws, or a chart, were written, or could not be.
    """

    range_asked = Signal(str)
    range_removed = Signal(str)
    suggestion_asked = Signal()
    edited = Signal(str, object)
    saved = Signal(Path)
    failed = Signal(object)

    def __init__(self, folder: Path, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures, self._folder = figures, folder
        self._count = LIVE
        self._job: Job[Path] | None = None
        self._idle = ""
        self.found: Answer | None = None
        self.cases, self.swings = CasesCard(folder, figures), TornadoCard(folder, figures)
        self._latest = Latest(self)
        self._latest.answered.connect(self._show)
        self._latest.failed.connect(lambda error: self.sentence.setText(str(error)))
        self._make_words()
        self._make_tables()
        self._lay_out()
        for card in (self.cases, self.swings):
            card.saved.connect(self.saved)
            card.failed.connect(self.failed)

    def _make_words(self) -> None:
        self.figure = plain_label("viewFigure")
        self.sentence = ElidedLabel("viewSentence")
        self.chances, self.verdict, self.idle, self.hint = (plain_label("note") for _ in range(4))
        for label in (self.chances, self.verdict, self.idle, self.hint):
            label.setWordWrap(True)
        self.suggest_some = quiet_button("Suggest some", SUGGEST_TIP)
        self.add_one = quiet_button("Add one…", ADD_TIP)
        self.suggest_some.clicked.connect(self.suggestion_asked)
        self.add_one.clicked.connect(lambda: self.range_asked.emit(""))
        self.folded = quiet_button("", "Show which inputs these are, or hide them")
        self.folded.setCheckable(True)
        self.folded.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.folded.toggled.connect(self._unfold)
        self.hint.setText(HINT)
        self.budget = FigureField("Budget", "USD", BUDGET, self._figures, upper=1e12, optional=True)
        self.budget.line.setMaximumWidth(scaled(110))
        self.budget.line.editingFinished.connect(self._take_budget)
        self.many = quiet_button(
            f"{self._figures.exact(MANY)} draws", "Work it out again with ten times as many cases"
        )
        self.many.clicked.connect(self._ask_many)
        self.save = quiet_button("Save draws…", "Every case as CSV, for whoever wants to check")
        self.save.clicked.connect(self.ask_save)

    def _make_tables(self) -> None:
        self.turns = FlatTable("What would turn the verdict")
        self.ranges = FlatTable("Ranges")
        self.ranges.itemActivated.connect(lambda *_: self._edit())
        self.ranges.currentItemChanged.connect(self._enable)
        self.suggest = quiet_button("Suggest", SUGGEST_TIP)
        self.add = quiet_button("Add…", ADD_TIP)
        self.edit = quiet_button("Edit…", "Change the selected range")
        self.remove = quiet_button("Remove", "Hold the selected input at what is typed")
        self.suggest.clicked.connect(self.suggestion_asked)
        self.add.clicked.connect(lambda: self.range_asked.emit(""))
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(lambda: self.range_removed.emit(self.ranges.key))

    def _lay_out(self) -> None:
        area = PageArea()
        column = area.column
        column.addWidget(self.cases)
        caption = plain_label("field")
        caption.setText("Budget a month")
        self._budget_row = _row(caption, self.budget, self.many, self.save)
        column.addWidget(self._budget_row)
        column.addWidget(self.swings)
        column.addWidget(self.folded, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(StableHeight(self.idle))
        column.addSpacing(8)
        self._turns_title = titled_row("What would turn the verdict")
        column.addWidget(self._turns_title)
        column.addWidget(StableHeight(self.verdict))
        column.addWidget(self.turns)
        column.addSpacing(8)
        column.addWidget(titled_row("Ranges", self.suggest, self.add, self.edit, self.remove))
        column.addWidget(self.ranges)
        column.addWidget(self.hint)
        column.addStretch(1)
        whole = whole_page(self, self.figure, self.sentence)
        self._begin = _row(self.suggest_some, self.add_one)
        whole.addWidget(self._begin)
        whole.addWidget(StableHeight(self.chances))  # in sight wherever the page is scrolled to
        whole.addWidget(area, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for card in (self.cases, self.swings):
                card.show_palette(QApplication.palette())
            QTimer.singleShot(0, self, self._fit)  # after its widgets changed too

    def _fit(self) -> None:
        self.cases.setFixedHeight(scaled(CASES))
        wanted = scaled(AROUND + BAR * max(self.swings.rows, 2))
        self.swings.setFixedHeight(max(wanted, self.swings.minimumSizeHint().height()))
        self.turns.fit()
        self.ranges.fit()

    # What is shown

    def show_study(self, study: Study) -> None:
        """Show how sure a scenario is, by as many cases as follow typing."""
        self._count = LIVE
        super().show_study(study)

    def _ask_many(self) -> None:
        self._count = MANY
        self._ask()

    def _ask(self) -> None:
        study, plan, count = self._study, self._plan, self._count
        assert study is not None
        scenario, book = study.scenario, study.price_book

        def work() -> Answer:
            cases = uncertainty(scenario, book, plan, count)
            turns = flips(scenario, book, plan) if plan else None
            if turns and not turns.flips:
                _ = turns.groups  # what takes its time, here and not in the window
            return Answer(cases, tornado(scenario, book), turns)

        self._latest.ask(work)

    def _show(self, found: Answer) -> None:
        self.found = found
        scenario, figures = found.cases.scenario, self._figures
        has_ranges = bool(found.cases.values)
        figure, sentence = uncertainty_in_words(found.cases, figures)
        if not has_ranges:
            sentence = NO_RANGES
        self.figure.setText(figure)
        self.sentence.setText(sentence)
        show_tooltip(self.sentence, f"{figure} {sentence}")
        self.chances.setText(" ".join(chances_in_words(found.cases, figures)))
        for widget in (self.cases, self._budget_row, self.chances):
            widget.setVisible(has_ranges)
        self._begin.setVisible(not has_ranges)
        if not self.budget.line.hasFocus():
            self.budget.show_figure(scenario.budget_usd)
        self.cases.show_cases(found.cases)
        self._show_swings(found)
        self._show_turns(found.turns)
        self.ranges.show_rows(*range_rows(scenario, figures))
        self.ranges.setVisible(bool(scenario.ranges))
        self._enable()
        self._fit()

    def _show_swings(self, found: Answer) -> None:
        swings, figures = found.swings, self._figures
        plan = None
        if found.turns:
            name = found.turns.plan.name
            plan = name, swings.cost + found.turns.difference
        self.swings.show_tornado(
            Named(
                swings,
                found.cases.scenario.currency,
                tuple(bar_in_words(bar) for bar in swings.bars),
                tuple(
                    moves_in_words(bar, figures, has_ranges=swings.has_ranges)
                    for bar in swings.bars
                ),
                plan,
            )
        )
        count = len(swings.without_effect)
        self._idle = "1 input" if count == 1 else f"{count} inputs"
        self.idle.setText(without_effect_in_words(swings))
        self.folded.setVisible(bool(count))
        self._unfold(self.folded.isChecked())

    def _unfold(self, is_open: bool) -> None:
        """Name the inputs without effect, or say only how many there are."""
        self.folded.setText(f"{'▾' if is_open else '▸'} {self._idle} without effect")
        self.idle.setVisible(is_open and bool(self.idle.text()))

    def _show_turns(self, turns: Flips | None) -> None:
        for widget in (self._turns_title, self.verdict, self.turns):
            widget.setVisible(turns is not None)
        if turns is None:
            return
        self.verdict.setText(" ".join(flips_in_words(turns, self._figures)))
        rows = flip_rows(turns, self._figures)
        self.turns.show_rows(*rows)
        self.turns.setVisible(bool(rows[1]))

    def _enable(self) -> None:
        self.edit.setEnabled(self._is_number(self.ranges.key))
        self.remove.setEnabled(bool(self.ranges.key))

    def _edit(self) -> None:
        if self._is_number(self.ranges.key):
            self.range_asked.emit(self.ranges.key)

    # Budget and draws

    def _take_budget(self) -> None:
        study = self._study
        if study is None or self.budget.fault:
            return
        if self.budget.figure != study.scenario.budget_usd:
            self.edited.emit("budget_usd", self.budget.figure)

    def ask_save(self) -> None:
        """Save the draws to a file that the user chooses."""
        start = str(self._folder / "draws.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save draws", start, "Figures for a spreadsheet (*.csv)"
        )
        path = chosen_file(self, chosen, ".csv")
        if path:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the draws to a file, in another thread; signals tell how it went."""
        if self.found is None:
            return
        cases = self.found.cases

        def work() -> Path:
            write_atomically(path, draws_csv(cases).encode("utf-8-sig"))
            return path

        self._job = job = Job(work)
        job.done.connect(self.saved)
        job.failed.connect(self.failed)
        job.start()
        self._folder = path.parent


def _row(*widgets: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return held
