"""Transfer out of the region."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.factors import Amount, Beyond
from mlflow_cost_desktop.model.terms import Terms
from mlflow_cost_desktop.prices.price_book import Value

WITHOUT_FREE_TRANSFER = ("us-gov-", "cn-")
"""Beginnings of the ids of regions in which AWS gives no transfer away."""


def internet_transfer(terms: Terms, gb: Value, free_gb: Value) -> Iterator[Charge]:
    """Data sent to the internet, GB a month, after what is left of the free allowance.

    AWS gives each account 100 GB a month over all services and regions but GovCloud and China,
    and bills the rest in tiers (https://aws.amazon.com/ec2/pricing/on-demand/, "Data Transfer").
    """
    left = free_gb if has_free_transfer(terms) else 0.0
    yield Charge(
        "Data transfer out",
        (Beyond(Amount(gb, "GB"), left, "free"),),
        terms.price("transfer", "internet"),
    )


def has_free_transfer(terms: Terms) -> bool:
    """Whether the region takes part in the free allowance."""
    return not terms.prices.region_id.startswith(WITHOUT_FREE_TRANSFER)
