"""A component that an edit does not reach keeps its lines, and no figure tells."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import Place, replace, swept
from mlflow_cost_desktop.model.scenario import Scenario
from tests.shared.grouped import grouped
from tests.shared.making import changed, own_rate
from tests.support import BOOK, SCENARIOS, leaves, numbers_to_try

SCENARIO = SCENARIOS["article"]

NUMBERS = numbers_to_try()
every_number = grouped(
    {name: [(n, place) for n, place in NUMBERS if n == name] for name, _ in NUMBERS}
)


def kept(before: Estimate, after: Estimate) -> set[str]:
    """The components whose lines were taken over."""
    return {name for name in COMPONENTS if before.parts.get(name) is after.parts.get(name)}


def is_same(one: Estimate, other: Estimate) -> bool:
    """Whether all lines are equal; a figure that nobody knows equals none, so by its words."""
    return one.charges == other.charges or repr(one.charges) == repr(other.charges)


def others(place: Place) -> list[object]:
    spec = place.spec
    if spec.is_number:
        return [spec.upper if place.value != spec.upper else spec.lower]
    if spec.choices:
        return [choice for choice in spec.choices if choice != place.value]
    return [not place.value] if spec.kind is bool else [f"{place.value}x"]


def assert_as_new(scenario: Scenario, place: Place) -> None:
    """Edit an input, and take the edit back."""
    before = estimate(scenario, BOOK)
    for value in others(place):
        edited = replace(scenario, place.path, value)
        after = estimate(edited, BOOK, before)
        assert is_same(after, estimate(edited, BOOK)), (place.path, value)
        assert is_same(estimate(scenario, BOOK, after), before), (place.path, value)


@every_number
def test_whatever_number_is_edited_the_lines_are_those_of_a_new_estimate(
    name: str, place: Place
) -> None:
    assert_as_new(SCENARIOS[name], place)


@every_number
def test_a_sweep_beside_the_estimate_is_the_sweep(name: str, place: Place) -> None:
    scenario = SCENARIOS[name]
    assert place.spec.lower is not None
    here = float(place.value or 1.0)
    values = np.array([place.spec.lower, here, here + 1.0])
    many = swept(scenario, place.path, values)
    found = estimate(many, BOOK, estimate(scenario, BOOK)).by_component
    for part, expected in estimate(many, BOOK).by_component.items():
        np.testing.assert_array_equal(found[part], expected)


@pytest.mark.parametrize("name", ["article", "percentages", "own rates"])
def test_whatever_is_chosen_the_lines_are_those_of_a_new_estimate(name: str) -> None:
    for place in leaves(SCENARIOS[name]):
        if not place.spec.is_number and place.path != "region_id":
            assert_as_new(SCENARIOS[name], place)


def test_another_own_rate_is_another_line() -> None:
    scenario = SCENARIOS["own rates"]
    before = estimate(scenario, BOOK)
    edited = scenario.model_copy(update={"own_rates": scenario.own_rates[1:]})
    assert is_same(estimate(edited, BOOK, before), estimate(edited, BOOK))
    assert not is_same(estimate(edited, BOOK), before)


def test_tiers_that_others_fill_are_others() -> None:
    """An own rate in tiers counts once over all lines that use it: here over two volumes."""
    scenario = changed(
        SCENARIOS["EBS"],
        server__ec2__root_volume_gb=10.0,
        own_rates=(own_rate("ebs/gp3/storage", (0.0, 0.09), (100.0, 0.05)),),
    )
    before = estimate(scenario, BOOK)
    assert before.parts["artifact_store"].before["ebs/gp3/storage"] > 0
    edited = replace(scenario, "server.ec2.root_volume_gb", 90.0)
    after = estimate(edited, BOOK, before)
    assert "artifact_store" not in kept(before, after)
    assert is_same(after, estimate(edited, BOOK))


@pytest.mark.parametrize(
    ("path", "value", "anew"),
    [
        ("usage.hours", 300.0, {"server"}),
        ("artifact_store.stored_gb", 300.0, {"artifact_store"}),
        ("labor.platform_engineer_usd", 99.0, {"labor"}),
        ("name", "Another", set[str]()),
        ("discount", 10.0, set(COMPONENTS)),
    ],
)
def test_what_is_priced_anew(path: str, value: object, anew: set[str]) -> None:
    before = estimate(SCENARIO, BOOK)
    after = estimate(replace(SCENARIO, path, value), BOOK, before)
    assert set(COMPONENTS) - kept(before, after) == anew


def test_other_prices_are_other_lines() -> None:
    before = estimate(SCENARIO, BOOK)
    assert kept(before, estimate(SCENARIO, BOOK.with_change(1.1), before)) == set()
    assert kept(before, estimate(SCENARIO, BOOK, before)) == set(COMPONENTS)


def test_an_estimate_of_arrays_holds_on_to_none() -> None:
    before = estimate(SCENARIO, BOOK)
    many = swept(SCENARIO, "artifact_store.stored_gb", np.linspace(0.0, 1e6, 5))
    assert "artifact_store" not in estimate(many, BOOK, before).parts
