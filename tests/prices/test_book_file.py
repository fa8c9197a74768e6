"""A price file is read whole or refused with file and line."""

import math
from pathlib import Path

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.book_file import (
    COLUMNS,
    Rule,
    read_instance_types,
    read_prices,
    read_regions,
    read_rules,
)

HEADER = ",".join(COLUMNS)
SOUND = (
    "ec2/m5.large/1y/standard/partial_upfront,h,,,0.029,256,estimated,ratio,KARP,2019-10-10",
    "ec2/m5.large/on_demand,h,,,0.096,,listed,,KARP,2026-07-20",
    "transfer/internet,GB,,10240,0.09,,listed,,AWSPW,2025-12-02",
    "transfer/internet,GB,10240,51200,0.085,,listed,,AWSPW,2025-12-02",
    "transfer/internet,GB,51200,,0.07,,listed,,AWSPW,2025-12-02",
)


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "region.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_prices_with_tiers_upfront_rule_and_source(tmp_path: Path) -> None:
    prices = read_prices(written(tmp_path, *SOUND), {"ratio": Rule("A ratio of 2019 (4 %)", "OLD")})
    assert list(prices) == [
        "ec2/m5.large/1y/standard/partial_upfront",
        "ec2/m5.large/on_demand",
        "transfer/internet",
    ]
    assert len(prices) == 3
    reserved = prices["ec2/m5.large/1y/standard/partial_upfront"]
    assert (reserved.usd, reserved.upfront_usd, reserved.state) == (0.029, 256.0, "estimated")
    assert reserved.rule == "A ratio of 2019 (4 %)"
    assert reserved.source == "KARP and OLD"
    plain = prices["ec2/m5.large/on_demand"]
    assert (plain.usd, plain.upfront_usd, plain.state, plain.rule) == (0.096, None, "listed", "")
    assert (plain.source, plain.date, plain.unit) == ("KARP", "2026-07-20", "h")
    transfer = [(tier.begin, tier.end, tier.usd) for tier in prices["transfer/internet"].tiers]
    assert transfer == [(0, 10240, 0.09), (10240, 51200, 0.085), (51200, math.inf, 0.07)]


def test_prices_are_asked_for_by_key(tmp_path: Path) -> None:
    prices = read_prices(written(tmp_path, *SOUND), {})
    assert "transfer/internet" in prices
    assert "transfer" not in prices
    assert prices.get("transfer") is None
    assert prices["transfer/internet"] is prices["transfer/internet"]


def test_a_book_may_be_empty(tmp_path: Path) -> None:
    assert len(read_prices(written(tmp_path), {})) == 0


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("x,h,,,0.1,,listed,,KARP", "9 fields instead of 10"),
        ("x,h,,,0.1,,listed,,KARP,2026-01-01,more", "11 fields instead of 10"),
        ("", "0 fields instead of 10"),
        ("x,h,,,cheap,,listed,,KARP,2026-01-01", "usd is 'cheap', not a number"),
        ("x,h,,,,,listed,,KARP,2026-01-01", "usd is '', not a number"),
        ("x,h,,,-0.1,,listed,,KARP,2026-01-01", "usd is -0.1"),
        ("x,h,,,nan,,listed,,KARP,2026-01-01", "usd is nan"),
        ("x,h,,,inf,,listed,,KARP,2026-01-01", "usd is inf"),
        ("x,h,,,0.1,lots,listed,,KARP,2026-01-01", "upfront_usd is 'lots', not a number"),
        ("x,h,,,0.1,-5,listed,,KARP,2026-01-01", "upfront_usd is -5"),
        ("x,h,few,,0.1,,listed,,KARP,2026-01-01", "tier_from is 'few', not a number"),
        ("x,h,1.2.3,,0.1,,listed,,KARP,2026-01-01", "tier_from is '1.2.3', not a number"),
        ("x,h,,.,0.1,,listed,,KARP,2026-01-01", "tier_to is '.', not a number"),
        ("x,h,,,1_000,,listed,,KARP,2026-01-01", "not written as the other lines are"),
        ("x,h\u2028,,,0.1,,listed,,KARP,2026-01-01", "not written as the other lines are"),
        ("x,h,,inf,0.1,,listed,,KARP,2026-01-01", "tier_to is inf"),
        ("x,h,,,0.1,,rumored,,KARP,2026-01-01", "state is 'rumored', not one of listed, estimated"),
        ("x,h,,,0.1,,,,KARP,2026-01-01", "state is ''"),
        (",h,,,0.1,,listed,,KARP,2026-01-01", "it has no key"),
        ("x,,,,0.1,,listed,,KARP,2026-01-01", "it has no unit"),
        ("x,h,,,0.1,,listed,,,2026-01-01", "it has no source"),
        ("x,h,,,0.1,,listed,,KARP,", "it has no date"),
        ('"x"y,h,,,0.1,,listed,,KARP,2026-01-01', "',' expected after"),
        ("transfer/internet,GB,,,0.1,,listed,,KARP,2026-01-01", "begins at 0"),
        ("ec2/m5.large/on_demand,h,,,0.1,,listed,,KARP,2026-01-01", "is in two places"),
        ("x,h,5,,0.1,,listed,,KARP,2026-01-01", "a tier of x begins at 5"),
        ("x,h,,5,0.1,,listed,,KARP,2026-01-01", "the last tier of x ends at 5"),
    ],
)
def test_a_malformed_row_is_refused_with_file_and_line(row: str, what: str, tmp_path: Path) -> None:
    path = written(tmp_path, *SOUND, row)
    with pytest.raises(UserError) as caught:
        read_prices(path, {})
    assert "region.csv" in caught.value.title
    assert "line 7" in caught.value.title
    assert what in caught.value.title
    assert str(path) in caught.value.advice


@pytest.mark.parametrize(
    ("tiers", "line"),
    [
        ((("", "10"), ("20", "")), 3),  # a gap
        ((("", "10"), ("5", "")), 3),  # an overlap
        ((("", "10"), ("10", "20")), 3),  # no end to infinity
        ((("", "10"), ("10", "10"), ("10", "")), 3),  # an empty tier
        ((("10", ""), ("", "10")), 2),  # out of order
        ((("", ""), ("", "")), 3),  # the same key twice
    ],
)
def test_tiers_reach_from_zero_to_infinity_without_gaps(
    tiers: tuple[tuple[str, str], ...], line: int, tmp_path: Path
) -> None:
    rows = [f"x,GB,{begin},{end},0.1,,listed,,KARP,2026-01-01" for begin, end in tiers]
    with pytest.raises(UserError, match=f"region.csv is damaged in line {line}: .* of x"):
        read_prices(written(tmp_path, *rows), {})


@pytest.mark.parametrize("header", ["", "key,unit,usd", HEADER.replace("usd", "eur"), SOUND[0]])
def test_another_header_is_refused(header: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 1: its columns are not key, unit, tier_from"):
        read_prices(written(tmp_path, *SOUND, header=header), {})


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "region.csv"
    path.touch()
    with pytest.raises(UserError, match="region.csv is damaged in line 1"):
        read_prices(path, {})


def test_a_file_that_is_cut_off_within_quotes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="region.csv is damaged in line 7"):
        read_prices(written(tmp_path, *SOUND, '"x,h,,,0.1'), {})


def test_a_last_line_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "region.csv"
    path.write_text("\n".join((HEADER, *SOUND)), encoding="utf-8")
    with pytest.raises(UserError, match="region.csv is damaged in line 6"):
        read_prices(path, {})


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "region.csv"
    path.write_bytes("\r\n".join((HEADER, *SOUND, "")).encode())
    assert len(read_prices(path, {})) == 3


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "region.csv"
    path.write_bytes(f"{HEADER}\n".encode() + b"caf\xe9,h,,,0.1,,listed,,KARP,2026-01-01\n")
    with pytest.raises(UserError, match="region.csv can't be read .*utf-8"):
        read_prices(path, {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere.csv can't be read"):
        read_prices(tmp_path / "nowhere.csv", {})


def test_instance_types(tmp_path: Path) -> None:
    path = tmp_path / "types.csv"
    path.write_text("instance_type,vcpu,memory_gib,architecture\nt3.nano,2,0.5,x86_64\n")
    machine = read_instance_types(path)["t3.nano"]
    assert (machine.vcpu, machine.memory_gib, machine.architecture) == (2.0, 0.5, "x86_64")


@pytest.mark.parametrize("row", ["t3.nano,two,0.5,x86_64", "t3.nano,-2,1,x86", "t3.nano,2,nan,x86"])
def test_a_malformed_instance_type_is_refused_with_its_line(row: str, tmp_path: Path) -> None:
    path = tmp_path / "types.csv"
    path.write_text(f"instance_type,vcpu,memory_gib,architecture\n{row}\n")
    with pytest.raises(UserError, match="types.csv is damaged in line 2"):
        read_instance_types(path)


def test_regions_and_rules(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("region_id,name\neu-west-1,Europe (Ireland)\n")
    (tmp_path / "rules.csv").write_text(
        'rule,text,error,source\na,"Twice, say",5 %,OLD\nb,Exact,,\n'
    )
    assert read_regions(tmp_path / "regions.csv") == {"eu-west-1": "Europe (Ireland)"}
    assert read_rules(tmp_path / "rules.csv") == {
        "a": Rule("Twice, say (5 %)", "OLD"),
        "b": Rule("Exact"),
    }
