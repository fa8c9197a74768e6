"""The ways to buy an EC2 machine: what is billed, and which of the four costs it moves."""

import pytest

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed, own_rate

PART_TIME = changed(ARTICLE, usage__hours=160.0)


def bought(purchase: str, **values: object) -> Estimate:
    values = {f"server__ec2__{name}": value for name, value in values.items()}
    return estimate(changed(PART_TIME, server__ec2__purchase=purchase, **values), BOOK)


def server_lines(outcome: Estimate) -> list[Charge]:
    return [c for c in outcome.charges if c.component == "server" and c.is_worth_showing]


def test_an_instance_savings_plan_costs_what_a_standard_reservation_costs() -> None:
    terms = {"term": "3y", "payment": "partial_upfront"}
    reserved, plan = bought("reserved", **terms), bought("instance_savings_plan", **terms)
    assert plan.effective_cost == reserved.effective_cost
    assert plan.billed_cost == reserved.billed_cost
    hourly, upfront = server_lines(plan)
    assert hourly.description == (
        "Instance hours (m5.large, EC2 Instance Savings Plan 3 years, partial upfront)"
    )
    assert hourly.price.sku_id == "ec2/m5.large/3y/instance_savings_plan/partial_upfront"
    assert {hourly.price.state, upfront.price.state} == {"estimated"}
    assert "standard reservations" in hourly.price.rule
    assert upfront.explanation == "1 instance ÷ 36 months × $515 / instance = $14.31"


def test_a_savings_plan_s_own_price_goes_before_the_estimate() -> None:
    rate = own_rate("ec2/m5.large/1y/instance_savings_plan/no_upfront", (0.0, 0.05))
    scenario = changed(PART_TIME, server__ec2__purchase="instance_savings_plan", own_rates=(rate,))
    (hourly,) = server_lines(estimate(scenario, BOOK))
    assert hourly.price.state == "own"
    assert hourly.effective_cost == pytest.approx(720 * 0.05)
    assert hourly.list_cost == pytest.approx(720 * 0.096)


def test_a_savings_plan_of_an_unknown_reservation_is_unknown() -> None:
    outcome = bought("instance_savings_plan", term="3y", payment="all_upfront")
    assert outcome.unpriced == 1


@pytest.mark.parametrize(
    ("purchase", "sku_id", "hours"),
    [
        ("spot", "ec2/m5.large/spot", 160.0),
        ("compute_savings_plan", "ec2/m5.large/1y/compute_savings_plan/no_upfront", 720.0),
    ],
)
def test_a_price_that_no_source_holds_is_the_user_s_to_give(
    purchase: str, sku_id: str, hours: float
) -> None:
    assert bought(purchase).unpriced == 1
    scenario = changed(
        PART_TIME, server__ec2__purchase=purchase, own_rates=(own_rate(sku_id, (0.0, 0.07)),)
    )
    outcome = estimate(scenario, BOOK)
    (hourly,) = server_lines(outcome)
    assert outcome.unpriced == 0
    assert hourly.effective_cost == pytest.approx(hours * 0.07)
    assert hourly.list_cost == pytest.approx(hours * 0.096)


def test_an_upfront_payment_comes_again_at_each_renewal_within_the_horizon() -> None:
    scenario = changed(
        PART_TIME,
        labor__tasks=(),
        server__ec2__purchase="instance_savings_plan",
        server__ec2__payment="all_upfront",
    )
    outcome = estimate(scenario, BOOK)
    others = outcome.cash(2)
    assert [float(outcome.cash(month) - others) for month in (1, 12, 13, 25, 36)] == [
        pytest.approx(paid) for paid in (494, 0, 494, 494, 0)
    ]
    assert outcome.first_year_cash == pytest.approx(494 + 12 * others)


def test_a_commitment_warns_of_idle_hours_and_of_a_term_beyond_the_horizon() -> None:
    scenario = changed(
        PART_TIME,
        horizon_months=24.0,
        server__ec2__purchase="reserved_typed",
        server__ec2__term="3y",
    )
    said = {notice.path: notice.text for notice in warnings(scenario, BOOK)}
    assert "every hour of the month" in said["server.ec2.purchase"]
    assert "36 months, longer than the horizon" in said["server.ec2.term"]
    assert warnings(changed(scenario, usage__hours=720.0, horizon_months=36.0), BOOK) == ()


def test_a_renewal_beyond_the_horizon_is_said() -> None:
    """Begun in months 1, 13 and 25, the last year of three ends in month 36 and not in 30."""
    reserved = changed(ARTICLE, server__ec2__purchase="reserved", horizon_months=30.0)
    (notice,) = (n for n in warnings(reserved, BOOK) if n.path == "server.ec2.term")
    assert "Renewed in month 25, the commitment binds until month 36" in notice.text
    assert not [
        n
        for n in warnings(changed(reserved, horizon_months=24.0), BOOK)
        if n.path == "server.ec2.term"
    ]


def test_spot_warns_that_a_tracking_server_must_always_be_there() -> None:
    scenario = changed(PART_TIME, server__ec2__purchase="spot")
    assert any("must always be there" in notice.text for notice in warnings(scenario, BOOK))
