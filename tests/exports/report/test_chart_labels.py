"""Labels in a plot: where there is room for them, whole and none on another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from mlflow_cost_desktop.charts.chart import Label, Mark, Point, Rule
from mlflow_cost_desktop.exports.report.chart_labels import (
    apart,
    first_free,
    placed,
    places_beside,
    tag_place,
)
from mlflow_cost_desktop.exports.report.chart_plot import PAPER, Plot
from mlflow_cost_desktop.exports.report.text import load_fonts
from tests.shared.charts import any_chart

AREA = QRectF(50.0, 20.0, 300.0, 200.0)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    load_fonts()


def test_a_label_between_the_edge_and_the_marker_is_moved_into_the_chart() -> None:
    """Where it would reach over the axis when centered, and over the marker when beside."""
    ring, marker = QPointF(85.0, 120.0), QRectF(150.0, 20.0, 2.0, 200.0)
    ring_box = QRectF(79.0, 114.0, 12.0, 12.0)
    place = first_free(places_beside(ring, 90.0, AREA), AREA, [marker, ring_box])
    assert place is not None
    assert (place.left(), place.width()) == (AREA.left(), 90.0)


X, Y = st.floats(0.0, 100.0), st.floats(0.0, 10.0)
TEXTS = st.sampled_from(["312 h · $214", "tier from 50 TB", "a", "words as long as a sentence is"])
MARKS = st.one_of(
    st.builds(Point, X, Y, TEXTS),
    st.builds(Label, X, Y, TEXTS),
    st.builds(lambda at, text: Rule(at, text), X, TEXTS),
    st.builds(lambda at, text: Rule(at, text, is_level=True), Y, TEXTS),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(MARKS, max_size=12), st.floats(80.0, 900.0), st.floats(50.0, 400.0))
def test_words_stand_inside_apart_and_off_the_marker(
    marks: list[Mark], width: float, height: float
) -> None:
    chart = any_chart(*marks)
    plot = Plot(QRectF(42.0, 8.0, width, height), 0.0, 100.0, 0.0, 10.0)
    places = [words.place for words in placed(plot, chart, PAPER)]
    assert all(plot.area.contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    assert chart.marker
    tag = tag_place(plot, PAPER, chart.marker)
    assert not any(place.intersects(tag) for place in places)


def test_a_word_alone_has_room() -> None:
    plot = Plot(AREA, 0.0, 100.0, 0.0, 10.0)
    for mark in (Point(70.0, 5.0, "a"), Label(70.0, 5.0, "a"), Rule(9.0, "a", is_level=True)):
        assert [words.text for words in placed(plot, any_chart(mark), PAPER)] == ["a"]


@given(st.lists(st.floats(20.0, 220.0), max_size=14).map(lambda found: sorted(found)[::-1]))
def test_names_at_the_edge_stand_apart_in_their_order(wanted: list[float]) -> None:
    places = apart(wanted, 20.0, 220.0, 13.0)
    assert all(20.0 - 1e-9 <= place <= 220.0 + 1e-9 for place in places)
    assert all(lower - upper >= 13.0 - 1e-9 for lower, upper in pairwise(places))
    if all(lower - upper >= 13.0 for lower, upper in pairwise(wanted)):
        assert places == pytest.approx(wanted)


def test_words_beside_a_bar_stand_right_of_it_at_its_height() -> None:
    chart = any_chart(Label(50.0, 5.0, "+$3.60", is_beside=True))
    plot = Plot(AREA, 0.0, 100.0, 0.0, 10.0)
    (words,) = placed(plot, chart, PAPER)
    assert words.place.left() == plot.x(50.0) + 6.0
    assert words.place.center().y() == plot.y(5.0)


def test_words_of_a_rule_stand_across_no_other_where_they_have_room() -> None:
    rules = Rule(60.0, "a plan $539"), Rule(75.0, "now $660")
    chart = replace(any_chart(*rules), marker=None)
    plot = Plot(AREA, 0.0, 100.0, 0.0, 10.0)
    plan, now = placed(plot, chart, PAPER)
    assert plan.place.right() < plot.x(60.0)  # after it, it would reach over the other one
    assert now.place.left() > plot.x(75.0)


def test_words_may_lead_their_rule() -> None:
    plot = Plot(AREA, 0.0, 100.0, 0.0, 10.0)
    (after,) = placed(plot, any_chart(Rule(80.0, "P90 $900")), PAPER)
    (before,) = placed(plot, any_chart(Rule(80.0, "P90 $900", leads=True)), PAPER)
    assert before.place.right() < plot.x(80.0) < after.place.left()


def test_shorter_words_rather_than_across_another_rule() -> None:
    """Whatever their order, and the words themselves where they have room."""
    plot = Plot(QRectF(42.0, 8.0, 300.0, 150.0), 0.0, 100.0, 0.0, 10.0)
    now = Rule(60.0, "now $660")
    plan = Rule(20.0, "SageMaker MLflow Small $539", leads=True, short="plan $539")
    for marks in ((now, plan), (plan, now)):
        found = {words.text: words.place for words in placed(plot, any_chart(*marks), PAPER)}
        assert set(found) == {"now $660", "plan $539"}
        assert not found["plan $539"].intersects(QRectF(plot.x(60.0) - 1.0, 8.0, 2.0, 150.0))
    wide = Plot(QRectF(42.0, 8.0, 900.0, 150.0), 0.0, 100.0, 0.0, 10.0)
    assert "SageMaker MLflow Small $539" in {
        words.text for words in placed(wide, any_chart(now, plan), PAPER)
    }
