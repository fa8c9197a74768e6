"""Test data of the tracking server: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price
from tests.shared.making import ONE_TASK, changed, listed, own_rate

PRICES: tuple[Price, ...] = (
    listed("ec2/m5.large/on_demand", "h", 0.096),
    listed("ec2/m5.large/1y/standard/no_upfront", "h", 0.06),
    listed("ec2/m5.large/1y/standard/partial_upfront", "h", 0.029, upfront=256.0),
    listed("ec2/m5.large/1y/standard/all_upfront", "h", 0.0, upfront=494.0),
    listed("ec2/m5.large/1y/convertible/no_upfront", "h", 0.071),
    listed("ec2/m5.large/3y/standard/partial_upfront", "h", 0.02, upfront=515.0),
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
    "instance savings plan": changed(
        ONE_TASK,
        server__ec2__purchase="instance_savings_plan",
        server__ec2__term="3y",
        server__ec2__payment="partial_upfront",
    ),
    "spot": changed(
        ONE_TASK,
        server__ec2__purchase="spot",
        own_rates=(own_rate("ec2/m5.large/spot", (0.0, 0.031)),),
    ),
    "schedule": changed(
        ONE_TASK, usage__by="schedule", metadata_store__rds__runs="usage_hours", own_lines=()
    ),
    "schedule, weeks typed": changed(
        ONE_TASK, usage__by="schedule", usage__weeks_per_month=4.0, own_lines=()
    ),
}

THRESHOLDS: set[float] = set()
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
