"""Mean and standard deviation of a cost over draws, without the chance in which values met.

Each input's own values are spread evenly over its draws; which value of one meets which of another
is chance, and of 100,000 draws of two inputs that are multiplied that moves a standard deviation
by a thousandth. So the cost is fitted by what each input does alone and by products of two: of
these it is known from the inputs alone how they are spread, and only the rest is as it was drawn
(control variates).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

MOST = 12
"""Inputs whose products are fitted: those that move the cost most."""

BLOCK = 10_000
"""Draws that are fitted at a time, so that memory is bounded."""


class Moments(NamedTuple):
    """The mean of a cost and its standard deviation, USD a month."""

    mean: float
    deviation: float


def moments(cost: Values, inputs: Mapping[str, Values], streams: Sequence[Hashable]) -> Moments:
    """The moments of a cost over the distributions of its inputs.

    Args:
        cost: in each draw.
        inputs: values in each draw, of one that is drawn alone evenly over its distribution.
        streams: of each input what it is drawn by; those with the same are one another's.
    """
    middle = float(np.mean(cost))
    above = cost - middle
    alone, drawn_by = _standardized(inputs, streams)
    if not len(alone) or not np.any(above):
        return Moments(middle, float(np.std(cost)))
    pairs = _pairs(alone, above, drawn_by)
    gram, sums, square = _sums(alone, pairs, above)
    fitted = np.asarray(np.linalg.lstsq(gram, sums, rcond=1e-12)[0], dtype=np.float64)
    rest = max(square - float(fitted @ sums), 0.0)
    known = float(fitted @ _known(gram, pairs, drawn_by) @ fitted)
    return Moments(middle + float(fitted[0]), float(np.sqrt(max(known + rest, 0.0))))


def _standardized(
    inputs: Mapping[str, Values], streams: Sequence[Hashable]
) -> tuple[Values, list[Hashable]]:
    """The inputs that vary, a row each, with mean 0 and deviation 1; and what each is drawn by."""
    rows: list[Values] = []
    drawn_by: list[Hashable] = []
    for values, stream in zip(inputs.values(), streams, strict=True):
        deviation = np.std(values)
        if deviation > 0.0:
            rows.append((values - np.mean(values)) / deviation)
            drawn_by.append(stream)
    return np.array(rows), drawn_by


def _pairs(alone: Values, above: Values, drawn_by: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Inputs whose products are fitted: each of another stream than the other."""
    moves = np.abs(alone @ above)
    first = sorted(np.argsort(-moves, kind="stable")[:MOST].tolist())
    return [(a, b) for a, b in combinations(first, 2) if drawn_by[a] != drawn_by[b]]


def _sums(
    alone: Values, pairs: Sequence[tuple[int, int]], above: Values
) -> tuple[Values, Values, float]:
    """What a fit by least squares needs, over all draws: each a mean.

    What is fitted are one, the inputs, their squares less one, and the products: but for the first
    the mean of each is zero over the inputs' distributions.
    """
    count = len(above)
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    width = 1 + 2 * len(alone) + len(pairs)
    gram, sums = np.zeros((width, width)), np.zeros(width)
    for begin in range(0, count, BLOCK):
        some = alone[:, begin : begin + BLOCK]
        one = np.ones((1, some.shape[1]))
        fits = np.concatenate((one, some, some**2 - 1.0, some[first] * some[second]))
        gram += fits @ fits.T
        sums += fits @ above[begin : begin + BLOCK]
    return gram / count, sums / count, float(above @ above) / count


def _known(gram: Values, pairs: Sequence[tuple[int, int]], drawn_by: Sequence[Hashable]) -> Values:
    """How what is fitted varies together over the inputs' distributions.

    Within a stream that is as it was drawn; what is of different streams does not.
    """
    count = len(drawn_by)
    codes = {stream: code for code, stream in enumerate(dict.fromkeys(drawn_by))}
    of = np.array([codes[stream] for stream in drawn_by])
    is_same = of[:, np.newaxis] == of
    known = np.zeros_like(gram)
    singles = slice(1, 1 + 2 * count)
    known[singles, singles] = gram[singles, singles] * np.tile(is_same, (2, 2))
    if pairs:
        together = np.where(is_same, gram[1 : 1 + count, 1 : 1 + count], 0.0)
        a, b = np.array(pairs).T
        products = slice(1 + 2 * count, None)
        known[products, products] = (
            together[np.ix_(a, a)] * together[np.ix_(b, b)]
            + together[np.ix_(a, b)] * together[np.ix_(b, a)]
        )
    return known
