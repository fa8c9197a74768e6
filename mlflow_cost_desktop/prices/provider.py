"""A provider: whose prices they are, and the rules of its own that price books follow."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from mlflow_cost_desktop.prices.price import Price, Tier

if TYPE_CHECKING:
    from mlflow_cost_desktop.prices.update import PriceList

Estimated: TypeAlias = Callable[[Mapping[str, Price], str], "Price | None"]
"""From a book's prices and a key that is not among them: an estimate, if there is a rule."""


@dataclass(frozen=True, slots=True)
class SupportPlan:
    """What help costs that is billed as a part of the provider's other charges.

    Attributes:
        minimum_usd: what it costs at least, a month.
        steps: from which USD a month on which percent of each further dollar are billed.
        source, date: where the provider says so, and of when that is.
    """

    minimum_usd: float
    steps: tuple[tuple[float, float], ...]
    source: str
    date: str

    def price(self, sku_id: str) -> Price:
        """A dollar of the provider's charges, in tiers."""
        ends = [*(begin for begin, _ in self.steps[1:]), math.inf]
        tiers = (
            Tier(begin, end, percent / 100.0)
            for (begin, percent), end in zip(self.steps, ends, strict=True)
        )
        return Price(sku_id, "USD", tuple(tiers), source=self.source, date=self.date)


def never_estimated(listed: Mapping[str, Price], key: str) -> Price | None:
    """No rule: what no source holds stays unknown."""
    return None


@dataclass(frozen=True, slots=True)
class Provider:
    """Somebody who sells what a deployment runs on.

    Attributes:
        id: its name in scenarios and own rates, and that of the folder of its price books.
        name: its name in documents.
        first_region: the region that a new scenario is in.
        estimated: the price of a key that no source holds, by a rule of the provider's.
        other_region: the region that a new scenario's data is sent to, if it is sent to one.
        free_transfer_gb: what each account may send to the internet a month for nothing, over
            all services and regions.
        without_free_transfer: what the ids of regions without free transfer begin with.
        continents: where its regions are, by what their ids begin with; the longest counts.
        support: support plans that are a part of the other charges, by name.
        acronyms: the words of its keys that are written in capitals.
        sold_by_type: beginnings of the keys of machines, whose types come and go.
        to_be_named: what the ids of regions begin with that are for some customers only.
        price_list: its own list of today's prices, which loads what reads it; None where it has
            none that the program can read.
    """

    id: str
    name: str
    first_region: str
    estimated: Estimated = never_estimated
    other_region: str = ""
    free_transfer_gb: float = 0.0
    without_free_transfer: tuple[str, ...] = ()
    continents: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    support: Mapping[str, SupportPlan] = field(default_factory=dict[str, SupportPlan], hash=False)
    acronyms: frozenset[str] = frozenset()
    sold_by_type: tuple[str, ...] = ()
    to_be_named: tuple[str, ...] = ()
    price_list: Callable[[], PriceList] | None = None

    def has_free_transfer(self, region_id: str) -> bool:
        """Whether a region takes part in the free allowance of transfer."""
        return not region_id.startswith(self.without_free_transfer)

    def continent(self, region_id: str) -> str:
        """The part of the world that a region is in; empty where nobody says so."""
        found = [start for start in self.continents if region_id.startswith(start)]
        return self.continents[max(found, key=len)] if found else ""

    def key_in_words(self, key: str) -> str:
        """The key of a price for a reader: `lb/hour/us_east` is "LB · hour · us east"."""
        parts = (part.replace("_", " ").split() for part in key.split("/"))
        return " · ".join(
            " ".join(word.upper() if word in self.acronyms else word for word in part)
            for part in parts
        )
