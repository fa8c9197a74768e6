"""The one evaluator: a scenario and a price book in, charges and totals out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges import months as along
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.part import Part
from mlflow_cost_desktop.model.charges.sums import Sum, add_up
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.components import COMPONENTS, INFRASTRUCTURE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import PROVIDERS, Value, is_something
from mlflow_cost_desktop.prices.price_book import PriceBook


@dataclass(frozen=True)
class Sums:
    """What all totals are made of, after one pass over the lines.

    Most lines are plain: their costs differ by the negotiated discount alone, so they are added
    up at list price and discounted together. The others are few, and asked one by one.

    Attributes:
        listed: the plain lines by component and discount, each with what is left after it.
        others: the lines that are not plain.
        by_component: the effective cost of all lines, USD a month as all sums.
    """

    listed: tuple[tuple[Value, Value], ...]
    others: tuple[Charge, ...]
    by_component: dict[str, Value]

    @classmethod
    def of(cls, charges: tuple[Charge, ...]) -> Sums:
        """Go through the lines."""
        others: list[Charge] = []
        alike: dict[tuple[str, int, bool], tuple[Charge, Sum]] = {}
        for charge in charges:
            if not charge.is_plain:
                others.append(charge)
                continue
            # A component has one discount, which its own rates go without.
            group = charge.component, id(charge.discount), charge.price.state in PROVIDERS
            found = alike.get(group)
            if found is None:
                found = alike[group] = charge, Sum()
            found[1].add(charge.list_cost)
        components = {name: Sum() for name in dict.fromkeys(c.component for c in charges)}
        listed: list[tuple[Value, Value]] = []
        for charge, added in alike.values():
            listed.append((added.total, charge.undiscounted))
            components[charge.component].add(part_of(*listed[-1]))
        for charge in others:
            components[charge.component].add(charge.known_cost)
        by_component = {name: added.total for name, added in components.items()}
        return cls(tuple(listed), tuple(others), by_component)

    @cached_property
    def list_cost(self) -> Value:
        """The plain lines at list price."""
        return add_up(cost for cost, _ in self.listed)

    @cached_property
    def discounted(self) -> Value:
        """The same less the negotiated discount: contracted and effective cost, and cash."""
        return add_up(part_of(cost, left) for cost, left in self.listed)


def part_of(cost: Value, part: Value) -> Value:
    """A part of a cost; of all of a million points no copy is made."""
    return cost if isinstance(part, float) and part == 1.0 else cost * part


@dataclass(frozen=True)
class Estimate:
    """What a month costs in USD, line by line, and what it adds up to.

    Totals are made before rounding and leave out lines without a price; `unpriced` counts
    those. Every total is a float, or an array where the scenario is swept; along months see
    `model/charges/months.py`.
    """

    charges: tuple[Charge, ...]
    hours_in_month: Value
    horizon_months: Value
    parts: dict[str, Part] = field(default_factory=dict[str, Part], compare=False, repr=False)
    """By component, what an estimate of a scenario that differs little may take over."""

    @cached_property
    def _sums(self) -> Sums:
        """All lines, gone through once; every total is made of these."""
        return Sums.of(self.charges)

    @cached_property
    def list_cost(self) -> Value:
        """On-demand list prices, without discount or commitment."""
        others = (charge.known(charge.list_cost) for charge in self._sums.others)
        return add_up((self._sums.list_cost, *others))

    @cached_property
    def contracted_cost(self) -> Value:
        """On-demand prices less the negotiated discount, without commitment."""
        others = (charge.known(charge.contracted_cost) for charge in self._sums.others)
        return add_up((self._sums.discounted, *others))

    @cached_property
    def effective_cost(self) -> Value:
        """The steady month: what is paid once is spread over its months."""
        return add_up(self._sums.by_component.values())

    @cached_property
    def billed_cost(self) -> Value:
        """Cash in the first month."""
        return self.cash(1)

    def cash(self, month: Value) -> Value:
        """Cash in a month of the horizon, or in each of a column of months; the first is 1.

        Of an estimate along months a month is a row, of all of them a row for each.
        """
        others = (charge.known_cash(month) for charge in self._sums.others)
        return add_up((along.at(self._sums.discounted, month), *others))

    @property
    def months(self) -> NDArray[np.float64]:
        """The months of the horizon as a column, for `cash`; the first is 1."""
        return along.numbers(self.horizon_months)

    @property
    def other_months(self) -> Value:
        """Cash in a month in which nothing is due that is not due in every month."""
        others = (c.known_cost for c in self._sums.others if c.spread is None)
        return add_up((self._sums.discounted, *others))

    @cached_property
    def first_year_cash(self) -> Value:
        """Cash in the first twelve months, or in the horizon where it is shorter."""
        months = np.minimum(12.0, self.horizon_months)
        others = (charge.known_within(months) for charge in self._sums.others)
        return add_up((along.over(self._sums.discounted, months), *others))

    @property
    def has_one_off(self) -> bool:
        """Whether something is paid once, so that the first month differs from the others."""
        return any(charge.spread is not None and charge.costs_something for charge in self.charges)

    @property
    def horizon_total(self) -> Value:
        """The effective cost of all months of the horizon, added up where they differ."""
        return along.over(self.effective_cost, self.horizon_months)

    @cached_property
    def by_component(self) -> dict[str, Value]:
        """Effective cost by component, in the order of the tabs."""
        return {name: self._sums.by_component.get(name, 0.0) for name in COMPONENTS}

    @property
    def infrastructure(self) -> Value:
        """The effective cost of all components but labor."""
        return sum((self.by_component[name] for name in INFRASTRUCTURE), 0.0)

    @property
    def labor(self) -> Value:
        """The effective cost of maintenance labor."""
        return self.by_component["labor"]

    @cached_property
    def unpriced(self) -> Value:
        """How many lines lack a price and are left out of the totals."""
        return add_up(charge.is_unpriced for charge in self._sums.others)

    @cached_property
    def gaps(self) -> frozenset[str]:
        """The components of which a line lacks a price: they cost more than their totals say."""
        return frozenset(
            charge.component for charge in self._sums.others if is_something(charge.is_unpriced)
        )

    @property
    def infrastructure_has_gaps(self) -> bool:
        """Whether a component other than labor has a line without a price."""
        return not self.gaps.isdisjoint(INFRASTRUCTURE)

    @cached_property
    def estimated(self) -> Value:
        """How many lines that cost something have an estimated price."""
        return add_up(charge.is_estimated for charge in self.charges)

    @cached_property
    def price_dates(self) -> tuple[str, str] | None:
        """The oldest and the newest date of the provider's prices in this estimate."""
        dates = {
            date
            for charge in self.charges
            if charge.costs_something
            for date in charge.price.provider_dates
        }
        return (min(dates), max(dates)) if dates else None


def estimate(scenario: Scenario, price_book: PriceBook, near: Estimate | None = None) -> Estimate:
    """What a scenario costs at a region's prices.

    Pure. Any numeric field of the scenario may hold an array (see `paths.swept`); the costs
    that it moves are then arrays of its shape, the others stay floats.

    Args:
        near: the estimate of a scenario that differs little, to be done sooner: of a component
            that the difference does not reach its lines are taken, with the costs that they know.
    """
    terms = scenario.terms(price_book)
    charges: list[Charge] = []
    parts: dict[str, Part] = {}
    taken: dict[str, Value] = {}
    for name in COMPONENTS:
        part = near.parts.get(name) if near else None
        if part is None or not part.holds(name, scenario, price_book, terms, taken):
            part = Part.of(name, scenario, price_book, terms, taken)
        taken |= part.taken
        charges += part.lines
        if part.is_of_floats:
            parts[name] = part
    if any(line.is_percentage for line in scenario.own_lines):
        charges += tuple(percentages(scenario, terms, charges))
        charges = [c for name in COMPONENTS for c in charges if c.component == name]
    return Estimate(tuple(charges), scenario.hours_in_month, scenario.horizon_months, parts)


def percentages(scenario: Scenario, terms: Terms, others: Sequence[Charge]) -> Iterator[Charge]:
    """The user's lines that are a part of what others cost.

    Args:
        scenario: whose lines.
        terms: as for an option.
        others: all lines of the estimate that follow no others.
    """
    for line in scenario.own_lines:
        if line.is_percentage:
            for charge in line.charges(terms, others):
                yield from charge.by_tier(line.component, 0.0)
