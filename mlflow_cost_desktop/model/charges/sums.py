"""Adding up floats and arrays of several shapes, of which some are unknown."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.prices.price import Value


class Sum:
    """Adds up floats and arrays of several shapes, leaving out floats that are unknown (NaN).

    Each shape is added up by itself, in place: months and draws meet once, at the end.
    """

    __slots__ = ("_arrays", "_float", "_own")

    def __init__(self) -> None:
        self._float = 0.0
        self._arrays: dict[tuple[int, ...], NDArray[np.float64]] = {}
        self._own: set[tuple[int, ...]] = set()
        """The shapes of which the array was made here, and may be changed."""

    def add(self, cost: Value) -> None:
        """Add a cost."""
        if not isinstance(cost, np.ndarray):
            self._float += 0.0 if math.isnan(cost) else cost
            return
        shape = cost.shape
        if shape in self._own:
            self._arrays[shape] += cost
        elif shape in self._arrays:
            self._arrays[shape] = self._arrays[shape] + cost
            self._own.add(shape)
        else:
            self._arrays[shape] = cost

    @property
    def total(self) -> Value:
        """All that was added; not to be changed by whoever asks."""
        if not self._arrays:
            return self._float
        smallest, *others = sorted(self._arrays.values(), key=lambda array: array.size)
        total = smallest + self._float if self._float else smallest
        for array in others:
            total = total + array
        return total


def add_up(costs: Iterable[Value]) -> Value:
    """The sum of costs, leaving out what is unknown (NaN)."""
    found = Sum()
    for cost in costs:
        found.add(cost)
    return found.total
