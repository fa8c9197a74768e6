"""Where a chart's figures stand in its picture, and how it looks on paper or on a screen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from mlflow_cost_desktop.charts.axes import Axis
from mlflow_cost_desktop.charts.chart import Chart, Series, Values
from mlflow_cost_desktop.exports.report.text import INK, MUTED, RULE, Style

Figure = TypeVar("Figure", float, NDArray[np.float64])

TOP, BOTTOM, TITLE = 8.0, 36.0, 14.0
"""Px above the plot, below it for the axis's labels and title, and of that for the title."""

LEAST_LEFT = 42.0
"""Px left of the plot at least: the picture does not jump with every digit."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colors and fonts of a chart.

    `strength` is how much of an area's color is left beside the ground's. `device_px` is how many
    px of the device a px of a line takes where marks are painted in the plot's own units, as in
    the window; zero where they are painted in px, as on paper.
    """

    ground: str
    ink: str
    rule: str
    axis: Style
    name: Style
    emphasis: Style
    tag: Style
    strength: float = 1.0
    is_dark: bool = False
    device_px: float = 0.0

    def softened(self, color: str, strength: float | None = None) -> QColor:
        """A color mixed with the ground's: opaque, which paints faster than sheer."""
        share = self.strength if strength is None else strength
        over, under = QColor(color), QColor(self.ground)
        return QColor.fromRgbF(
            over.redF() * share + under.redF() * (1 - share),
            over.greenF() * share + under.greenF() * (1 - share),
            over.blueF() * share + under.blueF() * (1 - share),
        )

    def color(self, series: Series) -> str:
        """The color of a series on this ground."""
        return series.color[self.is_dark]

    def stroke(self, color: str, width: float) -> QPen:
        """The pen of a line so many px wide, on every screen and at every size of the fonts."""
        pen = QPen(QColor(color), width * (self.device_px or 1.0))
        pen.setCosmetic(self.device_px > 0.0)  # such a pen counts px of the device
        return pen

    def pen(self, series: Series) -> QPen:
        """How its lines are drawn: what stands out is of twice the width."""
        pen = self.stroke(self.color(series), 2.6 if series.is_strong else 1.5)
        if series.dashes:
            pen.setDashPattern(series.dashes)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen


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
    """The plot's area, px, and the figures at its edges."""

    area: QRectF
    x_from: float
    x_to: float
    y_from: float
    y_to: float
    is_log: bool = False

    def x(self, value: Figure) -> Figure:
        """Px of a value along the axis."""
        return self.area.left() + (value - self.x_from) * (self.area.width() / self._span)

    def y(self, amount: Figure) -> Figure:
        """Px of a height."""
        low, high = on_scale(self.y_from, self.is_log), on_scale(self.y_to, self.is_log)
        height = on_scale(amount, self.is_log)
        return self.area.bottom() - (height - low) * (self.area.height() / (high - low or 1.0))

    def value(self, x: float) -> float:
        """The value that stands at a px."""
        return self.x_from + (x - self.area.left()) / self.area.width() * self._span

    def amount(self, y: float) -> float:
        """The height that stands at a px."""
        low, high = on_scale(self.y_from, self.is_log), on_scale(self.y_to, self.is_log)
        height = low + (self.area.bottom() - y) / self.area.height() * (high - low)
        return 10.0**height if self.is_log else height

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
        points = zip(self.x(x).tolist(), self.y(y).tolist(), strict=True)
        return QPolygonF([QPointF(*point) for point in points])


LEAST_LOG = 1e-12


def on_scale(amount: Figure, is_log: bool) -> Figure:
    """A height where it is drawn: its logarithm, where the axis is logarithmic."""
    if not is_log:
        return amount
    if isinstance(amount, np.ndarray):
        return np.log10(np.maximum(amount, LEAST_LOG))
    return math.log10(max(amount, LEAST_LOG))


def plot_in(area: QRectF, chart: Chart, look: Look, names: float = 0.0) -> Plot:
    """The plot of a chart that fills an area, px, with room for the axes and names on the right."""
    below = BOTTOM - (0.0 if chart.x.title else TITLE)
    height = max(area.height() - TOP - below, 1.0)
    left = area.left() + left_of(chart.y, height, look.axis.width)
    right = max(area.right() - max(names, 18.0), left + 1.0)
    inside = QRectF(left, area.top() + TOP, right - left, height)
    x, y = chart.x, chart.y
    return Plot(inside, x.lower, x.upper, y.lower, y.upper, y.is_log)


def left_of(axis: Axis, height: float, width_of: Callable[[str], float]) -> float:
    """Px that the labels of levels take on the left of a plot so high."""
    labels = (text for _, text in level_labels(axis, axis.lower, axis.upper, height))
    return max(max(map(width_of, labels), default=0.0) + 8.0, LEAST_LEFT)


def level_labels(
    axis: Axis, lower: float, upper: float, height: float, least: float = 30.0
) -> list[tuple[float, str]]:
    """The ticks of an upright axis between two ends, and what they are called."""
    ticks = axis.ticks(lower, upper, _count(height, least))
    return [(tick, axis.label(tick, upper)) for tick in ticks]


def x_labels(
    axis: Axis, lower: float, upper: float, width: float, width_of: Callable[[str], float]
) -> list[tuple[float, str]]:
    """The ticks along an axis so many px wide, as many as stand apart."""
    found: list[tuple[float, str]] = []
    for count in range(_count(width, 62.0), 0, -1):
        found = [(tick, axis.label(tick, upper)) for tick in axis.ticks(lower, upper, count)]
        edges = [
            ((tick - lower) / (upper - lower or 1.0) * width, width_of(text) / 2.0)
            for tick, text in found
        ]
        if all(
            at + half + 8.0 <= next_at - next_half
            for (at, half), (next_at, next_half) in pairwise(edges)
        ):
            break
    return found


def _count(pixels: float, each: float) -> int:
    """How many labels there is room for."""
    return min(max(int(pixels / each), 2), 5)
