"""What holds for every input, whatever the formulas are.

The inputs are found by walking the scenario: a new field is tested here by being there.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import Place, places, replace, swept, with_arrays
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.grouped import Test, grouped
from tests.support import (
    BOOK,
    SCENARIOS,
    THRESHOLDS,
    leaves,
    numbers,
    numbers_to_try,
    recomputed,
    recomputes_to_the_cent,
)

Values = NDArray[np.float64]

TOTALS = ("list_cost", "contracted_cost", "effective_cost", "billed_cost")

NUMBERS = numbers_to_try()
every_number = grouped(
    {name: [(n, place) for n, place in NUMBERS if n == name] for name, _ in NUMBERS}
)


def by_part(paths: Iterable[str]) -> Callable[[Test], Test]:
    """A test for the inputs of each part of the scenario."""
    parts: dict[str, list[tuple[str]]] = {}
    for path in sorted(paths):
        parts.setdefault(path.partition(".")[0], []).append((path,))
    return grouped(parts)


@cache
def thresholds(name: str, part: str) -> set[float]:
    """Every value at which a formula may turn: tiers, allowances, constants, other inputs.

    An input of a part meets those of its own part and those that all parts share.
    """
    scenario = SCENARIOS[name]
    foreign = set(COMPONENTS) - {part} if part in COMPONENTS else set[str]()
    at = {
        float(p.value)
        for p in numbers(scenario)
        if p.value is not None and p.path.partition(".")[0] not in foreign
    }
    at |= THRESHOLDS
    at |= {scenario.hours_in_month / 24 / 7, scenario.hours_in_month / 7}
    prices = [*BOOK, *(rate.as_price() for rate in scenario.own_rates)]
    for price in prices:
        for tier in price.tiers:
            begin = tier.begin + price.free_quantity
            at.add(begin)
            if price.sku_id == "transfer/internet":
                at.add(begin + scenario.network.free_transfer_gb)
            if price.unit.startswith("thousand") or not price.unit:  # an own rate has none
                at.add(begin * 1000)
    return at


@cache
def points(name: str, place: Place) -> tuple[Values, Values]:
    """The bounds of an input, both sides of every threshold between them, and what each costs."""
    lower, upper = place.spec.lower, place.spec.upper
    assert lower is not None
    assert upper is not None
    near = {lower, upper, (lower + upper) / 2, math.sqrt((lower + 1) * upper)}
    for at in thresholds(name, place.path.partition(".")[0]):
        near |= {at - 1, math.nextafter(at, -math.inf), at, math.nextafter(at, math.inf), at + 1}
    values = np.array(sorted(value for value in near if lower <= value <= upper))
    swept_to = estimate(swept(SCENARIOS[name], place.path, values), BOOK).effective_cost
    return values, np.broadcast_to(np.asarray(swept_to), values.shape)


def telling(name: str, place: Place) -> Values:
    """Of the points of an input those at which the cost turns or jumps, and a few others."""
    values, cost = points(name, place)
    along = (values[1:-1] - values[:-2]) / (values[2:] - values[:-2])
    turns = ~np.isclose(cost[1:-1], cost[:-2] + along * (cost[2:] - cost[:-2]), rtol=1e-9)
    kept = np.arange(len(values)) % 32 == 0
    for beside in (0, 1, 2):  # both sides of a turn, and the turn itself
        kept[beside : beside + len(turns)] |= turns
    return values[kept]


def figures(outcome: Estimate) -> Iterator[tuple[str, Value]]:
    for total in TOTALS:
        yield total, getattr(outcome, total)
    yield from outcome.by_component.items()
    yield "unpriced", outcome.unpriced


@every_number
def test_a_sweep_is_the_estimate_at_each_value(name: str, place: Place) -> None:
    scenario = SCENARIOS[name]
    values = telling(name, place)
    at_once = dict(figures(estimate(swept(scenario, place.path, values), BOOK)))
    one_by_one = [
        dict(figures(estimate(replace(scenario, place.path, float(value)), BOOK)))
        for value in values
    ]
    for figure, swept_to in at_once.items():
        expected = np.array([one[figure] for one in one_by_one])
        actual = np.broadcast_to(np.asarray(swept_to), values.shape)
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-9, err_msg=figure)


@every_number
def test_cost_goes_the_way_that_the_field_declares(name: str, place: Place) -> None:
    _, cost = points(name, place)
    steps = np.diff(cost)
    slack = 1e-12 * np.max(np.abs(cost))  # the last digits of sums
    assert place.spec.effect is not None
    if place.spec.effect.costs == "more":
        assert steps.min() >= -slack
    elif place.spec.effect.costs == "less":
        assert steps.max() <= slack
    elif place.spec.effect.costs == "same":
        assert np.abs(steps).max() <= slack


@by_part({place.path for _, place in NUMBERS})
def test_the_declared_direction_is_seen_in_some_scenario(path: str) -> None:
    up = down = False
    declared = set()
    for name, place in NUMBERS:
        if place.path == path:
            assert place.spec.effect is not None
            declared.add(place.spec.effect.costs)
            steps = np.diff(points(name, place)[1])
            up |= bool(steps.max() > 1e-6)
            down |= bool(steps.min() < -1e-6)
    seen = {(True, True): "either", (True, False): "more", (False, True): "less"}
    assert declared == {seen.get((up, down), "same")}


@every_number
def test_lines_depend_on_choices_and_never_on_quantities(name: str, place: Place) -> None:
    scenario = SCENARIOS[name]
    usual = [(c.component, c.description) for c in estimate(scenario, BOOK).charges]
    for value in (place.spec.lower, place.spec.upper):
        charges = estimate(replace(scenario, place.path, value), BOOK).charges
        assert [(c.component, c.description) for c in charges] == usual


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_means_nothing_at_present_costs_nothing(name: str) -> None:
    scenario = SCENARIOS[name]
    usual = estimate(scenario, BOOK)
    idle = [place for place in places(scenario) if not place.active]
    numeric = [place for place in idle if place.spec.is_number and place.value is not None]
    at_once = estimate(with_arrays(scenario, each_alone_at_its_bounds(numeric)), BOOK)
    for figure in ("effective_cost", "unpriced"):
        cases = np.broadcast_to(np.asarray(getattr(at_once, figure)), 2 * len(numeric) + 1)
        differ = np.flatnonzero(cases != cases[-1])
        assert [(numeric[at // 2].path, figure) for at in differ] == []
        assert cases[-1] == pytest.approx(float(getattr(usual, figure)), rel=1e-12)
    for place in idle:
        for value in () if place in numeric else other_values(place):
            other = estimate(replace(scenario, place.path, value), BOOK)
            assert other.effective_cost == usual.effective_cost, (place.path, value)
            assert other.unpriced == usual.unpriced, (place.path, value)


def each_alone_at_its_bounds(numeric: list[Place]) -> dict[str, NDArray[np.float64]]:
    """Two cases for each input: it alone is at its lower, and at its upper bound; then none is."""
    values: dict[str, NDArray[np.float64]] = {}
    for at, place in enumerate(numeric):
        cases = np.full(2 * len(numeric) + 1, float(place.value))
        cases[2 * at : 2 * at + 2] = place.spec.lower, place.spec.upper
        values[place.path] = cases
    return values


def fingerprint(scenario: Scenario) -> object:
    """All that an input can change: lines, warnings, durations."""
    outcome = estimate(scenario, BOOK)

    def line(charge: Charge) -> object:
        return charge.component, charge.description, charge.explanation, charge.list_cost

    return (
        [line(charge) for charge in outcome.charges],
        warnings(scenario, BOOK),
        outcome.hours_in_month,
        outcome.horizon_months,
    )


def other_values(place: Place) -> list[object]:
    spec = place.spec
    if spec.is_number:
        return [spec.lower, spec.upper]
    if spec.choices:
        return [choice for choice in spec.choices if choice != place.value]
    if spec.kind is bool:
        return [not place.value]
    return [f"{place.value}x"]


WORDS_ALONE = {"name", "author", "region_id", "currency.code", "currency.per_usd", "currency.date"}
"""These are printed, choose the price book, or convert what is shown; they enter no formula."""

LEAVES = {name: {p.path: p for p in leaves(made)} for name, made in SCENARIOS.items()}
INPUTS = {path: place for of_one in LEAVES.values() for path, place in of_one.items()}


@cache
def usual_of(name: str) -> object:
    return fingerprint(SCENARIOS[name])


@by_part(INPUTS.keys() - WORDS_ALONE)
def test_no_input_is_mere_decoration(path: str) -> None:
    if len(INPUTS[path].spec.choices) == 1:
        assert path.endswith(".option")  # other ways to host the part may follow
        return
    for name, scenario in SCENARIOS.items():
        place = LEAVES[name].get(path)
        for value in other_values(place) if place else ():
            if fingerprint(replace(scenario, path, value)) != usual_of(name):
                return
    pytest.fail(f"nothing reads {path}")


# --- Explanations -------------------------------------------------------------


def assert_explained(outcome: Estimate) -> None:
    for charge in outcome.charges:
        if charge.price.state == "unknown":
            assert " × unknown price = " in charge.explanation
        else:
            assert recomputes_to_the_cent(charge.explanation), charge.explanation
            named = float(recomputed(charge.explanation)[1])
            assert named == pytest.approx(float(charge.effective_cost), abs=0.00501, rel=1e-9)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_explanation_recomputes_to_the_cent(name: str) -> None:
    assert_explained(estimate(SCENARIOS[name], BOOK))


def test_every_explanation_of_the_sample_scenarios_recomputes_to_the_cent() -> None:
    shelf = Shelf(pricing_dir() / "aws")
    samples = sorted(resources_dir().glob("scenarios/*.mlcost"))
    assert len(samples) >= 4
    for path in samples:
        held = json.loads(path.read_text(encoding="utf-8"))["scenario"]
        scenario = Scenario.model_validate_json(json.dumps(held))
        outcome = estimate(scenario, shelf.book(scenario.region_id))
        assert outcome.charges
        assert outcome.unpriced == 0, path.name
        assert_explained(outcome)


@pytest.mark.parametrize(
    ("explanation", "outcome"),
    [
        ("1 instance × 720 h × $0.096 / h = $69.12", 69.12),
        ("(57,100 GB − 100 GB free) × $0.09 / GB = $5,130.00", 5130),
        ("20 GB [minimum, 5 GB asked] × $0.115 / GB-month = $2.30", 2.3),
        ("250,000 requests ÷ 1,000 × $0.005 / thousand requests = $1.25", 1.25),
        ("(((2 instances × 730 h) − 750 h free) − 100 h) × $0.25 / h = $152.50", 152.5),
        ("1 h × $10 / h × (1 − 40 % [a [nested] remark]) × (1 − 10 %) = $5.40", 5.4),
        ("(650 MiB/s − 500 MiB/s included) × $0.08 / MiBps-month = $12.00", 12),
    ],
)
def test_the_reader_of_explanations_can_read(explanation: str, outcome: float) -> None:
    assert float(recomputed(explanation)[0]) == pytest.approx(outcome)
    assert recomputes_to_the_cent(explanation)
    wrong = explanation.replace(" = $", " = $1")
    assert not recomputes_to_the_cent(wrong)


# --- Any scenario that can be typed -------------------------------------------


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """One of the scenarios with any numbers and choices in all its fields."""
    scenario = draw(st.sampled_from(list(SCENARIOS.values())))
    for place in leaves(scenario):
        spec = place.spec
        if spec.is_number:
            value: object = draw(st.floats(spec.lower, spec.upper) | st.just(place.value))
        elif spec.choices:
            value = draw(st.sampled_from(spec.choices))
        else:
            continue
        scenario = replace(scenario, place.path, value)
    return scenario


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios())
def test_any_scenario_has_a_bill_that_adds_up_and_explains_itself(scenario: Scenario) -> None:
    outcome = estimate(scenario, BOOK)
    assert_explained(outcome)
    for total, value in figures(outcome):
        assert math.isfinite(float(value)), total
        assert float(value) >= 0, total
    whole = float(outcome.effective_cost)
    assert math.fsum(float(outcome.by_component[c]) for c in COMPONENTS) == pytest.approx(whole)
    assert float(outcome.contracted_cost) <= float(outcome.list_cost) * (1 + 1e-12)
    assert {w.path.partition(".")[0] for w in warnings(scenario, BOOK)} <= {
        "usage",
        "currency",
        "own_rates",
        *COMPONENTS,
    }
