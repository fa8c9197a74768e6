"""`mlflow-cost project`: worked figures in JSON, table and CSV, and rules as they are typed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.paths import resources_dir

ARTICLE = str(resources_dir() / "scenarios" / "article-2024.mlcost")
STORED = "artifact_store.stored_gb"
GROWING = (
    "--grow", f"{STORED}=+100/month", "--grow", "labor.platform_engineer_usd=+3%/year"
)  # fmt: skip
RESERVED = (
    "--months", "24", "--set", f"{STORED}=40960", "--grow", f"{STORED}=+2048/month",
    "--set", "server.ec2.purchase=reserved", "--set", "server.ec2.payment=all_upfront",
)  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["project", ARTICLE, *arguments]) == 0
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    return json.loads(run(capsys, *arguments, "--format", "json"))


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["project", ARTICLE, *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_storage_and_salaries_over_36_months(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *GROWING)
    cash = [month["cash"] for month in found["months"]]
    assert [cash[at] for at in (0, 1, 12, 35)] == pytest.approx(
        [2792.5253, 601.2253, 637.9503, 702.6181], abs=5e-5
    )
    assert [year["cash"] for year in found["by_year"]] == pytest.approx(
        [9532.504, 7807.204, 8279.617], abs=5e-4
    )
    assert found["totals"]["cash"] == pytest.approx(25_619.325, abs=5e-4)
    last = found["months"][-1]
    assert last["values"] == {
        STORED: 4524.0, "labor.platform_engineer_usd": pytest.approx(91.4 * 1.03**2)
    }  # fmt: skip
    assert sum(last["by_component"].values()) == pytest.approx(last["effective"])
    assert sum(last["cash_by_component"].values()) == pytest.approx(last["cash"])
    assert (found["start"], found["unpriced"]) == ("", 0)


def test_a_year_s_commitment_over_24_months(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *RESERVED)
    assert found["totals"]["cash"] == pytest.approx(50_592.096, abs=5e-4)
    assert found["months"][12]["cash"] == pytest.approx(2493.2453, abs=5e-5)
    upfront = [
        (due["month"], due["usd"]) for due in found["due"] if "Upfront" in due["description"]
    ]
    assert upfront == [(1, 494.0), (13, 494.0)]


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    table = run(capsys, *GROWING, "--against", "sagemaker_small")
    assert "$25,619 in all" in table
    for cash in ("9,532.50", "7,807.20", "8,279.62", "25,619.33"):
        assert cash in table
    assert "Artifact store · Artifacts kept +100 GB a month: 1,024 GB to 4,524 GB" in table
    assert "Held against SageMaker MLflow Small" in table
    assert "SageMaker MLflow Small stays cheaper in all 36 months." in table
    assert "!" not in table
    assert max(map(len, table.splitlines())) <= 100
    still = run(capsys)
    assert "Nothing changes over time; --grow PATH=RULE lets an input change." in still


def test_months_have_names_where_the_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(
        next(p for p in (resources_dir().parent / "tests" / "data").glob("scenario-v3.mlcost"))
    )
    assert main(["project", path]) == 0
    table = capsys.readouterr().out
    assert table.splitlines()[7:].count("") > 0
    assert "\n2027 " in table
    assert "+60 GB a month, deleted after 24 months" in table
    assert "8 users from Jul 2027, 10 users from Jan 2028" in table


def test_csv_has_a_row_for_each_month(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(capsys, *GROWING, "--format", "csv"))))
    assert [row["month"] for row in rows] == [str(month) for month in range(1, 37)]
    assert float(rows[12]["cash"]) == pytest.approx(637.9503, abs=5e-5)
    assert float(rows[12][STORED]) == 2224.0
    assert float(rows[0]["labor_cash"]) > float(rows[1]["labor_cash"])


def test_the_plan_beside_it_grows(capsys: pytest.CaptureFixture[str]) -> None:
    users = ("--grow", "team.users=7:30,20:120", "--against", "sagemaker_small")
    held = answer(capsys, *users)["held_against"]
    assert held["plan"] == "sagemaker_small"
    assert held["sizes"] == [
        {"from_month": 1, "plan": "sagemaker_small", "name": "SageMaker MLflow Small"},
        {"from_month": 7, "plan": "sagemaker_medium", "name": "SageMaker MLflow Medium"},
    ]
    assert [month["plan"] for month in held["months"]] == (
        ["sagemaker_small"] * 6 + ["sagemaker_medium"] * 13 + [None] * 17
    )
    assert (held["too_small_from"], held["turns_in_month"]) == (20, 7)
    assert held["too_small"] == "at most 100 seats, 120 needed"
    assert held["months"][19] == {"month": 20, "plan": None, "effective": None, "cash": None}
    assert held["totals"] == {"effective": None, "cash": None}
    table = run(capsys, *users)
    assert (
        "SageMaker MLflow Small becomes dearer in month 7 · Medium from month 7 · too small from"
        in table
    )
    assert "Held against SageMaker MLflow Small, then Medium from month 7" in table
    rows = list(csv.DictReader(io.StringIO(run(capsys, *users, "--format", "csv"))))
    words = "SageMaker MLflow Small becomes dearer; Medium from here on"
    assert rows[6]["what_happens"] == words and not rows[7]["what_happens"]
    assert answer(capsys, "--against", "none")["held_against"] is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (f"{STORED}=+100/month;kept=10", "deleted after 10 months"),
        (f"{STORED}=-5/year", "−5 GB a year"),
        (f"{STORED}=+1%/month", "+1 % a month"),
        ("prices=+3%/year", "List prices +3 % a year: 100 % to 106.1 %"),
        (f"{STORED}=with:team.users", "in proportion to Users"),
        ("team.users=1:5,7:8", "8 users from month 7"),
        (f"{STORED}=+100/month;until=13", "+100 GB a month until month 13: 1,024 GB to 2,224 GB"),
        (f"{STORED}=+1%/year;until=14", "+1 % a year until month 14"),
        (f"{STORED}=+9/month;kept=10;until=13", "until month 13, deleted after 10 months"),
    ],
)
def test_rules_as_they_are_typed(capsys: pytest.CaptureFixture[str], rule: str, words: str) -> None:
    assert words in run(capsys, "--grow", rule)


def test_a_rule_takes_the_place_of_the_file_s(capsys: pytest.CaptureFixture[str]) -> None:
    rules = ("--grow", f"{STORED}=+5/month", "--grow", f"{STORED}=+7/month")
    (rule,) = answer(capsys, *rules)["growth"]
    assert rule["amount"] == 7.0
    assert answer(capsys, *rules, "--grow", f"{STORED}=none")["growth"] == []
    assert (
        read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario.growth == ()
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("team.users", "has no rule"),
        ("team.user=+1/month", "Did you mean team.users"),
        ("name=+1/month", "There is no number “name”"),
        ("team.users=more", "is no change"),
        ("team.users=+1", "is no change"),
        ("team.users=+1/week", "is no change"),
        ("team.users=1:6", "in month 1 the typed value holds"),
        ("team.users=700:6", "it must be at most 600"),
        ("team.users=7:6,7:8", "stands in it twice"),
        ("team.users=+1/month;kept=3", "only stored GB"),
        ("team.users=+1%/month;kept=3", "follows an amount alone"),
        ("team.users=+1/month;for=3", "only kept=MONTHS or until=MONTH"),
        ("team.users=7:2;until=3", "until=MONTH follows an amount or percent alone"),
        ("team.users=+1/month;until=3;until=4", "until stands there twice"),
        ("team.users=+1/month;until=1", "at least 2"),
        ("team.users=+1/month;until=3.5", "until"),
        ("team.users=-200%/year", "more than 100 %"),
        ("prices=+3/year", "percent a year"),
        ("team.users=with:team.users", "follows itself"),
        ("team.users=with:no.such", "There is no number “no.such”"),
        ("team.users=none", "no rule that could be taken away"),
        ("horizon_months=+1/month", "counted by"),
    ],
)
def test_a_rule_that_is_none_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], rule: str, words: str
) -> None:
    assert words in refusal(capsys, "--grow", rule)


def test_a_horizon_out_of_bounds_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "at most 600" in refusal(capsys, "--months", "601")
