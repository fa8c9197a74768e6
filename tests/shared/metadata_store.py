"""Test data of the metadata store: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.metadata_store import rds
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price
from tests.shared.making import ONE_TASK, changed, listed

PRICES: tuple[Price, ...] = (
    listed("rds/mysql/db.m5.large/single_az/on_demand", "h", 0.171),
    listed("rds/mysql/db.m5.large/multi_az/on_demand", "h", 0.342),
    listed("rds/postgresql/db.m5.large/single_az/on_demand", "h", 0.178),
    listed("rds_storage/gp2/single_az", "GB-month", 0.115),
    listed("rds_storage/gp2/multi_az", "GB-month", 0.23),
    listed("rds_storage/gp3/single_az", "GB-month", 0.115),
    listed("rds_storage/gp3/multi_az", "GB-month", 0.23),
    listed("rds_iops/gp3/single_az", "IOPS-month", 0.02),
    listed("rds_iops/gp3/multi_az", "IOPS-month", 0.04),
    listed("rds_throughput/gp3/single_az", "MiBps-month", 0.08),
    listed("rds_throughput/gp3/multi_az", "MiBps-month", 0.16),
    listed("rds_backup", "GB-month", 0.095),
)

SCENARIOS: dict[str, Scenario] = {
    "gp3": changed(
        ONE_TASK,
        metadata_store__rds__storage_type="gp3",
        metadata_store__rds__deployment="multi_az",
        metadata_store__rds__storage_gb=500.0,
        metadata_store__rds__iops=14_000.0,
        metadata_store__rds__throughput=650.0,
        metadata_store__rds__backup_gb=700.0,
    ),
    "gp3, small": changed(
        ONE_TASK,
        metadata_store__rds__storage_type="gp3",
        metadata_store__rds__storage_gb=5.0,
        metadata_store__rds__iops=14_000.0,
        metadata_store__rds__throughput=650.0,
    ),
}

THRESHOLDS: set[float] = {rds.MINIMUM_GB, rds.STRIPED_GB, rds.BASELINE_IOPS, rds.BASELINE_MIBPS}
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
