"""How much of a chart's axes is in sight, in figures."""

from __future__ import annotations

import dataclasses

import pytest

from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.gui.charts.seen import DEEPEST, Seen
from tests.shared.charts import any_chart


@pytest.fixture
def chart() -> Chart:
    """From 0 to 100 along, from 0 to 10 upward."""
    return any_chart()


def test_nothing_is_out_of_sight_at_first(chart: Chart) -> None:
    seen = Seen()
    assert seen.is_whole
    assert seen.ends(chart) == ((0.0, 100.0), (0.0, 10.0))
    seen.see(chart, (1e-9, 100.0), (0.0, 10.0))  # but for what rounding leaves over
    assert seen.is_whole


def test_enlarging_keeps_a_value_where_it_is_and_ends_somewhere(chart: Chart) -> None:
    seen = Seen()
    assert seen.zoomed(chart, 2.0, 25.0) == (12.5, 62.5)
    assert seen.zoomed(chart, 2.0, None) == (20.0, 70.0)  # the marker's
    low, high = seen.zoomed(chart, 1e9, 50.0)
    assert high - low == pytest.approx(100.0 / DEEPEST)
    assert seen.zoomed(chart, 0.01, 50.0) == (0.0, 100.0)
    seen.see(chart, (80.0, 100.0), None)
    assert seen.zoomed(chart, 0.5, 100.0) == (60.0, 100.0)


def test_what_is_seen_follows_the_marker_and_stays_inside(chart: Chart) -> None:
    seen = Seen((0.0, 20.0), (0.0, 2.0))
    seen.follow(chart, 10.0, 1.0)
    assert seen.ends(chart) == ((0.0, 20.0), (0.0, 2.0))
    seen.follow(chart, 50.0, 9.5)
    assert seen.ends(chart) == ((40.0, 60.0), (8.0, 10.0))


def test_another_chart_is_seen_whole_where_its_axes_are_others(chart: Chart) -> None:
    longer = dataclasses.replace(chart, x=dataclasses.replace(chart.x, upper=200.0))
    seen = Seen((0.0, 20.0), (0.0, 2.0))
    seen.change(chart, longer)
    assert (seen.x, seen.y) == (None, (0.0, 2.0))
    seen.change(longer, longer.logarithmic(1.0))
    assert seen.is_whole
    lower = dataclasses.replace(chart, y=dataclasses.replace(chart.y, upper=1.0))
    seen = Seen(None, (0.0, 2.0))
    seen.change(chart, lower)
    assert seen.is_whole
