"""Artifacts on a file system that replicas share."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Share
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Section, Unit
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS


class Efs(Option):
    """Amazon EFS, regional, with elastic throughput: billed for what is kept and moved."""

    sold_by = frozenset({AWS.id})

    infrequent: Annotated[
        float,
        Section("Class"),
        Unit("%", step=5),
        Effect("less", "infrequent access is cheaper to keep"),
        Field(
            ge=0,
            le=100,
            title="In infrequent access",
            description="Files that nobody reads move there by a lifecycle, which is on unless "
            "switched off; files under 128 KB are billed as 128 KB there. AWS's examples "
            "assume 80 %.",
        ),
    ] = 80.0
    read_gb: Annotated[
        float,
        Section("Throughput"),
        Unit("GB", step=10),
        Effect("more", "elastic throughput is billed by the GB"),
        Field(ge=0, le=1e9, title="Read", description="Read from the file system in a month."),
    ] = 0.0
    write_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "elastic throughput is billed by the GB"),
        Field(ge=0, le=1e9, title="Written", description="Written to it in a month."),
    ] = 0.0
    infrequent_read_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "access to infrequent access is billed on top"),
        Field(
            ge=0,
            le=1e9,
            title="Read from infrequent access",
            description="Of what is read, the part that comes from there.",
        ),
    ] = 0.0
    infrequent_write_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "access to infrequent access is billed on top"),
        Field(
            ge=0,
            le=1e9,
            title="Moved to infrequent access",
            description="What the lifecycle moves there in a month.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield Charge(
            "EFS Standard storage",
            (*terms.stored, Share(100.0 - self.infrequent, "in Standard")),
            terms.price("efs", "standard", "storage"),
            line="standard_storage",
            path="stored_gb",
        )
        yield Charge(
            "EFS Infrequent Access storage",
            (*terms.stored, Share(self.infrequent, "in Infrequent Access")),
            terms.price("efs", "infrequent", "storage"),
            line="infrequent_storage",
            path="infrequent",
        )
        for name, moved, key, path in (
            ("EFS reads", self.read_gb, ("elastic", "read"), "read_gb"),
            ("EFS writes", self.write_gb, ("elastic", "write"), "write_gb"),
            (
                "Reads from Infrequent Access",
                self.infrequent_read_gb,
                ("infrequent", "access"),
                "infrequent_read_gb",
            ),
            (
                "Moves to Infrequent Access",
                self.infrequent_write_gb,
                ("infrequent", "access"),
                "infrequent_write_gb",
            ),
        ):
            yield Charge(
                name,
                (Amount(moved, "GB"),),
                terms.price("efs", *key),
                line=path.replace("_gb", "s"),
                path=path,
            )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.infrequent_read_gb > self.read_gb:
            yield Notice(
                "read_gb",
                "Less is read in all than from infrequent access: elastic throughput is billed for "
                "everything that is read, whichever class it is in.",
            )
