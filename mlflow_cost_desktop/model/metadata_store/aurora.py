"""The metadata store on Amazon Aurora."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field

from mlflow_cost_desktop.model.aws import managed_database as managed
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, AtLeast, AtMost, Beyond, Factor, Per
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
    only_with,
)
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import KeyPart, in_short

SECONDS_AN_HOUR = Amount(3600.0, "s an hour")
PER_MILLION = Per(1e6, "", "million requests")

ENGINE_WORDS = {"mysql": "Aurora MySQL", "postgresql": "Aurora PostgreSQL"}
CONFIGURATION_WORDS = {"standard": "Standard", "io_optimized": "I/O-Optimized"}


class Aurora(Option):
    """A cluster of a writer and readers over one volume, or Serverless v2."""

    sold_by = frozenset({AWS.id})

    engine: Annotated[
        Literal["mysql", "postgresql"],
        Section("Cluster"),
        Labels(ENGINE_WORDS),
        Field(title="Engine", description="What the cluster is compatible with."),
    ] = "mysql"
    configuration: Annotated[
        Literal["standard", "io_optimized"],
        Labels(CONFIGURATION_WORDS),
        Field(
            title="Configuration",
            description="Standard bills each I/O; I/O-Optimized bills none, and has higher "
            "prices of instances, capacity and storage. It pays off, says AWS, when I/O is more "
            "than a quarter of what the cluster costs.",
        ),
    ] = "standard"
    capacity: Annotated[
        Literal["provisioned", "serverless"],
        Labels({"provisioned": "Instances", "serverless": "Serverless v2"}),
        Field(
            title="Capacity",
            description="Instances of a fixed size, or capacity that follows the load and is "
            "billed by the ACU-hour (about 2 GiB of memory).",
        ),
    ] = "provisioned"
    instance_class: Annotated[
        str,
        Chooser("aurora_instance_class"),
        Many(),
        OnlyIf("capacity", ("provisioned",)),
        Field(
            min_length=1,
            max_length=40,
            pattern=r"^db\.[a-z0-9.-]+$",
            title="Instance class",
            description="The machine of the writer and of each reader. db.t4g.medium is the "
            "smallest class of today's generations.",
        ),
    ] = "db.t4g.medium"
    instances: Annotated[
        float,
        Unit("instance"),
        Whole(),
        Effect("more", "each instance is billed"),
        Field(
            ge=1,
            le=16,
            title="Instances",
            description="The writer and its readers, at most 15; a reader takes over when the "
            "writer fails. Storage is billed once, however many there are.",
        ),
    ] = 1.0
    acu: Annotated[
        float,
        Unit("ACU", step=0.5),
        OnlyIf("capacity", ("serverless",)),
        # Under a plan the steady capacity is billed all month, also where peaks would be short.
        Effect("either", "capacity is billed, but what is steady need not be paid at peak"),
        Field(
            ge=0,
            le=256,
            title="Usual capacity",
            description="ACUs of each instance outside peak hours, on average, from 0 (paused) "
            "to 256 by halves. An idle MLflow server keeps connections open, so that a database "
            "pauses only when it is stopped too.",
        ),
    ] = 0.5
    peak_acu: Annotated[
        float,
        Unit("ACU", step=0.5),
        OnlyIf("capacity", ("serverless",)),
        Effect("more", "capacity is billed by the hour"),
        Field(
            ge=0,
            le=256,
            title="Capacity at peak",
            description="ACUs of each instance in peak hours; never less than the usual capacity.",
        ),
    ] = 0.0
    peak_hours: Annotated[
        float,
        Unit("h", step=10),
        only_with("peak_acu"),
        Effect("more", "capacity at peak is billed by the hour"),
        Field(
            ge=0,
            le=1000,
            title="Peak hours",
            description="Hours a month with the capacity at peak; at most those that the "
            "database runs.",
        ),
    ] = 0.0
    runs: managed.Runs = "whole_month"
    commitment: Annotated[managed.Commitment, OnlyIf("capacity", ("provisioned",))] = "on_demand"
    commitment_discount: managed.CommitmentDiscount = 20.0
    commitment_payment: managed.CommitmentPayment = "no_upfront"
    serverless_plan: Annotated[
        Literal["on_demand", "savings_plan"],
        Section("Price"),
        Labels({"on_demand": "On demand", "savings_plan": "Database Savings Plan"}),
        OnlyIf("capacity", ("serverless",)),
        Field(
            title="Purchase option",
            description="A Database Savings Plan binds for 1 year and is billed for the usual "
            "capacity, every hour of the month; what goes beyond at peak stays on demand. "
            "Serverless v2 can't be reserved.",
        ),
    ] = "on_demand"
    serverless_discount: Annotated[
        float,
        Unit("%"),
        OnlyIf("serverless_plan", ("savings_plan",)),
        Effect("less", "it is taken off the on-demand price"),
        Field(
            ge=0,
            le=100,
            title="Plan discount",
            description="Percent off the on-demand price. AWS announces up to 35 % for "
            "Serverless v2, the default here.",
        ),
    ] = 35.0
    storage_gb: Annotated[
        float,
        Section("Storage"),
        Unit("GB", step=10),
        Effect("more", "storage is billed by the GB, more than it gives of free backups"),
        Field(
            ge=0,
            le=131_072,
            title="Storage used",
            description="Of each cluster. Its volume grows with the data and is billed as used, "
            "once for all instances.",
        ),
    ] = 20.0
    io_by: Annotated[
        Literal["millions", "rate"],
        OnlyIf("configuration", ("standard",)),
        Labels({"millions": "Millions a month", "rate": "Requests a second"}),
        Field(
            title="I/O given by",
            description="By what is read and written in a month, or as monitoring shows it, a "
            "second on average.",
        ),
    ] = "millions"
    io_rate: Annotated[
        float,
        Unit("/ s", step=10),
        OnlyIf("configuration", ("standard",)),
        OnlyIf("io_by", ("rate",)),
        Effect("more", "I/O is billed by the million"),
        Field(
            ge=0,
            le=1e6,
            title="I/O a second",
            description="Of each cluster: reads and writes of the volume a second, on average "
            "over every hour of the month (VolumeReadIOPs and VolumeWriteIOPs in CloudWatch).",
        ),
    ] = 0.0
    io_millions: Annotated[
        float,
        Unit("million requests"),
        OnlyIf("configuration", ("standard",)),
        OnlyIf("io_by", ("millions",)),
        Effect("more", "I/O is billed by the million"),
        Field(
            ge=0,
            le=10_000_000,
            title="I/O",
            description="Of each cluster: reads and writes of the volume a month, in millions; "
            "I/O-Optimized bills none.",
        ),
    ] = 0.0
    backup_gb: Annotated[
        float,
        Section("Backups"),
        Unit("GB", step=10),
        Effect("more", "backups beyond the size of the volume are billed by the GB"),
        Field(
            ge=0,
            le=10_000_000,
            title="Backups kept",
            description="Backup storage of each cluster. As much as its volume is free.",
        ),
    ] = 0.0
    extended_support: managed.ExtendedSupport = "none"
    surplus_credits: Annotated[managed.SurplusCredits, OnlyIf("capacity", ("provisioned",))] = 0.0
    proxy: managed.Proxy = "none"

    def charges(self, terms: Terms) -> Iterator[Charge]:
        if self.capacity == "provisioned":
            yield from self._provisioned(terms)
        else:
            yield from self._serverless(terms)
        volume = Amount(self.storage_gb, "GB")
        words = CONFIGURATION_WORDS[self.configuration]
        yield Charge(
            f"Storage (Aurora {words})",
            (*terms.each, volume),
            terms.price("aurora_storage", self.configuration),
            line="storage",
            path="storage_gb",
        )
        if self.configuration == "standard":
            yield Charge(
                "I/O (Aurora Standard)",
                (*terms.each, *self._requests(terms)),
                terms.price("aurora_io"),
                line="io",
                path="io_millions" if self.io_by == "millions" else "io_rate",
            )
        yield Charge(
            "Backups beyond the free size",
            (*terms.each, Beyond(Amount(self.backup_gb, "GB"), self.storage_gb, "free")),
            terms.price("aurora_backup"),
            line="backups",
            path="backup_gb",
        )

    def _requests(self, terms: Terms) -> tuple[Factor, ...]:
        """Reads and writes of a cluster a month, in millions."""
        if self.io_by == "millions":
            return (Amount(self.io_millions, "million requests"),)
        return (
            Amount(self.io_rate, "requests a second"),
            SECONDS_AN_HOUR,
            terms.whole_month,
            PER_MILLION,
        )

    def _provisioned(self, terms: Terms) -> Iterator[Charge]:
        count = self._count(terms)
        words = f"{ENGINE_WORDS[self.engine]} {CONFIGURATION_WORDS[self.configuration]}"
        yield from managed.instance_hours(
            f"{in_short(self.instance_class)}, {words}",
            count,
            self._running(terms),
            terms,
            ("aurora", self.engine, self.instance_class, self.configuration),
            self.commitment,
            self.commitment_discount,
            self.commitment_payment,
        )
        if self.extended_support != "none":
            yield managed.extended_support(
                count,
                self._running(terms),
                terms,
                self.engine,
                self.instance_class,
                self.extended_support,
            )
        yield from managed.surplus_credits(
            count, terms, f"aurora_{self.engine}", self.instance_class, self.surplus_credits
        )
        if self.proxy == "proxy":
            yield managed.proxy(count, terms, self.instance_class)

    def _serverless(self, terms: Terms) -> Iterator[Charge]:
        """Usual capacity for all hours, and what goes beyond it for the peak hours."""
        count, running, peak = self._count(terms), self._running(terms), self._peak(terms)
        price = terms.price("aurora_acu", self.configuration)
        planned = self.serverless_plan == "savings_plan"
        usual = Amount(self.acu, "ACU")
        beyond = Beyond(Amount(self.peak_acu, "ACU"), self.acu, "usual")
        words = CONFIGURATION_WORDS[self.configuration]
        yield Charge(
            f"Serverless capacity ({words}{', Database Savings Plan' if planned else ''})",
            (*count, usual, terms.whole_month if planned else running),
            price,
            reduction=self.serverless_discount if planned else 0.0,
            binds=managed.months_of(self.serverless_plan),
            line="capacity",
            path="acu",
        )
        yield Charge(
            f"Serverless capacity at peak ({words})",
            (*count, beyond, peak),
            price,
            line="peak_capacity",
            path="peak_acu",
        )
        if self.extended_support != "none":
            extended = terms.price("aurora_extended_support", self.engine, self.extended_support)
            for part, word, capacity, hours in (
                ("", "extended_support", usual, running),
                (" at peak", "peak_extended_support", beyond, peak),
            ):
                yield Charge(
                    f"Extended support ({ENGINE_WORDS[self.engine]}{part})",
                    (*count, capacity, hours),
                    extended,
                    line=word,
                    path="extended_support",
                )
        if self.proxy == "proxy":
            least = AtLeast(Amount(self.acu, "ACU"), managed.PROXY_MINIMUM_ACU)
            above = Beyond(Amount(self.peak_acu, "ACU"), least.value, "billed already")
            for part, word, capacity, hours in (
                ("RDS Proxy", "proxy", least, terms.whole_month),
                ("RDS Proxy at peak", "peak_proxy", above, peak),
            ):
                yield Charge(
                    part,
                    (*count, capacity, hours),
                    terms.price("aurora_proxy"),
                    line=word,
                    path="proxy",
                )

    @property
    def burstable_family(self) -> KeyPart:
        """See `managed_database.burstable_family`."""
        return managed.burstable_family(self.instance_class)

    def _count(self, terms: Terms) -> tuple[Amount, ...]:
        return (*terms.each, Amount(self.instances, "instance"))

    def _running(self, terms: Terms) -> Factor:
        return terms.whole_month if self.runs == "whole_month" else terms.usage

    def _peak(self, terms: Terms) -> Factor:
        return AtMost(Amount(self.peak_hours, "h"), self._running(terms))

    def out_of_support(self) -> Self:
        if self.extended_support != "none":
            return self
        return self.model_copy(update={"extended_support": "years_1_2"})

    def notices(self, terms: Terms) -> Iterator[Notice]:
        running = self._running(terms)
        if running.value < terms.hours_in_month:
            yield Notice("runs", managed.STOPPED_SEVEN_DAYS)
        if self.capacity == "serverless":
            yield from self._serverless_notices(terms)
            return
        yield from managed.commitment_notices(
            terms, self.commitment, "commitment", running, self.instance_class
        )
        yield from managed.instance_notices(
            terms,
            self.instance_class,
            needs_vcpus=self.extended_support != "none" or self.proxy == "proxy",
        )

    def _serverless_notices(self, terms: Terms) -> Iterator[Notice]:
        running = self._running(terms)
        yield from managed.commitment_notices(
            terms, self.serverless_plan, "serverless_plan", running
        )
        if 0 < self.peak_acu < self.acu:
            yield Notice("peak_acu", "Capacity at peak is less than usual; the usual is billed.")
        if self.peak_acu > self.acu and self.peak_hours > running.value:
            yield Notice(
                "peak_hours",
                "Peak hours are more than those that the database runs; only those are billed.",
            )
        if self.acu == 0:
            yield Notice(
                "acu",
                "With 0 ACUs the database pauses while nobody is connected, and takes some 15 "
                "seconds to answer again. A running MLflow server is connected.",
            )
            if self.proxy == "proxy":
                yield Notice("proxy", "RDS Proxy keeps connections open: no pause behind it.")
