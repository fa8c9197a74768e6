"""What leaves the account month by month: upfront payments, renewals, and every other month."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Due:
    """A payment that does not come every month."""

    description: str
    component: str
    usd: float


@dataclass(frozen=True, slots=True)
class CashMonth:
    """A month of the horizon; the first is 1.

    Attributes:
        usd: all cash of the month.
        due: what of it is paid only in some months.
    """

    month: int
    usd: float
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class CashPlan:
    """The months of the horizon, and what a month costs in which nothing special is due."""

    months: tuple[CashMonth, ...]
    other_months: float
    first_year: float

    @property
    def first_month(self) -> float:
        return self.months[0].usd

    @property
    def special(self) -> tuple[CashMonth, ...]:
        """The months in which more is due than in the others."""
        return tuple(month for month in self.months if month.due)

    @property
    def total(self) -> float:
        """Cash of the whole horizon; what outlasts it is paid all the same."""
        return sum(month.usd for month in self.months)


def cash_plan(estimate: Estimate) -> CashPlan:
    """The cash of every month of the horizon, USD; lines without a price are left out.

    All months are asked for at once: a charge's cash takes an array of them.
    """
    numbers = np.arange(1.0, math.ceil(float(estimate.horizon_months)) + 1.0)
    total = np.broadcast_to(estimate.cash(numbers), numbers.shape)
    due = [*_special(estimate, numbers)]
    months = tuple(
        CashMonth(
            int(number),
            float(total[at]),
            tuple(
                Due(description, component, float(usd[at]))
                for description, component, usd in due
                if usd[at]
            ),
        )
        for at, number in enumerate(numbers)
    )
    return CashPlan(months, float(estimate.other_months), float(estimate.first_year_cash))


def _special(
    estimate: Estimate, numbers: NDArray[np.float64]
) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    for charge in estimate.charges:
        if charge.spread is not None:
            usd = np.broadcast_to(charge.known(charge.cash(numbers)), numbers.shape)
            yield charge.description, charge.component, usd
