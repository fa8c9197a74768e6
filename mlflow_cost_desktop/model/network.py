"""Transfer out of the region."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.factors import Amount, Beyond
from mlflow_cost_desktop.model.terms import Terms
from mlflow_cost_desktop.prices.price_book import Value


def internet_transfer(terms: Terms, gb: Value, free_gb: Value) -> Iterator[Charge]:
    """Data sent to the internet, GB a month, after what is left of the free allowance.

    AWS gives each account 100 GB a month over all services and regions, and bills the rest in
    tiers (https://aws.amazon.com/ec2/pricing/on-demand/, "Data Transfer").
    """
    yield Charge(
        "Data transfer out",
        (Beyond(Amount(gb, "GB"), free_gb, "free"),),
        terms.price("transfer", "internet"),
    )
