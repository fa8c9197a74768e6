"""Files of AWS's price list: genuine fragments, rows that must not match, damaged files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mlflow_cost_desktop.prices.aws.offer_file import plain, read_offer
from mlflow_cost_desktop.prices.aws.price_list import PLANS
from mlflow_cost_desktop.prices.new_price import NewPrice, RefusedFileError, ServicePrices
from tests.shared.price_list import OFFERS, Cells, columns_of, write_offer

INFINITY = None


def read(path: Path, service: str, region_id: str = "us-east-1") -> ServicePrices:
    return read_offer(path, service, region_id, lambda _: None)


def of_rows(path: Path, service: str, rows: list[Cells], region_id: str = "us-east-1") -> Any:
    write_offer(path, service, [(service, row) for row in rows])
    return read(path, service, region_id)


def one(usd: str, key: str, unit: str, rule: str = "") -> NewPrice:
    return NewPrice(key, unit, ((Decimal(0), INFINITY, Decimal(usd)),), None, rule)


def row(**cells: str) -> Cells:
    base = {"currency": "USD", "locationtype": "AWS Region", "regioncode": "us-east-1"}
    base |= {"termtype": "OnDemand", "startingrange": "0", "endingrange": "Inf"}
    return base | cells


M5 = row(
    productfamily="Compute Instance",
    instancetype="m5.large",
    usagetype="BoxUsage:m5.large",
    operation="RunInstances",
    operatingsystem="Linux",
    tenancy="Shared",
    preinstalledsw="NA",
    capacitystatus="Used",
    marketoption="OnDemand",
    unit="Hrs",
    priceperunit="0.0960000000",
    vcpu="2",
    memory="8 GiB",
    physicalprocessor="Intel Xeon Platinum 8175",
)
RESERVED = M5 | {"termtype": "Reserved", "leasecontractlength": "1yr", "offeringclass": "standard"}


def rows_of_json(name: str) -> list[Cells]:
    """A genuine fragment of a file's JSON form, as the rows that its CSV form has."""
    document = json.loads((OFFERS / name).read_text(encoding="utf-8"))
    rows: list[Cells] = []
    for term_type, of_skus in document["terms"].items():
        for sku, terms in of_skus.items():
            if sku not in document["products"]:
                continue
            product = document["products"][sku]
            cells = {plain(name): value for name, value in product["attributes"].items()}
            cells["productfamily"] = product.get("productFamily", "")
            for term in terms.values():
                length = {plain(name): value for name, value in term["termAttributes"].items()}
                for dimension in term["priceDimensions"].values():
                    ((currency, usd),) = dimension["pricePerUnit"].items()
                    rows.append(
                        cells
                        | length
                        | {
                            "termtype": term_type,
                            "currency": currency,
                            "priceperunit": usd,
                            "unit": dimension["unit"],
                            "startingrange": dimension.get("beginRange", ""),
                            "endingrange": dimension.get("endRange", ""),
                        }
                    )
    return rows


def test_the_genuine_head_of_ec2_is_read_and_holds_nothing_of_use() -> None:
    # Two rows, both of Windows on dedicated machines.
    with pytest.raises(RefusedFileError, match="holds no price that the program knows"):
        read(OFFERS / "ec2-bulk-head-2025-09-12.csv", "AmazonEC2", "ap-northeast-1")


def test_the_genuine_head_of_savings_plans_is_read(tmp_path: Path) -> None:
    genuine = OFFERS / "savingsplan-bulk-head-ap-east-2-2025-09-11.csv"
    with pytest.raises(RefusedFileError, match="holds no price that the program knows"):
        read(genuine, PLANS, "ap-east-2")
    # The same rows, of a shared machine: what the program prices.
    text = genuine.read_text(encoding="utf-8")
    shared = text.replace(
        "DedicatedUsage:r7g.medium,RunInstances:0010", "BoxUsage:r7g.medium,RunInstances"
    )
    path = tmp_path / "index.csv"
    path.write_text(shared, encoding="utf-8")
    found = read(path, PLANS, "ap-east-2")
    (price,) = found.prices.values()
    assert price.key == "ec2/r7g.medium/3y/instance_savings_plan/partial_upfront"
    # 0.0425 an hour, of which half is paid at once: 0.02125 x 26,280.
    assert price.tiers == ((Decimal(0), None, Decimal("0.02125")),)
    assert (price.upfront, price.rule) == (Decimal("558.45"), "savings-plan-upfront")
    assert (found.published, found.version) == ("2025-09-11", "20250911184447")
    assert price.rule in found.rules


def test_genuine_reserved_prices_of_2016(tmp_path: Path) -> None:
    rows = rows_of_json("ec2-reserved-c4.large-2016-12.lyft.json")
    for cells in rows:  # columns that came later
        cells.setdefault("capacitystatus", "Used")
    found = of_rows(tmp_path / "index.csv", "AmazonEC2", rows)
    prices = found.prices
    assert prices["ec2/c4.large/on_demand"] == one("0.1", "ec2/c4.large/on_demand", "h")
    of_terms = {key: (p.tiers[0][2], p.upfront) for key, p in prices.items() if "/1y/" in key}
    raw = [c for c in rows if c["termtype"] == "Reserved"]
    upfront = {
        (c["leasecontractlength"], c["offeringclass"], c["purchaseoption"]): Decimal(
            c["priceperunit"]
        )
        for c in raw
        if c["unit"] == "Quantity"
    }
    for key, (_, paid) in of_terms.items():
        _, _, _, offering, payment = key.split("/")
        words = {"partial_upfront": "Partial Upfront", "all_upfront": "All Upfront"}.get(payment)
        assert paid == (upfront[("1yr", offering, words)] if words else None)
    assert of_terms
    assert found.machines["c4.large"].vcpu == 2


def test_genuine_fargate_prices_by_the_hour_and_not_those_of_windows(tmp_path: Path) -> None:
    rows = rows_of_json("ecs-fargate-bulk-rearranged-2022-11-21.json")
    found = of_rows(tmp_path / "index.csv", "AmazonECS", rows)
    assert {key: price.tiers[0][2] for key, price in found.prices.items()} == {
        "fargate/x86/vcpu": Decimal("0.04048"),
        "fargate/x86/memory": Decimal("0.004445"),
        "fargate/arm/vcpu": Decimal("0.03238"),
        "fargate/arm/memory": Decimal("0.00356"),
        "fargate/ephemeral": Decimal("0.000111"),
    }
    assert found.refused == {}


def test_genuine_tiers_of_s3_and_not_the_staging_of_another_class(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path / "index.csv", "AmazonS3", rows_of_json("s3-bulk-us-east-1-2023-01-23.epam.json")
    )
    (price,) = found.prices.values()
    assert price.key == "s3/standard/storage"
    assert [float(usd) for _, _, usd in price.tiers] == [0.023, 0.022, 0.021]
    assert [(low, high) for low, high, _ in price.tiers] == [
        (Decimal(0), Decimal(51200)),
        (Decimal(51200), Decimal(512000)),
        (Decimal(512000), None),
    ]


def test_genuine_deep_archive(tmp_path: Path) -> None:
    rows = rows_of_json("s3-deep-archive-bulk-us-east-1-2023-02-07.epam.json")
    found = of_rows(tmp_path / "index.csv", "AmazonS3GlacierDeepArchive", rows)
    assert found.prices["s3/glacier_deep/storage"].tiers[0][2] == Decimal("0.00099")


FLATTENED = {
    "AmazonEC2": {
        "ebs/gp3/storage": "0.088",
        "ebs/gp3/throughput": "0.044",
        "ebs/snapshot": "0.05",
        "nat/hour": "0.048",
    },
    "AWSELB": {
        "elb/alb/hour": "0.0252",
        "elb/alb/lcu": "0.008",
        "elb/nlb/lcu": "0.006",
        "elb/gwlb/hour": "0.014",
        "elb/clb/hour": "0.028",
        "elb/clb/gb": "0.008",
    },
    "AmazonRDS": {
        "aurora_storage/standard": "0.11",
        "aurora_acu/standard": "0.14",
        "rds_storage/gp3/multi_az": "0.254",
        "rds_iops/io1/single_az": "0.11",
        "aurora_io": "0.22",
        "rds/mysql/db.m5.large/single_az/on_demand": "0.189",
    },
}
"""Real values of Ireland in 2023 by the names of the price list."""


@pytest.mark.parametrize("service", FLATTENED)
def test_real_values_of_ireland(service: str, tmp_path: Path) -> None:
    name = "flattened-eu-west-1-2023-02-23.terracost.csv"
    rows: list[Cells] = []
    with (OFFERS / name).open(encoding="utf-8", newline="") as file:
        for flat in csv.DictReader(file):
            if flat["service"] != service:
                continue
            cells = {
                plain(key): value for key, value in json.loads(flat["attributes_json"]).items()
            }
            cells |= {
                "productfamily": flat["product_family"],
                "unit": flat["unit"],
                "priceperunit": flat["price_usd"],
                "currency": "USD",
                "termtype": "OnDemand",
                "startingrange": json.loads(flat["price_attributes_json"])["StartingRange"],
                "operation": "RunInstances" if "BoxUsage" in cells["usagetype"] else "",
            }
            rows.append(cells)
    found = of_rows(tmp_path / "index.csv", service, rows, "eu-west-1")
    amounts = {key: price.tiers[0][2] for key, price in found.prices.items()}
    for key, usd in FLATTENED[service].items():
        assert amounts[key] == Decimal(usd), key
    assert found.refused == {}
    if service == "AmazonEC2":  # listed there as well: counted once
        assert not any(key.startswith("elb/") for key in amounts)


DECOYS = {
    "another system": {"operatingsystem": "Windows"},
    "dedicated": {"tenancy": "Dedicated", "usagetype": "DedicatedUsage:m5.large"},
    "software on it": {"preinstalledsw": "SQL Web"},
    "capacity that stands idle": {"capacitystatus": "UnusedCapacityReservation"},
    "a block of capacity": {"marketoption": "CapacityBlock"},
    "a local zone": {"locationtype": "AWS Local Zone", "regioncode": "us-east-1-atl-1"},
    "another region": {"regioncode": "us-west-2"},
    "bring your own license": {"operation": "RunInstances:0g00"},
    "another family": {"instancetype": "p4d.24xlarge", "usagetype": "BoxUsage:p4d.24xlarge"},
}


@pytest.mark.parametrize("decoy", DECOYS)
def test_what_looks_like_a_machine_and_is_none_of_ours(decoy: str, tmp_path: Path) -> None:
    other = M5 | DECOYS[decoy] | {"priceperunit": "9"}
    found = of_rows(tmp_path / "index.csv", "AmazonEC2", [other, M5])
    assert found.prices == {"ec2/m5.large/on_demand": one("0.096", "ec2/m5.large/on_demand", "h")}


def test_a_commitment_without_its_upfront_payment_is_refused(tmp_path: Path) -> None:
    partial = RESERVED | {"purchaseoption": "Partial Upfront"}
    found = of_rows(tmp_path / "index.csv", "AmazonEC2", [M5, partial])
    key = "ec2/m5.large/1y/standard/partial_upfront"
    assert found.refused == {key: "its upfront payment is missing"}
    assert key not in found.prices


def test_two_prices_of_one_key_and_other_units_refuse_the_key_alone(tmp_path: Path) -> None:
    hour = row(usagetype="NatGateway-Hours", unit="Hrs", priceperunit="0.045")
    gb = row(usagetype="NatGateway-Bytes", unit="Quantity", priceperunit="0.045")
    odd = row(usagetype="EBS:VolumeUsage.gp3", unit="GB-Mo", priceperunit="free")
    gap = row(usagetype="EBS:VolumeUsage.gp2", unit="GB-Mo", priceperunit="0.1", startingrange="5")
    rows = [M5, hour, hour | {"priceperunit": "0.05"}, gb, odd, gap]
    found = of_rows(tmp_path / "index.csv", "AmazonEC2", rows)
    assert set(found.prices) == {"ec2/m5.large/on_demand"}
    assert found.refused == {
        "nat/hour": "the file names two prices for it",
        "nat/gb": "it is sold by “Quantity”, not by GB",
        "ebs/gp3/storage": "its price is “free”",
        "ebs/gp2/storage": "its tiers leave a gap",
    }


def test_what_is_sold_anywhere_alike_names_no_region(tmp_path: Path) -> None:
    """The small dashboards, which have another usage type, are not those."""
    anywhere = {"locationtype": "Other", "regioncode": "", "unit": "Dashboards"}
    big = row(usagetype="DashboardsUsageHour", priceperunit="3", **anywhere)
    small = row(usagetype="DashboardsUsageHour-Basic", priceperunit="2", **anywhere)
    alarm = row(usagetype="CW:AlarmMonitorUsage", unit="Alarms", priceperunit="0.1")
    elsewhere = alarm | {"locationtype": "Other", "regioncode": "eu-west-1", "priceperunit": "9"}
    found = of_rows(tmp_path / "index.csv", "AmazonCloudWatch", [big, small, alarm, elsewhere])
    assert found.prices == {
        "dashboards/dashboard": one("3", "dashboards/dashboard", "dashboard-month"),
        "alarms/standard": one("0.1", "alarms/standard", "alarm-month"),
    }


def test_transfer_is_read_by_its_two_ends(tmp_path: Path) -> None:
    here = {"fromlocation": "US East (N. Virginia)", "unit": "GB", "regioncode": ""}
    rows = [
        row(**here, usagetype="DataTransfer-Out-Bytes", transfertype="AWS Outbound",
            tolocation="External", endingrange="10240", priceperunit="0.09"),
        row(**here, usagetype="DataTransfer-Out-Bytes", transfertype="AWS Outbound",
            tolocation="External", startingrange="10240", priceperunit="0.085"),
        row(**here, usagetype="DataTransfer-Regional-Bytes", transfertype="IntraRegion",
            tolocation="US East (N. Virginia)", priceperunit="0.01"),
        row(**here, usagetype="USE1-EU-AWS-Out-Bytes", transfertype="InterRegion Outbound",
            tolocation="EU (Ireland)", priceperunit="0.02"),
        # In, from an edge location, and what another region sends.
        row(**here, usagetype="USE1-EU-AWS-In-Bytes", transfertype="InterRegion Inbound",
            tolocation="EU (Ireland)", priceperunit="0"),
        row(**here, usagetype="USE1-CloudFront-Out-Bytes", transfertype="CloudFront Outbound",
            tolocation="External", priceperunit="0.085"),
        row(fromlocation="EU (Ireland)", unit="GB", regioncode="", transfertype="AWS Outbound",
            usagetype="EU-DataTransfer-Out-Bytes", tolocation="External", priceperunit="9"),
    ]  # fmt: skip
    found = of_rows(tmp_path / "index.csv", "AWSDataTransfer", rows)
    assert {key: [float(t[2]) for t in p.tiers] for key, p in found.prices.items()} == {
        "transfer/internet": [0.09, 0.085],
        "transfer/zone": [0.01],
        "transfer/region/eu-west-1": [0.02],
    }


SOUND = "sound"


@pytest.fixture
def sound(tmp_path: Path) -> str:
    path = tmp_path / "sound.csv"
    write_offer(path, "AmazonEC2", [("AmazonEC2", M5), ("AmazonEC2", RESERVED)])
    return path.read_text(encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _: "", "is empty"),
    "blank": (lambda _: "\n\n\n", "is empty"),
    "a page": (lambda _: "<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
    "cut in a line": (lambda text: text[:-40], "is cut off in line"),
    "cut in the middle": (lambda text: text.replace('"Linux"', '"Li\n', 1), "is cut off in line"),
    "another currency": (lambda text: text.replace('"USD"', '"CNY"'), "is in CNY; the program"),
    "no column": (
        lambda text: text.replace('"PricePerUnit"', '"Price"'),
        "lacks the columns priceperunit",
    ),
    "no metadata": (lambda text: text.split("\n", 5)[5], "lacks the lines that say what it is"),
    "another service": (
        lambda text: text.replace('"AmazonEC2"\n', '"AmazonRDS"\n', 1),
        "is one of",
    ),
    "a field too many": (lambda text: text.rstrip("\n") + ',"more"\n', "has a line of 92 fields"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_with_the_sentence_that_helps(
    damage: str, sound: str, tmp_path: Path
) -> None:
    change, words = DAMAGES[damage]
    path = tmp_path / "index.csv"
    path.write_text(change(sound), encoding="utf-8")
    with pytest.raises(RefusedFileError, match=words) as refusal:
        read(path, "AmazonEC2")
    assert "old prices of this service are kept" in refusal.value.advice


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.csv"
    path.write_bytes(b"\x1f\x8b\x08\x00\xff\xfe")
    with pytest.raises(RefusedFileError, match="is not text|is empty|lacks the lines"):
        read(path, "AmazonEC2")


def test_china_is_refused_for_its_currency(tmp_path: Path) -> None:
    rows = rows_of_json("ec2-bulk-cn-2023.opencost.json")
    with pytest.raises(RefusedFileError, match="is in CNY"):
        of_rows(tmp_path / "index.csv", "AmazonEC2", rows, "cn-northwest-1")


def test_the_genuine_columns_of_ec2_are_all_told_apart() -> None:
    names = [plain(name) for name in columns_of("AmazonEC2")]
    assert len(names) == 91 and len(set(names)) == 91
