"""The command line: the commands as a user types them, their figures and their refusals."""

import codecs
import contextlib
import csv
import io
import json
import math
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.cli import arguments
from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.exports.terminal.estimate import CHARGE_COLUMNS
from mlflow_cost_desktop.files.scenario_file import SavedFigures, read_scenario, write_scenario
from mlflow_cost_desktop.model.fields.paths import Place, places, replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices import shelf
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.made_up import ACME, write_books
from tests.support import LINE_MONTHLY, PRICES, changed

SCENARIOS = resources_dir() / "scenarios"
ARTICLE = str(SCENARIOS / "article-2024.mlcost")
AWS = ["server", "metadata_store", "artifact_store", "network"]
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *argv: str) -> str:
    """What a command prints; nothing goes wrong."""
    assert main(argv) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def printed(capsys: Capture, *argv: str, file: str = ARTICLE) -> dict[str, Any]:
    return json.loads(run(capsys, "estimate", file, *argv, "--format", "json"))


def cost(document: dict[str, Any], description: str) -> float:
    """The cost to the cent of the lines whose description begins so."""
    found = [c for c in document["charges"] if c["description"].startswith(description)]
    assert found
    return round(sum(charge["effective_cost"] for charge in found), 2)


def refusal(capsys: Capture, *argv: str) -> str:
    """The one sentence on stderr, with exit status 2 and nothing on stdout."""
    assert main(argv) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err
    return printed.err


def saved(tmp_path: Path, scenario: Scenario) -> str:
    path = tmp_path / "s.mlcost"
    write_scenario(path, scenario, SavedFigures(price_dates=None, effective_cost=0.0))
    return str(path)


def with_plan(plan: ManagedPlan, **changes: object) -> Scenario:
    return changed(read_scenario(Path(ARTICLE)).scenario, plans=(plan,), **changes)


# --- The article's figures -----------------------------------------------------------


def test_the_article(capsys: Capture) -> None:
    document = printed(capsys)
    costs = [round(charge["effective_cost"], 2) for charge in document["charges"]]
    assert {69.12, 123.12, 2.30, 23.55} <= set(costs)
    assert round(document["totals"]["infrastructure"], 2) == 218.09
    assert document["hours_in_month"] == 720
    assert document["warnings"] == []


def test_usage_of_160_hours(capsys: Capture) -> None:
    document = printed(capsys, "--set", "usage.hours=160")
    assert cost(document, "Instance hours (m5.large") == 15.36  # 160 h × $0.096
    assert cost(document, "Instance hours (db.m5.large") == 123.12


def test_typed_reservation_of_40_percent(capsys: Capture) -> None:
    # 720 h × $0.096 × 0.6 = $41.472
    document = printed(capsys, "--set", "server.ec2.purchase=reserved_typed")
    assert cost(document, "Instance hours (m5.large") == 41.47


def test_one_gigabyte_beyond_the_free_transfer(capsys: Capture) -> None:
    document = printed(capsys, "--set", "network.transfer_out_gb=101")
    assert cost(document, "Data transfer out") == 0.09
    assert round(document["totals"]["infrastructure"], 2) == 218.18


def test_another_region_prices_every_aws_line(capsys: Capture) -> None:
    document = printed(capsys, "--region", "eu-west-1")
    assert document["region_id"] == "eu-west-1"
    listed = Shelf(pricing_dir() / "aws").book("eu-west-1").listed
    lines = [charge for charge in document["charges"] if charge["component"] in AWS]
    for charge in lines:
        prices = [tier.usd for tier in listed[charge["sku_id"]].tiers]
        assert charge["list_unit_price"] in prices
        assert charge["price_date"] == listed[charge["sku_id"]].date
    # 720 h × $0.107: Ireland's m5.large
    assert cost(document, "Instance hours (m5.large") == 77.04


# --- Own rates -----------------------------------------------------------------------


def test_flat_rate(capsys: Capture) -> None:
    document = printed(capsys, "--price", "ec2/m5.large/on_demand=0.09")
    assert cost(document, "Instance hours (m5.large") == 64.80  # 720 h × $0.09
    line = document["charges"][0]
    assert (line["price_state"], line["price_source"]) == ("own", "your rate")


def test_rate_in_tiers(capsys: Capture) -> None:
    # 60,000 GB − 100 GB free = 59,900 GB:
    # 10,240 × $0.09 + 40,960 × $0.085 + 8,700 × $0.07 = 921.60 + 3,481.60 + 609.00
    document = printed(
        capsys, "--set", "network.transfer_out_gb=60000",
        "--price", "transfer/internet=0:0.09,10240:0.085,51200:0.07",
    )  # fmt: skip
    assert cost(document, "Data transfer out") == 5012.20


def test_rate_with_a_free_quantity(capsys: Capture) -> None:
    # A million requests are 1,000 units; 250 of them are paid: 250 × $0.005
    document = printed(
        capsys, "--set", "artifact_store.s3.put_requests=1e6",
        "--price", "s3/standard/put=0.005;free=750",
    )  # fmt: skip
    assert cost(document, "PUT and LIST requests") == 1.25


def test_tiers_after_a_free_quantity(capsys: Capture) -> None:
    # 1,024 GB − 24 GB free = 1,000 GB: 600 × $0.02 + 400 × $0.01 = 16.00
    document = printed(capsys, "--price", "s3/standard/storage=0:0.02,600:0.01;free=24")
    assert cost(document, "S3 Standard storage") == 16.00


def test_commitment(capsys: Capture) -> None:
    # 720 h × $0.0143 = 10.296, and $125 ÷ 12 months = 10.4167
    document = printed(
        capsys, "--set", "server.ec2.purchase=reserved",
        "--set", "server.ec2.payment=partial_upfront",
        "--price", "ec2/m5.large/1y/standard/partial_upfront=0.0143+125",
    )  # fmt: skip
    assert cost(document, "Instance hours (m5.large") == 10.30
    assert cost(document, "Upfront payment (m5.large") == 10.42
    assert round(document["charges"][1]["billed_cost"], 2) == 125.00
    assert document["charges"][0]["list_unit_price"] == 0.096


@pytest.mark.parametrize("rate", ["9e-2", "0.9E-1", " .09 ", "0:0.09"])
def test_spellings_of_a_figure(capsys: Capture, rate: str) -> None:
    document = printed(capsys, "--price", f"ec2/m5.large/on_demand={rate}")
    assert cost(document, "Instance hours (m5.large") == 64.80


def test_rates_are_of_the_region_that_is_asked_for(capsys: Capture, tmp_path: Path) -> None:
    rate = OwnRate(
        sku_id="ec2/m5.large/on_demand",
        provider_id="aws",
        region_id="us-east-1",
        tiers=(RateTier(usd=1.0),),
    )
    file = saved(tmp_path, replace(read_scenario(Path(ARTICLE)).scenario, "own_rates", (rate,)))
    assert cost(printed(capsys, file=file), "Instance hours (m5.large") == 720.00
    abroad = printed(capsys, "--region", "eu-west-1", file=file)
    assert cost(abroad, "Instance hours (m5.large") == 77.04
    assert "Your rate for ec2/m5.large/on_demand is for us-east-1" in abroad["warnings"][0]
    argv = ("--price", "ec2/m5.large/on_demand=2", "--region", "eu-west-1")
    assert cost(printed(capsys, *argv, file=file), "Instance hours (m5.large") == 1440.00
    # A rate that is typed replaces the file's for the same SKU.
    assert cost(printed(capsys, *argv[:2], file=file), "Instance hours (m5.large") == 1440.00


def test_rate_for_a_price_that_no_source_holds(capsys: Capture) -> None:
    region, missing = unsold()
    argv = ("--region", region, "--set", f"server.ec2.instance_type={missing}")
    document = printed(capsys, *argv, "--price", f"ec2/{missing}/on_demand=0.5")
    assert cost(document, "Instance hours (m") == 360.00  # 720 h × $0.50


# --- What the formats hold -------------------------------------------------------------


def unsold() -> tuple[str, str]:
    """A region, and an instance type that is sold elsewhere only."""
    shelf = Shelf(pricing_dir() / "aws")
    listed = shelf.book("ap-southeast-6").listed
    types = (t for t in shelf.instance_types if t.startswith("m"))
    return "ap-southeast-6", next(t for t in types if f"ec2/{t}/on_demand" not in listed)


def test_shape_of_the_json(capsys: Capture) -> None:
    document = printed(capsys)
    assert list(document) == [
        "provider_id", "region_id", "hours_in_month", "usage_hours", "horizon_months", "currency",
        "display_currency", "price_dates", "unpriced_lines", "estimated_lines", "totals",
        "totals_without", "held_against", "cash", "unit_costs", "discounts", "own_rates",
        "own_lines", "charges", "warnings", "offers",
    ]  # fmt: skip
    assert list(document["totals"]) == [
        "list_cost", "contracted_cost", "effective_cost", "billed_cost", "infrastructure",
        "labor", "horizon_total", "first_year_cash", "by_component",
    ]  # fmt: skip
    assert list(document["totals"]["by_component"]) == [*AWS, "labor"]
    for charge in document["charges"]:
        assert tuple(charge) == CHARGE_COLUMNS
        for key, value in charge.items():
            is_figure = key.endswith(("_cost", "_quantity", "_discount", "list_unit_price"))
            assert isinstance(value, float if is_figure else str), key
    total = math.fsum(charge["effective_cost"] for charge in document["charges"])
    assert document["totals"]["effective_cost"] == pytest.approx(total, rel=1e-12)
    assert document["currency"] == "USD"
    assert document["horizon_months"] == 36


def test_json_keys_are_documented(capsys: Capture, checkout: Path) -> None:
    words = (checkout / "docs" / "command-line.md").read_text(encoding="utf-8")
    document = printed(capsys)
    for key in (*document, *document["totals"], *CHARGE_COLUMNS):
        assert f"`{key}`" in words, key


def test_a_line_without_a_price(capsys: Capture) -> None:
    region, missing = unsold()
    argv = ("--region", region, "--set", f"server.ec2.instance_type={missing}")
    document = printed(capsys, *argv)
    line = document["charges"][0]
    assert line["price_state"] == "unknown"
    assert line["list_unit_price"] is None
    assert [line[f"{kind}_cost"] for kind in ("list", "contracted", "effective", "billed")] == [
        None, None, None, None,
    ]  # fmt: skip
    assert document["unpriced_lines"] >= 1
    assert any(f"no known price for ec2/{missing}/on_demand" in w for w in document["warnings"])
    assert all(math.isfinite(total) for total in document["totals"]["by_component"].values())

    table = run(capsys, "estimate", ARTICLE, *argv)
    assert "unknown ?" in table
    assert "without a price" in table
    rows = list(
        csv.DictReader(io.StringIO(run(capsys, "estimate", ARTICLE, *argv, "--format", "csv")))
    )
    assert rows[0]["effective_cost"] == ""


NO_PRICE = ("--set", "server.ec2.purchase=compute_savings_plan")
"""A line without a known price."""

IN_EUR = ("--set", "currency.code=EUR", "--set", "currency.per_usd=0.5", "--set", "currency.date=x")


def test_every_total_that_lacks_a_line_says_so(capsys: Capture) -> None:
    table = run(capsys, "estimate", ARTICLE, *NO_PRICE, *IN_EUR, "--cash")
    _, _, totals = table.partition("Effective cost a month")
    totals, _, _ = totals.partition("A month of 720 h")
    totals, _, _ = totals.replace("Held against SageMaker MLflow Small", "", 1).partition("! ")
    sums = [line for line in totals.splitlines() if re.search(r"[$€][\d,]+\.\d\d", line)]
    whole = [line.strip().split("  ")[0] for line in sums if not line.endswith(" + ?")]
    assert whole[0] == "of it maintenance labor", "the plan lacks nothing, either"
    assert len(whole) == 3 and whole[2].endswith(" cheaper")
    assert len(sums) == 19
    assert "without unpriced lines" in table
    document = printed(capsys, *NO_PRICE)
    assert document["totals_without"] == ["server"] and document["unpriced_lines"] == 1
    assert printed(capsys)["totals_without"] == []


def test_plans_say_what_their_totals_lack(capsys: Capture, tmp_path: Path) -> None:
    ours = ManagedPlan(id="ours", name="Ours", price="free", server="stays")
    file = saved(tmp_path, with_plan(ours, held_against="ours"))
    document = json.loads(run(capsys, "plans", file, *NO_PRICE, "--format", "json"))
    unpriced = {plan["id"]: plan["unpriced_lines"] for plan in document["plans"]}
    assert document["unpriced_lines"] == document["held_against"]["unpriced_lines"] == 1
    assert (unpriced["ours"], unpriced["sagemaker_small"]) == (1, 0)
    table = run(capsys, "plans", file, *NO_PRICE)
    row = next(line for line in table.splitlines() if line.startswith("Ours"))
    assert re.search(r"Ours +[\d.]+ \+ \? .*without unpriced lines", row)
    sentence = " ".join(table.partition("\nOurs:")[2].split())
    assert len(re.findall(r"\$[\d,.]+ \+ \?", sentence)) == 5


@pytest.mark.parametrize("verb", ["estimate", "plans", "prices"])
def test_csv_has_a_mark_in_a_file_and_none_in_a_pipe(tmp_path: Path, verb: str) -> None:
    argv = [sys.executable, "-m", "mlflow_cost_desktop.cli", verb, "--format", "csv"]
    argv += ["--match", "s3/standard"] if verb == "prices" else [ARTICLE]
    piped = subprocess.run(argv, stdout=subprocess.PIPE, check=True).stdout
    path = tmp_path / "lines.csv"
    for mode in ("wb", "ab"):
        with path.open(mode) as file:
            subprocess.run(argv, stdout=file, check=True)
    assert not piped.startswith(codecs.BOM_UTF8)
    assert path.read_bytes() == codecs.BOM_UTF8 + piped + piped, "a mark stands at the start alone"
    with path.open("wb") as file:
        subprocess.run(["json" if a == "csv" else a for a in argv], stdout=file, check=True)
    assert path.read_bytes().startswith((b"{", b"[")), "no reader of JSON takes a mark"


def test_wide_signs_stand_in_columns_as_a_terminal_counts_them(
    capsys: Capture, tmp_path: Path
) -> None:
    name = "監査 🔥 महीना 👩‍💻"
    long = "監査のための" * 12
    argv = ("--set", f"name={name}", "--line", f"{name}=3;unit=監査", "--line", f"{long}=1;unit=x")
    table = run(capsys, "estimate", ARTICLE, *argv)
    widths = {line: wcswidth(line) for line in table.splitlines()}
    assert max(widths.values()) <= 100
    ends = {widths[line] for line in widths if re.search(r"\$[\d,]+\.\d\d \*$", line)}
    assert len(ends) == 1, "costs stand below each other"
    ours = ManagedPlan(id="ours", name=f"{name} 監査のための", price="free")
    plans = run(
        capsys,
        "plans",
        saved(tmp_path, with_plan(ours)),
    )
    rows = plans.partition("──\n")[2].partition("\n\n")[0].splitlines()
    costs = {wcswidth(row[: found.end()]) for row in rows if (found := re.search(r"\d\.\d\d", row))}
    assert len(costs) == 1


def test_table(capsys: Capture) -> None:
    table = run(capsys, "estimate", ARTICLE)
    assert max(map(len, table.splitlines())) <= 100
    lines = [" ".join(line.split()) for line in table.splitlines()]
    assert lines[:2] == ["The article's small team (2024)", "US East (N. Virginia) (us-east-1)"]
    for line in (
        "Instance hours (m5.large, on demand) 720 h $0.096 $69.12",
        "Storage (gp2, Single-AZ) 20 GB-month $0.115 $2.30",
        "S3 Standard storage (first 50 TB) 1,024 GB-month $0.023 $23.55",
        "Subtotal (1 line of $0.00 not shown) $125.42",
        "Set-up 0.6667 h $91.40 $60.93 *",
        "Effective cost a month $659.86",
        "of it infrastructure $218.09",
        "A year $7,918.30",
        "Over 36 months $23,754.91",
        "For each user $131.97",
        "For each GB kept $0.64",
        "A month of 720 h, 720 h of usage.",
    ):
        assert line in lines
    assert not any(line.endswith("$0.00") for line in lines if not line.startswith("Subtotal"))
    everything = run(capsys, "estimate", ARTICLE, "--all")
    assert "Peak instance hours (m5.large, on demand)" in everything
    assert "not shown" not in everything


@pytest.mark.parametrize("path", sorted(SCENARIOS.iterdir()), ids=lambda path: path.stem)
def test_samples_fit_into_100_columns(capsys: Capture, path: Path) -> None:
    table = run(capsys, "estimate", str(path), "--all")
    assert max(map(len, table.splitlines())) <= 100


def test_offers_stand_below_the_table_and_with_their_edits_in_json(capsys: Capture) -> None:
    boxes = ("--set", "network.secrets.used=yes", "--set", "network.public_addresses=1")
    table = run(capsys, "estimate", ARTICLE, *boxes)
    assert "\n+ Server: A one-year reservation without upfront payment would bring this" in table
    assert "usually comes with" not in table
    offers = {offer["id"]: offer for offer in printed(capsys, *boxes)["offers"]}
    assert offers["metadata_store.rds.reservation"]["edits"] == {
        "metadata_store.rds.commitment": "1y_no_upfront"
    }


def test_a_region_that_there_is_nowhere_is_no_destination(capsys: Capture) -> None:
    assert main(("estimate", ARTICLE, "--set", "network.destination=eu-west-9")) == 2
    assert "There is no region “eu-west-9”. Did you mean" in capsys.readouterr().err


def test_table_counts_estimated_prices(capsys: Capture) -> None:
    table = run(
        capsys, "estimate", ARTICLE, "--set", "server.ec2.purchase=reserved",
        "--set", "server.ec2.instance_type=t3.small", "--set", "server.ec2.term=3y",
        "--set", "server.ec2.payment=partial_upfront", "--set", "discount=10",
    )  # fmt: skip
    assert "2 lines with an estimated price." in table
    assert "~ estimated price" in table
    assert "Unit prices are before discounts, costs after them." in table


HOSTILE = "=cmd|' /C calc'!A0"


def test_texts_are_no_formulas(capsys: Capture, tmp_path: Path) -> None:
    names = (HOSTILE, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " \n =1", "two\rlines", "plain")
    lines = tuple(
        OwnLine(id=f"line{at}", name=name, unit="=unit", usd=1.0) for at, name in enumerate(names)
    )
    file = saved(tmp_path, Scenario(own_lines=lines))
    rows = list(csv.DictReader(io.StringIO(run(capsys, "estimate", file, "--format", "csv"))))
    own = [row for row in rows if row["sku_id"].startswith("your-line/")]
    assert [row["description"] for row in own] == [
        f"'{HOSTILE}", "'+1", "'-1", "'@SUM(A1)", "'=1", "'=1", "'=1", "two lines", "plain",
    ]  # fmt: skip
    assert {row["pricing_unit"] for row in own} == {"'=unit"}
    assert list(rows[0]) == list(CHARGE_COLUMNS)
    assert len(rows) == len(printed(capsys, file=file)["charges"])


def test_texts_move_no_cursor(capsys: Capture, tmp_path: Path) -> None:
    line = OwnLine(id="a", name="red \x1b[31m\nline", unit="u" * 40, usd=1.0)
    table = run(capsys, "estimate", saved(tmp_path, Scenario(name="a\x1b]0;b", own_lines=(line,))))
    assert "\x1b" not in table
    assert "red [31m line" in table
    assert max(map(len, table.splitlines())) <= 100


# --- Prices and fields -------------------------------------------------------------------


def test_prices(capsys: Capture) -> None:
    table = run(capsys, "prices", "--match", "s3/standard/")
    lines = [" ".join(line.split()) for line in table.splitlines()]
    assert lines[0] == "SKU Tier USD Unit Upfront State Source Date"
    assert (
        "s3/standard/storage 51,200 to 512,000 $0.022 GB-month listed AWSPRICE 2025-10-22" in lines
    )
    found = json.loads(run(capsys, "prices", "--match", "S3/standard/storage", "--format", "json"))
    assert (found["region_id"], found["currency"]) == ("us-east-1", "USD")
    (price,) = found["prices"]
    assert [tier["end"] for tier in price["tiers"]] == [51200, 512000, None]
    rows = list(
        csv.DictReader(
            io.StringIO(run(capsys, "prices", "--match", "t3.small 3y", "--format", "csv"))
        )
    )
    estimated = next(row for row in rows if row["state"] == "estimated")
    assert estimated["rule"]
    assert float(estimated["upfront_usd"]) > 0
    assert "No price of Europe (Ireland) matches." in run(
        capsys, "prices", "--region", "eu-west-1", "--match", "nothing"
    )


def test_prices_of_another_provider(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PRICES, tmp_path / "pricing")
    write_books(tmp_path / "pricing")
    monkeypatch.setattr(arguments, "pricing_dir", lambda: tmp_path / "pricing")
    monkeypatch.setattr(shelf, "PROVIDERS", {**shelf.PROVIDERS, ACME.id: ACME})
    found = json.loads(run(capsys, "prices", "--provider", "Acme", "--format", "json"))
    assert (found["provider_id"], found["region_id"]) == ("acme", "moon-1")
    assert len(found["prices"]) == 3
    table = run(capsys, "prices", "--provider", "acme", "--region", "MOON-1", "--match", "zone")
    assert "transfer/zone" in table
    assert "no prices of the provider 'gcp'" in refusal(capsys, "prices", "--provider", "gcp")


def test_every_listed_price_can_be_asked_for(capsys: Capture) -> None:
    found = json.loads(run(capsys, "prices", "--region", "eu-west-1", "--format", "json"))
    book = Shelf(pricing_dir() / "aws").book("eu-west-1")
    assert [price["sku_id"] for price in found["prices"]] == list(book.listed)


def test_rules_of_estimated_prices_stand_below_the_table(capsys: Capture) -> None:
    table = run(capsys, "prices", "--match", "ec2/t3.small/3y")
    assert "estimated [1]" in table
    assert "\n[1] On-demand price of the region times" in table


def test_fields(capsys: Capture) -> None:
    fields = json.loads(run(capsys, "fields", "--format", "json"))
    assert [field["path"] for field in fields] == [place.path for place in places(Scenario())]
    by_path = {field["path"]: field for field in fields}
    assert by_path["server.ec2.replicas"] == {
        "path": "server.ec2.replicas",
        "title": "Replicas",
        "group": ["Server"],
        "kind": "number",
        "unit": "instance",
        "lower": 0,
        "upper": 1000,
        "max_length": None,
        "choices": None,
        "none_means": None,
        "default": 1,
        "meaning": "Instances that run side by side for the usage hours.",
    }
    assert by_path["usage.by"]["choices"] == {
        "hours": "Hours a month",
        "schedule": "A weekly schedule",
    }
    table = run(capsys, "fields")
    assert max(map(len, table.splitlines())) <= 100
    assert "server.ec2.peak_hours: 0 to 1,000 h, default 0\n" in table
    for field in fields:
        assert f"\n{field['path']}: " in f"\n{table}"


# --- Edits ----------------------------------------------------------------------------------


def test_edits_of_every_kind(capsys: Capture) -> None:
    document = printed(
        capsys,
        "--set", "name=A = B",
        "--set", "usage.by=schedule",
        "--set", "usage.weeks_per_month=4",
        "--set", "metadata_store.discount=50",
        "--set", "labor.tasks.upgrades.hours=6",
        "--set", "server.ec2.instance_type=m5.xlarge",
    )  # fmt: skip
    assert document["usage_hours"] == 160  # 8 h × 5 days × 4 weeks
    assert cost(document, "Instance hours (m5.xlarge") == 30.72  # 160 h × $0.192
    assert cost(document, "Instance hours (db.m5.large") == 61.56  # half of 123.12
    assert cost(document, "Version upgrades") == 91.40  # 2 × 6 h ÷ 12 × $91.40
    back = printed(
        capsys, "--set", "usage.by=schedule", "--set", "usage.weeks_per_month=none",
        "--set", "metadata_store.discount=none",
    )  # fmt: skip
    assert back["usage_hours"] == pytest.approx(40 * 720 / 168)


def test_own_lines_of_the_file(capsys: Capture, tmp_path: Path) -> None:
    file = saved(tmp_path, Scenario(own_lines=(OwnLine(id="plan", name="Plan", usd=100.0),)))
    assert cost(printed(capsys, file=file), "Plan") == 100.00
    assert cost(printed(capsys, "--set", "own_lines.plan.usd=30", file=file), "Plan") == 30.00


def test_an_edit_without_effect_is_noted(capsys: Capture) -> None:
    assert main(["estimate", ARTICLE, "--set", "server.ec2.term=3y"]) == 0
    printed = capsys.readouterr()
    assert printed.err == (
        "Note: server.ec2.term has no effect while other fields are as they are.\n"
    )
    assert "$659.86" in printed.out


# --- Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "required: COMMAND"),
        (["guess"], "invalid choice: 'guess'"),
        (["estimate"], "required: FILE"),
        (["estimate", ARTICLE, "--format", "xml"], "invalid choice: 'xml'"),
        (["estimate", ARTICLE, "--unknown"], "unrecognized arguments: --unknown"),
        (["report", ARTICLE], "required: -o/--output"),
        (["estimate", "missing.mlcost"], "there is no such file"),
        (["estimate", ""], "it is a folder"),
        (["estimate", str(SCENARIOS)], "it is a folder"),
        (["estimate", "red\x1b[31m\n.mlcost"], "there is no such file"),
        (["estimate", ARTICLE, "--region", "eu-west-9"], "Did you mean eu-west-"),
        (["estimate", ARTICLE, "--region", ""], "no price book for the region"),
        (["estimate", ARTICLE, "--region", "../us-east-1"], "no price book for the region"),
        (["prices", "--region", "mars"], "no price book for the region"),
    ],
)
def test_refused_commands(capsys: Capture, argv: list[str], words: str) -> None:
    sentence = refusal(capsys, *argv)
    assert words in sentence
    assert "\x1b" not in sentence


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("usage.hours", "has no value"),
        ("usage.hourz=1", "Did you mean usage.hours"),
        ("server=1", "There is no field “server”"),
        ("server.ec2=1", "There is no field “server.ec2”"),
        ("labor.tasks.upgrades.name=x", "There is no field"),
        ("labor.tasks.0.hours=1", "There is no field"),
        ("=1", "There is no field “”"),
        ("usage.hours=-1", "Usage: it must be at least 0"),
        ("usage.hours=1001", "Usage: it must be at most 1,000"),
        ("usage.hours=many", "Usage: “many” is no plain number; write 1500, 1024.5 or 1e6"),
        ("usage.hours=", "Usage: “” is no plain number"),
        ("usage.hours=none", "Usage: “none” is no plain number"),
        ("usage.hours=nan", "Usage: “nan” is no plain number"),
        ("usage.hours=inf", "Usage: “inf” is no plain number"),
        ("usage.hours=1e999", "Usage: “1e999” is larger than any number"),
        ("usage.hours=1_000", "Usage: “1_000” is no plain number"),
        ("usage.hours=٧٢٠", "Usage: “٧٢٠” is no plain number; write 720, if that is what you"),
        ("usage.hours=1,024", "Usage: “1,024” is no plain number; write 1024, if that is"),
        ("usage.hours=0,5", "Usage: “0,5” is no plain number; write 0.5, if that is"),
        ("currency.per_usd=many", "1500, 1024.5 or 1e6, or none"),
        ("usage.by=night", "Usage given by: there is no “night”. It is one of hours, schedule."),
        (f"name={'n' * 121}", "Name: it must be at most 120 characters"),
        ("name=\udcff", "Name: "),
        ("region_id=eu-west-9", "Did you mean eu-west-"),
        ("region_id=", "Region: it must not be empty"),
        ("server.ec2.instance_type=m5.larg", "Did you mean m5.large"),
        ("server.ec2.instance_type=db.m5.large", "No region sells"),
        ("metadata_store.rds.instance_class=m5.large", "Did you mean db.m5.large"),
        ("metadata_store.rds.instance_class=db.m5.larg", "Did you mean db.m5.large"),
    ],
)
def test_refused_edits(capsys: Capture, edit: str, words: str) -> None:
    assert words in refusal(capsys, "estimate", ARTICLE, "--set", edit)


@settings(max_examples=50)
@given(st.sampled_from(list(places(Scenario()))), st.text(max_size=12))
def test_any_edit_is_taken_or_refused(place: Place, text: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        assert main(["estimate", ARTICLE, "--set", f"{place.path}={text}"]) in (0, 2)


@settings(max_examples=50)
@given(st.text("0123456789.:,+;=efr-", max_size=12))
def test_any_rate_is_taken_or_refused(text: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        assert main(["estimate", ARTICLE, "--price", f"ec2/m5.large/on_demand={text}"]) in (0, 2)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("ec2/m5.large/on_demand", "has no rate"),
        ("ec2/m5.large/ondemand=1", "Did you mean ec2/m5.large/on_demand"),
        ("=1", "has no price “”"),
        ("labor/platform_engineer=1", "is a field of the scenario and no price"),
        ("ec2/m5.large/on_demand=", "“” is no plain number"),
        ("ec2/m5.large/on_demand=x", "“x” is no plain number"),
        ("ec2/m5.large/on_demand=-1", "“-1” is less than 0"),
        ("ec2/m5.large/on_demand=nan", "“nan” is no plain number"),
        ("ec2/m5.large/on_demand=1e999", "“1e999” is larger than any number"),
        ("ec2/m5.large/on_demand=1e10", "its figures are too large"),
        ("ec2/m5.large/on_demand=5:1", "its tiers don't begin at 0 and rise"),
        ("ec2/m5.large/on_demand=0:1,5:2,5:3", "its tiers don't begin at 0 and rise"),
        ("ec2/m5.large/on_demand=0:1,5", "“” is no plain number"),
        ("ec2/m5.large/on_demand=1;free=", "“” is no plain number"),
        ("ec2/m5.large/on_demand=1;gift=3", "only free=QUANTITY"),
        ("ec2/m5.large/on_demand=1;free=1;free=2", "only free=QUANTITY"),
        ("ec2/m5.large/on_demand=1+2", "is no commitment"),
        ("ec2/m5.large/on_demand=1+2+3", "“2+3” is no plain number"),
    ],
)
def test_refused_rates(capsys: Capture, price: str, words: str) -> None:
    assert words in refusal(capsys, "estimate", ARTICLE, "--price", price)


def test_unknown_machine_in_a_file_is_a_line_without_a_price(
    capsys: Capture, tmp_path: Path
) -> None:
    scenario = replace(Scenario(), "server.ec2.instance_type", "m5.huge")
    document = printed(capsys, file=saved(tmp_path, scenario))
    assert document["charges"][0]["price_state"] == "unknown"
    assert any("ec2/m5.huge/on_demand" in words for words in document["warnings"])


def test_version_and_help(capsys: Capture) -> None:
    assert run(capsys, "--version") == f"mlflow-cost {__version__}\n"
    assert "estimate" in run(capsys, "--help")


# --- As a user runs it ----------------------------------------------------------------------


def shell(*argv: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mlflow_cost_desktop.cli", *argv],
        check=False,
        capture_output=True,
        env={**os.environ, **changes},
    )


def test_output_is_utf_8_whatever_the_locale() -> None:
    answer = shell("estimate", ARTICLE, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert answer.returncode == 0
    assert answer.stderr == b""
    assert "─────" in answer.stdout.decode("utf-8")
    assert "$659.86" in answer.stdout.decode("utf-8")


def test_refusal_in_a_process_of_its_own() -> None:
    answer = shell("estimate", "missing.mlcost")
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert answer.stderr.count(b"\n") == 1


def test_reader_that_has_seen_enough() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mlflow_cost_desktop.cli", "prices"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_answer_onto_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "mlflow_cost_desktop.cli", "estimate", ARTICLE],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert answer.returncode == 2
    assert answer.stderr.startswith(b"The answer could not be printed: No space left")
    assert answer.stderr.count(b"\n") == 1


def test_report(tmp_path: Path) -> None:
    output = tmp_path / "out.pdf"
    argv = ("report", ARTICLE, "-o", str(output), "--set", "usage.hours=160")
    answer = shell(*argv, "--region", "eu-west-1", QT_QPA_PLATFORM="xcb", DISPLAY="")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.decode().rstrip("\r\n") == str(output)
    assert output.read_bytes().startswith(b"%PDF-")


def test_report_that_cannot_be_written(tmp_path: Path) -> None:
    answer = shell("report", ARTICLE, "-o", str(tmp_path / "missing" / "out.pdf"))
    assert answer.returncode == 2
    assert answer.stderr.count(b"\n") == 1
    assert b"Traceback" not in answer.stderr


def test_report_without_qt(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtGui", None)
    sentence = refusal(capsys, "report", ARTICLE, "-o", "out.pdf")
    assert "Qt, which draws windows and documents, cannot be loaded" in sentence
    assert "mlflow-cost estimate works without Qt" in sentence


@pytest.mark.parametrize("output", ["team.mlcost", "./team.mlcost", "other.mlcost", "link.pdf"])
def test_a_report_never_takes_a_scenario_s_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = Path(ARTICLE).read_bytes()
    Path("team.mlcost").write_bytes(before)
    Path("other.mlcost").write_bytes(before)
    Path("link.pdf").symlink_to("team.mlcost")
    assert "of a scenario" in refusal(capsys, "report", "team.mlcost", "-o", output)
    assert Path("team.mlcost").read_bytes() == Path("other.mlcost").read_bytes() == before


# --- Another currency -------------------------------------------------------------


def test_totals_are_read_in_another_currency_too(capsys: Capture) -> None:
    in_euro = ("--set", "currency.code=EUR", "--set", "currency.per_usd=0.5")
    document = printed(capsys, *in_euro, "--set", "currency.date=2026-11-20")
    display = document["display_currency"]
    assert (display["code"], display["per_usd"], display["rate_date"]) == ("EUR", 0.5, "2026-11-20")
    assert display["effective_cost"] == document["totals"]["effective_cost"] / 2
    assert printed(capsys)["display_currency"] is None


def test_the_table_and_csv_name_the_rate(capsys: Capture) -> None:
    in_euro = ("--set", "currency.code=EUR", "--set", "currency.per_usd=0.5")
    assert main(["estimate", ARTICLE, *in_euro]) == 0
    assert "€" not in (out := capsys.readouterr().out)
    assert "until the day of the exchange rate to EUR is typed" in " ".join(out.split())
    in_euro += ("--set", "currency.date=2026-11-20")
    assert main(["estimate", ARTICLE, *in_euro]) == 0
    assert "In EUR, $1 = €0.5, 2026-11-20" in capsys.readouterr().out
    assert main(["estimate", ARTICLE, *in_euro, "--format", "csv"]) == 0
    head, first, *_ = csv.reader(io.StringIO(capsys.readouterr().out))
    row = dict(zip(head, first, strict=True))
    assert float(row["display_effective_cost"]) == float(row["effective_cost"]) / 2


def test_plans_name_the_rate_of_another_currency(capsys: Capture) -> None:
    in_euro = ("--set", "currency.code=EUR", "--set", "currency.per_usd=0.5")
    plans = ["plans", ARTICLE, *in_euro, "--set", "currency.date=2026-11-20"]
    assert main(plans) == 0
    assert "$1 = €0.5, 2026-11-20" in capsys.readouterr().out.splitlines()
    assert main([*plans, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    rate = {"code": "EUR", "per_usd": 0.5, "rate_date": "2026-11-20"}
    assert (document["currency"], document["display_currency"]) == ("USD", rate)
    assert main([*plans, "--format", "csv"]) == 0
    head, first, *_ = csv.reader(io.StringIO(capsys.readouterr().out))
    row = dict(zip(head, first, strict=True))
    assert (row["per_usd"], row["rate_date"]) == ("0.5", "2026-11-20")
    assert float(row["display_effective_cost"]) == float(row["effective_cost"]) / 2


# --- Pipes, and what happens around a process ------------------------------------


def _run(*argv: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mlflow_cost_desktop.cli", *argv]
    return subprocess.run(command, check=False, capture_output=True, timeout=120, **options)


def _is_told(answer: subprocess.CompletedProcess[bytes], words: str, status: int = 2) -> None:
    assert answer.returncode == status, answer.stderr
    assert words in answer.stderr.decode()
    assert answer.stderr.count(b"\n") == 1


def test_a_scenario_comes_by_stdin() -> None:
    by_name = _run("estimate", ARTICLE, "--format", "json")
    piped = _run("estimate", "-", "--format", "json", input=Path(ARTICLE).read_bytes())
    assert piped.returncode == 0, piped.stderr
    assert piped.stdout == by_name.stdout
    _is_told(_run("estimate", "-", input=b"no scenario"), "not a sound scenario file")
    _is_told(_run("estimate", "-", input=b" " * 5_000_000), "larger than 4 MB")


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix")
@pytest.mark.parametrize(
    "command",
    [
        "{cli} estimate <(cat {file})",
        "cat {file} | {cli} estimate /dev/stdin",
        "{cli} estimate - < {file}",
    ],
)
def test_a_scenario_comes_by_a_shells_pipe(command: str) -> None:
    cli = f"{sys.executable} -m mlflow_cost_desktop.cli"
    words = command.format(cli=cli, file=shlex.quote(ARTICLE))
    answer = subprocess.run(["bash", "-c", words], check=False, capture_output=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    assert b"659.86" in answer.stdout


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev on Windows")
@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_a_report_goes_out_by_a_pipe(tmp_path: Path, output: str) -> None:
    answer = _run("report", ARTICLE, "-o", output, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith(b"%PDF-")
    assert answer.stdout.rstrip().endswith(b"%%EOF")  # and no line after it
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix")
def test_closed_streams() -> None:
    cli = f"{sys.executable} -m mlflow_cost_desktop.cli estimate {shlex.quote(ARTICLE)}"

    def shell_runs(words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["bash", "-c", words], check=False, capture_output=True, timeout=120)

    _is_told(shell_runs(f"{cli} >&-"), "stdout is closed")
    answer = shell_runs(f"{cli} 2>&-")
    assert (answer.returncode, b"659.86" in answer.stdout) == (0, True)
    assert shell_runs(f"{cli}-missing 2>&- >&-").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("words", ["--help", "--version", "estimate --help"])
def test_help_onto_a_full_disk(words: str) -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "mlflow_cost_desktop.cli", *words.split()],
            check=False, stdout=full, stderr=subprocess.PIPE, timeout=120,
        )  # fmt: skip
    assert answer.returncode == 2
    assert answer.stderr.startswith(b"The answer could not be printed: No space left")


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that is in use")
def test_a_relative_path_from_a_deleted_folder(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    cli = f"{sys.executable} -P -m mlflow_cost_desktop.cli"
    words = f"cd {folder} && rmdir {folder} && {cli} estimate team.mlcost"
    answer = subprocess.run(["bash", "-c", words], check=False, capture_output=True, timeout=120)
    assert answer.returncode == 2, answer.stderr
    assert b"there is no such file" in answer.stderr
    assert b"Traceback" not in answer.stderr


# Also where these tests run in the background, deaf to Ctrl-C.
LISTENING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from mlflow_cost_desktop.cli.main import main
sys.exit(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_ctrl_c(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", LISTENING, "estimate", str(pipe)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        with pipe.open("wb"):  # it waits for more
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert process.stderr.read().startswith(b"Interrupted.")


def test_an_edit_of_a_line_that_a_later_option_takes_away(capsys: Capture, tmp_path: Path) -> None:
    scenario = changed(read_scenario(Path(ARTICLE)).scenario, own_lines=(LINE_MONTHLY,))
    path = tmp_path / "own.mlcost"
    write_scenario(path, scenario, SavedFigures(price_dates=None, effective_cost=0.0))
    own = LINE_MONTHLY.id
    argv = ("estimate", str(path), "--set", f"own_lines.{own}.usd=5", "--line", f"{own}=none")
    assert main(argv) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "argv",
    [
        ("--region", "US-EAST-1"),
        ("--set", "server.ec2.instance_type= M5.LARGE "),
        ("--set", "server.option=EC2"),
        ("--set", "currency.code=usd"),
        ("--set", "server.fargate.size=2 VCPU · 8 GB"),
    ],
)
def test_names_are_taken_as_the_window_takes_them(capsys: Capture, argv: tuple[str, str]) -> None:
    assert main(("estimate", ARTICLE, *argv)) == 0
    assert "659.86" in capsys.readouterr().out


def test_sentences_are_short(capsys: Capture) -> None:
    for argv in (
        ("estimate", ARTICLE, "--set", "server.fargate.size=2 vCPU · 99 GB"),
        ("estimate", "x" * 3000 + "/" + "y" * 3000),
        ("estimate", ARTICLE, "--format", "z" * 5000),
    ):
        assert len(refusal(capsys, *argv)) < 700
    near = refusal(capsys, "estimate", ARTICLE, "--set", "server.fargate.size=2vcpu_99gb")
    assert "Did you mean 2vcpu_9gb" in near
