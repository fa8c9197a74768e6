"""Ways to host the tracking server among which a search looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

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
    MOUNT,
    Like,
    Sold,
    Traits,
    Ways,
)
from mlflow_cost_desktop.model.aws.fargate_sizes import SIZES, next_size, vcpu_and_gb
from mlflow_cost_desktop.model.aws.machine import TERM_MONTHS, TERM_WORDS
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.server.ec2 import Ec2
from mlflow_cost_desktop.model.server.fargate import ARCHITECTURE_WORDS, Fargate
from mlflow_cost_desktop.model.server.kubernetes import FOR_KUBERNETES_GB, Kubernetes
from mlflow_cost_desktop.model.server.none import NoServer
from mlflow_cost_desktop.model.server.own_machine import OnOwnMachine

PART = "server"
CLUSTER_IS_THERE = "Needs a cluster that is there"
STARTED_BY_SCHEDULE = "Tasks are started and stopped by a schedule"
ALL_SIZES = np.array(list(SIZES), dtype=np.str_)

ARCHITECTURES = {"x86": "x86_64", "arm": "arm64"}


# --- EC2 --------------------------------------------------------------------------------------


def ec2_like(option: Ec2, terms: Terms) -> Like:
    """What the chosen instances have."""
    vcpu, gib, _, _ = machine_traits(terms.prices, option.instance_type)
    return Like(
        float(vcpu),
        float(gib),
        float(option.replicas),
        float(option.peak_replicas),
        float(option.peak_hours),
    )


def ec2_traits(option: Ec2, terms: Terms) -> Traits:
    """What instances have."""
    alone = option.replicas + option.peak_replicas <= 1
    gives = frozenset({FILE, MOUNT}) if alone else frozenset[str]()
    return replace(bought_traits(option, terms), gives=gives)


def ec2_ways(option: Ec2, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Every type and purchase, as many instances as there are servers now."""
    alike = option.model_copy(
        update={
            "replicas": like.count,
            "peak_replicas": like.peak_count,
            "peak_hours": like.peak_hours,
        }
    )
    for machine, names in bought(alike, sold):
        assert isinstance(machine, Ec2)
        yield Ways(PART, "ec2", machine, "instance_type", names)


def ec2_words(option: Ec2) -> str:
    name = f"EC2 {counted(option.replicas)}{option.instance_type}"
    return in_brackets(name, purchase_words(option))


# --- Fargate ----------------------------------------------------------------------------------


def fargate_like(option: Fargate, terms: Terms) -> Like:
    """What the chosen tasks have."""
    vcpu, gib = vcpu_and_gb(option.size)
    return Like(
        float(vcpu),
        float(gib),
        float(option.tasks),
        float(option.peak_tasks),
        float(option.peak_hours),
    )


def fargate_traits(option: Fargate, terms: Terms) -> Traits:
    """What tasks have."""
    vcpu, gib = vcpu_and_gb(option.size)
    committed = option.purchase == "reserved_typed"
    stops = terms.usage.value < terms.hours_in_month
    return Traits(
        vcpu,
        gib,
        ARCHITECTURES[option.architecture],
        months=TERM_MONTHS[option.term] if committed else 0,
        is_revocable=option.purchase == "spot",
        is_assumed=committed and is_default(option, "plan_discount"),
        to_mind=(STARTED_BY_SCHEDULE,) if stops else (),
    )


def fargate_ways(option: Fargate, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Every size on both architectures, on demand and under a plan of a year."""
    for architecture in ARCHITECTURES:
        for purchase, term in (("on_demand", option.term), ("reserved_typed", "1y")):
            update: dict[str, Any] = {
                "architecture": architecture,
                "purchase": purchase,
                "term": term,
                "payment": "no_upfront",
                "tasks": like.count,
                "peak_tasks": like.peak_count,
                "peak_hours": like.peak_hours,
            }
            alike = option.model_copy(update=update)
            yield Ways(PART, "fargate", alike, "size", ALL_SIZES)


def fargate_words(option: Fargate) -> str:
    vcpu, gb = SIZES[option.size]
    how = {
        "on_demand": "",
        "reserved_typed": f"Compute Savings Plan {TERM_WORDS[option.term]} at "
        f"{option.plan_discount:g} % off",
        "spot": "Spot",
    }[option.purchase]
    architecture = ARCHITECTURE_WORDS[option.architecture]
    name = f"Fargate {architecture} {counted(option.tasks)}{vcpu:g} vCPU · {gb:g} GB"
    return in_brackets(name, how)


# --- Kubernetes -------------------------------------------------------------------------------


def kubernetes_like(option: Kubernetes, terms: Terms) -> Like:
    """What the chosen pods request, or the nodes of a cluster for MLflow alone have."""
    if option.runs_on != "alone":
        return Like(float(option.cpu_request), float(option.memory_request), float(option.replicas))
    vcpu, gib = option.node.size(terms) or (np.nan, np.nan)
    return Like(float(vcpu), float(gib), float(option.nodes))


def kubernetes_traits(option: Kubernetes, terms: Terms) -> Traits:
    """What pods, or nodes, have."""
    if option.runs_on == "fargate":
        needed = float(option.memory_request) + FOR_KUBERNETES_GB
        vcpu, gb = next_size(option.cpu_request, needed)
        return Traits(
            option.cpu_request,
            option.memory_request,
            "x86_64",
            fits_host=bool(vcpu >= option.cpu_request and gb >= needed),
        )
    shared, node = option.runs_on == "shared", option.node
    pod = float(option.cpu_request), float(option.memory_request)
    gives = {CLUSTER}
    if node.kind != "own_machine" and (option.replicas <= 1 if shared else True):
        gives.add(MOUNT)
    size = node.size(terms) or (np.nan, np.nan)
    return replace(
        node_traits(node, terms, *(pod if shared else size)),
        gives=frozenset(gives),
        fits_host=node_fits(node, terms, pod) if shared else True,
        to_mind=(CLUSTER_IS_THERE,) if shared else (),
    )


def kubernetes_ways(option: Kubernetes, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """Pods on nodes of every type, shared or of a cluster for MLflow alone; EKS on Fargate.

    Pods have no extra replicas at peak: as many as are needed then are always there.
    """
    at_peak = like.count + like.peak_count
    pods: dict[str, Any] = {
        "replicas": at_peak,
        "nodes": at_peak,
        "cpu_request": like.vcpu,
        "memory_request": like.memory_gib,
        "hours_at_limits": 0.0,
    }
    on_fargate = option.model_copy(update={**pods, "runs_on": "fargate"})
    yield Ways(PART, "kubernetes", on_fargate, shape="fargate")
    node = option.node.model_copy(update={"kind": "ec2"})
    for runs_on in ("shared", "alone"):
        for machine, names in bought(node.machine, sold):
            update = {
                **pods,
                "runs_on": runs_on,
                "node": node.model_copy(update={"machine": machine}),
            }
            alike = option.model_copy(update=update)
            yield Ways(PART, "kubernetes", alike, "node.machine.instance_type", names, runs_on)


def kubernetes_words(option: Kubernetes) -> str:
    pod = f"{option.cpu_request:g} vCPU · {option.memory_request:g} GiB"
    if option.runs_on == "fargate":
        return f"EKS on Fargate {counted(option.replicas)}{pod}"
    nodes, how = node_words(option.node)
    if option.runs_on == "alone":
        return in_brackets(f"Kubernetes for MLflow alone, {counted(option.nodes)}{nodes}", how)
    return in_brackets(f"Kubernetes share {counted(option.replicas)}{pod}", nodes, how)


# --- What has no others to compare with -------------------------------------------------------


def own_like(option: OnOwnMachine, terms: Terms) -> Like:
    """Nobody knows how large bought machines are."""
    return Like(np.nan, np.nan, float(option.replicas))


def own_traits(option: OnOwnMachine, terms: Terms) -> Traits:
    return Traits(gives=frozenset({FILE}) if option.replicas <= 1 else frozenset())


def none_like(option: NoServer, terms: Terms) -> Like:
    """Whoever has no server is not looking for one."""
    return Like(np.nan, np.nan)


def none_traits(option: NoServer, terms: Terms) -> Traits:
    return Traits()


def none_words(option: NoServer) -> str:
    return "No server"


def own_words(option: OnOwnMachine) -> str:
    return f"{counted(option.replicas)}Bought machine"
