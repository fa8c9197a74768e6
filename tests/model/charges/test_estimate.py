"""Estimates that somebody can check with a pencil, line by line."""

import math
from dataclasses import replace

import numpy as np
import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.own import OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.model.charges.by_hand import RESERVED, cost, estimated, line
from tests.support import ARTICLE, BOOK, NOTHING, PRICES, RICH, SCENARIOS, changed


@pytest.mark.parametrize(
    "book", [BOOK, Shelf(PRICES / "aws").book("us-east-1")], ids=["by hand", "of a file"]
)
def test_the_article_s_small_team(book: PriceBook) -> None:
    outcome = estimate(ARTICLE, book)
    assert cost(outcome, "Instance hours (m5.large") == "$69.12"
    assert cost(outcome, "Instance hours (db.m5.large") == "$123.12"
    assert cost(outcome, "Storage (gp2") == "$2.30"
    assert cost(outcome, "S3 Standard storage (first") == "$23.55"
    assert PLAIN.money(float(outcome.infrastructure)) == "$218.09"
    assert outcome.unpriced == 0
    assert outcome.list_cost == outcome.effective_cost


def test_the_article_s_arithmetic_in_words() -> None:
    outcome = estimate(ARTICLE, BOOK)
    assert line(outcome, "Instance hours (m5.large").explanation == (
        "1 instance × 720 h × $0.096 / h = $69.12"
    )
    assert line(outcome, "Instance hours (db.m5.large").explanation == (
        "1 instance × 720 h × $0.171 / h = $123.12"
    )
    assert line(outcome, "Storage (gp2").explanation == (
        "1 instance × 20 GB × $0.115 / GB-month = $2.30"
    )
    assert line(outcome, "S3 Standard storage (first").explanation == (
        "1,024 GB × $0.023 / GB-month = $23.55"
    )


def test_lines_of_nothing_cost_nothing() -> None:
    free = {
        charge.description
        for charge in estimate(ARTICLE, BOOK).charges
        if charge.effective_cost == 0
    }
    assert free == {
        "Peak instance hours (m5.large, on demand)",
        "Root volume (gp3)",
        "Root volume IOPS beyond 3,000 (gp3)",
        "Root volume throughput beyond 125 MiB/s (gp3)",
        "Peak root volume (gp3)",
        "Peak root volume IOPS beyond 3,000 (gp3)",
        "Peak root volume throughput beyond 125 MiB/s (gp3)",
        "Backups beyond the free size",
        "S3 Standard storage (next 450 TB)",
        "S3 Standard storage (over 500 TB)",
        "PUT and LIST requests",
        "GET requests",
        "First upload",
        "Data transfer out (first 10 TB)",
        "Data transfer out (next 40 TB)",
        "Data transfer out (next 100 TB)",
        "Data transfer out (over 150 TB)",
        "Transfer to us-west-2",
        "Transfer between zones",
        "Public IPv4 addresses",
        "Idle IPv4 addresses",
        "Container images",
        "Opportunity cost",
    }


def test_fewer_usage_hours_stop_the_server_and_not_the_database() -> None:
    outcome = estimated(ARTICLE, usage__hours=160.0)
    assert cost(outcome, "Instance hours (m5.large") == "$15.36"
    assert cost(outcome, "Instance hours (db.m5.large") == "$123.12"


def test_the_article_s_schedule_makes_160_hours() -> None:
    outcome = estimated(ARTICLE, usage__by="schedule", usage__weeks_per_month=4.0)
    assert cost(outcome, "Instance hours (m5.large") == "$15.36"


def test_a_schedule_without_weeks_fills_the_month() -> None:
    outcome = estimated(
        ARTICLE,
        hours_in_month=730.0,
        usage__by="schedule",
        usage__hours_per_day=4.0,
        usage__days_per_week=7.0,
    )
    charge = line(outcome, "Instance hours (m5.large")
    assert charge.pricing_quantity == pytest.approx(4 * 365 / 12)
    assert charge.explanation.startswith(
        "1 instance × (7 days × (730 h ÷ 168 h a week) × 4 h) × $0.096 / h"
    )


def test_more_usage_than_the_month_has_is_not_billed() -> None:
    assert cost(estimated(ARTICLE, usage__hours=1000.0), "Instance hours (m5.large") == "$69.12"


def test_a_database_that_is_stopped_outside_the_usage_hours() -> None:
    outcome = estimated(ARTICLE, usage__hours=160.0, metadata_store__rds__runs="usage_hours")
    assert cost(outcome, "Instance hours (db.m5.large") == "$27.36"
    assert cost(outcome, "Storage (gp2") == "$2.30"


def test_reserved_at_a_typed_discount_of_40_percent() -> None:
    outcome = estimated(ARTICLE, server__ec2__purchase="reserved_typed", usage__hours=160.0)
    reserved = line(outcome, "Instance hours (m5.large, committed 1 year)")
    assert PLAIN.money(float(reserved.effective_cost)) == "$41.47"
    assert reserved.list_cost == pytest.approx(69.12)
    assert reserved.explanation == (
        "1 instance × 720 h × $0.096 / h × (1 − 40 % [your commitment discount]) = $41.47"
    )


def test_the_101st_gigabyte_out_costs_nine_cents() -> None:
    without = estimate(ARTICLE, BOOK).effective_cost
    outcome = estimated(ARTICLE, network__transfer_out_gb=101.0)
    assert outcome.effective_cost - without == pytest.approx(0.09)
    assert estimated(ARTICLE, network__transfer_out_gb=100.0).effective_cost == without
    assert line(outcome, "Data transfer out (first").explanation == (
        "(101 GB − 100 GB free) × $0.09 / GB = $0.09"
    )


def test_another_region_s_prices_apply_to_every_line() -> None:
    shelf = Shelf(PRICES / "aws")
    ireland, virginia = (estimate(ARTICLE, shelf.book(r)) for r in ("eu-west-1", "us-east-1"))
    assert cost(ireland, "Instance hours (m5.large") == "$77.04"
    assert ireland.labor == virginia.labor
    assert ireland.infrastructure > virginia.infrastructure


def test_partial_upfront_is_spread_over_the_term() -> None:
    outcome = estimate(RESERVED, BOOK)
    name = "(m5.large, reserved 1 year, standard, partial upfront)"
    hourly, upfront = (c for c in outcome.charges if c.description.endswith(name))
    assert hourly.explanation == "1 instance × 720 h × $0.029 / h = $20.88"
    assert hourly.description == f"Instance hours {name}"
    assert upfront.description == f"Upfront payment {name}"
    assert upfront.explanation == "1 instance ÷ 12 months × $256 / instance = $21.33"
    assert outcome.by_component["server"] == pytest.approx(720 * 0.029 + 256 / 12)


def test_four_costs_of_a_commitment() -> None:
    others = 123.12 + 2.30 + 23.552
    outcome = estimated(RESERVED, server__discount=10.0)
    assert outcome.list_cost == pytest.approx(69.12 + others)
    assert outcome.contracted_cost == pytest.approx(69.12 * 0.9 + others)
    assert outcome.effective_cost == pytest.approx((20.88 + 256 / 12) * 0.9 + others)
    assert outcome.billed_cost == pytest.approx((20.88 + 256) * 0.9 + others)


def test_cash_by_month_with_renewals_within_the_horizon() -> None:
    outcome = estimate(RESERVED, BOOK)
    steady = 20.88 + 123.12 + 2.30 + 23.552
    cash = [float(outcome.cash(month)) for month in range(1, 37)]
    renewed = [month for month, usd in enumerate(cash, 1) if usd > steady + 1]
    assert renewed == [1, 13, 25]
    assert cash[12] == pytest.approx(steady + 256)
    assert math.fsum(cash) == pytest.approx(float(outcome.horizon_total))
    assert outcome.first_year_cash == pytest.approx(12 * steady + 256)
    assert outcome.has_one_off


def test_a_three_year_commitment_is_spread_over_36_months() -> None:
    outcome = estimated(RESERVED, server__ec2__term="3y")
    assert outcome.by_component["server"] == pytest.approx(720 * 0.02 + 515 / 36)
    assert [m for m in range(1, 73) if outcome.cash(m) > 500] == [1, 37]


def test_all_upfront_bills_no_hour() -> None:
    outcome = estimated(RESERVED, server__ec2__payment="all_upfront")
    assert outcome.by_component["server"] == pytest.approx(494 / 12)
    assert outcome.cash(1) - outcome.cash(2) == pytest.approx(494)


def test_the_month_convention_leaves_the_upfront_part_alone() -> None:
    short, long = (estimated(RESERVED, hours_in_month=h, usage__hours=1.0) for h in (720.0, 744.0))
    assert long.by_component["server"] - short.by_component["server"] == pytest.approx(24 * 0.029)


def test_peaks_of_a_reserved_server_are_on_demand() -> None:
    outcome = estimated(RESERVED, server__ec2__peak_replicas=1.0, server__ec2__peak_hours=10.0)
    assert cost(outcome, "Peak instance hours (m5.large, on demand)") == "$0.96"


def test_labor_by_period_and_role() -> None:
    outcome = estimate(ARTICLE, BOOK)
    assert line(outcome, "Set-up").explanation == (
        "1 time × 24 h ÷ 36 months × $91.40 / h = $60.93"
    )
    assert line(outcome, "Version upgrades").explanation == (
        "2 times × 4 h ÷ 12 months × $91.40 / h = $60.93"
    )
    assert line(outcome, "Monitoring").explanation == "1 time × 1 h × $91.40 / h = $91.40"
    other = estimated(ARTICLE, labor__tasks__monitoring__role="data_scientist")
    assert cost(other, "Monitoring") == "$77.40"


def test_set_up_is_paid_in_the_first_month() -> None:
    outcome = estimate(ARTICLE, BOOK)
    assert outcome.cash(1) - outcome.cash(2) == pytest.approx(24 * 91.4)
    assert outcome.first_year_cash == pytest.approx(12 * float(outcome.cash(2)) + 24 * 91.4)
    assert outcome.horizon_total == pytest.approx(sum(outcome.cash(m) for m in range(1, 37)))


def test_a_short_horizon_has_a_short_first_year() -> None:
    outcome = estimated(ARTICLE, horizon_months=6.0)
    assert outcome.first_year_cash == pytest.approx(float(outcome.horizon_total))


@pytest.mark.parametrize("name", SCENARIOS)
def test_parts_add_up(name: str) -> None:
    outcome = estimate(SCENARIOS[name], BOOK)
    assert list(outcome.by_component) == list(COMPONENTS)
    assert sum(outcome.by_component.values()) == pytest.approx(float(outcome.effective_cost))
    assert outcome.infrastructure + outcome.labor == pytest.approx(float(outcome.effective_cost))
    assert outcome.contracted_cost <= outcome.list_cost
    assert outcome.billed_cost == outcome.cash(1)
    if name != "unknown prices":
        assert outcome.unpriced == 0


def test_an_unknown_price_is_left_out_and_counted() -> None:
    outcome = estimated(ARTICLE, server__ec2__instance_type="m9.large", labor__tasks=())
    assert math.isnan(float(line(outcome, "Instance hours (m9.large").effective_cost))
    assert outcome.unpriced == 1  # peaks have the same price, and no hours
    for total in (outcome.list_cost, outcome.contracted_cost, outcome.effective_cost):
        assert total == pytest.approx(123.12 + 2.30 + 23.552)
    assert outcome.billed_cost == outcome.effective_cost
    assert outcome.by_component["server"] == 0


def test_an_unknown_price_on_nothing_is_not_missing() -> None:
    outcome = estimated(ARTICLE, server__ec2__instance_type="m9.large", server__ec2__replicas=0.0)
    assert outcome.unpriced == 0
    assert outcome.by_component["server"] == 0


def test_a_region_without_any_price() -> None:
    outcome = estimate(RICH, NOTHING)
    assert outcome.infrastructure == pytest.approx(25)  # the user's own line
    assert outcome.unpriced == 11
    assert outcome.labor > 0
    assert outcome.price_dates is None


def test_totals_of_a_sweep_leave_unknown_prices_out_too() -> None:
    # Without volumes, of which peak hours within the usage hours are a factor too.
    scenario = changed(RICH, server__ec2__instance_type="m9.large", server__ec2__root_volume_gb=0.0)
    hours = np.array([0.0, 100.0, 200.0])
    outcome = estimate(swept(scenario, "usage.hours", hours), BOOK)
    np.testing.assert_equal(outcome.unpriced, [0.0, 2.0, 2.0])
    known = estimate(changed(scenario, usage__hours=0.0), BOOK)
    for total in ("list_cost", "contracted_cost", "effective_cost", "billed_cost"):
        np.testing.assert_allclose(getattr(outcome, total), [getattr(known, total)] * 3)


def test_many_instance_types_at_once() -> None:
    types = np.array(["m5.large", "m9.large", "t3.medium"])
    outcome = estimate(swept(ARTICLE, "server.ec2.instance_type", types), BOOK)
    hours = next(c for c in outcome.charges if c.description.startswith("Instance hours"))
    np.testing.assert_allclose(hours.effective_cost, [69.12, np.nan, 29.952])
    np.testing.assert_equal(outcome.unpriced, [0.0, 1.0, 0.0])
    np.testing.assert_allclose(outcome.by_component["server"], [69.12, 0.0, 29.952])


def test_an_estimate_of_many_types_counts_each_estimated_price() -> None:
    book = Shelf(PRICES / "aws").book("us-east-1")
    plan = changed(
        ARTICLE,
        server__ec2__purchase="instance_savings_plan",
        server__ec2__payment="partial_upfront",
    )
    types = np.array(["m5.large", "m9.large", "c5.large"])
    at_once = estimate(swept(plan, "server.ec2.instance_type", types), book)
    alone = [estimate(changed(plan, server__ec2__instance_type=str(name)), book) for name in types]
    np.testing.assert_equal(at_once.estimated, [outcome.estimated for outcome in alone])
    assert at_once.estimated[0] == 2  # type: ignore[index]  # the hourly and the upfront part
    assert at_once.price_dates == alone[0].price_dates


def test_dates_of_the_provider_s_prices() -> None:
    assert estimate(ARTICLE, BOOK).price_dates == ("2026-01-31", "2026-01-31")


def test_estimated_prices_are_counted_where_they_cost_something() -> None:
    book = Shelf(PRICES / "aws").book("us-east-1")
    assert estimate(ARTICLE, book).estimated == 0
    assert estimate(RESERVED, book).estimated == 2  # the hourly and the upfront part


def test_an_estimate_is_pure() -> None:
    before = RICH.model_dump_json()
    assert estimate(RICH, BOOK).effective_cost == estimate(RICH, BOOK).effective_cost
    assert RICH.model_dump_json() == before


def test_defaults_cost_something_and_lack_no_price() -> None:
    outcome = estimate(Scenario(), Shelf(PRICES / "aws").book("us-east-1"))
    assert outcome.unpriced == 0
    # The free allowance covers a small team's transfer.
    assert [name for name, cost in outcome.by_component.items() if cost == 0] == ["network"]


def test_a_price_s_free_quantity_and_tiers_are_there_once_for_all_its_lines() -> None:
    # 2 × 720 h and 2 × 100 h at peak: 1,640 h − 750 free = 890 h × $0.096 = $85.44
    peaks = {"server__ec2__replicas": 2.0, "server__ec2__peak_hours": 100.0}
    sku = "ec2/m5.large/on_demand"

    def server(*tiers: RateTier, free: float = 0.0, peak_replicas: float) -> float:
        rate = OwnRate(
            sku_id=sku, provider_id="aws", region_id=BOOK.region_id, tiers=tiers, free_quantity=free
        )
        scenario = changed(ARTICLE, own_rates=(rate,), **peaks)
        scenario = changed(scenario, server__ec2__peak_replicas=peak_replicas)
        return float(estimate(scenario, BOOK).by_component["server"])

    assert server(RateTier(usd=0.096), free=750.0, peak_replicas=2.0) == pytest.approx(85.44)
    # 1,440 h and 10 × 100 h: the first 1,000 h at $0.10, 1,440 h at $0.05
    tiers = RateTier(usd=0.1), RateTier(begin=1000.0, usd=0.05)
    assert server(*tiers, peak_replicas=10.0) == pytest.approx(172.0)


def test_govcloud_has_no_free_transfer() -> None:
    scenario = changed(ARTICLE, network__transfer_out_gb=500.0)
    for region_id, billed_gb in (("eu-west-1", 400.0), ("us-gov-west-1", 500.0)):
        outcome = estimate(scenario, replace(BOOK, region_id=region_id))
        lines = [c for c in outcome.charges if c.description.startswith("Data transfer out")]
        assert sum(float(c.pricing_quantity) for c in lines) == billed_gb
        told = [notice.path for notice in warnings(scenario, replace(BOOK, region_id=region_id))]
        assert ("network.free_transfer_gb" in told) == (billed_gb == 500.0)


def test_upfront_parts_are_paid_again_at_each_renewal() -> None:
    # $256 in months 1, 13, 25 and 37; month 36 is before the fourth.
    upfront = next(c for c in estimate(RESERVED, BOOK).charges if c.spread and c.spread.renewed)
    for months, payments in ((1.0, 1), (12.0, 1), (13.0, 2), (36.0, 3), (37.0, 4)):
        assert upfront.paid_within(months) == pytest.approx(256 * payments)
        each = sum(float(upfront.cash(month)) for month in range(1, int(months) + 1))
        assert each == pytest.approx(256 * payments)


def test_a_line_without_a_price_is_in_no_total() -> None:
    # A reservation that nobody prices must not look like a saving.
    listed = {sku: price for sku, price in BOOK.listed.items() if "partial_upfront" not in sku}
    outcome = estimate(RESERVED, replace(BOOK, listed=listed))
    assert outcome.unpriced == 1
    others = 123.12 + 2.30 + 23.552
    assert outcome.list_cost == outcome.contracted_cost == outcome.effective_cost
    assert outcome.infrastructure == pytest.approx(others)
