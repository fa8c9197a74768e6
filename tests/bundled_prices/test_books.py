"""The bundled price books, read as plain CSV, and the script that makes them."""

import csv
import importlib
import re
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "pricing" / "aws"
TABLES = {"regions", "instance_types", "rules", "sources"}
COLUMNS = "key,unit,tier_from,tier_to,usd,upfront_usd,state,rule,source,date"

PUBLISHED_FREE = {
    "s3/glacier_flexible/retrieval_bulk",
    "s3/glacier_flexible/restore_bulk",
}
PLAIN_NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d*[1-9])?")
TERM = re.compile(r"/([13])y/")

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def books() -> dict[str, list[Row]]:
    return {path.stem: read(path) for path in BOOKS.glob("*.csv") if path.stem not in TABLES}


def test_every_region_has_a_name_and_a_book(books: dict[str, list[Row]]) -> None:
    names = {row["region_id"]: row["name"] for row in read(BOOKS / "regions.csv")}
    assert set(names) == set(books)
    assert len(names) == 36
    assert names["us-east-1"] == "US East (N. Virginia)"


def test_all_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in BOOKS.iterdir()) <= 16_000_000


def test_files_have_the_header_and_plain_line_ends() -> None:
    for path in BOOKS.glob("*.csv"):
        data = path.read_bytes()
        assert b"\r" not in data, path.name
        assert data.endswith(b"\n"), path.name
        if path.stem not in TABLES:
            assert data.startswith(COLUMNS.encode() + b"\n"), path.name


def test_every_row_parses(books: dict[str, list[Row]]) -> None:
    bad = [
        (region, row)
        for region, rows in books.items()
        for row in rows
        if not (
            PLAIN_NUMBER.fullmatch(row["usd"])
            and all(
                not row[name] or PLAIN_NUMBER.fullmatch(row[name])
                for name in ("tier_from", "tier_to", "upfront_usd")
            )
            and row["key"] == row["key"].lower()
            and row["unit"]
            and row["state"] in {"listed", "estimated"}
            and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", row["date"])
        )
    ]
    assert bad == []


def test_rows_are_sorted_and_tiers_run_from_zero_to_infinity(books: dict[str, list[Row]]) -> None:
    for region, rows in books.items():
        keys = [row["key"] for row in rows]
        assert keys == sorted(keys), region
        ends: dict[str, list[str]] = defaultdict(lambda: [""])
        for row in rows:
            assert row["tier_from"] == ends[row["key"]][-1], (region, row)
            ends[row["key"]].append(row["tier_to"])
        for key, bounds in ends.items():
            # Only the last tier is open, so no key stands twice.
            assert bounds[-1] == "", (region, key)
            assert "" not in bounds[1:-1], (region, key)
            rising = [Decimal(bound) for bound in bounds[1:-1]]
            assert rising == sorted(set(rising)), (region, key)


def test_no_price_is_zero_unless_published_so(books: dict[str, list[Row]]) -> None:
    free = {
        row["key"]
        for rows in books.values()
        for row in rows
        if row["usd"] == "0" and row["upfront_usd"] in {"", "0"}
    }
    assert free == PUBLISHED_FREE


def test_only_all_upfront_has_no_hourly_part(books: dict[str, list[Row]]) -> None:
    for region, rows in books.items():
        for row in rows:
            if row["usd"] == "0" and row["key"] not in PUBLISHED_FREE:
                assert row["key"].endswith("/all_upfront"), (region, row)
            if row["upfront_usd"]:
                assert row["key"].endswith(("/all_upfront", "/partial_upfront")), (region, row)


def test_rules_and_sources_are_explained(books: dict[str, list[Row]]) -> None:
    prices = [row for rows in books.values() for row in rows]
    rules, sources = read(BOOKS / "rules.csv"), read(BOOKS / "sources.csv")
    assert {row["rule"] for row in prices} - {""} == {row["rule"] for row in rules}
    assert {row["source"] for row in prices} == {row["source"] for row in sources}
    assert all(row["text"] and row["error"] for row in rules)
    assert all(row["where"] and row["reliability"] in {"A", "B", "C"} for row in sources)
    assert all(row["rule"] for row in prices if row["state"] == "estimated")


def test_no_reserved_price_is_above_on_demand(books: dict[str, list[Row]]) -> None:
    for region, rows in books.items():
        on_demand = {r["key"]: float(r["usd"]) for r in rows if r["key"].endswith("/on_demand")}
        for row in rows:
            if term := TERM.search(row["key"]):
                hours = 8760 * int(term[1])
                effective = float(row["usd"]) + float(row["upfront_usd"] or 0) / hours
                beside = on_demand[TERM.split(row["key"])[0] + "/on_demand"]
                assert effective <= beside, (region, row)


def test_instance_types_describe_the_types_that_are_priced(books: dict[str, list[Row]]) -> None:
    types = read(BOOKS / "instance_types.csv")
    by_name = {row["instance_type"]: row for row in types}
    assert len(by_name) == len(types)
    assert {row["architecture"] for row in types} == {"x86_64", "arm64"}
    assert all(int(row["vcpu"]) > 0 and float(row["memory_gib"]) > 0 for row in types)
    assert (by_name["m5.large"]["vcpu"], by_name["m5.large"]["memory_gib"]) == ("2", "8")
    priced = {
        row["key"].split("/")[1]
        for rows in books.values()
        for row in rows
        if row["key"].startswith("ec2/")
    }
    # Priced in some regions, but no source describes it.
    assert priced - set(by_name) == {"c6gn.metal"}


def tiers(rows: list[Row], key: str) -> list[tuple[str, str, str]]:
    return [(row["tier_from"], row["tier_to"], row["usd"]) for row in rows if row["key"] == key]


@pytest.mark.parametrize(
    ("region", "key", "unit", "usd"),
    [
        ("us-east-1", "ec2/m5.large/on_demand", "h", "0.096"),
        ("us-east-1", "ec2/c6g.metal/on_demand", "h", "2.3066"),
        ("ap-southeast-1", "ec2/t3.medium/on_demand", "h", "0.0528"),
        ("us-east-1", "rds/mysql/db.m5.large/single_az/on_demand", "h", "0.171"),
        ("us-east-1", "rds/postgresql/db.m5.large/single_az/on_demand", "h", "0.178"),
        ("us-east-1", "rds_storage/gp2/single_az", "GB-month", "0.115"),
        ("us-east-1", "rds_storage/gp2/multi_az", "GB-month", "0.23"),
        ("us-east-1", "aurora_acu/standard", "ACU-h", "0.12"),
        ("us-east-1", "aurora_io", "million requests", "0.2"),
        ("us-east-1", "fargate/x86/vcpu", "vCPU-h", "0.04048"),
        ("us-east-1", "fargate/arm/memory", "GB-h", "0.00356"),
        ("ap-northeast-2", "eks/extended_support", "h", "0.5"),
        ("us-east-1", "s3/standard/put", "thousand requests", "0.005"),
        ("us-east-1", "s3/standard/get", "thousand requests", "0.0004"),
        ("us-east-1", "s3/intelligent_tiering/monitoring", "thousand objects", "0.0025"),
        ("us-east-1", "ebs/gp3/storage", "GB-month", "0.08"),
        ("us-east-1", "ebs/gp3/throughput", "MiBps-month", "0.04"),
        ("us-east-1", "elb/alb/hour", "h", "0.0225"),
        ("us-east-1", "nat/gb", "GB", "0.045"),
        ("us-east-1", "ipv4/in_use", "h", "0.005"),
        ("us-east-1", "transfer/zone", "GB", "0.01"),
        ("us-east-1", "logs/ingestion", "GB", "0.5"),
        ("us-east-1", "secrets/secret", "secret-month", "0.4"),
        ("us-east-1", "kms/requests", "ten thousand requests", "0.03"),
        ("us-gov-west-1", "registry/storage", "GB-month", "0.1"),
        ("us-east-1", "ec2_credits/t2", "vCPU-h", "0.05"),
        ("us-east-1", "ec2_credits/t3", "vCPU-h", "0.05"),
        ("us-east-1", "ec2_credits/t4g", "vCPU-h", "0.04"),
        ("ap-northeast-2", "ec2_credits/t4g", "vCPU-h", "0.04"),
        ("us-east-1", "efs/infrequent_elastic/storage", "GB-month", "0.016"),
        ("us-east-1", "efs/infrequent/storage", "GB-month", "0.025"),
        ("us-east-1", "efs/infrequent/access", "GB", "0.01"),
        ("us-east-1", "efs/archive/storage", "GB-month", "0.008"),
        ("us-east-1", "efs/archive/access", "GB", "0.03"),
        ("us-east-1", "efs/provisioned/throughput", "MiBps-month", "6"),
        ("us-east-1", "s3/glacier_deep/restore_standard", "thousand requests", "0.1"),
        ("us-east-1", "s3/glacier_deep/restore_bulk", "thousand requests", "0.025"),
        ("us-east-1", "rds_storage/gp3/multi_az_readable", "GB-month", "0.345"),
        ("us-gov-west-1", "efs/standard/storage", "GB-month", "0.36"),
        ("us-gov-west-1", "eks/cluster", "h", "0.1"),
        ("us-gov-east-1", "endpoint/hour", "h", "0.0125"),
    ],
)
def test_known_prices(
    books: dict[str, list[Row]], region: str, key: str, unit: str, usd: str
) -> None:
    (row,) = [row for row in books[region] if row["key"] == key]
    assert (row["unit"], row["usd"], row["state"]) == (unit, usd, "listed")


def test_known_tiers(books: dict[str, list[Row]]) -> None:
    virginia = books["us-east-1"]
    assert tiers(virginia, "s3/standard/storage") == [
        ("", "51200", "0.023"),
        ("51200", "512000", "0.022"),
        ("512000", "", "0.021"),
    ]
    assert tiers(virginia, "transfer/internet") == [
        ("", "10240", "0.09"),
        ("10240", "51200", "0.085"),
        ("51200", "153600", "0.07"),
        ("153600", "", "0.05"),
    ]
    # Global, so in every region; the bounds count in the row's unit, a million queries.
    assert tiers(books["eu-north-1"], "route53/queries") == [
        ("", "1000", "0.4"),
        ("1000", "", "0.2"),
    ]


def test_known_reservations(books: dict[str, list[Row]]) -> None:
    def reservation(region: str, key: str) -> tuple[str, str, str, str]:
        (row,) = [row for row in books[region] if row["key"] == key]
        return row["usd"], row["upfront_usd"], row["state"], row["rule"]

    # 0.056393 USD an hour x 8760 hours
    assert reservation("us-east-1", "ec2/m5.large/1y/standard/all_upfront") == (
        "0", "494", "listed", "effective-hourly",
    )  # fmt: skip
    assert reservation("us-east-2", "ec2/m5.large/3y/convertible/all_upfront") == (
        "0", "1161", "listed", "",
    )  # fmt: skip
    assert reservation("us-east-1", "ec2/m5.large/3y/convertible/all_upfront") == (
        "0", "1161", "estimated", "ratio-usw2-2019",
    )  # fmt: skip


# The script -------------------------------------------------------------------


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    before = set(sys.modules)
    yield importlib.import_module("make_price_books")
    for name in set(sys.modules) - before:
        if name.startswith(("make_price_books", "price_book_")):
            del sys.modules[name]


SOURCES = """
| Label | Where | Date | License | Holds | Reliability |
|---|---|---|---|---|---|
| KARP | a public file | 2026 | none | EC2 | A (checked) |
| PRICEBOOK (2026-09-20), NECTAR (2026-10-04) | public documents | as given | none | spots | B |
| SCHLEUMER | an old file | 2019 | none | EC2 | A for its date |
"""
ON_DEMAND_HEADER = (
    "region,sku_key,os,tenancy,unit,price_usd,tier_begin,tier_end,source,source_date,note"
)
RDS_HEADER = "region,engine,sku_key,deployment,storage_config,price_usd,source,source_date,note"
RESERVED_HEADER = (
    "region,sku_key,os,term,offering_class,purchase_option,hourly_usd,upfront_usd,"
    "effective_hourly_usd,on_demand_usd,source,source_date,note"
)
SERVICE_HEADER = "region,sku_key,unit,price_usd,tier_begin,tier_end,source,source_date,note"


def on_demand(region: str, usd: str, source: str, date: str, kind: str = "m5.large") -> str:
    return f"{region},{kind},Linux,Shared,Hrs,{usd},0,Inf,{source},{date},"


def reserved(region: str, payment: str, hourly: str, upfront: str, source: str, date: str) -> str:
    return f"{region},m5.large,Linux,1yr,standard,{payment},{hourly},{upfront},,,{source},{date},"


def make(maker: Any, folder: Path, **files: list[str]) -> tuple[dict[str, dict[str, Row]], str]:
    """The books that small facts give, by region and key, and the report."""
    aws = folder / "aws"
    aws.mkdir()
    (aws / "sources.md").write_text(SOURCES, encoding="utf-8")
    (aws / "ec2_instance_types.csv").write_text("instance_type,vcpu,memory_gib,arch\n")
    for name, lines in files.items():
        (aws / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = maker.write_books(folder, folder / "out")
    regions = [row["region_id"] for row in read(folder / "out" / "regions.csv")]
    found = {r: {row["key"]: row for row in read(folder / "out" / f"{r}.csv")} for r in regions}
    return found, report


def test_two_prices_of_one_source_and_date_are_refused(maker: Any, tmp_path: Path) -> None:
    rows = [
        ON_DEMAND_HEADER,
        on_demand("us-east-1", "0.096", "KARP", "2026-07-20"),
        on_demand("us-east-1", "0.096", "KARP", "2026-07-20"),  # said twice is no fault
        on_demand("us-east-1", "0.097", "KARP", "2026-07-20"),
    ]
    with pytest.raises(maker.RefusalError) as refusal:
        make(maker, tmp_path, ec2_ondemand=rows)
    assert "0.096 USD in ec2_ondemand.csv line 2" in str(refusal.value)
    assert "0.097 USD in ec2_ondemand.csv line 4" in str(refusal.value)


def test_reliability_goes_before_date_and_date_before_the_rest(maker: Any, tmp_path: Path) -> None:
    rows = [
        ON_DEMAND_HEADER,
        on_demand("us-east-1", "0.1", "NECTAR", "2026-10-04"),
        on_demand("us-east-1", "0.096", "KARP", "2026-07-20"),
        on_demand("us-east-1", "0.097", "KARP", "2025-07-20"),
    ]
    books, report = make(maker, tmp_path, ec2_ondemand=rows)
    assert books["us-east-1"]["ec2/m5.large/on_demand"]["usd"] == "0.096"
    assert "Disagreements of sources settled: 1 (ec2 1)" in report


def test_doubtful_yields_to_sound(maker: Any, tmp_path: Path) -> None:
    rows = [
        RDS_HEADER,
        "us-east-1,MySQL,db.m5.large,Multi-AZ,standard,0.9,KARP,2026-01-01,flag: 4 times too high",
        "us-east-1,MySQL,db.m5.large,Multi-AZ,standard,0.342,NECTAR,2025-01-01,",
        "us-east-1,MySQL,db.m5.xlarge,Multi-AZ,standard,0.9,KARP,2026-01-01,flag: odd",
    ]
    books, _ = make(maker, tmp_path, rds_ondemand=rows)
    assert books["us-east-1"]["rds/mysql/db.m5.large/multi_az/on_demand"]["usd"] == "0.342"
    assert books["us-east-1"]["rds/mysql/db.m5.xlarge/multi_az/on_demand"]["rule"] == "flagged"


def test_estimates(maker: Any, tmp_path: Path) -> None:
    books, _ = make(
        maker,
        tmp_path,
        ec2_ondemand=[
            ON_DEMAND_HEADER,
            on_demand("us-west-2", "0.096", "SCHLEUMER", "2019-10-10"),
            on_demand("eu-west-1", "0.12", "KARP", "2026-07-20"),
        ],
        ec2_reserved=[
            RESERVED_HEADER,
            reserved("us-west-2", "Partial Upfront", "0.032", "256", "SCHLEUMER", "2019-10-10"),
        ],
        rds_ondemand=[
            RDS_HEADER,
            "eu-west-1,MySQL,db.m5.large,Single-AZ,standard,0.19,KARP,2026-01-01,",
        ],
    )
    partial = books["eu-west-1"]["ec2/m5.large/1y/standard/partial_upfront"]
    assert (partial["usd"], partial["upfront_usd"]) == ("0.04", "320")
    assert (partial["state"], partial["rule"]) == ("estimated", "ratio-usw2-2019")
    assert (partial["source"], partial["date"]) == ("KARP", "2019-10-10")
    multi = books["eu-west-1"]["rds/mysql/db.m5.large/multi_az/on_demand"]
    assert (multi["usd"], multi["state"], multi["rule"]) == ("0.38", "estimated", "multi-az-twice")


def test_faults_are_left_out_and_reported(maker: Any, tmp_path: Path) -> None:
    books, report = make(
        maker,
        tmp_path,
        ec2_ondemand=[
            ON_DEMAND_HEADER,
            on_demand("us-east-1", "0.096", "KARP", "2026-07-20"),
            on_demand("us-east-1", "0", "KARP", "2026-07-20", "m5.xlarge"),
        ],
        ec2_reserved=[
            RESERVED_HEADER,
            reserved("us-east-1", "Partial Upfront", "0.06", "400", "KARP", "2026-07-20"),
        ],
        s3=[
            SERVICE_HEADER,
            "us-east-1,s3.standard.storage,GB-Mo,0.023,0,51200,NECTAR,2026-10-04,",
        ],
    )
    assert set(books["us-east-1"]) == {"ec2/m5.large/on_demand"}
    assert "Other zeros, left out: 1" in report
    assert "Reserved above on demand, left out: 1" in report
    assert "Schedules with missing tiers, left out: 1" in report


def test_global_prices_fill_the_regions_that_lack_them(maker: Any, tmp_path: Path) -> None:
    rows = [
        SERVICE_HEADER,
        "global,route53.query_standard,Queries,0.0000004,0,Inf,KARP,2025-08-28,",
        "eu-west-1,route53.query_standard,Queries,0.0000005,0,Inf,KARP,2025-08-28,",
    ]
    books, _ = make(maker, tmp_path, misc_services=rows)
    assert len(books) == 36
    assert books["eu-west-1"]["route53/queries"]["usd"] == "0.5"
    assert books["us-west-2"]["route53/queries"]["usd"] == "0.4"


def test_credits_need_a_region_or_the_providers_own_page(maker: Any, tmp_path: Path) -> None:
    rows = [
        "region,sku_key,unit,price_usd,source,source_date,note",
        "ap-northeast-2,ec2_credits.t4g,vCPU-Hours,0.04,KR-DOC,2026,",
        "all (AWS page; no region named),ec2_credits.t3,vCPU-Hours,0.05,VMS-DOC,2026-10-09,",
        "us-east-1 (assumed; region not stated),ec2_credits.t2,vCPU-Hours,0.06,KARP,2026-01,",
    ]
    books, report = make(maker, tmp_path, ec2_cpu_credits=rows)
    assert books["ap-northeast-2"]["ec2_credits/t4g"]["date"] == "2026-01"
    assert books["us-east-1"]["ec2_credits/t3"]["rule"] == "region-not-named"
    assert set(books["us-east-1"]) == {"ec2_credits/t3"}
    assert "Facts that have no place in the books: 1 (ec2_cpu_credits 1)" in report


def test_a_wrong_unit_is_refused(maker: Any, tmp_path: Path) -> None:
    rows = [SERVICE_HEADER, "us-east-1,nat.x,Hrs,1,0,Inf,KARP,2025,"]
    rows.append("us-east-1,vpc.nat_gateway_gb,Hrs,0.045,0,Inf,KARP,2025-08-28,")
    with pytest.raises(maker.RefusalError, match="misc_services.csv line 3: nat/gb is sold by GB"):
        make(maker, tmp_path, misc_services=rows)
