"""What a text field can be chosen from, made from the price book."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.aws.machine_keys import machine_keys
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import get, replace, spec_at
from mlflow_cost_desktop.model.option import Component
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import InstanceType, PriceBook

TO_REGION = "transfer/region/"
"""How the keys of transfer to another region begin; the region's id follows."""


class Choice(NamedTuple):
    """A value and what tells it from its neighbors: `2 vCPU · 8 GiB · $0.096 / h`."""

    value: str
    detail: str


class ChoiceList(Protocol):
    """What a text can be chosen from in a region."""

    def choices(self, price_book: PriceBook, figures: Figures) -> tuple[Choice, ...]: ...

    def size(self, name: str, price_book: PriceBook, figures: Figures) -> str:
        """What tells a value apart, empty for one that nobody knows."""
        ...


class MachineList(NamedTuple):
    """Machines of the price book whose price stands under a key with their name in it."""

    before: tuple[str, ...]
    prefix: str
    after: tuple[str, ...]

    def choices(self, price_book: PriceBook, figures: Figures) -> tuple[Choice, ...]:
        """The machines that the region sells, small ones first within their family."""
        machines = sorted(
            price_book.instance_types.values(),
            key=lambda machine: (machine.name.partition(".")[0], machine.vcpu, machine.memory_gib),
        )
        names = np.array([self.prefix + machine.name for machine in machines], dtype=np.str_)
        prices = price_book.price(*self.before, names, *self.after)
        return tuple(
            Choice(name, f"{_size(machine, figures)} · {figures.unit_price(usd)} / h")
            for machine, name, usd in zip(
                machines, names.tolist(), np.asarray(prices.usd).tolist(), strict=True
            )
            if usd == usd  # NaN: not sold here, or not known
        )

    def size(self, name: str, price_book: PriceBook, figures: Figures) -> str:
        """`2 vCPU · 8 GiB`, empty for a machine that nobody knows."""
        machine = price_book.instance_types.get(name.removeprefix(self.prefix))
        return _size(machine, figures) if machine else ""


class DestinationList(NamedTuple):
    """Regions that data can be sent to, with the price of it."""

    def choices(self, price_book: PriceBook, figures: Figures) -> tuple[Choice, ...]:
        """The regions to which the price book has a price, by name."""
        names = sorted(key.removeprefix(TO_REGION) for key in price_book.listed if TO_REGION in key)
        return tuple(Choice(name, self.size(name, price_book, figures)) for name in names)

    def size(self, name: str, price_book: PriceBook, figures: Figures) -> str:
        """`$0.02 / GB`, empty where no price is known."""
        price = price_book.price(f"{TO_REGION}{name}")
        return "" if price.state == "unknown" else f"{figures.unit_price(float(price.usd))} / GB"


def _size(machine: InstanceType, figures: Figures) -> str:
    memory = figures.exact(round(machine.memory_gib, 2))
    return f"{figures.exact(machine.vcpu)} vCPU · {memory} GiB"


def machine_list(chooser: str, scenario: Scenario) -> ChoiceList:
    """The list behind a chooser, as the scenario's other choices narrow it down.

    Raises:
        KeyError: for a chooser that lists neither machines nor destinations.
    """
    if chooser == "destination":
        return DestinationList()
    before, prefix, after = machine_keys(scenario)[chooser]
    return MachineList(before, prefix, after)


def without_price(scenario: Scenario, price_book: PriceBook, path: str) -> frozenset[str]:
    """The values of a choice with which more lines lack a price than with others of its values.

    These are, as far as the price book knows, not sold in its region; options that its provider
    does not sell at all are among them.

    Raises:
        UserError: if there is no such field.
    """
    unpriced = {
        choice: float(estimate(replace(scenario, path, choice), price_book).unpriced)
        for choice in spec_at(scenario, path).choices
    }
    least = min(unpriced.values(), default=0.0)
    missing = {choice for choice, lines in unpriced.items() if lines > least}
    holder = get(scenario, path.rpartition(".")[0]) if "." in path else scenario
    if isinstance(holder, Component) and path.endswith(".option"):
        missing |= {
            choice
            for choice in unpriced
            if not getattr(holder, choice).is_sold_by(price_book.provider.id)
        }
    return frozenset(missing)
