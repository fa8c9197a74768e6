"""Months and draws: held against single estimates, a plain loop over months, and worked figures."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges import months
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import Place, drawn, fitted, replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.model.test_by_hand import BY_HAND
from tests.shared.at_random import at_random
from tests.support import ARTICLE, BOOK, PRICES, SCENARIOS, changed, numbers

Values = NDArray[np.float64]

SAMPLES = resources_dir() / "scenarios"
FILES = sorted([*BY_HAND.glob("*.mlcost"), *SAMPLES.glob("*.mlcost")])
EVERY = [*SCENARIOS, *(path.stem for path in FILES)]
EACH_DRAW = (
    *("effective_cost", "list_cost", "contracted_cost", "billed_cost", "first_year_cash"),
    *("horizon_total", "unpriced", "estimated"),
)
TIMES = np.array([1.0, 1.3, 0.0, 2.0, 0.4, 0.4, 1.0, 3.0, 0.9, 1.0, 1.0, 1.2, 0.5, 1.6])
"""Of an input's present value, month by month: longer than a term of a year."""


FIXED, BUNDLED = Shelf(PRICES / "aws"), Shelf(pricing_dir() / "aws")


@cache
def given_as(name: str) -> tuple[Scenario, PriceBook]:
    """A scenario by its name, with the book of its region."""
    if name in SCENARIOS:
        return SCENARIOS[name], BOOK
    path = next(path for path in FILES if path.stem == name)
    scenario = read_scenario(path).scenario
    shelf = FIXED if scenario.region_id in FIXED.regions else BUNDLED
    return scenario, shelf.book(scenario.region_id)


COMMITTED = [name for name in EVERY if any(c.term for c in estimate(*given_as(name)).charges)]


def growing(scenario: Scenario) -> list[Place]:
    """The inputs that may differ from month to month: all numbers but conventions.

    For how long a machine is used is settled when it is bought.
    """
    conventions = ("hours_in_month", "horizon_months", "currency.")
    return [
        place
        for place in numbers(scenario)
        if place.value is not None
        and not place.path.startswith(conventions)
        and not place.path.endswith((".machine.months", ".own.months"))
    ]


@cache
def growing_of(name: str) -> list[Place]:
    """The same of a scenario by its name."""
    return growing(given_as(name)[0])


def with_numbers(scenario: Scenario, values: dict[str, float]) -> Scenario:
    """The scenario with other numbers, validated once."""
    data = scenario.model_dump()
    for path, value in values.items():
        *steps, name = path.split(".")
        holder: Any = data
        for step in steps:
            holder = next(i for i in holder if i["id"] == step) if is_list(holder) else holder[step]
        holder[name] = float(value)
    return Scenario.model_validate(data)


def is_list(holder: object) -> bool:
    return isinstance(holder, tuple)


# --- A plain loop over months -----------------------------------------------------


class Paid(NamedTuple):
    """What a line costs in each month, and what is paid in it."""

    effective: list[float]
    cash: list[float]


def by_loop(charges: Sequence[Charge], horizon: float) -> Paid:
    """One line of a single estimate for each month, put together month by month."""
    costs = [float(charge.effective_cost) for charge in charges]
    any_month = charges[0]
    if not any_month.term and any_month.spread is None:
        return Paid(costs, costs)
    if not any_month.term:
        at_end = any_month.spread is not None and any_month.spread.at_end
        due = len(charges) - 1 if at_end else 0
        cash = [costs[due] * horizon if month == due else 0.0 for month in range(len(charges))]
        return Paid([costs[due]] * len(charges), cash)
    held: list[tuple[int, float, float]] = []  # until when, how much, at what cost a month
    effective, cash = [], []
    for month, charge in enumerate(charges):
        held = [part for part in held if part[0] > month]
        needed = float(charge.pricing_quantity)
        more = needed - math.fsum(quantity for _, quantity, _ in held)
        begun = 0.0
        if more > 1e-9 * needed:
            begun = more * costs[month] / needed
            held.append((month + int(float(any_month.term)), more, begun))
        effective.append(math.fsum(cost for _, _, cost in held))
        cash.append(effective[-1] if any_month.spread is None else begun * float(any_month.term))
    return Paid(effective, cash)


def of_others(
    scenario: Scenario, by_line: list[tuple[Charge, ...]], paid: list[Paid], at: int
) -> Paid:
    """A percentage of parts, in each month of what their first-hand lines cost in it."""
    line = next(one for one in scenario.own_lines if one.id == by_line[at][0].group)
    of = [
        lines.effective
        for (other, *_), lines in zip(by_line, paid, strict=True)
        if other.component in line.parts and other.word not in ("percentage", "support", "minimum")
    ]
    costs = [
        float(charge.price.usd) * math.fsum(known(effective[month]) for effective in of)
        for month, charge in enumerate(by_line[at])
    ]
    return Paid(costs, costs)


def assert_as_by_loop(scenario: Scenario, book: PriceBook, values: dict[str, Values]) -> None:
    """Every line and total of an estimate along months, against single estimates."""
    count = len(next(iter(values.values())))
    scenario = replace(scenario, "horizon_months", float(count))
    along = estimate(drawn(scenario, values), book)

    @cache  # in many months all numbers are those of the month before
    def single(*numbers: float) -> Estimate:
        return estimate(with_numbers(scenario, dict(zip(values, numbers, strict=True))), book)

    singles = [single(*numbers) for numbers in np.hstack(list(values.values())).tolist()]
    by_line = list(zip(*(single.charges for single in singles), strict=True))
    paid = [by_loop(line, float(count)) for line in by_line]
    for at, charge in enumerate(along.charges):
        if charge.word == "percentage":
            paid[at] = of_others(scenario, by_line, paid, at)
    of_lines = [column(charge.effective_cost, count) for charge in along.charges]
    cash_of_lines = [column(charge.cash(along.months), count) for charge in along.charges]
    names = [charge.description for charge in along.charges]
    assert_same_lines(of_lines, [one.effective for one in paid], names)
    assert_same_lines(cash_of_lines, [one.cash for one in paid], names)
    effective = [math.fsum(known(p.effective[month]) for p in paid) for month in range(count)]
    cash = [math.fsum(known(p.cash[month]) for p in paid) for month in range(count)]
    assert_same(column(along.effective_cost, count), effective, "effective")
    assert_same(column(along.cash(along.months), count), cash, "cash")
    assert_same(column(along.horizon_total, 1), [math.fsum(effective)], "horizon")
    assert_same(column(along.first_year_cash, 1), [math.fsum(cash[:12])], "first year")
    assert_same(column(along.billed_cost, 1), cash[:1], "billed")


def known(cost: float) -> float:
    return 0.0 if math.isnan(cost) else cost


def column(values: object, length: int) -> Values:
    found = np.asarray(values, dtype=float)
    return np.broadcast_to(found, (length, 1))[:, 0]


def assert_same(actual: Values, expected: list[float], where: str) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-9, err_msg=where)


def assert_same_lines(actual: list[Values], expected: list[list[float]], names: list[str]) -> None:
    """Lines by month; all at once, since to compare one takes as long as to estimate it."""
    same = np.isclose(np.array(actual), np.array(expected), 1e-9, 1e-9, equal_nan=True)
    wrong = np.flatnonzero(~same.all(axis=1))
    assert [(names[at], actual[at].tolist(), expected[at]) for at in wrong] == []


def months_of(place: Place, shift: int, times: Values = TIMES) -> Values:
    """An input month by month; each of several begins with another month of `times`."""
    return fitted(place.spec, np.roll(place.value * times, shift)[:, np.newaxis])


@pytest.mark.parametrize("name", EVERY)
def test_all_inputs_at_once_are_as_month_by_month(name: str) -> None:
    scenario, book = given_as(name)
    times = TIMES if name in COMMITTED else TIMES[:4]
    found = enumerate(growing_of(name))
    assert_as_by_loop(
        scenario, book, {place.path: months_of(place, at, times) for at, place in found}
    )


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_each_input_of_a_file_is_as_month_by_month(name: str) -> None:
    scenario, book = given_as(name)
    for place in growing_of(name):
        assert_as_by_loop(scenario, book, {place.path: months_of(place, 0, TIMES[1:3])})


@st.composite
def along_months(draw: st.DrawFn) -> tuple[str, dict[str, Values]]:
    """A scenario with a commitment, and any values of some of its inputs in any months."""
    name = draw(st.sampled_from(COMMITTED))
    found = draw(st.lists(st.sampled_from(growing_of(name)), min_size=1, max_size=3))
    count = draw(st.integers(2, 40))
    values: dict[str, Values] = {}
    for place in found:
        in_bounds = st.floats(place.spec.lower, min(place.spec.upper or 0.0, 1e4))
        drawn_values = draw(st.lists(in_bounds, min_size=1, max_size=6))
        values[place.path] = fitted(place.spec, np.resize(drawn_values, (count, 1)))
    return name, values


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(along_months())
def test_any_commitment_is_as_by_the_loop(case: tuple[str, dict[str, Values]]) -> None:
    name, values = case
    assert_as_by_loop(*given_as(name), values)


@pytest.mark.parametrize("seed", range(25))
def test_a_scenario_made_at_random_is_as_by_the_loop(seed: int) -> None:
    scenario = without_support(at_random(seed, SCENARIOS.values()))
    random = np.random.default_rng(seed)
    count = int(random.integers(2, 40))
    times = [0.0, 0.5, 1.0, 1.0, 2.0, 3.0]
    values = {
        place.path: fitted(place.spec, (place.value or 3.0) * random.choice(times, (count, 1)))
        for place in growing(scenario)
        if random.random() < 0.4
    }
    assert_as_by_loop(scenario, BOOK, values)


def without_support(scenario: Scenario) -> Scenario:
    """Less the lines that take the steps of the provider's support plan."""
    others = tuple(line for line in scenario.own_lines if line.by != "support")
    return replace(scenario, "own_lines", others)


# --- Draws ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["regulated", "commitment-rds-1y-partial-upfront", "large"])
def test_months_and_draws_together_are_each_draw_by_itself(name: str) -> None:
    scenario, book = given_as(name)
    scenario = replace(scenario, "horizon_months", float(len(TIMES)))
    found = growing(scenario)
    monthly = {place.path: months_of(place, at) for at, place in enumerate(found[::2])}
    random = np.random.default_rng(7)
    draws = {
        place.path: fitted(place.spec, place.value * random.uniform(0.5, 1.5, (1, 4)))
        for place in found[1::2]
    }
    together = estimate(drawn(scenario, monthly | draws), book)
    for draw in range(4):
        one = {path: values[:, draw : draw + 1] for path, values in draws.items()}
        alone = estimate(drawn(scenario, monthly | one), book)
        for total in ("effective_cost", "list_cost", "contracted_cost"):
            at = np.broadcast_to(getattr(together, total), (len(TIMES), 4))[:, draw]
            np.testing.assert_allclose(at, np.ravel(getattr(alone, total)), rtol=1e-12)
        cash = np.asarray(together.cash(together.months))
        np.testing.assert_allclose(cash[:, draw], np.ravel(alone.cash(alone.months)), rtol=1e-12)
        for total in ("horizon_total", "first_year_cash", "billed_cost"):
            at = np.asarray(getattr(together, total))
            assert at.shape == (1, 4)
            assert at[0, draw] == pytest.approx(float(np.squeeze(getattr(alone, total))))


@pytest.mark.parametrize("name", EVERY)
def test_draws_alone_are_single_estimates(name: str) -> None:
    assert_each_draw(*given_as(name))


@pytest.mark.parametrize("seed", range(25))
def test_draws_of_a_scenario_made_at_random_are_single_estimates(seed: int) -> None:
    assert_each_draw(at_random(seed, SCENARIOS.values()), BOOK)


def assert_each_draw(scenario: Scenario, book: PriceBook) -> None:
    values = {
        place.path: fitted(place.spec, place.value * np.array([[1.0, 0.3, 1.9]]))
        for place in growing(scenario)
    }
    at_once = estimate(drawn(scenario, values), book)
    for draw in range(3):
        one = {path: wanted[0, draw] for path, wanted in values.items()}
        alone = estimate(with_numbers(scenario, one), book)
        for total in EACH_DRAW:
            at = np.broadcast_to(getattr(at_once, total), (1, 3))[0, draw]
            assert at == pytest.approx(float(getattr(alone, total))), total


# --- Worked by hand ---------------------------------------------------------------


def article_file() -> tuple[Scenario, PriceBook]:
    return given_as("article-2024")


def test_the_article_over_36_months() -> None:
    scenario, book = article_file()
    month = np.arange(36.0)[:, np.newaxis]
    outcome = estimate(
        drawn(
            scenario,
            {
                "artifact_store.stored_gb": 1024 + 100 * month,
                "labor.platform_engineer_usd": 91.4 * 1.03 ** (month // 12),
            },
        ),
        book,
    )
    cash = np.ravel(outcome.cash(outcome.months))
    assert cash[[0, 1, 12, 35]] == pytest.approx(
        [2792.5253, 601.2253, 637.9503, 702.6181], abs=5e-5
    )
    years = cash.reshape(3, 12).sum(axis=1)
    assert years == pytest.approx([9532.504, 7807.204, 8279.617], abs=5e-4)
    assert cash.sum() == pytest.approx(25_619.325, abs=5e-4)
    assert outcome.first_year_cash == pytest.approx(9532.504, abs=5e-4)
    assert outcome.horizon_total == pytest.approx(25_619.325, abs=5e-4)


def test_a_year_s_commitment_over_24_months() -> None:
    scenario, book = article_file()
    scenario = changed(
        scenario,
        horizon_months=24.0,
        server__ec2__purchase="reserved",
        server__ec2__payment="all_upfront",
    )
    stored = 40_960 + 2_048 * np.arange(24.0)[:, np.newaxis]
    outcome = estimate(drawn(scenario, {"artifact_store.stored_gb": stored}), book)
    cash = np.ravel(outcome.cash(outcome.months))
    assert cash[12] == pytest.approx(2493.2453, abs=5e-5)
    assert cash.sum() == pytest.approx(50_592.096, abs=5e-4)
    upfront = next(c for c in outcome.charges if c.spread and c.spread.renewed)
    paid = np.broadcast_to(upfront.cash(outcome.months), (24, 1))[:, 0]
    assert {at + 1: usd for at, usd in enumerate(paid) if usd} == {1: 494.0, 13: 494.0}
    over = [
        np.ravel(c.effective_cost)
        for c in outcome.charges
        if c.description.endswith("(next 450 TB)")
    ]
    assert int(np.flatnonzero(over[0])[0]) + 1 == 7  # 51,200 GB are passed


def test_an_instance_that_is_given_up_is_paid_until_its_term_ends() -> None:
    # 1, 3, 1 instances: two are bought in month 2, and last until month 13. In month 13 the
    # first one's term has ended and no new one is needed; in month 14 those two are replaced.
    scenario = changed(ARTICLE, server__ec2__purchase="reserved", horizon_months=14.0)
    replicas = np.array([1.0, 3.0, *[1.0] * 12])[:, np.newaxis]
    outcome = estimate(drawn(scenario, {"server.ec2.replicas": replicas}), BOOK)
    hours = next(c for c in outcome.charges if c.term and c.spread is None)
    each = float(hours.price.usd) * 720
    held = np.ravel(hours.effective_cost) / each
    np.testing.assert_allclose(held, [1, *[3] * 11, 2, 1])


def test_what_was_bought_keeps_its_price() -> None:
    scenario = changed(
        ARTICLE, server__ec2__purchase="reserved_typed", server__ec2__reserved_discount=50.0
    )
    typed = np.where(np.arange(36.0) < 6, 50.0, 20.0)[:, np.newaxis]
    outcome = estimate(drawn(scenario, {"server.ec2.reserved_discount": typed}), BOOK)
    hours = next(c for c in outcome.charges if c.term)
    monthly = np.ravel(hours.effective_cost) / (0.096 * 720)
    np.testing.assert_allclose(monthly, [0.5] * 12 + [0.8] * 24)
    one_by_one = float(np.squeeze(outcome.horizon_total))
    assert one_by_one == pytest.approx(float(np.sum(outcome.effective_cost)))


def test_a_horizon_that_ends_within_a_month() -> None:
    scenario = replace(ARTICLE, "horizon_months", 2.5)
    stored = np.array([100.0, 200.0, 300.0])[:, np.newaxis]
    outcome = estimate(drawn(scenario, {"artifact_store.stored_gb": stored}), BOOK)
    monthly = np.ravel(outcome.effective_cost)
    assert outcome.horizon_total == pytest.approx(monthly[0] + monthly[1] + monthly[2] / 2)
    same = estimate(drawn(scenario, {"artifact_store.stored_gb": stored * 0 + 100}), BOOK)
    assert same.horizon_total == pytest.approx(
        float(estimate(replace(scenario, "artifact_store.stored_gb", 100.0), BOOK).horizon_total)
    )


def test_months_that_are_not_there() -> None:
    stored = np.array([100.0, 200.0, 300.0])[:, np.newaxis]
    outcome = estimate(drawn(ARTICLE, {"artifact_store.stored_gb": stored}), BOOK)
    with pytest.raises(ValueError, match="3 months of values, 36 of the horizon"):
        _ = outcome.horizon_total
    with pytest.raises(IndexError):
        outcome.cash(4)


def test_a_single_axis_has_no_months() -> None:
    values = np.array([1.0, 2.0, 3.0])
    assert months.count(1.0, values) == 1
    assert months.at(values, 2) is values
    assert months.over(2.0, 36.0) == 72.0
    assert months.count(values, np.ones((6, 1)), np.ones((1, 9))) == 6


def test_machines_are_held_for_as_long_as_each_draw_uses_them() -> None:
    scenario = replace(SCENARIOS["own machines"], "horizon_months", 30.0)
    path = "server.own_machine.machine.months"
    lives = np.array([[12.0, 18.0, 24.0, 60.0]])
    growth = np.linspace(1.0, 3.0, 30)[:, np.newaxis]
    needed = {"server.own_machine.replicas": np.ceil(growth)}
    drawn_at_once = estimate(drawn(scenario, {**needed, path: lives}), BOOK)
    for at, life in enumerate(lives[0]):
        alone = estimate(drawn(replace(scenario, path, float(life)), needed), BOOK)
        for total in ("horizon_total", "first_year_cash"):
            every, one = getattr(drawn_at_once, total), getattr(alone, total)
            np.testing.assert_allclose(np.broadcast_to(every, (1, 4))[0, at], np.ravel(one)[0])
        cash = np.asarray(alone.cash(alone.months))
        every_month = np.asarray(drawn_at_once.cash(alone.months))
        np.testing.assert_allclose(every_month[:, at], cash[:, 0])
