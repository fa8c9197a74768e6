"""The metadata store: the database that keeps experiments, runs and models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.fields import Labels
from mlflow_cost_desktop.model.metadata_store.rds import Rds
from mlflow_cost_desktop.model.option import Component, Discount


class MetadataStore(Component):
    """The metadata store and the ways to run it."""

    option: Annotated[
        Literal["rds"],
        Labels({"rds": "Amazon RDS"}),
        Field(title="Hosting", description="How the metadata store runs."),
    ] = "rds"
    rds: Annotated[Rds, Field(title="Amazon RDS")] = Rds()
    discount: Discount = None
