"""Ways to host a part: what each of them has, what they cost, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import percentages
from mlflow_cost_desktop.model.charges.part import lines_of
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import Model
from mlflow_cost_desktop.model.fields.paths import get, with_arrays
from mlflow_cost_desktop.model.option import Component, Option
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import KeyPart, Price, Value
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
T = TypeVar("T")

HOSTED = ("server", "metadata_store", "artifact_store")
"""The parts that can be hosted in several ways."""

FILE, MOUNT, CLUSTER = "file", "mount", "cluster"
"""What other parts may need of a server: a lasting disk for a file, a machine that mounts a volume,
each of one server alone; nodes of a cluster."""

EVERYWHERE = 3.0
"""Zones of what the provider keeps in all that there are, as far as anybody asks."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a way to host a part has; figures and names may be arrays, one for each size.

    Attributes:
        vcpu, memory_gib: of each machine, task or pod; NaN where nobody knows, infinite where
            nobody has to ask.
        architecture: of its machines, empty where it has none to choose.
        is_burstable: whether they may use all of their vCPU for a while only.
        months: for how long it binds.
        zones: in how many stands a machine that can take over, or a copy.
        is_revocable: whether the provider may take it back.
        is_archived: whether what is kept must be restored before it can be read.
        is_assumed: whether a discount that the program assumes takes the place of a price.
        writers: how many may write at once.
        needs: what it needs of a server, of `FILE`, `MOUNT`, `CLUSTER`.
        gives: what a server gives of these.
        conflict: why it can't be, in words; empty where it can.
        fits_host: whether what it runs on is large enough for it.
        engine: of a database, empty where it is left open.
        to_mind: what has to be known of it, in short sentences without a period.
    """

    vcpu: Value = np.inf
    memory_gib: Value = np.inf
    architecture: KeyPart = ""
    is_burstable: bool | Mask = False
    months: int = 0
    zones: float = EVERYWHERE
    is_revocable: bool = False
    is_archived: bool = False
    is_assumed: bool = False
    writers: float = np.inf
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    conflict: str = ""
    fits_host: bool | Mask = True
    engine: str = ""
    to_mind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Like:
    """What the chosen way has that others are given too, so that they are alike.

    Attributes:
        vcpu, memory_gib: the floor of each server or database; NaN where nobody knows any.
        count: how many servers, or databases, there are side by side.
        peak_count, peak_hours: how many servers more at peak times, and for how long.
        zones: the floor of zones.
        storage_gb, backup_gb, is_stopped, has_proxy: of a database.
        read_back_gb: how much of the artifacts is read in a month.
    """

    vcpu: float = 0.0
    memory_gib: float = 0.0
    count: float = 1.0
    peak_count: float = 0.0
    peak_hours: float = 0.0
    zones: float = 1.0
    storage_gb: float | None = None
    backup_gb: float = 0.0
    is_stopped: bool = False
    has_proxy: bool = False
    read_back_gb: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether it is known how large others have to be."""
        return not (np.isnan(self.vcpu) or np.isnan(self.memory_gib))


@dataclass(frozen=True)
class Ways:
    """Ways to host a part by one option, which differ in nothing but the name of a size.

    Attributes:
        part: the component.
        name: the option's.
        option: with its choices made; the size is any of them.
        size: the field of the option that names the size, empty where there is one way alone.
        sizes: the names.
        shape: what kind of hosting it is, for a list that shows each kind once: the option, and
            what it runs on.
    """

    part: str
    name: str
    option: Option
    size: str = ""
    sizes: NDArray[np.str_] = field(default_factory=lambda: np.array([""]))
    shape: str = ""

    @property
    def kind(self) -> str:
        return f"{self.name}/{self.shape}" if self.shape else self.name

    @cached_property
    def many(self) -> Option:
        """The option with the names of all sizes, for what takes many at once."""
        return with_arrays(self.option, {self.size: self.sizes}) if self.size else self.option

    def one(self, at: int) -> Option:
        """The option of one size."""
        if not self.size:
            return self.option
        return with_value(self.option, self.size, str(self.sizes[at]))

    def only(self, mask: Mask) -> Ways:
        """Those of some sizes."""
        if mask.all():
            return self
        return Ways(self.part, self.name, self.option, self.size, self.sizes[mask], self.shape)

    def hosted(self, scenario: Scenario, option: Option) -> Component:
        """The scenario's part, hosted by one option."""
        part: Component = getattr(scenario, self.part)
        return part.model_copy(update={"option": self.name, self.name: option})


def with_value(option: Option, path: str, value: Any) -> Option:
    """A copy of an option with another value that suits its field already."""
    first, dot, rest = path.partition(".")
    inner = with_value(getattr(option, first), rest, value) if dot else value
    return option.model_copy(update={first: inner})


class Sold:
    """Names of sizes that a book, or a rate of the user's own, has a price of.

    Args:
        price_book: with own rates.
        inner: of keys that begin with a word, which of their words is the name of a size.
    """

    def __init__(self, price_book: PriceBook, inner: Mapping[str, int]) -> None:
        names: dict[tuple[str, ...], list[str]] = {}
        for key in chain(price_book.listed, price_book.own_rates):
            words = key.split("/")
            at = inner.get(words[0])
            if at is not None and len(words) > at:
                name = words.pop(at)
                names.setdefault(tuple(words), []).append(name)
        # Often the same names are sold in several ways: they are one array, so that what is
        # worked out of them is remembered for all of these.
        arrays: dict[tuple[str, ...], NDArray[np.str_]] = {}
        self._names: dict[tuple[str, ...], NDArray[np.str_]] = {}
        for others, found in names.items():
            once = tuple(dict.fromkeys(found))
            if once not in arrays:
                arrays[once] = np.array(once, dtype=np.str_)
            self._names[others] = arrays[once]

    def __contains__(self, name: object) -> bool:
        """Whether anything is sold of that name."""
        return any(name in names for names in self._names.values())

    def named(self, *others: str) -> NDArray[np.str_]:
        """The names beside the other words of a key: the same array each time."""
        return self._names.get(others, NOTHING_SOLD)


NOTHING_SOLD: NDArray[np.str_] = np.array([], dtype=np.str_)


@dataclass(frozen=True)
class SearchedBook(PriceBook):
    """A price book that remembers the prices of many keys, and the sizes of many machines.

    Of a search many ways ask for the same names; an array is known by itself, not by its values.
    """

    seen: dict[tuple[object, ...], tuple[tuple[KeyPart, ...], Any]] = field(
        default_factory=dict[tuple[object, ...], "tuple[tuple[KeyPart, ...], Any]"]
    )

    @staticmethod
    def of(book: PriceBook) -> SearchedBook:
        """A book with the same prices."""
        return SearchedBook(**{each.name: getattr(book, each.name) for each in fields(book)})

    def price(self, *key: KeyPart) -> Price:
        if all(isinstance(part, str) for part in key):
            return super().price(*key)
        return self._remembered("price", key, super().price)

    def machine_sizes(self, names: KeyPart) -> tuple[Value, Value]:
        if isinstance(names, str):
            return super().machine_sizes(names)
        return self._remembered("sizes", (names,), super().machine_sizes)

    def of_each(self, names: KeyPart, work: Callable[[PriceBook, KeyPart], T]) -> T:
        if isinstance(names, str):
            return work(self, names)
        return self._remembered(work, (names,), partial(work, self))

    def _remembered(self, what: object, key: tuple[KeyPart, ...], work: Callable[..., T]) -> T:
        known = (what, *(part if isinstance(part, str) else id(part) for part in key))
        if known not in self.seen:
            self.seen[known] = key, work(*key)  # with the arrays: they must not go
        found: T = self.seen[known][1]
        return found


class Pricer:
    """What ways cost in one region, USD a month: the lines of their part alone.

    Lines that are a part of what others cost are counted as if all else stayed as it is.
    """

    def __init__(self, scenario: Scenario, price_book: PriceBook) -> None:
        self.scenario = scenario
        self.price_book = SearchedBook.of(price_book)
        self.terms = scenario.terms(self.price_book)
        self._sold: Sold | None = None
        self._has_percentages = any(line.is_percentage for line in scenario.own_lines)

    @cached_property
    def _present(self) -> dict[str, tuple[Charge, ...]]:
        taken: dict[str, Value] = {}
        return {
            name: tuple(lines_of(name, self.scenario, self.terms, taken)) for name in COMPONENTS
        }

    def sold(self, inner: Mapping[str, int]) -> Sold:
        """The names of sizes that have a price here; see `Sold`."""
        if self._sold is None:
            self._sold = Sold(self.terms.prices, inner)
        return self._sold

    def is_sold(self, option: Option) -> bool:
        """Whether the book, or a rate of the user's own, has any price of a machine."""
        names = getattr(option, "instance_type", getattr(option, "instance_class", ""))
        return not names or self._sold is None or names in self._sold

    def network(self) -> tuple[float, float]:
        """What the network costs here, and how many of its lines lack a price."""
        charges = self._present["network"]
        unpriced = add_up(charge.is_unpriced for charge in charges)
        return self._known("network", charges), float(unpriced)

    def labor(self, scenario: Scenario) -> float:
        """What the work costs that a scenario's hosting calls for."""
        terms = scenario.terms(self.price_book)
        charges = tuple(lines_of("labor", scenario, terms, {}))
        return self._known("labor", charges)

    def cost(self, ways: Ways) -> tuple[Values, Mask]:
        """What each of some ways costs, NaN where a line lacks a price; which are estimated.

        The latter is told only where estimated prices do not count.
        """
        try:
            return self._cost(ways, ways.many)
        except UserError:  # a rate of the user's own has tiers: it is asked for by itself
            half = len(ways.sizes) // 2
            if not half:
                return self._cost(ways, ways.one(0))
            here = np.arange(len(ways.sizes)) < half
            parts = [self.cost(ways.only(mask)) for mask in (here, ~here)]
            return (
                np.concatenate([cost for cost, _ in parts]),
                np.concatenate([estimated for _, estimated in parts]),
            )

    def _cost(self, ways: Ways, option: Option) -> tuple[Values, Mask]:
        hosted = ways.hosted(self.scenario, option)
        scenario = self.scenario.model_copy(update={ways.part: hosted})
        charges = tuple(lines_of(ways.part, scenario, self.terms, {}))
        cost = self._with_percentages(ways.part, charges, _sum_of(charges))
        estimated: Value = 0.0
        if not self.scenario.needs.estimated:  # else nobody asks
            estimated = add_up(charge.is_estimated for charge in charges)
        shape = ways.sizes.shape
        return (
            np.broadcast_to(cost, shape).copy(),
            np.broadcast_to(np.asarray(estimated) > 0, shape).copy(),
        )

    def _known(self, part: str, charges: tuple[Charge, ...]) -> float:
        """What the lines of a part cost that have a price."""
        cost = add_up(charge.known_cost for charge in charges)
        return float(self._with_percentages(part, charges, cost))

    def _with_percentages(self, part: str, charges: tuple[Charge, ...], cost: Value) -> Value:
        """With what lines cost more or less that follow others, with other lines of one part."""
        if not self._has_percentages:
            return cost
        return cost + self._following(part, charges) - self._following(part, ())

    def _following(self, part: str, charges: tuple[Charge, ...]) -> Value:
        """What the lines cost that follow others, with other lines of one part."""
        others = [charge for name, here in self._present.items() if name != part for charge in here]
        following = percentages(self.scenario, self.terms, (*others, *charges))
        return add_up(charge.known_cost for charge in following)


def _sum_of(charges: tuple[Charge, ...]) -> Value:
    """What lines cost together, NaN where one of them lacks a price."""
    return sum((charge.effective_cost for charge in charges), start=0.0)


def differing_values(before: Model, after: Model, path: str) -> Iterator[tuple[str, Any]]:
    """The fields in which two values of a kind differ, by path, each with its new value."""
    for name in type(before).model_fields:
        old, new = get(before, name), get(after, name)
        if old == new:
            continue
        here = f"{path}.{name}"
        if isinstance(old, Model):
            yield from differing_values(old, new, here)
        else:
            yield here, new
