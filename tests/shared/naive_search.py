"""A search for the cheapest that is written without any thought of speed, to hold others against.

Each way to host a part is one scenario, priced by a full estimate while all other parts stay as
they are; what goes together is added up afterwards. It asks nothing of the program's own search.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from mlflow_cost_desktop.model.artifact_store.storage_class import CLASSES
from mlflow_cost_desktop.model.aws.fargate_sizes import SIZES
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.option import Component
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

BURSTABLE = ("t2", "t3", "t3a", "t4g")
PAYMENTS = ("no_upfront", "partial_upfront", "all_upfront")
COPIES = {"single_az": 1, "multi_az": 2, "multi_az_readable": 3}
EVERYWHERE = 3
IMAGES = {"x86": "x86_64", "arm": "arm64"}


@dataclass(frozen=True)
class Floors:
    """The needs as numbers, with what is chosen now where nothing is said."""

    vcpu: float
    memory: float
    db_vcpu: float
    db_memory: float
    burstable: bool
    zones: float
    artifact_zones: float
    read_back: float
    writers: float


@dataclass(frozen=True)
class Way:
    """One way to host a part: the part, its kind, for how long it binds, what goes with it."""

    component: Component
    kind: str
    months: int
    cost: float
    needs: frozenset[str]
    gives: frozenset[str]

    @property
    def duties(self) -> frozenset[str]:
        return self.component.duties


class Naive:
    """All ways to host a scenario in a book's region that meet its needs, priced one by one."""

    def __init__(self, scenario: Scenario, book: PriceBook, floors: Floors) -> None:
        self.scenario, self.book, self.floors = scenario, book, floors
        self.needs = scenario.needs
        own = {rate.sku_id for rate in scenario.own_rates if rate.is_for(book)}
        self.keys = {*book.listed, *own}
        outcome = estimate(scenario, book)
        self.network = float(outcome.by_component["network"])
        self.ways = {
            "server": list(self._servers()),
            "metadata_store": list(self._databases()),
            "artifact_store": list(self._stores()),
        }

    # What is sold

    def _purchases(self) -> Iterator[tuple[dict[str, str], int]]:
        yield {"purchase": "on_demand"}, 0
        for term, months in (("1y", 12), ("3y", 36)):
            for payment in PAYMENTS:
                for purchase, offering in (
                    ("reserved", "standard"),
                    ("reserved", "convertible"),
                    ("instance_savings_plan", "standard"),
                    ("compute_savings_plan", "standard"),
                ):
                    fields = {"purchase": purchase, "term": term, "payment": payment}
                    yield {**fields, "offering": offering}, months

    def _machines(self) -> Iterator[tuple[str, dict[str, str], int]]:
        """Types with the ways to buy them that have a key."""
        for how, months in self._purchases():
            if months > self.needs.commitment_months:
                continue
            for name in {key.split("/")[1] for key in self.keys if key.startswith("ec2/")}:
                if how["purchase"] == "on_demand":
                    key = f"ec2/{name}/on_demand"
                else:
                    is_plan = how["purchase"].endswith("savings_plan")
                    word = how["purchase"] if is_plan else how["offering"]
                    key = f"ec2/{name}/{how['term']}/{word}/{how['payment']}"
                if key in self.keys:
                    yield name, how, months

    def _suits(self, name: str, vcpu: float, memory: float, *, host: bool = False) -> bool:
        machine = self.book.instance_types.get(name.removeprefix("db."))
        if machine is None or machine.vcpu < vcpu or machine.memory_gib < memory:
            return False
        if name.removeprefix("db.").split(".")[0] in BURSTABLE and not self.floors.burstable:
            return False
        return self.needs.architecture in ("any", machine.architecture)

    # The parts

    def _priced(
        self,
        part: str,
        option: str,
        changes: dict[str, Any],
        kind: str,
        months: int = 0,
        needs: tuple[str, ...] = (),
        gives: tuple[str, ...] = (),
    ) -> Iterator[Way]:
        """The way, if its part has a price that may count."""
        if months > self.needs.commitment_months:
            return
        scenario = replace(self.scenario, f"{part}.option", option)
        for path, value in changes.items():
            scenario = replace(scenario, f"{part}.{option}.{path}", value)
        outcome = estimate(scenario, self.book)
        here = [charge for charge in outcome.charges if charge.component == part]
        if any(charge.is_unpriced for charge in here):
            return
        if not self.needs.estimated and any(charge.is_estimated for charge in here):
            return
        cost = math.fsum(float(charge.effective_cost) for charge in here)
        component = getattr(scenario, part)
        yield Way(component, kind, months, cost, frozenset(needs), frozenset(gives))

    def _servers(self) -> Iterator[Way]:
        floors, chosen = self.floors, self.scenario.server.chosen
        count = float(getattr(chosen, "replicas", getattr(chosen, "tasks", 1.0)))
        if self.scenario.server.option == "kubernetes" and chosen.runs_on == "alone":  # type: ignore[attr-defined]  # Kubernetes
            count = float(chosen.nodes)  # type: ignore[attr-defined]  # Kubernetes
        peak = float(getattr(chosen, "peak_replicas", getattr(chosen, "peak_tasks", 0.0)))
        hours = float(getattr(chosen, "peak_hours", 0.0))
        alone = ("file", "mount") if count + peak <= 1 else ()
        for name, how, months in self._machines():
            if self._suits(name, floors.vcpu, floors.memory):
                fields = {**how, "instance_type": name, "replicas": count}
                fields |= {"peak_replicas": peak, "peak_hours": hours}
                yield from self._priced("server", "ec2", fields, "ec2", months, gives=alone)
        for (size, (vcpu, gb)), architecture in product(SIZES.items(), ("x86", "arm")):
            if vcpu < floors.vcpu or gb < floors.memory:
                continue
            if self.needs.architecture not in (
                "any",
                {"x86": "x86_64", "arm": "arm64"}[architecture],
            ):
                continue
            fields = {"size": size, "architecture": architecture, "tasks": count}
            fields |= {"peak_tasks": peak, "peak_hours": hours}
            on_demand = {**fields, "purchase": "on_demand"}
            yield from self._priced("server", "fargate", on_demand, "fargate")
            is_assumed = self.scenario.server.fargate.plan_discount == 20.0
            if self.needs.estimated or not is_assumed:
                plan = {**fields, "purchase": "reserved_typed", "term": "1y"}
                plan |= {"payment": "no_upfront"}
                yield from self._priced("server", "fargate", plan, "fargate", 12)
        pods = {"replicas": count + peak, "cpu_request": floors.vcpu}
        pods |= {"memory_request": floors.memory, "hours_at_limits": 0.0}
        mounts = ("mount",) if count + peak <= 1 else ()
        for name, how, months in self._machines():
            if self._suits(name, floors.vcpu, floors.memory):
                node = {f"node.machine.{field}": value for field, value in how.items()}
                node |= {"node.kind": "ec2", "node.machine.instance_type": name}
                shared = {**pods, "runs_on": "shared", **node}
                yield from self._priced(
                    "server", "kubernetes", shared, "kubernetes/shared", months,
                    gives=("cluster", *mounts),
                )  # fmt: skip
                own = {"nodes": count + peak, "runs_on": "alone", **node}
                yield from self._priced(
                    "server", "kubernetes", own, "kubernetes/alone", months,
                    gives=("cluster", "mount"),
                )  # fmt: skip
        if self.needs.architecture != "arm64" and floors.vcpu <= 16 and floors.memory <= 119.75:
            fargate = {**pods, "runs_on": "fargate"}
            yield from self._priced("server", "kubernetes", fargate, "kubernetes/fargate")

    def _databases(self) -> Iterator[Way]:
        floors, chosen = self.floors, self.scenario.metadata_store.chosen
        option = self.scenario.metadata_store.option
        count = float(chosen.instances) if option == "rds" else 1.0  # type: ignore[attr-defined]  # of RDS
        common: dict[str, Any] = {"runs": getattr(chosen, "runs", "whole_month")}
        if (storage := getattr(chosen, "storage_gb", None)) is not None:
            common["storage_gb"] = storage
        managed = {
            **common,
            "backup_gb": getattr(chosen, "backup_gb", 0.0),
            "proxy": getattr(chosen, "proxy", "none"),
        }
        for key in self.keys:
            words = key.split("/")
            if words[0] == "rds":
                yield from self._rds(words, {**managed, "instances": count})
            elif words[0] == "aurora":
                instances = min(count * floors.zones, 16.0)
                yield from self._aurora(words, {**managed, "instances": instances})
        for configuration in ("standard", "io_optimized"):
            acu = max(math.ceil(floors.db_memory / 2.0 * 2.0) / 2.0, 0.5)
            fields = {**managed, "configuration": configuration, "capacity": "serverless"}
            fields |= {"acu": acu, "peak_acu": 0.0, "instances": min(count * floors.zones, 16.0)}
            on_demand = {**fields, "serverless_plan": "on_demand"}
            kind = "aurora/serverless"
            yield from self._priced("metadata_store", "aurora", on_demand, kind)
            is_assumed = self.scenario.metadata_store.aurora.serverless_discount == 35.0
            if self.needs.estimated or not is_assumed:
                plan = {**fields, "serverless_plan": "savings_plan"}
                yield from self._priced("metadata_store", "aurora", plan, kind, 12)
        if count == 1 and floors.zones <= 2:
            common["standby"] = "standby" if floors.zones == 2 else "none"
            yield from self._self_hosted(common)
        if floors.zones == 1 and floors.writers <= 1:
            yield from self._priced("metadata_store", "sqlite", {}, "sqlite", needs=("file",))

    def _rds(self, words: list[str], common: dict[str, Any]) -> Iterator[Way]:
        _, engine, name, deployment, *how = words
        rds, floors = self.scenario.metadata_store.rds, self.floors
        if COPIES[deployment] < floors.zones or not self._suits(
            name, floors.db_vcpu, floors.db_memory
        ):
            return
        types = ("gp2", "gp3") if rds.storage_type == "gp2" else (rds.storage_type,)
        for storage in types:
            if deployment == "multi_az_readable" and (
                storage == "gp2" or common["runs"] == "usage_hours"
            ):
                continue
            fields = {**common, "engine": engine, "instance_class": name}
            fields |= {"deployment": deployment, "storage_type": storage}
            for commitment, months in self._commitments("_".join(how), name, rds):
                bought = {**fields, "commitment": commitment}
                yield from self._priced("metadata_store", "rds", bought, "rds", months)

    def _aurora(self, words: list[str], common: dict[str, Any]) -> Iterator[Way]:
        _, engine, name, configuration, *how = words
        if not self._suits(name, self.floors.db_vcpu, self.floors.db_memory):
            return
        fields = {**common, "engine": engine, "instance_class": name}
        fields |= {"configuration": configuration, "capacity": "provisioned"}
        aurora = self.scenario.metadata_store.aurora
        for commitment, months in self._commitments("_".join(how), name, aurora):
            bought = {**fields, "commitment": commitment}
            yield from self._priced("metadata_store", "aurora", bought, "aurora/instances", months)

    def _commitments(self, key: str, name: str, option: Any) -> Iterator[tuple[str, int]]:
        if key != "on_demand":
            yield key, 36 if key.startswith("3y") else 12
            return
        yield key, 0
        generation = int("".join(c for c in name.split(".")[1] if c.isdigit())[:1])
        if generation >= 7 and (self.needs.estimated or option.commitment_discount != 20.0):
            yield "savings_plan", 12

    def _self_hosted(self, common: dict[str, Any]) -> Iterator[Way]:
        floors = self.floors
        for name, how, months in self._machines():
            if not self._suits(name, floors.db_vcpu, floors.db_memory):
                continue
            machine = {f"machine.{field}": value for field, value in how.items()}
            on_ec2 = {**common, **machine, "machine.instance_type": name, "runs_on": "ec2"}
            yield from self._priced(
                "metadata_store", "self_hosted", on_ec2, "self_hosted/ec2", months
            )
            node = {f"node.machine.{field}": value for field, value in how.items()}
            node |= {"node.kind": "ec2", "node.machine.instance_type": name}
            pod = {**common, **node, "runs_on": "kubernetes"}
            pod |= {"cpu_request": floors.db_vcpu, "memory_request": floors.db_memory}
            yield from self._priced(
                "metadata_store", "self_hosted", pod, "self_hosted/kubernetes", months,
                needs=("cluster",),
            )  # fmt: skip

    def _stores(self) -> Iterator[Way]:
        floors, store = self.floors, self.scenario.artifact_store
        lifecycle = store.s3.lifecycle.storage_class
        for name, rules in CLASSES.items():
            zones = 1 if "onezone_ia" in (name, lifecycle) else EVERYWHERE
            if zones < floors.artifact_zones or (rules.archived and not self.needs.archive):
                continue
            order = list(CLASSES)
            if lifecycle != "none" and order.index(lifecycle) <= order.index(name):
                continue
            if (name, lifecycle) == ("onezone_ia", "glacier_instant"):
                continue  # AWS makes no such move; the one exception that these scenarios meet
            fields: dict[str, Any] = {"storage_class": name}
            if name not in ("standard", "intelligent_tiering"):
                fields["retrieved_gb"] = floors.read_back
            yield from self._priced("artifact_store", "s3", fields, "s3")
        if floors.artifact_zones <= 1:
            for name in {"gp3", "gp2", "st1", "sc1", store.ebs.volume.type}:
                volume = {"volume.type": name}
                yield from self._priced("artifact_store", "ebs", volume, "ebs", needs=("mount",))
        for throughput in ("elastic", "bursting"):
            read = max(store.efs.read_gb, floors.read_back)
            cold = max(store.efs.infrequent_read_gb, store.efs.infrequent / 100 * floors.read_back)
            fields = {"throughput": throughput, "read_gb": read, "infrequent_read_gb": cold}
            yield from self._priced("artifact_store", "efs", fields, "efs")
        minio = store.minio
        if minio.parity_volumes == 0 and floors.artifact_zones > 1:
            return
        for name, how, months in self._machines():
            if self._suits(name, minio.cpu_request, minio.memory_request):
                node = {f"node.machine.{field}": value for field, value in how.items()}
                node |= {"node.kind": "ec2", "node.machine.instance_type": name}
                fields = {**node, "runs_on": "kubernetes"}
                yield from self._priced(
                    "artifact_store", "minio", fields, "minio/kubernetes", months,
                    needs=("cluster",),
                )  # fmt: skip

    # What goes together

    @property
    def has_cluster(self) -> bool:
        """Whether something stands on a cluster now."""
        scenario = self.scenario
        server, database, store = (
            scenario.server, scenario.metadata_store, scenario.artifact_store
        )  # fmt: skip
        return (
            (server.option == "kubernetes" and server.kubernetes.runs_on != "fargate")
            or (database.option == "self_hosted" and database.self_hosted.runs_on == "kubernetes")
            or (store.option == "minio" and store.minio.runs_on == "kubernetes")
        )

    def go_together(self, server: Way, others: tuple[Way, ...]) -> bool:
        """Whether a server gives what the others need."""
        given = server.gives | ({"cluster"} if self.has_cluster else set())
        return all(one.needs <= given for one in others)

    def with_parts(self, ways: tuple[Way, ...]) -> Scenario:
        """The scenario with its parts hosted so."""
        parts = ("server", "metadata_store", "artifact_store")
        return self.scenario.model_copy(
            update={part: way.component for part, way in zip(parts, ways, strict=True)}
        )

    def minima(self) -> dict[tuple[tuple[str, ...], int], tuple[float, tuple[Way, ...]]]:
        """By kinds of hosting and longest commitment: the least that it costs, and how."""
        bests: list[list[Way]] = []
        for ways in self.ways.values():
            best: dict[object, Way] = {}
            for way in ways:
                key = way.kind, way.months, way.needs, way.gives, way.duties
                if key not in best or way.cost < best[key].cost:
                    best[key] = way
            bests.append(list(best.values()))
        labor: dict[frozenset[str], float] = {}
        found: dict[tuple[tuple[str, ...], int], tuple[float, tuple[Way, ...]]] = {}
        for ways in product(*bests):
            if not self.go_together(ways[0], ways[1:]):
                continue
            duties = frozenset().union(*(way.duties for way in ways))
            if duties not in labor:
                outcome = estimate(self.with_parts(ways), self.book)
                labor[duties] = float(outcome.by_component["labor"])
            cost = sum(way.cost for way in ways) + self.network + labor[duties]
            key = tuple(way.kind for way in ways), max(way.months for way in ways)
            if key not in found or cost < found[key][0]:
                found[key] = cost, ways
        return found
