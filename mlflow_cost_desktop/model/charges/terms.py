"""What an option is handed: everything that its charges depend on and that lies outside it."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, overload

from mlflow_cost_desktop.model.charges.factors import Amount, Factor, Per, Together
from mlflow_cost_desktop.prices.price import KeyPart, Price, Value
from mlflow_cost_desktop.prices.price_book import PriceBook

NO_GB = Amount(0.0, "GB")

T = TypeVar("T")


class Given(Generic[T]):
    """One of the terms, which notes that it was asked for: see `Terms.asked`."""

    __slots__ = ("_name",)

    def __set_name__(self, owner: type[Terms], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, terms: None, owner: type[Terms]) -> Given[T]: ...
    @overload
    def __get__(self, terms: Terms, owner: type[Terms]) -> T: ...
    def __get__(self, terms: Terms | None, owner: type[Terms]) -> Given[T] | T:
        if terms is None:
            return self
        terms.asked.add(self._name)
        return terms.given[self._name]


class Terms:
    """Prices with the user's own rates before them, and what the parts of a scenario share.

    Attributes:
        prices: the region's price book, with own rates.
        hours_in_month: the month convention, h.
        usage: hours a month in which what can be stopped runs, at most the month.
        horizon_months: over how many months one-off work is spread.
        each: how many deployments there are, as a factor of what exists once per deployment
            (servers, database instances, keys); empty where all teams share one.
        users: how many people use the deployment, or all deployments together.
        duties: what work the scenario's choices call for; see `Task.counts`.
        stored: artifacts kept in GB, as factors; for the options of the artifact store.
        proxied: GB of artifacts a month that pass through the server, over all deployments.
        proxied_outside: those of them that the server fetches from outside its own network.
        asked: the names of those that were asked for: what was made with these terms depends on
            no others.
        given: all of them but the prices, by name, without a note of who asks.
    """

    hours_in_month = Given[Value]()
    usage = Given[Factor]()
    horizon_months = Given[Value]()
    each = Given[tuple[Amount, ...]]()
    users = Given[Value]()
    duties = Given[frozenset[str]]()
    stored = Given[tuple[Factor, ...]]()
    proxied = Given[Factor]()
    proxied_outside = Given[Factor]()

    def __init__(
        self,
        prices: PriceBook,
        hours_in_month: Value,
        usage: Factor,
        horizon_months: Value,
        *,
        each: tuple[Amount, ...] = (),
        users: Value = 1.0,
        duties: frozenset[str] = frozenset(),
        stored: tuple[Factor, ...] = (),
        proxied: Factor = NO_GB,
        proxied_outside: Factor = NO_GB,
    ) -> None:
        self.prices = prices
        self.asked: set[str] = set()
        self.given: dict[str, Any] = {
            "hours_in_month": hours_in_month,
            "usage": usage,
            "horizon_months": horizon_months,
            "each": each,
            "users": users,
            "duties": duties,
            "stored": stored,
            "proxied": proxied,
            "proxied_outside": proxied_outside,
        }

    def but(self, **given: Any) -> Terms:
        """The same terms with others of some names; what is asked of them is asked of these."""
        terms = Terms(self.prices, **{**self.given, **given})
        terms.asked = self.asked
        return terms

    def price(self, *key: KeyPart) -> Price:
        """The price of a key; see `PriceBook.price`."""
        return self.prices.price(*key)

    @property
    def whole_month(self) -> Amount:
        """Every hour of the month, for what can't be stopped."""
        return Amount(self.hours_in_month, "h")

    def part_of_each(self, *total: Factor) -> Factor:
        """One deployment's part of what is a total over all of them."""
        parts = (Per(deployments.value, deployments.unit) for deployments in self.each)
        return Together((*total, *parts))
