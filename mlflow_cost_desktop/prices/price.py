"""What one unit costs: listed, the user's own, estimated or unknown, with source and date."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = "float | NDArray[np.float64]"
"""A figure, or an array of figures of one shape when a sweep asks for many at once."""


def is_something(figure: Value) -> bool:
    """Whether a figure is not zero, or not everywhere."""
    return bool(figure.any() if isinstance(figure, np.ndarray) else figure)


KeyPart: TypeAlias = "str | NDArray[np.str_]"

PriceState: TypeAlias = Literal["listed", "own", "estimated", "unknown", "several"]
"""What is known of a price; several, where an array holds prices of which `Each` says it."""

PriceOrigin: TypeAlias = Literal[
    "provider", "own_rate", "own_line", "labor", "plan", "field", "several"
]
"""Where a price comes from: a price book, or what the user put in place of it or beside it.

A field is any other input of the scenario that is a price already, as that of a node; several,
where an array holds prices of which `Each` says it.
"""

PROVIDERS: tuple[PriceState, ...] = ("listed", "estimated")
"""States of the provider's prices: negotiated discounts apply to these."""


def in_short(key: KeyPart) -> str:
    """A part of a key in words, or how many an array of them is: nobody reads a thousand names."""
    return key if isinstance(key, str) else f"any of {key.size:,}"


class Tier(NamedTuple):
    """The unit price between two quantities a month, in the price's unit."""

    begin: float
    end: float
    usd: Value


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """The single prices of an array, in its shape; what they are is looked up when asked for."""

    prices: NDArray[np.object_]

    @property
    def states(self) -> NDArray[np.str_]:
        return self._all(lambda price: price.state)

    @property
    def sources(self) -> NDArray[np.str_]:
        return self._all(lambda price: price.source)

    @property
    def dates(self) -> NDArray[np.str_]:
        return self._all(lambda price: price.date)

    @property
    def origins(self) -> NDArray[np.str_]:
        return self._all(lambda price: price.origin)

    def _all(self, what: Callable[[Price], str]) -> NDArray[np.str_]:
        found = [what(price) for price in self.prices.ravel().tolist()]
        return np.array(found, dtype=np.str_).reshape(self.prices.shape)


@dataclass(frozen=True)
class Price:
    """What one unit costs.

    `tiers` reach from 0 to infinity without gaps. `upfront_usd` is paid once per unit of
    capacity and term, `None` where nothing is. `free_quantity` is taken off the monthly
    quantity before the tiers begin. An unknown price has one tier of NaN.
    """

    sku_id: str
    unit: str
    tiers: tuple[Tier, ...]
    upfront_usd: Value | None = None
    free_quantity: float = 0.0
    state: PriceState = "listed"
    rule: str = ""
    source: str = ""
    date: str = ""
    each: Each | None = None
    """Of prices of many keys, in place of `state`, `source`, `date` and `origin`."""
    origin: PriceOrigin = "provider"

    @property
    def has_key(self) -> bool:
        """Whether a key of the price book leads here; other prices are fields of the scenario."""
        return self.origin in ("provider", "own_rate", "several")  # only keys are asked for by many

    @property
    def discountable(self) -> Value:
        """1 where a negotiated discount applies: on the provider's prices, not on own rates."""
        return self._where(*PROVIDERS)

    @property
    def estimated(self) -> Value:
        """1 where it is estimated by a rule, else 0."""
        return self._where("estimated")

    def _where(self, *states: PriceState) -> Value:
        if self.each is not None:
            return np.where(np.isin(self.each.states, states), 1.0, 0.0)
        return 1.0 if self.state in states else 0.0

    @property
    def may_be_unknown(self) -> bool:
        """Whether it is NaN, or holds the prices of many keys, of which some may be."""
        return self.state == "unknown" or self.each is not None

    @property
    def provider_dates(self) -> tuple[str, ...]:
        """The dates of the provider's prices in it."""
        if self.each is not None:
            return tuple(set(self.each.dates[np.isin(self.each.states, PROVIDERS)].tolist()))
        return (self.date,) if self.state in PROVIDERS else ()

    def only_where(self, known: NDArray[np.bool_]) -> Price:
        """The prices where a condition holds, unknown ones elsewhere; itself where it holds."""
        if known.all():
            return self
        single = self.each.prices if self.each else np.array(self, dtype=np.object_)
        lacking = np.array(unknown(self.sku_id), dtype=np.object_)
        return replace(
            self,
            tiers=flat(np.where(known, self.usd, math.nan)),
            state="several",
            source="",
            date="",
            origin="several",
            each=Each(np.where(known, single, lacking)),
        )

    @property
    def is_tiered(self) -> bool:
        return len(self.tiers) > 1 or self.free_quantity > 0

    @property
    def usd(self) -> Value:
        """The price of one unit.

        Raises:
            ValueError: for a price in tiers, which has no single figure.
        """
        if len(self.tiers) != 1:
            raise ValueError(f"{self.sku_id} is priced in tiers")
        return self.tiers[0].usd

    @cached_property
    def in_tiers(self) -> tuple[Price, ...]:
        """This price as it is within each of its tiers."""
        return tuple(replace(self, tiers=(tier,), free_quantity=0.0) for tier in self.tiers)

    def times(self, factor: Value) -> Price:
        """This price, and its upfront part, so many times as high; in each month for a column."""
        tiers = tuple(tier._replace(usd=tier.usd * factor) for tier in self.tiers)
        upfront = None if self.upfront_usd is None else self.upfront_usd * factor
        return replace(self, tiers=tiers, upfront_usd=upfront)

    def upfront(self, unit: str) -> Price:
        """The upfront part as a price of its own, per `unit` of capacity."""
        usd = 0.0 if self.upfront_usd is None else self.upfront_usd
        return replace(self, unit=unit, tiers=flat(usd), upfront_usd=None, free_quantity=0.0)


def flat(usd: Value) -> tuple[Tier, ...]:
    """One tier for every quantity."""
    return (Tier(0.0, math.inf, usd),)


def unknown(sku_id: str) -> Price:
    """A price that no source holds."""
    return Price(sku_id, "", flat(math.nan), state="unknown")
