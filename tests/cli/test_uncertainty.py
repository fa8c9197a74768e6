"""`mlflow-cost uncertainty`, `tornado` and `flips`: worked figures, and ranges as typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.paths import resources_dir

ARTICLE = str(resources_dir() / "scenarios" / "article-2024.mlcost")
ENGINEER, HOURS = "labor.platform_engineer_usd", "labor.tasks.incidents.hours"
TWO = ("--range", f"{ENGINEER}=70:130:triangle", "--range", f"{HOURS}=3:12:triangle")
USAGE = ("--set", "usage.hours=320", "--range", "usage.hours=160:720:triangle")


def run(capsys: pytest.CaptureFixture[str], verb: str, *arguments: str) -> str:
    assert main([verb, ARTICLE, *arguments]) == 0
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], verb: str, *arguments: str) -> dict[str, Any]:
    return json.loads(run(capsys, verb, *arguments, "--format", "json"))


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["uncertainty", ARTICLE, *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


# --- uncertainty -------------------------------------------------------------------


def test_usage_hours_of_a_triangle(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "uncertainty", *USAGE, "--budget", "630")
    of = found["percentiles"]
    assert [of["10"], of["50"], of["90"]] == pytest.approx([615.186, 627.731, 645.491], abs=5e-4)
    assert list(of) == ["5", "10", "25", "50", "75", "90", "95"]
    assert found["mean"] == pytest.approx(629.139, abs=5e-4)
    assert found["below_budget"] == pytest.approx(1 - 0.43187, abs=1e-5)
    assert (found["draws"], found["seed"], found["unpriced"]) == (100_000, 1, 0)


def test_two_inputs_and_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    against = ("--against", "sagemaker_small")
    found = answer(capsys, "uncertainty", *TWO, *against, "--draws", "10000", "--seed", "5")
    assert [found["mean"], found["sd"]] == pytest.approx([719.948, 88.560], abs=5e-4)
    assert (found["cheaper"]["plan"], found["draws"]) == ("sagemaker_small", 10_000)
    assert 0.99 < found["cheaper"]["share"] < 1.0
    assert (found["seed"], found["below_budget"]) == (5, None)
    table = run(capsys, "uncertainty", *TWO, *against, "--budget", "700")
    assert "In more than 99 of 100 cases SageMaker MLflow Small is cheaper" in table
    assert "cases a month costs at most $700." in table
    assert (
        "Maintenance · Platform engineer: $70 / h – $130 / h (Triangle, extremes); typed" in table
    )
    assert max(map(len, table.splitlines())) <= 100
    assert answer(capsys, "uncertainty", "--against", "none")["cheaper"] is None


def test_csv_has_a_row_for_each_figure(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "uncertainty", *USAGE, "--format", "csv")
    rows = {row["figure"]: row["value"] for row in csv.DictReader(io.StringIO(text))}
    assert float(rows["p50"]) == pytest.approx(627.731, abs=5e-4)
    assert rows["below_budget"] == ""


def test_the_draws_can_be_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "draws.csv"
    against = ("--against", "sagemaker_small")
    asked = (*TWO, *against, "--draws", "2000", "--draws-csv", str(file))
    found = answer(capsys, "uncertainty", *asked)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [row["draw"] for row in rows] == [str(n) for n in range(1, 2001)]
    cost = np.array([float(row["effective_cost"]) for row in rows])
    plan = np.array([float(row["plan_effective_cost"]) for row in rows])
    assert cost.mean() == pytest.approx(found["mean"], rel=2e-3)  # which value met which is chance
    assert float(np.mean(plan < cost)) == found["cheaper"]["share"]
    rate, hours = (np.array([float(row[path]) for row in rows]) for path in (ENGINEER, HOURS))
    # 218.09 of infrastructure; 34 h a year of other work, and four incidents
    assert cost == pytest.approx(218.092 + rate * (34 + 4 * hours) / 12, abs=1e-3)


def test_a_range_is_told_where_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    table = run(capsys, "uncertainty")
    assert "No input has a range; --range PATH=LOW:HIGH gives it one." in table


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (f"{ENGINEER}=70:130", "(PERT, extremes)"),
        (f"{ENGINEER}=70:280", "(Log-normal, extremes)"),
        (f"{ENGINEER}=70:130:uniform:p10p90", "(Uniform, P10 to P90)"),
        (f"{ENGINEER}=70:130;with=People", "with “People”)"),
    ],
)
def test_ranges_as_they_are_typed(
    capsys: pytest.CaptureFixture[str], typed: str, words: str
) -> None:
    table = run(capsys, "uncertainty", "--range", typed, "--draws", "100")
    assert words in " ".join(table.split())


def test_a_range_takes_the_place_of_the_file_s(capsys: pytest.CaptureFixture[str]) -> None:
    both = ("--range", f"{ENGINEER}=70:130", "--range", f"{ENGINEER}=80:100")
    (one,) = answer(capsys, "uncertainty", *both)["ranges"]
    assert one["low"] == 80.0
    assert answer(capsys, "uncertainty", *both, "--range", f"{ENGINEER}=none")["ranges"] == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("team.users", "has no range"),
        ("team.user=1:9", "Did you mean team.users"),
        ("name=1:9", "There is no number “name”"),
        ("team.users=9", "it has two ends"),
        ("team.users=1:9:pert:extremes:1", "it has two ends"),
        ("team.users=one:9", "no plain number"),
        ("team.users=1:9:bell", "no shape; it is one of pert, triangle, uniform, lognormal"),
        ("team.users=1:9:pert:p5", "no way to read the ends"),
        ("team.users=1:9;kept=3", "only with=GROUP"),
        ("team.users=6:9", "its low end is above what is typed"),
        ("team.users=1:4", "its high end is below what is typed"),
        ("artifact_store.stored_gb=0:4000:lognormal", "begins above zero"),
        ("team.users=none", "no range that could be taken away"),
        ("horizon_months=12:60", "counted by"),
        ("team.users=-1e20:9", "at least"),
    ],
)
def test_a_range_that_is_none_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], typed: str, words: str
) -> None:
    assert words in refusal(capsys, "--range", typed)


def test_other_options_out_of_bounds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "--draws is from 1 to" in refusal(capsys, "--draws", "0")
    assert "at least 0" in refusal(capsys, "--seed", "-1")
    assert "at least 0" in refusal(capsys, "--budget", "-1")
    assert "a file of its own" in refusal(capsys, "--draws-csv", str(tmp_path / "a.mlcost"))
    assert "a file of its own" in refusal(capsys, "--draws-csv", "-")


# --- tornado -----------------------------------------------------------------------


def test_four_ranges_one_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    four = (
        *("--range", f"{ENGINEER}=70:130", "--range", f"{HOURS}=3:12"),
        *("--range", "artifact_store.stored_gb=512:4096", "--range", "usage.hours=160:720"),
    )
    found = answer(capsys, "tornado", *four)
    moved = [(b["cost_low"] - found["cost"], b["cost_high"] - found["cost"]) for b in found["bars"]]
    expected = [(-103.433, 186.567), (-91.4, 182.8), (-11.776, 70.656), (-53.76, 0.0)]
    assert np.array(moved) == pytest.approx(np.array(expected), abs=5e-4)
    first = found["bars"][0]
    assert (first["path"], first["low"], first["high"]) == (ENGINEER, 70.0, 130.0)
    assert first["title"] == "Maintenance · Platform engineer"
    rows = list(csv.DictReader(io.StringIO(run(capsys, "tornado", *four, "--format", "csv"))))
    assert len(rows) == 4
    assert "556.43" in run(capsys, "tornado", *four)


def test_without_ranges_by_a_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    table = run(capsys, "tornado")
    assert "No input has a range: each is moved by ±10 %, one step up from zero." in table
    assert "Without effect at ±10 %: Team · Users," in table


# --- flips -------------------------------------------------------------------------


def test_what_turns_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "flips", "--against", "sagemaker_small")
    assert (found["against"], found["difference"]) == (
        "sagemaker_small",
        pytest.approx(-121.0622, abs=1e-4),
    )
    at = {flip["path"]: flip["at"] for flip in found["flips"]}
    assert at[ENGINEER] == pytest.approx(60.7082, abs=5e-5)
    assert at[HOURS] == pytest.approx(2.0264, abs=5e-5)
    first = found["flips"][0]
    assert (first["path"], first["unit"], first["now"]) == (ENGINEER, "$ / h", 91.4)
    assert first["relative"] == pytest.approx(-0.336, abs=5e-4)
    groups = {group["title"]: group["factor"] for group in found["groups"]}
    assert groups["all hours of maintenance"] == pytest.approx(0.6642, abs=1e-4)
    table = run(capsys, "flips", "--against", "sagemaker_small")
    assert "SageMaker MLflow Small is $121.06 cheaper than hosting it yourself." in table
    assert "below $60.71 / h" in table
    assert max(map(len, table.splitlines())) <= 100
    text = run(capsys, "flips", "--against", "sagemaker_small", "--format", "csv")
    assert next(csv.DictReader(io.StringIO(text)))["path"] == ENGINEER


def test_nothing_is_held_against(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "flips", "--against", "none")
    del found["about"]
    assert found == {"against": None, "difference": None, "flips": [], "groups": [], "unpriced": 0}
    table = run(capsys, "flips", "--against", "none")
    assert "Held against nothing: there is no verdict that could turn." in table
    text = run(capsys, "flips", "--against", "none", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["path"], row["at"]) == ("There is no verdict that could turn.", "")
