"""The tracking server on EC2 instances."""

from collections.abc import Iterator
from typing import Annotated, Self

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.model.aws.machine import PLAN_WORDS, TERM_WORDS, Machine, family_of
from mlflow_cost_desktop.model.aws.volume import Volume
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, AtMost, OnlyWhere, Per
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    CountsUpTo,
    Effect,
    OnlyIf,
    Section,
    Unit,
    Whole,
    only_with,
)
from mlflow_cost_desktop.model.option import OWN_INSTANCES, Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import KeyPart, Value, in_short, is_something

VARIANT_NAMES = {
    "on_demand": "EC2 on demand",
    "reserved": "EC2 reserved",
    "reserved_typed": "EC2, typed discount",
    "spot": "EC2 spot",
    **PLAN_WORDS,
}
"""What a comparison calls the ways to buy the machine."""

BURSTABLE = ("t2", "t3", "t3a", "t4g")
"""Families that earn CPU credits; what goes beyond them is billed in unlimited mode."""


class Ec2(Machine, Option):
    """Instances that the user starts, patches and stops."""

    sold_by = frozenset({AWS.id})

    replicas: Annotated[
        float,
        Section("Replicas"),
        Unit("instance"),
        Whole(),
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
        Whole(),
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
        CountsUpTo("hours_in_use"),
        only_with("peak_replicas"),
        Effect("more", "extra replicas are billed by the hour"),
        Field(
            ge=0,
            le=1000,
            title="Peak hours",
            description="Hours a month in which the extra replicas run; at most the usage hours.",
        ),
    ] = 0.0
    surplus_vcpu_hours: Annotated[
        float,
        Section("Attached"),
        Unit("vCPU-h"),
        OnlyIf("family", BURSTABLE),
        Effect("more", "surplus credits are billed by the vCPU-hour"),
        Field(
            ge=0,
            le=1_000_000,
            title="Surplus CPU credits",
            description="Of each replica of a T type in unlimited mode, AWS's default from T3 "
            "on: vCPU-hours a month beyond what the type earns (t3.medium: 20 % of each vCPU). "
            "Sourced are T2, T3 and T4g in N. Virginia and T4g in Seoul; elsewhere give your own "
            "rate.",
        ),
    ] = 0.0
    root_volume_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "volumes are billed by the GB"),
        Field(
            ge=0,
            le=65_536,
            title="Root volume",
            description="Disk of each replica, billed for the whole month, of extra replicas for "
            "the peak hours. The article leaves it out; an Amazon Linux image needs at least 8 GB.",
        ),
    ] = 0.0
    root_volume: Annotated[Volume, only_with("root_volume_gb"), Field(title="Root volume")] = (
        Volume()
    )

    @property
    def duties(self) -> frozenset[str]:
        return frozenset({OWN_INSTANCES})

    def charges(self, terms: Terms) -> Iterator[Charge]:
        replicas = (*terms.each, Amount(self.replicas, "instance"))
        hours = self.billed_hours(terms, terms.usage)
        yield from self.hour_lines(terms, (*replicas, hours), replicas, path="replicas")
        peak_hours = (
            *terms.each,
            Amount(self.peak_replicas, "instance"),
            AtMost(Amount(self.peak_hours, "h"), terms.usage),
        )
        yield Charge(
            f"Peak instance hours ({in_short(self.instance_type)}, on demand)",
            peak_hours,
            self.on_demand_price(terms),
            line="peak_hours",
            path="peak_replicas",
        )
        if is_something(earns_credits := self._earns_credits):
            yield Charge(
                f"Surplus CPU credits ({in_short(self.family)})",
                (
                    *replicas,
                    Amount(self.surplus_vcpu_hours, "vCPU-h"),
                    OnlyWhere(earns_credits, "no T type"),
                ),
                terms.price("ec2_credits", self.family),
                line="surplus_credits",
                path="surplus_vcpu_hours",
            )
        at_peak = (*peak_hours, Per(terms.hours_in_month, "h", "instance"))
        for what, word, instances in (
            ("Root volume", "root_volume", replicas),
            ("Peak root volume", "peak_root_volume", at_peak),
        ):
            yield from self.root_volume.charges(
                terms,
                Amount(self.root_volume_gb, "GB"),
                capacity=instances,
                what=what,
                word=word,
                path="root_volume_gb",
                volume_path="root_volume",
            )

    def variants(self) -> Iterator[tuple[str, Self]]:
        # The usual two, and what is chosen besides.
        for purchase in dict.fromkeys(("on_demand", "reserved", self.purchase)):
            variant = self.model_copy(update={"purchase": purchase})
            term = f", {TERM_WORDS[self.term]}" if variant.is_committed else ""
            yield f"{VARIANT_NAMES[purchase]}{term}", variant

    @property
    def _earns_credits(self) -> Value:
        """1 for a type that earns CPU credits, else 0; of each of many types."""
        family = self.family
        if isinstance(family, str):
            return float(family in BURSTABLE)
        return np.where(np.isin(family, BURSTABLE), 1.0, 0.0)

    @property
    def family(self) -> KeyPart:
        """The letters and digits before the size: `t3`; of each of many types."""
        return family_of(self.instance_type)

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.replicas == 0:
            yield Notice("replicas", "No replica: nobody can open the tracking server's UI.")
        if self.peak_replicas > 0 and self.peak_hours > terms.usage.value:
            yield Notice(
                "peak_hours", "Peak hours are more than the usage hours; only those are billed."
            )
        yield from self.root_volume.notices(self.root_volume_gb, "root_volume_gb", "root_volume")
        if self.root_volume_gb > 0 and self.root_volume.type in ("st1", "sc1"):
            yield Notice("root_volume.type", "An instance can't boot from a hard disk volume.")
        yield from self.purchase_notices(terms, terms.usage.value, self.replicas)
