"""A chart as data: axes, marks, a marker that edits an input, a sentence and a table.

What makes a chart knows what it means; what shows it (pyqtgraph in the window, QPainter on paper)
knows nothing but what stands here. A later chart is one more function that returns a `Chart`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.charts.axes import Axis, level_below

Values: TypeAlias = NDArray[np.float64]


class Series(NamedTuple):
    """What marks of one kind stand for: an entry of the legend, which hides and shows them.

    Attributes:
        key: the same from one chart to the next.
        color: as #rrggbb, on a light and on a dark ground.
        dashes: of a line, in widths of its pen; none for a solid line.
        is_line: whether it is drawn as a line, not as an area or bars.
        is_strong: whether it stands out: the option that is chosen.
        part: the part of the deployment that is highlighted with it elsewhere; empty for none.
        aside: what qualifies its figures, in a few words that stand beside its name.
    """

    key: str
    name: str
    color: tuple[str, str]
    is_line: bool = False
    dashes: tuple[float, ...] = ()
    is_strong: bool = False
    part: str = ""
    aside: str = ""

    @property
    def full_name(self) -> str:
        """`Comet Pro (not MLflow, doubtful)`."""
        return f"{self.name} ({self.aside})" if self.aside else self.name


@dataclass(frozen=True, eq=False, slots=True)
class Area:
    """What lies between two lines over the same values."""

    series: Series
    x: Values
    below: Values
    above: Values


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A line through points."""

    series: Series
    x: Values
    y: Values


@dataclass(frozen=True, eq=False, slots=True)
class Bar:
    """A rectangle: a column of a histogram, or a bar beside a name."""

    series: Series
    left: float
    right: float
    below: float
    above: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A dotted line across the whole plot at one value, with what it marks in words.

    Attributes:
        is_level: whether it stands at a height, not at a place along the axis.
        leads: whether its words stand before it where they have room, not after it.
        short: what stands there where the words themselves have no room beside other lines.
    """

    at: float
    text: str = ""
    is_level: bool = False
    leads: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A ring at a point; its words stand beside it where there is room."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point, without a mark.

    Attributes:
        is_beside: whether they stand right of the point, at its height, as beside a bar.
    """

    x: float
    y: float
    text: str
    is_beside: bool = False


Mark: TypeAlias = Area | Line | Bar | Rule | Point | Label


@dataclass(frozen=True, slots=True)
class Marker:
    """Where the scenario stands: an upright line with its value in words.

    Attributes:
        path: the input that is edited by moving it; empty where it can't be moved. A word that is
            no path where moving it only reads another place.
        text: what its tag says.
        lower, upper: how far it can be moved.
    """

    path: str
    x: float
    y: float
    text: str
    lower: float
    upper: float


class Reading(NamedTuple):
    """What everything costs at a place: in words, by the key of its series.

    `total` is a name with its words, for what no single series shows.
    """

    place: str
    values: dict[str, str]
    total: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A chart in words and figures, a row for each place.

    Attributes:
        current: the row of the marker.
        numbers: the rows as numbers, not a number where a word stands in a cell.
        units: in what the numbers of each column are: `h`, `GB`, `EUR`.
        note: what holds for all of it, as the rate of another currency.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    current: int
    numbers: tuple[tuple[float, ...], ...]
    units: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Chart:
    """Everything that is shown.

    Attributes:
        title: above it.
        series: all of them, in the order of the legend, those that are hidden too.
        hidden: the keys of the series without marks.
        note: what holds for all its figures: the rate of another currency, what has no price.
        in_words: what it shows between two places along the axis, as sentences; worked out when
            it is asked for, as are the next two.
        table: the same as figures.
        read: what stands at a place along the axis.
    """

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    marks: tuple[Mark, ...]
    marker: Marker | None
    in_words: Callable[[float, float], str]
    table: Callable[[float, float], Table]
    read: Callable[[float], Reading]
    hidden: frozenset[str] = frozenset()
    note: str = ""

    def within(self, x: tuple[float, float], y: tuple[float, float]) -> Chart:
        """The same chart, of which some part alone is to be seen."""
        return dataclasses.replace(
            self,
            x=dataclasses.replace(self.x, lower=x[0], upper=x[1]),
            y=dataclasses.replace(self.y, lower=y[0], upper=y[1]),
        )

    def up_to(self, upper: float) -> Chart:
        """The same chart with a higher end of its levels, to be held against another."""
        return dataclasses.replace(self, y=dataclasses.replace(self.y, upper=upper))

    def logarithmic(self, lowest: float | None = None) -> Chart:
        """The same chart with levels at equal factors, down to the lowest figure above zero.

        At most over three powers of ten: what begins at next to nothing would take all the room.
        """
        lowest = self.lowest if lowest is None else lowest
        if not 0.0 < lowest <= self.y.upper:
            return self
        lowest = max(lowest, self.y.upper / 1000.0)
        lower = min(level_below(lowest), level_below(self.y.upper / 10.0))
        return dataclasses.replace(self, y=dataclasses.replace(self.y, lower=lower, is_log=True))

    @property
    def lowest(self) -> float:
        """The lowest figure above zero that is shown; zero where there is none."""
        lowest: list[float] = []
        for mark in self.marks:
            if isinstance(mark, Area | Line):
                found = mark.above if isinstance(mark, Area) else mark.y
                above = found[found > 0.0]
                lowest += [float(above.min())] if len(above) else []
            elif isinstance(mark, Bar) and mark.above > 0.0:
                lowest.append(mark.above)
        return min(lowest, default=0.0)


def same_marks(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> bool:
    """Whether two charts show the same, but for their markers."""
    if one is other:
        return True
    return len(one) == len(other) and all(map(_same_mark, one, other))


def _same_mark(one: Mark, other: Mark) -> bool:
    if isinstance(one, Rule | Point | Label) or isinstance(other, Rule | Point | Label):
        return one == other
    if type(one) is not type(other) or one.series != other.series:
        return False
    figures = [name for name in type(one).__slots__ if name != "series"]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in figures)


def bends(x: Values, *lines: Values) -> NDArray[np.intp]:
    """Where any of some lines bends: between these points all of them are straight."""
    keep = np.ones(len(x), dtype=bool)
    if len(x) < 3:
        return np.flatnonzero(keep)
    keep[1:-1] = False
    steps = np.diff(x)
    for line in lines:
        slopes = np.diff(line) / steps
        curved = np.abs(np.diff(slopes)) * steps[1:]
        keep[1:-1] |= curved > 1e-9 * (np.abs(line[1:-1]) + 1.0)
    return np.flatnonzero(keep)
