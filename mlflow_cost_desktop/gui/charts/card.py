"""A chart's card: title, switch between parts and options, legend, picture and menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, USAGE, Question
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.charts.card_header import CardHeader
from mlflow_cost_desktop.gui.charts.card_menu import CardMenu
from mlflow_cost_desktop.gui.charts.contents import Contents, View
from mlflow_cost_desktop.gui.charts.legend import Legend
from mlflow_cost_desktop.gui.charts.look import look_of
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.theme import font_scale, scaled
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.scenario import Scenario

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
        self.folder = folder
        self.contents = Contents(question)
        self.natural: Chart | None = None
        self._chart: Chart | None = None
        self._study: Study | None = None
        self._is_stale = False
        self.setObjectName("card")
        self.canvas = ChartCanvas()
        self.menu = CardMenu(self)
        self._header = header = CardHeader(self.menu)
        self.title, self.views = header.title, header.views
        self.whole, self.more = header.whole, header.more
        self.legend = Legend(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 8, RIGHT, 4)
        column.setSpacing(2)
        column.addLayout(header)
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
        self._header.group.buttonToggled.connect(self._show_again)
        menu.ask(self._asked)
        menu.path_chosen.connect(self.ask_by)
        menu.part_chosen.connect(self.ask_options_of)
        menu.log_action.toggled.connect(self._show_log)
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
        self._header.fit(self.contentsRect().width() - LEFT - RIGHT)

    # What is asked

    def ask_by(self, path: str) -> None:
        """Chart cost against another input."""
        if path != self.contents.question.path:
            self.contents.ask(path=path)
            self._name()
            self._show_again()

    def ask_options_of(self, part: str) -> None:
        """Compare the options of a part."""
        self.contents.ask(part=part)
        self.views["options"].setChecked(True)
        self._show_again()

    def _asked(self) -> tuple[Scenario, str, str] | None:
        if self._study is None:
            return None
        question = self.contents.question
        return self._study.scenario, question.path, question.part

    def _name(self) -> None:
        """Say what the chart asks wherever that stands."""
        self._header.show_name(self.name)
        self.canvas.setAccessibleName(self.name)
        self.renamed.emit()

    @property
    def name(self) -> str:
        """`Cost by usage hours`."""
        return self.contents.name(self._study.scenario if self._study else Scenario())

    # What is shown

    @property
    def chart(self) -> Chart | None:
        return self._chart

    @property
    def view(self) -> View:
        """Whether the parts of the total are shown, or the options of a part."""
        return "options" if self.views["options"].isChecked() else "parts"

    def show_study(self, study: Study) -> None:
        """Show a scenario's costs; out of sight, once the chart comes into it."""
        before, self._study = self._study, study
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        if not self.contents.can_ask(study.scenario):
            self.contents.question = self.contents.first
            self._name()
        self.contents.view = self.view
        self.contents.answer(before, study)
        self._show_chart()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show_again()

    def _show_again(self) -> None:
        if self._study:
            study, self._study = self._study, None
            self.show_study(study)

    def _show_chart(self) -> None:
        if self.contents.found is None:
            return
        self.natural = self.contents.charted(self._figures)
        self.charted.emit()  # which may share another's scale
        self._show_scaled()

    def _show_scaled(self) -> None:
        if self.natural is None:
            return
        self._chart = chart = self.contents.scaled(self.natural)
        self.legend.show_chart(chart, self.contents.total_name(chart), may_grow=True)
        self.canvas.show_chart(chart)
        if self.legend.reading and self.canvas.view:
            self.canvas.view.point_nowhere()  # what was read is of the chart before
        self._show_whether_whole()

    def share_scale(self, ends: tuple[float, float | None] | None) -> None:
        """Let the scale reach at least so far, as another chart's does; none: its own scale."""
        if ends != self.contents.shared:
            self.contents.shared = ends
            self._show_scaled()

    def _show_log(self, is_log: bool) -> None:
        self.contents.is_log = is_log
        self._show_chart()

    def _show_whether_whole(self) -> None:
        self.whole.setVisible(not self.canvas.is_whole)
        self._settle_later.start()

    def _show_series(self, key: str, shows: bool) -> None:
        hidden = self.contents.hidden
        (hidden.discard if shows else hidden.add)(key)
        self._show_chart()

    def _read(self, x: float | None) -> None:
        self.legend.read(self._chart.read(x) if self._chart and x is not None else None)

    def settle(self) -> None:
        """What takes its time, once figures rest: which plan to hold against them, and words."""
        if self._study and self.isVisible():
            plan = self._study.held.plan
            if plan != self.contents.plan:
                self.contents.plan = plan
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
        self.contents.freeze()
        self.drag_began.emit(self._input_name)

    def _move(self, value: float) -> None:
        assert self._study is not None
        if self.contents.question.path == USAGE and self._study.scenario.usage.by != "hours":
            self._type_hours(value)
        else:
            self.edited.emit(self.contents.question.path, value)

    def _type_hours(self, value: float) -> None:
        """Hours instead of the schedule, in one step also where it is a key that moves them."""
        is_key = self.contents.frozen is None
        if is_key:
            self.drag_began.emit(self._input_name)
        self.edited.emit("usage.by", "hours")
        self.edited.emit(self.contents.question.path, value)
        if is_key:
            self.drag_ended.emit()

    @property
    def _input_name(self) -> str:
        assert self._study is not None
        return spec_at(self._study.scenario, self.contents.question.path).title

    def _end(self) -> None:
        self.contents.frozen = None
        self.drag_ended.emit()
        self._show_again()

    def _cancel(self) -> None:
        self.contents.frozen = None
        self.drag_canceled.emit()
        self._show_again()

    # What the menu does

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def seen(self) -> Chart:
        """The chart as it is seen, in plain figures: for what leaves the window."""
        chart = self.contents.scaled(self.contents.charted(PLAIN))
        view = self.canvas.view
        return chart.within(*view.seen) if view and view.chart else chart

    def copy(self) -> None:
        """Put the chart on the clipboard as it is seen, on white."""
        from mlflow_cost_desktop.gui.charts.saving import copy_chart

        if self._chart is not None:
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

        if self._chart is None:
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
            ChartTable(self.window(), self._chart, self._seen_ends, self._figures).open()

    @property
    def _seen_ends(self) -> tuple[float, float]:
        """What of the axis is seen."""
        assert self._chart is not None
        view = self.canvas.view
        return view.seen[0] if view else (self._chart.x.lower, self._chart.x.upper)


def cost_charts(folder: Path, figures: Figures = PLAIN) -> tuple[CostChart, CostChart]:
    """Cost against usage hours, and against artifact storage; files are saved to a folder."""
    return CostChart(BY_USAGE, folder, figures), CostChart(BY_STORAGE, folder, figures)
