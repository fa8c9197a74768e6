"""How much of a chart's axes is in sight, and how that changes: figures alone."""

from __future__ import annotations

from dataclasses import dataclass

from mlflow_cost_desktop.charts.axes import Axis
from mlflow_cost_desktop.charts.chart import Chart

Ends = tuple[float, float]

DEEPEST = 50.0
"""How many times a chart can be enlarged."""

HAIR = 1e-6
"""Of the whole axis: what rounding leaves over."""


@dataclass
class Seen:
    """The part of each axis that is in sight; none where that is the whole."""

    x: Ends | None = None
    y: Ends | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is out of sight."""
        return self.x is None and self.y is None

    def ends(self, chart: Chart) -> tuple[Ends, Ends]:
        """What of a chart's axes is in sight."""
        return self.x or _whole(chart.x), self.y or _whole(chart.y)

    def see(self, chart: Chart, x: Ends | None, y: Ends | None) -> None:
        """Show a part of each axis; all of it where that is none, or nearly the whole."""
        self.x = None if x and _same(x, _whole(chart.x)) else x
        self.y = None if y and _same(y, _whole(chart.y)) else y

    def change(self, before: Chart | None, chart: Chart) -> None:
        """Another chart has come: what does not fit its axes is forgotten."""
        if before is None or _whole(before.x) != _whole(chart.x):
            self.x = None
        if before is None or before.y.is_log != chart.y.is_log:
            self.y = None
        if self.y and self.y[1] > chart.y.upper:
            self.y = None

    def follow(self, chart: Chart, x: float, y: float) -> None:
        """Move what is in sight to where a point has gone."""
        self.x = _around(self.x, x, _whole(chart.x))
        self.y = _around(self.y, y, _whole(chart.y))

    def zoomed(self, chart: Chart, factor: float, at: float | None) -> Ends:
        """A part of the axis so many times smaller, around a value, by default the marker's."""
        low, high = self.ends(chart)[0]
        lower, upper = _whole(chart.x)
        middle = at if at is not None else chart.marker.x if chart.marker else low
        middle = min(max(middle, low), high)
        span = min(max((high - low) / factor, (upper - lower) / DEEPEST), upper - lower)
        share = (middle - low) / (high - low or 1.0)
        wanted = middle - share * span, middle + (1 - share) * span
        return _inside(wanted, (lower, upper))


def _whole(axis: Axis) -> Ends:
    return axis.lower, axis.upper


def _same(one: Ends, other: Ends) -> bool:
    hair = HAIR * (other[1] - other[0])
    return abs(one[0] - other[0]) <= hair and abs(one[1] - other[1]) <= hair


def _around(seen: Ends | None, at: float, whole: Ends) -> Ends | None:
    if seen is None or seen[0] <= at <= seen[1]:
        return seen
    half = (seen[1] - seen[0]) / 2.0
    return _inside((at - half, at + half), whole)


def _inside(wanted: Ends, whole: Ends) -> Ends:
    """A stretch of the same length that lies within the whole."""
    span = wanted[1] - wanted[0]
    low = min(max(wanted[0], whole[0]), whole[1] - span)
    return low, low + span
