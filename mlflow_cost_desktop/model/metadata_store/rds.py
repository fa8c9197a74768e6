"""The metadata store on Amazon RDS."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.aws import managed_database as managed
from mlflow_cost_desktop.model.aws.managed_database import ENGINE_WORDS
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    AtLeast,
    Beyond,
    Factor,
    OnlyWhere,
)
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Chooser,
    Effect,
    Labels,
    Many,
    OnlyIf,
    Section,
    Unit,
    Whole,
)
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import KeyPart, Value, in_short

DEPLOYMENT_WORDS = {
    "single_az": "Single-AZ",
    "multi_az": "Multi-AZ",
    "multi_az_readable": "Multi-AZ, readable standbys",
}

COPIES = {"single_az": 1.0, "multi_az": 2.0, "multi_az_readable": 3.0}
"""Machines of an instance: one price covers them, extended support counts each."""

PROXIED = {"single_az": 1.0, "multi_az": 1.0, "multi_az_readable": 3.0}
"""Machines that clients can reach: a standby that can't be read is behind no proxy."""

MINIMUM_GB = {"gp2": 20.0, "gp3": 20.0, "io1": 100.0, "io2": 100.0}
MAXIMUM_GB = 65_536.0
"""What RDS provisions for an instance, by storage type
(https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html)."""

MINIMUM_IOPS = 1_000.0
"""The least that io1 and io2 provision for an instance."""

STRIPED_GB = 400.0
"""From here gp3 is striped over four volumes: higher baselines, and more is sold."""

SMALL_IOPS, BASELINE_IOPS = 3_000.0, 12_000.0
SMALL_MIBPS, BASELINE_MIBPS = 125.0, 500.0
"""What gp3 includes, below and from the size at which it is striped."""

MOST_IOPS, MOST_MIBPS, MIBPS_PER_IOPS = 64_000.0, 4_000.0, 0.25
"""The most that gp3 sells from the size at which it is striped."""

IOPS_PER_GB = {"io1": 50.0, "io2": 1_000.0}
"""The most IOPS that are sold with each GB
(https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html)."""

PROVISIONED = ("io1", "io2")
"""Storage types whose IOPS are all billed."""


class Rds(Option):
    """Managed MySQL, PostgreSQL or MariaDB with its storage and backups."""

    sold_by = frozenset({AWS.id})

    engine: Annotated[
        Literal["mysql", "postgresql", "mariadb"],
        Section("Instance"),
        Labels(ENGINE_WORDS),
        Field(title="Engine", description="The database engine. The article uses MySQL."),
    ] = "mysql"
    instance_class: Annotated[
        str,
        Chooser("rds_instance_class"),
        Many(),
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
        Literal["single_az", "multi_az", "multi_az_readable"],
        Labels(
            {
                "single_az": "Single-AZ",
                "multi_az": "Multi-AZ (one standby)",
                "multi_az_readable": "Two readable standbys",
            }
        ),
        Field(
            title="Deployment",
            description="Multi-AZ keeps a standby in another zone; instance, storage and IOPS "
            "then have prices of their own, about twice as high. Two readable standbys are sold "
            "for MySQL and PostgreSQL on a few classes with local disks (db.m5d, db.m6gd …).",
        ),
    ] = "single_az"
    instances: Annotated[
        float,
        Unit("instance"),
        Whole(),
        Effect("more", "each instance is billed, with its storage"),
        Field(
            ge=1,
            le=1000,
            title="Instances",
            description="Databases of their own, such as one for trials beside the one in use; "
            "all that is typed below is for each. Standbys are not counted here.",
        ),
    ] = 1.0
    runs: managed.Runs = "whole_month"
    commitment: managed.Commitment = "on_demand"
    commitment_discount: managed.CommitmentDiscount = 20.0
    commitment_payment: managed.CommitmentPayment = "no_upfront"
    storage_type: Annotated[
        Literal["gp2", "gp3", "io1", "io2"],
        Section("Storage"),
        Labels(
            {
                "gp2": "General purpose (gp2)",
                "gp3": "General purpose (gp3)",
                "io1": "Provisioned IOPS (io1)",
                "io2": "Provisioned IOPS (io2)",
            }
        ),
        Field(
            title="Storage type",
            description="The article uses gp2, the former default; gp3 mostly costs the same by "
            "the GB and includes 3,000 IOPS. With io1 and io2 each IOPS is billed.",
        ),
    ] = "gp2"
    storage_gb: Annotated[
        float,
        Unit("GB", step=10),
        # With gp3 more storage can cost less: from 400 GB the baselines are higher.
        Effect("either", "storage is billed by the GB, but from 400 GB gp3 includes more IOPS"),
        Field(
            ge=0,
            le=1_000_000,
            title="Storage",
            description="Provisioned storage of each instance; at least 20 GB are billed, 100 GB "
            "with io1 and io2. A few tens of GB are enough for many "
            "experiments, says the article. With gp3, an instance of 400 GB or more includes four "
            "times the IOPS and throughput at the same price per GB: where more IOPS are needed, "
            "400 GB of gp3 cost far less than 399 GB of io1.",
        ),
    ] = 20.0
    iops: Annotated[
        float,
        Unit("IOPS", step=1000),
        OnlyIf("storage_type", ("gp3", *PROVISIONED)),
        Effect("more", "IOPS beyond the baseline are billed by the month"),
        Field(
            ge=0,
            le=256_000,
            title="IOPS",
            description="Of each instance. gp3 includes 3,000 below 400 GB, where no more are "
            "sold, and 12,000 from 400 GB; those beyond are billed. With io1 and io2 all of "
            "them are billed, at least 1,000.",
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
            description="Of each instance. gp3 includes 125 MiB/s below 400 GB, where no more is "
            "sold, and 500 from 400 GB; what goes beyond is billed.",
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
            description="Backup storage of each instance. As much as its provisioned storage is "
            "free, counted once under Multi-AZ too.",
        ),
    ] = 0.0
    extended_support: managed.ExtendedSupport = "none"
    surplus_credits: managed.SurplusCredits = 0.0
    proxy: managed.Proxy = "none"

    def charges(self, terms: Terms) -> Iterator[Charge]:
        count = self._count(terms)
        deployment = DEPLOYMENT_WORDS[self.deployment]
        yield from managed.instance_hours(
            f"{in_short(self.instance_class)}, {ENGINE_WORDS[self.engine]}, {deployment}",
            count,
            self._running(terms),
            terms,
            ("rds", self.engine, self.instance_class, self.deployment),
            self.commitment,
            self.commitment_discount,
            self.commitment_payment,
        )
        provisioned = AtLeast(Amount(self.storage_gb, "GB"), MINIMUM_GB[self.storage_type])
        yield Charge(
            f"Storage ({self.storage_type}, {deployment})",
            (*count, provisioned),
            terms.price("rds_storage", self.storage_type, self.deployment),
            line="storage",
            path="storage_gb",
        )
        yield from self._performance(terms, count, provisioned.value)
        yield Charge(
            "Backups beyond the free size",
            (*count, Beyond(Amount(self.backup_gb, "GB"), provisioned.value, "free")),
            terms.price("rds_backup"),
            line="backups",
            path="backup_gb",
        )
        if self.extended_support != "none" and self.engine != "mariadb":
            yield managed.extended_support(
                self._machines(count, COPIES),
                self._running(terms),
                terms,
                self.engine,
                self.instance_class,
                self.extended_support,
            )
        yield from managed.surplus_credits(
            count, terms, self.engine, self.instance_class, self.surplus_credits
        )
        if self.proxy == "proxy":
            yield managed.proxy(self._machines(count, PROXIED), terms, self.instance_class)

    def _performance(
        self, terms: Terms, count: tuple[Amount, ...], provisioned: Value
    ) -> Iterator[Charge]:
        """IOPS and throughput that are billed beside the storage, by how much of it there is."""
        kind, deployment = self.storage_type, DEPLOYMENT_WORDS[self.deployment]
        if kind in PROVISIONED:
            yield Charge(
                f"Provisioned IOPS ({kind}, {deployment})",
                (*count, AtLeast(Amount(self.iops, "IOPS"), MINIMUM_IOPS)),
                terms.price("rds_iops", kind, self.deployment),
                line="iops",
                path="iops",
            )
        if kind != "gp3":
            return
        striped = np.asarray(provisioned) >= STRIPED_GB
        sold = OnlyWhere(np.where(striped, 1.0, 0.0)[()], "none is sold below 400 GB")
        iops = np.where(striped, BASELINE_IOPS, SMALL_IOPS)[()]
        mibps = np.where(striped, BASELINE_MIBPS, SMALL_MIBPS)[()]
        yield Charge(
            f"IOPS beyond the baseline (gp3, {deployment})",
            (*count, Beyond(Amount(self.iops, "IOPS"), iops, "included"), sold),
            terms.price("rds_iops", "gp3", self.deployment),
            line="iops",
            path="iops",
        )
        yield Charge(
            f"Throughput beyond the baseline (gp3, {deployment})",
            (*count, Beyond(Amount(self.throughput, "MiB/s"), mibps, "included"), sold),
            terms.price("rds_throughput", "gp3", self.deployment),
            line="throughput",
            path="throughput",
        )

    @property
    def burstable_family(self) -> KeyPart:
        """See `managed_database.burstable_family`."""
        return managed.burstable_family(self.instance_class)

    def _count(self, terms: Terms) -> tuple[Amount, ...]:
        """Databases, as factors."""
        return (*terms.each, Amount(self.instances, "instance"))

    def _machines(self, count: tuple[Amount, ...], copies: dict[str, float]) -> tuple[Factor, ...]:
        """Databases and the machines of each."""
        machines = copies[self.deployment]
        return (*count, Amount(machines, "copies")) if machines > 1 else count

    def _running(self, terms: Terms) -> Factor:
        """The hours that an instance runs; readable standbys can't be stopped."""
        stops = self.runs == "usage_hours" and self.deployment != "multi_az_readable"
        return terms.usage if stops else terms.whole_month

    def out_of_support(self) -> Self:
        if self.engine == "mariadb" or self.extended_support != "none":
            return self
        return self.model_copy(update={"extended_support": "years_1_2"})

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield from self._storage_notices()
        yield from self._performance_notices()
        yield from self._deployment_notices(terms)
        yield from managed.commitment_notices(
            terms, self.commitment, "commitment", self._running(terms), self.instance_class
        )
        yield from managed.instance_notices(
            terms,
            self.instance_class,
            needs_vcpus=self.extended_support != "none" or self.proxy == "proxy",
        )
        if self.extended_support != "none" and self.engine == "mariadb":
            yield Notice(
                "extended_support",
                "AWS offers no extended support for MariaDB: none is billed, and a version "
                "that leaves standard support is upgraded.",
            )

    def _storage_notices(self) -> Iterator[Notice]:
        least = MINIMUM_GB[self.storage_type]
        if self.storage_gb < least:
            least_billed = "RDS provisions at least {0} GB for an instance; {0} GB are billed."
            yield Notice("storage_gb", Text(least_billed, least))
        if self.storage_gb > MAXIMUM_GB:
            most = Text("RDS provisions at most {} GB for an instance.", MAXIMUM_GB)
            yield Notice("storage_gb", most)

    def _performance_notices(self) -> Iterator[Notice]:
        kind = self.storage_type
        gb_each = max(self.storage_gb, MINIMUM_GB[kind])
        if kind == "gp3" and gb_each < STRIPED_GB:
            asks_iops, asks_mibps = self.iops > SMALL_IOPS, self.throughput > SMALL_MIBPS
            if asks_iops or asks_mibps:
                yield Notice(
                    "iops" if asks_iops else "throughput",
                    Text(
                        "Below {} GB gp3 has {} IOPS and {} MiB/s and no more is sold: "
                        "what goes beyond is neither delivered nor billed.",
                        STRIPED_GB,
                        SMALL_IOPS,
                        SMALL_MIBPS,
                    ),
                )
        elif kind == "gp3":
            if self.iops > MOST_IOPS:
                yield Notice("iops", Text("RDS sells at most {} IOPS with gp3.", MOST_IOPS))
            most = min(MOST_MIBPS, MIBPS_PER_IOPS * max(self.iops, BASELINE_IOPS))
            if self.throughput > most:
                yield Notice(
                    "throughput",
                    Text(
                        "With so many IOPS RDS sells at most {} MiB/s of gp3: 1 for each 4 IOPS, "
                        "never more than {}.",
                        most,
                        MOST_MIBPS,
                    ),
                )
        if kind not in PROVISIONED:
            return
        if self.iops < MINIMUM_IOPS:
            least = "io1 and io2 provision at least {0} IOPS; {0} are billed."
            yield Notice("iops", Text(least, MINIMUM_IOPS))
        elif self.iops > IOPS_PER_GB[kind] * gb_each:
            yield Notice(
                "iops",
                Text(
                    "RDS sells at most {} IOPS for each GB of {}: {} for {} GB.",
                    IOPS_PER_GB[kind],
                    kind,
                    IOPS_PER_GB[kind] * gb_each,
                    gb_each,
                ),
            )

    def _deployment_notices(self, terms: Terms) -> Iterator[Notice]:
        if self.deployment == "multi_az_readable":
            if self.engine == "mariadb":
                yield Notice(
                    "deployment", "Readable standbys are sold for MySQL and PostgreSQL alone."
                )
            if self.storage_type == "gp2":
                yield Notice(
                    "storage_type", "Readable standbys have gp3, io1 or io2 storage, never gp2."
                )
            if self.runs == "usage_hours":
                yield Notice(
                    "runs",
                    "A deployment with readable standbys can't be stopped; the whole month is "
                    "billed.",
                )
        if self._running(terms).value < terms.hours_in_month:
            yield Notice("runs", managed.STOPPED_SEVEN_DAYS)
