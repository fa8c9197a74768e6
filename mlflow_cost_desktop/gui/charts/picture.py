"""A chart's picture in the window: pyqtgraph's items, and what of the chart they show where."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

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
from mlflow_cost_desktop.gui.charts.seen import DEEPEST, Ends, Seen

RIGHT = 20.0
"""Px right of the plot: half the last label along the axis."""


class Box(pg.ViewBox):
    """The plot's area: the left button moves what is seen, with Shift it frames a part to see."""

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


class Picture(pg.GraphicsView):
    """Shows a chart, or a part of it; `seen_changed` follows where that becomes more or less.

    `plot` says where a figure stands, in px of the usual font.
    """

    seen_changed = Signal()

    def __init__(self, parent: QWidget, look: Look, scale: float) -> None:
        super().__init__(parent, background=None)
        self.look, self.scale_of_font = look, scale
        self.chart: Chart | None = None
        self.plot: Plot | None = None
        self.is_focused = False
        self.has_grid = False
        self._lit = ""
        self._seen = Seen()
        for widget in (self, self.viewport()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box = Box()
        self.scene().addItem(self.box)
        self.box.sigRangeChangedManually.connect(self._take_seen)
        self.levels, self.axis = ScaleAxis("left", self.box), ScaleAxis("bottom", self.box)
        self.areas, self.bars, self.notes, self.tag = (
            Areas(),
            Bars(x0=[], width=[], y0=[], height=[]),
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
        """Whether a pointer holds the marker: what is seen stays where it is then."""
        return False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is out of sight."""
        return self._seen.is_whole

    @property
    def seen(self) -> tuple[Ends, Ends]:
        """What of the axes is in sight."""
        assert self.chart is not None
        return self._seen.ends(self.chart)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart, or the same after an edit."""
        before, self.chart = self.chart, chart
        self._seen.change(before, chart)
        if chart.marker and not self.is_dragging:
            self._seen.follow(chart, chart.marker.x, chart.marker.y)
        is_same = before is not None and before.y.is_log == chart.y.is_log
        if before is None or not (is_same and same_marks(before.marks, chart.marks)):
            self._show_marks()
        if before is None or (before.x, before.y) != (chart.x, chart.y):
            self._lay_out()
            if before is not None and before.x.title != chart.x.title:
                self._show_title()
        else:
            self._show_range()
            self._show_marker()
        if before is not None and before.x.title != chart.x.title:
            self._show_title()

    def show_look(self, look: Look, scale: float) -> None:
        """Take the colors of a theme; `scale` is how many times the usual its fonts are."""
        look = replace(look, device_px=self.devicePixelRatioF() * scale)
        self.look, self.scale_of_font = look, scale
        self.setBackground(QColor(look.ground))
        font = pg.QtGui.QFont(look.axis.font)
        font.setPixelSize(round(look.axis.size * scale))
        self.levels.show_look(look, font, has_grid=True)
        self.axis.show_look(look, font, has_grid=self.has_grid)
        self.marker.setPen(look.stroke(look.ink, 1.5))
        for line in self.cross:
            line.setPen(rule_pen(look))
        frame = self.box.rbScaleBox
        frame.setPen(look.stroke(look.ink, 1.0))
        veil = QColor(look.ink)
        veil.setAlpha(30)
        frame.setBrush(veil)
        for item in (self.notes, self.tag):
            item.setScale(scale)
        if self.chart:
            self._show_title()
            self._show_marks()
            self._lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # another screen
            self.show_look(self.look, self.scale_of_font)
        return super().event(event)

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
            self.levels.stand_at(QRectF(0.0, area.top(), left, tall))
            self.axis.stand_at(QRectF(left, area.bottom(), wide, BOTTOM * scale))
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
        self.areas.keep_painted(self.is_whole)
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
        if self.chart is not None:
            self._see(self._seen.zoomed(self.chart, factor, at), self._seen.y)

    def _take_seen(self, *_: object) -> None:
        """What the pointer has done to the range."""
        assert self.chart is not None
        (x_from, x_to), (y_from, y_to) = self.box.viewRange()
        if self.chart.y.is_log:
            y_from, y_to = 10.0**y_from, 10.0**y_to
        self._see((x_from, x_to), (y_from, y_to))

    def _see(self, x: Ends | None, y: Ends | None) -> None:
        assert self.chart is not None
        self._seen.see(self.chart, x, y)
        self._show_range()
        self._show_marker()
        self.seen_changed.emit()
