"""The metadata store: the database that keeps experiments, runs and models."""

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.fields.declaration import Labels, OnlyIf
from mlflow_cost_desktop.model.metadata_store.aurora import Aurora
from mlflow_cost_desktop.model.metadata_store.rds import Rds
from mlflow_cost_desktop.model.metadata_store.self_hosted import SelfHosted
from mlflow_cost_desktop.model.metadata_store.sqlite import Sqlite
from mlflow_cost_desktop.model.option import Component, Discount


class MetadataStore(Component):
    """The metadata store and the ways to run it."""

    option: Annotated[
        Literal["rds", "aurora", "self_hosted", "sqlite"],
        Labels(
            {
                "rds": "Amazon RDS",
                "aurora": "Aurora",
                "self_hosted": "Self-hosted",
                "sqlite": "SQLite",
            }
        ),
        Field(title="Hosting", description="How the metadata store runs."),
    ] = "rds"
    rds: Annotated[Rds, Field(title="Amazon RDS")] = Rds()
    aurora: Annotated[Aurora, Field(title="Amazon Aurora")] = Aurora()
    self_hosted: Annotated[SelfHosted, Field(title="Self-hosted")] = SelfHosted()
    sqlite: Annotated[Sqlite, Field(title="SQLite")] = Sqlite()
    discount: Annotated[Discount, OnlyIf("option", ("sqlite",), otherwise=True)] = None
