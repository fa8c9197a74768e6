"""`mlflow-cost plans`: managed plans beside a scenario, without a window."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from mlflow_cost_desktop.analysis.flips import Flips, flips
from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.exports.terminal import plans as terminal_plans
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook

ARTICLE = str(resources_dir() / "scenarios" / "article-2024.mlcost")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["plans", ARTICLE, *arguments]) == 0
    return capsys.readouterr().out


def test_the_table_names_every_plan_and_what_the_comparable_one_comes_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = answer(capsys)
    assert "Databricks                          ask" in text
    assert "Weights & Biases Pro             168.96     −490.89  not MLflow, doubtful" in text
    assert "SageMaker MLflow Small:" in text
    assert "$434.00 for the plan + $23.55 that stays with you + $81.24" in text
    assert "Stays with you: Artifact store." in text


def test_one_plan(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "--plan", "sagemaker_small", "--set", "team.users=12")
    assert "Stays with you: Artifact store." in text
    assert "Comet" not in text
    assert main(["plans", ARTICLE, "--plan", "sagemaker_smal"]) == 2
    assert "Did you mean sagemaker_small" in capsys.readouterr().err


def test_json_and_csv_have_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(answer(capsys, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(answer(capsys, "--format", "csv"))))
    plans = {plan["id"]: plan for plan in document["plans"]}
    assert [row["id"] for row in rows] == list(plans)
    for row in rows:
        cost = plans[row["id"]]["effective_cost"]
        assert (float(row["effective_cost"]) if row["effective_cost"] else None) == cost
    assert plans["databricks"]["effective_cost"] is None
    assert plans["comet_pro"]["fits"]
    assert plans["comet_pro"]["software"] == "other"
    states = {plan["price"] for plan in document["plans"]}
    assert states == {"listed", "free", "ask", "closed"}
    assert [row["id"] for row in rows if row["held_against"] == "True"] == ["sagemaker_small"]
    assert (plans["nebius"]["certainty"], plans["databricks"]["certainty"]) == ("doubtful", "")
    assert "Not MLflow" in plans["comet_pro"]["caveats"]
    known = plans["comet_pro"]["charges"]
    assert sum(line["effective_cost"] for line in known) == pytest.approx(
        plans["comet_pro"]["effective_cost"]
    )


def test_of_one_plan_is_told_what_flips_it(capsys: pytest.CaptureFixture[str]) -> None:
    plans = json.loads(answer(capsys, "--format", "json"))["plans"]
    told = [plan["id"] for plan in plans if plan["flips"] is not None]
    assert told == ["sagemaker_small"]
    (held,) = (plan for plan in plans if plan["id"] == "sagemaker_small")
    assert held["flips"][0]["path"] == "labor.platform_engineer_usd"
    assert "all hours of maintenance" in {group["title"] for group in held["groups"]}
    named = json.loads(answer(capsys, "--plan", "comet_pro", "--format", "json"))["plans"]
    assert [plan["id"] for plan in named] == ["comet_pro"]
    assert named[0]["flips"] is not None


def test_a_hundred_plans_take_no_minute(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = json.loads(Path(ARTICLE).read_text(encoding="utf-8"))
    plan = {"price": "public", "base_usd": 10.0}
    document["scenario"]["plans"] = [
        {"id": f"p{at}", "name": f"Plan {at}", **plan} for at in range(100)
    ]
    file = tmp_path / "many.mlcost"
    file.write_text(json.dumps(document), encoding="utf-8")
    made: list[str] = []

    def count(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> Flips:
        made.append(plan.id)
        return flips(scenario, book, plan)

    monkeypatch.setattr(terminal_plans, "flips", count)
    assert main(["plans", str(file), "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["plans"]) > 100
    assert len(made) == 1, "what takes hundreds of estimates is worked out for one"


def test_against_is_held_against_in_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "--against", "comet_pro")
    assert "not MLflow" in next(line for line in text.splitlines() if "held against" in line)
    assert "Comet Pro:" in text
    assert "Held against nothing." in answer(capsys, "--against", "none")
    assert answer(capsys, "--against", " Comet_Pro") == text
    assert answer(capsys, "--against", "AUTO") == answer(capsys)
    document = json.loads(answer(capsys, "--against", "comet_pro", "--format", "json"))
    held = document["held_against"]
    assert (held["plan"], held["chosen"], held["price"]) == ("comet_pro", "comet_pro", "listed")
    assert main(["estimate", ARTICLE, "--against", "comet_pro", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["held_against"] == held
    assert main(["estimate", ARTICLE, "--against", "none", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["held_against"] is None
    assert main(["estimate", ARTICLE, "--against", "comet_pro"]) == 0
    table = capsys.readouterr().out
    assert re.search(
        r"Held against Comet Pro +\$191\.96\n  \$467\.89 cheaper\n  not MLflow\n", table
    )
    assert main(["estimate", ARTICLE, "--against", "comet_por"]) == 2
    assert "Did you mean comet_pro" in capsys.readouterr().err


def test_a_price_that_is_not_known_is_null(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    document = json.loads(Path(ARTICLE).read_text(encoding="utf-8"))
    document["scenario"]["plans"] = [{"id": "ours", "name": "Ours"}]
    document["scenario"]["held_against"] = "ours"
    file = tmp_path / "ours.mlcost"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert main(["plans", str(file), "--format", "json"]) == 0
    answered = json.loads(capsys.readouterr().out)
    assert answered["held_against"] | {"caveats": ""} == {
        "plan": "ours",
        "name": "Ours",
        "chosen": "ours",
        "chosen_is_gone": False,
        "price": "unknown",
        "fits": False,
        "effective_cost": None,
        "difference": None,
        "unpriced_lines": None,
        "too_small": "",
        "caveats": "",
    }
    (ours,) = (plan for plan in answered["plans"] if plan["id"] == "ours")
    assert (ours["effective_cost"], ours["difference"], ours["source"]) == (
        None,
        None,
        "your figure",
    )
    assert main(["estimate", str(file)]) == 0
    assert re.search(r"Held against Ours +price unknown\n", capsys.readouterr().out)


def test_upkeep_of_a_self_hosted_store_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(__file__).parent.parent / "data" / "upkeep-of-a-store.mlcost"
    assert main(["plans", str(file)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Database care · Hours each" in out
