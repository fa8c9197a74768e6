"""Charts of costs: what their marks, tables and sentences say is the estimate."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.managed_plans import with_plan
from mlflow_cost_desktop.analysis.options import compare
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, Question, curve
from mlflow_cost_desktop.charts.chart import Area, Chart, Label, Line
from mlflow_cost_desktop.charts.options import options_chart
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.report.chart_files import table_text
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, changed

PLAN = ManagedPlan(id="saas", name="=Saas", gb_usd=0.1, most_gb=2048.0)
EURO = {"currency__code": "EUR", "currency__per_usd": 0.5, "currency__date": "2026-11-20"}


def _parts(question: Question, scenario: Scenario, plan: ManagedPlan | None = None) -> Chart:
    own = estimate(scenario, BOOK)
    return parts_chart(curve(question, scenario, BOOK, own, plan=plan), PLAIN)


def _options(question: Question, scenario: Scenario, plan: ManagedPlan | None = None) -> Chart:
    own, values = estimate(scenario, BOOK), question.values(scenario)
    return options_chart(compare(question, scenario, BOOK, own, values, plan), PLAIN)


@pytest.mark.parametrize("question", [BY_USAGE, BY_STORAGE, Question("team.users")])
@pytest.mark.parametrize(
    ("scenario", "rate"),
    [
        (changed(ARTICLE, artifact_store__stored_gb=40_000.0), 1.0),  # into the second tier
        (changed(ARTICLE, **EURO), 0.5),
    ],
)
def test_curves_are_the_estimate_at_each_value(
    question: Question, scenario: Scenario, rate: float
) -> None:
    areas = [mark for mark in _parts(question, scenario).marks if isinstance(mark, Area)]
    lines = [mark for mark in _options(question, scenario).marks if isinstance(mark, Line)]
    (chosen,) = [line for line in lines if line.series.is_strong]
    for share in (0.0, 0.04, 0.3, 1.0):
        at = round(share * (len(areas[0].x) - 1))
        there = replace(scenario, question.path, float(areas[0].x[at]))
        outcome = estimate(there, BOOK)
        assert areas[-1].above[at] == pytest.approx(float(outcome.effective_cost) * rate)
        assert chosen.y[at] == pytest.approx(float(outcome.effective_cost) * rate)
        for area in areas:
            cost = float(outcome.by_component[area.series.part]) * rate
            assert area.above[at] - area.below[at] == pytest.approx(cost)


def test_areas_stand_on_each_other() -> None:
    areas = [mark for mark in _parts(BY_USAGE, ARTICLE).marks if isinstance(mark, Area)]
    assert not areas[0].below.any()
    for lower, upper in pairwise(areas):
        assert np.array_equal(lower.above, upper.below)


def test_an_option_costs_in_its_line_what_it_would_cost_if_chosen() -> None:
    lines = {
        mark.series.name: mark
        for mark in _options(BY_USAGE, ARTICLE).marks
        if isinstance(mark, Line)
    }
    line = lines["ECS Fargate"]
    fargate = changed(ARTICLE, server__option="fargate", usage__hours=float(line.x[100]))
    assert line.y[100] == pytest.approx(float(estimate(fargate, BOOK).effective_cost))


# The plan that is held against the scenario


@pytest.mark.parametrize("make", [_parts, _options])
def test_a_plan_held_against_the_total_has_a_column(make: Callable[..., Chart]) -> None:
    chart = make(BY_STORAGE, ARTICLE, PLAN)
    table = chart.table(chart.x.lower, chart.x.upper)
    assert table.headings[-1] == "=Saas (your figure)"
    held = {row[0]: row[-1] for row in table.rows}
    cost = float(with_plan(ARTICLE, BOOK, PLAN, estimate(ARTICLE, BOOK)).effective_cost)
    assert held["1 TB"] == f"${cost:,.2f}"
    assert held["2 TB"] != "too small"
    assert held["3 TB"] == held["5 TB"] == "too small"
    assert not any("too small" in row[:-1] for row in table.rows)
    assert chart.read(1024.0).values["plan"] == f"${cost:,.2f}"
    assert chart.read(3072.0).values["plan"] == "too small"
    (line,) = [m for m in chart.marks if isinstance(m, Line) and m.series.key == "plan"]
    assert line.x[-1] <= 2048.0 and line.series.dashes


def test_the_levels_reach_as_far_as_what_is_shown_and_a_plan_in_their_midst() -> None:
    def upper(plan_usd: float, *hidden: str) -> float:
        plan = ManagedPlan(id="saas", name="Saas", base_usd=plan_usd)
        contents = curve(BY_USAGE, ARTICLE, BOOK, estimate(ARTICLE, BOOK), plan=plan)
        return parts_chart(contents, PLAIN, frozenset(hidden)).y.upper

    whole = upper(1.0)
    assert upper(1e6) == whole  # a dear plan presses nothing flat
    assert upper(1.0, "labor", "plan") < whole / 2.0
    assert upper(1e6, "labor", "plan") < whole / 2.0
    assert upper(1e6, "labor") == whole


@pytest.mark.parametrize("make", [parts_chart, options_chart])
def test_a_plan_is_whole_or_says_that_it_leaves_the_chart(
    make: Callable[..., Chart],
) -> None:
    def shown(times: float, *hidden: str) -> tuple[Chart, list[Label]]:
        own = estimate(ARTICLE, BOOK)
        usd = times * float(own.effective_cost)
        plan = ManagedPlan(
            id="saas", name="Saas", base_usd=usd, migration_hours=0.0, exit_hours=0.0, tasks=(),
            server="stays", metadata_store="stays", artifact_store="stays", network="stays",
        )  # fmt: skip
        if make is parts_chart:
            chart = make(curve(BY_USAGE, ARTICLE, BOOK, own, plan=plan), PLAIN, frozenset(hidden))
        else:
            values = BY_USAGE.values(ARTICLE)
            found = compare(BY_USAGE, ARTICLE, BOOK, own, values, plan)
            chart = make(found, PLAIN, frozenset(hidden))
        return chart, [mark for mark in chart.marks if isinstance(mark, Label)]

    chart, labels = shown(0.4)
    line = next(m for m in chart.marks if isinstance(m, Line) and m.series.key == "plan")
    assert not labels and float(line.y.max()) <= chart.y.upper
    (whole, _), own = shown(0.01), float(estimate(ARTICLE, BOOK).effective_cost)
    assert own < whole.y.upper <= chart.y.upper
    chart, (label,) = shown(9.0)
    assert chart.y.upper < float(line.y.max()) * 4.0
    assert label.text.startswith("↑ Saas, up to $") and label.y == chart.y.upper
    assert not shown(9.0, "plan")[1]


def test_without_a_plan_the_total_is_the_last_column() -> None:
    assert _parts(BY_STORAGE, ARTICLE).table(0.0, 5120.0).headings[-1] == "Total"


def test_a_plan_too_small_for_all_that_is_seen_is_told_nothing_of() -> None:
    chart = _parts(BY_STORAGE, ARTICLE, PLAN)
    words = chart.in_words(0.0, 5120.0)
    assert "=Saas (your figure), dashed" in words and " at 2 TB, the most it has room for." in words
    assert "the most" not in chart.in_words(0.0, 2048.0)
    assert "=Saas" not in chart.in_words(3000.0, 5120.0)


@pytest.mark.parametrize("make", [_parts, _options])
def test_a_strangers_plan_is_no_formula_where_it_is_pasted(make: Callable[..., Chart]) -> None:
    chart = make(BY_STORAGE, ARTICLE, PLAN)
    text = table_text(chart.table(0.0, 5120.0), PLAIN)
    head, *rows = csv.reader(io.StringIO(text), delimiter="\t")
    assert head[-1] == "'=Saas (your figure) (USD)"
    held = {float(row[0]): row[-1] for row in rows}
    assert float(held[1024.0]) > 0.0
    assert held[3072.0] == ""  # too small is no number
