"""The lines of one component, and what they were made of: where that stays, so do they."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

import numpy as np

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one component, but those that are a part of what others cost.

    Attributes:
        sources: what they were made of besides the terms.
        terms: those of the terms that they asked for, by name.
        before: the quantities that lines before took at the prices in tiers that they use, by SKU.
        taken: the same with what they took themselves.
    """

    lines: tuple[Charge, ...]
    sources: tuple[object, ...]
    terms: dict[str, object]
    before: dict[str, Value]
    taken: dict[str, Value]

    @classmethod
    def of(
        cls,
        name: str,
        scenario: Scenario,
        price_book: PriceBook,
        terms: Terms,
        taken: Mapping[str, Value],
    ) -> Part:
        """Work out the lines of a component.

        Args:
            name: the component.
            scenario: whose component.
            price_book: what the terms' prices were made of.
            terms: the scenario's, as for an option.
            taken: the quantities that components before took at prices in tiers, by SKU.
        """
        terms.asked.clear()
        own: dict[str, Value] = {}
        lines = tuple(
            lines_of(name, scenario, terms, ChainMap(own, cast("dict[str, Value]", taken)))
        )
        return cls(
            lines,
            _sources(name, scenario, price_book),
            {asked: terms.given[asked] for asked in terms.asked},
            {sku: taken.get(sku, 0.0) for sku in own},
            own,
        )

    @property
    def is_of_floats(self) -> bool:
        """Whether quantities are floats: arrays of a million points are not held on to."""
        return not any(isinstance(value, np.ndarray) for value in self.taken.values())

    def holds(
        self,
        name: str,
        scenario: Scenario,
        price_book: PriceBook,
        terms: Terms,
        taken: Mapping[str, Value],
    ) -> bool:
        """Whether the same lines would be made of all this; see `of`."""
        return (
            _same(self.sources, _sources(name, scenario, price_book))
            and all(_same(value, terms.given[asked]) for asked, value in self.terms.items())
            and all(_same(before, taken.get(sku, 0.0)) for sku, before in self.before.items())
        )


def _sources(name: str, scenario: Scenario, price_book: PriceBook) -> tuple[object, ...]:
    return (
        getattr(scenario, name),
        scenario.discount_of(name),
        scenario.own_lines,
        scenario.own_rates,
        price_book,
    )


def _same(one: object, other: object) -> bool:
    """Whether two values are equal; of models and arrays, which take long, whether they are one."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        ones, others = cast("tuple[Any, ...]", one), cast("tuple[Any, ...]", other)
        return len(ones) == len(others) and all(map(_same, ones, others))
    if is_dataclass(one):
        names = (field.name for field in fields(one))
        return all(_same(getattr(one, name), getattr(other, name)) for name in names)
    return isinstance(one, float | int | str | frozenset) and one == other


def lines_of(
    name: str, scenario: Scenario, terms: Terms, taken: MutableMapping[str, Value]
) -> Iterator[Charge]:
    """The lines of one component, but those that are a part of what others cost.

    Args:
        name: the component.
        scenario: whose component.
        terms: the scenario's, as for an option.
        taken: the quantities that lines before took at prices in tiers, by SKU; added to.
    """
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
        if line.component == name and not line.is_percentage:
            for charge in line.charges(terms, ()):
                yield from charge.by_tier(name, discount)
