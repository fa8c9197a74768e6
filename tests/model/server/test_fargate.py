"""The tracking server on Fargate, by published and hand-made figures."""

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.aws.fargate_sizes import MEMORY_GB
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from tests.model.server.helpers import OFFICE, lines, said, server
from tests.support import BOOK, changed, own_rate


def fargate(**values: object) -> Scenario:
    named = {f"server__fargate__{name}": value for name, value in values.items()}
    return changed(OFFICE, server__option="fargate", **named)


def test_the_article_s_business_hours_on_fargate() -> None:
    """(2 × 0.04048 + 8 × 0.004445) × 160 h, as published."""
    assert server(fargate()) == "$18.64"
    assert [line.explanation for line in lines(fargate()).values()] == [
        "1 task × 160 h × 2 vCPU × $0.04048 / vCPU-h = $12.95",
        "1 task × 160 h × 8 GB × $0.004445 / GB-h = $5.69",
    ]


def test_the_size_is_one_choice_of_those_that_are_sold() -> None:
    assert server(fargate(size="0.25vcpu_0.5gb", architecture="arm")) == "$1.58"
    assert [len(sizes) for sizes in MEMORY_GB.values()] == [3, 4, 7, 13, 23, 12, 12]


@pytest.mark.parametrize(
    ("ephemeral_gb", "cost"), [(5.0, 0.0), (20.0, 0.0), (21.0, 0.01776), (200.0, 3.1968)]
)
def test_twenty_gigabytes_of_ephemeral_storage_are_included(
    ephemeral_gb: float, cost: float
) -> None:
    """1 task × 160 h × GB beyond 20 × 0.000111."""
    without = estimate(fargate(), BOOK).effective_cost
    outcome = estimate(fargate(ephemeral_gb=ephemeral_gb), BOOK)
    assert outcome.effective_cost - without == pytest.approx(cost)


def test_each_start_is_billed_for_a_minute_at_least() -> None:
    assert server(fargate(starts=9600.0)) == "$18.64"  # 160 h of minutes
    often = fargate(starts=12_000.0)
    assert lines(often)["vCPU hours (x86, on demand)"].explanation == (
        "1 task × 200 h [a minute for each start, 160 h asked] "
        "× 2 vCPU × $0.04048 / vCPU-h = $16.19"
    )


def test_extra_tasks_run_for_the_peak_hours_and_never_longer_than_the_server() -> None:
    peak = {"peak_tasks": 3.0, "ephemeral_gb": 30.0}
    some = lines(fargate(peak_hours=40.0, **peak))
    assert some["Peak vCPU hours (x86, on demand)"].explanation == (
        "3 tasks × 40 h × 2 vCPU × $0.04048 / vCPU-h = $9.72"
    )
    assert PLAIN.money(float(some["Peak ephemeral storage"].effective_cost)) == "$0.13"
    assert server(fargate(peak_hours=500.0, **peak)) == server(fargate(peak_hours=160.0, **peak))
    assert (
        "only those are billed"
        in (said(fargate(peak_hours=500.0, **peak))["server.fargate.peak_hours"])
    )


def test_a_compute_savings_plan_lowers_vcpu_and_memory_and_bills_the_whole_month() -> None:
    scenario = fargate(purchase="reserved_typed", plan_discount=25.0, ephemeral_gb=30.0)
    made = lines(scenario)
    assert made["vCPU hours (x86, Compute Savings Plan 1 year)"].explanation == (
        "1 task × 720 h × 2 vCPU × $0.04048 / vCPU-h × (1 − 25 % [your commitment discount])"
        " = $43.72"
    )
    storage = made["Ephemeral storage"]
    assert storage.explanation == (
        "1 task × 160 h × (30 GB − 20 GB included) × $0.000111 / GB-h = $0.18"
    )
    assert "every hour of the month" in said(scenario)["server.fargate.purchase"]


def test_fargate_spot_has_the_user_s_own_rates_and_a_warning() -> None:
    scenario = fargate(purchase="spot")
    assert estimate(scenario, BOOK).unpriced == 2
    assert "only task" in said(scenario)["server.fargate.purchase"]
    rates = (
        own_rate("fargate/x86/spot/vcpu", (0.0, 0.012)),
        own_rate("fargate/x86/spot/memory", (0.0, 0.0013)),
    )
    priced = estimate(changed(scenario, own_rates=rates), BOOK)
    assert priced.by_component["server"] == pytest.approx(160 * (2 * 0.012 + 8 * 0.0013))
    assert priced.list_cost == pytest.approx(estimate(fargate(), BOOK).list_cost)
    units = {line.pricing_unit for line in priced.charges if "Spot" in line.description}
    assert units == {"vCPU-h", "GB-h"}


def test_a_task_does_not_start_by_itself() -> None:
    assert "does not start by itself" in said(fargate())["server.fargate.tasks"]
    assert "server.fargate.tasks" not in said(changed(fargate(), usage__hours=720.0))


@pytest.mark.parametrize(
    ("payment", "term", "first_month"),
    [
        ("no_upfront", "1y", 0.0),
        ("partial_upfront", "1y", 8760 * 0.5),
        ("all_upfront", "1y", 8760.0),
        ("all_upfront", "3y", 3 * 8760.0),
    ],
)
def test_a_plan_may_be_paid_when_it_begins(payment: str, term: str, first_month: float) -> None:
    """Two tasks of 2 vCPU and 8 GB at 25 % off: (2 × 0.04048 + 8 × 0.004445) × 0.75 an hour."""
    hourly = 2 * (2 * 0.04048 + 8 * 0.004445) * 0.75
    plan = {"purchase": "reserved_typed", "plan_discount": 25.0, "term": term, "tasks": 2.0}
    outcome = estimate(fargate(**plan, payment=payment), BOOK)
    upfront = [c for c in outcome.charges if c.part == "upfront" and c.component == "server"]
    assert len(upfront) == (2 if first_month else 0)
    assert sum(float(c.billed_cost) for c in upfront) == pytest.approx(hourly * first_month)
    months = 12 if term == "1y" else 36
    spread = hourly * first_month / months
    assert sum(float(c.effective_cost) for c in upfront) == pytest.approx(spread)
    hours = next(c for c in outcome.charges if c.line == "server/fargate/vcpu_hours" and not c.part)
    assert hours.binds == months
    rest = hourly * 720 * (1 - first_month / (8760 * months / 12))
    committed = [c for c in outcome.charges if c.component == "server" and not c.part]
    by_hour = sum(float(c.effective_cost) for c in committed if c.line.endswith("_hours"))
    assert by_hour == pytest.approx(rest)
