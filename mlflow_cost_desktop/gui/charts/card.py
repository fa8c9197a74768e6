"""A chart's card: title, switch between parts and options, legend, picture and menu."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.options import Options, compare
from mlflow_cost_desktop.analysis.sweep import (
    BY_STORAGE,
    BY_USAGE,
    USAGE,
    Curve,
    Question,
    Values,
    choices,
    curve,
)
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.costs import title
from mlflow_cost_desktop.charts.options import options_chart
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.charts.card_menu import CardMenu
from mlflow_cost_desktop.gui.charts.legend import Legend
from mlflow_cost_desktop.gui.charts.look import look_of
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel
from mlflow_cost_desktop.gui.toolkit.theme import font_scale, scaled
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row
from mlflow_cost_desktop.model.fields.paths import get, replace, spec_at
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario

VIEWS = {"parts": "Parts", "options": "Options"}
VIEW_TIPS = {
    "parts": "What the total is made of",
    "options": "The total with every way to host a part",
}

LEFT, RIGHT = 12, 8
"""Px beside what stands in a card."""

QUIET = 150
"""Milliseconds without a change after which a plan is chosen, and the chart put into words."""


class CostChart(QFrame):
    """The total against one input, which its marker edits.

    What is hidden, the scales and what is asked last as long as the window.
    """

    edited = Signal(str, object)
    drag_began = Signal(str)  # what is dragged
    drag_ended = Signal()
    drag_canceled = Signal()
    part_hovered = Signal(str)
    charted = Signal()  # another chart was made
    same_scale_chosen = Signal(bool)
    renamed = Signal()
    saved = Signal(Path)
    failed = Signal(object)  # the error

    def __init__(self, question: Question, folder: Path, figures: Figures = PLAIN) -> None:
        super().__init__()
        self._figures = figures
        self.question = self._first_question = question
        self.folder = folder
        self.contents: Curve | Options | None = None
        self.natural: Chart | None = None
        self._chart: Chart | None = None
        self._hidden: set[str] = set()
        self._shared: tuple[float, float | None] | None = None
        self._study: Study | None = None
        self._is_stale = False
        self._plan: ManagedPlan | None = None  # held against the scenario
        self._frozen: float | None = None  # the end of the axis while the marker is dragged
        self.setObjectName("card")
        self.title = ElidedLabel("chartTitle")
        self.canvas = ChartCanvas()
        self.menu = CardMenu(self)
        self._make_header()
        self.legend = Legend(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 8, RIGHT, 4)
        column.setSpacing(2)
        column.addLayout(self._header)
        column.addWidget(self.legend)
        column.addWidget(self.canvas, 1)
        for before, after in (
            (self.views["options"], self.more),
            (self.more, self.whole),
            (self.whole, self.canvas),
        ):
            QWidget.setTabOrder(before, after)
        self._settle_later = QTimer(self)
        self._settle_later.setSingleShot(True)
        self._settle_later.setInterval(QUIET)
        self._settle_later.timeout.connect(self.settle)
        self._connect()
        self._name()
        self.show_palette(self.palette())

    def _make_header(self) -> None:
        self.views: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._switch = QHBoxLayout()
        self._switch.setSpacing(0)
        self.whole = QToolButton()
        self.whole.setText("Show all")
        self.whole.setProperty("segment", "whole")
        self.whole.setToolTip("Show the whole axes again (0, or a double click)")
        kept = self.whole.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.whole.setSizePolicy(kept)
        self.whole.hide()
        self._switch.addStretch(1)
        self._switch.addWidget(self.whole)
        self._switch.addSpacing(6)
        for name, text in VIEWS.items():
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("segment", name)
            button.setToolTip(VIEW_TIPS[name])
            self._group.addButton(button)
            self.views[name] = button
            self._switch.addWidget(button)
        self.views["parts"].setChecked(True)
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setProperty("segment", "more")
        self.more.setToolTip("Copy, save, show as table; what is along the axis")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._switch.addSpacing(4)
        self._switch.addWidget(self.more)
        self._header = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._header.setSpacing(0)
        self._header.addWidget(self.title, 1)
        self._header.addLayout(self._switch)

    def _connect(self) -> None:
        canvas, menu = self.canvas, self.menu
        canvas.drag_began.connect(self._begin)
        canvas.moved.connect(self._move)
        canvas.drag_ended.connect(self._end)
        canvas.drag_canceled.connect(self._cancel)
        canvas.part_hovered.connect(self.part_hovered)
        canvas.pointed.connect(self._read)
        canvas.seen_changed.connect(self._show_whether_whole)
        self.whole.clicked.connect(canvas.show_all)
        self.legend.toggled.connect(self._show_series)
        self._group.buttonToggled.connect(self._show_again)
        menu.ask(self._asked)
        menu.path_chosen.connect(self.ask_by)
        menu.part_chosen.connect(self.ask_options_of)
        menu.log_action.toggled.connect(self._show_chart)
        menu.grid_action.toggled.connect(canvas.show_grid)
        menu.same_scale_action.toggled.connect(self.same_scale_chosen)
        menu.all_action.triggered.connect(canvas.show_all)
        menu.copy_action.triggered.connect(self.copy)
        menu.save_action.triggered.connect(self.ask_save)
        menu.table_action.triggered.connect(self.show_table)
        self.addActions(menu.keyed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.fit_header)  # after its widgets changed too

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_header()

    def fit_header(self) -> None:
        """Put the buttons below the title where they have no room beside it."""
        title = max(min(self.title.sizeHint().width(), scaled(130)), self.title.minimumWidth())
        needed = title + self._switch.sizeHint().width()
        wrap_row(self._header, needed, self.contentsRect().width() - LEFT - RIGHT)

    # What is asked

    def ask_by(self, path: str) -> None:
        """Chart cost against another input."""
        if path != self.question.path:
            self.question = dataclasses.replace(self.question, path=path)
            self._name()
            self._show_again()

    def ask_options_of(self, part: str) -> None:
        """Compare the options of a part."""
        self.question = dataclasses.replace(self.question, part=part)
        self.views["options"].setChecked(True)
        self._name()
        self._show_again()

    def _asked(self) -> tuple[Scenario, str, str] | None:
        if self._study is None:
            return None
        return self._study.scenario, self.question.path, self.question.part

    def _name(self) -> None:
        """Say what the chart asks wherever that stands."""
        name = self.name
        self.title.setText(name)
        self.canvas.setAccessibleName(name)
        for button in self.views.values():
            button.setAccessibleName(f"{name}: {button.text().lower()}")
        self.more.setAccessibleName(f"{name}: copy, save, table, axis")
        self.whole.setAccessibleName(f"{name}: show the whole axes")
        self.renamed.emit()

    @property
    def name(self) -> str:
        """`Cost by usage hours`."""
        scenario = self._study.scenario if self._study else Scenario()
        return title(self.question, scenario)

    # What is shown

    @property
    def chart(self) -> Chart | None:
        return self._chart

    @property
    def view(self) -> str:
        """Whether the parts of the total are shown, or the options of a part."""
        return "options" if self.views["options"].isChecked() else "parts"

    def show_study(self, study: Study) -> None:
        """Show a scenario's costs; out of sight, once the chart comes into it."""
        before, self._study = self._study, study
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        if not _can_ask(self.question, study.scenario):
            self.question = self._first_question
            self._name()
        self.contents = self._moved_only(before, study) or self._made(study)
        self._show_chart()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show_again()

    def _show_again(self) -> None:
        if self._study:
            study, self._study = self._study, None
            self.show_study(study)

    def _made(self, study: Study) -> Curve | Options:
        scenario, book, estimate = study.scenario, study.price_book, study.estimate
        values: Values = self.question.values(scenario, self._frozen)
        make = compare if self.view == "options" else curve
        return make(self.question, scenario, book, estimate, values, self._plan)

    def _moved_only(self, before: Study | None, study: Study) -> Curve | Options | None:
        """The same curves with the marker elsewhere, where nothing else has changed."""
        old = self.contents
        if before is None or old is None or before.price_book is not study.price_book:
            return None
        upper = self._frozen or self.question.ends(study.scenario)[1]
        if upper != old.values[-1] or not self._has_only_moved(before.scenario, study.scenario):
            return None
        return old.moved_to(study.scenario, study.estimate)

    def _has_only_moved(self, before: Scenario, after: Scenario) -> bool:
        """Whether a scenario is another in nothing but what this chart's own input says of it."""
        path, after = self.question.path, self.question.asked(after)
        return replace(self.question.asked(before), path, get(after, path)) == after

    def _charted(self, figures: Figures) -> Chart:
        assert self.contents is not None
        if isinstance(self.contents, Curve):
            return parts_chart(self.contents, figures, self._hidden)
        return options_chart(self.contents, figures, self._hidden)

    def _scaled(self, chart: Chart) -> Chart:
        """A chart with the scale that was chosen for it, or for both."""
        if self._shared:
            chart = chart.up_to(max(self._shared[0], chart.y.upper))
        if self.menu.log_action.isChecked():
            chart = chart.logarithmic(self._shared[1] if self._shared else None)
        return chart

    def _show_chart(self) -> None:
        if self.contents is None:
            return
        self.natural = self._charted(self._figures)
        self.charted.emit()  # which may share another's scale
        self._show_scaled()

    def _show_scaled(self) -> None:
        if self.natural is None:
            return
        self._chart = chart = self._scaled(self.natural)
        has_total = isinstance(self.contents, Curve)
        total = ("Total of these" if self._hidden & _keys(chart) else "Total") if has_total else ""
        self.legend.show_chart(chart, total, may_grow=True)
        self.canvas.show_chart(chart)
        if self.legend.reading and self.canvas.view:
            self.canvas.view.point_nowhere()  # what was read is of the chart before
        self._show_whether_whole()

    def share_scale(self, ends: tuple[float, float | None] | None) -> None:
        """Let the scale reach at least so far, as another chart's does; none: its own scale."""
        if ends != self._shared:
            self._shared = ends
            self._show_scaled()

    def _show_whether_whole(self) -> None:
        self.whole.setVisible(not self.canvas.is_whole)
        self._settle_later.start()

    def _show_series(self, key: str, shows: bool) -> None:
        (self._hidden.discard if shows else self._hidden.add)(key)
        self._show_chart()

    def _read(self, x: float | None) -> None:
        self.legend.read(self._chart.read(x) if self._chart and x is not None else None)

    def settle(self) -> None:
        """What takes its time, once figures rest: which plan to hold against them, and words."""
        if self._study and self.isVisible():
            plan = self._study.held.plan
            if plan != self._plan:
                self._plan, self.contents = plan, None
                self._show_again()
        if self._chart is not None:
            self.canvas.setAccessibleDescription(self._chart.in_words(*self._seen_ends))

    def show_palette(self, palette: QPalette) -> None:
        """Take the colors of the light or dark theme, and the size of the program's fonts."""
        self.setMinimumWidth(scaled(220))
        self.canvas.setMinimumHeight(scaled(100))
        look, scale = look_of(palette), font_scale()
        self.canvas.show_look(look, scale)
        self.legend.show_look(look, scale)

    def highlight_part(self, name: str) -> None:
        """Let one part stand out, or none."""
        self.canvas.highlight_part(name)

    # What the marker does

    def _begin(self) -> None:
        if self.contents is not None:
            self._frozen = float(self.contents.values[-1])
            self.drag_began.emit(self._input_name)

    def _move(self, value: float) -> None:
        assert self._study is not None
        if self.question.path == USAGE and self._study.scenario.usage.by != "hours":
            self._type_hours(value)
        else:
            self.edited.emit(self.question.path, value)

    def _type_hours(self, value: float) -> None:
        """Hours instead of the schedule, in one step also where it is a key that moves them."""
        is_key = self._frozen is None
        if is_key:
            self.drag_began.emit(self._input_name)
        self.edited.emit("usage.by", "hours")
        self.edited.emit(self.question.path, value)
        if is_key:
            self.drag_ended.emit()

    @property
    def _input_name(self) -> str:
        assert self._study is not None
        return spec_at(self._study.scenario, self.question.path).title

    def _end(self) -> None:
        self._frozen = None
        self.drag_ended.emit()
        self._show_again()

    def _cancel(self) -> None:
        self._frozen = None
        self.drag_canceled.emit()
        self._show_again()

    # What the menu does

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def seen(self) -> Chart:
        """The chart as it is seen, in plain figures: for what leaves the window."""
        chart = self._scaled(self._charted(PLAIN))
        view = self.canvas.view
        return chart.within(*view.seen) if view and view.chart else chart

    def copy(self) -> None:
        """Put the chart on the clipboard as it is seen, on white."""
        from mlflow_cost_desktop.gui.charts.saving import copy_chart

        if self.contents is not None:
            copy_chart(self.seen(), has_grid=self.menu.grid_action.isChecked())

    def ask_save(self) -> None:
        """Save the chart to a file that the user chooses."""
        from mlflow_cost_desktop.gui.charts.saving import chosen_path

        path = chosen_path(self, self.folder, self.name)
        if path:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the chart to a file, as what its ending names; signals tell how it went."""
        from mlflow_cost_desktop.gui.charts.saving import save_chart

        if self.contents is None:
            return
        try:
            save_chart(self.seen(), path, has_grid=self.menu.grid_action.isChecked())
        except UserError as error:
            self.failed.emit(error)
            return
        self.folder = path.parent
        self.saved.emit(path)

    def show_table(self) -> None:
        """Open the figures of what is seen as a table."""
        from mlflow_cost_desktop.gui.charts.table import ChartTable

        if self._chart is not None:
            ChartTable(self.window(), self._chart, self.seen(), self._seen_ends).open()

    @property
    def _seen_ends(self) -> tuple[float, float]:
        """What of the axis is seen."""
        assert self._chart is not None
        view = self.canvas.view
        return view.seen[0] if view else (self._chart.x.lower, self._chart.x.upper)


def cost_charts(folder: Path, figures: Figures = PLAIN) -> tuple[CostChart, CostChart]:
    """Cost against usage hours, and against artifact storage; files are saved to a folder."""
    return CostChart(BY_USAGE, folder, figures), CostChart(BY_STORAGE, folder, figures)


def _keys(chart: Chart) -> set[str]:
    return {series.key for series in chart.series}


def _can_ask(question: Question, scenario: Scenario) -> bool:
    """Whether an input is there and means something now; usage hours and storage always do."""
    if question.path in (BY_USAGE.path, BY_STORAGE.path):
        return True
    return any(place.path == question.path for place in choices(scenario))
