"""How sure the cost is: the estimate over draws from the ranges, and the plan beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.managed_plans import usage_of, with_plan
from mlflow_cost_desktop.analysis.moments import Moments, moments
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.charges.months import numbers
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import with_arrays
from mlflow_cost_desktop.model.growth import grown, price_change, values_over_time
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.ranges import Range, draws, used_ranges
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]

LIVE, MANY = 10_000, 100_000
"""Draws while figures move, and on request."""

MOST = 1_000_000

AT_ONCE = 400_000
"""Months × draws that are estimated at once, so that memory is bounded."""

PERCENTILES = (5, 10, 25, 50, 75, 90, 95)


@dataclass(frozen=True)
class Uncertainty:
    """What a month costs in each of many cases.

    Attributes:
        values: what the inputs with a range are in each case, by path.
        cost: effective cost, USD a month.
        plan: the one that is held against the scenario, where it is known what it costs.
        plan_cost: of the plan in the same cases, USD a month; not a number where it has no room.
        unpriced: how many lines lack a price in some case, and are left out.
    """

    scenario: Scenario
    price_book: PriceBook
    values: Mapping[str, Values]
    cost: Values
    plan: ManagedPlan | None = None
    plan_cost: Values | None = None
    unpriced: int = 0

    @property
    def draws(self) -> int:
        """How many cases there are."""
        return len(self.cost)

    @cached_property
    def varying(self) -> int:
        """How many inputs are not the same in every case."""
        return sum(bool(np.ptp(of)) for of in self.values.values())

    @cached_property
    def moments(self) -> Moments:
        """Mean and standard deviation over what the ranges say, not over these draws alone."""
        by_path = {one.path: one.stream for one in self.scenario.ranges}
        return moments(self.cost, self.values, [by_path[path] for path in self.values])

    @cached_property
    def percentiles(self) -> dict[int, float]:
        """What the cost is at most in so many of 100 cases, USD a month."""
        found = percentiles(self.cost, PERCENTILES)
        return dict(zip(PERCENTILES, found.tolist(), strict=True))

    @cached_property
    def is_plan_cheaper(self) -> NDArray[np.bool_] | None:
        """In which cases the plan has room and is cheaper; none without a plan."""
        return None if self.plan_cost is None else self.plan_cost < self.cost

    @property
    def plan_share(self) -> float | None:
        """In which part of the cases the plan is cheaper."""
        found = self.is_plan_cheaper
        return None if found is None else float(np.mean(found))

    @cached_property
    def savings(self) -> dict[int, float] | None:
        """What buying saves at most in so many of 100 cases, USD a month; negative: costs more.

        Of the cases in which the plan has room; none without such a case, or without a plan.
        """
        if self.plan_cost is None or np.all(np.isnan(self.plan_cost)):
            return None
        saved = self.cost - self.plan_cost
        found = percentiles(saved[~np.isnan(saved)], PERCENTILES)
        return dict(zip(PERCENTILES, found.tolist(), strict=True))

    @property
    def own_share(self) -> float | None:
        """In which part of the cases the plan has room and is costlier."""
        return None if self.plan_cost is None else float(np.mean(self.plan_cost > self.cost))

    @property
    def too_small_share(self) -> float:
        """In which part of the cases the plan has no room."""
        return 0.0 if self.plan_cost is None else float(np.mean(np.isnan(self.plan_cost)))

    def share_up_to(self, usd: float) -> float:
        """In which part of the cases a month costs no more."""
        return float(np.mean(self.cost <= usd))


def percentiles(cost: Values, wanted: Sequence[float], axis: int | None = None) -> Values:
    """Percentiles of draws that stand for the middles of equal parts of all cases."""
    return np.percentile(cost, wanted, axis=axis, method="hazen")


def uncertainty(
    scenario: Scenario, price_book: PriceBook, held: ManagedPlan | None = None, count: int = LIVE
) -> Uncertainty:
    """What a month costs in each of many cases, as the ranges say.

    Pure: the same scenario, the same draws. Without ranges all cases are the estimate of today.

    Args:
        held: the plan beside it, of which it is known what it costs.
        count: of draws.
    """
    values = draws(scenario, scenario.ranges, scenario.seed, count)
    cases = with_arrays(scenario, values)
    own = estimate(cases, price_book)
    plan_cost = None
    if held:
        plan = with_values(held, values)
        bought = with_plan(cases, price_book, plan, own)
        has_room = plan.has_room(usage_of(cases))
        plan_cost = _row(np.where(has_room, bought.effective_cost, np.nan), count)
    return Uncertainty(
        scenario,
        price_book,
        {path: of[0] for path, of in values.items()},
        _row(own.effective_cost, count),
        held,
        plan_cost,
        int(np.max(own.unpriced)),
    )


def _row(cost: Value, count: int) -> Values:
    return np.broadcast_to(np.asarray(cost, dtype=float), (1, count))[0]


def with_values(plan: ManagedPlan, values: Mapping[str, Values]) -> ManagedPlan:
    """A plan with those of the values that are of its own inputs."""
    prefix = f"plans.{plan.id}."
    own = {path.removeprefix(prefix): of for path, of in values.items() if path.startswith(prefix)}
    return plan.model_copy(update=own) if own else plan


# --- Over the months ---------------------------------------------------------------


@dataclass(frozen=True)
class Band:
    """Between which costs eight of ten cases lie in each month, USD."""

    low: Values
    high: Values


def band_over_time(
    scenario: Scenario, price_book: PriceBook, count: int = LIVE, at_once: int = AT_ONCE
) -> Band | None:
    """P10 and P90 of the effective cost in each month; none unless ranges and growth are there.

    Cases know nothing of each other, so that some are estimated after the others.
    """
    if not scenario.growth or not used_ranges(scenario, scenario.ranges):
        return None
    months = len(numbers(scenario.horizon_months))
    change = price_change(scenario.growth, months)
    book = price_book if np.all(np.asarray(change) == 1.0) else price_book.with_change(change)
    values = draws(scenario, scenario.ranges, scenario.seed, count)
    cost = np.empty((months, count))
    step = max(at_once // months, 1)
    for begin in range(0, count, step):
        some = {path: of[:, begin : begin + step] for path, of in values.items()}
        cases = with_arrays(scenario, some)
        later = grown(cases, values_over_time(cases, scenario.growth, months))
        cost[:, begin : begin + step] = estimate(later, book).effective_cost
    low, high = percentiles(cost, (10, 90), axis=1)
    return Band(low, high)


# --- Ranges of a scenario ----------------------------------------------------------


def with_range(ranges: Sequence[Range], one: Range) -> tuple[Range, ...]:
    """The ranges with one in the place of that for the same path, or at the end."""
    if any(other.path == one.path for other in ranges):
        return tuple(one if other.path == one.path else other for other in ranges)
    return (*ranges, one)


def without_range(ranges: Sequence[Range], path: str) -> tuple[Range, ...]:
    """The ranges but for that of a path."""
    return tuple(one for one in ranges if one.path != path)


def edits_for_range(scenario: Scenario, one: Range) -> Edits:
    """What puts a range into a scenario."""
    return Edits.proposed(scenario, [("ranges", with_range(scenario.ranges, one))])
