"""Choices that many make at AWS: of each that lost it is told why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.aws import databases, servers, stores
from mlflow_cost_desktop.analysis.aws.hosting import HOSTING
from mlflow_cost_desktop.analysis.aws.machines import machine_traits
from mlflow_cost_desktop.analysis.candidates import Like, Sold, Ways
from mlflow_cost_desktop.model.artifact_store import ArtifactStore
from mlflow_cost_desktop.model.aws.machine import Machine
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.metadata_store import MetadataStore
from mlflow_cost_desktop.model.server import Server

SMALL_TYPE, SMALL_CLASS = "t3.medium", "db.t3.medium"
"""What many begin with."""

PURCHASES: tuple[dict[str, Any], ...] = (
    {"purchase": "reserved", "term": "1y", "offering": "standard"},
    {"purchase": "reserved", "term": "1y", "offering": "convertible"},
    {"purchase": "reserved", "term": "3y", "offering": "standard"},
    {"purchase": "instance_savings_plan", "term": "1y"},
    {"purchase": "compute_savings_plan", "term": "1y"},
    {"purchase": "spot"},
)
"""Ways to buy the machine that is chosen now, without upfront payment."""


def server_choices(part: Server, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """The chosen machine bought otherwise, burstable ones, containers."""
    on_demand = sold.named("ec2", "on_demand")
    ec2 = next(iter(servers.ec2_ways(part.ec2, terms, like, sold))).option
    yield Ways("server", "ec2", ec2, "instance_type", np.array([SMALL_TYPE]))
    yield Ways("server", "ec2", ec2, "instance_type", _burstable(on_demand, terms))
    if part.option == "ec2":
        for machine in _purchases(part.ec2):
            yield Ways("server", "ec2", machine)
    yield from unbound(servers.fargate_ways(part.fargate, terms, like, sold), terms)
    spot = part.fargate.model_copy(update={"purchase": "spot", "tasks": like.count})
    yield Ways("server", "fargate", spot, "size", servers.ALL_SIZES)
    yield from unbound(servers.kubernetes_ways(part.kubernetes, terms, like, sold), terms)


def unbound(found: Iterable[Ways], terms: Terms) -> Iterator[Ways]:
    """Those that are bought without a commitment."""
    for ways in found:
        if HOSTING[type(ways.option)].traits(ways.option, terms).months == 0:
            yield ways


def _purchases(machine: Machine) -> Iterator[Any]:
    for update in PURCHASES:
        yield machine.model_copy(update={**update, "payment": "no_upfront"})


def _burstable(names: NDArray[np.str_], terms: Terms) -> NDArray[np.str_]:
    if not len(names):
        return names
    return names[np.asarray(machine_traits(terms.prices, names).is_burstable)]


def database_choices(part: MetadataStore, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """The chosen class bought otherwise or with a standby, Aurora, a database of one's own."""
    rds = list(databases.rds_ways(part.rds, terms, like, sold))
    if part.option == "rds":
        for commitment in ("1y_no_upfront", "3y_partial_upfront"):
            made = part.rds.model_copy(update={"commitment": commitment})
            yield Ways("metadata_store", "rds", made)
        standby = part.rds.model_copy(update={"deployment": "multi_az"})
        yield Ways("metadata_store", "rds", standby)
    for ways in rds[:1]:
        yield Ways("metadata_store", "rds", ways.option, ways.size, np.array([SMALL_CLASS]))
        burstable = _burstable(ways.sizes, terms)
        yield Ways("metadata_store", "rds", ways.option, ways.size, burstable)
    if part.option != "rds":
        yield from rds[:1]
    clusters = unbound(databases.aurora_ways(part.aurora, terms, like, sold), terms)
    yield from {ways.shape: ways for ways in reversed(list(clusters))}.values()
    yield from unbound(databases.self_hosted_ways(part.self_hosted, terms, like, sold), terms)
    yield from databases.sqlite_ways(part.sqlite, terms, like, sold)


def store_choices(part: ArtifactStore, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Every class of S3, volumes, file systems, MinIO."""
    yield from stores.s3_ways(part.s3, terms, like, sold)
    yield next(iter(stores.ebs_ways(part.ebs, terms, like, sold)))
    yield from stores.efs_ways(part.efs, terms, like, sold)
    yield from unbound(stores.minio_ways(part.minio, terms, like, sold), terms)


CHOICES = {
    "server": server_choices,
    "metadata_store": database_choices,
    "artifact_store": store_choices,
}
"""By part: the choices of which many think."""
