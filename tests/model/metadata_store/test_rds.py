"""RDS: minimums, and what is billed for each machine."""

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.model.metadata_store.helpers import GP3, lines, told
from tests.support import ARTICLE, BOOK, changed


def test_what_gp3_includes_is_decided_for_each_instance() -> None:
    iops = "IOPS beyond the baseline (gp3, Single-AZ)"
    assert lines(**GP3)[iops].describe_quantity(PLAIN) == (
        "1 instance × (14,000 IOPS − 12,000 IOPS included)"
    )
    two = lines(**GP3, rds__instances=2.0)[iops]
    assert two.describe_quantity(PLAIN).startswith("2 instances × (14,000 IOPS")
    small = lines(**GP3 | {"rds__storage_gb": 399.0})[iops]
    assert small.describe_quantity(PLAIN).endswith("× 0 [none is sold below 400 GB]")


def test_each_instance_has_a_least_size() -> None:
    storage = lines(rds__storage_gb=5.0, rds__instances=3.0)["Storage (gp2, Single-AZ)"]
    assert storage.describe_quantity(PLAIN) == "3 instances × 20 GB [minimum, 5 GB asked]"


def test_what_is_typed_is_of_each_instance() -> None:
    """Storage, backups, IOPS and credits alike: twice the instances, twice each line."""
    typed = {
        "rds__instance_class": "db.t3.medium",
        "rds__storage_type": "io1",
        "rds__storage_gb": 150.0,
        "rds__backup_gb": 400.0,
        "rds__surplus_credits": 7.0,
    }
    one, two = (lines(**typed, rds__instances=count) for count in (1.0, 2.0))
    assert one.keys() == two.keys()
    for what, line in one.items():
        assert float(two[what].effective_cost) == 2 * float(line.effective_cost), what
        assert line.effective_cost > 0, what


def test_each_team_s_deployment_has_a_least_size() -> None:
    teams = {"labor__access__separation": "deployments", "labor__access__teams": 4.0}
    outcome = estimate(changed(ARTICLE, **teams), BOOK)
    found = {c.description: c.describe_quantity(PLAIN) for c in outcome.charges}
    assert found["Storage (gp2, Single-AZ)"] == "4 deployments × 1 instance × 20 GB"
    hours = found["Instance hours (db.m5.large, MySQL, Single-AZ)"]
    assert hours == "4 deployments × 1 instance × 720 h"


def test_extended_support_counts_every_machine_and_the_proxy_those_that_are_reached() -> None:
    beside = lines(
        rds__deployment="multi_az", rds__extended_support="years_1_2", rds__proxy="proxy"
    )
    support, proxy = beside["Extended support (MySQL)"], beside["RDS Proxy"]
    assert support.describe_quantity(PLAIN) == "1 instance × 2 copies × 2 vCPU × 720 h"
    assert proxy.describe_quantity(PLAIN) == "1 instance × 2 vCPU × 720 h"


def test_nothing_is_billed_by_vcpus_that_nobody_knows() -> None:
    odd = {"rds__instance_class": "db.x9.large", "rds__proxy": "proxy"}
    assert lines(**odd)["RDS Proxy"].is_unpriced
    assert "vCPUs of db.x9.large are not known" in told(**odd)["rds.instance_class"]


def test_readable_standbys_run_the_whole_month() -> None:
    always = lines(
        rds__deployment="multi_az_readable", rds__runs="usage_hours", rds__storage_type="io1"
    )
    hours = always["Instance hours (db.m5.large, MySQL, Multi-AZ, readable standbys)"]
    assert hours.describe_quantity(PLAIN) == "1 instance × 720 h"


def test_a_database_savings_plan_leaves_older_classes_at_their_price() -> None:
    plan = lines(rds__commitment="savings_plan")
    old = plan["Instance hours (db.m5.large, MySQL, Single-AZ, Database Savings Plan)"]
    assert float(old.effective_cost) == pytest.approx(720 * 0.171)
    new = lines(
        rds__engine="postgresql",
        rds__instance_class="db.m7g.large",
        rds__deployment="multi_az_readable",
        rds__commitment="savings_plan",
    )
    lowered = next(c for c in new.values() if c.description.startswith("Instance hours"))
    assert float(lowered.effective_cost) == pytest.approx(720 * 0.504 * 0.8)
