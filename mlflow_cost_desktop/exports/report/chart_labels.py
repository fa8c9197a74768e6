"""What is written in a plot: the marker's tag, and words beside points, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlflow_cost_desktop.charts.chart import Chart, Label, Marker, Point, Rule
from mlflow_cost_desktop.exports.report.chart_plot import TOP, Look, Plot

NEAR = 11.0
"""Px between two points that are told as one."""


class Words(NamedTuple):
    """A text, where it stands, and whether it has a frame: what names a ring has one."""

    text: str
    place: QRectF
    is_framed: bool


def tag_place(plot: Plot, look: Look, marker: Marker) -> QRectF:
    """Where the marker's tag stands: beside its point, inside the plot; empty out of sight."""
    if not plot.shows(marker.x):
        return QRectF()
    x, y = plot.x(marker.x), plot.y(marker.y)
    width, height = look.tag.width(marker.text) + 18.0, 20.0
    left = x + 9.0
    if left + width > plot.area.right():
        left = x - 9.0 - width
    top = min(max(y - 27.0, plot.area.top()), plot.area.bottom() - height - 1.0)
    return QRectF(max(left, plot.area.left()), top, width, height)


def paint_tag(painter: QPainter, look: Look, place: QRectF, text: str) -> None:
    """A rounded box of ink with a text in the ground's color."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.ink))
    painter.drawRoundedRect(place, 4, 4)
    look.tag.write(painter, text, place.center().x(), place.center().y(), 0.5)


def paint_dot(painter: QPainter, look: Look, at: QPointF, *, is_focused: bool = False) -> None:
    """The marker's own point."""
    painter.setBrush(QColor(look.ground))
    painter.setPen(QPen(QColor(look.ink), 2.0))
    radius = 6.5 if is_focused else 4.5
    painter.drawEllipse(at, radius, radius)


def paint_marker(painter: QPainter, plot: Plot, marker: Marker, look: Look) -> None:
    """The scenario's own place: a line with a point, and its tag; nothing out of sight."""
    if not plot.shows(marker.x):
        return
    x, top = plot.x(marker.x), plot.area.top() - TOP / 2.0
    painter.setPen(QPen(QColor(look.ink), 1.5))
    painter.drawLine(QPointF(x, top), QPointF(x, plot.area.bottom()))
    y = plot.y(marker.y)
    if plot.area.top() - 1.0 <= y <= plot.area.bottom() + 1.0:
        paint_dot(painter, look, QPointF(x, y))
    paint_tag(painter, look, tag_place(plot, look, marker), marker.text)


def paint_notes(painter: QPainter, plot: Plot, chart: Chart, look: Look) -> list[Words]:
    """Rings of points, and all words that have room; where they stand."""
    rings = [QPointF(plot.x(p[0].x), plot.y(p[0].y)) for p in groups(plot, chart)]
    written = placed(plot, chart, look)
    painter.setPen(QPen(QColor(look.ink), 1.4))
    painter.setBrush(QColor(look.ground))
    for ring in rings:
        painter.drawEllipse(ring, 3.6, 3.6)
    for text, place, is_framed in written:
        if is_framed:
            painter.setPen(QPen(QColor(look.rule), 1.0))
            painter.setBrush(QColor(look.ground))
            painter.drawRoundedRect(place, 3.0, 3.0)
            look.name.write(painter, text, place.center().x(), place.center().y(), 0.5)
        else:
            look.axis.write(painter, text, place.left(), place.center().y())
    return written


def placed(plot: Plot, chart: Chart, look: Look) -> list[Words]:
    """The words of rules, points and labels, where there is room for them beside the marker."""
    taken: list[QRectF] = []
    if chart.marker and plot.shows(chart.marker.x):
        x = plot.x(chart.marker.x)
        taken.append(tag_place(plot, look, chart.marker))
        taken.append(QRectF(x - 1.5, plot.area.top(), 3.0, plot.area.height()))
    found = list(groups(plot, chart))
    rings = [QPointF(plot.x(group[0].x), plot.y(group[0].y)) for group in found]
    taken += [QRectF(ring.x() - 6.0, ring.y() - 6.0, 12.0, 12.0) for ring in rings]
    written: list[Words] = []

    rules = [mark for mark in chart.marks if isinstance(mark, Rule) and not mark.is_level]
    lines = [
        QRectF(plot.x(one.at) - 1.0, plot.area.top(), 2.0, plot.area.height()) for one in rules
    ]

    def write(text: str, places: Iterable[QRectF], is_framed: bool) -> None:
        write_one({text: list(places)}, is_framed)

    def write_one(wordings: Mapping[str, Sequence[QRectF]], is_framed: bool) -> None:
        """The first wording that has room; across a dotted line only where none is free of all."""
        for covered in ([*taken, *lines], taken):
            for text, places in wordings.items():
                if place := first_free(places, plot.area, covered):
                    taken.append(place)
                    written.append(Words(text, place, is_framed))
                    return

    for mark in chart.marks:
        if isinstance(mark, Rule) and mark.text:
            wordings = filter(None, (mark.text, mark.short))
            write_one(
                {text: list(_beside_rule(plot, mark, look.axis.width(text))) for text in wordings},
                False,
            )
        elif isinstance(mark, Label):
            at = QPointF(plot.x(mark.x), plot.y(mark.y))
            if mark.is_beside:
                write(mark.text, _right_of(at, look.axis.width(mark.text)), False)
                continue
            if not plot.shows(mark.x):
                continue  # it would be moved to an edge, where it names nothing
            write(mark.text, places_beside(at, look.name.width(mark.text) + 8.0, plot.area), True)
    for group, ring in zip(found, rings, strict=True):
        text = group[0].text if len(group) == 1 else f"{len(group)} crossings: {group[0].text}"
        write(text, places_beside(ring, look.name.width(text) + 8.0, plot.area), True)
    return written


def groups(plot: Plot, chart: Chart) -> Iterator[list[Point]]:
    """The points in sight, those that nearly stand on each other together."""
    group: list[Point] = []
    for point in (mark for mark in chart.marks if isinstance(mark, Point)):
        if not plot.shows(point.x) or not plot.y_from <= point.y <= plot.y_to:
            continue
        here = QPointF(plot.x(point.x), plot.y(point.y))
        if group:
            last = QPointF(plot.x(group[-1].x), plot.y(group[-1].y))
            if (here - last).manhattanLength() > NEAR:
                yield group
                group = []
        group.append(point)
    if group:
        yield group


def _right_of(at: QPointF, width: float) -> Iterator[QRectF]:
    yield QRectF(at.x() + 6.0, at.y() - 6.0, width, 12.0)


def _beside_rule(plot: Plot, rule: Rule, width: float) -> Iterator[QRectF]:
    if rule.is_level:
        y = plot.y(rule.at)
        for left in (plot.area.left() + 4.0, plot.area.right() - 4.0 - width):
            yield QRectF(left, y - 14.0, width, 12.0)
            yield QRectF(left, y + 2.0, width, 12.0)
        return
    x = plot.x(rule.at)
    sides = (x - 4.0 - width, x + 4.0) if rule.leads else (x + 4.0, x - 4.0 - width)
    for row in range(4):
        for left in sides:
            yield QRectF(left, plot.area.top() + 1.0 + row * 13.0, width, 12.0)


def places_beside(ring: QPointF, width: float, within: QRectF) -> Iterator[QRectF]:
    """Places for a label, the nearest to its ring first; moved sideways into the chart."""
    for away in (9.0, 26.0, 44.0, 62.0):
        for top in (ring.y() - away - 9.0, ring.y() + away - 9.0):
            for left in (ring.x() - width / 2.0, ring.x() + 8.0, ring.x() - 8.0 - width):
                inside = min(max(left, within.left()), within.right() - width)
                yield QRectF(inside, top, width, 17.0)


def first_free(places: Iterable[QRectF], within: QRectF, taken: list[QRectF]) -> QRectF | None:
    """The first place that is inside and covers nothing."""
    for place in places:
        if within.contains(place) and not any(place.intersects(other) for other in taken):
            return place
    return None


def apart(wanted: list[float], top: float, bottom: float, least: float) -> list[float]:
    """Heights near the wanted ones, from the bottom up, at least so far from each other."""
    places: list[float] = []
    for height in wanted:
        places.append(min(height, places[-1] - least) if places else min(height, bottom))
    for index in reversed(range(len(places))):
        lowest = top if index == len(places) - 1 else places[index + 1] + least
        places[index] = max(places[index], lowest)
    return places
