"""`mlflow-cost estimate`: figures, formats, and texts of strangers."""

import codecs
import contextlib
import csv
import io
import json
import math
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.exports.terminal.about import ABOUT_COLUMNS
from mlflow_cost_desktop.exports.terminal.estimate import CHARGE_COLUMNS
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.cli.helpers import (
    ARTICLE,
    SCENARIOS,
    Capture,
    cost,
    in_process,
    printed,
    run,
    saved,
    unsold,
)
from tests.support import changed

AWS = ["server", "metadata_store", "artifact_store", "network"]


def with_plan(plan: ManagedPlan, **changes: object) -> Scenario:
    return changed(read_scenario(Path(ARTICLE)).scenario, plans=(plan,), **changes)


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


def test_shape_of_the_json(capsys: Capture) -> None:
    document = printed(capsys)
    assert list(document) == [
        "scenario", "provider_id", "region_id", "hours_in_month", "usage_hours", "horizon_months",
        "currency", "display_currency", "price_dates", "price_book", "price_age", "unpriced_lines",
        "estimated_lines", "not_included", "totals", "totals_without",
        "held_against", "cash", "unit_costs", "discounts", "own_rates",
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
    assert whole[0] == "of it maintenance", "the plan lacks nothing, either"
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
    argv = [verb, *(["--match", "s3/standard"] if verb == "prices" else [ARTICLE]), "--format"]
    answer = in_process(*argv, "csv")
    assert (answer.returncode, answer.stderr) == (0, b"")
    piped = answer.stdout
    assert piped and not piped.startswith(codecs.BOM_UTF8)
    path = tmp_path / "lines.csv"
    for mode in ("w", "a"):
        with path.open(mode, encoding="utf-8") as file, contextlib.redirect_stdout(file):
            assert main([*argv, "csv"]) == 0
    assert path.read_bytes() == codecs.BOM_UTF8 + piped + piped, "a mark stands at the start alone"
    with path.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        assert main([*argv, "json"]) == 0
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
    assert lines[0] == "The article's small team (2024)"
    assert re.fullmatch(
        r"US East \(N\. Virginia\) \(us-east-1\) · prices up to \d+ months old", lines[1]
    )
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
    assert list(rows[0]) == [*CHARGE_COLUMNS, *ABOUT_COLUMNS]
    assert len(rows) == len(printed(capsys, file=file)["charges"])


def test_texts_move_no_cursor(capsys: Capture, tmp_path: Path) -> None:
    line = OwnLine(id="a", name="red \x1b[31m\nline", unit="u" * 40, usd=1.0)
    table = run(capsys, "estimate", saved(tmp_path, Scenario(name="a\x1b]0;b", own_lines=(line,))))
    assert "\x1b" not in table
    assert "red [31m line" in table
    assert max(map(len, table.splitlines())) <= 100


def test_unknown_machine_in_a_file_is_a_line_without_a_price(
    capsys: Capture, tmp_path: Path
) -> None:
    scenario = replace(Scenario(), "server.ec2.instance_type", "m5.huge")
    document = printed(capsys, file=saved(tmp_path, scenario))
    assert document["charges"][0]["price_state"] == "unknown"
    assert any("ec2/m5.huge/on_demand" in words for words in document["warnings"])


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
