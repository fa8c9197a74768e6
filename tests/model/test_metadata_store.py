"""The metadata store: minimums, what is billed for each machine, and what makes no sense."""

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.choosers import machine_list
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed

STORE = "metadata_store__"


def lines(**values: object) -> dict[str, Charge]:
    """The store's lines by what they are, without what stands in brackets."""
    scenario = changed(ARTICLE, **{f"{STORE}{path}": value for path, value in values.items()})
    charges = estimate(scenario, BOOK).charges
    return {c.description: c for c in charges if c.component == "metadata_store"}


def told(**values: object) -> dict[str, str]:
    scenario = changed(ARTICLE, **{f"{STORE}{path}": value for path, value in values.items()})
    return {
        w.path.removeprefix("metadata_store."): w.text
        for w in warnings(scenario, BOOK)
        if "no known price" not in w.text
    }


# --- RDS ----------------------------------------------------------------------

GP3 = {
    "rds__storage_type": "gp3",
    "rds__storage_gb": 500.0,
    "rds__iops": 14_000.0,
}


def test_what_gp3_includes_is_decided_for_each_instance() -> None:
    iops = "IOPS beyond the baseline (gp3, Single-AZ)"
    assert lines(**GP3)[iops].describe_quantity(PLAIN) == (
        "1 instance × (14,000 IOPS − 12,000 IOPS included)"
    )
    halves = lines(**GP3, rds__instances=2.0)[iops]
    assert halves.describe_quantity(PLAIN).endswith("× 0 [none is sold below 400 GB]")


def test_each_instance_has_a_least_size() -> None:
    storage = lines(rds__storage_gb=50.0, rds__instances=3.0)["Storage (gp2, Single-AZ)"]
    assert storage.describe_quantity(PLAIN) == "60 GB [minimum, 50 GB asked]"


def test_each_team_s_deployment_has_a_least_size() -> None:
    teams = {"labor__access__separation": "deployments", "labor__access__teams": 4.0}
    outcome = estimate(changed(ARTICLE, **teams), BOOK)
    found = {c.description: c.describe_quantity(PLAIN) for c in outcome.charges}
    assert found["Storage (gp2, Single-AZ)"] == "80 GB [minimum, 20 GB asked]"
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


# --- Aurora -------------------------------------------------------------------

SERVERLESS: dict[str, object] = {
    "option": "aurora",
    "aurora__capacity": "serverless",
    "aurora__acu": 2.0,
    "aurora__peak_acu": 8.0,
    "aurora__peak_hours": 100.0,
}


def test_serverless_is_the_usual_capacity_and_at_peak_that_of_the_peak() -> None:
    capacity = [c for c in lines(**SERVERLESS).values() if c.description.startswith("Serverless")]
    assert sum(float(c.pricing_quantity) for c in capacity) == 2 * (720 - 100) + 8 * 100


def test_a_plan_covers_the_usual_capacity_of_every_hour() -> None:
    planned = lines(**SERVERLESS, aurora__serverless_plan="savings_plan")
    usual = planned["Serverless capacity (Standard, Database Savings Plan)"]
    assert usual.describe_quantity(PLAIN) == "1 instance × 2 ACU × 720 h"
    assert float(usual.effective_cost) == pytest.approx(2 * 720 * 0.12 * 0.65)


def test_the_proxy_before_serverless_bills_eight_acus_at_least() -> None:
    proxied = lines(**SERVERLESS | {"aurora__peak_acu": 10.0}, aurora__proxy="proxy")
    usual, peak = proxied["RDS Proxy"], proxied["RDS Proxy at peak"]
    assert usual.describe_quantity(PLAIN) == "1 instance × 8 ACU [minimum, 2 ACU asked] × 720 h"
    assert peak.describe_quantity(PLAIN) == "1 instance × (10 ACU − 8 ACU billed already) × 100 h"


def test_io_is_billed_under_standard_alone() -> None:
    assert "I/O (Aurora Standard)" in lines(option="aurora")
    optimized = lines(option="aurora", aurora__configuration="io_optimized")
    assert not [words for words in optimized if words.startswith("I/O")]


def test_classes_of_aurora_are_those_of_its_engine_and_configuration() -> None:
    chosen = machine_list("aurora_instance_class", Scenario()).choices(BOOK, PLAIN)
    assert [choice.value for choice in chosen] == ["db.t3.medium"]
    optimized = changed(Scenario(), metadata_store__aurora__configuration="io_optimized")
    assert machine_list("aurora_instance_class", optimized).choices(BOOK, PLAIN) == ()


# --- What makes no sense ------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"rds__storage_gb": 50.0, "rds__instances": 3.0}, "rds.storage_gb", "each of 3 instances"),
        ({"rds__storage_gb": 65_537.0}, "rds.storage_gb", "at most 65,536 GB"),
        (
            {"rds__storage_type": "io1", "rds__storage_gb": 99.0},
            "rds.storage_gb",
            "at least 100 GB; 100 GB are billed",
        ),
        (
            {"rds__storage_type": "io2", "rds__storage_gb": 100.0, "rds__iops": 999.0},
            "rds.iops",
            "1,000 are billed",
        ),
        ({"rds__storage_type": "gp3", "rds__throughput": 126.0}, "rds.throughput", "no more is"),
        (
            {"rds__storage_type": "io1", "rds__storage_gb": 100.0, "rds__iops": 5_001.0},
            "rds.iops",
            "50 IOPS for each GB of io1: 5,000 for 100 GB",
        ),
        (GP3 | {"rds__iops": 64_001.0}, "rds.iops", "at most 64,000 IOPS"),
        (GP3 | {"rds__throughput": 3_501.0}, "rds.throughput", "at most 3,500 MiB/s"),
        ({"rds__deployment": "multi_az_readable"}, "rds.storage_type", "never gp2"),
        ({"rds__engine": "mariadb", "rds__extended_support": "year_3"}, "rds.extended_support", ""),
        ({"rds__commitment": "savings_plan"}, "rds.commitment", "generation 7 and later"),
        ({"option": "aurora", "aurora__runs": "usage_hours"}, "", ""),
        (SERVERLESS | {"aurora__peak_acu": 1.0}, "aurora.peak_acu", "the usual is billed"),
        (SERVERLESS | {"aurora__peak_hours": 721.0}, "aurora.peak_hours", "only those are billed"),
        (SERVERLESS | {"aurora__acu": 0.0}, "aurora.acu", "pauses while nobody is connected"),
    ],
)
def test_one_notice_for_one_cause(values: dict[str, object], path: str, words: str) -> None:
    found = told(**values)
    assert list(found) == ([path] if path else [])
    assert words in found.get(path, "")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "for a person, not for a team"),
        ({"server__ec2__replicas": 2.0}, "Each of 2 replicas"),
    ],
)
def test_sqlite_is_not_for_teams(values: dict[str, object], words: str) -> None:
    disk = {"server__ec2__root_volume_gb": 30.0}
    scenario = changed(ARTICLE, metadata_store__option="sqlite", **{**disk, **values})
    assert any(words in w.text for w in warnings(scenario, BOOK))
    assert not any("disk, of which" in w.text for w in warnings(scenario, BOOK))
    without = changed(scenario, server__ec2__root_volume_gb=0.0)
    assert any("disk, of which" in w.text for w in warnings(without, BOOK))
    assert float(estimate(scenario, BOOK).by_component["metadata_store"]) == 0.0


def test_who_does_not_upgrade_pays_for_extended_support() -> None:
    store = ARTICLE.metadata_store
    assert store.rds.out_of_support().extended_support == "years_1_2"
    assert store.aurora.out_of_support().extended_support == "years_1_2"
    mariadb = changed(ARTICLE, metadata_store__rds__engine="mariadb").metadata_store.rds
    assert mariadb.out_of_support() == mariadb


# --- Self-hosted --------------------------------------------------------------


def test_a_standby_has_a_machine_and_a_volume_and_no_snapshots() -> None:
    own = lines(
        option="self_hosted",
        self_hosted__standby="standby",
        self_hosted__snapshots__per_day=1.0,
        self_hosted__snapshots__changed_gb=0.0,
    )
    assert (
        own["Instance hours (m5.large, on demand)"].describe_quantity(PLAIN)
        == "2 instances × 720 h"
    )
    assert own["Volume (gp3)"].describe_quantity(PLAIN) == "2 instances × 30 GB"
    assert own["Snapshots (the first, in full)"].describe_quantity(PLAIN) == "30 GB"


def test_storage_is_parted_among_the_teams_deployments() -> None:
    teams = {"labor__access__separation": "deployments", "labor__access__teams": 3.0}
    own = changed(ARTICLE, metadata_store__option="self_hosted", **teams)
    charges = [c for c in estimate(own, BOOK).charges if c.component == "metadata_store"]
    hours, volume, *_ = charges
    assert float(volume.pricing_quantity) == pytest.approx(30.0)
    assert hours.describe_quantity(PLAIN) == "3 deployments × 1 instance × 720 h"


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"snapshots__per_day": 0.0}, "snapshots.per_day", "can't be restored"),
        ({"storage_gb": 0.0}, "storage_gb", "nowhere to keep"),
        ({"machine__purchase": "reserved", "runs": "usage_hours"}, "machine.purchase", "every"),
        ({"runs_on": "kubernetes", "cpu_request": 3.0}, "cpu_request", "do not fit on a node"),
        (
            {"runs_on": "kubernetes", "node__machine__purchase": "spot"},
            "node.machine.purchase",
            "two minutes' notice",
        ),
    ],
)
def test_what_makes_no_sense_of_a_database_of_one_s_own(
    values: dict[str, object], path: str, words: str
) -> None:
    own: dict[str, object] = {"snapshots__per_day": 1.0, **values}
    prefixed = {f"self_hosted__{name}": value for name, value in own.items()}
    scenario = changed(
        ARTICLE,
        usage__hours=160.0,
        **{f"{STORE}{name}": value for name, value in prefixed.items()},
        metadata_store__option="self_hosted",
    )
    found = {
        w.path.removeprefix("metadata_store.self_hosted."): w.text
        for w in warnings(scenario, BOOK)
        if w.path.startswith("metadata_store.")
    }
    assert list(found) == [path]
    assert words in found[path]
