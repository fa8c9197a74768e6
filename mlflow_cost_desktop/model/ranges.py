"""Between which values inputs may lie: ranges, one a path, and values drawn from them."""

from collections.abc import Sequence
from typing import Annotated
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from mlflow_cost_desktop.model.distributions import Reads, Shape, Spread, Values, quantiles
from mlflow_cost_desktop.model.fields.declaration import ONE_LINE, Labels, Model
from mlflow_cost_desktop.model.fields.paths import fitted, get, spec_at
from mlflow_cost_desktop.model.growth import not_a_number

SEED = 1
"""Of every scenario that has no other, so that two of them meet the same draws."""

MOST_SEED = 2**32 - 1

WIDE = 3.0
"""How many times the likely value a high end is from which on a log-normal shape fits best."""


class Range(Model):
    """Between which values one input may lie; the likely one is what is typed in the input."""

    path: Annotated[
        str,
        Field(min_length=1, max_length=200, title="Input", description="The path of a number."),
        ONE_LINE,
    ]
    low: Annotated[
        float,
        Field(ge=-1e15, le=1e15, title="Low", description="At most what is typed in the input."),
    ]
    high: Annotated[
        float,
        Field(ge=-1e15, le=1e15, title="High", description="At least what is typed in the input."),
    ]
    shape: Annotated[
        Shape,
        Labels(
            {
                "pert": "PERT",
                "triangle": "Triangle",
                "uniform": "Uniform",
                "lognormal": "Log-normal",
            }
        ),
        Field(
            title="Shape",
            description="PERT: mostly near the likely value. Triangle: more often far from it. "
            "Uniform: each value alike. Log-normal: half of the cases below the likely value, and "
            "some far above it.",
        ),
    ] = "pert"
    reads: Annotated[
        Reads,
        Labels({"extremes": "Are the extremes", "p10p90": "Have 1 case of 10 beyond each"}),
        Field(
            title="The ends",
            description="Whether low and high are the extremes, or have one case of ten below and "
            "one above. This matters more than the shape.",
        ),
    ] = "extremes"
    moves_with: Annotated[
        str,
        Field(
            max_length=40,
            title="Moves with",
            description="The name of a group, whose inputs are high together and low together.",
        ),
        ONE_LINE,
    ] = ""
    source: Annotated[
        str,
        Field(
            max_length=300,
            title="Where from",
            description="Where the range comes from; empty where it was typed.",
        ),
        ONE_LINE,
    ] = ""

    @property
    def stream(self) -> str:
        """What its draws are made by: its own path, or its group's name."""
        return self.moves_with or self.path


class KnownRange(Model):
    """A range that comes with the program, for the input at a path."""

    path: Annotated[str, Field(min_length=1, max_length=200), ONE_LINE]
    low: float
    high: float
    times_typed: bool = False
    """Whether the ends are parts of what is typed; else they are values of the input."""
    shape: Shape = "pert"
    reads: Reads = "extremes"
    source: Annotated[str, Field(min_length=1, max_length=300), ONE_LINE]
    """Where it comes from, with its date, or that it is judgment."""

    def around(self, typed: float) -> Range:
        """The range of an input in which a value is typed."""
        by = typed if self.times_typed else 1.0
        return Range(
            path=self.path,
            low=float(f"{self.low * by:.6g}"),
            high=float(f"{self.high * by:.6g}"),
            shape=self.shape,
            reads=self.reads,
            source=self.source,
        )


def default_shape(low: float, likely: float, high: float) -> Shape:
    """What suits three points best: log-normal where the high end is far off, else PERT."""
    return "lognormal" if low > 0 and high >= WIDE * likely else "pert"


def fault_of_range(scenario: Model, asked: Range) -> str:
    """Why a range is not used, as a part of a sentence; empty where it is."""
    if fault := not_a_number(scenario, asked.path, "have ranges"):
        return fault
    likely = float(get(scenario, asked.path))
    if asked.low > likely:
        return "its low end is above what is typed"
    if asked.high < likely:
        return "its high end is below what is typed"
    if asked.shape == "lognormal" and asked.low <= 0:
        return "a log-normal shape begins above zero"
    return ""


def used_ranges(scenario: Model, ranges: Sequence[Range]) -> tuple[Range, ...]:
    """The ranges that are used."""
    return tuple(one for one in ranges if not fault_of_range(scenario, one))


def draws(
    scenario: Model, ranges: Sequence[Range], seed: int, count: int
) -> dict[str, NDArray[np.float64]]:
    """What the inputs with a range are in each case, `(1, count)`, by path.

    Every input has a stream of its own, made of the seed and its path, so that a new range leaves
    the others' draws alone, and two scenarios meet the same. Inputs of a group share one. Draws
    are stratified: of `count` equal parts of a distribution each is met once, at its middle.
    Values are within their fields' bounds, and whole where those count whole things.
    """
    at = (np.arange(count) + 0.5) / count
    orders: dict[str, NDArray[np.intp]] = {}
    found: dict[str, Values] = {}
    for one in used_ranges(scenario, ranges):
        if one.stream not in orders:
            orders[one.stream] = _order(seed, one.stream, count)
        rising = quantiles(spread_of(scenario, one), at)
        values = fitted(spec_at(scenario, one.path), rising)
        found[one.path] = values[orders[one.stream]][np.newaxis]
    return found


def spread_of(scenario: Model, one: Range) -> Spread:
    """How an input is spread around what is typed."""
    return Spread(one.low, float(get(scenario, one.path)), one.high, one.shape, one.reads)


def _order(seed: int, stream: str, count: int) -> NDArray[np.intp]:
    """In which case each part of a distribution is met."""
    return np.random.default_rng([seed, crc32(stream.encode())]).permutation(count)
