"""Own rates, own lines and discounts that somebody can check with a pencil."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.own import OwnLine
from tests.model.charges.by_hand import RESERVED, estimated, line
from tests.support import ARTICLE, BOOK, LINE_MONTHLY, LINE_ONCE, changed, own_rate


def test_a_part_s_discount_takes_the_place_of_the_whole_estimate_s() -> None:
    outcome = estimated(ARTICLE, discount=10.0, server__discount=25.0, artifact_store__discount=0.0)
    assert outcome.by_component["server"] == pytest.approx(69.12 * 0.75)
    assert outcome.by_component["metadata_store"] == pytest.approx((123.12 + 2.30) * 0.9)
    assert outcome.by_component["artifact_store"] == pytest.approx(23.552)
    assert outcome.list_cost == pytest.approx(estimate(ARTICLE, BOOK).list_cost)


def test_no_discount_on_own_rates_own_lines_or_labor() -> None:
    scenario = changed(
        ARTICLE,
        own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 0.05)),),
        own_lines=(LINE_MONTHLY, LINE_ONCE),
    )
    before, after = estimate(scenario, BOOK), estimated(scenario, discount=50.0)
    assert after.by_component["server"] == before.by_component["server"] == pytest.approx(36 + 25)
    assert after.labor == before.labor
    assert after.by_component["metadata_store"] == pytest.approx(125.42 / 2)


def test_an_own_rate_with_tiers_and_a_free_quantity() -> None:
    rate = own_rate("transfer/internet", (0.0, 0.08), (1000.0, 0.01), free=500.0)
    outcome = estimated(ARTICLE, own_rates=(rate,), network__transfer_out_gb=2100.0)
    # 500 GB are free by the rate, in place of the allowance; 1,000 and 600 are billed.
    assert outcome.by_component["network"] == pytest.approx(80 + 6)
    first = line(outcome, "Data transfer out (first 1,000 GB)")
    assert (first.price.state, first.price.source) == ("own", "your rate")
    assert line(outcome, "Data transfer out (over 1,000 GB)").explanation == (
        "((2,100 GB − 500 GB free) − 1,000 GB) × $0.01 / GB = $6.00"
    )


def test_an_own_rate_with_an_upfront_part() -> None:
    sku = "ec2/t3.medium/1y/standard/partial_upfront"
    rate = own_rate(sku, (0.0, 0.0124), upfront=109.0)
    outcome = estimated(
        RESERVED, hours_in_month=730.0, server__ec2__instance_type="t3.medium", own_rates=(rate,)
    )
    assert outcome.by_component["server"] == pytest.approx(0.0124 * 730 + 109 / 12)
    assert outcome.cash(1) - outcome.cash(2) == pytest.approx(109)


def test_free_hours_of_an_own_rate_make_no_upfront_free() -> None:
    sku = "ec2/m5.large/1y/standard/partial_upfront"
    rate = own_rate(sku, (0.0, 0.03), free=20.0, upfront=120.0)
    outcome = estimated(RESERVED, own_rates=(rate,))
    assert outcome.by_component["server"] == pytest.approx(700 * 0.03 + 10)


def test_a_commitment_beside_an_own_on_demand_rate_in_tiers() -> None:
    rate = own_rate("ec2/m5.large/on_demand", (0.0, 0.09), (100.0, 0.05))
    outcome = estimated(RESERVED, own_rates=(rate,))
    assert outcome.by_component["server"] == pytest.approx(720 * 0.029 + 256 / 12)
    hourly = line(outcome, "Instance hours (m5.large, reserved 1 year, standard, partial upfront)")
    assert hourly.list_cost == pytest.approx(720 * 0.09)


def test_an_own_rate_of_another_region_is_not_used() -> None:
    rate = own_rate("ec2/m5.large/on_demand", (0.0, 5.0), region_id="eu-west-1")
    outcome = estimated(ARTICLE, own_rates=(rate,))
    assert outcome.effective_cost == estimate(ARTICLE, BOOK).effective_cost


def test_own_lines_by_the_month_and_once() -> None:
    outcome = estimated(ARTICLE, own_lines=(LINE_MONTHLY, LINE_ONCE))
    firewall, audit = line(outcome, "Firewall"), line(outcome, "Audit")
    assert (firewall.component, audit.component) == ("server", "labor")
    assert firewall.explanation == "2 units × $12.50 / unit = $25.00"
    assert audit.explanation == "3 days ÷ 36 months × $900 / day = $75.00"
    assert (audit.cash(1), audit.cash(2), audit.cash(37)) == (pytest.approx(2700), 0, 0)
    assert {c.price.source for c in (firewall, audit)} == {"your line"}


@pytest.mark.parametrize("component", COMPONENTS)
def test_an_own_line_stands_in_any_part(component: str) -> None:
    own = OwnLine.model_validate({"id": "x", "name": "X", "component": component, "usd": 7.0})
    before, after = estimate(ARTICLE, BOOK), estimated(ARTICLE, own_lines=(own,))
    gained = {c for c in COMPONENTS if after.by_component[c] != before.by_component[c]}
    assert gained == {component}
    assert after.effective_cost - before.effective_cost == pytest.approx(7)
