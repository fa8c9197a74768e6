"""What it costs over the months: one estimate along them, and the plan beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.managed_plans import all_plans, usage_of, with_plan
from mlflow_cost_desktop.analysis.uncertainty import Band, band_over_time, with_values
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.charges.months import numbers
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.growth import (
    PRICES,
    Growth,
    grown,
    price_change,
    used,
    values_over_time,
)
from mlflow_cost_desktop.model.managed_plan import Limit, ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]

IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A payment that does not come every month; the first month is 1."""

    month: int
    description: str
    component: str
    usd: float


@dataclass(frozen=True, slots=True)
class YearCost:
    """Twelve months of the horizon, the last of which may be fewer; the first year is 1.

    Attributes:
        by_component: effective cost, USD.
        cash_by_component: what is paid in these months, USD.
    """

    year: int
    first_month: int
    last_month: int
    by_component: Mapping[str, float]
    cash_by_component: Mapping[str, float]

    @property
    def effective(self) -> float:
        return sum(self.by_component.values())

    @property
    def cash(self) -> float:
        return sum(self.cash_by_component.values())


@dataclass(frozen=True)
class PlanOverTime:
    """A managed plan, with what stays with the buyer, along the months.

    Attributes:
        plan: the one that is held against the scenario.
        sizes: the plans that it is in turn, each with the month from which on; of a vendor's
            sizes the first that has room, from the one held on.
        effective: USD in each month; not a number where no size has room.
        cash: what is paid in each month, USD; likewise.
        has_gaps: whether a line that stays with the buyer lacks a price, and is left out.
        largest: the last of its vendor's sizes.
        limits: what that is limited to, beside what is needed in each month.
    """

    plan: ManagedPlan
    sizes: tuple[tuple[int, ManagedPlan], ...]
    effective: Values
    cash: Values
    has_gaps: bool
    largest: ManagedPlan
    limits: tuple[Limit, ...]

    @property
    def too_small_from(self) -> int | None:
        """The first month in which no size of the plan has room."""
        found = np.flatnonzero(np.isnan(self.effective))
        return int(found[0]) + 1 if len(found) else None

    def too_small_in(self, month: int) -> tuple[str, ...]:
        """Why the largest size has no room in a month, the first of which is 1; else empty."""
        return tuple(filter(None, (limit.within(month - 1).fault for limit in self.limits)))

    def size_in(self, month: int) -> ManagedPlan | None:
        """The plan that it is in a month, the first of which is 1; none where none has room."""
        if np.isnan(self.effective[month - 1]):
            return None
        return [plan for begin, plan in self.sizes if begin <= month][-1]


@dataclass(frozen=True)
class Projection:
    """A scenario over the months of its horizon.

    Attributes:
        values: what the inputs that change are in each month, by path.
        estimate: of all months, along the first axis.
        by_component: effective cost of each part in each month, USD; by part.
        cash_by_component: what is paid for each part in each month, USD; by part.
        held: the plan beside it, where one is whose cost is known.
    """

    scenario: Scenario
    price_book: PriceBook
    values: Mapping[str, Values]
    estimate: Estimate
    by_component: Mapping[str, Values]
    cash_by_component: Mapping[str, Values]
    held: PlanOverTime | None

    @property
    def months(self) -> int:
        """How many there are; one that is begun is there."""
        return len(self.effective)

    @cached_property
    def effective(self) -> Values:
        """USD in each month, what is paid once spread over its months."""
        return sum(self.by_component.values(), np.zeros(self._count))

    @cached_property
    def cash(self) -> Values:
        """What is paid in each month, USD."""
        return sum(self.cash_by_component.values(), np.zeros(self._count))

    @property
    def _count(self) -> int:
        return len(next(iter(self.by_component.values())))

    @property
    def parts_of_months(self) -> Values:
        """How much of each month is within the horizon: of the last one, perhaps a part."""
        horizon = float(self.scenario.horizon_months)
        return np.clip(horizon - np.arange(float(self.months)), 0.0, 1.0)

    @property
    def effective_total(self) -> float:
        """All months of the horizon, USD."""
        return float(np.sum(self.effective * self.parts_of_months))

    @property
    def cash_total(self) -> float:
        """What is paid in the whole horizon, USD; what outlasts it is paid all the same."""
        return float(np.sum(self.cash))

    @cached_property
    def unpriced(self) -> int:
        """How many lines lack a price in some month, and are left out of all sums."""
        return int(np.max(np.asarray(self.estimate.unpriced)))

    @cached_property
    def years(self) -> tuple[YearCost, ...]:
        """Years of the horizon, each of twelve months from the first on."""
        parts = self.parts_of_months
        found: list[YearCost] = []
        for begin in range(0, self.months, IN_YEAR):
            within = slice(begin, begin + IN_YEAR)
            found.append(
                YearCost(
                    begin // IN_YEAR + 1,
                    begin + 1,
                    min(begin + IN_YEAR, self.months),
                    {
                        name: float(np.sum((cost * parts)[within]))
                        for name, cost in self.by_component.items()
                    },
                    {
                        name: float(np.sum(cost[within]))
                        for name, cost in self.cash_by_component.items()
                    },
                )
            )
        return tuple(found)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """What is paid in some months only, by month and in the order of the lines."""
        found: list[Due] = []
        for charge in self.estimate.charges:
            if charge.spread is not None:
                paid = _column(charge.known_cash(numbers(self.months)), self.months)
                found += [
                    Due(at + 1, charge.description, charge.component, float(paid[at]))
                    for at in np.flatnonzero(paid).tolist()
                ]
        return tuple(sorted(found, key=lambda due: due.month))

    @property
    def other_months(self) -> float | None:
        """Cash in a month in which nothing special is due; none where these differ."""
        special = np.zeros(self.months)
        for due in self.due:
            special[due.month - 1] += due.usd
        rest = self.cash - special
        other = float(rest[np.argmin(np.abs(special))])  # to the last digit where nothing is due
        return other if np.allclose(rest, other, rtol=1e-9, atol=1e-9) else None

    @cached_property
    def turns_in_month(self) -> int | None:
        """The first month in which another of scenario and plan is cheaper than in month 1."""
        if self.held is None:
            return None
        difference = self.held.effective - self.effective
        turned = np.flatnonzero(difference * difference[0] < 0)
        return int(turned[0]) + 1 if len(turned) else None

    @cached_property
    def band(self) -> Band | None:
        """Between which costs eight of ten cases lie; none unless inputs have ranges and grow."""
        return band_over_time(self.scenario, self.price_book)

    @cached_property
    def reasons(self) -> Mapping[str, tuple[Growth, ...]]:
        """The rules because of which a part's cost changes, by part.

        Each is left out in turn, all in one estimate: what is then otherwise, changes by it.
        """
        rules = used(self.scenario, self.scenario.growth)
        if not rules:
            return {}
        values = {path: np.repeat(known, len(rules), axis=1) for path, known in self.values.items()}
        change = np.repeat(_each(price_change(rules, self.months), self.months), len(rules), axis=1)
        for at, rule in enumerate(rules):
            if rule.path == PRICES:
                change[:, at] = 1.0
                continue
            values[rule.path][:, at] = values[rule.path][0, at]
            followers = [one for one in rules if one.by == "with" and one.with_path == rule.path]
            if followers:
                alone = values_over_time(self.scenario, followers, self.months)
                for path, known in alone.items():
                    values[path][:, at] = known[:, 0]
        others = estimate(grown(self.scenario, values), _at(self.price_book, change))
        found: dict[str, tuple[Growth, ...]] = {}
        for name, cost in others.by_component.items():
            here = np.broadcast_to(np.asarray(cost), change.shape)
            differs = np.abs(here - self.by_component[name][:, np.newaxis]) > 1e-9
            found[name] = tuple(rule for at, rule in enumerate(rules) if differs[:, at].any())
        return found


def _at(book: PriceBook, change: Value) -> PriceBook:
    """The book at other prices; itself where they stay as they are."""
    return book if np.all(np.asarray(change) == 1.0) else book.with_change(change)


def projection(
    scenario: Scenario,
    price_book: PriceBook,
    held: ManagedPlan | None = None,
    shipped: Sequence[ManagedPlan] = (),
) -> Projection:
    """What a scenario costs in each month of its horizon, as its rules say.

    Pure; in month 1 it is the estimate of today.

    Args:
        held: the plan beside it, of which it is known what it costs.
        shipped: the plans that come with the program, of which `held` may name a larger one.
    """
    months = len(numbers(scenario.horizon_months))
    values = values_over_time(scenario, scenario.growth, months)
    book = _at(price_book, price_change(scenario.growth, months))
    later = grown(scenario, values)
    own = estimate(later, book)
    return Projection(
        scenario,
        price_book,
        {path: np.asarray(found) for path, found in values.items()},
        own,
        {name: _column(cost, months) for name, cost in own.by_component.items()},
        _cash(own, months),
        held and _plan_over_time(later, book, held, all_plans(scenario, shipped), values, own),
    )


def _column(cost: Value, months: int) -> Values:
    """A figure for each month."""
    return _each(cost, months)[:, 0]


def _each(value: Value, months: int) -> Values:
    """A row for each month."""
    return np.broadcast_to(np.asarray(value, dtype=float), (months, 1))


def _cash(own: Estimate, months: int) -> dict[str, Values]:
    """What is paid for each part; that of which nothing is spread is paid as it is needed."""
    month, found = numbers(months), dict(own.by_component)
    for name in {charge.component for charge in own.charges if charge.spread is not None}:
        paid = (one.known_cash(month) for one in own.charges if one.component == name)
        found[name] = add_up(paid)
    return {name: _column(cost, months) for name, cost in found.items()}


def _plan_over_time(
    later: Scenario,
    book: PriceBook,
    held: ManagedPlan,
    plans: Sequence[ManagedPlan],
    values: Mapping[str, Values],
    own: Estimate,
) -> PlanOverTime:
    usage, months = usage_of(later), len(numbers(later.horizon_months))
    effective, cash = np.full(months, np.nan), np.full(months, np.nan)
    size, has_gaps = np.full(months, -1), False
    chain = tuple(_sizes(held, plans, values))
    for at, plan in enumerate(chain):
        has_room = np.broadcast_to(plan.has_room(usage), (months, 1))[:, 0]
        here = has_room & (size < 0)
        if not here.any():
            continue
        size[here] = at
        bought = with_plan(later, book, plan, own)
        has_gaps = has_gaps or bool(bought.gaps)
        effective[here] = _column(bought.effective_cost, months)[here]
        cash[here] = _column(bought.cash(numbers(months)), months)[here]
    which: list[int] = size.tolist()
    begins = [at for at in range(months) if at == 0 or which[at] != which[at - 1]]
    sizes = tuple((at + 1, chain[which[at]]) for at in begins if which[at] >= 0)
    largest = chain[-1] if chain else held
    limits = tuple(largest.limits(usage))
    return PlanOverTime(held, sizes, effective, cash, has_gaps, largest, limits)


def _sizes(
    held: ManagedPlan, plans: Sequence[ManagedPlan], values: Mapping[str, Values]
) -> Iterator[ManagedPlan]:
    """A plan and the larger ones after it, of which it is known what they cost, along months.

    Moving in and out is work that is done once, as with the first.
    """
    by_id = {plan.id: plan for plan in plans}
    seen: set[str] = set()
    plan: ManagedPlan | None = held
    while plan is not None and plan.id not in seen:
        seen.add(plan.id)
        if plan.has_figure:
            moves = {name: getattr(held, name) for name in ("migration_hours", "exit_hours")}
            yield with_values(plan.model_copy(update=moves), values)
        plan = by_id.get(plan.next_size)


def with_rule(rules: Sequence[Growth], rule: Growth) -> tuple[Growth, ...]:
    """The rules with one in the place of that for the same path, or at the end."""
    if any(one.path == rule.path for one in rules):
        return tuple(rule if one.path == rule.path else one for one in rules)
    return (*rules, rule)


def without_rule(rules: Sequence[Growth], path: str) -> tuple[Growth, ...]:
    """The rules but for that of a path."""
    return tuple(rule for rule in rules if rule.path != path)


STORED = "artifact_store.stored_gb"
RUNS_A_DAY, DAYS, GB_A_RUN = 2.0, 30.0, 1.0


def first_guess(scenario: Scenario) -> Growth | None:
    """How artifacts might grow, to be offered: so many runs a month of 1 GB each.

    The runs are those of the scenario, or 2 a day where it has none; nothing where a rule for
    artifacts is there.
    """
    if any(rule.path == STORED for rule in scenario.growth):
        return None
    runs = scenario.team.runs_per_month or RUNS_A_DAY * DAYS
    return Growth(path=STORED, amount=runs * GB_A_RUN)


def edits_for_rule(scenario: Scenario, rule: Growth, next_month: str) -> Edits:
    """What puts a rule into a scenario; with the first one, months get names from `next_month`."""
    values: list[tuple[str, object]] = [("growth", with_rule(scenario.growth, rule))]
    if not scenario.growth and not scenario.start:
        values.append(("start", next_month))
    return Edits.proposed(scenario, values)


def edits_for_plan(scenario: Scenario, path: str, shipped: Sequence[ManagedPlan]) -> Edits:
    """What copies the plan of the program into a scenario that a path leads into, if any."""
    plan = next((one for one in shipped if path.startswith(f"plans.{one.id}.")), None)
    if plan is None or any(one.id == plan.id for one in scenario.plans):
        return Edits()
    return Edits.proposed(scenario, [("plans", (*scenario.plans, plan))])
