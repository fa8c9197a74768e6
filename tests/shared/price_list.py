"""A price list in the layout of AWS's server, made of a price book, for tests and benchmarks.

Columns of EC2 and of Savings Plans are the genuine ones (`tests/data/offers`); those of other
services are named as AWS names them. Rows that are of no use stand between, as they do there.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from mlflow_cost_desktop.prices.aws.keys import ENTRIES
from mlflow_cost_desktop.prices.aws.names import (
    COUNTS,
    DEPLOYMENTS,
    ENGINES,
    PAYMENTS,
    REGIONS,
    SAVINGS_PLANS,
)
from mlflow_cost_desktop.prices.aws.offer_file import plain
from mlflow_cost_desktop.prices.aws.price_list import PLANS, ROUGH_SIZES, SOLD_EVERYWHERE
from mlflow_cost_desktop.prices.price import Price
from mlflow_cost_desktop.prices.price_book import PriceBook

OFFERS = Path(__file__).parents[1] / "data" / "offers"
VERSION, PUBLISHED = "20261120101112", "2026-11-20T10:11:12Z"
INDEX_PUBLISHED = "2026-11-21T09:00:00Z"
DISCLAIMER = "This pricing list is for informational purposes only."

Cells = dict[str, str]
Changed = Callable[[str, Decimal], Decimal]
"""From a key and its price, the price that the list has."""

_PAYMENTS = {ours: theirs for theirs, ours in PAYMENTS.items()}
_PLANS = {ours: theirs for theirs, ours in SAVINGS_PLANS.items()}
_ENGINES = {ours: theirs for theirs, ours in ENGINES.items()}
_DEPLOYMENTS = {ours: theirs for theirs, ours in DEPLOYMENTS.items()}
_UNITS = {
    "h": "Hrs", "GB": "GB", "GB-month": "GB-Mo", "GB-h": "GB-Hours", "vCPU-h": "vCPU-Hours",
    "ACU-h": "ACU-Hr", "LCU-h": "LCU-Hrs", "IOPS-month": "IOPS-Mo", "MiBps-month": "MiBps-Mo",
    "requests": "Requests", "queries": "Queries", "objects": "Objects", "alarm-month": "Alarms",
    "dashboard-month": "Dashboards", "metric-month": "Metrics", "secret-month": "Secrets",
    "key-month": "Keys", "zone-month": "HostedZone",
}  # fmt: skip
_OTHER_COLUMNS = (
    "SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate",
    "StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency", "LeaseContractLength",
    "PurchaseOption", "OfferingClass", "Product Family", "serviceCode", "Location",
    "Location Type", "Instance Type", "vCPU", "Memory", "Physical Processor", "Database Engine",
    "License Model", "Deployment Option", "Group", "usageType", "operation", "Access Type",
    "Region Code", "serviceName",
)  # fmt: skip
_TRANSFER_COLUMNS = (
    "SKU", "TermType", "PriceDescription", "StartingRange", "EndingRange", "Unit",
    "PricePerUnit", "Currency", "Product Family", "serviceCode", "Transfer Type", "From Location",
    "From Location Type", "To Location", "To Location Type", "usageType", "operation",
)  # fmt: skip


def columns_of(service: str) -> list[str]:
    """The header of a service's file."""
    genuine = {
        "AmazonEC2": "ec2-bulk-head-2025-09-12.csv",
        PLANS: "savingsplan-bulk-head-ap-east-2-2025-09-11.csv",
    }
    if service in genuine:
        with (OFFERS / genuine[service]).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))[5]
    return list(_TRANSFER_COLUMNS if service == "AWSDataTransfer" else _OTHER_COLUMNS)


def write_list(
    folder: Path,
    books: Iterable[PriceBook],
    changed: Changed = lambda _, usd: usd,
    *,
    extra: Callable[[str, str], Iterable[Cells]] = lambda service, region_id: (),
) -> None:
    """Write the list of some regions.

    Args:
        changed: the price that the list has in place of a book's.
        extra: further rows of a service's file for a region, their cells by plain names.
    """
    books = list(books)
    offers: dict[str, dict[str, str]] = {}
    for service in ROUGH_SIZES:
        base = f"/offers/v1.0/aws/{service}"
        if service == PLANS:
            base = f"/savingsPlan/v1.0/aws/{service}"
            offers["AmazonEC2"]["currentSavingsPlanIndexUrl"] = f"{base}/current/region_index.json"
        else:
            offers[service] = {
                "offerCode": service,
                "currentVersionUrl": f"{base}/current/index.json",
                "currentRegionIndexUrl": f"{base}/current/region_index.json",
            }
        if service in SOLD_EVERYWHERE:
            write_offer(folder / f".{base}/current/index.csv", service, _rows(books[0], changed))
            continue
        paths = {book.region_id: f"{base}/{VERSION}/{book.region_id}/index.json" for book in books}
        _write_json(folder / f".{base}/current/region_index.json", _regions(service, paths))
        for book in books:
            rows = [
                *_rows(book, changed),
                *((service, cells) for cells in extra(service, book.region_id)),
            ]
            path = f".{paths[book.region_id]}".removesuffix("json") + "csv"
            write_offer(folder / path, service, rows)
    index = {"publicationDate": INDEX_PUBLISHED, "offers": offers}
    _write_json(folder / "offers/v1.0/aws/index.json", index)


def write_offer(path: Path, service: str, rows: Iterable[tuple[str, Cells]]) -> None:
    """Write the file of a service; rows of other services are left out."""
    columns = columns_of(service)
    code = "AmazonComputeSavingsPlan" if service == PLANS else service
    path.parent.mkdir(parents=True, exist_ok=True)
    quoting = csv.QUOTE_MINIMAL if service == PLANS else csv.QUOTE_ALL
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=quoting)
        writer.writerows(
            [("FormatVersion", "v1.0"), ("Disclaimer", DISCLAIMER),
             ("Publication Date", PUBLISHED), ("Version", VERSION), ("OfferCode", code), columns]
        )  # fmt: skip
        names = [plain(name) for name in columns]
        for of, cells in rows:
            if of == service:
                writer.writerow([cells.get(name, "") for name in names])


def mlflow_servers(usd: str) -> Callable[[str, str], Iterable[Cells]]:
    """Rows of SageMaker's file, for `extra`: MLflow's servers, and what is near them in name.

    Args:
        usd: what an hour of the smallest costs.
    """

    def rows(service: str, region_id: str) -> Iterator[Cells]:
        if service != "AmazonSageMaker":
            return
        row = {"currency": "USD", "termtype": "OnDemand", "startingrange": "0"}
        row |= {"endingrange": "Inf", "unit": "Hrs", "locationtype": "AWS Region"}
        for usage, price, region in (
            ("USE1-MLflow:TrackingServerCompute-Small", usd, region_id),
            ("USE1-MLflow:TrackingServerCompute-Medium", "1.1", region_id),
            ("USE1-MLflow:TrackingServerCompute-Large", "2.1", region_id),
            ("USE1-MLflow:TrackingServerStorage", "0.2", region_id),
            ("USE1-Host:ml.m5.large", "0.115", region_id),
            ("APS3-MLflow:TrackingServerCompute-Small", "9.9", "ap-south-1"),
        ):
            yield row | {"usagetype": usage, "priceperunit": price, "regioncode": region}

    return rows


def offer_path(service: str, region_id: str) -> str:
    """Where a service's file lies in the list."""
    if service in SOLD_EVERYWHERE:
        return f"offers/v1.0/aws/{service}/current/index.csv"
    kind = "savingsPlan" if service == PLANS else "offers"
    return f"{kind}/v1.0/aws/{service}/{VERSION}/{region_id}/index.csv"


def _regions(service: str, paths: Mapping[str, str]) -> dict[str, object]:
    if service == PLANS:
        rows = [{"regionCode": region_id, "versionUrl": path} for region_id, path in paths.items()]
        return {"publicationDate": PUBLISHED, "regions": rows}
    table = {
        region_id: {"regionCode": region_id, "currentVersionUrl": path}
        for region_id, path in paths.items()
    }
    return {"publicationDate": PUBLISHED, "regions": table}


def _write_json(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")


def _rows(book: PriceBook, changed: Changed) -> Iterator[tuple[str, Cells]]:
    """Every price of a book as rows, each with its service."""
    for key in book.listed:
        yield from rows_of(key, book.listed[key], book, changed)


def rows_of(
    key: str, price: Price, book: PriceBook, changed: Changed
) -> Iterator[tuple[str, Cells]]:
    """A price as rows of the list; none where the list names it otherwise."""
    parts = key.split("/")
    base = {"currency": "USD", "locationtype": "AWS Region", "regioncode": book.region_id}
    base |= {"termtype": "OnDemand", "startingrange": "0", "endingrange": "Inf"}
    if "_savings_plan/" in key:
        yield from _plan_rows(parts, price, book.region_id)
    elif parts[0] == "ec2":
        machine = book.instance_types.get(parts[1])
        base |= {
            "productfamily": "Compute Instance",
            "instancetype": parts[1],
            "usagetype": f"BoxUsage:{parts[1]}",
            "operation": "RunInstances",
            "operatingsystem": "Linux",
            "tenancy": "Shared",
            "preinstalledsw": "NA",
            "capacitystatus": "Used",
            "marketoption": "OnDemand",
            "vcpu": f"{machine.vcpu:g}" if machine else "",
            "memory": f"{machine.memory_gib:,g} GiB" if machine else "",
            "physicalprocessor": "AWS Graviton2 Processor"
            if machine and machine.architecture == "arm64"
            else "Intel Xeon Platinum 8175",
        }
        for cells in _terms(key, parts[2:], price, base, changed):
            yield "AmazonEC2", cells
    elif parts[0] in ("rds", "aurora"):
        deployment = _DEPLOYMENTS.get(parts[3], "Single-AZ")
        usages = {"multi_az": "Multi-AZUsage", "multi_az_readable": "Multi-AZClusterUsage",
                  "io_optimized": "InstanceUsageIOOptimized"}  # fmt: skip
        base |= {
            "productfamily": "Database Instance",
            "instancetype": parts[2],
            "usagetype": f"{usages.get(parts[3], 'InstanceUsage')}:{parts[2]}",
            "databaseengine": _ENGINES["/".join(parts[:2])],
            "deploymentoption": deployment,
            "licensemodel": "No license required",
        }
        for cells in _terms(key, parts[4:], price, base, changed):
            yield "AmazonRDS", cells
    else:
        yield from _service_rows(key, price, book.region_id, base, changed)


def _terms(
    key: str, parts: list[str], price: Price, base: Cells, changed: Changed
) -> Iterator[Cells]:
    usd = changed(key, _exact(price.tiers[0].usd))
    if parts == ["on_demand"]:
        yield base | {"unit": "Hrs", "priceperunit": _text(usd)}
        return
    reserved = base | {
        "termtype": "Reserved",
        "leasecontractlength": {"1y": "1yr", "3y": "3yr"}[parts[0]],
        "offeringclass": parts[1] if len(parts) == 3 else "standard",
        "purchaseoption": _PAYMENTS[parts[-1]],
    }
    yield reserved | {"unit": "Hrs", "priceperunit": _text(usd)}
    if price.upfront_usd is not None:
        upfront = changed(key, _exact(price.upfront_usd))
        yield reserved | {
            "unit": "Quantity",
            "priceperunit": _text(upfront),
            "startingrange": "",
            "endingrange": "",
        }


def _plan_rows(parts: list[str], price: Price, region_id: str) -> Iterator[tuple[str, Cells]]:
    if price.upfront_usd is not None:
        return  # a rate is all that the list has
    yield (
        PLANS,
        {
            "currency": "USD",
            "unit": "Hrs",
            "discountedrate": _text(_exact(price.tiers[0].usd)),
            "discountedservicecode": "AmazonEC2",
            "discountedusagetype": f"BoxUsage:{parts[1]}",
            "discountedoperation": "RunInstances",
            "purchaseoption": _PAYMENTS[parts[4]],
            "leasecontractlength": parts[2][0],
            "leasecontractlengthunit": "year",
            "productfamily": _PLANS[parts[3]],
            "discountedregioncode": region_id,
            "discountedinstancetype": parts[1],
        },
    )


def _service_rows(
    key: str, price: Price, region_id: str, base: Cells, changed: Changed
) -> Iterator[tuple[str, Cells]]:
    entries = [entry for entry in ENTRIES if entry.key == key and entry.offer]
    parts = key.split("/")
    service, usage, operation = "", "", ""
    where: dict[str, str] = {}
    if parts[0] == "rds_credits":
        service, usage = "AmazonRDS", f"CPUCredits:db.{parts[2]}"
        engines = {name.lower().replace(" ", "_"): name for name in ENGINES}
        where = {"databaseengine": engines[parts[1]]}
    elif parts[0] == "rds_extended_support":
        engine = {"mysql": "MySQL8.0", "postgresql": "PostgreSQL12"}[parts[1]]
        years = {"years_1_2": "Yr1-Yr2", "year_3": "Yr3"}[parts[2]]
        service, usage = "AmazonRDS", f"ExtendedSupport:{years}:{engine}"
    elif key.startswith("transfer/region/"):
        service, usage = "AWSDataTransfer", "USW2-AWS-Out-Bytes"
        where = {"transfertype": "InterRegion Outbound", "tolocation": REGIONS[parts[2]]}
    elif entries:
        service, usage = entries[0].offer, entries[0].usage
        operation = next(iter(entries[0].operations), "")
        where = dict(entries[0].where)
    if not service:
        return
    if key == "transfer/internet":
        where = {"transfertype": "AWS Outbound", "tolocation": "External"}
    elif key == "transfer/zone":
        where = {"transfertype": "IntraRegion", "tolocation": REGIONS[region_id]}
    count, _, unit = price.unit.rpartition(" ")
    size = COUNTS[count]
    for at, tier in enumerate(price.tiers):
        named_apart = entries[at].usage if len(entries) > at and entries[at].tier else usage
        is_apart = named_apart != usage or bool(entries and entries[0].tier)
        prefix = f"{region_id}-" if service == "awskms" else ""
        yield (
            service,
            base
            | where
            | {
                "usagetype": f"{prefix}{named_apart}",
                "operation": operation,
                "unit": _UNITS[unit],
                "priceperunit": _text(changed(key, _exact(tier.usd)) / size),
                "startingrange": "0" if is_apart else _text(_exact(tier.begin) * size),
                "endingrange": "Inf"
                if is_apart or tier.end == float("inf")
                else _text(_exact(tier.end) * size),
                "fromlocation": REGIONS[region_id],
                "fromlocationtype": "AWS Region",
            },
        )


def _exact(value: object) -> Decimal:
    return Decimal(repr(float(value)))  # type: ignore[arg-type]  # a price's figure may be an array


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
