"""How sure the cost is: worked figures, the same draws for plan and scenario, and the band."""

from __future__ import annotations

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.managed_plans import with_plan
from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.analysis.uncertainty import (
    LIVE,
    MANY,
    band_over_time,
    edits_for_range,
    percentiles,
    uncertainty,
    with_range,
    without_range,
)
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.growth import PRICES, Growth
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import BOOK, NOTHING, SCENARIOS, changed
from tests.support import PRICES as FIXED_PRICES

PLANS = {plan.id: plan for plan in read_plans(FIXED_PRICES / "managed")}
SMALL = PLANS["sagemaker_small"]
FILE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
US_EAST = Shelf(FIXED_PRICES / "aws").book("us-east-1")
HOURS, ENGINEER, INCIDENT, STORED, USERS = (
    "usage.hours",
    "labor.platform_engineer_usd",
    "labor.tasks.incidents.hours",
    "artifact_store.stored_gb",
    "team.users",
)
USAGE = Range(path=HOURS, low=160.0, high=720.0, shape="triangle")
RATE = Range(path=ENGINEER, low=70.0, high=130.0, shape="triangle")
LENGTH = Range(path=INCIDENT, low=3.0, high=12.0, shape="triangle")


def with_ranges(scenario: Scenario, *ranges: Range) -> Scenario:
    return replace(scenario, "ranges", ranges)


# --- Worked by hand ----------------------------------------------------------------


def test_usage_hours_of_a_triangle() -> None:
    scenario = with_ranges(replace(FILE, HOURS, 320.0), USAGE)
    found = uncertainty(scenario, US_EAST, count=MANY)
    of = found.percentiles
    assert [of[10], of[50], of[90]] == pytest.approx([615.186, 627.731, 645.491], abs=5e-4)
    assert found.moments.mean == pytest.approx(629.139, abs=5e-4)
    assert 1 - found.share_up_to(630.0) == pytest.approx(0.43187, abs=1e-5)


@pytest.mark.parametrize("seed", [FILE.seed, 2, 3])
@pytest.mark.parametrize("count", [LIVE, MANY])
def test_hourly_rate_times_hours_of_an_incident(seed: int, count: int) -> None:
    scenario = replace(with_ranges(FILE, RATE, LENGTH), "seed", seed)
    found = uncertainty(scenario, US_EAST, count=count)
    of = found.percentiles
    assert [of[10], of[50], of[90]] == pytest.approx([611.47, 711.72, 840.20], rel=0.005)
    assert found.moments == pytest.approx((719.948, 88.560), abs=5e-4)


# --- The plan beside it ------------------------------------------------------------


def test_a_plan_meets_the_same_draws() -> None:
    """With draws of its own, the difference would be as wide as both costs together."""
    scenario = with_ranges(FILE, RATE, LENGTH)
    found = uncertainty(scenario, US_EAST, SMALL, count=500)
    assert found.plan_cost is not None
    for case in (0, 7, 499):
        alone = FILE
        for path, of in found.values.items():
            alone = replace(alone, path, float(of[case]))
        own = estimate(alone, US_EAST)
        bought = with_plan(alone, US_EAST, SMALL, own)
        assert found.cost[case] == pytest.approx(float(own.effective_cost))
        assert found.plan_cost[case] == pytest.approx(float(bought.effective_cost))
    assert found.plan_share == float(np.mean(found.plan_cost < found.cost))
    assert found.is_plan_cheaper is not None
    assert found.too_small_share == 0.0


def test_a_plan_without_room_is_not_cheaper() -> None:
    users = Range(path=USERS, low=1.0, high=49.0, shape="uniform")
    found = uncertainty(with_ranges(FILE, users), US_EAST, SMALL)
    # Of 1 to 49 users, 26 to 49 are more than its 25; the ends count half.
    assert found.too_small_share == pytest.approx(23.5 / 48, abs=1e-3)
    assert found.plan_share == pytest.approx(24.5 / 48, abs=1e-3)


def test_what_buying_saves_is_of_the_same_draws() -> None:
    found = uncertainty(with_ranges(FILE, RATE, LENGTH), US_EAST, SMALL, count=500)
    assert found.plan_cost is not None and found.savings is not None
    saved = found.cost - found.plan_cost
    assert found.savings[50] == pytest.approx(float(np.median(saved)), rel=1e-3)
    assert np.mean(saved <= found.savings[10]) == pytest.approx(0.1, abs=0.002)
    # Ends of both costs apart would be wider: they move together.
    apart = found.percentiles[90] - percentiles(found.plan_cost, (10,))[0]
    assert found.savings[90] < apart
    assert uncertainty(with_ranges(FILE, RATE), US_EAST, count=100).savings is None


def test_what_buying_saves_is_of_the_cases_with_room() -> None:
    users = Range(path=USERS, low=1.0, high=49.0, shape="uniform")
    found = uncertainty(with_ranges(FILE, users), US_EAST, SMALL)
    assert found.savings is not None and all(np.isfinite(list(found.savings.values())))
    full = uncertainty(with_ranges(replace(FILE, USERS, 40.0), RATE), US_EAST, SMALL, count=100)
    assert full.too_small_share == 1.0 and full.savings is None


def test_the_user_s_own_plan_has_ranges_too() -> None:
    mine = SMALL.model_copy(update={"id": "mine", "source": ""})
    scenario = replace(FILE, "plans", (mine,))
    hour = Range(path="plans.mine.hour_usd", low=0.3, high=1.2, shape="uniform")
    found = uncertainty(with_ranges(scenario, hour), US_EAST, mine)
    assert found.plan_cost is not None
    assert np.ptp(found.cost) == 0.0
    assert np.ptp(found.plan_cost) == pytest.approx(0.9 * 720, rel=1e-3)


# --- Without ranges, without prices ------------------------------------------------


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_without_ranges_every_case_is_the_estimate(scenario: Scenario) -> None:
    found = uncertainty(scenario, BOOK, count=10)
    now = float(estimate(scenario, BOOK).effective_cost)
    assert found.cost == pytest.approx(np.full(10, now))
    assert found.percentiles[50] == pytest.approx(now)
    assert (found.draws, found.plan, found.plan_share) == (10, None, None)


def test_unknown_prices_are_left_out_and_counted() -> None:
    found = uncertainty(with_ranges(FILE, RATE), NOTHING, count=100)
    assert found.unpriced == int(estimate(FILE, NOTHING).unpriced) > 0
    assert np.isfinite(found.cost).all()


def test_percentiles_of_middles_of_equal_parts() -> None:
    cost = (np.arange(10.0) + 0.5) / 10
    assert percentiles(cost, (10, 50, 90)) == pytest.approx([0.1, 0.5, 0.9])


def test_how_the_ends_read_matters_more_than_the_shape() -> None:
    def high(**fields: str) -> float:
        one = Range.model_validate({"path": STORED, "low": 512.0, "high": 6144.0, **fields})
        return uncertainty(with_ranges(FILE, one), US_EAST).percentiles[90]

    by_shape = [high(shape=shape) for shape in ("pert", "triangle", "lognormal")]
    by_reading = [high(shape="lognormal", reads=reads) for reads in ("extremes", "p10p90")]
    assert max(by_shape) - min(by_shape) < by_reading[1] - by_reading[0]


# --- Over the months ---------------------------------------------------------------

GROWING = replace(
    with_ranges(FILE, RATE, LENGTH),
    "growth",
    (
        Growth(path=STORED, amount=100.0),
        Growth(path=ENGINEER, by="percent", amount=3.0, per="year"),
        Growth(path=PRICES, by="percent", amount=5.0, per="year"),
    ),
)


def test_a_band_needs_both() -> None:
    assert band_over_time(replace(GROWING, "growth", ()), US_EAST) is None
    assert band_over_time(replace(GROWING, "ranges", ()), US_EAST) is None


def test_the_band_begins_as_uncertain_as_this_month() -> None:
    band = band_over_time(GROWING, US_EAST)
    now = uncertainty(GROWING, US_EAST).percentiles
    assert band is not None
    assert (band.low[0], band.high[0]) == pytest.approx((now[10], now[90]))
    along = projection(GROWING, US_EAST)
    assert len(band.low) == along.months
    assert (band.low < along.effective).all()
    assert (band.high > along.effective).all()
    assert along.band is not None
    assert np.array_equal(along.band.high, band.high)


def test_cases_are_estimated_some_at_a_time() -> None:
    whole = band_over_time(GROWING, US_EAST, count=500)
    parts = band_over_time(GROWING, US_EAST, count=500, at_once=36 * 7)
    assert whole is not None
    assert parts is not None
    assert np.array_equal(whole.low, parts.low)
    assert np.array_equal(whole.high, parts.high)


# --- Ranges of a scenario ----------------------------------------------------------


def test_a_range_takes_the_place_of_another() -> None:
    wider = RATE.model_copy(update={"high": 200.0})
    assert with_range((RATE, LENGTH), wider) == (wider, LENGTH)
    assert with_range((RATE,), LENGTH) == (RATE, LENGTH)
    assert without_range((RATE, LENGTH), ENGINEER) == (LENGTH,)
    assert edits_for_range(FILE, RATE).applied(FILE).ranges == (RATE,)
    assert changed(FILE, ranges=(RATE,)).ranges == (RATE,)
