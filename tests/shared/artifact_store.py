"""Test data of the artifact store: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.artifact_store import storage_class
from mlflow_cost_desktop.model.aws import volume
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Price
from tests.shared.making import ONE_TASK, TB, changed, listed

S3 = (
    ("standard_ia", 0.0125, 0.01, 0.001),
    ("glacier_instant", 0.004, 0.02, 0.01),
    ("glacier_flexible", 0.0036, 0.03, 0.0004),
)
"""Cold classes: a GB, a thousand PUT requests (and moves), a thousand GET requests."""

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
    listed("ebs/snapshot_archive", "GB-month", 0.0125),
    listed("ebs/snapshot_archive_retrieval", "GB", 0.03),
    listed(
        "s3/standard/storage",
        "GB-month",
        (0.0, 0.023),
        (50 * TB, 0.022),
        (500 * TB, 0.021),
    ),
    listed(
        "s3/intelligent_tiering/frequent",
        "GB-month",
        (0.0, 0.023),
        (50 * TB, 0.022),
        (500 * TB, 0.021),
    ),
    listed("s3/intelligent_tiering/infrequent", "GB-month", 0.0125),
    listed("s3/intelligent_tiering/archive_instant", "GB-month", 0.004),
    listed("s3/transition/intelligent_tiering", "thousand requests", 0.01),
    listed("s3/intelligent_tiering/monitoring", "thousand objects", 0.0025),
    *(listed(f"s3/{name}/storage", "GB-month", usd) for name, usd, *_ in S3),
    *(listed(f"s3/{name}/put", "thousand requests", put) for name, _, put, _ in S3),
    *(listed(f"s3/transition/{name}", "thousand requests", put) for name, _, put, _ in S3),
    *(listed(f"s3/{name}/get", "thousand requests", get) for name, _, _, get in S3),
    listed("s3/standard/put", "thousand requests", 0.005),
    listed("s3/standard/get", "thousand requests", 0.0004),
    listed("s3/intelligent_tiering/put", "thousand requests", 0.005),
    listed("s3/intelligent_tiering/get", "thousand requests", 0.0004),
    listed("s3/standard_ia/retrieval", "GB", 0.01),
    listed("s3/glacier_instant/retrieval", "GB", 0.03),
    listed("s3/glacier_flexible/retrieval_standard", "GB", 0.01),
    listed("s3/glacier_flexible/retrieval_bulk", "GB", 0.0),
    listed("s3/glacier_flexible/retrieval_expedited", "GB", 0.03),
    listed("s3/glacier_flexible/restore_standard", "thousand requests", 0.05),
    listed("s3/glacier_flexible/restore_bulk", "thousand requests", 0.0),
    listed("s3/glacier_flexible/restore_expedited", "thousand requests", 10.0),
    listed("efs/standard/storage", "GB-month", 0.3),
    listed("efs/infrequent/storage", "GB-month", 0.025),
    listed("efs/infrequent_elastic/storage", "GB-month", 0.016),
    listed("efs/infrequent/access", "GB", 0.01),
    listed("efs/archive/storage", "GB-month", 0.008),
    listed("efs/archive/access", "GB", 0.03),
    listed("efs/provisioned/throughput", "MiBps-month", 6.0),
    listed("efs/elastic/read", "GB", 0.03),
    listed("efs/elastic/write", "GB", 0.06),
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
    "S3, lifecycle": changed(
        ONE_TASK,
        artifact_store__stored_gb=60_000.0,
        artifact_store__s3__object_kb=200.0,
        artifact_store__s3__lifecycle__storage_class="glacier_flexible",
        artifact_store__s3__lifecycle__moved_gb=900.0,
        artifact_store__s3__lifecycle__retrieved_gb=40.0,
        artifact_store__s3__lifecycle__early_gb=20.0,
    ),
    "S3, to a warmer class": changed(
        ONE_TASK,
        artifact_store__s3__object_kb=200.0,
        artifact_store__s3__storage_class="glacier_instant",
        artifact_store__s3__retrieved_gb=40.0,
        artifact_store__s3__early_gb=20.0,
        artifact_store__s3__lifecycle__storage_class="standard_ia",
        artifact_store__s3__lifecycle__retrieved_gb=30.0,
    ),
    "S3, archived": changed(
        ONE_TASK,
        artifact_store__s3__storage_class="glacier_flexible",
        artifact_store__s3__retrieved_gb=40.0,
    ),
    "S3, Intelligent-Tiering": changed(
        ONE_TASK,
        artifact_store__s3__object_kb=200.0,
        artifact_store__s3__storage_class="intelligent_tiering",
    ),
    "small objects, tiering": changed(
        ONE_TASK,
        artifact_store__s3__storage_class="intelligent_tiering",
        artifact_store__s3__object_kb=3_000.0,
        artifact_store__s3__small_percent=60.0,
        artifact_store__s3__small_kb=40.0,
        artifact_store__s3__first_requests=600_000.0,
    ),
    "small objects, lifecycle": changed(
        ONE_TASK,
        artifact_store__s3__storage_class="standard_ia",
        artifact_store__s3__object_kb=3_000.0,
        artifact_store__s3__small_percent=60.0,
        artifact_store__s3__small_kb=40.0,
        artifact_store__s3__lifecycle__storage_class="intelligent_tiering",
        artifact_store__s3__lifecycle__moved_gb=30.0,
    ),
    "MinIO on own machines": changed(
        ONE_TASK,
        artifact_store__option="minio",
        artifact_store__minio__runs_on="own_machines",
        artifact_store__minio__own__months=48.0,
    ),
    "MinIO": changed(
        ONE_TASK,
        artifact_store__option="minio",
        artifact_store__stored_gb=4_000.0,
        artifact_store__minio__volume__iops=6_000.0,
    ),
    "EFS": changed(
        ONE_TASK,
        artifact_store__option="efs",
        artifact_store__efs__read_gb=50.0,
        artifact_store__efs__infrequent_write_gb=20.0,
    ),
    "EFS, archive": changed(
        ONE_TASK,
        artifact_store__option="efs",
        artifact_store__efs__archived=30.0,
        artifact_store__efs__archive_gb=20.0,
    ),
    "EFS, provisioned": changed(
        ONE_TASK,
        artifact_store__option="efs",
        artifact_store__stored_gb=1_000.0,
        artifact_store__efs__throughput="provisioned",
        artifact_store__efs__provisioned=100.0,
    ),
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

THRESHOLDS: set[float] = {
    volume.GP3_IOPS,
    volume.GP3_MIBPS,
    volume.IO_MINIMUM_IOPS,
    storage_class.SMALL_KB,
    *(rules.minimum_days for rules in storage_class.CLASSES.values()),
}
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
