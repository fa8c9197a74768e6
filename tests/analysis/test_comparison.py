"""Scenarios side by side: worked figures, and what holds for any pair of scenarios."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.comparison import (
    Column,
    Comparison,
    Effects,
    Row,
    Step,
    column,
    folded,
    told_apart,
)
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.at_random import at_random
from tests.support import BOOK, NOTHING, PRICES, SCENARIOS, changed

SHELF = Shelf(PRICES / "aws")
FILE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
SHIPPED = read_plans(PRICES / "managed")
SMALL = next(plan for plan in SHIPPED if plan.id == "sagemaker_small")
HOURS = "server/ec2/hours"


def at(scenario: Scenario, region_id: str = "us-east-1") -> Column:
    moved = replace(scenario, "region_id", region_id)
    return column(region_id, moved, SHELF.book(region_id))


def pair(one: Scenario, other: Scenario) -> Comparison:
    return Comparison((column("one", one, BOOK), column("other", other, BOOK)))


def row(found: Comparison, line: str) -> Row:
    return next(row for row in found.rows if row.line == line)


# --- Worked by hand ----------------------------------------------------------------


def test_from_virginia_to_frankfurt() -> None:
    found = Comparison((at(FILE), at(FILE, "eu-central-1")))
    differences = [row.difference(1) for row in found.rows if row.difference(1)]
    assert differences == pytest.approx([13.68, 23.04, 0.44, 1.536], abs=5e-7)
    assert found.difference(1) == pytest.approx(38.696, abs=5e-7)
    for one in found.rows:
        assert one.effects(1) == pytest.approx((one.difference(1), 0.0), abs=1e-9)


def test_price_and_quantity_by_the_midpoint_rule() -> None:
    short = changed(FILE, usage__by="hours", usage__hours=160.0)
    found = Comparison((at(short), at(changed(short, usage__hours=320.0), "eu-central-1")))
    effects = row(found, HOURS).effects(1)
    assert effects == pytest.approx((0.019 * 240.0, 160.0 * 0.1055), abs=1e-9)
    assert sum(effects) == pytest.approx(320 * 0.115 - 160 * 0.096, abs=1e-9)


def test_a_plan_takes_the_place_of_what_it_brings() -> None:
    first = at(FILE)
    bought = column("plan", FILE, first.price_book, SMALL, SHIPPED, first.estimate)
    found = Comparison((first, bought))
    assert found.difference(1) == pytest.approx(-121.06, abs=0.005)
    assert found.parts[-1] == "managed_plan"
    assert found.subtotal("managed_plan", 1) == pytest.approx(434.0)
    assert bought.infrastructure == pytest.approx(bought.cost - bought.labor)
    assert row(found, HOURS).is_only_in_one(1)


def test_cash_and_one_off_work() -> None:
    once = at(FILE)
    assert once.first_year_cash == pytest.approx(float(once.estimate.first_year_cash))
    assert once.one_off == pytest.approx(24 * 91.4 / 36)
    assert once.one_off + once.recurring == pytest.approx(once.cost)
    assert once.infrastructure + once.labor == pytest.approx(once.cost)


def test_a_commitment_is_not_paid_once() -> None:
    reserved = changed(FILE, server__ec2__purchase="reserved", server__ec2__payment="all_upfront")
    assert at(reserved).one_off == at(FILE).one_off


def test_cash_of_the_first_year_follows_what_changes_over_time() -> None:
    growing = replace(FILE, "growth", (Growth(path="artifact_store.stored_gb", amount=100.0),))
    more = at(growing).first_year_cash - at(FILE).first_year_cash
    assert more == pytest.approx(0.023 * 100.0 * sum(range(12)))
    with_plan = column("plan", growing, SHELF.book("us-east-1"), SMALL, SHIPPED)
    still = column("plan", FILE, SHELF.book("us-east-1"), SMALL, SHIPPED)
    assert with_plan.first_year_cash - still.first_year_cash == pytest.approx(more)


# --- Any pair ----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(0, 80, 2))
def test_rows_steps_and_effects_add_up_for_any_pair(seed: int) -> None:
    one, other = (at_random(n, SCENARIOS.values()) for n in (seed, seed + 1))
    found, back = pair(one, other), pair(other, one)
    whole = float(estimate(other, BOOK).effective_cost) - float(estimate(one, BOOK).effective_cost)

    def near(usd: float) -> object:
        return pytest.approx(usd, rel=1e-9, abs=1e-6)

    assert found.difference(1) == near(whole)
    assert sum(row.difference(1) for row in found.rows) == near(whole)
    assert sum(step.effect for step in found.steps(1)) == near(whole)
    assert sum(step.effect for step in folded(found.steps(1), 6)) == pytest.approx(whole, abs=0.005)
    parts = sum(found.subtotal(part, 1) - found.subtotal(part, 0) for part in found.parts)
    assert parts == near(whole)
    assert back.difference(1) == near(-whole)
    behind = {row.line: row for row in back.rows}
    for ahead in found.rows:
        effects, opposite = ahead.effects(1), behind[ahead.line].effects(1)
        assert sum(effects) == near(ahead.difference(1))
        assert opposite == near_pair(Effects(-effects.price, -effects.quantity))
    assert {row.line for row in found.rows} == behind.keys()


def near_pair(effects: Effects) -> object:
    return pytest.approx(effects, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_beside_itself_does_not_differ(name: str) -> None:
    found = pair(SCENARIOS[name], SCENARIOS[name])
    assert found.difference(1) == 0.0
    assert found.steps(1) == found.steps_by_part(1) == folded((), 5) == ()
    assert all(row.effects(1) == (0.0, 0.0) for row in found.rows)
    assert not any(row.is_only_in_one(1) for row in found.rows)


# --- Lines ---------------------------------------------------------------------------


def test_a_line_that_neither_has_says_nothing() -> None:
    fargate = changed(FILE, server__option="fargate")
    first = at(FILE)
    found = Comparison((first, at(FILE, "eu-central-1"), at(fargate)))
    vcpu = row(found, "server/fargate/vcpu_hours")
    assert (vcpu.is_in_neither(1), vcpu.is_only_in_one(1)) == (True, False)
    assert (vcpu.is_in_neither(2), vcpu.is_only_in_one(2)) == (False, True)
    assert vcpu.effects(2) == (0.0, vcpu.cost(2))


def test_lines_stand_by_part() -> None:
    found = pair(SCENARIOS["on demand"], FILE)
    parts = [row.component for row in found.rows]
    assert list(dict.fromkeys(parts)) == list(found.parts)
    assert parts == sorted(parts, key=list(found.parts).index)


def test_words_that_vary_are_left_out() -> None:
    other = changed(FILE, server__ec2__instance_type="m7g.large")
    assert row(pair(FILE, other), HOURS).name == "Instance hours"
    assert row(pair(FILE, FILE), HOURS).name == "Instance hours (m5.large, on demand)"


def test_an_unknown_price_is_told_and_left_out() -> None:
    found = Comparison((column("here", FILE, BOOK), column("nowhere", FILE, NOTHING)))
    hours = row(found, HOURS)
    assert hours.lacks_price(1)
    assert hours.effects(1) == (-hours.cost(0), 0.0)
    assert found.lacks_price(1)
    assert found.lacks_price(1, "server")
    assert not found.lacks_price(1, "labor")
    assert found.difference(1) == pytest.approx(sum(row.difference(1) for row in found.rows))


# --- Steps ---------------------------------------------------------------------------

STEPS = tuple(Step(f"s{n}", "server", f"server/ec2/s{n}", usd) for n, usd in enumerate(
    (5.0, -40.0, 3.0, 20.0, 0.004)
))  # fmt: skip


def test_the_largest_steps_stand_for_themselves() -> None:
    assert [step.title for step in folded(STEPS, 4)] == ["s0", "s1", "s2", "s3"]
    few = folded(STEPS, 3)
    assert [(step.title, step.effect) for step in few] == [
        ("s1", -40.0), ("s3", 20.0), ("3 other lines", pytest.approx(8.004))
    ]  # fmt: skip


def test_steps_of_next_to_nothing_are_told_once_they_add_up() -> None:
    tiny = tuple(Step(f"t{n}", "labor", f"labor/t/t{n}", 0.004) for n in range(3))
    assert folded(tiny[:1], 5) == ()
    assert [step.effect for step in folded(tiny, 5)] == [pytest.approx(0.012)]


def test_names_are_told_apart() -> None:
    assert told_apart(("a", "b", "a", "a")) == ("a", "b", "a (2)", "a (3)")
    assert told_apart(("a", "a (2)", "a")) == ("a", "a (2)", "a (3)")
