"""An EC2 machine and the ways to buy it: on demand, spot, or under a commitment."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.commitments import upfront_part
from mlflow_cost_desktop.model.charges.factors import Factor
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Chooser,
    Effect,
    Labels,
    Many,
    Model,
    OnlyIf,
    Section,
    Unit,
)
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.prices.price import KeyPart, Price, Value, flat, in_short

TERM_MONTHS = {"1y": 12, "3y": 36}
TERM_WORDS = {"1y": "1 year", "3y": "3 years"}
PAYMENT_WORDS = {
    "no_upfront": "No upfront",
    "partial_upfront": "Partial upfront",
    "all_upfront": "All upfront",
}
PLAN_WORDS = {
    "instance_savings_plan": "EC2 Instance Savings Plan",
    "compute_savings_plan": "Compute Savings Plan",
}
PLANS = tuple(PLAN_WORDS)

Term = Annotated[
    Literal["1y", "3y"],
    Labels(TERM_WORDS),
    Field(title="Term", description="How long the commitment binds."),
]
"""How long a commitment binds; to be shown only while there is one."""


def family_of(instance_type: KeyPart) -> KeyPart:
    """The letters and digits before a type's size, `t3`; of each of an array of types."""
    if isinstance(instance_type, str):
        return instance_type.partition(".")[0]
    return np.char.partition(instance_type, ".")[..., 0]


PAYMENT_MEANS = (
    "What is paid when the commitment begins. Of one with a typed discount a partial payment is "
    "half of the whole, as it is with 98 of 100 reservations in the price books."
)

UPFRONT_SHARE = {"no_upfront": 0.0, "partial_upfront": 0.5, "all_upfront": 1.0}
HOURS_IN_YEAR = 8760.0


def with_payment(on_demand: Price, discount: Value, payment: str, months: int) -> Price | None:
    """What a typed discount leaves of an on-demand price, a part of it paid upfront.

    None where nothing is paid upfront, or where an own rate has tiers that can't be paid so.
    """
    share = UPFRONT_SHARE[payment]
    if not share or on_demand.is_tiered:
        return None
    usd = on_demand.usd * (1.0 - discount / 100.0)
    upfront = usd * share * HOURS_IN_YEAR * months / 12.0
    return replace(on_demand, tiers=flat(usd * (1.0 - share)), upfront_usd=upfront)


class Machine(Model):
    """An EC2 machine and how it is bought."""

    instance_type: Annotated[
        str,
        Section("Instance"),
        Chooser("ec2_instance_type"),
        Many(),
        Field(
            min_length=1,
            max_length=40,
            pattern=r"^[a-z0-9.-]+$",
            title="Instance type",
            description="The machine. The article runs the tracking server on m5.large.",
        ),
    ] = "m5.large"
    purchase: Annotated[
        Literal[
            "on_demand",
            "reserved",
            "instance_savings_plan",
            "compute_savings_plan",
            "reserved_typed",
            "spot",
        ],
        Labels(
            {
                "on_demand": "On demand",
                "reserved": "Reserved",
                **PLAN_WORDS,
                "reserved_typed": "Commitment, typed discount",
                "spot": "Spot",
            }
        ),
        Field(
            title="Purchase option",
            description="On demand is billed for the hours that the machine runs. A commitment is "
            "cheaper by the hour and billed for every hour of the month. An EC2 Instance Savings "
            "Plan costs what a standard reservation costs and covers all sizes of the family; a "
            "Compute Savings Plan also covers other families, regions and Fargate, and few of "
            "its prices are known here. Spot prices change by the hour and are not in the price "
            "book: give your own rate. AWS takes spot machines back at two minutes' notice, and "
            "a tracking server must always be there, says the article.",
        ),
    ] = "on_demand"
    term: Annotated[Term, OnlyIf("purchase", ("reserved", *PLANS, "reserved_typed"))] = "1y"
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
        OnlyIf("purchase", ("reserved", *PLANS, "reserved_typed")),
        Field(title="Payment", description=PAYMENT_MEANS),
    ] = "no_upfront"
    reserved_discount: Annotated[
        float,
        Unit("%"),
        OnlyIf("purchase", ("reserved_typed",)),
        Effect("less", "it is taken off the on-demand price"),
        Field(
            ge=0,
            le=100,
            title="Commitment discount",
            description="Percent off the on-demand price, in place of the price book's "
            "commitment. The article says about 40 % for a reservation of one year.",
        ),
    ] = 40.0

    @property
    def is_committed(self) -> bool:
        """Whether every hour of the month is billed, for a term."""
        return self.purchase not in ("on_demand", "spot")

    @property
    def purchase_in_words(self) -> str:
        """How it is bought, as its lines say it: `reserved 1 year, standard, …`."""
        term, payment = TERM_WORDS[self.term], PAYMENT_WORDS[self.payment].lower()
        return {
            "on_demand": "on demand",
            "spot": "spot",
            "reserved": f"reserved {term}, {self.offering}, {payment}",
            "reserved_typed": f"committed {term}"
            + (f", {payment}" if self.payment != "no_upfront" else ""),
        }.get(self.purchase) or f"{PLAN_WORDS[self.purchase]} {term}, {payment}"

    def on_demand_price(self, terms: Terms) -> Price:
        return terms.price("ec2", self.instance_type, "on_demand")

    def price(self, terms: Terms) -> Price:
        """The hourly price as it is bought, before a typed discount; with its upfront part."""
        if self.purchase in ("on_demand", "reserved_typed"):
            return self.on_demand_price(terms)
        if self.purchase == "spot":
            return terms.price("ec2", self.instance_type, "spot")
        offering = self.offering if self.purchase == "reserved" else self.purchase
        return terms.price("ec2", self.instance_type, self.term, offering, self.payment)

    def billed_hours(self, terms: Terms, running: Factor) -> Factor:
        """The hours that are billed of a machine that runs for some: all under a commitment."""
        return terms.whole_month if self.is_committed else running

    def hour_lines(
        self,
        terms: Terms,
        machine_hours: tuple[Factor, ...],
        machines: tuple[Factor, ...],
        what: str = "Instance hours",
        word: str = "hours",
        path: str = "",
    ) -> Iterator[Charge]:
        """The lines of machines that are billed by the hour.

        Args:
            terms: as for an option.
            machine_hours: factors of the machine-hours that are billed in a month.
            machines: factors of the machines, for each of which an upfront payment is due; the
                last one has the unit of a machine.
            what: the hourly line's name.
            path: the input behind it.
        """
        of = f"{in_short(self.instance_type)}, {self.purchase_in_words}"
        price, on_demand = self.price(terms), self.on_demand_price(terms)
        differs = self.purchase not in ("on_demand", "reserved_typed")
        reduction = self.reserved_discount if self.purchase == "reserved_typed" else 0.0
        if self.purchase == "reserved_typed":
            months = TERM_MONTHS[self.term]
            if paid := with_payment(on_demand, reduction, self.payment, months):
                price, differs, reduction = paid, True, 0.0
        yield Charge(
            f"{what} ({of})",
            machine_hours,
            price,
            on_demand=on_demand if differs else None,
            reduction=reduction,
            binds=TERM_MONTHS[self.term] if self.is_committed else 0,
            line=word,
            path=path,
        )
        if self.is_committed and differs:
            months = TERM_MONTHS[self.term]
            yield from upfront_part(of, machines, price, on_demand, months, line=word, path=path)

    def purchase_notices(
        self, terms: Terms, running: Value, count: Value = 1.0, what: str = "instance"
    ) -> Iterator[Notice]:
        """What the purchase option means for `count` machines that run for some hours a month."""
        if self.is_committed:
            yield from commitment_notices(self.term, terms, running)
        if self.purchase == "spot":
            yield from spot_notices(count, what)


def spot_notices(count: Value, what: str) -> Iterator[Notice]:
    """What it means that AWS may take back a machine, or the task or pod that runs on it."""
    if count > 1:
        text = f"AWS takes spot capacity back at two minutes' notice, maybe all {what}s at once. "
    else:
        text = (
            f"The only {what} runs on spot capacity: when AWS takes it back, at two minutes' "
            "notice, MLflow is down. "
        )
    yield Notice("purchase", f"{text}A tracking server must always be there, says the article.")


def commitment_notices(term: str, terms: Terms, running: Value) -> Iterator[Notice]:
    """What a commitment means for what runs for some hours a month, over the horizon."""
    if running < terms.hours_in_month:
        yield Notice(
            "purchase",
            "A commitment bills every hour of the month, also those in which nothing runs.",
        )
    yield from horizon_notices("term", TERM_MONTHS[term], terms)


def horizon_notices(path: str, months: int, terms: Terms) -> Iterator[Notice]:
    """What of a commitment, or of its last renewal, goes beyond the horizon."""
    begins = months * (math.ceil(float(terms.horizon_months) / months) - 1) + 1
    ends = begins + months - 1
    if ends <= terms.horizon_months:
        return
    bound = f"The commitment binds for {months} months, longer than the horizon"
    if begins > 1:
        bound = (
            f"Renewed in month {begins}, the commitment binds until month {ends}, beyond the "
            "horizon"
        )
    yield Notice(path, f"{bound}: what is left of it is not in the horizon's total.")
