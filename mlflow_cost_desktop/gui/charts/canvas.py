"""The picture of a chart, which is a slider as well: its marker is the scenario's own value."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QGestureEvent, QPinchGesture

from mlflow_cost_desktop.analysis.sweep import Curve
from mlflow_cost_desktop.exports.report.chart_lines import names_width
from mlflow_cost_desktop.exports.report.chart_painter import (
    bands,
    paint_axes,
    paint_current,
    paint_curves,
)
from mlflow_cost_desktop.exports.report.chart_plot import (
    PAPER,
    Contents,
    Look,
    Plot,
    plot_in,
    same_curves,
)
from mlflow_cost_desktop.gui.charts.panel import Readout, paint_panel, placed

GRIP = 9.0
"""Px on either side of the marker in which the pointer takes hold of it."""

DEEPEST = 50.0
"""How many times the picture can be enlarged."""

NOTCH = 120.0
"""What a wheel turns by its smallest step, in Qt's eighths of a degree."""


class ChartCanvas(QAbstractSlider):
    """Curves with a marker that mouse and keyboard move.

    For a system with a larger font the whole picture is painted larger: a px of the plot, as of
    every place below, is one for a font of the usual size.

    Arrow keys move it by a step, Page keys by ten, Home and End to the ends; Escape puts back
    what is being dragged. The wheel and a pinch enlarge, a double click shows all again.
    """

    drag_began = Signal()
    moved = Signal(float)
    drag_ended = Signal()
    drag_canceled = Signal()
    part_hovered = Signal(str)

    def __init__(self, read: Callable[[float], Readout]) -> None:
        super().__init__()
        self._read = read
        self.look = PAPER
        self._scale = 1.0
        self._contents: Contents | None = None
        self._most = 0.0
        self._window: tuple[float, float] | None = None
        self._plot: Plot | None = None
        self._axes: tuple[object, QPixmap] | None = None
        self._ground: QPixmap | None = None
        self.tag_place = QRectF()
        self._grip: float | None = None  # px from the pointer to the marker while it is dragged
        self._pan: float | None = None  # the value that is held while the picture is moved
        self._pointer: QPointF | None = None
        self._read_at: tuple[float, Readout] | None = None
        self.readout: Readout | None = None
        self.panel_place = QRectF()
        self._hovered = ""
        self._lit = ""
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.valueChanged.connect(self._tell_key)

    # What is shown

    @property
    def contents(self) -> Contents | None:
        return self._contents

    @property
    def is_dragging(self) -> bool:
        return self._grip is not None

    @property
    def plot(self) -> Plot | None:
        """Where the figures stand in the picture."""
        if self._plot is None and self._contents is not None and not self.size().isEmpty():
            names = 0.0
            if not isinstance(self._contents, Curve):
                names = names_width(self._contents, self.look, self._area.width())
            self._plot = plot_in(self._area, self._contents, self.look, names, self._window)
        return self._plot

    @property
    def _area(self) -> QRectF:
        return QRectF(0.0, 0.0, self.width() / self._scale, self.height() / self._scale)

    def _at(self, position: QPointF) -> QPointF:
        """A place in the widget as one in the picture."""
        return position / self._scale

    def show_contents(self, contents: Contents, most: float) -> None:
        """Show curves; `most` is how far the marker may go."""
        before, plot = self._contents, self._plot
        if before is None or contents.values[-1] != before.values[-1]:
            self._window = None
        self._contents, self._most = contents, most
        scale, upper = contents.question.scale, float(contents.values[-1])
        with QSignalBlocker(self):  # the user did not move it
            self.setRange(0, int(min(upper, most)))
            self.setSingleStep(max(round(scale.step(upper / 100.0)), 1))
            self.setPageStep(10 * self.singleStep())
            self.setValue(round(contents.current_x))
        if self._window and not self.is_dragging:
            self._follow_marker(*self._window)
        ground = self._ground
        self._repaint()
        if before is not None and same_curves(before, contents) and self.plot == plot:
            self._ground = ground  # only the marker has moved

    def show_look(self, look: Look, scale: float = 1.0) -> None:
        """Take the colors of a theme; `scale` is how many times the usual its font is."""
        self.look, self._scale = look, scale
        self._repaint()

    def highlight_part(self, name: str) -> None:
        """Dim every part but one; none where the name is empty."""
        if name != self._lit:
            self._lit = name
            self._repaint(moved=False)

    def show_all(self) -> None:
        """Undo all enlarging."""
        self._show_window(None)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Enlarge around a value, by default the marker's; never beyond the ends."""
        if self._contents is None:
            return
        upper = float(self._contents.values[-1])
        low, high = self._window or (0.0, upper)
        middle = self._contents.current_x if at is None else at
        middle = min(max(middle, low), high)
        span = min(max((high - low) / factor, upper / DEEPEST), upper)
        share = (middle - low) / (high - low or 1.0)
        self._show_window((middle - share * span, middle + (1.0 - share) * span))

    def _show_window(self, window: tuple[float, float] | None) -> None:
        """Show some part of the axis: as much of it as lies within the ends."""
        if window is not None and self._contents is not None:
            upper = float(self._contents.values[-1])
            span = window[1] - window[0]
            low = min(max(window[0], 0.0), upper - span)
            window = None if span >= upper * 0.999 else (low, low + span)
        if window != self._window:
            self._window = window
            self._repaint()

    def _follow_marker(self, low: float, high: float) -> None:
        assert self._contents is not None
        x, span = self._contents.current_x, high - low
        if not low <= x <= high:
            self._show_window((x - span / 2.0, x + span / 2.0))

    def _repaint(self, *, moved: bool = True) -> None:
        if moved:
            self._plot = None
            self._read_at = None
        self._ground = None
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        plot, contents = self.plot, self._contents
        if plot is None or contents is None:
            return
        if self._ground is None:
            self._ground = self._painted_ground(plot, contents)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        painter.scale(self._scale, self._scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.tag_place = paint_current(painter, plot, contents, self.look, focused=self.hasFocus())
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._area.adjusted(1, 1, -1, -1), 5, 5)
        self._paint_readout(painter, plot)

    def _painted_ground(self, plot: Plot, contents: Contents) -> QPixmap:
        # The axes stay while curves move between the same ends: most of it is text.
        ratio = self.devicePixelRatioF()
        key = plot, self.look, contents.currency, ratio, self._scale, self.size()
        if self._axes is None or self._axes[0] != key:
            axes = QPixmap(self.size() * ratio)
            axes.setDevicePixelRatio(ratio)
            axes.fill(QColor(self.look.ground))
            painter = QPainter(axes)
            painter.scale(self._scale, self._scale)
            paint_axes(painter, plot, contents, self.look)
            painter.end()
            self._axes = key, axes
        ground = QPixmap(self._axes[1])
        painter = QPainter(ground)
        painter.scale(self._scale, self._scale)
        paint_curves(painter, plot, contents, self.look, self._lit)
        painter.end()
        return ground

    def _paint_readout(self, painter: QPainter, plot: Plot) -> None:
        self.readout = None
        if self._pointer is None or self.is_dragging or not plot.area.contains(self._pointer):
            return
        x = self._value_at(self._pointer.x())
        if self._read_at is None or self._read_at[0] != x:
            self._read_at = x, self._read(x)
        at = plot.x(x)
        pointer = QPointF(at, self._pointer.y())
        self.readout, self.panel_place = placed(
            self.look, self._read_at[1], pointer, plot.area, self.tag_place
        )
        painter.setPen(QPen(QColor(self.look.axis.color), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at, plot.area.top()), QPointF(at, plot.area.bottom()))
        paint_panel(painter, self.look, self.readout, self.panel_place)

    # The mouse

    def _value_at(self, x: float) -> float:
        """The round value at a px."""
        assert self._contents is not None and self._plot is not None
        plot, scale = self._plot, self._contents.question.scale
        upper = min(float(self._contents.values[-1]), self._most)
        value = scale.snapped(plot.value(x), plot.pixel, upper)
        return min(max(value, plot.x_from), plot.x_to)

    def _is_over_marker(self, at: QPointF) -> bool:
        plot, contents = self.plot, self._contents
        if plot is None or contents is None or not plot.shows(contents.current_x):
            return False
        near = abs(at.x() - plot.x(contents.current_x)) <= GRIP
        inside = plot.area.top() - GRIP <= at.y() <= plot.area.bottom() + GRIP
        return (near and inside) or self.tag_place.contains(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        plot, contents = self.plot, self._contents
        if event.button() != Qt.MouseButton.LeftButton or plot is None or contents is None:
            return
        at = self._at(event.position())
        if self._is_over_marker(at):
            self._grip = plot.x(contents.current_x) - at.x()
            self._show_pointer(None)
            self.drag_began.emit()
        elif self._window:
            self._pan = plot.value(at.x())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot, contents = self.plot, self._contents
        if plot is None or contents is None:
            return
        at = self._at(event.position())
        if self._grip is not None:
            value = self._value_at(at.x() + self._grip)
            if abs(plot.x(value) - plot.x(contents.current_x)) >= 0.5:
                self.moved.emit(value)
        elif self._pan is not None:
            by = self._pan - plot.value(at.x())
            self._show_window((plot.x_from + by, plot.x_to + by))
        else:
            self._show_pointer(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        was_dragging, self._grip, self._pan = self.is_dragging, None, None
        if was_dragging:
            self.drag_ended.emit()
        self._show_pointer(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.show_all()

    def leaveEvent(self, event: QEvent) -> None:
        self._show_pointer(None)

    def _show_pointer(self, at: QPointF | None) -> None:
        """What is under the pointer, and how it may act there."""
        self._pointer = at
        over = at is not None and self._is_over_marker(at)
        if over or self.is_dragging:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._window:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
        part = self._part_at(at) if at is not None and not over else ""
        if part != self._hovered:
            self._hovered = part
            self.part_hovered.emit(part)
        self.update()

    def _part_at(self, at: QPointF) -> str:
        plot, contents = self.plot, self._contents
        if plot is None or not isinstance(contents, Curve) or not plot.area.contains(at):
            return ""
        x, usd = plot.value(at.x()), plot.usd(at.y())
        for band in bands(contents):
            if usd <= np.interp(x, contents.values, band.above):
                return band.component
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if self.plot is not None and turned:
            at = self._at(event.position())
            self.zoom(1.25 ** (turned / NOTCH), self.plot.value(at.x()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            is_zoom = event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
            if is_zoom and self.plot is not None:
                at = self._at(event.position())
                self.zoom(1.0 + event.value(), self.plot.value(at.x()))
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture) and self.plot is not None:
                center = self._at(self.mapFromGlobal(pinch.centerPoint()))
                self.zoom(pinch.scaleFactor(), self.plot.value(center.x()))
                return True
        return super().event(event)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.is_dragging:
            self._grip = None
            self.drag_canceled.emit()
            self._show_pointer(None)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1.0 / 1.5)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif not self.is_dragging:
            super().keyPressEvent(event)

    def _tell_key(self, value: int) -> None:
        """The marker was moved by the keyboard, or by an assistive technology."""
        if self._contents is None:
            return
        upper = min(float(self._contents.values[-1]), self._most)
        self.moved.emit(upper if value == self.maximum() else float(value))

    # The widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._repaint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()  # the card's
