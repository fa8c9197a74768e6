"""`mlflow-cost plans`: managed plans beside a scenario, without a window."""

import csv
import io
import json

import pytest

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.paths import resources_dir

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
    assert (plans["nebius"]["certainty"], plans["databricks"]["certainty"]) == ("doubtful", "")
    assert "Not MLflow" in plans["comet_pro"]["caveats"]
    known = plans["comet_pro"]["charges"]
    assert sum(line["effective_cost"] for line in known) == pytest.approx(
        plans["comet_pro"]["effective_cost"]
    )
