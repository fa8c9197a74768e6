"""How what is uncertain is spread: values at given probabilities, by shape and by how ends read."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float64]

Shape: TypeAlias = Literal["pert", "triangle", "uniform", "lognormal"]
Reads: TypeAlias = Literal["extremes", "p10p90"]

TENTH = 0.1
"""The part of all cases that lies below a low end that reads as the 10 % point."""

Z: dict[Reads, float] = {"p10p90": 1.2816, "extremes": 3.0902}
"""How many standard deviations of the logarithm lie between the median and an end."""

CELLS = 4096
"""Of the table of an integrated density."""

HALVINGS = 50


class Spread(NamedTuple):
    """How a value is spread: three points and what they mean.

    Attributes:
        low, high: the ends, as they read.
        likely: the mode, or of a log-normal shape the median; no uniform shape knows it.
    """

    low: float
    likely: float
    high: float
    shape: Shape = "pert"
    reads: Reads = "extremes"


def quantiles(spread: Spread, at: Values) -> Values:
    """The values below which parts of all cases lie.

    Args:
        at: the parts, above 0 and below 1; fastest where they rise.
    """
    low, likely, high, shape, reads = spread
    if low == high:
        return np.full(at.shape, likely)
    if shape == "lognormal":
        return _lognormal(low, likely, high, Z[reads], at)
    if shape == "uniform":
        beyond = (high - low) * TENTH / (1 - 2 * TENTH) if reads == "p10p90" else 0.0
        return low - beyond + at * (high - low + 2 * beyond)
    place = (likely - low) / (high - low)
    begin, width = low, high - low
    if reads == "p10p90":
        place, first, last = _stretched(shape, place)
        width = (high - low) / (last - first)
        begin = low - width * first
    return begin + width * _unit(shape, place, at)


def _unit(shape: Shape, mode: float, at: Values) -> Values:
    """A triangle, or PERT's beta distribution, from 0 to 1."""
    if shape == "triangle":
        below = np.sqrt(at * mode)
        above = 1.0 - np.sqrt((1.0 - at) * (1.0 - mode))
        return np.where(at < mode, below, above)
    x = np.linspace(0.0, 1.0, CELLS + 1)
    return np.interp(at, _pert_below(mode), x)


@lru_cache(maxsize=256)
def _pert_below(mode: float) -> Values:
    """Which part lies below each place of the table: the density, integrated by trapezoids."""
    x = np.linspace(0.0, 1.0, CELLS + 1)
    density = x ** (4.0 * mode) * (1.0 - x) ** (4.0 - 4.0 * mode)
    below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    return below / below[-1]


@lru_cache(maxsize=256)
def _stretched(shape: Shape, place: float) -> tuple[float, float, float]:
    """Where the mode and the 10 % and 90 % points lie from 0 to 1, the mode so between these.

    Args:
        place: of the mode between the two points, from 0 to 1.
    """
    at = np.array([TENTH, 1.0 - TENTH])

    def points(mode: float) -> tuple[float, float]:
        first, last = _unit(shape, mode, at).tolist()
        return first, last

    def is_beyond(mode: float) -> bool:
        first, last = points(mode)
        return (mode - first) / (last - first) > place

    mode = _halved(is_beyond)
    return mode, *points(mode)


def _halved(is_beyond: Callable[[float], bool]) -> float:
    """Where something turns true between 0 and 1."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return (low + high) / 2.0


def _lognormal(low: float, likely: float, high: float, z: float, at: Values) -> Values:
    """Two halves of log-normals that meet at the median, each with a spread of its own."""
    below, above = math.log(likely / low) / z, math.log(high / likely) / z
    deviations = _normal(at)
    return likely * np.exp(deviations * np.where(deviations < 0.0, below, above))


@lru_cache(maxsize=1)
def _normal_table() -> tuple[Values, Values]:
    """Standard deviations by the logarithm of the odds: between them it is all but straight."""
    from statistics import NormalDist  # asked for by few, and slow to load

    odds = np.linspace(-24.0, 24.0, CELLS + 1)
    parts = (1.0 / (1.0 + np.exp(-odds))).tolist()
    inverse = NormalDist().inv_cdf
    return odds, np.array([inverse(part) for part in parts])


def _normal(at: Values) -> Values:
    """How many standard deviations from the middle parts of a normal distribution end."""
    return np.interp(np.log(at / (1.0 - at)), *_normal_table())
