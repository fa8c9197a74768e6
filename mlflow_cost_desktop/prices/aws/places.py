"""Which key a row of AWS's price list is the price of: by its columns, service by service."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from mlflow_cost_desktop.prices.aws.keys import ENTRIES, Entry, credits_place, support_place
from mlflow_cost_desktop.prices.aws.names import (
    BUNDLED_FAMILY,
    DEPLOYMENTS,
    ENGINES,
    PAYMENTS,
    REGIONS,
    SAVINGS_PLANS,
    TERMS,
)
from mlflow_cost_desktop.prices.book_file import Rule
from mlflow_cost_desktop.prices.price_book import InstanceType


class Row(NamedTuple):
    """A line's cells by the plain names of their columns; empty where a file has no such column."""

    usagetype: str
    operation: str
    unit: str
    priceperunit: str
    currency: str
    termtype: str
    startingrange: str
    endingrange: str
    leasecontractlength: str
    leasecontractlengthunit: str
    purchaseoption: str
    offeringclass: str
    productfamily: str
    locationtype: str
    regioncode: str
    instancetype: str
    operatingsystem: str
    tenancy: str
    preinstalledsw: str
    capacitystatus: str
    marketoption: str
    vcpu: str
    memory: str
    physicalprocessor: str
    databaseengine: str
    deploymentoption: str
    licensemodel: str
    accesstype: str
    transfertype: str
    fromlocation: str
    tolocation: str
    fromregioncode: str
    toregioncode: str


class Placed(NamedTuple):
    """What a row is the price of.

    `share` is the part of a plan's hours that is paid at once, for `years` of them.
    """

    key: str
    unit: str
    is_upfront: bool = False
    tier: tuple[Decimal, Decimal | None] | None = None
    machine: InstanceType | None = None
    share: Decimal | None = None
    years: int = 0
    rule: str = ""


PlacedBy = Callable[[Row, str], "Placed | None"]
"""From a row and the region that is read, what it is the price of; None where it is of no use."""

PREFIX = re.compile(r"(?:EU|CPT|[A-Z]{2,4}\d|[a-z]{2}(?:-[a-z]+)+-\d)-")
"""Of a usage type: which region it is of. The oldest products have none in Virginia."""

IO2_RULE = Rule(
    "The source names three tiers without bounds; 32,000 and 64,000 IOPS are those of AWS's "
    "pricing page. (None known.)"
)
PLAN_RULE = Rule(
    "The price list has what an hour costs under the plan: all of it is paid at once where all is "
    "paid upfront, half of it where a part is. (None known.)"
)

SUPPORTED_ENGINES = {*ENGINES, "Any", ""}


def _any_line(line: str) -> bool:
    return True


@dataclass(frozen=True)
class Place:
    """How the file of a service is read.

    Attributes:
        code: the offer code that the file names.
        placed_by: from a row, what it is the price of.
        may_matter: a cheap look at a line's text, false where it can be of no use.
        columns: those that must be there, by their plain names.
        called: columns that are called otherwise in this file.
        rules: the rules that its prices name.
    """

    code: str
    placed_by: PlacedBy
    may_matter: Callable[[str], bool] = _any_line
    columns: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict[str, str])
    rules: Mapping[str, Rule] = field(default_factory=dict[str, Rule])


def usage_of(row: Row) -> str:
    """The usage type without its region's prefix."""
    prefix = PREFIX.match(row.usagetype)
    return row.usagetype[prefix.end() :] if prefix else row.usagetype


def _is_elsewhere(row: Row, region_id: str) -> bool:
    """Whether it is sold in another region, or in a zone outside of one."""
    if row.locationtype == "Other":  # anywhere, where it names no region
        return row.regioncode != ""
    if row.locationtype not in ("AWS Region", ""):
        return True
    return row.regioncode not in (region_id, "")


def _entries_of(offer: str) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in ENTRIES:
        if entry.offer == offer and entry.usage:
            found.setdefault(entry.usage, []).append(entry)
    return found


def by_table(offer: str, *, is_global: bool = False) -> PlacedBy:
    """Looks a row up in the table of keys; what is sold everywhere alike names no region."""
    entries = _entries_of(offer)

    def placed(row: Row, region_id: str) -> Placed | None:
        if row.termtype != "OnDemand" or (not is_global and _is_elsewhere(row, region_id)):
            return None
        usage = row.usagetype if is_global else usage_of(row)
        for entry in entries.get(usage, ()):
            if entry.operations and row.operation not in entry.operations:
                continue
            if all(getattr(row, column) == value for column, value in entry.where):
                rule = "io2-tier-bounds" if entry.tier else ""
                return Placed(entry.key, entry.unit, tier=entry.tier, rule=rule)
        return None

    return placed


_ec2_services = by_table("AmazonEC2")
_rds_services = by_table("AmazonRDS")


def _ec2(row: Row, region_id: str) -> Placed | None:
    if not row.productfamily.startswith("Compute Instance"):
        return _ec2_services(row, region_id)
    kind = row.instancetype
    sold = row.operatingsystem, row.tenancy, row.preinstalledsw, row.capacitystatus
    if sold != ("Linux", "Shared", "NA", "Used") or row.operation != "RunInstances":
        return None
    if row.marketoption not in ("OnDemand", "") or _is_elsewhere(row, region_id):
        return None
    if not BUNDLED_FAMILY.match(kind) or usage_of(row) != f"BoxUsage:{kind}":
        return None
    term = _term(row, offering=f"/{row.offeringclass}")
    if term is None or row.offeringclass not in ("standard", "convertible", ""):
        return None
    is_upfront = row.unit == "Quantity"
    return Placed(f"ec2/{kind}/{term}", "h", is_upfront, machine=_machine(row))


def _rds(row: Row, region_id: str) -> Placed | None:
    if row.databaseengine not in SUPPORTED_ENGINES:
        return None
    usage = usage_of(row)
    if row.productfamily == "Database Instance":
        return _database(row, region_id, usage)
    place = credits_place(usage, row.databaseengine) or support_place(usage)
    if place is not None:
        if row.termtype != "OnDemand" or _is_elsewhere(row, region_id):
            return None
        return Placed(*place)
    return _rds_services(row, region_id)


DATABASE_USAGES = {
    "InstanceUsage": "standard",
    "Multi-AZUsage": "standard",
    "Multi-AZClusterUsage": "standard",
    "InstanceUsageIOOptimized": "io_optimized",
}
"""What comes before a usage type's colon; others are mirrors, Outposts and the like."""


def _database(row: Row, region_id: str, usage: str) -> Placed | None:
    kind, engine = row.instancetype, ENGINES.get(row.databaseengine)
    configuration = DATABASE_USAGES.get(usage.partition(":")[0])
    deployment = DEPLOYMENTS.get(row.deploymentoption)
    if engine is None or configuration is None or deployment is None:
        return None
    if not BUNDLED_FAMILY.match(kind) or _is_elsewhere(row, region_id):
        return None
    if row.licensemodel.casefold() not in ("no license required", ""):
        return None
    term = _term(row)
    if term is None or row.offeringclass not in ("standard", ""):
        return None
    if engine.startswith("aurora/"):
        if deployment != "single_az":
            return None
        deployment = configuration
    elif configuration != "standard":
        return None
    return Placed(f"{engine}/{kind}/{deployment}/{term}", "h", row.unit == "Quantity")


def _term(row: Row, offering: str = "") -> str | None:
    """The end of a machine's key: `on_demand`, `1y/standard/no_upfront`; None for other terms."""
    if row.termtype == "OnDemand":
        return "on_demand"
    term, payment = TERMS.get(row.leasecontractlength), PAYMENTS.get(row.purchaseoption)
    if row.termtype != "Reserved" or term is None or payment is None:
        return None
    return f"{term}{offering}/{payment}"


def _machine(row: Row) -> InstanceType | None:
    try:
        vcpu = float(row.vcpu)
        memory = float(row.memory.removesuffix(" GiB").replace(",", ""))
    except ValueError:
        return None
    if not (0 < vcpu < 10_000 and 0 < memory < 1_000_000):
        return None
    is_arm = "Graviton" in row.physicalprocessor
    return InstanceType(row.instancetype, vcpu, memory, "arm64" if is_arm else "x86_64")


UPFRONT_SHARES = {"no_upfront": Decimal(0), "partial_upfront": Decimal("0.5")}


def _savings_plan(row: Row, region_id: str) -> Placed | None:
    plan, kind = SAVINGS_PLANS.get(row.productfamily), row.instancetype
    payment = PAYMENTS.get(row.purchaseoption)
    if plan is None or payment is None or row.operation != "RunInstances":
        return None
    if row.leasecontractlengthunit != "year" or row.leasecontractlength not in ("1", "3"):
        return None
    if row.regioncode not in (region_id, "") or not BUNDLED_FAMILY.match(kind):
        return None
    if usage_of(row) != f"BoxUsage:{kind}":
        return None
    years = int(row.leasecontractlength)
    share = UPFRONT_SHARES.get(payment, Decimal(1))
    key = f"ec2/{kind}/{years}y/{plan}/{payment}"
    rule = "savings-plan-upfront" if share else ""
    return Placed(key, "h", share=share, years=years, rule=rule)


_transfer_services = by_table("AWSDataTransfer")
_OLD_NAMES = {name.replace("Europe (", "EU ("): region for region, name in REGIONS.items()}
REGION_OF_NAME = {**_OLD_NAMES, **{name: region for region, name in REGIONS.items()}}


def _transfer(row: Row, region_id: str) -> Placed | None:
    """What leaves the region; the file names no region but those at the two ends."""
    begin = row.fromregioncode or REGION_OF_NAME.get(row.fromlocation, "")
    if row.termtype != "OnDemand" or begin != region_id:
        return None
    row = row._replace(locationtype="", regioncode="")
    if row.transfertype == "AWS Outbound":
        return _transfer_services(row, region_id) if row.tolocation == "External" else None
    if row.transfertype == "IntraRegion":
        return _transfer_services(row, region_id)
    end = row.toregioncode or REGION_OF_NAME.get(row.tolocation, "")
    is_between = row.transfertype == "InterRegion Outbound" and end in REGIONS and end != begin
    if is_between and row.usagetype.endswith("-AWS-Out-Bytes"):
        return Placed(f"transfer/region/{end}", "GB")
    return None


def _of_ec2(line: str) -> bool:
    if "BoxUsage:" in line:
        return "Linux" in line and "Shared" in line
    return "EBS:" in line or "NatGateway-" in line or "CPUCredits:" in line


def _of_rds(line: str) -> bool:
    return "SQL Server" not in line and "Oracle" not in line and "Db2" not in line


def _of_plans(line: str) -> bool:
    return "BoxUsage:" in line and ("RunInstances," in line or 'RunInstances"' in line)


ON_DEMAND = ("usagetype", "operation", "unit", "priceperunit", "currency", "termtype",
             "startingrange", "endingrange")  # fmt: skip
RESERVED = (*ON_DEMAND, "leasecontractlength", "purchaseoption", "offeringclass", "productfamily")

PLACES: Mapping[str, Place] = {
    "AmazonEC2": Place(
        "AmazonEC2",
        _ec2,
        _of_ec2,
        (*RESERVED, "instancetype", "operatingsystem", "tenancy", "preinstalledsw", "vcpu",
         "capacitystatus", "memory"),
        rules={"io2-tier-bounds": IO2_RULE},
    ),
    "AWSComputeSavingsPlan": Place(
        "AmazonComputeSavingsPlan",
        _savings_plan,
        _of_plans,
        ("usagetype", "operation", "unit", "priceperunit", "currency", "productfamily",
         "leasecontractlength", "leasecontractlengthunit", "purchaseoption", "instancetype"),
        {
            "usagetype": "discountedusagetype",
            "operation": "discountedoperation",
            "priceperunit": "discountedrate",
            "regioncode": "discountedregioncode",
            "instancetype": "discountedinstancetype",
        },
        {"savings-plan-upfront": PLAN_RULE},
    ),
    "AmazonRDS": Place(
        "AmazonRDS",
        _rds,
        _of_rds,
        (*RESERVED, "instancetype", "databaseengine", "deploymentoption"),
    ),
    "AWSDataTransfer": Place(
        "AWSDataTransfer",
        _transfer,
        columns=(*ON_DEMAND, "transfertype", "fromlocation", "tolocation"),
    ),
    "AWSELB": Place("AWSELB", by_table("AWSELB"), columns=(*ON_DEMAND, "productfamily")),
    "AmazonRoute53": Place("AmazonRoute53", by_table("AmazonRoute53", is_global=True),
                           columns=ON_DEMAND),
    **{
        code: Place(code, by_table(code), columns=ON_DEMAND)
        for code in ("AmazonS3", "AmazonS3GlacierDeepArchive", "AmazonECS", "AmazonEKS",
                     "AmazonVPC", "AmazonCloudWatch", "awskms", "AWSSecretsManager", "AmazonECR",
                     "AmazonEFS", "AmazonSageMaker")
    },
}  # fmt: skip
"""How each file is read, by the offer code under which AWS's index lists it."""
