"""The metadata store on Amazon RDS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.factors import Amount, AtLeast, Beyond, OnlyWhere
from mlflow_cost_desktop.model.fields import Chooser, Effect, Labels, OnlyIf, Section, Unit
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.model.terms import Terms

ENGINE_WORDS = {"mysql": "MySQL", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
DEPLOYMENT_WORDS = {"single_az": "Single-AZ", "multi_az": "Multi-AZ"}

MINIMUM_GB = 20.0
"""The least storage that RDS provisions for gp2 and gp3."""

STRIPED_GB = 400.0
"""From here gp3 is striped over four volumes: higher baselines, and more is sold."""


SMALL_IOPS, BASELINE_IOPS = 3_000.0, 12_000.0
SMALL_MIBPS, BASELINE_MIBPS = 125.0, 500.0
"""What gp3 includes, below and from the size at which it is striped."""


class Rds(Option):
    """A managed MySQL, PostgreSQL or MariaDB instance with its storage and backups."""

    engine: Annotated[
        Literal["mysql", "postgresql", "mariadb"],
        Section("Instance"),
        Labels(ENGINE_WORDS),
        Field(title="Engine", description="The database engine. The article uses MySQL."),
    ] = "mysql"
    instance_class: Annotated[
        str,
        Chooser("rds_instance_class"),
        Field(
            min_length=1,
            max_length=40,
            pattern=r"^db\.[a-z0-9.-]+$",
            title="Instance class",
            description="The machine that runs the database. The article calls db.m5.large "
            "sufficient for relatively large deployments.",
        ),
    ] = "db.m5.large"
    deployment: Annotated[
        Literal["single_az", "multi_az"],
        Labels({"single_az": "Single-AZ", "multi_az": "Multi-AZ (one standby)"}),
        Field(
            title="Deployment",
            description="Multi-AZ keeps a standby in another zone; instance, storage and IOPS "
            "then have prices of their own, about twice as high.",
        ),
    ] = "single_az"
    runs: Annotated[
        Literal["whole_month", "usage_hours"],
        Labels({"whole_month": "The whole month", "usage_hours": "The usage hours"}),
        Field(
            title="Runs",
            description="Whether the instance is stopped outside the usage hours. RDS starts a "
            "stopped instance again after seven days; storage is billed all the same.",
        ),
    ] = "whole_month"
    storage_type: Annotated[
        Literal["gp2", "gp3"],
        Section("Storage"),
        Labels({"gp2": "General purpose (gp2)", "gp3": "General purpose (gp3)"}),
        Field(title="Storage type", description="The article uses gp2, the former default."),
    ] = "gp2"
    storage_gb: Annotated[
        float,
        Unit("GB", step=10),
        # With gp3 more storage can cost less: from 400 GB the baselines are higher.
        Effect("either", "storage is billed by the GB, but free backup space grows with it"),
        Field(
            ge=0,
            le=65_536,
            title="Storage",
            description="Provisioned storage; at least 20 GB are billed. A few tens of GB are "
            "enough for many experiments, says the article. With gp3, 400 GB and more include "
            "four times the IOPS and throughput at the same price per GB.",
        ),
    ] = 20.0
    iops: Annotated[
        float,
        Unit("IOPS", step=1000),
        OnlyIf("storage_type", ("gp3",)),
        Effect("more", "IOPS beyond the baseline are billed by the month"),
        Field(
            ge=0,
            le=256_000,
            title="IOPS",
            description="gp3 includes 3,000 below 400 GB, where no more are sold, and 12,000 "
            "from 400 GB; those beyond are billed.",
        ),
    ] = 3000.0
    throughput: Annotated[
        float,
        Unit("MiB/s", step=25),
        OnlyIf("storage_type", ("gp3",)),
        Effect("more", "throughput beyond the baseline is billed by the month"),
        Field(
            ge=0,
            le=16_000,
            title="Throughput",
            description="gp3 includes 125 MiB/s below 400 GB, where no more is sold, and 500 "
            "from 400 GB; what goes beyond is billed.",
        ),
    ] = 125.0
    backup_gb: Annotated[
        float,
        Section("Backups"),
        Unit("GB", step=10),
        Effect("more", "backups beyond the provisioned storage are billed by the GB"),
        Field(
            ge=0,
            le=10_000_000,
            title="Backups kept",
            description="All backup storage. As much as the provisioned storage is free, counted "
            "once under Multi-AZ too.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        hours = terms.whole_month if self.runs == "whole_month" else terms.usage
        deployment = DEPLOYMENT_WORDS[self.deployment]
        yield Charge(
            f"Instance hours ({self.instance_class}, {ENGINE_WORDS[self.engine]}, {deployment})",
            (*terms.each, Amount(1.0, "instance"), hours),
            terms.price("rds", self.engine, self.instance_class, self.deployment, "on_demand"),
        )
        provisioned = AtLeast(self.storage_gb, MINIMUM_GB, "GB")
        yield Charge(
            f"Storage ({self.storage_type}, {deployment})",
            (provisioned,),
            terms.price("rds_storage", self.storage_type, self.deployment),
        )
        if self.storage_type == "gp3":
            striped = np.asarray(self.storage_gb) >= STRIPED_GB
            sold = OnlyWhere(np.where(striped, 1.0, 0.0)[()], "none is sold below 400 GB")
            iops = np.where(striped, BASELINE_IOPS, SMALL_IOPS)[()]
            mibps = np.where(striped, BASELINE_MIBPS, SMALL_MIBPS)[()]
            yield Charge(
                f"IOPS beyond the baseline (gp3, {deployment})",
                (Beyond(Amount(self.iops, "IOPS"), iops, "included"), sold),
                terms.price("rds_iops", "gp3", self.deployment),
            )
            yield Charge(
                f"Throughput beyond the baseline (gp3, {deployment})",
                (Beyond(Amount(self.throughput, "MiB/s"), mibps, "included"), sold),
                terms.price("rds_throughput", "gp3", self.deployment),
            )
        yield Charge(
            "Backups beyond the free size",
            (Beyond(Amount(self.backup_gb, "GB"), provisioned.value, "free"),),
            terms.price("rds_backup"),
        )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.storage_gb < MINIMUM_GB:
            yield Notice("storage_gb", "RDS provisions at least 20 GB; 20 GB are billed.")
        if self.storage_type == "gp3":
            yield from self._gp3_notices()
        if self.runs == "usage_hours" and terms.usage.value < terms.hours_in_month:
            yield Notice(
                "runs",
                "RDS starts a stopped instance again after seven days: stop it by a schedule.",
            )

    def _gp3_notices(self) -> Iterator[Notice]:
        striped = self.storage_gb >= STRIPED_GB
        if not striped and (self.iops > SMALL_IOPS or self.throughput > SMALL_MIBPS):
            yield Notice(
                "iops",
                "Below 400 GB gp3 has 3,000 IOPS and 125 MiB/s and no more is sold: "
                "what goes beyond is neither delivered nor billed.",
            )
