"""The ways to run the tracking server, by published and hand-made figures."""

from dataclasses import replace as with_

import numpy as np
import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.aws.fargate_sizes import MEMORY_GB, next_size
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed, own_rate

OFFICE = changed(ARTICLE, usage__hours=160.0)
"""The article's business hours."""


def fargate(**values: object) -> Scenario:
    named = {f"server__fargate__{name}": value for name, value in values.items()}
    return changed(OFFICE, server__option="fargate", **named)


def kubernetes(**values: object) -> Scenario:
    named = {f"server__kubernetes__{name}": value for name, value in values.items()}
    return changed(OFFICE, server__option="kubernetes", **named)


def lines(scenario: Scenario) -> dict[str, Charge]:
    charges = estimate(scenario, BOOK).charges
    return {c.description: c for c in charges if c.component == "server" and c.is_worth_showing}


def server(scenario: Scenario) -> str:
    return PLAIN.money(float(estimate(scenario, BOOK).by_component["server"]))


def said(scenario: Scenario) -> dict[str, str]:
    return {notice.path: notice.text for notice in warnings(scenario, BOOK)}


# --- None ---------------------------------------------------------------------


def test_no_server_costs_nothing_and_says_what_teams_miss() -> None:
    scenario = changed(OFFICE, server__option="none")
    assert server(scenario) == "$0.00"
    assert "Teams need the tracking server as their hub" in said(scenario)["server.option"]


def test_a_comparison_shows_every_way_to_run_a_server() -> None:
    assert [name for name, _ in OFFICE.server.variants()] == [
        "EC2 on demand",
        "EC2 reserved, 1 year",
        "ECS Fargate",
        "Kubernetes",
    ]


def test_what_was_typed_for_an_option_stays_while_another_is_chosen() -> None:
    typed = changed(OFFICE, server__ec2__replicas=3.0)
    there_and_back = changed(changed(typed, server__option="fargate"), server__option="ec2")
    assert there_and_back == typed


# --- EC2 ----------------------------------------------------------------------


def test_surplus_credits_are_billed_of_t_types_alone() -> None:
    credits = {"server__ec2__surplus_vcpu_hours": 50.0}
    burst = changed(OFFICE, server__ec2__instance_type="t3.medium", **credits)
    assert estimate(burst, BOOK).unpriced == 1
    priced = changed(burst, own_rates=(own_rate("ec2_credits/t3", (0.0, 0.05)),))
    assert lines(priced)["Surplus CPU credits (t3)"].explanation == (
        "1 instance × 50 vCPU-h × $0.05 / vCPU-h = $2.50"
    )
    other = changed(OFFICE, **credits)
    assert server(other) == server(OFFICE)


# --- Fargate ------------------------------------------------------------------


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


# --- Kubernetes ---------------------------------------------------------------


def test_a_pod_pays_for_the_larger_one_of_its_shares() -> None:
    """0.5 vCPU and 2 GiB of m5.large are a quarter: 160 h × 0.25 ÷ 0.8 × 0.096."""
    share = lines(kubernetes(control_plane="none", node__disk_gb=0.0))
    assert [line.explanation for line in share.values()] == [
        "1 pod × (160 h × (0.5 vCPU ÷ 2 vCPU) [at least (2 GiB ÷ 8 GiB)]) ÷ 0.8 usable × "
        "$0.096 / h = $4.80"
    ]
    more_memory = kubernetes(control_plane="none", node__disk_gb=0.0, memory_request=4.0)
    assert server(more_memory) == "$9.60"


def test_hours_at_the_limits_pay_for_the_limits() -> None:
    """(140 h × 0.25 + 20 h × 1) ÷ 0.8 × 0.096, for two pods."""
    scenario = kubernetes(
        control_plane="none", node__disk_gb=0.0, hours_at_limits=20.0, replicas=2.0
    )
    (line,) = lines(scenario).values()
    assert PLAIN.money(float(line.effective_cost)) == "$13.20"
    at_limits = kubernetes(control_plane="none", node__disk_gb=0.0, hours_at_limits=500.0)
    assert server(at_limits) == "$19.20"
    assert "server.kubernetes.hours_at_limits" in said(at_limits)


def test_the_node_s_disk_is_paid_by_the_same_share() -> None:
    """160 h × 0.25 ÷ 0.8 ÷ 720 h × 20 GB × 0.08."""
    disk = lines(kubernetes())["Node disks (gp3)"]
    assert disk.effective_cost == pytest.approx(160 * 0.25 / 0.8 / 720 * 20 * 0.08)


def test_a_node_of_one_s_own_has_the_price_and_size_that_are_typed() -> None:
    scenario = kubernetes(
        control_plane="none",
        node__kind="own_price",
        node__hourly_usd=0.4,
        node__vcpu=16.0,
        node__memory_gib=32.0,
    )
    (line,) = lines(scenario).values()
    assert line.price.state == "own"
    assert line.effective_cost == pytest.approx(160 * (2 / 32) / 0.8 * 0.4)
    assert warnings(scenario, BOOK) == ()


def test_a_reserved_node_s_upfront_payment_is_shared_too() -> None:
    scenario = kubernetes(
        control_plane="none",
        node__disk_gb=0.0,
        node__machine__purchase="reserved",
        node__machine__payment="partial_upfront",
    )
    hourly, upfront = lines(scenario).values()
    assert hourly.effective_cost == pytest.approx(50 * 0.029)
    assert upfront.effective_cost == pytest.approx(50 / 720 / 12 * 256)


def test_a_cluster_for_mlflow_alone_is_paid_as_a_whole() -> None:
    """2 × 720 h × 0.096, 2 × 20 GB × 0.08, 720 h × 0.10."""
    alone = kubernetes(runs_on="alone", control_plane_percent=5.0)
    assert [PLAIN.money(float(line.effective_cost)) for line in lines(alone).values()] == [
        "$138.24",
        "$3.20",
        "$72.00",
    ]
    stopped = lines(kubernetes(runs_on="alone", nodes_run="usage_hours"))
    assert (
        PLAIN.money(float(stopped["Node hours (m5.large, on demand)"].effective_cost)) == "$30.72"
    )
    reserved = kubernetes(
        runs_on="alone", nodes_run="usage_hours", node__machine__purchase="reserved"
    )
    assert "every hour" in said(reserved)["server.kubernetes.node.machine.purchase"]


def test_a_cluster_that_nobody_upgrades_ends_in_extended_support() -> None:
    aged = kubernetes().server.kubernetes.out_of_support()
    assert aged.control_plane == "eks_extended"
    unbilled = kubernetes(control_plane="none").server.kubernetes
    assert unbilled.out_of_support() == unbilled


def test_extended_support_makes_the_control_plane_six_times_as_dear() -> None:
    standard, extended = (
        [line for name, line in lines(kubernetes(control_plane=plane)).items() if "EKS" in name]
        for plane in ("eks", "eks_extended")
    )
    assert sum(line.effective_cost for line in standard) == pytest.approx(0.1 * 720 * 0.1)
    assert sum(line.effective_cost for line in extended) == pytest.approx(0.1 * 720 * 0.6)


def test_eks_on_fargate_adds_a_quarter_of_a_gigabyte_and_rounds_up() -> None:
    """AWS's own example: 1 vCPU and 8 GB become 2 vCPU and 9 GB."""
    made = lines(kubernetes(runs_on="fargate", cpu_request=1.0, memory_request=8.0))
    assert made["vCPU hours (EKS on Fargate)"].explanation == (
        "1 pod × 160 h × 2 vCPU [next size sold, 1 vCPU asked] × $0.04048 / vCPU-h = $12.95"
    )
    assert made["Memory hours (EKS on Fargate)"].explanation == (
        "1 pod × 160 h × 9 GB [next size sold, 8.25 GB asked] × $0.004445 / GB-h = $6.40"
    )


@pytest.mark.parametrize(
    ("vcpu", "memory_gb", "size"),
    [
        (0.0, 0.25, (0.25, 0.5)),
        (0.25, 2.0, (0.25, 2.0)),
        (0.25, 2.25, (0.5, 3.0)),
        (0.5, 2.25, (0.5, 3.0)),
        (1.0, 0.5, (1.0, 2.0)),
        (4.0, 30.25, (8.0, 32.0)),
        (9.0, 33.0, (16.0, 40.0)),
        (17.0, 200.0, (16.0, 120.0)),
    ],
)
def test_the_next_size_that_fargate_sells(
    vcpu: float, memory_gb: float, size: tuple[float, float]
) -> None:
    assert next_size(vcpu, memory_gb) == size


def test_the_next_sizes_of_many_at_once_are_those_of_each() -> None:
    memory_gb = np.linspace(0.25, 130.0, 500)
    at_once = next_size(2.0, memory_gb)
    each = [next_size(2.0, float(gb)) for gb in memory_gb]
    np.testing.assert_array_equal(np.column_stack(np.broadcast_arrays(*at_once)), each)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"replicas": 0.0}, "replicas"),
        ({"runs_on": "alone", "nodes": 0.0}, "nodes"),
        ({"memory_request": 9.0}, "node"),
        ({"cpu_limit": 0.25, "hours_at_limits": 10.0}, "cpu_limit"),
        ({"runs_on": "fargate", "cpu_request": 17.0}, "cpu_request"),
        ({"node__machine__purchase": "spot"}, "node.machine.purchase"),
    ],
)
def test_what_makes_no_sense_on_kubernetes_is_said(values: dict[str, object], path: str) -> None:
    assert f"server.kubernetes.{path}" in said(kubernetes(**values))


def test_a_machine_of_unknown_size_is_billed_whole() -> None:
    scenario = kubernetes(control_plane="none", node__disk_gb=0.0)
    book = with_(BOOK, instance_types={})
    outcome: Estimate = estimate(scenario, book)
    assert outcome.by_component["server"] == pytest.approx(160 / 0.8 * 0.096)
    assert any("each pod is billed a whole node" in w.text for w in warnings(scenario, book))
