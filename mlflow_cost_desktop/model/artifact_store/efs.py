"""Artifacts on a file system that replicas share."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Beyond, Per, Share, Together
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Labels, OnlyIf, Section, Unit
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS

ELASTIC = OnlyIf("throughput", ("elastic",))

GB_PER_MIBPS = 20.0
"""GB in Standard for which 1 MiB/s is included (https://aws.amazon.com/efs/pricing/)."""

LINES = {
    "read_gb": "reads",
    "write_gb": "writes",
    "infrequent_read_gb": "infrequent_reads",
    "infrequent_write_gb": "infrequent_writes",
    "archive_gb": "archive_access",
}
"""The line behind each input of what is moved."""


class Efs(Option):
    """Amazon EFS, regional: billed for what is kept and moved, or for provisioned throughput."""

    sold_by = frozenset({AWS.id})

    throughput: Annotated[
        Literal["elastic", "bursting", "provisioned"],
        Section("Throughput"),
        Labels({"elastic": "Elastic", "bursting": "Bursting", "provisioned": "Provisioned"}),
        Field(
            title="Throughput",
            description="Elastic, AWS's default, is billed by what is read and written, and keeps "
            "Infrequent Access at a lower price; bursting comes with the size of Standard; "
            "provisioned is billed by the MiB/s.",
        ),
    ] = "elastic"
    read_gb: Annotated[
        float,
        Unit("GB", step=10),
        ELASTIC,
        Effect("more", "elastic throughput is billed by the GB"),
        Field(ge=0, le=1e9, title="Read", description="Read from the file system in a month."),
    ] = 0.0
    write_gb: Annotated[
        float,
        Unit("GB", step=10),
        ELASTIC,
        Effect("more", "elastic throughput is billed by the GB"),
        Field(ge=0, le=1e9, title="Written", description="Written to it in a month."),
    ] = 0.0
    provisioned: Annotated[
        float,
        Unit("MiB/s", step=10),
        OnlyIf("throughput", ("provisioned",)),
        Effect("more", "what goes beyond the included throughput is billed by the month"),
        Field(
            ge=0,
            le=10_240,
            title="Provisioned throughput",
            description="1 MiB/s is included for each 20 GB in Standard; what goes beyond is "
            "billed for the whole month.",
        ),
    ] = 0.0
    infrequent: Annotated[
        float,
        Section("Class"),
        Unit("%", step=5),
        Effect("either", "it is cheaper to keep, and includes no provisioned throughput"),
        Field(
            ge=0,
            le=100,
            title="In infrequent access",
            description="Files that nobody reads move there by a lifecycle, which is on unless "
            "switched off; files under 128 KB are billed as 128 KB there. AWS's examples "
            "assume 80 %.",
        ),
    ] = 80.0
    archived: Annotated[
        float,
        Unit("%", step=5),
        ELASTIC,
        Effect("less", "the archive is cheaper to keep"),
        Field(
            ge=0,
            le=100,
            title="In the archive",
            description="Files that are read a few times a year; only with elastic throughput. "
            "Infrequent access has at most the rest. 0 is a judgment.",
        ),
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
    archive_gb: Annotated[
        float,
        Unit("GB", step=10),
        ELASTIC,
        Effect("more", "access to the archive is billed on top"),
        Field(
            ge=0,
            le=1e9,
            title="Read from or moved to the archive",
            description="In a month; either way at the same price.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        is_elastic = self.throughput == "elastic"
        archived = self.archived if is_elastic else 0.0
        infrequent = np.minimum(self.infrequent, 100.0 - archived)
        standard = Share(100.0 - archived - infrequent, "in Standard")
        # Infrequent Access has a price of its own under elastic throughput.
        colder = "infrequent_elastic" if is_elastic else "infrequent"
        yield Charge(
            "EFS Standard storage",
            (*terms.stored, standard),
            terms.price("efs", "standard", "storage"),
            line="standard_storage",
            path="stored_gb",
        )
        yield Charge(
            "EFS Infrequent Access storage",
            (*terms.stored, Share(infrequent, "in Infrequent Access")),
            terms.price("efs", colder, "storage"),
            line="infrequent_storage",
            path="infrequent",
        )
        if is_elastic:
            yield Charge(
                "EFS Archive storage",
                (*terms.stored, Share(archived, "in the archive")),
                terms.price("efs", "archive", "storage"),
                line="archive_storage",
                path="archived",
            )
        for name, moved, key, path in self._moved(is_elastic):
            yield Charge(
                name,
                (Amount(moved, "GB"),),
                terms.price("efs", *key),
                line=LINES[path],
                path=path,
            )
        if self.throughput == "provisioned":
            included = Together((*terms.stored, standard, Per(GB_PER_MIBPS, "GB", "MiB/s")))
            yield Charge(
                "EFS provisioned throughput",
                (Beyond(Amount(self.provisioned, "MiB/s"), included.value, "included"),),
                terms.price("efs", "provisioned", "throughput"),
                line="provisioned_throughput",
                path="provisioned",
            )

    def _moved(self, is_elastic: bool) -> Iterator[tuple[str, float, tuple[str, str], str]]:
        """What is read and written, by name, GB, key and input."""
        if is_elastic:
            yield "EFS reads", self.read_gb, ("elastic", "read"), "read_gb"
            yield "EFS writes", self.write_gb, ("elastic", "write"), "write_gb"
        access = "infrequent", "access"
        yield "Reads from Infrequent Access", self.infrequent_read_gb, access, "infrequent_read_gb"
        yield "Moves to Infrequent Access", self.infrequent_write_gb, access, "infrequent_write_gb"
        if is_elastic:
            yield "Access to the archive", self.archive_gb, ("archive", "access"), "archive_gb"

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.throughput == "elastic" and self.archived + self.infrequent > 100:
            yield Notice(
                "infrequent",
                Text(
                    "With {} % in the archive at most {} % are in infrequent access; no more is "
                    "counted.",
                    self.archived,
                    100.0 - self.archived,
                ),
            )
        if self.throughput == "elastic" and self.infrequent_read_gb > self.read_gb:
            yield Notice(
                "read_gb",
                "Less is read in all than from infrequent access: elastic throughput is billed for "
                "everything that is read, whichever class it is in.",
            )
