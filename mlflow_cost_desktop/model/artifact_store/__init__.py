"""The artifact store: where models and other large files are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.artifact_store.s3 import S3
from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.fields import Effect, Labels, Section, Unit
from mlflow_cost_desktop.model.network import has_free_transfer, internet_transfer
from mlflow_cost_desktop.model.option import Component, Discount, Notice
from mlflow_cost_desktop.model.terms import Terms


class ArtifactStore(Component):
    """The artifact store, the ways to keep artifacts, and what leaves it."""

    option: Annotated[
        Literal["s3"],
        Labels({"s3": "Amazon S3 Standard"}),
        Field(title="Hosting", description="Where artifacts are kept."),
    ] = "s3"
    stored_gb: Annotated[
        float,
        Section("Storage"),
        Unit("GB", step=100),
        Effect("more", "storage is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Artifacts kept",
            description="Models and other files, on average over the month. 1 TB = 1,024 GB.",
        ),
    ] = 1024.0
    s3: Annotated[S3, Field(title="Amazon S3")] = S3()
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
        yield from self.chosen.charges(replace(terms, stored_gb=self.stored_gb))
        yield from internet_transfer(terms, self.transfer_out_gb, self.free_transfer_gb)

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield from super().notices(terms)
        if self.transfer_out_gb > 0 and self.free_transfer_gb > 0 and not has_free_transfer(terms):
            yield Notice("free_transfer_gb", "This region has no free transfer; all is billed.")
