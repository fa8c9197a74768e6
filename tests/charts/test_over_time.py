"""The chart by month as data: its parts, the plan's steps, months along the axis, its words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.projection import Projection, projection
from mlflow_cost_desktop.charts.chart import Area, Chart, Label, Line, Rule
from mlflow_cost_desktop.charts.costs import PLAN
from mlflow_cost_desktop.charts.over_time import Kind, OverTime, over_time_chart
from mlflow_cost_desktop.exports.report.chart_files import table_text
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.growth import chart_words
from tests.analysis.test_projection import FILE, GROWING, PLANS, SHIPPED, US_EAST
from tests.support import changed


def over(scenario: Scenario, plan: str = "") -> Projection:
    return projection(scenario, US_EAST, PLANS[plan] if plan else None, SHIPPED)


def chart(found: Projection, kind: Kind = "effective", month: int = 1, *hidden: str) -> Chart:
    shown = OverTime(found, kind, month, *chart_words(found, PLAIN))
    return over_time_chart(shown, PLAIN, frozenset(hidden))


def users(*steps: tuple[int, float]) -> Scenario:
    values = tuple(FromMonth(month=month, value=value) for month, value in steps)
    return changed(FILE, growth=(Growth(path="team.users", by="table", values=values),))


def test_parts_stand_on_each_other_up_to_the_total() -> None:
    found = over(GROWING)
    areas = [mark for mark in chart(found).marks if isinstance(mark, Area)]
    assert [area.series.part for area in areas] == [
        "server", "metadata_store", "artifact_store", "labor"
    ]  # fmt: skip
    assert areas[0].x.tolist() == list(range(1, 37))
    for below, above in pairwise(areas):
        np.testing.assert_array_equal(below.above, above.below)
    np.testing.assert_allclose(areas[-1].above, found.effective)


def test_cash_has_a_step_for_each_month() -> None:
    found = over(GROWING)
    shown = chart(found, "cash")
    top = [mark for mark in shown.marks if isinstance(mark, Area)][-1]
    np.testing.assert_allclose(top.above[::2], found.cash)
    np.testing.assert_allclose(top.above[1::2], found.cash)
    assert np.all(np.diff(top.x) > 0)
    assert (shown.x.lower, shown.x.upper) == (0.5, 36.5)


def test_cash_adds_up() -> None:
    found = over(GROWING)
    top = [mark for mark in chart(found, "added_up").marks if isinstance(mark, Area)][-1]
    np.testing.assert_allclose(top.above, np.cumsum(found.cash))


def test_hidden_parts_are_left_out_of_all() -> None:
    found = over(GROWING)
    shown = chart(found, "effective", 3, "labor")
    top = [mark for mark in shown.marks if isinstance(mark, Area)][-1]
    np.testing.assert_allclose(top.above, found.effective - found.by_component["labor"])
    assert shown.table(2, 35).headings[-1] == "Total of these"
    assert shown.marker and shown.marker.y == pytest.approx(top.above[2])


def test_the_next_size_is_a_step_and_where_there_is_no_room_the_line_ends() -> None:
    found = over(users((7, 30.0), (20, 120.0)), "sagemaker_small")
    shown = chart(found)
    (line,) = (mark for mark in shown.marks if isinstance(mark, Line))
    assert line.series.key == PLAN
    assert found.held
    at = line.x.tolist()
    step = at.index(7.0)
    assert 7.0 - at[step - 1] < 0.01
    assert line.y[step - 1] == pytest.approx(found.held.effective[5])
    assert line.y[step] == pytest.approx(found.held.effective[6])
    assert line.x[-1] == 19.0
    assert shown.table(20, 20).rows[0][-2:] == (
        TOO_SMALL,
        "too small from here on (Large has at most 100 seats, 120 needed)",
    )
    assert [mark.text for mark in shown.marks if isinstance(mark, Label)] == [
        "too small from month 20: Large has at most 100 seats, 120 needed"
    ]
    hidden = chart(found, "effective", 1, PLAN)
    assert not any(isinstance(mark, Label) for mark in hidden.marks)
    assert line.series.name == "SageMaker MLflow Small, then Medium from month 7"
    assert shown.table(20, 20).headings[-2] == "SageMaker MLflow Small, then Medium"
    assert shown.read(20.0).values[PLAN] == TOO_SMALL


def test_the_turn_of_the_verdict_is_marked_at_its_month() -> None:
    shown = chart(over(users((7, 30.0)), "sagemaker_small"))
    (rule,) = (mark for mark in shown.marks if isinstance(mark, Rule))
    assert (rule.at, rule.text) == (7.0, "SageMaker MLflow Small becomes dearer in month 7")
    assert rule.short == "dearer from month 7"  # where a small window has no room for more
    assert rule.text in shown.in_words(1, 36)
    table = shown.table(6, 8)
    assert table.headings[-1] == "What happens"
    words = "SageMaker MLflow Small becomes dearer; Medium from here on"
    assert [row[-1] for row in table.rows] == ["", words, ""]
    head, _, month, _ = table_text(table, PLAIN).splitlines()
    assert head.endswith("\tWhat happens") and month.endswith(f"\t{words}")


def test_months_have_names_along_the_axis() -> None:
    shown = chart(over(changed(GROWING, start="2027-01")))
    ticks = shown.x.ticks(1, 36, 6)
    assert ticks == [1, 7, 13, 19, 25, 31]
    assert [shown.x.label(tick, 36) for tick in ticks[:3]] == ["Jan 2027", "Jul 2027", "Jan 2028"]
    assert chart(over(GROWING)).x.label(7, 36) == "7"
    assert chart(over(GROWING)).x.words(7) == "month 7"


def test_the_marker_reads_a_month() -> None:
    found = over(GROWING)
    marker = chart(found, "effective", 13).marker
    assert marker and (marker.x, marker.lower, marker.upper) == (13.0, 1.0, 36.0)
    assert marker.y == pytest.approx(found.effective[12])
    assert marker.text == "month 13 · $699"


def test_the_table_and_what_is_read_are_the_projection_s() -> None:
    found = over(GROWING, "sagemaker_small")
    shown = chart(found)
    table = shown.table(2, 4)
    assert [row[0] for row in table.rows] == ["2", "3", "4"]
    assert [row[0] for row in table.numbers] == [2.0, 3.0, 4.0]
    assert found.held
    assert table.numbers[0][-2:] == pytest.approx((found.effective[1], found.held.effective[1]))
    read = shown.read(2.3)
    assert read.place == "month 2"
    assert read.total == ("Total", PLAIN.money(float(found.effective[1])))


def test_a_single_month_is_a_step() -> None:
    shown = chart(over(changed(FILE, horizon_months=1.0)))
    assert (shown.x.lower, shown.x.upper) == (0.5, 1.5)
