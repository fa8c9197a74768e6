"""What comes along months: what a commitment still holds, what is due once, sums over a horizon.

The axes of an array are positions in its shape: months first, draws second, one length where
there is none: `(36, 1)`, `(1, 10_000)`, `(36, 10_000)`. Floats and arrays of a single axis have
no months: they are the same in each.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from mlflow_cost_desktop.prices.price import Value

Values = NDArray[np.float64]

LAST_DIGITS = 1e-12
"""A part of what is needed that is never bought: it is left over from adding up."""


def count(*values: Value) -> int:
    """How many months the values have; 1 where none of them has such an axis."""
    lengths = (
        value.shape[0] for value in values if isinstance(value, np.ndarray) and value.ndim > 1
    )
    return max(lengths, default=1)


def numbers(horizon: Value) -> Values:
    """The months of a horizon as a column, the first is 1; a begun month counts."""
    return np.arange(1.0, math.ceil(np.max(horizon)) + 1.0)[:, np.newaxis]


def first(values: Value) -> Value:
    """The values of the first month."""
    return values[:1] if isinstance(values, np.ndarray) and values.ndim > 1 else values


def last(values: Value) -> Value:
    """The values of the last month."""
    return values[-1:] if isinstance(values, np.ndarray) and values.ndim > 1 else values


def at(values: Value, month: Value) -> Value:
    """The values in one month or several, a row for each; unchanged where they have no months.

    Raises:
        IndexError: for a month that the values do not have.
    """
    if not isinstance(values, np.ndarray) or count(values) == 1:
        return values
    rows = np.asarray(month, dtype=np.intp).ravel() - 1
    return values[rows]


def over(values: Value, horizon: Value) -> Value:
    """The sum over the months of a horizon, of which the last may be a part of one.

    Raises:
        ValueError: if the values have months, but fewer than the horizon.
    """
    if not isinstance(values, np.ndarray) or count(values) == 1:
        return values * horizon
    months = numbers(horizon)
    if len(values) < len(months):
        raise ValueError(f"{len(values)} months of values, {len(months)} of the horizon")
    parts = np.clip(horizon - (months - 1.0), 0.0, 1.0)
    return np.sum(values[: len(months)] * parts, axis=0, keepdims=True)


def bought(needed: Value, term: Value, months: int) -> Values:
    """What is bought in each month, so that as much as is needed is held.

    What was bought in the last `term` - 1 months is still there and counts, also when less is
    needed; then nothing is bought.
    """
    return by_term(term, lambda length: _bought(needed, length, months))


def _bought(needed: Value, term: int, months: int) -> Values:
    shape = np.broadcast_shapes(np.shape(needed), (months, 1))
    needed = np.broadcast_to(needed, shape)
    found = np.zeros(shape)
    there = np.zeros(shape[1:])
    for month, asked in enumerate(needed):
        if month >= term:
            there -= found[month - term]
        missing = asked - there
        found[month] = np.where(missing > LAST_DIGITS * asked, missing, 0.0)
        there += found[month]
    return found


def held(begun: Values, term: Value) -> Values:
    """What is held in each month of what begins in each and lasts for `term` of them."""
    return by_term(term, lambda length: _held(begun, length))


def _held(begun: Values, term: int) -> Values:
    before = np.zeros((term - 1, *begun.shape[1:]))
    return np.sum(sliding_window_view(np.concatenate((before, begun)), term, axis=0), axis=-1)


def by_term(term: Value, work: Callable[[int], Values]) -> Values:
    """What `work` makes of a term in whole months; of an array of terms, of each of them."""
    if not isinstance(term, np.ndarray):
        return work(int(term))
    lengths = np.floor(term)
    first, *others = np.unique(lengths).tolist()
    found = work(int(first))
    for length in others:
        found = np.where(lengths == length, work(int(length)), found)
    return found
