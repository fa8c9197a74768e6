"""A chart's options: a line each with its name, the crossings, and where tiers begin."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlflow_cost_desktop.analysis.options import Crossing, Line, Options
from mlflow_cost_desktop.charts.palette import LINE_COLORS
from mlflow_cost_desktop.exports.report.chart_plot import Look, Plot, apart, bends, first_free
from mlflow_cost_desktop.figures import Figures

DASHES = ((), (6.0, 3.0), (1.5, 2.0), (6.0, 2.0, 1.5, 2.0))
"""In widths of the pen; the first line is drawn through."""

NAME_HEIGHT = 13.0
NEAR = 11.0
"""Px between two crossings that are told as one."""


def line_pen(options: Options, line: Line) -> QPen:
    """How a line is drawn: its color and dashes, the chosen one's of twice the width."""
    at = options.lines.index(line)
    pen = QPen(QColor(LINE_COLORS[at % len(LINE_COLORS)]), 2.6 if line.is_chosen else 1.4)
    dashes = DASHES[at % len(DASHES)]
    if dashes and not line.is_chosen:
        pen.setDashPattern(dashes)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def paint_lines(painter: QPainter, plot: Plot, options: Options, look: Look) -> None:
    """The chosen one last, over the others."""
    for line in sorted(options.lines, key=lambda line: line.is_chosen):
        at = bends(options.values, line.total)
        painter.setPen(line_pen(options, line))
        painter.drawPolyline(plot.polygon(options.values[at], line.total[at]))


def names_width(options: Options, look: Look, width: float) -> float:
    """Px that the names take on the right of a chart so wide: at most two fifths of it."""
    names = [*(line.name for line in options.lines), *options.unpriced]
    widest = max((look.emphasis.width(name) for name in names), default=0.0)
    return min(widest + 34.0, width * 0.4)


def paint_line_names(painter: QPainter, plot: Plot, options: Options, look: Look) -> None:
    """Each line's name beside its right end, then the options without a known price.

    Where there is no room for all, the chosen and the cheapest stay.
    """
    edge = plot.area.right()
    notes = [f"{name}: no known price" for name in options.unpriced]
    rows = max(int(plot.area.height() / NAME_HEIGHT), 2)
    ends = [
        (float(np.interp(plot.x_to, options.values, line.total)), line) for line in options.lines
    ]
    wanted = sorted(ends, key=lambda end: (not end[1].is_chosen, end[0]))
    kept = wanted[: max(rows - bool(notes), 1)]
    left_out = len(wanted) - len(kept)
    kept.sort(key=lambda end: end[0])
    bottom = plot.area.bottom() - (NAME_HEIGHT if notes or left_out else 4.0)
    heights = [min(max(plot.y(usd), plot.area.top()), bottom) for usd, _ in kept]
    places = apart(heights, plot.area.top(), bottom, NAME_HEIGHT)
    for (usd, line), place in zip(kept, places, strict=True):
        pen = line_pen(options, line)
        painter.setPen(pen)
        end = min(max(plot.y(usd), plot.area.top()), plot.area.bottom())
        painter.drawPolyline(
            [QPointF(edge, end), QPointF(edge + 6.0, place), QPointF(edge + 18.0, place)]
        )
        style = look.emphasis if line.is_chosen else look.name
        style.write(painter, style.elided(line.name, plot.names - 24.0), edge + 22.0, place)
    if left_out:
        notes.insert(0, f"and {left_out} more")
    if notes:
        text = look.axis.elided(" · ".join(notes), plot.names - 10.0)
        look.axis.write(painter, text, edge + 8.0, plot.area.bottom() - 2.0)


def paint_edges(painter: QPainter, plot: Plot, options: Options, look: Look) -> None:
    """A dotted line where a tier begins."""
    pen = QPen(QColor(look.axis.color), 1.0)
    pen.setDashPattern((1.0, 3.0))
    painter.setPen(pen)
    for edge in options.edges:
        if plot.shows(edge.x):
            x = plot.x(edge.x)
            painter.drawLine(QLineF(x, plot.area.top(), x, plot.area.bottom()))


def _paint_edge_names(
    painter: QPainter, plot: Plot, options: Options, look: Look, taken: list[QRectF]
) -> None:
    """Where a tier begins, in words beside its line where there is room."""
    for edge in options.edges:
        if not plot.shows(edge.x):
            continue
        x = plot.x(edge.x)
        text = f"tier from {options.question.scale.words(edge.x, look.figures)}"
        width = look.axis.width(text)
        places = (
            QRectF(left, plot.area.top() + 1.0 + row * 13.0, width, 12.0)
            for row in range(4)
            for left in (x + 4.0, x - 4.0 - width)
        )
        place = first_free(places, plot.area, taken)
        if place:
            taken.append(place)
            look.axis.write(painter, text, place.left(), place.center().y())


def groups(plot: Plot, options: Options) -> Iterator[list[Crossing]]:
    """The crossings in sight, those that nearly stand on each other together."""
    group: list[Crossing] = []
    for crossing in options.crossings:
        if not plot.shows(crossing.x):
            continue
        here = QPointF(plot.x(crossing.x), plot.y(crossing.cost))
        if group:
            last = QPointF(plot.x(group[-1].x), plot.y(group[-1].cost))
            if (here - last).manhattanLength() > NEAR:
                yield group
                group = []
        group.append(crossing)
    if group:
        yield group


def crossing_in_words(options: Options, crossing: Crossing, figures: Figures) -> str:
    """`ECS Fargate = EC2 on demand at 312 h, $214`."""
    at = options.question.scale.words(crossing.x, figures)
    cost = options.currency.dollars(crossing.cost, figures)
    return f"{crossing.before} = {crossing.after} at {at}, {cost}"


def paint_crossings(
    painter: QPainter, plot: Plot, options: Options, look: Look, tag: QRectF, line: QRectF
) -> None:
    """A ring at each crossing; hours or gigabytes and cost beside it where there is room.

    Where tiers begin is named as well; nothing stands on the marker's `line` and `tag`.
    """
    found = list(groups(plot, options))
    rings = [QPointF(plot.x(group[0].x), plot.y(group[0].cost)) for group in found]
    taken = [tag, *(QRectF(ring.x() - 6.0, ring.y() - 6.0, 12.0, 12.0) for ring in rings)]
    taken.append(line)
    _paint_edge_names(painter, plot, options, look, taken)
    for group, ring in zip(found, rings, strict=True):
        painter.setPen(QPen(QColor(look.ink), 1.4))
        painter.setBrush(QColor(look.ground))
        painter.drawEllipse(ring, 3.6, 3.6)
        text = _short(options, group, look.figures)
        places = places_beside(ring, look.name.width(text) + 8.0, plot.area)
        place = first_free(places, plot.area, taken)
        if place:
            taken.append(place)
            painter.setPen(QPen(QColor(look.rule), 1.0))
            painter.drawRoundedRect(place, 3.0, 3.0)
            look.name.write(painter, text, place.center().x(), place.center().y(), 0.5)


def _short(options: Options, group: list[Crossing], figures: Figures) -> str:
    first = group[0]
    if len(group) > 1:
        return f"{len(group)} crossings near {_at(options, first, figures)}"
    return f"{_at(options, first, figures)} · {options.currency.dollars(first.cost, figures)}"


def _at(options: Options, crossing: Crossing, figures: Figures) -> str:
    return options.question.scale.words(crossing.x, figures)


def places_beside(ring: QPointF, width: float, within: QRectF) -> Iterator[QRectF]:
    """Places for a label, the nearest to its ring first; moved sideways into the chart."""
    for away in (9.0, 26.0, 44.0, 62.0):
        for top in (ring.y() - away - 9.0, ring.y() + away - 9.0):
            for left in (ring.x() - width / 2.0, ring.x() + 8.0, ring.x() - 8.0 - width):
                inside = min(max(left, within.left()), within.right() - width)
                yield QRectF(inside, top, width, 17.0)
