"""A chart's picture in the window: pyqtgraph's view of the chart's data, and the pointer in it."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QNativeGestureEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from mlflow_cost_desktop.charts.axes import Axis
from mlflow_cost_desktop.charts.chart import Area, Bar, Chart, Label, Line, Point, same_marks
from mlflow_cost_desktop.charts.chart import Rule as RuleMark
from mlflow_cost_desktop.exports.report.chart_painter import rule_pen
from mlflow_cost_desktop.exports.report.chart_plot import (
    BOTTOM,
    TOP,
    Look,
    Plot,
    left_of,
    on_scale,
)
from mlflow_cost_desktop.gui.charts.items import Areas, Bars, Curve, Notes, Rule, ScaleAxis, Tag
from mlflow_cost_desktop.gui.charts.library import pg

GRIP = 8.0
"""Px on either side of the marker in which the pointer takes hold of it."""

DEEPEST = 50.0
"""How many times the picture can be enlarged."""

RIGHT = 20.0
"""Px right of the plot: half the last label along the axis."""

HAIR = 1e-6
"""Of the whole axis: what rounding leaves over."""

Ends = tuple[float, float]


class Box(pg.ViewBox):
    """The plot's area: the left button moves what is seen, with Shift it frames what shall be."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        # What stands on the edge is whole: curves and areas cut themselves off.
        self.setFlag(self.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        self.disableAutoRange()
        self.frames = False

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        self.state["mouseMode"] = self.RectMode if self.frames else self.PanMode
        super().mouseDragEvent(ev, axis)
        if ev.isFinish() and self.state["mouseMode"] == self.RectMode:
            self.sigRangeChangedManually.emit([True, True])


class PlotView(pg.GraphicsView):
    """Shows a chart; tells what the pointer does with its marker and where it points.

    `seen_changed` follows where more or less than the whole axes can be seen.
    """

    drag_began = Signal()
    moved = Signal(float)
    drag_ended = Signal()
    pointed = Signal(object)  # the value along the axis, none where the pointer is elsewhere
    part_hovered = Signal(str)
    seen_changed = Signal()

    def __init__(self, parent: QWidget, look: Look, scale: float) -> None:
        super().__init__(parent, background=None)
        self.look, self.scale_of_font = look, scale
        self.chart: Chart | None = None
        self.plot: Plot | None = None
        self.is_focused = False
        self.has_grid = False
        self._lit = ""
        self._x: Ends | None = None  # what is seen, where it is not the whole
        self._y: Ends | None = None
        self._grip: float | None = None  # px from the pointer to the marker while it is dragged
        self._hovered = ""
        for widget in (self, self.viewport()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.scene().setMoveDistance(1)
        self.box = Box()
        self.scene().addItem(self.box)
        self.box.sigRangeChangedManually.connect(self._take_seen)
        self.levels, self.axis = ScaleAxis("left", self.box), ScaleAxis("bottom", self.box)
        self.areas, self.bars, self.notes, self.tag = (
            Areas(),
            Bars(x=[], height=[], width=1),
            Notes(),
            Tag(),
        )
        self.marker = Rule(angle=90)
        self.cross = (Rule(angle=90), Rule(angle=0))
        self._curves: list[Curve] = []
        self._rules: list[Rule] = []
        for item in (self.levels, self.axis, self.notes, self.tag):
            self.scene().addItem(item)
        for item in (self.areas, self.bars, self.marker, *self.cross):
            self.box.addItem(item, ignoreBounds=True)
        for line in (self.marker, *self.cross):
            line.hide()
        self.marker.setZValue(5)
        self.show_look(look, scale)

    # What is shown

    @property
    def is_dragging(self) -> bool:
        return self._grip is not None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is out of sight."""
        return self._x is None and self._y is None

    @property
    def seen(self) -> tuple[Ends, Ends]:
        """What of the axes is in sight."""
        assert self.chart is not None
        x, y = self.chart.x, self.chart.y
        return self._x or (x.lower, x.upper), self._y or (y.lower, y.upper)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart, or the same after an edit."""
        before, self.chart = self.chart, chart
        if before is None or _whole(before.x) != _whole(chart.x):
            self._x = None
        if before is None or before.y.is_log != chart.y.is_log:
            self._y = None
        if self._y and self._y[1] > chart.y.upper:
            self._y = None
        if chart.marker and not self.is_dragging:
            self._follow(chart.marker.x, chart.marker.y)
        is_same = before is not None and before.y.is_log == chart.y.is_log
        if before is None or not (is_same and same_marks(before.marks, chart.marks)):
            self._show_marks()
        if before is None or (before.x, before.y) != (chart.x, chart.y):
            self._lay_out()
        else:
            self._show_range()
        self._show_marker()

    def show_look(self, look: Look, scale: float) -> None:
        """Take the colors of a theme; `scale` is how many times the usual its fonts are."""
        self.look, self.scale_of_font = look, scale
        self.setBackground(QColor(look.ground))
        font = look.axis.font
        font.setPixelSize(round(look.axis.size * scale))
        self.levels.show_look(look, font, has_grid=True)
        self.axis.show_look(look, font, has_grid=self.has_grid)
        pen = QPen(QColor(look.ink), 1.5 * scale)
        pen.setCosmetic(True)
        self.marker.setPen(pen)
        for line in self.cross:
            line.setPen(rule_pen(look))
        frame = self.box.rbScaleBox
        frame.setPen(pg.mkPen(look.ink))
        veil = QColor(look.ink)
        veil.setAlpha(30)
        frame.setBrush(veil)
        for item in (self.notes, self.tag):
            item.setScale(scale)
        if self.chart:
            self._show_title()
            self._show_marks()
            self._lay_out()

    def show_grid(self, has_grid: bool) -> None:
        """Show lines at the ticks along the axis, too."""
        self.has_grid = has_grid
        self.show_look(self.look, self.scale_of_font)

    def show_focus(self, is_focused: bool) -> None:
        """Let the marker's point be larger while the keyboard moves it."""
        self.is_focused = is_focused
        self._show_marker()

    def highlight_part(self, part: str) -> None:
        """Dim every part but one; none where it is empty."""
        if part != self._lit:
            self._lit = part
            self._show_areas()

    def _show_title(self) -> None:
        assert self.chart is not None
        size = round(self.look.axis.size * self.scale_of_font)
        title = pg.QtGui.QFontMetricsF(self.axis._font).elidedText(
            self.chart.x.title, Qt.TextElideMode.ElideRight, max(self.box.width(), 40.0)
        )
        family = self.look.axis.font.family()
        style = {"color": self.look.axis.color, "font-size": f"{size}px", "font-family": family}
        self.axis.setLabel(escape(title), **style)
        self.axis.resizeEvent()  # which puts the title in the middle

    def _show_marks(self) -> None:
        assert self.chart is not None
        marks, is_log = self.chart.marks, self.chart.y.is_log
        self._show_areas()
        bars = [mark for mark in marks if isinstance(mark, Bar)]
        self.bars.setVisible(bool(bars))
        if bars:
            self.bars.show_bars(bars, self.look, is_log)
        lines = [mark for mark in marks if isinstance(mark, Line)]
        self._keep(self._curves, len(lines), Curve)
        for curve, line in zip(self._curves, lines, strict=False):
            curve.show_line(line, self.look, is_log)
        rules = [mark for mark in marks if isinstance(mark, RuleMark)]
        self._keep(self._rules, len(rules), Rule)
        for item, rule in zip(self._rules, rules, strict=False):
            item.setAngle(0 if rule.is_level else 90)
            item.setPen(rule_pen(self.look))
            item.setPos(on_scale(rule.at, is_log) if rule.is_level else rule.at)

    def _show_areas(self) -> None:
        if self.chart:
            areas = [mark for mark in self.chart.marks if isinstance(mark, Area)]
            self.areas.setVisible(bool(areas))
            self.areas.show_areas(areas, self.look, self.chart.y.is_log, self._lit)

    def _keep(self, items: list[Curve] | list[Rule], count: int, kind: type) -> None:
        """As many items as there are marks; what is not needed is hidden for the next time."""
        while len(items) < count:
            items.append(kind())
            self.box.addItem(items[-1], ignoreBounds=True)
        for at, item in enumerate(items):
            item.setVisible(at < count)

    # Where it stands

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        super().resizeEvent(ev)
        if getattr(self, "chart", None):  # the base class asks for it before there is one
            self._lay_out()

    def _lay_out(self) -> None:
        """Give plot and axes their places: the labels decide how wide the plot can be."""
        assert self.chart is not None
        scale, width, height = self.scale_of_font, self.width(), self.height()
        tall = max(height - (TOP + BOTTOM) * scale, 1.0)
        look = self.look
        left = left_of(self.chart.y, tall / scale, look.axis.width) * scale
        wide = max(width - left - RIGHT * scale, 1.0)
        area = QRectF(left, TOP * scale, wide, tall)
        if area != self.box.geometry():
            self.box.setGeometry(area)
            self.levels.setWidth(left)
            self.axis.setHeight(BOTTOM * scale)
            self.levels.setGeometry(QRectF(0.0, area.top(), left, tall))
            self.axis.setGeometry(QRectF(left, area.bottom(), wide, BOTTOM * scale))
            self._show_title()
        x, y = self.chart.x, self.chart.y
        ends = [x.lower, x.upper, *(on_scale(end, y.is_log) for end in (y.lower, y.upper))]
        names = ("xMin", "xMax", "yMin", "yMax")
        least = {
            "minXRange": (ends[1] - ends[0]) / DEEPEST,
            "minYRange": (ends[3] - ends[2]) / DEEPEST,
        }
        self.box.setLimits(**dict(zip(names, ends, strict=True)), **least)
        self.levels.show_axis(y)
        self.axis.show_axis(x)
        self._show_range()
        self._show_marker()

    def _show_range(self) -> None:
        assert self.chart is not None
        x, y = self.seen
        is_log = self.chart.y.is_log
        wanted = [list(x), [on_scale(end, is_log) for end in y]]
        if self.box.viewRange() != wanted:
            self.box.setRange(xRange=wanted[0], yRange=wanted[1], padding=0)
        area, scale = self.box.geometry(), self.scale_of_font
        place = QRectF(area.topLeft() / scale, area.size() / scale)
        plot = Plot(place, *x, *y, is_log)
        has_notes = any(isinstance(mark, Point | RuleMark | Label) for mark in self.chart.marks)
        self.plot = plot
        self.notes.setVisible(has_notes)
        if has_notes:
            self.notes.show_notes(plot, self.chart, self.look)

    def _show_marker(self) -> None:
        if self.chart is None or self.plot is None:
            return
        marker = self.chart.marker
        is_seen = marker is not None and self.plot.shows(marker.x)
        self.marker.setVisible(is_seen)
        if marker:
            self.marker.setPos(marker.x)
        self.tag.show_marker(
            self.plot, marker, self.look, self.scale_of_font, is_focused=self.is_focused
        )

    # How much is seen

    def show_all(self) -> None:
        """Show the whole of both axes again."""
        self._see(None, None)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Enlarge along the axis around a value, by default the marker's."""
        if self.chart is None:
            return
        low, high = self.seen[0]
        lower, upper = _whole(self.chart.x)
        middle = at if at is not None else self.chart.marker.x if self.chart.marker else low
        middle = min(max(middle, low), high)
        span = min(max((high - low) / factor, (upper - lower) / DEEPEST), upper - lower)
        share = (middle - low) / (high - low or 1.0)
        self._see(
            _inside((middle - share * span, middle + (1 - share) * span), (lower, upper)), self._y
        )

    def _take_seen(self, *_: object) -> None:
        """What the pointer has done to the range."""
        assert self.chart is not None
        (x_from, x_to), (y_from, y_to) = self.box.viewRange()
        if self.chart.y.is_log:
            y_from, y_to = 10.0**y_from, 10.0**y_to
        self._see((x_from, x_to), (y_from, y_to))

    def _see(self, x: Ends | None, y: Ends | None) -> None:
        assert self.chart is not None
        self._x = None if x and _same(x, _whole(self.chart.x)) else x
        self._y = None if y and _same(y, _whole(self.chart.y)) else y
        self._show_range()
        self._show_marker()
        self.seen_changed.emit()

    def _follow(self, x: float, y: float) -> None:
        """Move what is seen to where the marker has gone."""
        assert self.chart is not None
        if self._x and not self._x[0] <= x <= self._x[1]:
            half = (self._x[1] - self._x[0]) / 2.0
            self._x = _inside((x - half, x + half), _whole(self.chart.x))
        if self._y and not self._y[0] <= y <= self._y[1]:
            half = (self._y[1] - self._y[0]) / 2.0
            self._y = _inside((y - half, y + half), _whole(self.chart.y))

    # The pointer

    def _at(self, position: QPointF) -> QPointF:
        """A place in the widget in px of the usual font."""
        return position / self.scale_of_font

    def _value_at(self, x: float) -> float:
        """The round value at a px."""
        assert self.chart is not None and self.plot is not None
        axis, plot, marker = self.chart.x, self.plot, self.chart.marker
        lower = marker.lower if marker else axis.lower
        upper = min(marker.upper if marker else axis.upper, axis.upper)
        value = axis.scale.snapped(plot.value(x), plot.pixel, lower, upper)
        return min(max(value, plot.x_from), plot.x_to)

    def is_over_marker(self, at: QPointF) -> bool:
        """Whether a place, px of the usual font, is where the marker can be taken hold of."""
        plot, marker = self.plot, self.chart.marker if self.chart else None
        if plot is None or marker is None or not marker.path or not plot.shows(marker.x):
            return False
        near = abs(at.x() - plot.x(marker.x)) <= GRIP
        inside = plot.area.top() - GRIP <= at.y() <= plot.area.bottom() + GRIP
        return (near and inside) or self.tag.place.contains(at)

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        self.scene().prepareForPaint()  # what is hit is found by the transform of the last paint
        self.parent().setFocus(Qt.FocusReason.MouseFocusReason)
        at = self._at(ev.position())
        if ev.button() == Qt.MouseButton.LeftButton and self.is_over_marker(at):
            assert self.chart and self.chart.marker and self.plot
            self._grip = self.plot.x(self.chart.marker.x) - at.x()
            self._point(None)
            self.drag_began.emit()
            ev.accept()
        elif ev.button() == Qt.MouseButton.LeftButton:
            self.box.frames = bool(ev.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            super().mousePressEvent(ev)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        at = self._at(ev.position())
        if self._grip is None:
            super().mouseMoveEvent(ev)
            self._point(None if self.scene().dragButtons else at)
            return
        assert self.chart and self.chart.marker and self.plot
        value = self._value_at(at.x() + self._grip)
        if abs(self.plot.x(value) - self.plot.x(self.chart.marker.x)) >= 0.5:
            self.moved.emit(value)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        if ev.button() != Qt.MouseButton.LeftButton:
            return
        if self._grip is not None:
            self._grip = None
            self.drag_ended.emit()
        else:
            super().mouseReleaseEvent(ev)
        self._point(self._at(ev.position()))

    def let_go(self) -> None:
        """Forget that the marker is held."""
        self._grip = None
        self._point(None)

    def point_nowhere(self) -> None:
        """Read nothing until the pointer moves again."""
        self._point(None)

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        if ev.button() == Qt.MouseButton.LeftButton:
            self.show_all()

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self._point(None)

    def wheelEvent(self, ev: QWheelEvent) -> None:
        self.scene().prepareForPaint()
        super().wheelEvent(ev)
        ev.accept()  # what lies around does not scroll, either

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture and self.plot:
                self.zoom(1.0 + event.value(), self.plot.value(self._at(event.position()).x()))
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture) and self.plot:
                center = self._at(QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                self.zoom(pinch.scaleFactor(), self.plot.value(center.x()))
                return True
        return super().viewportEvent(event)

    def _point(self, at: QPointF | None) -> None:
        """What is under the pointer, and how it may act there."""
        plot = self.plot
        if plot is None or self.chart is None:
            return
        over = at is not None and self.is_over_marker(at)
        inside = at is not None and not over and plot.area.contains(at)
        if over or self.is_dragging:
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor)
        elif inside and not self.is_whole:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().unsetCursor()
        for line in self.cross:
            line.setVisible(inside)
        if at is not None and inside:
            x = self._value_at(at.x())
            self.cross[0].setPos(x)
            self.cross[1].setPos(on_scale(plot.amount(at.y()), plot.is_log))
            self.pointed.emit(x)
        else:
            self.pointed.emit(None)
        part = self._part_at(at) if at is not None and inside else ""
        if part != self._hovered:
            self._hovered = part
            self.part_hovered.emit(part)

    def _part_at(self, at: QPointF) -> str:
        assert self.plot is not None and self.chart is not None
        x, amount = self.plot.value(at.x()), self.plot.amount(at.y())
        for mark in self.chart.marks:
            if isinstance(mark, Area) and amount <= np.interp(x, mark.x, mark.above):
                return mark.series.part
        return ""


def _whole(axis: Axis) -> Ends:
    return axis.lower, axis.upper


def _same(one: Ends, other: Ends) -> bool:
    hair = HAIR * (other[1] - other[0])
    return abs(one[0] - other[0]) <= hair and abs(one[1] - other[1]) <= hair


def _inside(wanted: Ends, whole: Ends) -> Ends:
    """A stretch of the same length that lies within the whole."""
    span = wanted[1] - wanted[0]
    low = min(max(wanted[0], whole[0]), whole[1] - span)
    return low, low + span
