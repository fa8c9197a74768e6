"""A chart as a slider: its marker by the keyboard, and what assistive technology is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider

from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.exports.report.chart_plot import PAPER, Look

if TYPE_CHECKING:
    from mlflow_cost_desktop.gui.charts.plot import PlotView

FRAME = 2
"""Px around the picture, for the frame that shows where the keyboard is."""


class ChartCanvas(QAbstractSlider):
    """Holds a chart's picture, which is filled in once the window has been painted.

    Arrow keys move the marker by a step, Page keys by ten, Home and End to the ends; Escape puts
    back what is being dragged; plus, minus and zero enlarge, reduce and show all again.
    """

    filled = Signal()
    drag_began = Signal()
    moved = Signal(float)
    drag_ended = Signal()
    drag_canceled = Signal()
    left = Signal()  # by the keyboard
    pointed = Signal(object)
    part_hovered = Signal(str)
    seen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view: PlotView | None = None
        self.chart: Chart | None = None
        self.look, self._scale = PAPER, 1.0
        self._has_grid = False
        self._will_fill = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.valueChanged.connect(self._tell_key)

    # What is shown

    def fill(self) -> None:
        """Put the picture in place, if it is not there."""
        if self.view is not None:
            return
        # pyqtgraph takes a while to load: the window is painted first.
        from mlflow_cost_desktop.gui.charts.plot import PlotView

        view = PlotView(self, self.look, self._scale)
        view.has_grid = self._has_grid
        view.setGeometry(self.rect().adjusted(FRAME, FRAME, -FRAME, -FRAME))
        for heard, told in (
            (view.drag_began, self.drag_began),
            (view.moved, self.moved),
            (view.drag_ended, self.drag_ended),
            (view.pointed, self.pointed),
            (view.part_hovered, self.part_hovered),
            (view.seen_changed, self.seen_changed),
        ):
            heard.connect(told)
        self.view = view
        if self.chart:
            view.show_chart(self.chart)
        view.show()
        self.filled.emit()

    @property
    def is_dragging(self) -> bool:
        return self.view is not None and self.view.is_dragging

    def show_chart(self, chart: Chart) -> None:
        """Show a chart; the slider stands where its marker does."""
        self.chart = chart
        marker = chart.marker
        with QSignalBlocker(self):  # the user did not move it
            if marker:
                self.setRange(round(marker.lower), int(marker.upper))
                step = chart.x.scale.step((chart.x.upper - chart.x.lower) / 100.0)
                self.setSingleStep(max(round(step), 1))
                self.setPageStep(10 * self.singleStep())
                self.setValue(round(marker.x))
        if self.view:
            self.view.show_chart(chart)

    def show_look(self, look: Look, scale: float) -> None:
        """Take the colors of a theme; `scale` is how many times the usual its fonts are."""
        self.look, self._scale = look, scale
        if self.view:
            self.view.show_look(look, scale)
        self.update()

    def show_grid(self, has_grid: bool) -> None:
        """Show lines at the ticks along the axis, too."""
        self._has_grid = has_grid
        if self.view:
            self.view.show_grid(has_grid)

    def highlight_part(self, part: str) -> None:
        """Dim every part but one; none where it is empty."""
        if self.view:
            self.view.highlight_part(part)

    def show_all(self) -> None:
        """Show the whole of both axes again."""
        if self.view:
            self.view.show_all()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is out of sight."""
        return self.view is None or self.view.is_whole

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What the picture leaves is the page's: a slider would move its marker."""
        event.ignore()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, view = event.key(), self.view
        if key == Qt.Key.Key_Escape and view and view.is_dragging:
            view.let_go()
            self.drag_canceled.emit()
        elif view and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            view.zoom(1.5)
        elif view and key == Qt.Key.Key_Minus:
            view.zoom(1.0 / 1.5)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif not self.is_dragging:
            super().keyPressEvent(event)

    def _tell_key(self, value: int) -> None:
        """The marker was moved by the keyboard, or by an assistive technology."""
        if self.chart and self.chart.marker:
            marker = self.chart.marker
            ends = {self.maximum(): marker.upper, self.minimum(): marker.lower}
            self.moved.emit(ends.get(value, float(value)))

    # The widget

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """A slider would be painted anew; what shows this one's value is the picture."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.look.ground))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight().color(), 1.5))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)
        if self.view is None and not self._will_fill:
            self._will_fill = True
            QTimer.singleShot(0, self, self.fill)  # after all that is painted now

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.view:
            self.view.setGeometry(self.rect().adjusted(FRAME, FRAME, -FRAME, -FRAME))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(False)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,  # it comes back here
        ):
            self.left.emit()

    def _show_focus(self, is_focused: bool) -> None:
        if self.view:
            self.view.show_focus(is_focused)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()  # the card's
