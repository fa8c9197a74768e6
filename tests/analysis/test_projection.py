"""What it costs over the months: worked figures, years, what is due, and the plan beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.analysis.projection import (
    Projection,
    projection,
    with_rule,
    without_rule,
)
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.growth import PRICES, FromMonth, Growth
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import BOOK, NOTHING, SCENARIOS, changed
from tests.support import PRICES as FIXED_PRICES

SHIPPED = read_plans(FIXED_PRICES / "managed")
PLANS = {plan.id: plan for plan in SHIPPED}
FILE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
US_EAST = Shelf(FIXED_PRICES / "aws").book("us-east-1")
STORED, ENGINEER = "artifact_store.stored_gb", "labor.platform_engineer_usd"

GROWING = replace(
    FILE,
    "growth",
    (
        Growth(path=STORED, amount=100.0),
        Growth(path=ENGINEER, by="percent", amount=3.0, per="year"),
    ),
)
RESERVED = changed(
    FILE,
    horizon_months=24.0,
    artifact_store__stored_gb=40_960.0,
    server__ec2__purchase="reserved",
    server__ec2__payment="all_upfront",
    growth=(Growth(path=STORED, amount=2048.0),),
)


def over(scenario: Scenario, plan: str = "", **fields: Any) -> Projection:
    held = PLANS[plan].model_copy(update=fields) if plan else None
    return projection(scenario, US_EAST, held, SHIPPED)


# --- Worked by hand ----------------------------------------------------------------


def test_storage_and_salaries_over_36_months() -> None:
    found = over(GROWING)
    assert found.cash[[0, 1, 12, 35]] == pytest.approx(
        [2792.5253, 601.2253, 637.9503, 702.6181], abs=5e-5
    )
    years = [year.cash for year in found.years]
    assert years == pytest.approx([9532.504, 7807.204, 8279.617], abs=5e-4)
    assert found.cash_total == pytest.approx(25_619.325, abs=5e-4)
    assert found.effective_total == pytest.approx(25_619.325, abs=5e-4)
    assert found.months == 36


def test_a_year_s_commitment_over_24_months() -> None:
    found = over(RESERVED)
    assert found.cash_total == pytest.approx(50_592.096, abs=5e-4)
    assert found.cash[12] == pytest.approx(2493.2453, abs=5e-5)
    assert [(due.month, due.usd) for due in found.due if due.component == "server"] == [
        (1, 494.0),
        (13, 494.0),
    ]
    assert np.flatnonzero(found.values[STORED][:, 0] > 51_200)[0] + 1 == 7


# --- As today ----------------------------------------------------------------------


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_without_a_rule_all_months_are_the_estimate_s(scenario: Scenario) -> None:
    bill, found = estimate(scenario, BOOK), projection(scenario, BOOK)
    assert found.effective == pytest.approx([float(bill.effective_cost)] * found.months)
    assert found.cash == pytest.approx(
        [float(bill.cash(month)) for month in range(1, found.months + 1)]
    )
    assert found.effective_total == pytest.approx(float(bill.horizon_total))
    assert found.years[0].cash == pytest.approx(float(bill.first_year_cash))
    for name, cost in bill.by_component.items():
        assert found.by_component[name] == pytest.approx([float(cost)] * found.months)
    for month in range(1, found.months + 1):
        due = sum(one.usd for one in found.due if one.month == month)
        assert found.cash[month - 1] == pytest.approx(float(bill.other_months) + due)
    assert found.reasons == {}


def test_month_1_is_today_s_estimate_whatever_changes() -> None:
    bill = estimate(GROWING, US_EAST)
    found = over(GROWING, "sagemaker_small")
    assert found.effective[0] == pytest.approx(float(bill.effective_cost))
    assert found.cash[0] == pytest.approx(float(bill.billed_cost))


def test_a_part_of_a_month_is_a_month_of_which_a_part_counts() -> None:
    found = over(changed(GROWING, horizon_months=13.5))
    assert found.months == 14
    assert found.effective_total == pytest.approx(
        float(np.sum(found.effective[:13]) + found.effective[13] / 2)
    )
    assert [(y.first_month, y.last_month) for y in found.years] == [(1, 12), (13, 14)]
    assert sum(year.effective for year in found.years) == pytest.approx(found.effective_total)


def test_a_part_of_the_first_month() -> None:
    assert over(changed(FILE, horizon_months=1.0)).months == 1


def test_unknown_prices_are_left_out_and_counted() -> None:
    found = projection(GROWING, NOTHING)
    assert found.unpriced == int(estimate(GROWING, NOTHING).unpriced) > 0
    assert np.isfinite(found.effective).all()


def test_years_and_parts_add_up() -> None:
    found = over(RESERVED)
    assert sum(year.cash for year in found.years) == pytest.approx(found.cash_total)
    assert sum(map(np.sum, found.cash_by_component.values())) == pytest.approx(found.cash_total)


# --- Why it changes ----------------------------------------------------------------


def test_each_part_says_which_rules_move_it() -> None:
    scenario = replace(
        changed(GROWING, network__transfer_out_gb=500.0, labor__tasks__incidents__hours=1.0),
        "growth",
        (
            *GROWING.growth,
            Growth(path="team.users", amount=1.0),
            Growth(path="network.transfer_out_gb", by="with", with_path="team.users"),
            Growth(path="metadata_store.rds.storage_gb", amount=0.0),
            Growth(path="server.gone", amount=5.0),
        ),
    )
    reasons = {name: [rule.path for rule in of] for name, of in over(scenario).reasons.items()}
    assert reasons["server"] == reasons["metadata_store"] == []
    assert reasons["artifact_store"] == [STORED]
    assert reasons["network"] == ["team.users", "network.transfer_out_gb"]
    assert ENGINEER in reasons["labor"]


def test_prices_move_what_the_provider_sells() -> None:
    prices = Growth(path=PRICES, by="percent", amount=5.0, per="year")
    found = over(replace(FILE, "growth", (prices,))).reasons
    assert found["server"] == found["artifact_store"] == (prices,)
    assert found["labor"] == ()


# --- The plan beside it ------------------------------------------------------------


def users(*steps: tuple[int, float]) -> Scenario:
    values = tuple(FromMonth(month=month, value=value) for month, value in steps)
    return replace(FILE, "growth", (Growth(path="team.users", by="table", values=values),))


def test_a_plan_is_its_own_comparison_in_the_first_month() -> None:
    """But for moving out: that is paid, and spread, at the rate of the last month."""
    found = over(GROWING, "sagemaker_small", exit_hours=0.0)
    staying = PLANS["sagemaker_small"].model_copy(update={"exit_hours": 0.0})
    beside = offers(GROWING, US_EAST, (staying,), estimate(GROWING, US_EAST))
    (offer,) = (one for one in beside if one.plan.id == "sagemaker_small")
    assert found.held and offer.bought
    assert found.held.effective[0] == pytest.approx(float(offer.bought.effective_cost))


def test_a_plan_moves_to_its_next_sizes_and_back() -> None:
    held = over(users((5, 26.0), (9, 60.0), (20, 25.0)), "sagemaker_small").held
    assert held
    assert [(month, plan.id) for month, plan in held.sizes] == [
        (1, "sagemaker_small"),
        (5, "sagemaker_medium"),
        (9, "sagemaker_large"),
        (20, "sagemaker_small"),
    ]
    for from_month, plan in held.sizes:
        alone = over(users((5, 26.0), (9, 60.0), (20, 25.0)), plan.id, most_seats=None).held
        assert alone
        assert held.effective[from_month - 1] == pytest.approx(alone.effective[from_month - 1])
    assert held.too_small_from is None


def test_where_no_size_has_room_there_is_no_figure() -> None:
    found = over(users((7, 101.0)), "sagemaker_small")
    assert found.held and found.held.too_small_from == 7
    assert np.isnan(found.held.effective[6:]).all()
    assert np.isnan(found.held.cash[6:]).all()
    assert not np.isnan(found.held.effective[:6]).any()


def test_a_plan_that_names_itself_or_nobody_ends_there() -> None:
    for next_size in ("sagemaker_small", "no_such_plan"):
        held = over(users((7, 30.0)), "sagemaker_small", next_size=next_size).held
        assert held and held.too_small_from == 7


def test_moving_is_paid_once_by_whatever_size() -> None:
    found = over(users((5, 26.0)), "sagemaker_small", migration_hours=7.0, exit_hours=3.0)
    with_none = over(users((5, 26.0)), "sagemaker_small", migration_hours=0.0, exit_hours=0.0)
    assert found.held and with_none.held
    more = found.held.cash - with_none.held.cash
    hour = float(FILE.labor.hour("platform_engineer").usd)
    assert more[0] == pytest.approx(7.0 * hour)
    assert more[-1] == pytest.approx(3.0 * hour)
    assert more[1:-1] == pytest.approx(0.0)


def test_the_month_in_which_the_verdict_turns() -> None:
    dearer = over(
        replace(FILE, "growth", (Growth(path="usage.hours", by="add", amount=-20.0),)),
        "sagemaker_small",
    )
    assert dearer.held
    difference = dearer.held.effective - dearer.effective
    month = dearer.turns_in_month
    assert month is None or difference[month - 1] * difference[0] < 0
    rising = over(users((6, 26.0)), "sagemaker_small")
    assert rising.held
    assert (rising.held.effective - rising.effective)[0] < 0
    assert rising.turns_in_month == 6
    assert over(FILE, "sagemaker_small").turns_in_month is None
    assert over(GROWING).turns_in_month is None


def test_a_plan_s_own_price_may_change() -> None:
    plan: ManagedPlan = PLANS["comet_pro"]
    scenario = changed(
        FILE,
        plans=(plan,),
        growth=(Growth(path="plans.comet_pro.seat_usd", amount=1.0, per="year"),),
    )
    held = over(scenario, "comet_pro").held
    assert held
    assert held.effective[[12, 24]] - held.effective[0] == pytest.approx([5.0, 10.0])


# --- The list of rules -------------------------------------------------------------


def test_a_rule_takes_the_place_of_that_for_the_same_path() -> None:
    other = Growth(path=STORED, amount=5.0)
    assert with_rule(GROWING.growth, other) == (other, GROWING.growth[1])
    new = Growth(path="team.users", amount=1.0)
    assert with_rule(GROWING.growth, new) == (*GROWING.growth, new)
    assert without_rule(GROWING.growth, STORED) == GROWING.growth[1:]
