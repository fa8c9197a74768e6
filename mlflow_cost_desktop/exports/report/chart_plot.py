"""Where a chart's figures stand in its picture, and how it looks on paper or on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from mlflow_cost_desktop.analysis.axes import levels_around, levels_up_to, money_label
from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve, Values
from mlflow_cost_desktop.charts.palette import PLAN_COLORS
from mlflow_cost_desktop.exports.report.text import INK, MUTED, RULE, Style
from mlflow_cost_desktop.figures import PLAIN, Figures

Contents: TypeAlias = Curve | Options
"""What a chart shows: the parts of the total, or the options of a part."""

Figure = TypeVar("Figure", float, NDArray[np.float64])


def same_curves(one: Contents, other: Contents) -> bool:
    """Whether two charts differ in the marker alone."""
    if isinstance(one, Curve):
        return isinstance(other, Curve) and one.sweep is other.sweep
    return isinstance(other, Options) and one.lines is other.lines


HEADROOM = 1.1
"""How far the axis reaches above the highest point at least: room for the marker's tag."""

TOP, BOTTOM = 8.0, 36.0
"""Px above the plot, and below it for the axis's labels and title."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colors and letters of a chart.

    `strength` is how much of a part's color is left beside the ground's, `figures` how the axes
    and costs are written.
    """

    ground: str
    ink: str
    rule: str
    axis: Style
    name: Style
    emphasis: Style
    tag: Style
    strength: float = 1.0
    plan: str = PLAN_COLORS[0]
    figures: Figures = PLAIN

    def softened(self, color: str, strength: float | None = None) -> QColor:
        """A color mixed with the ground's: opaque, which paints faster than sheer."""
        share = self.strength if strength is None else strength
        over, under = QColor(color), QColor(self.ground)
        return QColor.fromRgbF(
            over.redF() * share + under.redF() * (1 - share),
            over.greenF() * share + under.greenF() * (1 - share),
            over.blueF() * share + under.blueF() * (1 - share),
        )


PAPER = Look(
    "#FFFFFF",
    INK,
    RULE,
    axis=Style(9.5, color=MUTED),
    name=Style(9.5, color=INK),
    emphasis=Style(9.5, bold=True, color=INK),
    tag=Style(10, bold=True, color="#FFFFFF"),
)


@dataclass(frozen=True, slots=True)
class Plot:
    """The plot's area, px, and the figures at its edges.

    `levels` are the ticks of money, `names` the px that are left for names on the right.
    """

    area: QRectF
    x_from: float
    x_to: float
    levels: tuple[float, ...]
    names: float = 0.0

    def x(self, value: Figure) -> Figure:
        """Px of a value along the axis."""
        return self.area.left() + (value - self.x_from) * (self.area.width() / self._span)

    def y(self, usd: Figure) -> Figure:
        """Px of a cost."""
        low, high = self.levels[0], self.levels[-1]
        return self.area.bottom() - (usd - low) * (self.area.height() / (high - low))

    def value(self, x: float) -> float:
        """The value that stands at a px."""
        return self.x_from + (x - self.area.left()) / self.area.width() * self._span

    def usd(self, y: float) -> float:
        """The cost that stands at a px."""
        low, high = self.levels[0], self.levels[-1]
        return low + (self.area.bottom() - y) / self.area.height() * (high - low)

    @property
    def pixel(self) -> float:
        """What a px is worth along the axis."""
        return self._span / self.area.width()

    @property
    def _span(self) -> float:
        return self.x_to - self.x_from or 1.0

    def shows(self, value: float) -> bool:
        """Whether a value stands between the edges."""
        hair = self._span * 1e-9
        return self.x_from - hair <= value <= self.x_to + hair

    def polygon(self, x: Values, y: Values) -> QPolygonF:
        """The points of a line, in px."""
        return QPolygonF(
            [QPointF(*point) for point in zip(self.x(x).tolist(), self.y(y).tolist(), strict=True)]
        )


def plot_in(
    area: QRectF,
    contents: Contents,
    look: Look,
    names: float = 0.0,
    window: tuple[float, float] | None = None,
) -> Plot:
    """The plot of a chart that fills an area.

    Args:
        area: px, with room for the axes.
        contents: what is shown.
        look: its letters.
        names: px to leave free on the right for names.
        window: the values at the edges, where it is not the whole of them.
    """
    low, high = window or (float(contents.values[0]), float(contents.values[-1]))
    height = max(area.height() - TOP - BOTTOM, 1.0)
    levels = _levels(contents, low, high, label_count(height, 45.0))
    labels = level_labels(contents, levels, look.figures)
    left = area.left() + max(map(look.axis.width, labels)) + 8.0
    left = max(left, area.left() + 42.0)  # the picture does not jump with every digit
    names = max(names, 18.0)
    right = max(area.right() - names, left + 1.0)
    inside = QRectF(left, area.top() + TOP, right - left, height)
    return Plot(inside, low, high, tuple(levels), names)


def _levels(contents: Contents, low: float, high: float, count: int) -> list[float]:
    """Ticks of money, USD, that are round in the scenario's currency."""
    rate = contents.currency.converted(1.0)
    first, last = np.searchsorted(contents.values, (low, high))
    seen = slice(max(int(first) - 1, 0), int(last) + 1)
    if isinstance(contents, Curve):
        highest = float(contents.sweep.total[seen].max())
        highest = max(highest, contents.current_cost, 1.0) * HEADROOM * rate
        return [level / rate for level in levels_up_to(highest, count)]
    totals = [line.total[seen] for line in contents.lines]
    costs = [(float(total.min()), float(total.max())) for total in totals]
    costs.append((contents.current_cost, contents.current_cost))
    lowest, highest = min(low for low, _ in costs), max(high for _, high in costs)
    room = (highest - lowest or highest or 1.0) * (HEADROOM - 1.0)
    ends = max(lowest - room, 0.0) * rate, (highest + room) * rate
    return [level / rate for level in levels_around(*ends, count)]


def level_labels(contents: Contents, levels: Sequence[float], figures: Figures) -> list[str]:
    """What the ticks of money are called, in the scenario's currency."""
    currency = contents.currency
    shown = [currency.converted(usd) for usd in levels]
    labels = (money_label(money, shown[-1], figures) for money in shown)
    return [label.replace("$", currency.symbol) for label in labels]


def label_count(pixels: float, each: float) -> int:
    """How many labels there is room for."""
    return min(max(int(pixels / each), 2), 5)


def x_labels(plot: Plot, contents: Contents, look: Look) -> list[tuple[float, float, str]]:
    """The ticks along the axis, as many as stand apart: value, px of the label's middle, text."""
    scale = contents.question.scale
    end = plot.area.right() + plot.names - 1.0
    labels: list[tuple[float, float, str]] = []
    for count in range(label_count(plot.area.width(), 62.0), 0, -1):
        edges: list[tuple[float, float]] = []
        labels = []
        for tick in scale.ticks(plot.x_from, plot.x_to, count):
            text = scale.label(tick, plot.x_to, look.figures)
            half = look.axis.width(text) / 2.0
            middle = min(plot.x(tick), end - half)
            labels.append((tick, middle, text))
            edges.append((middle - half, middle + half))
        if all(right + 8.0 <= left for (_, right), (left, _) in pairwise(edges)):
            break
    return labels


def bends(x: Values, *lines: Values) -> NDArray[np.intp]:
    """Where any of some lines bends: between these points all of them are straight."""
    keep = np.zeros(len(x), dtype=bool)
    keep[0] = keep[-1] = True
    for line in lines:
        curved = np.abs(line[:-2] - 2.0 * line[1:-1] + line[2:])
        keep[1:-1] |= curved > 1e-9 * (np.abs(line[1:-1]) + 1.0)
    return np.flatnonzero(keep)


def apart(wanted: list[float], top: float, bottom: float, least: float) -> list[float]:
    """Heights near the wanted ones, from the bottom up, at least so far from each other."""
    places: list[float] = []
    for height in wanted:
        places.append(min(height, places[-1] - least) if places else min(height, bottom))
    for index in reversed(range(len(places))):
        lowest = top if index == len(places) - 1 else places[index + 1] + least
        places[index] = max(places[index], lowest)
    return places


def first_free(places: Iterable[QRectF], within: QRectF, taken: list[QRectF]) -> QRectF | None:
    """The first place that is inside and covers nothing."""
    for place in places:
        if within.contains(place) and not any(place.intersects(other) for other in taken):
            return place
    return None


def paint_tag(painter: QPainter, look: Look, place: QRectF, text: str) -> None:
    """A rounded box of ink with a text in the ground's color."""
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor(look.ink))
    painter.drawRoundedRect(place, 4, 4)
    look.tag.write(painter, text, place.center().x(), place.center().y(), 0.5)
