"""One input over a range, and the two curves that are made of it."""

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.options import compare
from mlflow_cost_desktop.analysis.sweep import (
    BY_STORAGE,
    BY_USAGE,
    Question,
    curve,
    storage_range,
    sweep,
)
from mlflow_cost_desktop.charts.options import options_chart
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, RICH, SCENARIOS, TB, changed

HOURS = np.linspace(0.0, 720.0, 25)


def test_a_sweep_is_the_estimate_at_each_value() -> None:
    found = sweep(RICH, BOOK, "usage.hours", HOURS)
    assert (found.path, list(found.by_component)) == ("usage.hours", list(COMPONENTS))
    for at, hours in enumerate(HOURS):
        outcome = estimate(replace(RICH, "usage.hours", float(hours)), BOOK)
        assert found.total[at] == pytest.approx(outcome.effective_cost)
        for name, cost in found.by_component.items():
            assert np.broadcast_to(cost, HOURS.shape)[at] == pytest.approx(
                outcome.by_component[name]
            )


def test_parts_that_the_input_does_not_move_stay_floats() -> None:
    found = sweep(RICH, BOOK, "usage.hours", HOURS)
    moved = {name for name, cost in found.by_component.items() if isinstance(cost, np.ndarray)}
    assert moved == {"server"}
    assert {type(cost) for name, cost in found.by_component.items() if name not in moved} == {float}


def test_the_total_leaves_its_parts_alone() -> None:
    found = sweep(RICH, BOOK, "artifact_store.stored_gb", HOURS)
    before = np.array(found.by_component["artifact_store"])
    assert found.total[0] > 0
    np.testing.assert_array_equal(found.by_component["artifact_store"], before)


def test_an_input_that_moves_nothing_has_a_flat_total() -> None:
    found = sweep(ARTICLE, BOOK, "server.ec2.peak_hours", HOURS)
    assert found.total.shape == HOURS.shape
    assert np.ptp(found.total) == 0
    assert found.total[0] == pytest.approx(float(estimate(ARTICLE, BOOK).effective_cost))


def test_no_values_give_no_costs() -> None:
    assert sweep(RICH, BOOK, "usage.hours", np.array([])).total.shape == (0,)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(UserError, match="There is no field 'usage.minutes'"):
        sweep(RICH, BOOK, "usage.minutes", HOURS)


def test_values_may_lie_beyond_the_field_s_bounds() -> None:
    assert sweep(RICH, BOOK, "artifact_store.stored_gb", np.array([1e12])).total[0] > 1e10


@pytest.mark.parametrize("name", SCENARIOS)
def test_cost_by_usage_hours(name: str) -> None:
    scenario = SCENARIOS[name]
    found = curve(BY_USAGE, scenario, BOOK, estimate(scenario, BOOK))
    assert found.sweep.values[0] == 0
    assert found.sweep.values[-1] == scenario.hours_in_month
    assert np.isfinite(found.sweep.total).all()
    assert found.current_x == scenario.usage.factor(scenario.hours_in_month).value
    # The marker stands on the curve, whether hours are typed or come from a schedule.
    at = np.interp(found.current_x, found.sweep.values, found.sweep.total)
    assert found.current_cost == pytest.approx(at, rel=1e-3)


def test_the_whole_month_of_the_article_on_the_curve() -> None:
    found = curve(BY_USAGE, ARTICLE, BOOK, estimate(ARTICLE, BOOK))
    server = np.asarray(found.sweep.by_component["server"])
    assert server[0] == 0
    assert server[-1] == pytest.approx(69.12)
    assert found.current_x == 720
    assert found.current_cost == pytest.approx(found.sweep.total[-1])


def test_a_plan_held_against_the_total_is_its_estimate_at_each_value() -> None:
    plan = ManagedPlan(id="saas", name="Saas", hour_usd=0.5, gb_usd=0.1, most_gb=2048.0)
    own = estimate(ARTICLE, BOOK)
    by_usage = curve(BY_USAGE, ARTICLE, BOOK, own, plan=plan).plan
    assert by_usage
    # moving in and out is 81.24, 1,024 GB are 102.40
    assert by_usage.total[[0, -1]] == pytest.approx([183.6444, 183.6444 + 360.0], abs=1e-3)
    by_storage = curve(BY_STORAGE, ARTICLE, BOOK, own, plan=plan).plan
    assert by_storage
    assert by_storage.values[-1] == 2048.0  # what it has room for
    assert by_storage.total[-1] == pytest.approx(81.2444 + 204.8 + 360.0, abs=1e-3)
    assert curve(BY_USAGE, ARTICLE, BOOK, own).plan is None


def test_where_a_plan_costs_as_much_as_something_else() -> None:
    plan = ManagedPlan(id="saas", name="Saas", hour_usd=0.5)
    found = curve(BY_USAGE, ARTICLE, BOOK, estimate(ARTICLE, BOOK), plan=plan)
    assert found.plan
    at_300 = float(np.interp(300.0, found.values, found.plan.total))
    level = np.full(found.values.shape, at_300)
    assert found.plan.meets(found.values, level) == pytest.approx((300.0,), abs=1e-6)
    assert found.plan.meets(found.values, level + 1e6) == ()


def test_usage_beyond_the_month_is_marked_at_its_end() -> None:
    scenario = changed(ARTICLE, usage__hours=900.0)
    found = curve(BY_USAGE, scenario, BOOK, estimate(scenario, BOOK))
    assert found.current_x == found.sweep.values[-1] == 720


def test_a_reserved_server_costs_the_same_at_any_usage() -> None:
    scenario = changed(ARTICLE, server__ec2__purchase="reserved")
    assert np.ptp(curve(BY_USAGE, scenario, BOOK, estimate(scenario, BOOK)).sweep.total) == 0


@pytest.mark.parametrize("stored", [0.0, 1.0, 1024.0, 60_000.0, 1e9])
def test_cost_by_artifact_storage(stored: float) -> None:
    scenario = changed(Scenario(), artifact_store__stored_gb=stored)
    found = curve(BY_STORAGE, scenario, BOOK, estimate(scenario, BOOK))
    assert found.sweep.values[0] == 0
    assert found.sweep.values[-1] == storage_range(stored) >= 4 * stored
    assert found.current_x == stored
    at = np.interp(stored, found.sweep.values, found.sweep.total)
    assert found.current_cost == pytest.approx(at, rel=1e-3)
    assert np.all(np.diff(found.sweep.total) > 0)


@pytest.mark.parametrize(
    ("stored", "upper"),
    [
        (0.0, 100.0),
        (25.0, 100.0),
        (25.1, 200.0),
        (125.0, 500.0),
        (126.0, TB),
        (1024.0, 5 * TB),
        (2.5 * TB, 10 * TB),
        (60 * TB, 500 * TB),
    ],
)
def test_the_storage_axis_ends_at_a_round_size(stored: float, upper: float) -> None:
    assert storage_range(stored) == upper


def test_a_plan_s_curve_ends_where_it_has_no_room_along_the_axis() -> None:
    plan = ManagedPlan(id="saas", name="Saas", seat_usd=10.0, most_seats=8.0, most_gb=512.0)
    own = estimate(ARTICLE, BOOK)
    by_users = curve(Question("team.users"), ARTICLE, BOOK, own, plan=plan).plan
    assert by_users is not None
    assert by_users.values.max() == 8.0
    # It holds less than there is, however many users there are: it is drawn, and says so.
    assert by_users.label == "Saas (too small, your figure)"
    roomy = plan.model_copy(update={"most_gb": None, "source": "Saas Inc."})
    held = curve(BY_USAGE, ARTICLE, BOOK, own, plan=roomy).plan
    assert held is not None
    assert held.label == "Saas"


def test_what_qualifies_a_plan_stands_in_its_curve_s_name() -> None:
    plan = ManagedPlan(
        id="saas",
        name="Saas",
        software="other",
        certainty="doubtful",
        region_id="eu-west-1",
        source="Saas Inc.",
        hour_usd=1.0,
    )
    own = estimate(ARTICLE, BOOK)
    found = curve(BY_STORAGE, ARTICLE, BOOK, own, plan=plan)
    assert found.plan is not None
    label = "Saas (not MLflow, doubtful, price of eu-west-1)"
    assert found.plan.label == label
    for chart in (
        parts_chart(found, PLAIN),
        options_chart(compare(BY_STORAGE, ARTICLE, BOOK, own, plan=plan), PLAIN),
    ):
        assert [series.full_name for series in chart.series if series.key == "plan"] == [label]
        assert f" {label}, dashed" in chart.in_words(0.0, 2048.0)
        assert chart.table(0.0, 2048.0).headings[-1] == label
