"""A chart on paper and in pictures: whatever it is of, painted from its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlflow_cost_desktop.charts.chart import Area, Bar, Chart, Line, Rule, Series, bends
from mlflow_cost_desktop.exports.report.chart_labels import apart, paint_marker, paint_notes
from mlflow_cost_desktop.exports.report.chart_plot import (
    PAPER,
    TOP,
    Look,
    Plot,
    level_labels,
    on_scale,
    plot_in,
    x_labels,
)
from mlflow_cost_desktop.exports.report.text import Paragraph, Style

TITLE = Style(12, bold=True)

LEGEND, SWATCH = 16.0, 9.0
"""Px of the row of names of bars, and of each square of color in it."""

NAME_HEIGHT = 13.0
LEADER = 16.0
"""Px from the plot's edge to a name."""


def paint_chart(painter: QPainter, area: QRectF, chart: Chart, *, has_grid: bool = False) -> None:
    """A chart with its title, filling `area` (px), as it stands in the report.

    Series differ by color, dashes and order, and by the name that stands beside each, so that
    the chart can be read in gray. What the axes do not show is cut off.
    """
    title = Paragraph(chart.title, TITLE, area.width(), max_lines=1)
    title.paint(painter, area.left(), area.top())
    below = area.adjusted(0.0, title.height + 2.0, 0.0, 0.0)
    if barred := _barred(chart):
        _paint_legend(painter, below, barred)
        below.adjust(0.0, LEGEND, 0.0, 0.0)
    plot = plot_in(below, chart, PAPER, _names_width(chart, area.width()))
    _paint_axes(painter, plot, chart, PAPER, has_grid)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(plot.area.adjusted(0.0, -TOP, 0.0, 0.5), Qt.ClipOperation.IntersectClip)
    paint_marks(painter, plot, chart, PAPER)
    painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_names(painter, plot, chart, PAPER, area.right() - plot.area.right() - LEADER)
    paint_notes(painter, plot, chart, PAPER)
    if chart.marker:
        paint_marker(painter, plot, chart.marker, PAPER)


def _barred(chart: Chart) -> list[Series]:
    """Each series that is shown and has bars alone: its name stands beside nothing in the plot."""
    return list(dict.fromkeys(mark.series for mark in chart.marks if isinstance(mark, Bar)))


def _paint_legend(painter: QPainter, area: QRectF, series: Sequence[Series]) -> None:
    """A row of swatches, each with its name."""
    room = area.width() / len(series) - SWATCH - 20.0
    left, middle = area.left(), area.top() + LEGEND / 2.0
    for one in series:
        color = PAPER.softened(PAPER.color(one))
        painter.fillRect(QRectF(left, middle - SWATCH / 2.0, SWATCH, SWATCH), color)
        name = PAPER.name.elided(one.name, room)
        PAPER.name.write(painter, name, left + SWATCH + 5.0, middle)
        left += SWATCH + 20.0 + PAPER.name.width(name)


def _paint_axes(painter: QPainter, plot: Plot, chart: Chart, look: Look, has_grid: bool) -> None:
    area = plot.area
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for level, text in level_labels(chart.y, plot.y_from, plot.y_to, area.height()):
        y = plot.y(level)
        if not chart.y.scale.has_names:  # a line through a bar would say nothing
            painter.fillRect(QRectF(area.left(), y - 0.5, area.width(), 1.0), look.rule)
        look.axis.write(painter, text, area.left() - 7.0, y, 1.0)
    labels = x_labels(chart.x, plot.x_from, plot.x_to, area.width(), look.axis.width)
    for value, text in labels:
        x = plot.x(value)
        if has_grid:
            painter.fillRect(QRectF(x - 0.5, area.top(), 1.0, area.height()), look.rule)
        painter.setPen(QPen(QColor(look.axis.color), 0.75))
        painter.drawLine(QLineF(x, area.bottom(), x, area.bottom() + 3.0))
        look.axis.write(painter, text, x, area.bottom() + 11.0, 0.5)
    title = look.axis.elided(chart.x.title, area.width())
    look.axis.write(painter, title, area.center().x(), area.bottom() + 26.0, 0.5)


def paint_marks(painter: QPainter, plot: Plot, chart: Chart, look: Look) -> None:
    """Areas, bars, rules and lines, each as it stands in the chart's order."""
    for mark in chart.marks:
        if isinstance(mark, Area):
            _paint_area(painter, plot, mark, look)
        elif isinstance(mark, Bar):
            corners = (
                QPointF(plot.x(mark.left), plot.y(mark.above)),
                QPointF(plot.x(mark.right), plot.y(mark.below)),
            )
            painter.fillRect(QRectF(*corners).normalized(), look.softened(look.color(mark.series)))
        elif isinstance(mark, Line):
            painter.setPen(look.pen(mark.series))
            at = slice(None) if plot.is_log else bends(mark.x, mark.y)
            painter.drawPolyline(plot.polygon(mark.x[at], mark.y[at]))
        elif isinstance(mark, Rule):
            painter.setPen(rule_pen(look))
            if mark.is_level:
                y = plot.y(mark.at)
                painter.drawLine(QLineF(plot.area.left(), y, plot.area.right(), y))
            else:
                x = plot.x(mark.at)
                painter.drawLine(QLineF(x, plot.area.top(), x, plot.area.bottom()))


def rule_pen(look: Look) -> QPen:
    """Of a dotted line across the plot."""
    pen = look.stroke(look.axis.color, 1.0)
    pen.setDashPattern((1.0, 3.0))
    return pen


def _paint_area(painter: QPainter, plot: Plot, area: Area, look: Look) -> None:
    at = slice(None) if plot.is_log else bends(area.x, area.above, area.below)
    x, above, below = area.x[at], area.above[at], area.below[at]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.softened(look.color(area.series)))
    edge = np.concatenate([above, below[::-1]])
    painter.drawPolygon(plot.polygon(np.concatenate([x, x[::-1]]), edge))
    # A hair of the ground between areas keeps them apart in gray, and hides seams.
    if np.any(below):
        painter.setPen(look.stroke(look.ground, 0.9))
        painter.drawPolyline(plot.polygon(x, below))


# Names at the right edge


@dataclass(frozen=True, slots=True)
class _Named:
    """A series that is shown, and the height at which it meets the right edge.

    What qualifies it stands below its name, as words of their own without a leader.
    """

    series: Series
    height: float
    is_aside: bool = False

    @property
    def text(self) -> str:
        return self.series.aside if self.is_aside else self.series.name

    def style(self, look: Look) -> Style:
        """How it is written."""
        return look.axis if self.is_aside else _style(self.series, look)


def _names(chart: Chart) -> list[Series]:
    """Each series that has an area or a line."""
    shown = (mark.series for mark in chart.marks if isinstance(mark, Area | Line))
    return list(dict.fromkeys(shown))


def _style(series: Series, look: Look) -> Style:
    return look.emphasis if series.is_strong else look.name


def _names_width(chart: Chart, width: float) -> float:
    """Px that the names take on the right of a chart so wide: at most two fifths of it."""
    series = _names(chart)
    widths = [_style(one, PAPER).width(one.name) for one in series]
    widths += [PAPER.axis.width(one.aside) for one in series]
    return min(max(widths, default=0.0) + LEADER + 6.0, width * 0.4)


def _paint_names(painter: QPainter, plot: Plot, chart: Chart, look: Look, room: float) -> None:
    """Each name beside its own right end, joined to it by a leader that no one takes for data."""
    found: list[_Named] = []
    for mark in chart.marks:
        if isinstance(mark, Area | Line):
            end = min(plot.x_to, float(mark.x[-1]))
            ends = (mark.below, mark.above) if isinstance(mark, Area) else (mark.y,)
            costs = [float(np.interp(end, mark.x, line)) for line in ends]
            middle = sum(on_scale(max(cost, plot.y_from), plot.is_log) for cost in costs)
            middle /= len(costs)
            height = plot.y(10.0**middle if plot.is_log else middle)
            if mark.series.aside:
                found.append(_Named(mark.series, height, is_aside=True))
            found.append(_Named(mark.series, height))
    found.sort(key=lambda one: -one.height)
    area = plot.area
    wanted = [min(max(one.height, area.top()), area.bottom()) for one in found]
    least = min(NAME_HEIGHT, area.height() / max(len(found) - 1, 1))
    edge = area.right()
    leader = QPen(QColor(look.axis.color), 0.6)
    for one, at, place in zip(
        found, wanted, apart(wanted, area.top(), area.bottom(), least), strict=True
    ):
        if not one.is_aside:
            painter.setPen(leader)
            painter.drawPolyline(
                [
                    QPointF(edge + 2.0, at),
                    QPointF(edge + LEADER - 6.0, place),
                    QPointF(edge + LEADER - 3.0, place),
                ]
            )
        style = one.style(look)
        style.write(painter, style.elided(one.text, room), edge + LEADER, place)
