"""A chart as a table, in the window and as it is pasted."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.managed_plans import with_plan
from mlflow_cost_desktop.analysis.options import compare
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, Curve, curve
from mlflow_cost_desktop.exports.report.chart_words import table, table_values
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, changed

PLAN = ManagedPlan(id="saas", name="=Saas", gb_usd=0.1, most_gb=2048.0)


def _curve(scenario: Scenario, plan: ManagedPlan | None) -> Curve:
    own = estimate(scenario, BOOK)
    whole = curve(BY_STORAGE, scenario, BOOK, own, plan=plan)
    return curve(BY_STORAGE, scenario, BOOK, own, table_values(whole), plan)


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


def test_a_plan_held_against_the_total_has_a_column() -> None:
    made = table(_curve(ARTICLE, PLAN), PLAIN)
    assert made.headings[-2:] == ("Total", "=Saas")
    held = {row[0]: row[-1] for row in made.rows}
    cost = float(with_plan(ARTICLE, BOOK, PLAN, estimate(ARTICLE, BOOK)).effective_cost)
    assert held["1 TB"] == f"${cost:,.2f}"
    assert held["2 TB"] != "too small"
    assert held["3 TB"] == held["5 TB"] == "too small"
    assert "too small" not in {row[-2] for row in made.rows}


def test_without_a_plan_the_total_is_the_last_column() -> None:
    assert table(_curve(ARTICLE, None), PLAIN).headings[-1] == "Total"


@pytest.mark.parametrize("kind", ["parts", "options"])
def test_a_pasted_table_says_at_which_rate_it_was_converted(kind: str) -> None:
    euro = {"currency__code": "EUR", "currency__per_usd": 0.5, "currency__date": "2026-11-20"}
    scenario = changed(ARTICLE, **euro)
    own, at = estimate(scenario, BOOK), np.array([0.0, 720.0])
    make = curve if kind == "parts" else compare
    *_, last, note = _cells(table(make(BY_USAGE, scenario, BOOK, own, at), PLAIN).as_text())
    assert "€329.93" in last
    assert note == ["In EUR, $1 = €0.5, 2026-11-20"]
    assert all(len(row) > 1 for row in _cells(table(_curve(ARTICLE, None), PLAIN).as_text()))


def test_a_strangers_plan_is_no_formula_where_it_is_pasted() -> None:
    assert _cells(table(_curve(ARTICLE, PLAN), PLAIN).as_text())[0][-1] == "'=Saas"
