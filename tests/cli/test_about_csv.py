"""What every CSV says of itself: scenario, region, month, age of prices, currency, what lacks."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest

from mlflow_cost_desktop.exports.terminal.about import ABOUT_COLUMNS, as_csv
from tests.cli.helpers import ARTICLE, SCENARIOS, Capture, run

RATE = ("--range", "labor.platform_engineer_usd=70:130")
VERBS = {
    "estimate": (),
    "plans": (),
    "project": ("--grow", "artifact_store.stored_gb=+100/month"),
    "uncertainty": (*RATE, "--draws", "200"),
    "tornado": (),
    "flips": (),
    "alternatives": ("--limit", "2"),
    "compare": ("--regions", "eu-central-1"),
}
EURO = (
    *("--set", "currency.code=EUR", "--set", "currency.per_usd=0.92"),
    *("--set", "currency.date=2026-11-20"),
)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("verb", VERBS)
def test_every_csv_says_what_it_rests_on(capsys: Capture, verb: str) -> None:
    argv = (verb, ARTICLE, *VERBS[verb], *EURO, "--format", "csv")
    rows = rows_of(run(capsys, *argv))
    assert rows
    for row in rows:
        assert tuple(row)[-len(ABOUT_COLUMNS) :] == ABOUT_COLUMNS
        assert None not in row and None not in row.values()  # no row is longer, or shorter
        assert row["about_scenario"] == "The article's small team (2024)"
        assert float(row["about_hours_in_month"]) == 720.0
        assert float(row["about_horizon_months"]) == 36.0
        assert (row["about_currency"], row["about_display_currency"]) == ("USD", "EUR")
        assert (row["about_per_usd"], row["about_rate_date"]) == ("0.92", "2026-11-20")
        assert row["about_prices_from"] <= row["about_prices_to"]
        assert int(row["about_price_age_days"]) >= 0
        assert row["about_unpriced"] == "" and row["about_estimated_lines"] == "0"
        assert "taxes" in row["about_not_included"]
    assert rows[0]["about_region_id"] == "us-east-1"


def test_scenarios_side_by_side_say_each_of_themselves(capsys: Capture) -> None:
    rows = rows_of(run(capsys, "compare", ARTICLE, *VERBS["compare"], "--format", "csv"))
    regions = {row["scenario"]: row["about_region_id"] for row in rows}
    assert regions == {"1": "us-east-1", "2": "eu-central-1"}


def test_a_line_without_a_price_is_named(capsys: Capture) -> None:
    unpriced = ("--set", "server.ec2.purchase=compute_savings_plan")
    rows = rows_of(run(capsys, "tornado", ARTICLE, *unpriced, "--format", "csv"))
    assert "Instance hours" in rows[0]["about_unpriced"]


def test_all_regions_say_whose_they_are(capsys: Capture) -> None:
    text = run(capsys, "compare", ARTICLE, "--regions", "all", "--format", "csv")
    assert {row["about_region_id"] for row in rows_of(text)} == {"us-east-1"}


def test_draws_say_it_once(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "draws.csv"
    run(capsys, "uncertainty", ARTICLE, *RATE, "--draws", "300", "--draws-csv", str(file))
    rows = rows_of(file.read_text(encoding="utf-8"))
    assert len(rows) == 300
    assert rows[0]["about_scenario"] == "The article's small team (2024)"
    assert rows[0]["about_region_id"] == "us-east-1"
    assert {row[name] for row in rows[1:] for name in ABOUT_COLUMNS} == {""}
    assert all(float(row["effective_cost"]) > 0.0 for row in rows)
    assert all(int(one["draw"]) + 1 == int(other["draw"]) for one, other in pairwise(rows))


def test_a_name_is_no_formula_there(capsys: Capture) -> None:
    named = ("--set", "name==HYPERLINK(1)")
    rows = rows_of(run(capsys, "flips", str(SCENARIOS / "hobby.mlcost"), *named, "--format", "csv"))
    assert rows[0]["about_scenario"] == "'=HYPERLINK(1)"


NOTHING_THERE = {
    "no verdict": (("flips", ARTICLE, "--against", "none"), "There is no verdict that could turn."),
    "no price": (("prices", "--match", "no such machine"), "No price is as asked for."),
}


@pytest.mark.parametrize("name", NOTHING_THERE)
def test_a_csv_without_rows_says_why(capsys: Capture, name: str) -> None:
    argv, why = NOTHING_THERE[name]
    (row,) = rows_of(run(capsys, *argv, "--format", "csv"))
    first, *others = row.items()
    assert first[1] == why
    assert not any(cell for column, cell in others if not column.startswith("about_"))
    if "about_region_id" in row:
        assert row["about_region_id"] == "us-east-1"


def test_a_csv_with_rows_says_nothing_more() -> None:
    assert as_csv(("a", "b"), [], none="Nothing.") == "a,b\nNothing.,\n"
    assert as_csv(("a", "b"), [[1, 2]], none="Nothing.") == "a,b\n1,2\n"
    assert as_csv(("a", "b"), []) == "a,b\n"
