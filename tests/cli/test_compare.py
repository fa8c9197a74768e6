"""`mlflow-cost compare`: worked figures, and what can't be compared."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.fields.paths import replace
from tests.cli.helpers import ARTICLE, Capture, refusal, run, saved

FRANKFURT = ("--regions", "eu-central-1")


def answer(capsys: Capture, *arguments: str) -> dict[str, Any]:
    return json.loads(run(capsys, "compare", ARTICLE, *arguments, "--format", "json"))


def test_from_virginia_to_frankfurt(capsys: Capture) -> None:
    found = answer(capsys, *FRANKFURT)
    effects = [step["effect"] for step in found["steps"]]
    assert effects == pytest.approx([13.68, 23.04, 0.44, 1.536], abs=5e-7)
    here, there = found["scenarios"]
    assert there["effective_cost"] - here["effective_cost"] == pytest.approx(38.696, abs=5e-7)
    assert there["name"] == "Europe (Frankfurt)"
    assert found["inputs"] == [
        {"path": "region_id", "title": "Region", "values": ["us-east-1", "eu-central-1"]}
    ]
    for line in found["lines"]:
        first, second = line["costs"]
        assert line["differences"] == [0.0, pytest.approx(second - first)]
        assert line["price_effect"][1] == pytest.approx(line["differences"][1])
        assert line["quantity_effect"][1] == pytest.approx(0.0, abs=1e-9)
    assert found["unpriced"] == 0


def test_files_keep_their_own_month_and_the_edits_are_the_first_s(
    capsys: Capture, tmp_path: Path
) -> None:
    other = replace(read_scenario(Path(ARTICLE)).scenario, "hours_in_month", 730.0)
    path = saved(tmp_path, replace(other, "name", "Longer"))
    found = json.loads(
        run(capsys, "compare", ARTICLE, path, "--set", "team.users=9", "--format", "json")
    )
    assert [one["hours_in_month"] for one in found["scenarios"]] == [720.0, 730.0]
    inputs = {one["path"]: one["values"] for one in found["inputs"]}
    assert inputs["team.users"] == [9.0, other.team.users]
    table = run(capsys, "compare", ARTICLE, path)
    assert "us-east-1 · 730 h · 36 months" in table
    assert "The months have different lengths" in table


def test_a_plan_beside_it(capsys: Capture) -> None:
    found = answer(capsys, "--plans", "sagemaker_small")
    plan = found["scenarios"][1]
    assert (plan["plan"], plan["name"]) == ("sagemaker_small", "SageMaker MLflow Small")
    assert plan["effective_cost"] == pytest.approx(538.80, abs=0.005)
    gone = next(line for line in found["lines"] if line["line"] == "server/ec2/hours")
    assert (gone["costs"], gone["states"]) == ([pytest.approx(69.12), None], ["priced", "absent"])
    assert gone["quantity_effect"][1] == pytest.approx(-69.12)
    assert sum(step["effect"] for step in found["steps"]) == pytest.approx(-121.06, abs=0.005)


def test_the_table(capsys: Capture) -> None:
    table = run(capsys, "compare", ARTICLE, *FRANKFURT, "--plans", "sagemaker_small")
    for words in (
        "$38.70 a month more with “Europe (Frankfurt)” than with “The article's small team (2024)”",
        "only in one",
        "Server · Instance hours (m5.large, on demand): by price +$13.68",
        "Managed plan",
        "First-year cash",
        "Inputs that differ",
    ):
        assert words in table
    same = run(capsys, "compare", ARTICLE, ARTICLE)
    assert "No inputs differ." in same
    assert "The article's small team (2024) (2)" in same


def test_more_than_three_stand_below_each_other(capsys: Capture) -> None:
    four = "eu-central-1,eu-west-1,us-west-2"
    table = run(capsys, "compare", ARTICLE, "--regions", four)
    heads = [line for line in table.splitlines() if line.startswith("USD a month")]
    assert len(heads) == 2
    assert table.count("\nTotal ") == 2


def test_another_currency_is_the_first_s(capsys: Capture) -> None:
    euro = ("currency.code=EUR", "currency.per_usd=0.5", "currency.date=2026-01-31")
    edits = [word for edit in euro for word in ("--set", edit)]
    table = run(capsys, "compare", ARTICLE, *FRANKFURT, *edits)
    assert "EUR a month" in table
    assert "€19.35 a month more" in table
    assert "In EUR, $1 = €0.5, 2026-01-31" in table


def test_csv_has_a_row_for_each_line_of_each_scenario(capsys: Capture) -> None:
    text = run(capsys, "compare", ARTICLE, *FRANKFURT, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["scenario"] for row in rows} == {"1", "2"}
    there = [row for row in rows if row["scenario"] == "2"]
    assert sum(float(row["difference"]) for row in there) == pytest.approx(38.696)
    assert sum(float(row["price_effect"]) for row in there) == pytest.approx(38.696)


def test_every_region(capsys: Capture) -> None:
    found = answer(capsys, "--regions", "all")
    whole = [one for one in found["regions"] if one["comparable"]]
    costs = [one["effective_cost"] for one in whole]
    assert costs == sorted(costs)
    assert len(found["regions"]) > len(whole) > 20
    apart = found["regions"][len(whole) :]
    assert all(one["lacking"] for one in apart)
    differences = {one["region_id"]: one["difference"] for one in found["regions"]}
    assert differences["us-east-1"] == 0.0
    assert differences["eu-central-1"] == pytest.approx(38.696)
    table = run(capsys, "compare", ARTICLE, "--regions", "all")
    assert "Not comparable, since prices are missing" in table
    assert "here  █" in table
    rows = list(
        csv.DictReader(
            io.StringIO(run(capsys, "compare", ARTICLE, "--regions", "all", "--format", "csv"))
        )
    )
    assert [row["region_id"] for row in rows] == [one["region_id"] for one in found["regions"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to compare the scenario with"),
        (("no-such.mlcost",), "there is no such file"),
        (("--regions", "eu-central-9"), "no price book for the region 'eu-central-9'"),
        (("--plans", "sagemaker_smal"), "Did you mean sagemaker_small"),
        (("--plans", "wandb_enterprise"), "Nobody knows what the plan"),
        (("--regions", "all", "--plans", "sagemaker_small"), "takes one scenario"),
        ((ARTICLE,) * 6, "7 scenarios are too many"),
    ],
)
def test_what_can_t_be_compared_is_refused(
    capsys: Capture, arguments: tuple[str, ...], words: str
) -> None:
    assert words in refusal(capsys, "compare", ARTICLE, *arguments)


def test_figures_without_a_price_are_null(capsys: Capture) -> None:
    unknown = ("--set", "server.ec2.instance_type=m4.large", "--regions", "ap-southeast-6")
    assert main(["compare", ARTICLE, *unknown, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    line = next(one for one in found["lines"] if one["line"] == "server/ec2/hours")
    assert (line["costs"][1], line["states"][1]) == (None, "unpriced")
    assert found["unpriced"] > 0
