"""What a chart is made of in the window: pyqtgraph's items, and the few that it has not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from mlflow_cost_desktop.charts.axes import Axis
from mlflow_cost_desktop.charts.chart import Area, Bar, Chart, Line, Marker, bends
from mlflow_cost_desktop.exports.report.chart_labels import (
    paint_dot,
    paint_notes,
    paint_tag,
    tag_place,
)
from mlflow_cost_desktop.exports.report.chart_plot import (
    Look,
    Plot,
    level_labels,
    on_scale,
    x_labels,
)
from mlflow_cost_desktop.gui.charts.library import guarded, pg

DIMMED = 0.3
"""How much of its color a part keeps while another one is pointed at."""


def cut_off(item: Any, painter: QPainter) -> None:
    """Let an item paint nothing beyond the edges of the plot.

    By what its box shows: what a curve itself remembers of that is not put right by every zoom.
    """
    painter.setClipRect(item.getViewBox().viewRect())


class ScaleAxis(pg.AxisItem):
    """An axis with the ticks and labels of a chart's own axis."""

    def __init__(self, orientation: str, view: Any) -> None:
        self._font = QFont()  # the base class asks for its bounds
        super().__init__(orientation, linkView=view)
        self._axis: Axis | None = None
        self._has_grid = False
        self._texts: dict[float, str] = {}
        self._bounds: QRectF | None = None  # Qt asks for them six times a change
        self.setStyle(
            tickLength=0 if orientation == "left" else 3,
            tickAlpha=255,
            autoExpandTextSpace=False,
            tickTextOffset=7 if orientation == "left" else 2,
        )
        self.enableAutoSIPrefix(False)  # its labels say GB or TB, and no title "(x1e+09)"
        self.setPen(None)
        self.setZValue(-200)  # behind the curves
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def stand_at(self, place: QRectF) -> None:
        """Take another place in the picture."""
        # Qt would keep what it has painted of an item that reaches beyond the view, and add to it.
        self.setCacheMode(self.CacheMode.NoCache)
        self.setGeometry(place)
        self._bounds = None
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def show_axis(self, axis: Axis) -> None:
        """Take the round numbers of an axis, and what they are called."""
        if axis != self._axis:
            self._axis = axis
            self._show_grid()
            self.picture = None
            self.update()

    def show_look(self, look: Look, font: QFont, *, has_grid: bool) -> None:
        """Take colors and a font; the grid's lines cross the whole plot."""
        self._font, self._bounds = font, None
        self.setStyle(tickFont=font)
        self.setTextPen(QColor(look.axis.color))
        self.setTickPen(look.stroke(look.rule if has_grid else look.axis.color, 1.0))
        self._has_grid = has_grid
        self._show_grid()

    def _show_grid(self) -> None:
        """Lines at figures; one through a bar beside its name would say nothing."""
        has_names = self._axis is not None and self._axis.scale.has_names
        self.setGrid(255 if self._has_grid and not has_names else False)

    @guarded
    def paint(self, painter: QPainter, *_: Any) -> None:
        # What the base class would record first, and play: what is painted here is kept by Qt.
        painter.setFont(self._font)
        specs = self.generateDrawSpecs(painter)
        if specs is not None:
            self.drawPicture(painter, *specs)

    def boundingRect(self) -> QRectF:
        if self._bounds is None:
            self._bounds = self._reach()
        return self._bounds

    def _reach(self) -> QRectF:
        """Labels reach beyond the ends, where there is a grid as well."""
        room = 1.5 * self._font.pixelSize()
        across = 4.0 * room if self.orientation == "bottom" else 0.0
        upright = room if self.orientation == "left" else 0.0
        return super().boundingRect().adjusted(-across, -upright, across, upright)

    def prepareGeometryChange(self) -> None:
        self._bounds = None
        super().prepareGeometryChange()

    def resizeEvent(self, ev: object = None) -> None:
        self._bounds = None
        super().resizeEvent(ev)
        if self.orientation == "bottom":
            place, title = self.size(), self.label.boundingRect()
            left, top = (place.width() - title.width()) / 2.0, place.height() - title.height()
            self.label.setPos(round(left), round(top + 3.0))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:
        if self._axis is None:
            return []
        axis, is_log = self._axis, self._axis.is_log
        lower, upper = (10.0**minVal, 10.0**maxVal) if is_log else (minVal, maxVal)
        if self.orientation == "left":
            found = level_labels(axis, lower, upper, size, 2.6 * self._font.pixelSize())
        else:
            width_of = pg.QtGui.QFontMetricsF(self._font).horizontalAdvance
            found = x_labels(axis, lower, upper, size, width_of)
        # What rounding puts a hair beyond the edge stands on it.
        self._texts = {
            min(max(on_scale(tick, is_log), minVal), maxVal): text for tick, text in found
        }
        return [(1.0, list(self._texts))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str | None]:
        return [self._texts.get(value, "") for value in values]


class Curve(pg.PlotCurveItem):
    """A line, cut off at the edges of the plot."""

    @guarded
    def paint(self, painter: QPainter, *arguments: Any) -> None:
        cut_off(self, painter)
        super().paint(painter, *arguments)

    def show_line(self, line: Line, look: Look, is_log: bool) -> None:
        """Take the points of a line where it bends, and how it is drawn."""
        at = slice(None) if is_log else bends(line.x, line.y)
        x, y = line.x[at], on_scale(line.y[at], is_log)
        self.setData(x, y, pen=look.pen(line.series), antialias=True)


class Bars(pg.BarGraphItem):
    """Bars, cut off at the edges of the plot."""

    @guarded
    def paint(self, painter: QPainter, *arguments: Any) -> None:
        cut_off(self, painter)
        super().paint(painter, *arguments)

    def show_bars(self, bars: Sequence[Bar], look: Look, is_log: bool) -> None:
        """Take all bars of a chart at once."""
        y = [(on_scale(bar.below, is_log), on_scale(bar.above, is_log)) for bar in bars]
        self.setOpts(
            x0=[bar.left for bar in bars],
            width=[bar.right - bar.left for bar in bars],
            y0=[low for low, _ in y],
            height=[high - low for low, high in y],
            brushes=[QBrush(look.softened(look.color(bar.series))) for bar in bars],
            pen=pg.mkPen(None),
        )


class Rule(pg.InfiniteLine):
    """A straight line through the whole plot: the marker, the crosshair, where a tier begins."""

    paint = guarded(pg.InfiniteLine.paint)


class Areas(pg.GraphicsObject):
    """All stacked areas, each a polygon."""

    def __init__(self) -> None:
        super().__init__()
        self._shapes: list[tuple[QBrush, QPolygonF]] = []
        self._edges: list[QPolygonF] = []
        self._hair = QPen()
        self._bounds = QRectF()

    def show_areas(self, areas: Sequence[Area], look: Look, is_log: bool, lit: str) -> None:
        """Take the areas from the bottom up; `lit` is the part beside which others are dim."""
        self.prepareGeometryChange()
        self._shapes, self._edges, self._bounds = [], [], QRectF()
        self._hair = look.stroke(look.ground, 0.9)
        if areas:
            x, lines = areas[0].x, [area.above for area in areas]
            at = slice(None) if is_log else bends(x, *lines)
            x = x[at]
            around = np.concatenate([x, x[::-1]])
            for area in areas:
                above, below = on_scale(area.above[at], is_log), on_scale(area.below[at], is_log)
                edge = np.concatenate([above, below[::-1]])
                strength = DIMMED if lit and area.series.part != lit else None
                brush = QBrush(look.softened(look.color(area.series), strength))
                self._shapes.append((brush, pg.functions.arrayToQPolygonF(around, edge)))
                if area is not areas[0]:
                    self._edges.append(pg.functions.arrayToQPolygonF(x, below))
                self._bounds |= self._shapes[-1][1].boundingRect()
        self.update()

    def keep_painted(self, is_whole: bool) -> None:
        """Keep what was painted until the areas change, while all of them are in sight.

        An edit often moves the marker of a chart and nothing else. Of areas that are cut off at
        the plot's edges Qt would keep the gaps as well.
        """
        mode = self.CacheMode.DeviceCoordinateCache if is_whole else self.CacheMode.NoCache
        if mode != self.cacheMode():
            self.setCacheMode(mode)

    def boundingRect(self) -> QRectF:
        return self._bounds

    @guarded
    def paint(self, painter: QPainter, *_: Any) -> None:
        cut_off(self, painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for brush, polygon in self._shapes:
            painter.setBrush(brush)
            painter.drawPolygon(polygon)
        painter.setPen(self._hair)  # keeps them apart in gray, and hides seams
        for edge in self._edges:
            painter.drawPolyline(edge)


class Notes(pg.GraphicsObject):
    """The words in a plot, and the rings that they belong to; painted in px of the usual font."""

    def __init__(self) -> None:
        super().__init__()
        self._study: tuple[Plot, Chart, Look] | None = None
        self.setZValue(10)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def show_notes(self, plot: Plot, chart: Chart, look: Look) -> None:
        """Place everything anew."""
        self.prepareGeometryChange()
        self._study = plot, chart, look
        self.update()

    def boundingRect(self) -> QRectF:
        return self._study[0].area.adjusted(-8.0, -8.0, 8.0, 8.0) if self._study else QRectF()

    @guarded
    def paint(self, painter: QPainter, *_: Any) -> None:
        if self._study:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            plot, chart, look = self._study
            paint_notes(painter, plot, chart, look)


class Tag(pg.GraphicsObject):
    """The marker's point with its value beside it: moved as one picture while that is the same."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._look = "", None
        self._place = QRectF()
        self._has_dot = self._is_focused = False
        self.place = QRectF()
        self.setZValue(20)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        self.hide()

    def show_marker(
        self, plot: Plot, marker: Marker | None, look: Look, scale: float, *, is_focused: bool
    ) -> None:
        """Stand beside the marker; `place` is then where, in px of the usual font."""
        self.place = tag_place(plot, look, marker) if marker else QRectF()
        if marker is None or self.place.isEmpty():
            self.hide()
            return
        at = QPointF(plot.x(marker.x), plot.y(marker.y))
        has_dot = plot.area.top() - 1.0 <= at.y() <= plot.area.bottom() + 1.0
        shown = self.place.translated(-at), marker.text, look, has_dot, is_focused
        if shown != (self._place, self._text, self._look, self._has_dot, self._is_focused):
            self.prepareGeometryChange()
            self._place, self._text, self._look, self._has_dot, self._is_focused = shown
            self.update()
        self.setPos(at * scale)
        self.show()

    def boundingRect(self) -> QRectF:
        return self._place.united(QRectF(-8.0, -8.0, 16.0, 16.0)).adjusted(-1.0, -1.0, 1.0, 1.0)

    @guarded
    def paint(self, painter: QPainter, *_: Any) -> None:
        if self._look is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._has_dot:
            paint_dot(painter, self._look, QPointF(), is_focused=self._is_focused)
        paint_tag(painter, self._look, self._place, self._text)
