"""Where two ways cost the same: solved through the estimate, never by a formula of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float64]

POINTS = 257
ROUNDS = 5
"""Each narrows the place down by the number of points: five, to the last digits of a float."""


def crossings(
    difference: Callable[[Values], Values], lower: float, upper: float
) -> tuple[float, ...]:
    """The values of an input at which a difference of costs changes its sign.

    Args:
        difference: of two costs, at each of some values; asked for many at once.
        lower: the least value that is looked at.
        upper: the greatest one.

    Returns:
        The values, in rising order. Two changes of sign between neighbors of 257 points are
        not seen.
    """
    return tuple(
        _narrowed(difference, begin, end) for begin, end in _brackets(difference, lower, upper)
    )


def _brackets(
    difference: Callable[[Values], Values], lower: float, upper: float
) -> list[tuple[float, float]]:
    values = np.linspace(lower, upper, POINTS)
    signs = np.sign(difference(values))
    seen = np.flatnonzero(signs)  # from one that differs to the next: costs may be equal between
    changes = np.flatnonzero(np.diff(signs[seen]))
    return [(float(values[seen[at]]), float(values[seen[at + 1]])) for at in changes]


def _narrowed(difference: Callable[[Values], Values], begin: float, end: float) -> float:
    for _ in range(ROUNDS):
        found = _brackets(difference, begin, end)
        if not found or found[0] == (begin, end):
            break
        begin, end = found[0]
    return (begin + end) / 2.0
