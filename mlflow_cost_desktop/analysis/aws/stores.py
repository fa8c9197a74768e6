"""Ways to keep artifacts among which a search looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mlflow_cost_desktop.analysis.aws.machines import (
    bought,
    in_brackets,
    node_fits,
    node_traits,
    node_words,
)
from mlflow_cost_desktop.analysis.candidates import (
    CLUSTER,
    EVERYWHERE,
    MOUNT,
    Like,
    Sold,
    Traits,
    Ways,
)
from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.artifact_store.ebs import Ebs
from mlflow_cost_desktop.model.artifact_store.efs import Efs
from mlflow_cost_desktop.model.artifact_store.minio import Minio
from mlflow_cost_desktop.model.artifact_store.s3 import S3
from mlflow_cost_desktop.model.artifact_store.storage_class import CLASSES, COLD, KB_A_GB
from mlflow_cost_desktop.model.charges.terms import Terms

PART = "artifact_store"

ONE_ZONE = "onezone_ia"
VOLUME_TYPES = ("gp3", "gp2", "st1", "sc1")
"""Volumes that are billed by the GB alone."""

TIERING_TO_MIND = "The shares that nobody reads are judgments"


# --- S3 ---------------------------------------------------------------------------------------


def s3_like(option: S3, terms: Terms) -> Like:
    """What is read of the bucket, and how safely it is kept."""
    if option.storage_class in COLD:
        read = float(option.retrieved_gb)
    else:
        read = float(option.get_requests * option.objects.average_kb / KB_A_GB.value)
    return Like(zones=_zones(option), read_back_gb=read)


def _zones(option: S3) -> float:
    return 1.0 if ONE_ZONE in (option.storage_class, option.lifecycle.storage_class) else EVERYWHERE


def s3_traits(option: S3, terms: Terms) -> Traits:
    """What a bucket has."""
    moves = next(option.lifecycle.refusals(option.storage_class), "")
    name = option.rules.name
    to_mind: list[str] = []
    if option.storage_class in COLD:
        read = option.retrieved_gb
        to_mind.append(
            Text("{} GB a month are read back from {}", round(read, 2), name)
            if read
            else f"Nothing is counted as read back from {name}"
        )
    if option.storage_class == "intelligent_tiering":
        to_mind.append(TIERING_TO_MIND)
    return Traits(
        zones=_zones(option),
        is_archived=option.rules.archived,
        conflict=moves[:1].lower() + moves[1:].rstrip("."),
        to_mind=tuple(to_mind),
    )


def s3_ways(option: S3, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Every class; of cold ones, as much is read back as now."""
    for name in CLASSES:
        kept = option.model_copy(update={"storage_class": name})
        yield Ways(PART, "s3", s3_alike(kept, like))


def s3_alike(option: S3, like: Like) -> S3:
    """With what is read back, where the class bills it."""
    if option.storage_class not in COLD:
        return option
    return option.model_copy(update={"retrieved_gb": like.read_back_gb})


def s3_words(option: S3) -> str:
    moved = ""
    if option.lifecycle.is_on:
        moved = f" with a lifecycle to {option.lifecycle.rules.name.removeprefix('S3 ')}"
    return f"{option.rules.name}{moved}"


# --- Volumes and file systems -----------------------------------------------------------------


def ebs_like(option: Ebs, terms: Terms) -> Like:
    return Like(zones=1.0)


def ebs_traits(option: Ebs, terms: Terms) -> Traits:
    return Traits(zones=1.0, needs=frozenset({MOUNT}))


def ebs_ways(option: Ebs, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Volumes that are billed by the GB alone, and such as are chosen."""
    for name in dict.fromkeys((*VOLUME_TYPES, option.volume.type)):
        volume = option.volume.model_copy(update={"type": name})
        yield Ways(PART, "ebs", option.model_copy(update={"volume": volume}))


def ebs_words(option: Ebs) -> str:
    return f"EBS {option.volume.type}"


def efs_like(option: Efs, terms: Terms) -> Like:
    read = float(option.read_gb) if option.throughput == "elastic" else 0.0
    return Like(zones=EVERYWHERE, read_back_gb=read)


def efs_traits(option: Efs, terms: Terms) -> Traits:
    return Traits(zones=EVERYWHERE)


def efs_ways(option: Efs, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Elastic and bursting throughput; what is read is read of its classes by their shares."""
    cold = float(option.infrequent) / 100.0 * like.read_back_gb
    for throughput in ("elastic", "bursting"):
        update: dict[str, Any] = {
            "throughput": throughput,
            "read_gb": max(float(option.read_gb), like.read_back_gb),
            "infrequent_read_gb": max(float(option.infrequent_read_gb), cold),
        }
        yield Ways(PART, "efs", option.model_copy(update=update))


def efs_words(option: Efs) -> str:
    return f"EFS, {option.throughput} throughput"


# --- MinIO ------------------------------------------------------------------------------------


def minio_like(option: Minio, terms: Terms) -> Like:
    return Like(zones=minio_traits(option, terms).zones)


def minio_traits(option: Minio, terms: Terms) -> Traits:
    """What an object store of one's own has: pods in several zones, where they hold parity."""
    zones = EVERYWHERE if option.parity_volumes else 1.0
    if option.runs_on == "own_machines":
        return Traits(zones=zones)
    pod = float(option.cpu_request), float(option.memory_request)
    return replace(
        node_traits(option.node, terms),
        zones=zones,
        needs=frozenset({CLUSTER}),
        fits_host=node_fits(option.node, terms, pod),
    )


def minio_ways(option: Minio, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Pods on shared nodes of every type and purchase."""
    node = option.node.model_copy(update={"kind": "ec2"})
    for machine, names in bought(node.machine, sold):
        update: dict[str, Any] = {
            "runs_on": "kubernetes",
            "node": node.model_copy(update={"machine": machine}),
        }
        made = option.model_copy(update=update)
        yield Ways(PART, "minio", made, "node.machine.instance_type", names, "kubernetes")


def minio_words(option: Minio) -> str:
    if option.runs_on == "own_machines":
        return "MinIO on machines of your own"
    return in_brackets("MinIO in pods", *node_words(option.node))
