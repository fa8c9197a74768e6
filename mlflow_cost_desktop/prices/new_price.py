"""Prices as a provider's own list names them, before they are in a book."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.book_file import Rule
from mlflow_cost_desktop.prices.price_book import InstanceType

NOTHING_LOST = "The prices that you have are as they were."

NewTier: TypeAlias = tuple[Decimal, Decimal | None, Decimal]
"""From which quantity, up to which (None: without end), and the price."""


class RefusedFileError(UserError):
    """A file of a price list that can't be used; the prices of its service stay as they are."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "The old prices of this service are kept.")


class NewPrice(NamedTuple):
    """A price with all its digits; its tiers reach from 0 without end."""

    key: str
    unit: str
    tiers: tuple[NewTier, ...]
    upfront: Decimal | None = None
    rule: str = ""

    @property
    def amounts(self) -> tuple[float, ...]:
        """All of its figures, for comparing them with those of another."""
        upfront = () if self.upfront is None else (float(self.upfront),)
        return (*(float(usd) for _, _, usd in self.tiers), *upfront)

    @property
    def is_free(self) -> bool:
        return not any(self.amounts)


class ServicePrices(NamedTuple):
    """What the file of one service holds.

    Attributes:
        service: what the provider calls it.
        prices: by key.
        machines: sizes of the machines that it sells, by name.
        refused: why a key that it names can't be used.
        published: the day of its publication (ISO).
        version: what the provider calls this state of it.
        rules: what stands behind the ids of rules that its prices name.
    """

    service: str
    prices: Mapping[str, NewPrice]
    machines: Mapping[str, InstanceType]
    refused: Mapping[str, str]
    published: str
    version: str
    rules: Mapping[str, Rule]
