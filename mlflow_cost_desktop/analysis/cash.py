"""What leaves the account month by month: upfront payments, renewals, and every other month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.prices.price import Value


@dataclass(frozen=True, slots=True)
class Due:
    """A payment that does not come every month."""

    description: str
    component: str
    usd: Value


@dataclass(frozen=True, slots=True)
class CashMonth:
    """A month of the horizon; the first is 1.

    Attributes:
        usd: all cash of the month; of an estimate of draws, of each of them.
        due: what of it is paid only in some months.
    """

    month: int
    usd: Value
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class CashPlan:
    """The months of the horizon, and what a month costs in which nothing special is due.

    All figures are floats, or arrays of draws; `other_months` has a row for each month of an
    estimate along months.
    """

    months: tuple[CashMonth, ...]
    other_months: Value
    first_year: Value

    @property
    def first_month(self) -> Value:
        return self.months[0].usd

    @property
    def special(self) -> tuple[CashMonth, ...]:
        """The months in which more is due than in the others."""
        return tuple(month for month in self.months if month.due)

    @property
    def total(self) -> Value:
        """Cash of the whole horizon; what outlasts it is paid all the same."""
        return sum((month.usd for month in self.months), 0.0)


def cash_plan(estimate: Estimate) -> CashPlan:
    """The cash of every month of the horizon, USD; lines without a price are left out.

    All months are asked for at once: a charge's cash takes a column of them.
    """
    numbers = estimate.months
    total = _rows(estimate.cash(numbers), numbers)
    due = [*_special(estimate, numbers)]
    months = tuple(
        CashMonth(
            at + 1,
            total[at],
            tuple(
                Due(description, component, usd[at])
                for description, component, usd in due
                if np.any(usd[at])
            ),
        )
        for at in range(len(numbers))
    )
    return CashPlan(months, _plain(estimate.other_months), _plain(estimate.first_year_cash))


def _special(
    estimate: Estimate, numbers: NDArray[np.float64]
) -> Iterator[tuple[str, str, list[Value]]]:
    for charge in estimate.charges:
        if charge.spread is not None:
            usd = _rows(charge.known_cash(numbers), numbers)
            yield charge.description, charge.component, usd


def _rows(usd: Value, numbers: NDArray[np.float64]) -> list[Value]:
    """A figure for each month: a float, or an array of draws."""
    shape = np.broadcast_shapes(np.shape(usd), numbers.shape)
    return [_plain(row) for row in np.broadcast_to(usd, shape)]


def _plain(usd: Value) -> Value:
    """The one figure of an array that holds no other."""
    return float(usd.item()) if isinstance(usd, np.ndarray) and usd.size == 1 else usd
