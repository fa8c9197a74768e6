"""The one evaluator: a scenario and a price book in, charges and totals out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges import months as along
from mlflow_cost_desktop.model.charges.charge import Charge, add_up
from mlflow_cost_desktop.model.components import COMPONENTS, INFRASTRUCTURE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook


@dataclass(frozen=True)
class Estimate:
    """The bill of a month in USD, line by line, and what it adds up to.

    Totals are made before rounding and leave out lines without a price; `unpriced` counts
    those. Every total is a float, or an array where the scenario is swept; along months see
    `model/charges/months.py`.
    """

    charges: tuple[Charge, ...]
    hours_in_month: Value
    horizon_months: Value

    @cached_property
    def list_cost(self) -> Value:
        """On-demand list prices, without discount or commitment."""
        return add_up(charge.known(charge.list_cost) for charge in self.charges)

    @cached_property
    def contracted_cost(self) -> Value:
        """On-demand prices less the negotiated discount, without commitment."""
        return add_up(charge.known(charge.contracted_cost) for charge in self.charges)

    @cached_property
    def effective_cost(self) -> Value:
        """The steady month: what is paid once is spread over its months."""
        return add_up(charge.known_cost for charge in self.charges)

    @cached_property
    def billed_cost(self) -> Value:
        """Cash in the first month."""
        return self.cash(1)

    def cash(self, month: Value) -> Value:
        """Cash in a month of the horizon, or in each of a column of months; the first is 1.

        Of an estimate along months a month is a row, of all of them a row for each.
        """
        return add_up(charge.known_cash(month) for charge in self.charges)

    @property
    def months(self) -> NDArray[np.float64]:
        """The months of the horizon as a column, for `cash`; the first is 1."""
        return along.numbers(self.horizon_months)

    @property
    def other_months(self) -> Value:
        """Cash in a month in which nothing is due that is not due in every month."""
        return add_up(charge.known_cost for charge in self.charges if charge.spread is None)

    @cached_property
    def first_year_cash(self) -> Value:
        """Cash in the first twelve months, or in the horizon where it is shorter."""
        months = np.minimum(12.0, self.horizon_months)
        return add_up(charge.known_within(months) for charge in self.charges)

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
        return {
            name: add_up(c.known_cost for c in self.charges if c.component == name)
            for name in COMPONENTS
        }

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
        return add_up(charge.is_unpriced for charge in self.charges)

    @cached_property
    def gaps(self) -> frozenset[str]:
        """The components of which a line lacks a price: they cost more than their totals say."""
        return frozenset(
            charge.component
            for charge in self.charges
            if charge.price.may_be_unknown and np.any(charge.is_unpriced)
        )

    @cached_property
    def estimated(self) -> int:
        """How many lines that cost something have an estimated price."""
        return sum(
            1
            for charge in self.charges
            if charge.price.state == "estimated" and charge.costs_something
        )

    @cached_property
    def price_dates(self) -> tuple[str, str] | None:
        """The oldest and the newest date of the provider's prices in this bill."""
        dates = sorted(
            charge.price.date
            for charge in self.charges
            if charge.price.state in ("listed", "estimated") and charge.costs_something
        )
        return (dates[0], dates[-1]) if dates else None


def estimate(scenario: Scenario, price_book: PriceBook) -> Estimate:
    """What a scenario costs at a region's prices.

    Pure. Any numeric field of the scenario may hold an array (see `fields.swept`); the costs
    that it moves are then arrays of its shape, the others stay floats.
    """
    return Estimate(
        tuple(_charges(scenario, price_book)), scenario.hours_in_month, scenario.horizon_months
    )


def _charges(scenario: Scenario, price_book: PriceBook) -> Iterator[Charge]:
    terms = scenario.terms(price_book)
    taken: dict[str, Value] = {}
    for name in COMPONENTS:
        component = getattr(scenario, name)
        discount = scenario.discount_of(name)
        group: str = getattr(component, "option", "")
        for charge in component.charges(terms):
            if charge.price.is_tiered:
                before = taken.get(charge.price.sku_id, 0.0)
                taken[charge.price.sku_id] = before + charge.pricing_quantity
                yield from charge.by_tier(name, discount, before, group=group)
            else:
                yield from charge.by_tier(name, discount, group=group)
        for line in scenario.own_lines:
            if line.component == name:
                yield from line.charge(terms).by_tier(name, discount)
