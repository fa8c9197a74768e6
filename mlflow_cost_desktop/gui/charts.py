"""The two live charts: cost against one input, stacked by component, with the current value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsItem, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from mlflow_cost_desktop.analysis.axes import money_label, size_label, size_ticks, ticks
from mlflow_cost_desktop.analysis.sweep import Curve, storage_curve, usage_curve
from mlflow_cost_desktop.exports.palette import COLORS
from mlflow_cost_desktop.gui.plain import plain_label
from mlflow_cost_desktop.gui.session import Shown
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.words import exact, money
from mlflow_cost_desktop.prices.price_book import PriceBook

GRID_ALPHA = 50

HEADROOM = 1.18
"""How far the axis reaches above the highest point: room for the marker's tag."""


@dataclass(frozen=True)
class ChartKind:
    """What one chart shows, and how its horizontal axis is labeled."""

    curve: Callable[[Scenario, PriceBook], Curve]
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
    """Areas on top of each other, painted as polygons in one item.

    One item of polygons repaints many times faster than PlotDataItem with FillBetweenItem.
    """

    def __init__(self) -> None:
        super().__init__()
        self._areas: list[tuple[QColor, QPolygonF]] = []
        self._levels: list[float] = []
        self._bounds = QRectF()
        self._grid = pg.mkPen(None)

    def show_grid_color(self, color: QColor) -> None:
        self._grid = pg.mkPen(color)
        self.update()

    def show_curve(self, curve: Curve, levels: list[float]) -> None:
        """Show a curve's parts, with lines of a grid at some costs under them."""
        x = curve.sweep.values
        self._levels = levels
        below = np.zeros(len(x))
        self._areas = []
        for name, cost in curve.sweep.by_component.items():
            if not np.any(cost):
                continue
            above = below + cost
            self._areas.append((QColor(COLORS[name]), _band(x, below, above)))
            below = above
        self.prepareGeometryChange()
        self._bounds = QRectF(x[0], 0.0, x[-1] - x[0], max(float(below.max()), levels[-1], 1e-9))
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(self._grid)
        for usd in self._levels:
            painter.drawLine(QPointF(self._bounds.left(), usd), QPointF(self._bounds.right(), usd))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(0.82)
        for color, polygon in self._areas:
            painter.setBrush(color)
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
        self.prepareGeometryChange()
        self.point = QPointF(x, y)
        self.text = text
        self.update()

    def show_palette(self, palette: QPalette) -> None:
        self.line = palette.color(QPalette.ColorRole.WindowText)
        self.ground = palette.color(QPalette.ColorRole.Base)
        self.update()

    def boundingRect(self) -> QRectF:
        view = self._view()
        margin = view.width() / 20  # dot and tag reach beyond the edge
        return view.adjusted(-margin, 0, margin, 0)

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
        self._ticks: dict[str, list[tuple[float, str]]] = {}
        self.setObjectName("card")
        self.title = plain_label("chartTitle")
        self.plot = pg.PlotWidget()
        self.areas = StackedAreas()
        self.marker = Marker()
        # pyqtgraph has no types worth the name.
        self._item: Any = self.plot.getPlotItem()
        item = self._item
        # The picture is never lost: the axes follow the scenario, not the mouse.
        item.setMouseEnabled(x=False, y=False)
        item.setMenuEnabled(False)
        item.hideButtons()
        item.vb.disableAutoRange()
        # The marker's dot may stand on the edge.
        item.vb.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item.addItem(self.areas, ignoreBounds=True)
        item.addItem(self.marker, ignoreBounds=True)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(
                tickLength=0,
                tickTextOffset=6,
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
            )
            axis.enableAutoSIPrefix(False)
        item.getAxis("left").setWidth(48)
        item.getAxis("bottom").setHeight(38)
        item.layout.setContentsMargins(0, 2, 18, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.plot, 1)
        self.setMinimumSize(220, 150)
        self.show_palette(self.palette())

    def show_shown(self, shown: Shown) -> None:
        self.curve = self._kind.curve(shown.scenario, shown.price_book)
        self.title.setText(self.curve.title)
        self._show_curve(self.curve)
        self._describe(self.curve)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.curve:
            self._show_curve(self.curve)  # as many labels as there is room for

    def _show_curve(self, curve: Curve) -> None:
        upper_x = float(curve.sweep.values[-1])
        upper_y = max(float(curve.sweep.total.max()), curve.current_cost, 1.0) * HEADROOM
        levels = ticks(upper_y, _count(self.height(), 45))
        self.areas.show_curve(curve, levels)
        self.marker.show_point(curve.current_x, curve.current_cost, _tag(curve.current_cost))
        item = self._item
        # A hair wider than the curve, for the labels at its very ends.
        hair = upper_x * 1e-6
        item.vb.setRange(xRange=(-hair, upper_x + hair), yRange=(0.0, upper_y), padding=0)
        x_ticks = self._kind.x_ticks(upper_x, _count(self.width(), 75))
        self._show_ticks("bottom", [(x, self._kind.x_label(x, upper_x)) for x in x_ticks])
        self._show_ticks("left", [(y, money_label(y, upper_y)) for y in levels])
        bottom = item.getAxis("bottom")
        if bottom.labelText != curve.x_label:
            bottom.setLabel(curve.x_label)

    def _show_ticks(self, side: str, labels: list[tuple[float, str]]) -> None:
        # An axis that is told its ticks again lays itself out again.
        if self._ticks.get(side) != labels:
            self._ticks[side] = labels
            self._item.getAxis(side).setTicks([labels])

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
        item = self._item
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(pg.mkPen(None))
            axis.setTickPen(pg.mkPen(None))
            axis.setTextPen(dimmed)
            axis.setTickFont(font)
        grid = QColor(dimmed)
        grid.setAlpha(GRID_ALPHA)
        self.areas.show_grid_color(grid)
        bottom = item.getAxis("bottom")
        bottom.setLabel(bottom.labelText, **{"color": dimmed.name(), "font-size": "11px"})
        self.marker.show_palette(palette)


def cost_charts() -> tuple[CostChart, CostChart]:
    """Cost against usage hours, and against artifact storage."""
    return CostChart(USAGE), CostChart(STORAGE)


def _count(pixels: int, each: int) -> int:
    """How many labels there is room for."""
    return min(max(pixels // each, 2), 5)


def _tag(usd: float) -> str:
    return money(round(usd)).removesuffix(".00") if usd >= 10 else money(usd)


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
