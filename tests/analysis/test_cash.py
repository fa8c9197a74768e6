"""Cash by month: what is due when, and that months add up to what the estimate says."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.cash import cash_plan
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
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
