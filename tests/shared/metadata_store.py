"""Test data of the metadata store: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.metadata_store import managed, rds
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price
from tests.shared.making import ONE_TASK, changed, listed

PRICES: tuple[Price, ...] = (
    listed("rds/mysql/db.m5.large/single_az/on_demand", "h", 0.171),
    listed("rds/mysql/db.m5.large/single_az/1y/no_upfront", "h", 0.12),
    listed("rds/mysql/db.m5.large/single_az/3y/partial_upfront", "h", 0.04, upfront=1100.0),
    listed("rds/mysql/db.m5.large/multi_az/on_demand", "h", 0.342),
    listed("rds/mysql/db.m5.large/multi_az/3y/partial_upfront", "h", 0.08, upfront=2200.0),
    listed("rds/mysql/db.t3.medium/single_az/on_demand", "h", 0.068),
    listed("rds/postgresql/db.m5.large/single_az/on_demand", "h", 0.178),
    listed("rds/postgresql/db.m7g.large/multi_az_readable/on_demand", "h", 0.504),
    listed("rds_storage/gp2/single_az", "GB-month", 0.115),
    listed("rds_storage/gp2/multi_az", "GB-month", 0.23),
    listed("rds_storage/gp3/single_az", "GB-month", 0.115),
    listed("rds_storage/gp3/multi_az", "GB-month", 0.23),
    listed("rds_storage/io1/single_az", "GB-month", 0.125),
    listed("rds_storage/io1/multi_az_readable", "GB-month", 0.375),
    listed("rds_iops/gp3/single_az", "IOPS-month", 0.02),
    listed("rds_iops/gp3/multi_az", "IOPS-month", 0.04),
    listed("rds_iops/io1/single_az", "IOPS-month", 0.1),
    listed("rds_iops/io1/multi_az_readable", "IOPS-month", 0.3),
    listed("rds_throughput/gp3/single_az", "MiBps-month", 0.08),
    listed("rds_throughput/gp3/multi_az", "MiBps-month", 0.16),
    listed("rds_backup", "GB-month", 0.095),
    listed("rds_extended_support/mysql/years_1_2", "vCPU-h", 0.1),
    listed("rds_extended_support/postgresql/year_3", "vCPU-h", 0.2),
    listed("rds_credits/mysql/t3", "vCPU-h", 0.075),
    listed("rds_credits/aurora_mysql/t3", "vCPU-h", 0.09),
    listed("rds_proxy", "vCPU-h", 0.015),
    listed("aurora/mysql/db.t3.medium/standard/on_demand", "h", 0.082),
    listed("aurora_acu/standard", "ACU-h", 0.12),
    listed("aurora_acu/io_optimized", "ACU-h", 0.16),
    listed("aurora_storage/standard", "GB-month", 0.1),
    listed("aurora_storage/io_optimized", "GB-month", 0.225),
    listed("aurora_io", "million requests", 0.2),
    listed("aurora_backup", "GB-month", 0.021),
    listed("aurora_proxy", "ACU-h", 0.015),
)

SCENARIOS: dict[str, Scenario] = {
    "gp3": changed(
        ONE_TASK,
        metadata_store__rds__commitment="3y_partial_upfront",
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
    "io1, readable standbys": changed(
        ONE_TASK,
        metadata_store__rds__engine="postgresql",
        metadata_store__rds__instance_class="db.m7g.large",
        metadata_store__rds__deployment="multi_az_readable",
        metadata_store__rds__instances=2.0,
        metadata_store__rds__commitment="savings_plan",
        metadata_store__rds__storage_type="io1",
        metadata_store__rds__storage_gb=150.0,
        metadata_store__rds__iops=500.0,
        metadata_store__rds__extended_support="year_3",
        metadata_store__rds__proxy="proxy",
    ),
    "credits": changed(
        ONE_TASK,
        metadata_store__rds__instance_class="db.t3.medium",
        metadata_store__rds__runs="usage_hours",
        metadata_store__rds__surplus_credits=40.0,
        metadata_store__rds__extended_support="years_1_2",
    ),
    "aurora": changed(
        ONE_TASK,
        metadata_store__option="aurora",
        metadata_store__aurora__instance_class="db.t3.medium",
        metadata_store__aurora__instances=2.0,
        metadata_store__aurora__commitment="1y_typed",
        metadata_store__aurora__storage_gb=60.0,
        metadata_store__aurora__io_millions=30.0,
        metadata_store__aurora__backup_gb=90.0,
        metadata_store__aurora__surplus_credits=10.0,
        metadata_store__aurora__proxy="proxy",
    ),
    "aurora serverless": changed(
        ONE_TASK,
        metadata_store__option="aurora",
        metadata_store__aurora__capacity="serverless",
        metadata_store__aurora__configuration="io_optimized",
        metadata_store__aurora__acu=1.5,
        metadata_store__aurora__peak_acu=12.0,
        metadata_store__aurora__peak_hours=600.0,
        metadata_store__aurora__serverless_plan="savings_plan",
        metadata_store__aurora__proxy="proxy",
    ),
    "sqlite": changed(ONE_TASK, metadata_store__option="sqlite"),
}

THRESHOLDS: set[float] = {
    *rds.MINIMUM_GB.values(),
    rds.STRIPED_GB,
    rds.MINIMUM_IOPS,
    rds.BASELINE_IOPS,
    rds.BASELINE_MIBPS,
    managed.PROXY_MINIMUM_ACU,
    500.0 / rds.STRIPED_GB,  # instances that share the 500 GB of a scenario
}
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
