"""The network: what leaves the region, and what stands around a deployment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.factors import Amount, Beyond
from mlflow_cost_desktop.model.fields import Effect, Model, Section, Unit
from mlflow_cost_desktop.model.option import Discount, Notice
from mlflow_cost_desktop.model.terms import Terms

WITHOUT_FREE_TRANSFER = ("us-gov-", "cn-")
"""Beginnings of the ids of regions in which AWS gives no transfer away."""


class Network(Model):
    """Data that leaves AWS."""

    transfer_out_gb: Annotated[
        float,
        Section("Transfer"),
        Unit("GB", step=10),
        Effect("more", "transfer beyond the free allowance is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Transfer to the internet",
            description="Data a month that leaves AWS, to laptops and other clouds. Transfer "
            "within the region is free.",
        ),
    ] = 0.0
    free_transfer_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("less", "it is taken off before the tiers begin"),
        Field(
            ge=0,
            le=100,
            title="Free transfer left",
            description="What is left for MLflow of the 100 GB a month that AWS gives each "
            "account over all services and regions; 0 where other systems use it up.",
        ),
    ] = 100.0
    discount: Discount = None

    def charges(self, terms: Terms) -> Iterator[Charge]:
        """Data sent to the internet, after what is left of the free allowance.

        AWS gives each account 100 GB a month over all services and regions but GovCloud and
        China, and bills the rest in tiers (https://aws.amazon.com/ec2/pricing/on-demand/, "Data
        Transfer").
        """
        left = self.free_transfer_gb if has_free_transfer(terms) else 0.0
        yield Charge(
            "Data transfer out",
            (Beyond(Amount(self.transfer_out_gb, "GB"), left, "free"),),
            terms.price("transfer", "internet"),
        )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """Paths are relative to the component."""
        if self.transfer_out_gb > 0 and self.free_transfer_gb > 0 and not has_free_transfer(terms):
            yield Notice("free_transfer_gb", "This region has no free transfer; all is billed.")


def has_free_transfer(terms: Terms) -> bool:
    """Whether the region takes part in the free allowance."""
    return not terms.prices.region_id.startswith(WITHOUT_FREE_TRANSFER)
