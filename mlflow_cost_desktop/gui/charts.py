"""The two live charts: cost against one input, stacked by component, with the current value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPalette, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsItem, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from mlflow_cost_desktop.analysis.axes import (
    levels_up_to,
    money_label,
    size_label,
    size_ticks,
    ticks,
)
from mlflow_cost_desktop.analysis.sweep import Curve, storage_curve, usage_curve
from mlflow_cost_desktop.exports.palette import COLORS
from mlflow_cost_desktop.gui.plain import plain_label
from mlflow_cost_desktop.gui.session import Shown
from mlflow_cost_desktop.model.estimate import Estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.words import dollars, exact, money
from mlflow_cost_desktop.prices.price_book import PriceBook

GRID_ALPHA = 50

HEADROOM = 1.1
"""How far the axis reaches above the highest point at least: room for the marker's tag."""

STRENGTH = 0.82
"""How much of a part's color is left beside the ground's."""


@dataclass(frozen=True)
class ChartKind:
    """What one chart shows, and how its horizontal axis is labeled."""

    curve: Callable[[Scenario, PriceBook, Estimate], Curve]
    x_ticks: Callable[[float, int], list[float]]
    x_label: Callable[[float, float], str]
    x_words: Callable[[float], str]


USAGE = ChartKind(
    usage_curve,
    ticks,
    lambda hours, upper: exact(hours),
    lambda hours: f"{exact(round(hours, 1))} h a month",
)
STORAGE = ChartKind(
    storage_curve,
    size_ticks,
    size_label,
    lambda gigabytes: f"{exact(round(gigabytes, 1))} GB",
)


class StackedAreas(pg.GraphicsObject):
    """Areas on top of each other over a grid, painted as polygons in one item.

    One item of polygons repaints many times faster than PlotDataItem with FillBetweenItem.
    """

    def __init__(self) -> None:
        super().__init__()
        self._areas: list[tuple[str, QPolygonF]] = []
        self._levels: list[float] = []
        self._bounds = QRectF()
        self._grid = QBrush()
        self._brushes: dict[str, QBrush] = {}

    def show_palette(self, ground: QColor, grid: QColor) -> None:
        """Soften the parts' colors towards the ground: opaque, which paints faster than sheer."""
        self._grid = QBrush(grid)
        self._brushes = {name: QBrush(_mixed(color, ground)) for name, color in COLORS.items()}
        self.update()

    def show_curve(self, curve: Curve, levels: list[float]) -> None:
        """Show a curve's parts, and lines at some costs under them; the last is the top."""
        x = curve.sweep.values
        below = np.zeros(len(x))
        self._areas = []
        for name, cost in curve.sweep.by_component.items():
            if np.any(cost):
                above = below + cost
                self._areas.append((name, _band(x, below, above)))
                below = above
        self._levels = levels
        bounds = QRectF(x[0], 0.0, x[-1] - x[0], levels[-1])
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        left, right = self._bounds.left(), self._bounds.right()
        line = abs(1.0 / (painter.worldTransform().m22() or 1.0))  # a pixel high
        for usd in self._levels:
            painter.fillRect(QRectF(left, usd - line / 2, right - left, line), self._grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for name, polygon in self._areas:
            painter.setBrush(self._brushes[name])
            painter.drawPolygon(polygon)


class Marker(pg.GraphicsObject):
    """A line at the current value with a dot and the total in a tag."""

    def __init__(self) -> None:
        super().__init__()
        self.point = QPointF()
        self.text = ""
        self.line = QColor()
        self.ground = QColor()
        self.setZValue(10)

    def show_point(self, x: float, y: float, text: str) -> None:
        self.point = QPointF(x, y)
        self.text = text
        self.update()

    def show_palette(self, palette: QPalette) -> None:
        self.line = palette.color(QPalette.ColorRole.WindowText)
        self.ground = palette.color(QPalette.ColorRole.Base)
        self.update()

    def boundingRect(self) -> QRectF:
        dot = (self.pixelWidth() or 0.0) * 8  # it reaches beyond the edge
        return self._view().adjusted(-dot, 0, dot, 0)

    def _view(self) -> QRectF:
        return self.viewRect() or QRectF()

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()  # or `viewRect` stays that of the old range
        self.prepareGeometryChange()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        # In pixels, so that line, dot and tag keep their size whatever the axes show.
        to_pixels = painter.worldTransform()
        point = to_pixels.map(self.point)
        view = to_pixels.mapRect(self._view())
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pg.mkPen(self.line, width=1.5))
        painter.drawLine(QPointF(point.x(), view.top()), QPointF(point.x(), view.bottom()))
        painter.setBrush(self.ground)
        painter.setPen(pg.mkPen(self.line, width=2))
        painter.drawEllipse(point, 5, 5)
        self._paint_tag(painter, point, view)
        painter.restore()

    def _paint_tag(self, painter: QPainter, point: QPointF, view: QRectF) -> None:
        font = QFont(painter.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self.text) + 20
        left = point.x() + 9
        if left + width > view.right():
            left = point.x() - 9 - width
        top = min(max(point.y() - 27, view.top() + 1), view.bottom() - 21)
        tag = QRectF(max(left, view.left()), top, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.line)
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(self.ground)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, self.text)


class CostChart(QFrame):
    """A chart of the total against one input."""

    def __init__(self, kind: ChartKind) -> None:
        super().__init__()
        self._kind = kind
        self.curve: Curve | None = None
        self._range = 0.0, 0.0
        self._ticks: dict[str, list[tuple[float, str]]] = {}
        self.setObjectName("card")
        self.title = plain_label("chartTitle")
        self.areas = StackedAreas()
        self.marker = Marker()
        self.plot = pg.GraphicsView()
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A box and two axes: a PlotItem has menus, legends and titles that nobody asks for.
        # The picture is never lost: the axes follow the scenario, not the mouse. (pyqtgraph
        # has no types worth the name.)
        self.box: Any = pg.ViewBox(enableMouse=False, enableMenu=False)
        self.box.disableAutoRange()
        # The marker's dot may stand on the edge.
        self.box.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self.box.addItem(self.areas, ignoreBounds=True)
        self.box.addItem(self.marker, ignoreBounds=True)
        self.axes: dict[str, Any] = {side: _axis(side) for side in ("left", "bottom")}
        self.axes["left"].setWidth(48)
        self.axes["bottom"].setHeight(38)
        layout: Any = pg.GraphicsLayout()
        layout.setContentsMargins(0, 9, 18, 0)
        layout.setSpacing(0)
        layout.addItem(self.axes["left"], 0, 0)
        layout.addItem(self.box, 0, 1)
        layout.addItem(self.axes["bottom"], 1, 1)
        for axis in self.axes.values():
            axis.linkToView(self.box)
        self.plot.setCentralItem(layout)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.plot, 1)
        self.setMinimumSize(220, 150)
        self.show_palette(self.palette())

    def show_shown(self, shown: Shown) -> None:
        self.curve = self._kind.curve(shown.scenario, shown.price_book, shown.estimate)
        self.title.setText(self.curve.title)
        self._show_curve(self.curve)
        self._describe(self.curve)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.curve:
            self._show_curve(self.curve)  # as many labels as there is room for

    def _show_curve(self, curve: Curve) -> None:
        upper_x = float(curve.sweep.values[-1])
        highest = max(float(curve.sweep.total.max()), curve.current_cost, 1.0) * HEADROOM
        levels = levels_up_to(highest, _count(self.height(), 45))
        self.areas.show_curve(curve, levels)
        self.marker.show_point(curve.current_x, curve.current_cost, dollars(curve.current_cost))
        self._show_range(upper_x, levels[-1])
        x_ticks = self._kind.x_ticks(upper_x, _count(self.width(), 75))
        self._show_ticks("bottom", [(x, self._kind.x_label(x, upper_x)) for x in x_ticks])
        self._show_ticks("left", [(y, money_label(y, levels[-1])) for y in levels])
        bottom = self.axes["bottom"]
        if bottom.labelText != curve.x_label:
            bottom.setLabel(curve.x_label)

    def _show_range(self, upper_x: float, upper_y: float) -> None:
        # Everything is painted anew when the range changes: it ends at round figures, so that
        # most edits leave it alone.
        if (upper_x, upper_y) != self._range:
            self._range = upper_x, upper_y
            hair = upper_x * 1e-6  # for the labels at the very ends
            x_range, y_range = (-hair, upper_x + hair), (0.0, upper_y)
            self.box.setRange(xRange=x_range, yRange=y_range, padding=0)
            self.box.updateMatrix()  # now, not while it is painted, which would paint it twice

    def _show_ticks(self, side: str, labels: list[tuple[float, str]]) -> None:
        # An axis that is told its ticks again lays itself out again.
        if self._ticks.get(side) != labels:
            self._ticks[side] = labels
            self.axes[side].setTicks([labels])

    def _describe(self, curve: Curve) -> None:
        total = curve.sweep.total
        self.plot.setAccessibleName(curve.title)
        self.plot.setAccessibleDescription(
            f"{money(float(total[0]))} a month at {self._kind.x_words(0.0)}, "
            f"{money(curve.current_cost)} at the current {self._kind.x_words(curve.current_x)}, "
            f"{money(float(total[-1]))} at {self._kind.x_words(float(curve.sweep.values[-1]))}."
        )

    def show_palette(self, palette: QPalette) -> None:
        """Take the colors of the light or dark theme."""
        self.plot.setBackground(palette.color(QPalette.ColorRole.Base))
        dimmed = palette.color(QPalette.ColorRole.PlaceholderText)
        font = QFont(self.font())
        font.setPixelSize(11)
        for axis in self.axes.values():
            axis.setPen(pg.mkPen(None))
            axis.setTickPen(pg.mkPen(None))
            axis.setTextPen(dimmed)
            axis.setTickFont(font)
        grid = QColor(dimmed)
        grid.setAlpha(GRID_ALPHA)
        self.areas.show_palette(palette.color(QPalette.ColorRole.Base), grid)
        bottom = self.axes["bottom"]
        bottom.setLabel(bottom.labelText, **{"color": dimmed.name(), "font-size": "11px"})
        self.marker.show_palette(palette)


def cost_charts() -> tuple[CostChart, CostChart]:
    """Cost against usage hours, and against artifact storage."""
    return CostChart(USAGE), CostChart(STORAGE)


def _axis(side: str) -> Any:
    axis: Any = pg.AxisItem(side)
    axis.setStyle(
        tickLength=0,
        tickAlpha=0,
        tickTextOffset=6,
        autoExpandTextSpace=False,
        hideOverlappingLabels=False,
    )
    axis.enableAutoSIPrefix(False)
    return axis


def _count(pixels: int, each: int) -> int:
    """How many labels there is room for."""
    return min(max(pixels // each, 2), 5)


def _mixed(color: str, ground: QColor) -> QColor:
    pure = QColor(color)
    return QColor.fromRgbF(
        pure.redF() * STRENGTH + ground.redF() * (1 - STRENGTH),
        pure.greenF() * STRENGTH + ground.greenF() * (1 - STRENGTH),
        pure.blueF() * STRENGTH + ground.blueF() * (1 - STRENGTH),
    )


def _band(x: Any, below: Any, above: Any) -> QPolygonF:
    """The polygon between two lines, copied into Qt at once."""
    count = len(x)
    polygon = QPolygonF()
    polygon.resize(2 * count)
    points = pg.functions.ndarray_from_qpolygonf(polygon)
    points[:count, 0] = x
    points[:count, 1] = above
    points[count:, 0] = x[::-1]
    points[count:, 1] = below[::-1]
    return polygon
