"""Test data of the tracking server: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.labor.tasks import Task
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.server import fargate
from mlflow_cost_desktop.prices.price import Price
from tests.shared.making import ONE_TASK, changed, listed, own_rate

PRICES: tuple[Price, ...] = (
    listed("ec2/m5.large/on_demand", "h", 0.096),
    listed("ec2/m5.large/1y/standard/no_upfront", "h", 0.06),
    listed("ec2/m5.large/1y/standard/partial_upfront", "h", 0.029, upfront=256.0),
    listed("ec2/m5.large/1y/standard/all_upfront", "h", 0.0, upfront=494.0),
    listed("ec2/m5.large/1y/convertible/no_upfront", "h", 0.071),
    listed("ec2/m5.large/3y/standard/partial_upfront", "h", 0.02, upfront=515.0),
    listed("fargate/x86/vcpu", "vCPU-h", 0.04048),
    listed("fargate/x86/memory", "GB-h", 0.004445),
    listed("fargate/arm/vcpu", "vCPU-h", 0.03238),
    listed("fargate/arm/memory", "GB-h", 0.00356),
    listed("fargate/ephemeral", "GB-h", 0.000111),
    listed("eks_fargate/vcpu", "vCPU-h", 0.04048),
    listed("eks_fargate/memory", "GB-h", 0.004445),
    listed("eks/cluster", "h", 0.1),
    listed("eks/extended_support", "h", 0.5),
    listed("ec2/t3.medium/on_demand", "h", 0.0416),
)

SCENARIOS: dict[str, Scenario] = {
    "reserved": changed(
        ONE_TASK,
        server__ec2__purchase="reserved",
        server__ec2__payment="partial_upfront",
        server__discount=5.0,
        metadata_store__discount=7.0,
        artifact_store__discount=2.5,
    ),
    "reserved 3 years": changed(
        ONE_TASK,
        server__ec2__purchase="reserved",
        server__ec2__term="3y",
        server__ec2__payment="partial_upfront",
    ),
    "reserved, typed": changed(ONE_TASK, server__ec2__purchase="reserved_typed"),
    "reserved, typed, paid partly": changed(
        ONE_TASK,
        server__ec2__purchase="reserved_typed",
        server__ec2__payment="partial_upfront",
    ),
    "instance savings plan": changed(
        ONE_TASK,
        server__ec2__purchase="instance_savings_plan",
        server__ec2__term="3y",
        server__ec2__payment="partial_upfront",
    ),
    "spot, credits": changed(
        ONE_TASK,
        server__ec2__instance_type="t3.medium",
        server__ec2__purchase="spot",
        server__ec2__surplus_vcpu_hours=50.0,
        own_rates=(
            own_rate("ec2/t3.medium/spot", (0.0, 0.0125)),
            own_rate("ec2_credits/t3", (0.0, 0.05)),
        ),
    ),
    "fargate": changed(
        ONE_TASK,
        server__option="fargate",
        server__fargate__tasks=2.0,
        server__fargate__starts=90.0,
        server__fargate__peak_tasks=3.0,
        server__fargate__peak_hours=40.0,
        server__fargate__ephemeral_gb=35.0,
    ),
    "fargate, savings plan": changed(
        ONE_TASK, server__option="fargate", server__fargate__purchase="reserved_typed"
    ),
    "kubernetes": changed(
        ONE_TASK,
        server__option="kubernetes",
        server__kubernetes__replicas=2.0,
        server__kubernetes__hours_at_limits=30.0,
        server__kubernetes__control_plane="eks_extended",
        server__kubernetes__node__machine__purchase="reserved",
        server__kubernetes__node__machine__payment="partial_upfront",
    ),
    "kubernetes, own price": changed(
        ONE_TASK,
        server__option="kubernetes",
        server__kubernetes__control_plane="none",
        server__kubernetes__memory_request=4.0,
        server__kubernetes__node__kind="own_price",
    ),
    "kubernetes, alone": changed(
        ONE_TASK, server__option="kubernetes", server__kubernetes__runs_on="alone"
    ),
    "own machines": changed(
        ONE_TASK,
        server__option="own_machine",
        server__own_machine__replicas=2.0,
        server__own_machine__runs="usage_hours",
        server__own_machine__machine__spares=50.0,
        server__own_machine__machine__months=18.0,
        labor__tasks=(
            Task(id="system", name="System", counts="own_instances", per="deployment"),
            Task(id="hardware", name="Hardware", by="position", counts="own_machines"),
            Task(id="server", name="Server", counts="server"),
        ),
    ),
    "kubernetes, own nodes": changed(
        ONE_TASK,
        server__option="kubernetes",
        server__kubernetes__memory_request=5.0,
        server__kubernetes__node__kind="own_machine",
        server__kubernetes__node__own__spares=25.0,
    ),
    "eks on fargate": changed(
        ONE_TASK, server__option="kubernetes", server__kubernetes__runs_on="fargate"
    ),
    "the whole month": changed(ONE_TASK, usage__by="whole_month", hours_in_month=744.0),
    "schedule": changed(
        ONE_TASK, usage__by="schedule", metadata_store__rds__runs="usage_hours", own_lines=()
    ),
    "schedule, weeks typed": changed(
        ONE_TASK, usage__by="schedule", usage__weeks_per_month=4.0, own_lines=()
    ),
}

THRESHOLDS: set[float] = {fargate.INCLUDED_GB, 0.25, 0.5, 1.75, 2.75, 7.75, 16.0}
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
