"""A price by its key, or a clear "unknown"."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import NamedTuple, TypeVar

import numpy as np

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.price import Each, KeyPart, Price, Value, flat, unknown
from mlflow_cost_desktop.prices.provider import Provider

T = TypeVar("T")


class InstanceType(NamedTuple):
    """A machine that the provider sells; memory in GiB."""

    name: str
    vcpu: float
    memory_gib: float
    architecture: str


@dataclass(frozen=True)
class PriceBook:
    """The prices of one provider's region.

    Keys are words joined by "/", from the general to the particular; the joined key is the
    SKU that files, exports and the command line name. `sources` tells where each source of
    prices is found, by its label. `own_rates` come before the book's prices; each is made when
    it is asked for, since of a thousand rates an estimate asks for a few. `change` is
    how many times the provider's prices are asked, in each month where it is a column; own rates
    stay as they are. `edition` names the book: the one that came with the program, or one that
    was fetched.
    """

    provider: Provider
    region_id: str
    region_name: str
    listed: Mapping[str, Price]
    instance_types: Mapping[str, InstanceType] = field(default_factory=dict[str, InstanceType])
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    own_rates: Mapping[str, Callable[[], Price]] = field(
        default_factory=dict[str, "Callable[[], Price]"]
    )
    change: Value = 1.0
    edition: str = ""

    def price(self, *key: KeyPart) -> Price:
        """The price of a key; of many keys at once when parts of it are arrays.

        Parts that are arrays are broadcast together; the price then holds an array, NaN
        where a key is unknown, and says what each of its prices is. A key that no source holds
        gives an unknown price.

        Raises:
            UserError: if an array of keys meets a price in tiers or with a free quantity, or
                prices that change by month.
        """
        words = [part for part in key if isinstance(part, str)]
        if len(words) == len(key):
            return self._one("/".join(words))
        if isinstance(self.change, np.ndarray):
            raise UserError(
                "Prices that change over time can't be asked for among many at once",
                "Nothing was changed; ask for each by itself.",
            )
        shape = np.broadcast_shapes(*(part.shape for part in key if not isinstance(part, str)))
        words_of_each = zip(*(_each(part, shape) for part in key), strict=False)
        skus = list(map("/".join, words_of_each))
        known = {sku: self._one(sku) for sku in dict.fromkeys(skus)}  # a family has many sizes
        found = [known[sku] for sku in skus]
        tiered = next((price.sku_id for price in found if price.is_tiered), None)
        if tiered is not None:
            raise UserError(
                f"The price of {tiered} has tiers or a free quantity, and can't be asked for "
                "among many at once",
                "Nothing was changed; ask for it by itself.",
            )
        usd = np.array([price.tiers[0].usd for price in found], dtype=float).reshape(shape)
        upfront = [price.upfront_usd for price in found]
        some_upfront = any(part is not None for part in upfront)
        return Price(
            "/".join(part if isinstance(part, str) else "*" for part in key),
            next((price.unit for price in found if price.unit), ""),
            flat(usd),
            upfront_usd=np.array([part or 0.0 for part in upfront], dtype=float).reshape(shape)
            if some_upfront
            else None,
            state="several",
            origin="several",
            each=Each(np.array(found, dtype=np.object_).reshape(shape)),
        )

    def _one(self, sku_id: str) -> Price:
        listed = self.listed.get(sku_id)
        own = self.own_rates.get(sku_id) if self.own_rates else None
        if own is not None:
            return replace(own(), unit=listed.unit) if listed else own()
        known = listed or self.provider.estimated(self.listed, sku_id)
        if known is None:
            return unknown(sku_id)
        is_changed = isinstance(self.change, np.ndarray) or self.change != 1.0
        return known.times(self.change) if is_changed else known

    def machine_sizes(self, names: KeyPart) -> tuple[Value, Value]:
        """vCPU and GiB of a machine, or of each of many; NaN where nobody knows them."""
        if isinstance(names, str):
            machine = self.instance_types.get(names)
            return (machine.vcpu, machine.memory_gib) if machine else (math.nan, math.nan)
        found = [self.instance_types.get(name) for name in names.ravel().tolist()]
        sizes = [(m.vcpu, m.memory_gib) if m else (math.nan, math.nan) for m in found]
        vcpu, gib = np.array(sizes, dtype=float).reshape(-1, 2).T
        return vcpu.reshape(names.shape), gib.reshape(names.shape)

    def of_each(self, names: KeyPart, work: Callable[[PriceBook, KeyPart], T]) -> T:
        """What is worked out of names; who asks for the same ones often may remember it."""
        return work(self, names)

    def with_own_rates(self, own_rates: Mapping[str, Callable[[], Price]]) -> PriceBook:
        """This book with the user's own rates before its prices, in the units of those."""
        return replace(self, own_rates=own_rates)

    def with_change(self, change: Value) -> PriceBook:
        """This book at other prices of the provider's: times a factor, or a column by month."""
        return replace(self, change=change)

    def __iter__(self) -> Iterator[Price]:
        return iter(self.listed.values())


def _each(part: KeyPart, shape: tuple[int, ...]) -> Iterable[str]:
    """A part of a key for each of many keys, without end where it is the same in all."""
    if isinstance(part, str):
        return repeat(part)
    return np.broadcast_to(part, shape).ravel().tolist()
