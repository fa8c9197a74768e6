"""Test data of the artifact store: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model import volume
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price
from tests.shared.making import ONE_TASK, TB, changed, listed

PRICES: tuple[Price, ...] = (
    listed("ebs/gp3/storage", "GB-month", 0.08),
    listed("ebs/gp3/iops", "IOPS-month", 0.005),
    listed("ebs/gp3/throughput", "MiBps-month", 0.04),
    listed("ebs/gp2/storage", "GB-month", 0.1),
    listed("ebs/io1/storage", "GB-month", 0.125),
    listed("ebs/io1/iops", "IOPS-month", 0.065),
    listed("ebs/io2/storage", "GB-month", 0.125),
    listed(
        "ebs/io2/iops",
        "IOPS-month",
        (0.0, 0.065),
        (32_000.0, 0.0455),
        (64_000.0, 0.03185),
    ),
    listed("ebs/st1/storage", "GB-month", 0.045),
    listed("ebs/sc1/storage", "GB-month", 0.015),
    listed("ebs/snapshot", "GB-month", 0.05),
    listed(
        "s3/standard/storage",
        "GB-month",
        (0.0, 0.023),
        (50 * TB, 0.022),
        (500 * TB, 0.021),
    ),
    listed("s3/standard/put", "thousand requests", 0.005),
    listed("s3/standard/get", "thousand requests", 0.0004),
)

ON_VOLUME = changed(
    ONE_TASK,
    artifact_store__option="ebs",
    artifact_store__stored_gb=500.0,
    artifact_store__superseded=20.0,
    artifact_store__ebs__snapshots__per_day=2.0,
    artifact_store__ebs__snapshots__changed_gb=3.0,
)

SCENARIOS: dict[str, Scenario] = {
    "EBS": changed(
        ON_VOLUME,
        artifact_store__ebs__volume__iops=5_000.0,
        artifact_store__ebs__volume__throughput=300.0,
    ),
    "EBS, io2": changed(
        ON_VOLUME,
        artifact_store__ebs__volume__type="io2",
        artifact_store__ebs__volume__iops=70_000.0,
    ),
}

THRESHOLDS: set[float] = {volume.GP3_IOPS, volume.GP3_MIBPS, volume.IO_MINIMUM_IOPS}
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
