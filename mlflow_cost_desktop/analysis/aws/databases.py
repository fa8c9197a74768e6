"""Ways to host the metadata store among which a search looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.aws.machines import (
    bought,
    bought_traits,
    counted,
    in_brackets,
    is_default,
    machine_traits,
    node_fits,
    node_traits,
    node_words,
    purchase_words,
)
from mlflow_cost_desktop.analysis.candidates import (
    CLUSTER,
    FILE,
    Like,
    Sold,
    Traits,
    Ways,
)
from mlflow_cost_desktop.model.aws.managed_database import (
    COMMITMENT_WORDS,
    ENGINE_WORDS,
    RESERVED_TYPED,
    in_savings_plan,
    months_of,
)
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.metadata_store import aurora, rds
from mlflow_cost_desktop.model.metadata_store.aurora import Aurora
from mlflow_cost_desktop.model.metadata_store.rds import Rds
from mlflow_cost_desktop.model.metadata_store.self_hosted import SelfHosted
from mlflow_cost_desktop.model.metadata_store.sqlite import Sqlite

PART = "metadata_store"

GIB_AN_ACU = 2.0
"""Memory of an ACU; AWS says "about", and names no vCPU
(https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html)."""

MOST_ACU = 256.0

IO_NOT_COUNTED = "Its I/O is billed by the million, and none is counted"
FILE_TO_MIND = "One writer at a time; the file is lost with the server’s disk"
SELF_HOSTED_TO_MIND = "Backups and updates are the team’s work"


def _stopped(like: Like) -> str:
    return "usage_hours" if like.is_stopped else "whole_month"


def _proxy(like: Like) -> str:
    return "proxy" if like.has_proxy else "none"


# --- RDS --------------------------------------------------------------------------------------


def rds_like(option: Rds, terms: Terms) -> Like:
    """What the chosen instances have."""
    vcpu, gib, _, _ = machine_traits(terms.prices, option.instance_class)
    return Like(
        float(vcpu),
        float(gib),
        float(option.instances),
        zones=rds.COPIES[option.deployment],
        storage_gb=float(option.storage_gb),
        backup_gb=float(option.backup_gb),
        is_stopped=option.runs == "usage_hours",
        has_proxy=option.proxy == "proxy",
    )


def rds_traits(option: Rds, terms: Terms) -> Traits:
    """What instances have."""
    return Traits(
        *machine_traits(terms.prices, option.instance_class),
        months=months_of(option.commitment),
        zones=rds.COPIES[option.deployment],
        is_assumed=_assumes(option),
        conflict=_unsold(option),
        engine=option.engine,
    )


def _assumes(option: Rds | Aurora) -> bool:
    """Whether it is bought at a discount that nobody typed."""
    return option.commitment in (*RESERVED_TYPED, "savings_plan") and is_default(
        option, "commitment_discount"
    )


def _unsold(option: Rds) -> str:
    if option.deployment != "multi_az_readable":
        return ""
    if option.storage_type == "gp2":
        return "readable standbys have no gp2 storage"
    if option.runs == "usage_hours":
        return "readable standbys can’t be stopped"
    return ""


def rds_ways(option: Rds, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Every engine, deployment, class and purchase; gp2 as gp3, too."""
    alike: dict[str, Any] = {
        "instances": like.count,
        "backup_gb": like.backup_gb,
        "runs": _stopped(like),
        "proxy": _proxy(like),
    }
    if like.storage_gb is not None:
        alike["storage_gb"] = like.storage_gb
    for engine in ENGINE_WORDS:
        for deployment, copies in rds.COPIES.items():
            if copies < like.zones:
                continue
            storage_types = tuple(_storage_types(option, deployment, terms))
            for commitment, names in _committed(sold, "rds", engine, deployment):
                update = {**alike, "engine": engine, "deployment": deployment}
                for storage_type in storage_types:
                    update |= {"commitment": commitment, "storage_type": storage_type}
                    made = option.model_copy(update=update)
                    yield Ways(PART, "rds", made, "instance_class", names)


def _storage_types(option: Rds, deployment: str, terms: Terms) -> Iterator[str]:
    """The chosen type, and gp3 in place of gp2 where that is not sold, or not as cheap."""
    yield option.storage_type
    if option.storage_type != "gp2":
        return
    gp2, gp3 = (terms.price("rds_storage", kind, deployment) for kind in ("gp2", "gp3"))
    is_tiered = gp2.is_tiered or gp3.is_tiered
    if is_tiered or deployment == "multi_az_readable" or not gp3.usd >= gp2.usd:
        yield "gp3"


def _committed(sold: Sold, *key: str) -> Iterator[tuple[str, NDArray[np.str_]]]:
    """Each purchase with the classes that are sold so."""
    on_demand = sold.named(*key, "on_demand")
    for commitment in COMMITMENT_WORDS:
        if commitment == "on_demand":
            names = on_demand
        elif commitment == "savings_plan":
            names = on_demand[_lowered(on_demand)]
        else:
            names = sold.named(*key, *commitment.split("_", 1))
        if len(names):
            yield commitment, names


def _lowered(names: Any) -> Any:
    """Which classes a Database Savings Plan lowers."""
    if not len(names):
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(in_savings_plan(names)) > 0


def rds_words(option: Rds) -> str:
    name = f"RDS {counted(option.instances)}{option.instance_class} {ENGINE_WORDS[option.engine]}"
    one_zone = option.deployment == "single_az"
    zones = "" if one_zone else rds.DEPLOYMENT_WORDS[option.deployment]
    return in_brackets(name, zones, _commitment(option))


def _commitment(option: Rds | Aurora) -> str:
    """How it is bought; nothing on demand."""
    if option.commitment == "on_demand":
        return ""
    words, off = COMMITMENT_WORDS[option.commitment], f"at {option.commitment_discount:g} % off"
    if option.commitment == "savings_plan":
        return f"{words} 1 year {off}"
    if option.commitment in RESERVED_TYPED:
        return f"reserved {words.removesuffix(', your discount')} {off}"
    return f"reserved {words}"


# --- Aurora -----------------------------------------------------------------------------------


def aurora_like(option: Aurora, terms: Terms) -> Like:
    """What the chosen cluster has."""
    if option.capacity == "serverless":
        acu = max(float(option.acu), float(option.peak_acu))
        vcpu, gib = 0.0, acu * GIB_AN_ACU
    else:
        vcpu, gib, _, _ = machine_traits(terms.prices, option.instance_class)
    return Like(
        float(vcpu),
        float(gib),
        1.0,
        zones=min(float(option.instances), 3.0),
        storage_gb=float(option.storage_gb),
        backup_gb=float(option.backup_gb),
        is_stopped=option.runs == "usage_hours",
        has_proxy=option.proxy == "proxy",
    )


def aurora_traits(option: Aurora, terms: Terms) -> Traits:
    """What a cluster has; of Serverless nobody says how many vCPU."""
    zones = min(float(option.instances), 3.0)
    io = float(option.io_rate if option.io_by == "rate" else option.io_millions)
    to_mind = (IO_NOT_COUNTED,) if option.configuration == "standard" and not io else ()
    if option.capacity == "serverless":
        planned = option.serverless_plan == "savings_plan"
        return Traits(
            memory_gib=float(option.acu) * GIB_AN_ACU,
            months=months_of(option.serverless_plan),
            zones=zones,
            is_assumed=planned and is_default(option, "serverless_discount"),
            to_mind=(*to_mind, "AWS names no vCPU of an ACU"),
        )
    return Traits(
        *machine_traits(terms.prices, option.instance_class),
        months=months_of(option.commitment),
        zones=zones,
        is_assumed=_assumes(option),
        engine=option.engine,
        to_mind=to_mind,
    )


def aurora_ways(option: Aurora, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Both engines and configurations: every class and purchase, and Serverless."""
    alike: dict[str, Any] = {
        "instances": min(like.count * like.zones, 16.0),
        "backup_gb": like.backup_gb,
        "runs": _stopped(like),
        "proxy": _proxy(like),
    }
    if like.storage_gb is not None:
        alike["storage_gb"] = min(like.storage_gb, 131_072.0)
    for configuration in aurora.CONFIGURATION_WORDS:
        update = {**alike, "configuration": configuration}
        # Half an ACU is the least that does not pause.
        acu = min(max(np.ceil(like.memory_gib / GIB_AN_ACU * 2.0) / 2.0, 0.5), MOST_ACU)
        usual: dict[str, Any] = {"capacity": "serverless", "acu": float(acu), "peak_acu": 0.0}
        for plan in ("on_demand", "savings_plan"):
            made = option.model_copy(update={**update, **usual, "serverless_plan": plan})
            yield Ways(PART, "aurora", made, shape="serverless")
        for engine in aurora.ENGINE_WORDS:
            update |= {"capacity": "provisioned", "engine": engine}
            for commitment, names in _committed(sold, "aurora", engine, configuration):
                made = option.model_copy(update={**update, "commitment": commitment})
                yield Ways(PART, "aurora", made, "instance_class", names, "instances")


def aurora_words(option: Aurora) -> str:
    configuration = aurora.CONFIGURATION_WORDS[option.configuration]
    several = counted(option.instances)
    if option.capacity == "serverless":
        planned = option.serverless_plan == "savings_plan"
        off = f"Database Savings Plan 1 year at {option.serverless_discount:g} % off"
        name = f"Aurora Serverless v2 {several}{option.acu:g} ACU"
        return in_brackets(name, configuration, off if planned else "")
    name = f"{aurora.ENGINE_WORDS[option.engine]} {several}{option.instance_class}"
    return in_brackets(name, configuration, _commitment(option))


# --- Self-hosted ------------------------------------------------------------------------------


def self_hosted_like(option: SelfHosted, terms: Terms) -> Like:
    """What the chosen machine has, or its pods request."""
    vcpu, gib = np.nan, np.nan
    if option.runs_on == "ec2":
        vcpu, gib, _, _ = machine_traits(terms.prices, option.machine.instance_type)
    elif option.runs_on == "kubernetes":
        vcpu, gib = option.cpu_request, option.memory_request
    return Like(
        float(vcpu),
        float(gib),
        zones=2.0 if option.standby == "standby" else 1.0,
        storage_gb=None if option.has_own_disks else float(option.storage_gb),
        is_stopped=option.runs == "usage_hours",
    )


def self_hosted_traits(option: SelfHosted, terms: Terms) -> Traits:
    """What its machine has, or its pods request."""
    found = replace(_self_hosted_machine(option, terms), to_mind=(SELF_HOSTED_TO_MIND,))
    return replace(found, zones=2.0 if option.standby == "standby" else 1.0)


def _self_hosted_machine(option: SelfHosted, terms: Terms) -> Traits:
    if option.runs_on == "ec2":
        return bought_traits(option.machine, terms)
    if option.runs_on == "own_machine":
        return Traits()
    pod = float(option.cpu_request), float(option.memory_request)
    return replace(
        node_traits(option.node, terms, *pod),
        needs=frozenset({CLUSTER}),
        fits_host=node_fits(option.node, terms, pod),
    )


def self_hosted_ways(option: SelfHosted, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Every type and purchase of a machine of its own, or of the nodes that its pods share."""
    if like.count > 1 or like.zones > 2:
        return  # it is one database, with one standby at most
    alike: dict[str, Any] = {
        "standby": "standby" if like.zones > 1 else "none",
        "runs": _stopped(like),
    }
    if like.storage_gb is not None:
        alike["storage_gb"] = like.storage_gb
    for machine, names in bought(option.machine, sold):
        made = option.model_copy(update={**alike, "runs_on": "ec2", "machine": machine})
        yield Ways(PART, "self_hosted", made, "machine.instance_type", names, "ec2")
    alike |= {
        "runs_on": "kubernetes",
        "cpu_request": like.vcpu,
        "memory_request": like.memory_gib,
    }
    node = option.node.model_copy(update={"kind": "ec2"})
    for machine, names in bought(node.machine, sold):
        shared = node.model_copy(update={"machine": machine})
        made = option.model_copy(update={**alike, "node": shared})
        yield Ways(
            PART, "self_hosted", made, "node.machine.instance_type", names, "kubernetes"
        )  # fmt: skip


def self_hosted_words(option: SelfHosted) -> str:
    standby = "with a standby" if option.standby == "standby" else ""
    if option.runs_on == "ec2":
        name = f"Database on EC2 {option.machine.instance_type}"
        return in_brackets(name, standby, purchase_words(option.machine))
    if option.runs_on == "own_machine":
        return in_brackets("Database on a machine of your own", standby)
    pod = f"{option.cpu_request:g} vCPU · {option.memory_request:g} GiB"
    return in_brackets(f"Database in a pod of {pod}", standby, *node_words(option.node))


# --- SQLite -----------------------------------------------------------------------------------


def sqlite_like(option: Sqlite, terms: Terms) -> Like:
    """A file asks for nothing."""
    return Like()


def sqlite_traits(option: Sqlite, terms: Terms) -> Traits:
    return Traits(
        zones=1.0, writers=1.0, needs=frozenset({FILE}), to_mind=(FILE_TO_MIND,)
    )  # fmt: skip


def sqlite_ways(option: Sqlite, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    yield Ways(PART, "sqlite", option)


def sqlite_words(option: Sqlite) -> str:
    return "SQLite on the server’s disk"
