"""Test data of the network: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.network import load_balancer, monitoring, secrets
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Price
from tests.shared.making import ONE_TASK, TB, changed, listed, own_rate

PRICES: tuple[Price, ...] = (
    listed(
        "transfer/internet",
        "GB",
        (0.0, 0.09),
        (10 * TB, 0.085),
        (50 * TB, 0.07),
        (150 * TB, 0.05),
    ),
    listed("transfer/region/us-west-2", "GB", 0.02),
    listed("transfer/zone", "GB", 0.01),
    listed("ipv4/in_use", "h", 0.005),
    listed("ipv4/idle", "h", 0.004),
    listed("registry/storage", "GB-month", 0.1),
    listed("elb/alb/hour", "h", 0.0225),
    listed("elb/alb/lcu", "LCU-h", 0.008),
    listed("elb/nlb/hour", "h", 0.0225),
    listed("elb/nlb/lcu", "LCU-h", 0.006),
    listed("nat/hour", "h", 0.045),
    listed("nat/gb", "GB", 0.045),
    listed("endpoint/hour", "h", 0.01),
    listed("endpoint/gb", "GB", 0.01),
    listed("logs/ingestion", "GB", 0.5),
    listed("logs/storage", "GB-month", 0.03),
    listed("logs/insights", "GB", 0.005),
    listed("metrics/custom", "metric-month", 0.3),
    listed("alarms/standard", "alarm-month", 0.1),
    listed("dashboards/dashboard", "dashboard-month", 3.0),
    listed("secrets/secret", "secret-month", 0.4),
    listed("secrets/requests", "ten thousand requests", 0.05),
    listed("kms/key", "key-month", 1.0),
    listed("kms/requests", "ten thousand requests", 0.03),
    listed("route53/hosted_zone", "zone-month", 0.5),
    listed("route53/queries", "million queries", 0.4),
)

SCENARIOS: dict[str, Scenario] = {
    "companions": changed(
        ONE_TASK,
        network__public_addresses=2.0,
        network__idle_addresses=1.0,
        network__registry_gb=3.0,
        network__region_gb=700.0,
        network__zone_gb=40.0,
        network__load_balancer__kind="alb",
        network__load_balancer__count=2.0,
        network__load_balancer__processed_gb=900.0,
        network__load_balancer__new_connections=30.0,
        network__load_balancer__active_connections=2_000.0,
        network__load_balancer__requests=50.0,
        network__load_balancer__rules=25.0,
        network__nat__used=True,
        network__nat__gateways=2.0,
        network__nat__processed_gb=300.0,
        network__endpoints__used=True,
        network__endpoints__processed_gb=300.0,
        network__logs__used=True,
        network__logs__scanned_gb=20.0,
        network__metrics__used=True,
        network__metrics__custom=12.0,
        network__metrics__dashboards=5.0,
        network__secrets__used=True,
        network__secrets__secret_requests=30_000.0,
        network__secrets__key_requests=50_000.0,
        network__dns__used=True,
        network__dns__queries=2e6,
    ),
    "artifacts through the server": changed(
        ONE_TASK,
        network__through_server=True,
        network__proxied_gb=3_000.0,
        network__load_balancer__kind="alb",
        network__nat__used=True,
        network__nat__processed_gb=50.0,
    ),
    "capacity units, own transfer rate": changed(
        ONE_TASK,
        network__transfer_out_gb=300.0,
        network__load_balancer__kind="nlb",
        network__load_balancer__units_by="typed",
        network__load_balancer__units=2.5,
        own_rates=(own_rate("transfer/internet", (0.0, 0.09), free=100.0),),
    ),
}

THRESHOLDS: set[float] = {
    load_balancer.FREE_RULES,
    secrets.FREE_KEY_REQUESTS,
    monitoring.FREE_DASHBOARDS,
}
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
