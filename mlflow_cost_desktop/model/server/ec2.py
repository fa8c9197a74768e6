"""The tracking server on EC2 instances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge, committed
from mlflow_cost_desktop.model.factors import Amount, AtMost
from mlflow_cost_desktop.model.fields import Chooser, Effect, Labels, OnlyIf, Section, Unit
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.model.terms import Terms

TERM_MONTHS = {"1y": 12, "3y": 36}
TERM_WORDS = {"1y": "1 year", "3y": "3 years"}
PAYMENT_WORDS = {
    "no_upfront": "No upfront",
    "partial_upfront": "Partial upfront",
    "all_upfront": "All upfront",
}


class Ec2(Option):
    """Instances that the user starts, patches and stops; on demand or reserved."""

    instance_type: Annotated[
        str,
        Section("Instance"),
        Chooser("ec2_instance_type"),
        Field(
            min_length=1,
            max_length=40,
            pattern=r"^[a-z0-9.-]+$",
            title="Instance type",
            description="The machine that runs the tracking server. The article uses m5.large.",
        ),
    ] = "m5.large"
    replicas: Annotated[
        float,
        Unit("instance"),
        Effect("more", "each replica is billed"),
        Field(
            ge=0,
            le=1000,
            title="Replicas",
            description="Instances that run side by side for the usage hours.",
        ),
    ] = 1.0
    peak_replicas: Annotated[
        float,
        Unit("instance"),
        Effect("more", "each extra replica is billed for the peak hours"),
        Field(
            ge=0,
            le=1000,
            title="Extra replicas at peak",
            description="Instances added at peak times, on demand.",
        ),
    ] = 0.0
    peak_hours: Annotated[
        float,
        Unit("h", step=10),
        Effect("more", "extra replicas are billed by the hour"),
        Field(
            ge=0,
            le=1000,
            title="Peak hours",
            description="Hours a month in which the extra replicas run; at most the usage hours.",
        ),
    ] = 0.0
    purchase: Annotated[
        Literal["on_demand", "reserved", "reserved_typed"],
        Section("Price"),
        Labels(
            {
                "on_demand": "On demand",
                "reserved": "Reserved",
                "reserved_typed": "Reserved, typed discount",
            }
        ),
        Field(
            title="Purchase option",
            description="On demand is billed for the usage hours; a reservation is cheaper by the "
            "hour and billed for every hour of the month.",
        ),
    ] = "on_demand"
    term: Annotated[
        Literal["1y", "3y"],
        Labels(TERM_WORDS),
        OnlyIf("purchase", ("reserved", "reserved_typed")),
        Field(title="Term", description="How long the reservation binds."),
    ] = "1y"
    offering: Annotated[
        Literal["standard", "convertible"],
        Labels({"standard": "Standard", "convertible": "Convertible"}),
        OnlyIf("purchase", ("reserved",)),
        Field(
            title="Offering class",
            description="A convertible reservation can be exchanged for another instance family.",
        ),
    ] = "standard"
    payment: Annotated[
        Literal["no_upfront", "partial_upfront", "all_upfront"],
        Labels(PAYMENT_WORDS),
        OnlyIf("purchase", ("reserved",)),
        Field(title="Payment", description="What is paid when the reservation begins."),
    ] = "no_upfront"
    reserved_discount: Annotated[
        float,
        Unit("%"),
        OnlyIf("purchase", ("reserved_typed",)),
        Effect("less", "it is taken off the on-demand price"),
        Field(
            ge=0,
            le=100,
            title="Reservation discount",
            description="Percent off the on-demand price, in place of the price book's "
            "reservation. The article says about 40 %.",
        ),
    ] = 40.0
    root_volume_gb: Annotated[
        float,
        Section("Attached"),
        Unit("GB", step=10),
        Effect("more", "volumes are billed by the GB"),
        Field(
            ge=0,
            le=65_536,
            title="Root volume (gp3)",
            description="Disk of each replica, billed for the whole month. The article leaves it "
            "out; an Amazon Linux image needs at least 8 GB.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        capacity = Amount(self.replicas, "instance")
        on_demand = terms.price("ec2", self.instance_type, "on_demand")
        if self.purchase == "on_demand":
            yield Charge(
                f"Instance hours ({self.instance_type}, on demand)",
                (*terms.each, capacity, terms.usage),
                on_demand,
            )
        elif self.purchase == "reserved_typed":
            yield Charge(
                f"Instance hours ({self.instance_type}, reserved {TERM_WORDS[self.term]})",
                (*terms.each, capacity, terms.whole_month),
                on_demand,
                reduction=self.reserved_discount,
            )
        else:
            yield from committed(
                f"{self.instance_type}, reserved {TERM_WORDS[self.term]}, {self.offering}, "
                f"{PAYMENT_WORDS[self.payment].lower()}",
                (*terms.each, capacity),
                terms.whole_month,
                terms.price("ec2", self.instance_type, self.term, self.offering, self.payment),
                on_demand,
                TERM_MONTHS[self.term],
            )
        yield Charge(
            f"Peak instance hours ({self.instance_type}, on demand)",
            (
                *terms.each,
                Amount(self.peak_replicas, "instance"),
                AtMost(Amount(self.peak_hours, "h"), terms.usage),
            ),
            on_demand,
        )
        yield Charge(
            "Root volume (gp3)",
            (*terms.each, capacity, Amount(self.root_volume_gb, "GB")),
            terms.price("ebs", "gp3", "storage"),
        )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.replicas == 0:
            yield Notice("replicas", "No replica: nobody can open the tracking server's UI.")
        if self.peak_replicas > 0 and self.peak_hours > terms.usage.value:
            yield Notice(
                "peak_hours", "Peak hours are more than the usage hours; only those are billed."
            )
        if self.purchase == "on_demand":
            return
        if terms.usage.value < terms.hours_in_month:
            yield Notice(
                "purchase",
                "A reservation bills every hour of the month, also those in which the server "
                "does not run.",
            )
        if TERM_MONTHS[self.term] > terms.horizon_months:
            yield Notice(
                "term",
                f"The reservation binds for {TERM_MONTHS[self.term]} months, longer than the "
                "horizon: what is left of it is not in the horizon's total.",
            )
