"""The one table of keys: a key means one thing, and everything that is priced has a place in it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.aws.keys import ENTRIES, place_of_fact, support_place
from mlflow_cost_desktop.prices.aws.names import COUNTS, REGIONS, UNITS, unit_factor
from mlflow_cost_desktop.prices.aws.places import PLACES, PREFIX
from mlflow_cost_desktop.prices.aws.price_list import ROUGH_SIZES, AwsPriceList
from mlflow_cost_desktop.prices.shelf import Shelf

PLAIN_UNITS = {unit for _, unit in UNITS.values()}


def test_a_key_has_one_unit_and_a_usage_type_one_key() -> None:
    units: dict[str, set[str]] = defaultdict(set)
    keys: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for entry in ENTRIES:
        units[entry.key].add(entry.unit)
        if entry.usage:
            for operation in entry.operations or ("",):
                keys[entry.offer, entry.usage, operation, entry.where].add(entry.key)
    assert {key: found for key, found in units.items() if len(found) > 1} == {}
    assert {place: found for place, found in keys.items() if len(found) > 1} == {}


def test_every_unit_can_be_reached_from_some_unit_of_the_list() -> None:
    for entry in ENTRIES:
        count, _, counted = entry.unit.rpartition(" ")
        assert count in COUNTS and counted in PLAIN_UNITS, entry


def test_units_are_converted() -> None:
    assert unit_factor("GiBps-mo", "MiBps-month") == 1 / COUNTS[""] / 1024
    assert unit_factor("Requests", "thousand requests") == 1000
    assert unit_factor("hours", "vCPU-h") == 1
    assert unit_factor("GB-Mo", "h") is None


def test_every_file_that_is_fetched_can_be_read_and_holds_a_key() -> None:
    price_list = AwsPriceList()
    assert set(PLACES) == set(ROUGH_SIZES) == set(price_list.services)
    books = Shelf(pricing_dir() / "aws")
    of_keys = {price_list.service_of(key) for key in books.book("us-east-1").listed}
    assert of_keys <= set(ROUGH_SIZES)
    assert set(ROUGH_SIZES) - of_keys == {"AmazonSageMaker"}, "managed plans have a list of theirs"
    plans = {f"managed_plan/sagemaker_{size}/server_hours" for size in ("small", "medium", "large")}
    assert {entry.key for entry in ENTRIES if entry.offer == "AmazonSageMaker"} == plans


def test_every_price_of_every_bundled_book_belongs_to_a_file() -> None:
    books, price_list = Shelf(pricing_dir() / "aws"), AwsPriceList()
    for region_id in books.regions:
        without = {key for key in books.book(region_id).listed if not price_list.service_of(key)}
        assert without == set(), region_id


def test_regions_are_those_of_the_books() -> None:
    assert Shelf(pricing_dir() / "aws").regions == dict(
        sorted(REGIONS.items(), key=lambda item: item[1])
    )


def test_prefixes_are_those_of_regions_and_no_words() -> None:
    for usage, rest in (
        ("EU-BoxUsage:m5.large", "BoxUsage:m5.large"),
        ("APN1-EBS:VolumeUsage", "EBS:VolumeUsage"),
        ("CPT-DataTransfer-Out-Bytes", "DataTransfer-Out-Bytes"),
        ("us-gov-west-1-KMS-Keys", "KMS-Keys"),
        ("DNS-Queries", "DNS-Queries"),
        ("TimedStorage-ByteHrs", "TimedStorage-ByteHrs"),
    ):
        found = PREFIX.match(usage)
        assert usage[found.end() if found else 0 :] == rest


def test_extended_support_is_known_by_engine_and_years() -> None:
    assert support_place("ExtendedSupport:Yr1-Yr2:MySQL8.0") == (
        "rds_extended_support/mysql/years_1_2",
        "vCPU-h",
    )
    assert support_place("ExtendedSupport:Yr3:ASv2:AuroraPostgreSQL13") == (
        "aurora_extended_support/postgresql/year_3",
        "ACU-h",
    )
    assert support_place("ExtendedSupport:Yr3:AuroraMySQL2") is None
    assert place_of_fact("RDS:ExtendedSupport.year3.mysql_5.7", "") == (
        "rds_extended_support/mysql/year_3",
        "vCPU-h",
    )


def test_the_table_needs_nothing_but_the_standard_library() -> None:
    for name in ("keys", "names"):
        path = Path(__file__).parents[3] / f"mlflow_cost_desktop/prices/aws/{name}.py"
        imports = re.findall(r"^from mlflow_cost_desktop\.(\S+)", path.read_text("utf-8"), re.M)
        assert set(imports) <= {"prices.aws.names"}
