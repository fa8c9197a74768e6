"""The options of a part over a range: lines, crossings, tiers, and prices that are unknown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.alike import alike_variants
from mlflow_cost_desktop.analysis.options import Options, compare
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, Question
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.option import Component
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.server import Server
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.support import ARTICLE, BOOK, NOTHING, SCENARIOS, TB, changed

EC2 = "EC2 on demand", "EC2 reserved, 1 year"


def options(
    question: Question, scenario: Scenario = ARTICLE, price_book: PriceBook = BOOK
) -> Options:
    return compare(question, scenario, price_book, estimate(scenario, price_book))


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, float]]:
    """Names, purchase options and numbers of machines that a test compares instead."""
    wanted: list[tuple[str, str, float]] = []

    def variants(server: Component) -> Iterator[tuple[str, Component]]:
        for name, purchase, replicas in wanted:
            other = replace(replace(server, "ec2.purchase", purchase), "ec2.replicas", replicas)
            yield name, other

    monkeypatch.setattr(Server, "variants", variants)
    return wanted


@pytest.mark.parametrize("question", [BY_USAGE, BY_STORAGE])
@pytest.mark.parametrize("name", ["article", "on demand", "reserved", "schedule"])
def test_each_line_is_the_estimate_at_each_value(question: Question, name: str) -> None:
    scenario = question.asked(SCENARIOS[name])
    found = options(question, SCENARIOS[name])
    variants = dict(alike_variants(scenario, BOOK, question.part))
    assert {line.name for line in found.lines} | set(found.unpriced) == set(variants)
    for line in found.lines:
        variant = scenario.model_copy(update={question.part: variants[line.name]})
        for at in (0, 177, 480):
            there = replace(variant, question.path, float(found.values[at]))
            assert line.total[at] == pytest.approx(float(estimate(there, BOOK).effective_cost))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_scenario_s_own_option_is_the_chosen_line(name: str) -> None:
    scenario = SCENARIOS[name]
    if name == "unknown prices":
        return
    for question in (BY_USAGE, BY_STORAGE):
        found = options(question, scenario)
        (chosen,) = [line for line in found.lines if line.is_chosen]
        here = np.interp(found.current_x, found.values, chosen.total)
        assert here == pytest.approx(found.current_cost, rel=1e-3)


def test_on_demand_and_reserved_cross_where_they_cost_the_same() -> None:
    found = options(BY_USAGE)
    names = [line.name for line in found.lines]
    assert [name for name in names if name.startswith("EC2")] == list(EC2)
    (crossing,) = [c for c in found.crossings if {c.before, c.after} == set(EC2)]
    assert (crossing.before, crossing.after) == EC2
    assert crossing.x == pytest.approx(0.06 * 720 / 0.096)
    at = changed(ARTICLE, usage__hours=crossing.x)
    assert crossing.cost == pytest.approx(float(estimate(at, BOOK).effective_cost))


def test_lines_that_never_meet_have_no_crossing(machines: list[tuple[str, str, float]]) -> None:
    machines += [("one", "on_demand", 1.0), ("two", "on_demand", 2.0)]
    assert options(BY_USAGE).crossings == ()  # both begin at the same cost, and part


def test_crossings_that_lie_close_together(machines: list[tuple[str, str, float]]) -> None:
    machines += [
        ("on demand", "on_demand", 1.0),
        ("reserved", "reserved", 1.0),
        ("typed", "reserved_typed", 1.0),
    ]
    scenario = changed(ARTICLE, server__ec2__reserved_discount=37.4)
    found = options(BY_USAGE, scenario).crossings
    assert [round(crossing.x, 2) for crossing in found] == [450.0, 450.72]
    assert {crossing.before for crossing in found} == {"on demand"}


def test_a_crossing_of_lines_that_bend_between_points_is_exact(
    machines: list[tuple[str, str, float]],
) -> None:
    # Peak hours are billed up to the usage hours: the line bends at 450.6 h.
    machines += [("on demand", "on_demand", 1.0), ("reserved", "reserved", 1.5)]
    scenario = changed(ARTICLE, server__ec2__peak_replicas=1.0, server__ec2__peak_hours=450.6)
    (crossing,) = options(BY_USAGE, scenario).crossings
    assert crossing.x == pytest.approx(1.5 * 0.06 * 720 / 0.096)


def test_only_crossings_that_matter_are_told(machines: list[tuple[str, str, float]]) -> None:
    machines += [
        ("cheapest", "on_demand", 0.25),
        ("dear", "on_demand", 3.0),
        ("dear, reserved", "reserved", 3.0),
        ("chosen", "on_demand", 1.0),
    ]
    found = options(BY_USAGE)
    assert [line.name for line in found.lines if line.is_chosen] == ["chosen"]
    assert found.crossings == ()  # two that nobody would take cross; of that nothing is said


def test_tiers_begin_at_edges() -> None:
    scenario = changed(ARTICLE, artifact_store__stored_gb=60_000.0)
    found = options(BY_STORAGE, scenario)
    # Of other classes as well, which keep a part of the gigabytes at Standard's price.
    edges = {edge.x: edge.description for edge in found.edges}
    assert list(edges) == sorted(edges)
    assert "next 450 TB" in edges[50 * TB]
    assert options(BY_STORAGE).edges == ()  # beyond what is shown


def test_an_option_without_a_known_price_is_named_not_drawn() -> None:
    found = options(BY_USAGE, ARTICLE, NOTHING)
    assert found.lines == () and found.crossings == ()
    assert set(EC2) <= set(found.unpriced)


def test_a_commitment_is_compared_with_its_own_term() -> None:
    scenario = changed(
        ARTICLE,
        server__ec2__purchase="reserved",
        server__ec2__term="3y",
        server__ec2__payment="partial_upfront",
    )
    names = {line.name: line.is_chosen for line in options(BY_USAGE, scenario).lines}
    assert names["EC2 reserved, 3 years"] and not names["EC2 on demand"]
