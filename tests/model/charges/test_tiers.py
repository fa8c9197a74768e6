"""Storage, tiers and minimums that somebody can check with a pencil."""

import pytest

from tests.model.charges.by_hand import cost, estimated, line
from tests.support import ARTICLE, TB


@pytest.mark.parametrize(
    ("stored_gb", "usd"),
    [
        (50 * TB - 1, 1177.577),
        (50 * TB, 1177.60),
        (50 * TB + 1, 1177.622),
        (52_900.0, 1215.00),
        (500 * TB, 11_315.20),
        (600 * TB, 13_465.60),
    ],
)
def test_storage_in_tiers(stored_gb: float, usd: float) -> None:
    outcome = estimated(ARTICLE, artifact_store__stored_gb=stored_gb)
    assert outcome.by_component["artifact_store"] == pytest.approx(usd)


def test_transfer_in_tiers_after_the_free_allowance() -> None:
    outcome = estimated(ARTICLE, network__transfer_out_gb=57_100.0)
    out = [c.effective_cost for c in outcome.charges if c.description.startswith("Data transfer")]
    assert out == pytest.approx([921.60, 3481.60, 406.00, 0.0])


def test_requests_by_the_thousand() -> None:
    outcome = estimated(
        ARTICLE,
        artifact_store__s3__put_requests=310_000.0,
        artifact_store__s3__get_requests=620_000.0,
    )
    assert cost(outcome, "PUT and LIST requests") == "$1.55"
    assert cost(outcome, "GET requests") == "$0.25"


@pytest.mark.parametrize(("asked", "billed"), [(0.0, 20), (5.0, 20), (20.0, 20), (21.0, 21)])
def test_a_database_has_at_least_20_gb(asked: float, billed: int) -> None:
    outcome = estimated(ARTICLE, metadata_store__rds__storage_gb=asked)
    assert line(outcome, "Storage (gp2").effective_cost == pytest.approx(billed * 0.115)


@pytest.mark.parametrize(
    ("storage_gb", "backup_gb", "usd"),
    [(30.0, 30.0, 0.0), (30.0, 31.0, 0.095), (30.0, 1030.0, 95.0), (5.0, 20.0, 0.0)],
)
@pytest.mark.parametrize("deployment", ["single_az", "multi_az"])
def test_backups_beyond_the_provisioned_size(
    storage_gb: float, backup_gb: float, usd: float, deployment: str
) -> None:
    outcome = estimated(
        ARTICLE,
        metadata_store__rds__storage_gb=storage_gb,
        metadata_store__rds__backup_gb=backup_gb,
        metadata_store__rds__deployment=deployment,
    )
    assert line(outcome, "Backups").effective_cost == pytest.approx(usd)


@pytest.mark.parametrize(
    ("storage_gb", "iops", "throughput", "usd"),
    [
        (399.0, 14_000.0, 600.0, 399 * 0.115),  # no more is sold below 400 GB
        (400.0, 14_000.0, 600.0, 46 + 2000 * 0.02 + 100 * 0.08),
        (400.0, 12_000.0, 500.0, 46),
        (400.0, 12_001.0, 500.0, 46.02),
        (400.0, 3000.0, 501.0, 46.08),
    ],
)
def test_gp3_sells_more_iops_and_throughput_from_400_gb(
    storage_gb: float, iops: float, throughput: float, usd: float
) -> None:
    outcome = estimated(
        ARTICLE,
        metadata_store__rds__storage_type="gp3",
        metadata_store__rds__storage_gb=storage_gb,
        metadata_store__rds__iops=iops,
        metadata_store__rds__throughput=throughput,
    )
    assert outcome.by_component["metadata_store"] - 123.12 == pytest.approx(usd)


def test_multi_az_has_prices_of_its_own() -> None:
    outcome = estimated(ARTICLE, metadata_store__rds__deployment="multi_az")
    assert cost(outcome, "Instance hours (db.m5.large, MySQL, Multi-AZ)") == "$246.24"
    assert cost(outcome, "Storage (gp2, Multi-AZ)") == "$4.60"


def test_replicas_peaks_and_root_volumes() -> None:
    outcome = estimated(
        ARTICLE,
        usage__hours=160.0,
        server__ec2__replicas=2.0,
        server__ec2__peak_replicas=3.0,
        server__ec2__peak_hours=200.0,
        server__ec2__root_volume_gb=30.0,
    )
    assert cost(outcome, "Instance hours (m5.large") == "$30.72"
    peak = line(outcome, "Peak instance hours")
    assert peak.explanation == (
        "3 instances × 160 h [all there are, 200 h asked] × $0.096 / h = $46.08"
    )
    assert cost(outcome, "Root volume (gp3)") == "$4.80"
