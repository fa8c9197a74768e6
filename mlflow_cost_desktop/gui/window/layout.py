"""What stands where in the window, and how it is laid out anew with its size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.answer.summary import Summary
from mlflow_cost_desktop.gui.answer.this_month import ThisMonth
from mlflow_cost_desktop.gui.answer.views import (
    ALTERNATIVES,
    COMPARE,
    OVER_TIME,
    THIS_MONTH,
    UNCERTAINTY,
    View,
    Views,
)
from mlflow_cost_desktop.gui.charts.card import cost_charts
from mlflow_cost_desktop.gui.charts.pair import ChartPair
from mlflow_cost_desktop.gui.inputs.input_panel import InputPanel
from mlflow_cost_desktop.gui.lines.panel import LinesPanel
from mlflow_cost_desktop.gui.toolkit.in_sight import InSight
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.window.hints import HintBar
from mlflow_cost_desktop.gui.window.menus import MenuWindow
from mlflow_cost_desktop.gui.window.status_bar import StatusBar
from mlflow_cost_desktop.gui.window.tool_bar import ToolBar
from mlflow_cost_desktop.prices.shelf import Shelf

if TYPE_CHECKING:
    from mlflow_cost_desktop.gui.answer.compared import Compared

FIRST_SIZE = 1360, 840
"""Px of the first window: with its title bar it fits a screen of 880."""

SIDES = [410, 950]
"""Px of inputs and answer until the user moves the edge between them."""

MOST_INPUTS, LEAST_ANSWER = 560, 290
"""Px of width that the sides may, and must have, for a font of the usual size."""

LEAST_HEIGHT = 360
"""Px of each side where one stands over the other."""

BESIDE = 16
"""Px right of the answer, in which its scroll bar stands where there is one."""


class LaidOutWindow(MenuWindow):
    """A window with everything in its place: inputs on the left, the answer on the right.

    Nothing of it is connected yet, but for what keeps it laid out.
    """

    def lay_out(
        self,
        lines: LinesPanel,
        regions: Callable[[str], Mapping[str, str]],
        folder: Path,
        figures: Figures,
        shelf: Shelf,
    ) -> None:
        """Put everything in its place; the menus are made before.

        Args:
            lines: the table of lines; its actions stand in the menus, too.
            regions: of a provider, names of those that can be chosen, by id.
            folder: where dialogs that save a chart begin.
            figures: how the reader writes figures.
            shelf: prices of other regions, for scenarios side by side.
        """
        self.lines, self.shelf = lines, shelf
        self._folder, self._figures = folder, figures
        self._make_tool_bar(regions)
        self._make_status_bar(figures)
        self.setCentralWidget(self._make_center(folder, figures))
        self.setAcceptDrops(True)
        self.setAnimated(False)
        self.setMinimumSize(920, 600)  # what both panels need
        self.resize(*FIRST_SIZE)
        bar = self.tool_bar
        tools = bar.regions, bar.prices, bar.export_button, self.tab_bar
        for before, after in pairwise(tools):
            QWidget.setTabOrder(before, after)
        self._in_sight = InSight(self)
        lines.details_asked.connect(self._in_sight.bring)

    def _make_tool_bar(self, regions: Callable[[str], Mapping[str, str]]) -> None:
        self.tool_bar = ToolBar(
            (self.new_action, self.open_action, self.save_action),
            (self.undo_action, self.redo_action),
            self.prices_action,
            self.export_action,
            regions,
        )
        self.addToolBar(self.tool_bar)

    def _make_status_bar(self, figures: Figures) -> None:
        self.status_bar = StatusBar(figures)
        self.message, self.open_result = self.status_bar.message, self.status_bar.open_result
        self.costs_moved, self.line_count = self.status_bar.costs_moved, self.status_bar.line_count
        self.setStatusBar(self.status_bar)

    def _make_center(self, folder: Path, figures: Figures) -> QWidget:
        # From the outside in: each change of parent lets Qt look at the style of all below anew.
        center = QScrollArea(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        _let_scroll(center, self.splitter)
        center.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inputs = InputPanel()
        self.tab_bar = self.inputs.tab_bar
        self.splitter.addWidget(self.inputs)
        self.answer = _AnswerArea(self.splitter)
        right = QWidget()
        right.setObjectName("right")
        _let_scroll(self.answer, right)
        self._make_answer(right, folder, figures)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes(SIDES)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.handle(1).setAccessibleName("Edge between inputs and answer")
        return center

    def _make_answer(self, right: QWidget, folder: Path, figures: Figures) -> None:
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 12, BESIDE, 0)  # rows are cut by the edge, not above it
        column.setSpacing(8)
        self.hints, self.summary = HintBar(), Summary()
        for above in (self.hints, self.summary):  # before the rest is there, as Tab goes
            column.addWidget(above)
        self.charts = ChartPair(cost_charts(folder, figures))
        self.usage_chart, self.storage_chart = self.charts.charts
        self.views = Views(
            {
                THIS_MONTH: self._make_this_month,
                OVER_TIME: self._make_over_time,
                UNCERTAINTY: self._make_uncertainty,
                ALTERNATIVES: self._make_alternatives,
            },
            right,
        )
        column.addWidget(self.views, 1)

    def _make_this_month(self, parent: QWidget) -> ThisMonth:
        self.this_month = ThisMonth(self.charts, self.lines, parent)
        return self.this_month

    def _make_over_time(self, parent: QWidget) -> View:
        # Loaded when it is first to be seen: most starts end without it.
        from mlflow_cost_desktop.gui.answer.over_time import OverTimeView

        self.over_time = OverTimeView(self._folder, self._figures, parent)
        self.connect_over_time()
        return self.over_time

    def _make_alternatives(self, parent: QWidget) -> View:
        # As the view of the months.
        from mlflow_cost_desktop.gui.answer.alternatives import AlternativesView

        self.alternatives = AlternativesView(self.shelf, self._figures, parent)
        self.connect_alternatives()
        return self.alternatives

    def connect_alternatives(self) -> None:
        """Connect the view of the cheapest ways, which was just made."""

    def _make_compare(self, parent: QWidget) -> View:
        # As the view of the months.
        from mlflow_cost_desktop.gui.answer.compare import CompareView

        self.compare = CompareView(
            self.compared, self.shelf, self.compare_menu, self._folder, self._figures, parent
        )
        self.connect_compare()
        return self.compare

    @cached_property
    def compared(self) -> Compared:
        """What stands beside the open scenario."""
        # As the view of the months.
        from mlflow_cost_desktop.gui.answer.compared import Compared

        compared = Compared(self.shelf, self)
        self.connect_compared(compared)
        return compared

    def connect_compared(self, compared: Compared) -> None:
        """Connect what stands beside the open scenario, of which nothing was asked so far."""

    def open_compare(self) -> None:
        """Bring the view of scenarios side by side into sight, which is there from then on."""
        if not self.views.has(COMPARE):
            self.views.add(COMPARE, self._make_compare)
        self.views.open(COMPARE)

    def connect_compare(self) -> None:
        """Connect the view of scenarios side by side, which was just made."""

    def connect_over_time(self) -> None:
        """Connect the view of the months, which was just made."""

    def _make_uncertainty(self, parent: QWidget) -> View:
        from mlflow_cost_desktop.gui.answer.uncertainty import UncertaintyView

        self.uncertainty = UncertaintyView(self._folder, self._figures, parent)
        self.connect_uncertainty()
        return self.uncertainty

    def connect_uncertainty(self) -> None:
        """Connect the view of how sure the total is, which was just made."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_sides()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._lay_out_sides)  # after all widgets changed too

    def _lay_out_sides(self) -> None:
        """Put the inputs over the answer where a large font leaves no room beside it."""
        self.answer.setMinimumWidth(scaled(LEAST_ANSWER))
        needed = self.inputs.minimumSizeHint().width() + scaled(LEAST_ANSWER)
        is_narrow = needed > self.width()
        self.inputs.setMaximumWidth(self.maximumWidth() if is_narrow else scaled(MOST_INPUTS))
        orientation = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if orientation != self.splitter.orientation():
            self.splitter.setOrientation(orientation)
            self.splitter.setSizes([1, 1] if is_narrow else SIDES)
        for side in (self.inputs, self.answer):
            side.setMinimumHeight(scaled(LEAST_HEIGHT) if is_narrow else 0)


class _AnswerArea(QScrollArea):
    """Scrolls the answer, whose width is the same with and without the bar.

    Otherwise words that take another line beside the bar would keep it there.
    """

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():  # before, its sizes come and go
            self._make_room()

    def _make_room(self) -> None:
        widget = self.widget()
        column = widget.layout() if widget else None
        if column:
            margins = column.contentsMargins()
            bar = self.verticalScrollBar()
            margins.setRight(max(BESIDE - (bar.width() if bar.isVisible() else 0), 0))
            column.setContentsMargins(margins)


def _let_scroll(area: QScrollArea, widget: QWidget) -> None:
    """Let a widget be scrolled, but only where a large font leaves no room for all of it."""
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
