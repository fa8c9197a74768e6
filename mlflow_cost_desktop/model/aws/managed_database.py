"""What RDS and Aurora have in common: ways to pay, extended support, CPU credits, RDS Proxy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.model.aws.machine import (
    PAYMENT_MEANS,
    PAYMENT_WORDS,
    family_of,
    horizon_notices,
    with_payment,
)
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.commitments import committed
from mlflow_cost_desktop.model.charges.factors import Amount, AtLeast, Factor, OnlyWhere
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Labels, OnlyIf, Section, Unit
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.prices.price import KeyPart, Price, Value, in_short, unknown
from mlflow_cost_desktop.prices.price_book import PriceBook

ENGINE_WORDS = {"mysql": "MySQL", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}

PROXY_MINIMUM_VCPU, PROXY_MINIMUM_ACU = 2.0, 8.0
"""What RDS Proxy bills at least for each instance behind it (https://aws.amazon.com/rds/proxy/pricing/)."""

BURSTABLE = ("t3", "t4g")
"""Families of classes that are billed for surplus CPU credits."""

# --- Fields -------------------------------------------------------------------

COMMITMENT_WORDS = {
    "on_demand": "On demand",
    "1y_no_upfront": "1 year, no upfront",
    "1y_partial_upfront": "1 year, partial upfront",
    "1y_all_upfront": "1 year, all upfront",
    "3y_partial_upfront": "3 years, partial upfront",
    "3y_all_upfront": "3 years, all upfront",
    "1y_typed": "1 year, your discount",
    "3y_typed": "3 years, your discount",
    "savings_plan": "Database Savings Plan",
}

RESERVED_TYPED = ("1y_typed", "3y_typed")
WITH_TYPED_DISCOUNT = (*RESERVED_TYPED, "savings_plan")

Commitment = Annotated[
    Literal[
        "on_demand",
        "1y_no_upfront",
        "1y_partial_upfront",
        "1y_all_upfront",
        "3y_partial_upfront",
        "3y_all_upfront",
        "1y_typed",
        "3y_typed",
        "savings_plan",
    ],
    Section("Price"),
    Labels(COMMITMENT_WORDS),
    Field(
        title="Purchase option",
        description="On demand is billed for the hours that the instance runs; a reservation "
        "for 1 or 3 years is cheaper by the hour and billed for every hour of the month. Three "
        "years without an upfront payment are not sold. A Database Savings Plan binds for 1 year "
        "and lowers classes of generation 7 and later.",
    ),
]

CommitmentDiscount = Annotated[
    float,
    Unit("%"),
    OnlyIf("commitment", WITH_TYPED_DISCOUNT),
    Effect("less", "it is taken off the on-demand price"),
    Field(
        ge=0,
        le=100,
        title="Commitment discount",
        description="Percent off the on-demand price. AWS announces up to 20 % for a Database "
        "Savings Plan on instances, the default here; reserved MySQL instances are about 30 % "
        "cheaper for a year without upfront payment.",
    ),
]

CommitmentPayment = Annotated[
    Literal["no_upfront", "partial_upfront", "all_upfront"],
    Labels(PAYMENT_WORDS),
    OnlyIf("commitment", RESERVED_TYPED),
    Field(title="Payment", description=PAYMENT_MEANS),
]

ExtendedSupport = Annotated[
    Literal["none", "years_1_2", "year_3"],
    Section("Beside the instance"),
    Labels({"none": "None", "years_1_2": "Years 1 and 2", "year_3": "Year 3"}),
    Field(
        title="Extended support",
        description="AWS enrolls databases by itself when their version leaves standard support, "
        "and bills each vCPU by the hour, standbys too. Upgrading ends it.",
    ),
]

SurplusCredits = Annotated[
    float,
    Unit("vCPU-h", step=10),
    OnlyIf("burstable_family", BURSTABLE),
    Effect("more", "surplus credits are billed by the vCPU-hour"),
    Field(
        ge=0,
        le=1_000_000,
        title="Surplus CPU credits",
        description="Of each instance. T3 and T4g classes that stay above their baseline are "
        "billed for it by the vCPU-hour. Other classes have no credits.",
    ),
]

Proxy = Annotated[
    Literal["none", "proxy"],
    Labels({"none": "None", "proxy": "RDS Proxy"}),
    Field(
        title="Connection pool",
        description="RDS Proxy pools the connections of many clients. It is billed by the vCPUs "
        "of the instances that it serves, at least 2 each (8 ACUs under Serverless v2), for the "
        "whole month.",
    ),
]

Runs = Annotated[
    Literal["whole_month", "usage_hours"],
    Labels({"whole_month": "The whole month", "usage_hours": "The usage hours"}),
    Field(
        title="Runs",
        description="Whether the database is stopped outside the usage hours. AWS starts a "
        "stopped database again after seven days; storage is billed all the same.",
    ),
]

# --- Charges ------------------------------------------------------------------


def instance_hours(
    what: str,
    count: tuple[Amount, ...],
    running: Factor,
    terms: Terms,
    key: tuple[str, ...],
    commitment: str,
    discount: Value,
    payment: str,
) -> Iterator[Charge]:
    """The instances' hours, on demand or under a commitment.

    Args:
        what: the class, engine and deployment in words.
        count: how many instances.
        running: the hours that they run; a commitment bills every hour of the month.
        terms: what lies outside.
        key: of the price, without its purchase option; the third part is the class.
        commitment: one of `COMMITMENT_WORDS`.
        discount: percent that a commitment with a typed discount takes off.
        payment: how a reservation with a typed discount is paid.
    """
    on_demand = terms.price(*key, "on_demand")
    reserved = "" if commitment == "savings_plan" else "reserved "
    words = f"{what}, {reserved}{COMMITMENT_WORDS[commitment]}"
    if commitment == "on_demand":
        hours = (*count, running)
        yield Charge(f"Instance hours ({what})", hours, on_demand, line="hours", path="instances")
    elif commitment in RESERVED_TYPED and (
        paid := with_payment(on_demand, discount, payment, months_of(commitment))
    ):
        yield from committed(
            f"{words}, {PAYMENT_WORDS[payment].lower()}",
            count,
            terms.whole_month,
            paid,
            on_demand,
            months_of(commitment),
            line="hours",
            path="instances",
        )
    elif commitment in WITH_TYPED_DISCOUNT:
        if commitment == "savings_plan":
            discount = np.where(in_savings_plan(key[2]), discount, 0.0)[()]
        yield Charge(
            f"Instance hours ({words})",
            (*count, terms.whole_month),
            on_demand,
            reduction=discount,
            binds=months_of(commitment),
            line="hours",
            path="instances",
        )
    else:
        term, _, payment = commitment.partition("_")
        price = terms.price(*key, term, payment)
        months = months_of(commitment)
        yield from committed(
            words,
            count,
            terms.whole_month,
            price,
            on_demand,
            months,
            line="hours",
            path="instances",
        )


def extended_support(
    count: tuple[Factor, ...],
    hours: Factor,
    terms: Terms,
    engine: str,
    instance_class: str,
    support: str,
) -> Charge:
    """Extended support of provisioned instances, by vCPU and hour."""
    description = f"Extended support ({ENGINE_WORDS[engine]})"
    vcpu, price = _by_vcpu(terms, instance_class, "rds_extended_support", engine, support)
    factors = (*count, *vcpu, hours)
    return Charge(description, factors, price, line="extended_support", path="extended_support")


def proxy(count: tuple[Factor, ...], terms: Terms, instance_class: str) -> Charge:
    """RDS Proxy in front of provisioned instances, by vCPU and hour."""
    vcpu, price = _by_vcpu(terms, instance_class, "rds_proxy")
    served = (AtLeast(part, PROXY_MINIMUM_VCPU) for part in vcpu)
    factors = (*count, *served, terms.whole_month)
    return Charge("RDS Proxy", factors, price, line="proxy", path="proxy")


def _by_vcpu(terms: Terms, instance_class: KeyPart, *key: str) -> tuple[tuple[Factor, ...], Price]:
    """The vCPUs of a class, or of each of many, and a price: unknown where nobody knows them."""
    vcpu = vcpus(terms, instance_class)
    is_known = ~np.isnan(vcpu)
    if not np.any(is_known):
        return (), unknown("/".join(key))
    price = terms.price(*key).only_where(np.asarray(is_known))
    return (Amount(np.where(is_known, vcpu, 1.0)[()], "vCPU"),), price


def surplus_credits(
    count: tuple[Factor, ...], terms: Terms, engine: str, instance_class: KeyPart, credits: Value
) -> Iterator[Charge]:
    """CPU credits that a T class takes beyond those that it earns; of each of many classes.

    None where no class is one.
    """
    family = terms.prices.of_each(instance_class, _burstable_families)
    is_burstable = np.where(np.asarray(family) != "", 1.0, 0.0)[()]
    if not np.any(is_burstable):
        return
    yield Charge(
        f"Surplus CPU credits ({in_short(family)})",
        (*count, Amount(credits, "vCPU-h"), OnlyWhere(is_burstable, "no T class")),
        terms.price("rds_credits", engine, family),
        line="surplus_credits",
        path="surplus_credits",
    )


# --- Classes ------------------------------------------------------------------


def vcpus(terms: Terms, instance_class: KeyPart) -> Value:
    """The vCPUs of a class, or of an array of classes; NaN where nobody knows them."""
    bare = (
        instance_class.removeprefix("db.")
        if isinstance(instance_class, str)
        else np.char.replace(instance_class, "db.", "", count=1)
    )
    return terms.prices.machine_sizes(bare)[0]


def burstable_family(instance_class: KeyPart) -> KeyPart:
    """`t3` or `t4g`, empty for other classes; of each of an array of classes."""
    if isinstance(instance_class, str):
        family = family_of(instance_class.removeprefix("db."))
        return family if family in BURSTABLE else ""
    families = family_of(np.char.replace(instance_class, "db.", "", count=1))
    return np.where(np.isin(families, BURSTABLE), families, "")


def _burstable_families(_: PriceBook, instance_class: KeyPart) -> KeyPart:
    return burstable_family(instance_class)


def in_savings_plan(instance_class: KeyPart) -> Value:
    """1 where a Database Savings Plan lowers the class, which is of generation 7 or later."""
    return np.vectorize(_is_lowered, otypes=[float])(instance_class)[()]


@cache
def _is_lowered(name: str) -> float:
    generation = re.search(r"\d+", name)
    return 1.0 if generation and int(generation[0]) >= 7 else 0.0


def months_of(commitment: str) -> int:
    """How long it binds; 0 on demand."""
    if commitment == "on_demand":
        return 0
    return 36 if commitment.startswith("3y") else 12


# --- Notices ------------------------------------------------------------------


def commitment_notices(
    terms: Terms, commitment: str, path: str, running: Factor, instance_class: str = ""
) -> Iterator[Notice]:
    """What a commitment binds to, and what it does not lower.

    `instance_class` is empty for capacity that is no instance.
    """
    months = months_of(commitment)
    if not months:
        return
    if running.value < terms.hours_in_month:
        yield Notice(
            path,
            "A commitment bills every hour of the month, also those in which the database is "
            "stopped.",
        )
    yield from horizon_notices(path, months, terms)
    if commitment == "savings_plan" and instance_class and not in_savings_plan(instance_class):
        yield Notice(
            path,
            f"A Database Savings Plan lowers classes of generation 7 and later; {instance_class} "
            "stays at its on-demand price.",
        )


def instance_notices(terms: Terms, instance_class: str, *, needs_vcpus: bool) -> Iterator[Notice]:
    """What the class lacks that other inputs ask for."""
    if needs_vcpus and np.isnan(vcpus(terms, instance_class)):
        yield Notice(
            "instance_class",
            f"The vCPUs of {instance_class} are not known: extended support and RDS Proxy, which "
            "are billed by them, are left out of the total.",
        )


STOPPED_SEVEN_DAYS = "AWS starts a stopped database again after seven days: stop it by a schedule."
