"""What the card of every chart has: title, switch, legend, picture, and a menu that copies it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.charts.card_header import CardHeader
from mlflow_cost_desktop.gui.charts.card_menu import ChartMenu
from mlflow_cost_desktop.gui.charts.legend import Legend
from mlflow_cost_desktop.gui.charts.look import look_of
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.gui.toolkit.theme import font_scale, scaled

if TYPE_CHECKING:
    from mlflow_cost_desktop.exports.report.facts import Facts

LEFT, RIGHT = 12, 8
"""Px beside what stands in a card."""


class Charted(Protocol):
    """What a card shows: an answer that can be charted, with what was chosen for its chart.

    Attributes:
        hidden: the keys of series that are left out.
        is_log: whether equal factors are equally long.
    """

    hidden: set[str]
    is_log: bool

    @property
    def is_there(self) -> bool:
        """Whether there is an answer yet."""
        ...

    def charted(self, figures: Figures) -> Chart:
        """The answer as a chart with a scale of its own, written in some figures."""
        ...

    def scaled(self, chart: Chart) -> Chart:
        """A chart with the scale that was chosen for it."""
        ...

    def total_name(self, chart: Chart) -> str:
        """What the sum of its series is called; empty where there is none."""
        ...


class ChartCard(QFrame):
    """A chart with what surrounds it; whoever inherits says what it is of.

    What is hidden and the scales last as long as the window.

    Attributes:
        LEAST_PICTURE: px of the picture's height, for a font of the usual size.

    Args:
        answer: what is charted.
        views: the switch in its head; see `CardHeader`.
        folder: where a dialog that saves the chart begins.
    """

    LEAST_PICTURE = 90

    part_hovered = Signal(str)
    charted = Signal()  # another chart was made
    saved = Signal(Path)
    failed = Signal(object)  # the error

    def __init__(
        self,
        answer: Charted,
        menu: ChartMenu,
        views: Mapping[str, tuple[str, str]],
        menu_tip: str,
        folder: Path,
        figures: Figures = PLAIN,
    ) -> None:
        super().__init__()
        self._answer = answer
        self._figures = figures
        self.folder = folder
        self.facts: Callable[[], Facts | None] = lambda: None
        """What its figures rest on: stands below what leaves the window."""
        self.natural: Chart | None = None
        self._chart: Chart | None = None
        self.setObjectName("card")
        self.canvas = ChartCanvas()
        self._menu = menu
        menu.setParent(self, menu.windowFlags())
        self._header = header = CardHeader(menu, views, menu_tip)
        self.title, self.views = header.title, header.views
        self.whole, self.more = header.whole, header.more
        self.legend = Legend(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 8, RIGHT, 4)
        column.setSpacing(2)
        column.addLayout(header)
        column.addWidget(self.legend)
        column.addWidget(self.canvas, 1)
        stops = [*list(self.views.values())[-1:], self.more, self.whole, self.canvas]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._calm = Calm(self)  # then a plan is chosen, and the chart put into words
        self._calm.came.connect(self.settle)
        canvas = self.canvas
        canvas.part_hovered.connect(self.part_hovered)
        canvas.pointed.connect(self._read)
        canvas.seen_changed.connect(self._show_whether_whole)
        self.whole.clicked.connect(canvas.show_all)
        self.legend.toggled.connect(self._show_series)
        menu.log_action.toggled.connect(self._show_log)
        menu.grid_action.toggled.connect(canvas.show_grid)
        menu.all_action.triggered.connect(canvas.show_all)
        menu.copy_action.triggered.connect(self.copy)
        menu.save_action.triggered.connect(self.ask_save)
        menu.table_action.triggered.connect(self.show_table)
        self.addActions(menu.keyed)
        self.show_palette(self.palette())

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

    @property
    def name(self) -> str:
        """What the chart is called."""
        raise NotImplementedError

    def show_name(self) -> None:
        """Say what the chart shows wherever that stands."""
        self._header.show_name(self.name)
        self.canvas.setAccessibleName(self.name)

    # What is shown

    @property
    def chart(self) -> Chart | None:
        return self._chart

    def show_chart(self) -> None:
        """Show the answer as it is now, if there is one."""
        if not self._answer.is_there:
            return
        self.natural = self._answer.charted(self._figures)
        self.charted.emit()  # which may share another's scale
        self.show_scaled()

    def show_scaled(self) -> None:
        """Show the same chart with the scale that is chosen now."""
        if self.natural is None:
            return
        self._chart = chart = self._answer.scaled(self.natural)
        self.legend.show_chart(chart, self._answer.total_name(chart), may_grow=True)
        self.canvas.show_chart(chart)
        if self.legend.reading and self.canvas.view:
            self.canvas.view.point_nowhere()  # what was read is of the chart before
        self._show_whether_whole()

    def _show_log(self, is_log: bool) -> None:
        self._answer.is_log = is_log
        self.show_chart()

    def _show_whether_whole(self) -> None:
        self.whole.setVisible(not self.canvas.is_whole)
        self._calm.start()

    def _show_series(self, key: str, shows: bool) -> None:
        hidden = self._answer.hidden
        (hidden.discard if shows else hidden.add)(key)
        self.show_chart()

    def _read(self, x: float | None) -> None:
        self.legend.read(self._chart.read(x) if self._chart and x is not None else None)

    def settle(self) -> None:
        """What takes its time, once figures rest: the chart in words."""
        if self._chart is not None:
            self.canvas.setAccessibleDescription(self._chart.in_words(*self._seen_ends))

    def show_palette(self, palette: QPalette) -> None:
        """Take the colors of the light or dark theme, and the size of the program's fonts."""
        self.setMinimumWidth(scaled(220))
        self.canvas.setMinimumHeight(scaled(self.LEAST_PICTURE))
        look, scale = look_of(palette), font_scale()
        self.canvas.show_look(look, scale)
        self.legend.show_look(look, scale)

    def highlight_part(self, name: str) -> None:
        """Let one part stand out, or none."""
        self.canvas.highlight_part(name)

    # What the menu does

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.popup(event.globalPos())

    def seen(self) -> Chart:
        """The chart as it is seen, in plain figures: for what leaves the window."""
        chart = self._answer.scaled(self._answer.charted(PLAIN))
        view = self.canvas.view
        return chart.within(*view.seen) if view and view.chart else chart

    def copy(self) -> None:
        """Put the chart on the clipboard as it is seen, on white."""
        from mlflow_cost_desktop.gui.charts.saving import copy_chart

        if self._chart is not None:
            copy_chart(self.seen(), self.facts(), has_grid=self._menu.grid_action.isChecked())

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
            has_grid = self._menu.grid_action.isChecked()
            save_chart(self.seen(), path, self.facts(), has_grid=has_grid)
        except UserError as error:
            self.failed.emit(error)
            return
        self.folder = path.parent
        self.saved.emit(path)

    def show_table(self) -> None:
        """Open the figures of what is seen as a table."""
        from mlflow_cost_desktop.gui.charts.table import ChartTable

        if self._chart is not None:
            ends, facts = self._seen_ends, self.facts()
            ChartTable(self.window(), self._chart, ends, self._figures, facts).open()

    @property
    def _seen_ends(self) -> tuple[float, float]:
        """What of the axis is seen."""
        assert self._chart is not None
        view = self.canvas.view
        return view.seen[0] if view else (self._chart.x.lower, self._chart.x.upper)
