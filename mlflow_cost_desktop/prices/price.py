"""What one unit costs: listed, the user's own, estimated or unknown, with source and date."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = "float | NDArray[np.float64]"
"""A figure, or an array of figures of one shape when a sweep asks for many at once."""

KeyPart: TypeAlias = "str | NDArray[np.str_]"

PriceState: TypeAlias = Literal["listed", "own", "estimated", "unknown"]

PriceOrigin: TypeAlias = Literal["provider", "own_rate", "own_line", "labor", "plan", "field"]
"""Where a price comes from: a price book, or what the user put in place of it or beside it.

A field is any other input of the scenario that is a price already, as that of a node.
"""


class Tier(NamedTuple):
    """The unit price between two quantities a month, in the price's unit."""

    begin: float
    end: float
    usd: Value


@dataclass(frozen=True, slots=True)
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
    own: NDArray[np.bool_] | None = None
    """Where an array of prices holds the user's own rates."""
    origin: PriceOrigin = "provider"

    @property
    def has_key(self) -> bool:
        """Whether a key of the price book leads here; other prices are fields of the scenario."""
        return self.origin in ("provider", "own_rate")

    @property
    def discountable(self) -> Value:
        """1 where a negotiated discount applies: on the provider's prices, not on own rates."""
        if self.own is not None:
            return np.where(self.own, 0.0, 1.0)
        return 1.0 if self.state in ("listed", "estimated") else 0.0

    @property
    def may_be_unknown(self) -> bool:
        """Whether it is NaN, or an array in which some prices may be."""
        return self.state == "unknown" or isinstance(self.tiers[0].usd, np.ndarray)

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

    def of_tier(self, tier: Tier) -> Price:
        """This price as it is within one of its tiers."""
        return replace(self, tiers=(tier,), free_quantity=0.0)

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
