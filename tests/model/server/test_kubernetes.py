"""The tracking server as pods, by published and hand-made figures."""

from dataclasses import replace as with_

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.server.helpers import OFFICE, lines, said, server
from tests.support import BOOK, changed


def kubernetes(**values: object) -> Scenario:
    named = {f"server__kubernetes__{name}": value for name, value in values.items()}
    return changed(OFFICE, server__option="kubernetes", **named)


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
