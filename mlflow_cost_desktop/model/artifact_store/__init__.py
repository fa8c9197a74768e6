"""The artifact store: where models and other large files are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.artifact_store.s3 import S3
from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.fields import Effect, Labels, Section, Unit
from mlflow_cost_desktop.model.option import Component, Discount
from mlflow_cost_desktop.model.terms import Terms


class ArtifactStore(Component):
    """The artifact store and the ways to keep artifacts."""

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
    discount: Discount = None

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from self.chosen.charges(replace(terms, stored_gb=self.stored_gb))
