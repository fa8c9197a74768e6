"""A chart that the pointer works in: it holds the marker, moves what is seen, and reads along."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QScrollArea, QWidget

from mlflow_cost_desktop.charts.chart import Area
from mlflow_cost_desktop.exports.report.chart_plot import Look, on_scale
from mlflow_cost_desktop.gui.charts.picture import Picture

GRIP = 8.0
"""Px on either side of the marker in which the pointer takes hold of it."""


class PlotView(Picture):
    """Tells what the pointer does with a chart's marker, and where it points."""

    drag_began = Signal()
    moved = Signal(float)
    drag_ended = Signal()
    pointed = Signal(object)  # the value along the axis, none where the pointer is elsewhere
    part_hovered = Signal(str)

    def __init__(self, parent: QWidget, look: Look, scale: float) -> None:
        super().__init__(parent, look, scale)
        self._grip: float | None = None  # px from the pointer to the marker while it is dragged
        self._hovered = ""
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.scene().setMoveDistance(1)

    @property
    def is_dragging(self) -> bool:
        return self._grip is not None

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
        if self._leaves_wheel(ev):
            ev.ignore()
            return
        self.scene().prepareForPaint()
        super().wheelEvent(ev)
        ev.accept()  # what lies around does not scroll, either

    def _leaves_wheel(self, ev: QWheelEvent) -> bool:
        """Whether the page around scrolls instead: it can, and nobody works in the chart yet.

        A click into the chart, or the keyboard, gives the wheel to the chart; Ctrl does so, too.
        """
        if ev.modifiers() & Qt.KeyboardModifier.ControlModifier or self.parent().hasFocus():
            return False
        around = self.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea) and around.verticalScrollBar().maximum() > 0:
                return True
            around = around.parentWidget()
        return False

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
