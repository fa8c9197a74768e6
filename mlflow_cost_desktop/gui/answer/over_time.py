"""The view of what it costs over the months: figure, chart, tables, and what changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QWidget,
)

from mlflow_cost_desktop.analysis.projection import Projection, first_guess, projection
from mlflow_cost_desktop.analysis.uncertainty import LIVE
from mlflow_cost_desktop.exports.clipboard import cash_text
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.answer.over_time_chart import MonthsCard
from mlflow_cost_desktop.gui.answer.over_time_tables import (
    MONTHS_TABLE,
    YEARS_TABLE,
    month_rows,
    rule_rows,
    year_rows,
)
from mlflow_cost_desktop.gui.answer.page import PageArea, PlanPage, titled_row, whole_page
from mlflow_cost_desktop.gui.answer.word_table import WordTable
from mlflow_cost_desktop.gui.document.copied import copy_table
from mlflow_cost_desktop.gui.toolkit.buttons import quiet_button
from mlflow_cost_desktop.gui.toolkit.copying import COPY_PLAIN, PLAIN_TIP, has_plain_copy
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.latest import Latest
from mlflow_cost_desktop.gui.toolkit.stable_height import StableHeight
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.month_names import next_month, short_month
from mlflow_cost_desktop.wording.growth import (
    cash_in_words,
    guess_in_words,
    month_in_figures,
    projection_in_words,
    spread_in_words,
    verdict_in_words,
)

CHART = 250
"""Px of the chart's card at least, for a font of the usual size."""

HINT = (
    "Every number can change over time: its menu (right click, or ⋯ at its edge) says how. "
    "A sign at its edge shows what is set."
)

MOST_AT_ONCE = 150_000
"""Lines × months × rules that are worked out while the user waits, in some 20 ms."""


class OverTimeView(PlanPage):
    """What the months of the horizon cost, and the rules by which they differ.

    Signals:
        rule_asked: to see or make the rule for a path; any, where that is empty.
        guess_asked: to see the first guess.
        rule_removed: a rule's path.
        edited: a path and its value.
        horizon_asked: to change for how many months.
    """

    rule_asked = Signal(str)
    guess_asked = Signal()
    rule_removed = Signal(str)
    edited = Signal(str, object)
    horizon_asked = Signal()

    def __init__(self, folder: Path, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = figures
        self.found: Projection | None = None
        self.card = MonthsCard(folder, figures)
        self._latest = Latest(self)
        self._latest.answered.connect(self._show)
        self._latest.failed.connect(lambda error: self.sentence.setText(str(error)))
        self._make_words()
        self._make_tables()
        self._lay_out()
        self.card.month_read.connect(self._show_month)
        self.card.kind_changed.connect(self._show_tables)

    def _make_words(self) -> None:
        self.figure = plain_label("viewFigure")
        self.sentence = ElidedLabel("viewSentence")
        self.cash = plain_label("details")
        self.verdict = plain_label("planWords")
        self.month = plain_label("note")
        for wrapped in (self.cash, self.verdict, self.month):
            wrapped.setWordWrap(True)

    def _make_tables(self) -> None:
        self.by: dict[str, QToolButton] = {}
        self._by_group = QButtonGroup(self)
        for name, text in ((YEARS_TABLE, "By year"), (MONTHS_TABLE, "By month")):
            button = quiet_button(text, "What the table below has a column or a row for")
            button.setCheckable(True)
            button.setChecked(name == YEARS_TABLE)
            self._by_group.addButton(button)
            self.by[name] = button
        self._by_group.buttonClicked.connect(self._show_tables)
        self.copy_button = quiet_button("Copy", "Copy cash by month for a spreadsheet")
        self.copy_button.clicked.connect(lambda: self.copy(self._figures))
        self.plain_button = quiet_button(COPY_PLAIN.replace("&", ""), PLAIN_TIP)
        self.plain_button.clicked.connect(lambda: self.copy(PLAIN))
        if not has_plain_copy(self._figures):
            self.plain_button.hide()
        self.table = WordTable("Costs over time")
        self.rules = WordTable("What changes over time")
        self.rules.itemActivated.connect(lambda *_: self._edit())
        self.rules.currentItemChanged.connect(self._enable)
        self.start = quiet_button("", "The first month of the horizon, and how many there are")
        self.start.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._start_menu = QMenu(self.start)
        self._start_menu.aboutToShow.connect(self._fill_start_menu)
        self._start_menu.triggered.connect(self._choose_start)
        self.start.setMenu(self._start_menu)
        self.add = quiet_button("Add…", "Let an input, or list prices, change over time")
        self.edit = quiet_button("Edit…", "Change the selected rule")
        self.remove = quiet_button("Remove", "Let the selected input stay as it is typed")
        self.add.clicked.connect(lambda: self.rule_asked.emit(""))
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(lambda: self.rule_removed.emit(self.rules.key))
        self.spread = plain_label("note")
        self.spread.setWordWrap(True)
        self.guess = plain_label("note")
        self.guess.setWordWrap(True)
        self.take_guess = quiet_button("Look…", "See what this would come to")
        self.take_guess.clicked.connect(self.guess_asked.emit)
        self.changes = quiet_button("What changes", "Go to the list of what changes over time")
        self.changes.clicked.connect(self._go_to_rules)
        self.hint = plain_label("note")
        self.hint.setWordWrap(True)
        self.hint.setText(HINT)

    def _lay_out(self) -> None:
        area = self._area = PageArea()
        column = area.column
        self.card.setMinimumHeight(scaled(CHART))
        column.addWidget(self.card, 1)
        column.addWidget(StableHeight(self.month))
        column.addWidget(titled_row("", *self.by.values(), self.copy_button, self.plain_button))
        column.addWidget(self.table)
        self.table.follow(area)
        column.addSpacing(8)
        column.addWidget(
            titled_row("What changes over time", self.start, self.add, self.edit, self.remove)
        )
        column.addWidget(self.spread)
        column.addWidget(self.rules)
        self._guess_row = QWidget()
        guess = QHBoxLayout(self._guess_row)
        guess.setContentsMargins(0, 0, 0, 0)
        guess.addWidget(self.guess, 1)
        guess.addWidget(self.take_guess)
        column.addWidget(self._guess_row)
        column.addWidget(self.hint)
        whole = whole_page(self, self.figure, self.sentence)
        whole.addWidget(StableHeight(self.cash))
        beside = QHBoxLayout()
        beside.addWidget(StableHeight(self.verdict), 1)
        beside.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(beside)
        whole.addSpacing(4)
        whole.addWidget(area, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.card.show_palette(QApplication.palette())
            QTimer.singleShot(0, self, self._fit_tables)  # after its widgets changed too

    def _fit_tables(self) -> None:
        self.card.setMinimumHeight(scaled(CHART))
        self.table.fit()
        self.rules.fit()

    # What is shown

    def _ask(self) -> None:
        study, plan = self._study, self._plan
        assert study is not None

        def work() -> Projection:
            found = projection(study.scenario, study.price_book, plan, study.plans)
            _ = (
                found.reasons,
                found.due,
                found.band,
            )  # what takes its time, here and not in the window
            return found

        rules = len(study.scenario.growth) + 1
        size = len(study.estimate.charges) * study.scenario.horizon_months * rules
        if study.scenario.growth and study.scenario.ranges:
            size *= LIVE
        if size <= MOST_AT_ONCE:
            self._latest.give_up()
            self._show(work())
        else:
            self._latest.ask(work)

    def _show(self, found: Projection) -> None:
        study = self._study
        assert study is not None
        self.found = found
        figures = study.figures
        figure, sentence = projection_in_words(found, figures)
        self.figure.setText(figure)
        self.sentence.setText(sentence)
        show_tooltip(self.sentence, f"{figure} {sentence}")
        cash = cash_in_words(found, figures)
        self.cash.setText(cash)
        show_tooltip(self.cash, cash)
        self.verdict.setText(verdict_in_words(found, figures))
        show_tooltip(self.verdict, self.verdict.text())
        self.card.show_projection(found)
        self._show_month()
        self._show_tables()
        self._show_rules()

    def _show_month(self) -> None:
        if self.found and self._study:
            words = month_in_figures(self.found, self.card.month, self._study.figures)
            self.month.setText(words)

    def _show_tables(self) -> None:
        if self.found is None or self._study is None:
            return
        make = year_rows if self.by[YEARS_TABLE].isChecked() else month_rows
        self.table.show_rows(*make(self.found, self.card.kind, self._study.figures))

    def _show_rules(self) -> None:
        found, study = self.found, self._study
        assert found is not None and study is not None
        scenario = study.scenario
        self.rules.show_rows(*rule_rows(found, study.figures))
        self.rules.setVisible(bool(scenario.growth))
        count = len(scenario.growth)
        number = f" ({study.figures.exact(count)})" if count else ""
        self.changes.setText(f"What changes{number}")
        name = short_month(scenario.start, 1) if scenario.start else "months by number"
        months = study.figures.quantity(float(scenario.horizon_months), "month")
        self.start.setText(f"From {name}, {months} ▾")
        spread = spread_in_words(scenario, study.estimate, study.figures)
        self.spread.setText(spread)
        self.spread.setVisible(bool(spread))
        guess = first_guess(scenario)
        self._guess_row.setVisible(guess is not None)
        if guess:
            self.guess.setText(guess_in_words(scenario, guess, study.figures))
        self._enable()

    def _go_to_rules(self) -> None:
        """Where the window is small, they lie below what can be seen of the view."""
        target = self.rules if self.rules.isVisibleTo(self) else self.add
        self._area.ensureWidgetVisible(self.add)
        self._area.ensureWidgetVisible(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        self.edit.setEnabled(self._is_number(self.rules.key))
        self.remove.setEnabled(bool(self.rules.key))

    def _edit(self) -> None:
        if self._is_number(self.rules.key):
            self.rule_asked.emit(self.rules.key)

    def _fill_start_menu(self) -> None:
        """Some months before the scenario's first and after it, and none."""
        self._start_menu.clear()
        study = self._study
        if study is None:
            return
        now = study.scenario.start or next_month(date.today().isoformat())
        for back in range(-12, 13):
            month = _shifted(now, back)
            action = self._start_menu.addAction(short_month(month, 1))
            action.setData(month)
            action.setCheckable(True)
            action.setChecked(month == study.scenario.start)
        self._start_menu.addSeparator()
        none = self._start_menu.addAction("Months by &number")
        none.setData("")
        none.setCheckable(True)
        none.setChecked(not study.scenario.start)
        self._start_menu.addSeparator()
        self._start_menu.addAction("Another number of mon&ths…").setData(None)

    def _choose_start(self, action: QAction) -> None:
        if action.data() is None:
            self.horizon_asked.emit()
        else:
            self.edited.emit("start", action.data())

    def copy(self, figures: Figures) -> None:
        """Put cash by month on the clipboard, for a spreadsheet."""
        if self.found and self._study:
            copy_table(cash_text(self.found, figures), [self._study.facts])


def _shifted(start: str, months: int) -> str:
    year, month = map(int, start.split("-"))
    at = year * 12 + month - 1 + months
    return f"{at // 12}-{at % 12 + 1:02}"
