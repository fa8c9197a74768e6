"""Cash by month: what is due when, and that months add up to what the estimate says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.cash import CashPlan, cash_plan
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import drawn
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from tests.support import ARTICLE, BOOK, NOTHING, SCENARIOS, changed

RESERVED = changed(
    ARTICLE,
    server__ec2__purchase="reserved",
    server__ec2__payment="all_upfront",
    horizon_months=30.0,
)


def test_renewals_come_when_a_term_ends() -> None:
    plan = cash_plan(estimate(RESERVED, BOOK))
    paid = [(m.month, d.usd) for m in plan.months for d in m.due if "Upfront" in d.description]
    assert paid == [(1, 494.0), (13, 494.0), (25, 494.0)]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_months_are_the_estimate_s(scenario: Scenario) -> None:
    outcome = estimate(scenario, BOOK)
    plan = cash_plan(outcome)
    assert [m.usd for m in plan.months] == pytest.approx(
        [float(outcome.cash(float(number))) for number in range(1, len(plan.months) + 1)]
    )
    assert plan.first_month == pytest.approx(float(outcome.billed_cost))
    assert sum(m.usd for m in plan.months[:12]) == pytest.approx(plan.first_year)
    for month in plan.months:
        assert month.usd == pytest.approx(plan.other_months + sum(d.usd for d in month.due))


def test_what_is_paid_in_the_last_month_is_in_no_other() -> None:
    """Also where the horizon ends with the second month."""
    leaving = changed(Scenario(), horizon_months=2.0, labor__tasks__exit__hours=10.0)
    outcome = estimate(leaving, BOOK)
    assert outcome.cash(2) - outcome.other_months == pytest.approx(10 * 91.4)


def test_a_part_of_a_month_is_a_month() -> None:
    assert len(cash_plan(estimate(changed(ARTICLE, horizon_months=1.5), BOOK)).months) == 2


def test_unknown_prices_are_left_out() -> None:
    plan = cash_plan(estimate(RESERVED, NOTHING))
    assert plan.other_months == pytest.approx(float(estimate(RESERVED, NOTHING).cash(2)))


def figures_at(plan: CashPlan, draw: int) -> list[Any]:
    """All figures of one draw, with the months' rows of `other_months`."""

    def of_draw(usd: Value) -> float:
        return float(np.ravel(usd)[draw if np.size(usd) > 1 else 0])

    months = [(of_draw(m.usd), {d.description: of_draw(d.usd) for d in m.due}) for m in plan.months]
    return [months, of_draw(plan.first_year), of_draw(plan.total)]


def test_draws_and_months_are_paid_as_each_of_them_alone() -> None:
    hours = np.array([[3.0, 5.0, 9.0]])
    replicas = np.linspace(1.0, 4.0, 30).round()[:, np.newaxis]
    path, grown = "labor.tasks.incidents.hours", {"server.ec2.replicas": replicas}
    plan = cash_plan(estimate(drawn(RESERVED, {**grown, path: hours}), BOOK))
    assert np.shape(plan.months[0].usd) == (3,)
    bought = [m.month for m in plan.months if any("Upfront" in d.description for d in m.due)]
    assert bought[0] == 1
    assert len(bought) > 3  # more of them as they are needed, beside the renewals
    for draw, value in enumerate(hours[0]):
        one = changed(RESERVED, labor__tasks__incidents__hours=float(value))
        alone = cash_plan(estimate(drawn(one, grown), BOOK))
        assert isinstance(alone.months[0].usd, float)
        assert figures_at(plan, draw)[1:] == pytest.approx(figures_at(alone, 0)[1:])
        for (usd, due), (usd_alone, due_alone) in zip(
            figures_at(plan, draw)[0], figures_at(alone, 0)[0], strict=True
        ):
            assert usd == pytest.approx(usd_alone)
            assert due == pytest.approx(due_alone)
