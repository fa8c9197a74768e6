"""Scenarios made at random for searches among ways to host them, with their needs as numbers."""

from __future__ import annotations

from random import Random
from typing import Any

from mlflow_cost_desktop.model.aws.fargate_sizes import SIZES
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.shared.making import own_rate
from tests.shared.naive_search import BURSTABLE, COPIES, EVERYWHERE, Floors

TYPES = ("m5.large", "m5.xlarge", "m6g.large", "r5.large", "t3.medium", "t4g.small", "c5.large")


def random_scenario(random: Random) -> Scenario:
    """A scenario of the article's kind with other hosting, usage, work and needs."""
    scenario = Scenario()
    for path, value in _inputs(random).items():
        scenario = replace(scenario, path, value)
    for path, value in _needs(random).items():
        scenario = replace(scenario, f"needs.{path}", value)
    return scenario


def _inputs(random: Random) -> dict[str, Any]:
    pick = random.choice
    machine, node = "server.ec2", "server.kubernetes.node.machine"
    values: dict[str, Any] = {
        "hours_in_month": pick((720.0, 730.0, 744.0)),
        "usage.hours": pick((120.0, 400.0, 720.0)),
        "horizon_months": pick((10.0, 36.0)),
        "discount": pick((0.0, 0.0, 7.0)),
        "team.users": pick((1.0, 3.0, 12.0)),
        "labor.access.separation": pick(("shared", "shared", "deployments")),
        "labor.tasks": tuple(random.sample(DEFAULT_TASKS, 12)),
        "server.option": pick(("ec2", "ec2", "fargate", "kubernetes")),
        f"{machine}.instance_type": pick(TYPES),
        f"{machine}.replicas": pick((1.0, 1.0, 2.0)),
        f"{machine}.peak_replicas": pick((0.0, 0.0, 1.0)),
        f"{machine}.peak_hours": 40.0,
        f"{machine}.root_volume_gb": pick((0.0, 30.0)),
        f"{machine}.purchase": pick(("on_demand", "on_demand", "reserved")),
        "server.fargate.size": pick(tuple(SIZES)[:20]),
        "server.fargate.tasks": pick((1.0, 2.0)),
        "server.kubernetes.runs_on": pick(("shared", "alone", "fargate")),
        "server.kubernetes.replicas": pick((1.0, 2.0)),
        f"{node}.instance_type": pick(TYPES[:4]),
        "metadata_store.option": pick(("rds", "rds", "aurora", "self_hosted", "sqlite")),
        "metadata_store.rds.instance_class": f"db.{pick(TYPES[:4])}",
        "metadata_store.rds.deployment": pick(("single_az", "single_az", "multi_az")),
        "metadata_store.rds.engine": pick(("mysql", "postgresql")),
        "metadata_store.rds.storage_type": pick(("gp2", "gp3")),
        "metadata_store.rds.storage_gb": pick((20.0, 120.0)),
        "metadata_store.rds.runs": pick(("whole_month", "usage_hours")),
        "metadata_store.rds.backup_gb": pick((0.0, 300.0)),
        "metadata_store.aurora.capacity": pick(("provisioned", "serverless")),
        "metadata_store.aurora.acu": pick((0.5, 3.0)),
        "metadata_store.self_hosted.runs_on": pick(("ec2", "kubernetes")),
        "metadata_store.self_hosted.standby": pick(("none", "standby")),
        "metadata_store.self_hosted.machine.instance_type": pick(TYPES),
        "artifact_store.option": pick(("s3", "s3", "s3", "ebs", "efs", "minio")),
        "artifact_store.stored_gb": pick((50.0, 1_000.0, 60_000.0)),
        "artifact_store.s3.storage_class": pick(("standard", "standard", "standard_ia")),
        "artifact_store.s3.retrieved_gb": 100.0,
        "artifact_store.s3.get_requests": pick((0.0, 30_000.0)),
        "artifact_store.s3.lifecycle.storage_class": pick(("none", "none", "glacier_instant")),
        "artifact_store.efs.infrequent": pick((0.0, 80.0)),
    }
    if random.random() < 0.2:
        values["own_rates"] = (own_rate("ec2/m5.large/on_demand", (0.0, 0.05)),)
    return values


def _needs(random: Random) -> dict[str, Any]:
    pick = random.choice
    return {
        "vcpu": pick((None, 2.0, 4.0)),
        "memory_gib": pick((None, 4.0, 8.0)),
        "db_vcpu": pick((None, 2.0)),
        "db_memory_gib": pick((None, 4.0, 16.0)),
        "architecture": pick(("any", "any", "x86_64", "arm64")),
        "burstable": pick(("as_now", "yes", "no")),
        "commitment_months": pick((0.0, 12.0, 36.0)),
        "estimated": pick((True, True, False)),
        "archive": pick((False, False, True)),
        "read_back_gb": pick((None, None, 250.0)),
        "writers": pick((None, 1.0)),
        "zones": pick((None, None, 1.0, 2.0)),
        "artifact_zones": pick((None, None, 1.0)),
    }


def floors_of(scenario: Scenario, book: PriceBook) -> Floors:
    """The needs of such a scenario as numbers, worked out by hand."""
    needs, server = scenario.needs, scenario.server
    database, store = scenario.metadata_store, scenario.artifact_store

    def size(name: str) -> tuple[float, float]:
        machine = book.instance_types[name.removeprefix("db.")]
        return machine.vcpu, machine.memory_gib

    names: list[str] = []
    if server.option == "ec2":
        names.append(server.ec2.instance_type)
        vcpu, memory = size(names[-1])
    elif server.option == "fargate":
        vcpu, memory = SIZES[server.fargate.size]
    elif server.kubernetes.runs_on == "alone":
        names.append(server.kubernetes.node.machine.instance_type)
        vcpu, memory = size(names[-1])
    else:
        if server.kubernetes.runs_on == "shared":
            names.append(server.kubernetes.node.machine.instance_type)
        vcpu, memory = server.kubernetes.cpu_request, server.kubernetes.memory_request
    db_vcpu, db_memory, zones = 0.0, 0.0, 1.0
    if database.option == "rds":
        names.append(database.rds.instance_class)
        (db_vcpu, db_memory), zones = size(names[-1]), COPIES[database.rds.deployment]
    elif database.option == "aurora":
        zones = min(database.aurora.instances, 3.0)
        if database.aurora.capacity == "serverless":
            db_memory = 2.0 * max(database.aurora.acu, database.aurora.peak_acu)
        else:
            names.append(database.aurora.instance_class)
            db_vcpu, db_memory = size(names[-1])
    elif database.option == "self_hosted":
        own = database.self_hosted
        zones = 2.0 if own.standby == "standby" else 1.0
        if own.runs_on == "ec2":
            names.append(own.machine.instance_type)
            db_vcpu, db_memory = size(names[-1])
        else:
            names.append(own.node.machine.instance_type)
            db_vcpu, db_memory = own.cpu_request, own.memory_request
    artifact_zones, read = float(EVERYWHERE), 0.0
    if store.option == "s3":
        is_cold = store.s3.storage_class == "standard_ia"
        read = store.s3.retrieved_gb if is_cold else store.s3.get_requests * 2_500 / 1_048_576
    elif store.option == "ebs":
        artifact_zones = 1.0
    elif store.option == "minio":
        names.append(store.minio.node.machine.instance_type)
    bursts = any(name.removeprefix("db.").split(".")[0] in BURSTABLE for name in names)

    def typed(need: float | None, now: float) -> float:
        return now if need is None else need

    return Floors(
        typed(needs.vcpu, vcpu),
        typed(needs.memory_gib, memory),
        typed(needs.db_vcpu, db_vcpu),
        typed(needs.db_memory_gib, db_memory),
        needs.burstable == "yes" or (needs.burstable == "as_now" and bursts),
        typed(needs.zones, zones),
        typed(needs.artifact_zones, artifact_zones),
        typed(needs.read_back_gb, read),
        typed(needs.writers, scenario.team.users),
    )
