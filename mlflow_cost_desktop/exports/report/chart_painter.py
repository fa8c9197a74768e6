"""The charts, painted the same in the window, in pictures and in the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve, PlanCurve, Values
from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.exports.report.chart_lines import (
    names_width,
    paint_crossings,
    paint_edges,
    paint_line_names,
    paint_lines,
)
from mlflow_cost_desktop.exports.report.chart_plot import (
    PAPER,
    TOP,
    Contents,
    Look,
    Plot,
    apart,
    bends,
    first_free,
    level_labels,
    paint_tag,
    plot_in,
    x_labels,
)
from mlflow_cost_desktop.exports.report.text import Paragraph, Style
from mlflow_cost_desktop.model.components import COMPONENTS

TITLE = Style(12, bold=True)
VEIL, NAME_PADDING = 0.8, 5.0
"""Opacity of what is laid under a plan's name where it stands on parts; px beside the name."""

DIMMED = 0.3
"""How much of its color a part keeps while another one is pointed at."""


@dataclass(frozen=True, slots=True)
class Band:
    """A part's cost, stacked on the parts before it."""

    component: str
    below: Values
    above: Values


def bands(curve: Curve) -> list[Band]:
    """The parts that cost anything, from the bottom."""
    below = np.zeros(curve.values.shape)
    found: list[Band] = []
    for component, cost in curve.sweep.by_component.items():
        if np.any(cost):
            found.append(Band(component, below, below + cost))
            below = found[-1].above
    return found


def paint_chart(painter: QPainter, area: QRectF, contents: Contents) -> None:
    """A chart with its title, filling `area` (px), as it stands in the report.

    Parts differ by color, by order and by the name that stands beside each, so that the chart
    can be read in gray.
    """
    title = Paragraph(contents.question.title, TITLE, area.width(), max_lines=1)
    title.paint(painter, area.left(), area.top())
    below = area.adjusted(0.0, title.height + 2.0, 0.0, 0.0)
    if isinstance(contents, Curve):
        names = max((PAPER.name.width(COMPONENTS[b.component]) for b in bands(contents)), default=0)
        plot = plot_in(below, contents, PAPER, names + 16.0)
        paint_ground(painter, plot, contents, PAPER)
        _paint_part_names(painter, plot, contents)
    else:
        plot = plot_in(below, contents, PAPER, names_width(contents, PAPER, area.width()))
        paint_ground(painter, plot, contents, PAPER)
    paint_current(painter, plot, contents, PAPER)


def paint_ground(
    painter: QPainter, plot: Plot, contents: Contents, look: Look, lit: str = ""
) -> None:
    """Axes and curves, before which the marker stands; `lit` is the part that is pointed at."""
    paint_axes(painter, plot, contents, look)
    paint_curves(painter, plot, contents, look, lit)


def paint_axes(painter: QPainter, plot: Plot, contents: Contents, look: Look) -> None:
    """Levels of money and the axis below, with their labels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for usd, label in zip(
        plot.levels, level_labels(contents, plot.levels, look.figures), strict=True
    ):
        y = plot.y(usd)
        painter.fillRect(QRectF(plot.area.left(), y - 0.5, plot.area.width(), 1.0), look.rule)
        look.axis.write(painter, label, plot.area.left() - 7.0, y, 1.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_x_axis(painter, plot, contents, look)


def paint_curves(painter: QPainter, plot: Plot, contents: Contents, look: Look, lit: str) -> None:
    """The parts' areas, or the options' lines with their names."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setClipRect(plot.area.adjusted(0.0, -TOP, 0.0, 0.5), Qt.ClipOperation.IntersectClip)
    if isinstance(contents, Curve):
        _paint_bands(painter, plot, contents, look, lit)
        if contents.plan:
            _paint_plan(painter, plot, contents, contents.plan, look)
    else:
        paint_edges(painter, plot, contents, look)
        paint_lines(painter, plot, contents, look)
    painter.restore()
    if isinstance(contents, Options):
        paint_line_names(painter, plot, contents, look)


def _paint_bands(painter: QPainter, plot: Plot, curve: Curve, look: Look, lit: str) -> None:
    shown = bands(curve)
    at = bends(curve.values, *(band.above for band in shown))
    x = curve.values[at]
    around = np.concatenate([x, x[::-1]])
    painter.setPen(Qt.PenStyle.NoPen)
    for band in shown:
        edge = np.concatenate([band.above[at], band.below[at][::-1]])
        strength = DIMMED if lit and band.component != lit else None
        painter.setBrush(look.softened(COLORS[band.component], strength))
        painter.drawPolygon(plot.polygon(around, edge))
    # A hair of the ground between the parts keeps them apart in gray, and hides seams.
    painter.setPen(QPen(QColor(look.ground), 0.9))
    for band in shown[1:]:
        painter.drawPolyline(plot.polygon(x, band.below[at]))


def _paint_plan(painter: QPainter, plot: Plot, curve: Curve, plan: PlanCurve, look: Look) -> None:
    """A dashed line with the plan's name above it, where there is room beside the marker."""
    if len(plan.values) < 2:
        return
    pen = QPen(QColor(look.plan), 1.6)
    pen.setDashPattern((4.0, 3.0))
    painter.setPen(pen)
    painter.setClipRect(plot.area, Qt.ClipOperation.IntersectClip)
    at = bends(plan.values, plan.total)
    painter.drawPolyline(plot.polygon(plan.values[at], plan.total[at]))
    marker = QPointF(plot.x(curve.current_x), plot.y(curve.current_cost))
    taken = [
        _tag_place(plot, look, marker, curve.currency.dollars(curve.current_cost, look.figures)),
        QRectF(marker.x() - 7.0, plot.area.top(), 14.0, plot.area.height()),
    ]
    style = replace(look.name, color=look.plan)
    for part in (1.0, 0.45):  # of the chart's width, where the whole name has no place
        name = style.elided(plan.name, plot.area.width() * part)
        places = _beside(plot, plan, marker.x(), style.width(name) + 2.0 * NAME_PADDING)
        ground_first = sorted(places, key=lambda place: _covered(plot, curve, place))
        place = first_free(ground_first, plot.area, taken)
        if place:
            if _covered(plot, curve, place):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(veil(look))
                painter.drawRoundedRect(place, 4.0, 4.0)
            style.write(painter, name, place.left() + NAME_PADDING, place.center().y())
            return


def veil(look: Look) -> QColor:
    """The ground's color over the parts: letters of a plan's color are read on it, on all parts."""
    color = QColor(look.ground)
    color.setAlphaF(VEIL)
    return color


def _covered(plot: Plot, curve: Curve, place: QRectF) -> int:
    """0 for a place above all parts, 1 for one within them, 2 where it would hide their edge."""
    left, right = plot.value(place.left()), plot.value(place.right())
    inside = curve.values[(curve.values > left) & (curve.values < right)]
    costs = np.interp([left, *inside.tolist(), right], curve.values, curve.sweep.total)
    if place.bottom() <= plot.y(float(costs.max())):
        return 0
    return 1 if place.top() >= plot.y(float(costs.min())) else 2


def _beside(plot: Plot, plan: PlanCurve, marker: float, width: float) -> Iterator[QRectF]:
    """Places above and below a plan's line: at its ends, and on both sides of the marker."""
    starts = plot.area.left() + 4.0, plot.area.right() - 4.0 - width, marker + 10.0
    for left in (*starts, marker - 10.0 - width):
        ends = [plot.value(left), plot.value(left + width)]
        heights = plot.y(np.interp(ends, plan.values, plan.total))
        yield QRectF(left, float(heights.min()) - 18.0, width, 15.0)
        yield QRectF(left, float(heights.max()) + 3.0, width, 15.0)


def _paint_x_axis(painter: QPainter, plot: Plot, contents: Contents, look: Look) -> None:
    bottom = plot.area.bottom()
    painter.setPen(QPen(QColor(look.axis.color), 0.75))
    labels = x_labels(plot, contents, look)
    painter.drawLines([QLineF(plot.x(x), bottom, plot.x(x), bottom + 3.0) for x, _, _ in labels])
    for _, middle, text in labels:
        look.axis.write(painter, text, middle, bottom + 11.0, 0.5)
    title = contents.question.x_label
    look.axis.write(painter, title, plot.area.center().x(), bottom + 26.0, 0.5)


def _paint_part_names(painter: QPainter, plot: Plot, curve: Curve) -> None:
    """Each part's name beside the right end of its band."""
    edge = plot.area.right()
    shown = bands(curve)
    wanted = [plot.y(float(band.below[-1] + band.above[-1]) / 2.0) for band in shown]
    places = apart(wanted, plot.area.top(), plot.area.bottom(), 12.0)
    for band, at, place in zip(shown, wanted, places, strict=True):
        painter.setPen(QPen(QColor(COLORS[band.component]), 1.2))
        painter.drawLine(QLineF(edge + 2.0, at, edge + 9.0, place))
        PAPER.name.write(painter, COMPONENTS[band.component], edge + 12.0, place)


def paint_current(
    painter: QPainter, plot: Plot, contents: Contents, look: Look, *, focused: bool = False
) -> QRectF:
    """The scenario's own point with its cost in a tag, and the crossings; gives the tag's place.

    Where the point is out of sight, only the crossings are painted.
    """
    tag = line = QRectF()
    if plot.shows(contents.current_x):
        at = QPointF(plot.x(contents.current_x), plot.y(contents.current_cost))
        line = QRectF(at.x() - 1.5, plot.area.top(), 3.0, plot.area.height())
        tag = _tag_place(
            plot, look, at, contents.currency.dollars(contents.current_cost, look.figures)
        )
        painter.setPen(QPen(QColor(look.ink), 1.5))
        painter.drawLine(QLineF(at.x(), plot.area.top() - TOP / 2.0, at.x(), plot.area.bottom()))
        painter.setBrush(QColor(look.ground))
        painter.setPen(QPen(QColor(look.ink), 2.0))
        radius = 6.5 if focused else 4.5
        painter.drawEllipse(at, radius, radius)
    if isinstance(contents, Options):
        paint_crossings(painter, plot, contents, look, tag, line)
    if not tag.isEmpty():
        paint_tag(
            painter, look, tag, contents.currency.dollars(contents.current_cost, look.figures)
        )
    return tag


def _tag_place(plot: Plot, look: Look, at: QPointF, text: str) -> QRectF:
    width, height = look.tag.width(text) + 18.0, 20.0
    left = at.x() + 9.0
    if left + width > plot.area.right():
        left = at.x() - 9.0 - width
    top = min(max(at.y() - 27.0, plot.area.top()), plot.area.bottom() - height - 1.0)
    return QRectF(max(left, plot.area.left()), top, width, height)
