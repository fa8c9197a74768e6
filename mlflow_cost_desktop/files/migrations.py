"""Steps that bring the data of an older scenario file up to the present schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from mlflow_cost_desktop.files.tasks_of_schema_2 import TASKS

SCHEMA_VERSION = 3
"""The version that is written; raised when a field is renamed, moved or given another meaning.

Version 3 is open until it is released: fields are added to it without a number of their own.
"""

Document = dict[str, Any]

MOST_TASKS = 100

RENAMED_LINES: Mapping[str, str] = {}
"""Lines whose words have changed since schema 2, by `component/description` as it was then.

Files of schemas 1 and 2 know a line by its words; what it is known by since is its identity.
"""

CORRECTED: Mapping[tuple[str, str], str] = {
    ("artifact_store/efs/infrequent_storage", "provider"): "With elastic throughput, Infrequent "
    "Access has a lower price of its own.",
    ("network/nat/addresses", "provider"): "A NAT gateway has a public address, which is billed "
    "beside it.",
    ("network/transfer/out", "own_rate"): "The free quantity of your rate takes the place of the "
    "free transfer, and is no longer taken off on top of it.",
}
"""Why a line costs another amount than in files of schemas 1 and 2.

Keys are the line's identity and where its price comes from.
"""


GONE: Mapping[str, str] = {
    f"labor/{name}": "Without a tracking server, nothing of one is upgraded, patched or monitored."
    for name in ("Version upgrades", "Security patches", "Monitoring and right-sizing")
}
"""Why a line of files of schemas 1 and 2 is no longer there, by its words."""


def _from_1(data: Document) -> Document:
    """Transfer leaves the artifact store for the network and takes its discount along."""
    scenario = _group(data, "scenario")
    store = _group(scenario, "artifact_store")
    moved = ("transfer_out_gb", "free_transfer_gb")
    network = {name: store[name] for name in (*moved, "discount") if name in store}
    if not network:
        return data  # nothing to move; what is wrong with it, the reader says
    kept = {name: value for name, value in store.items() if name not in moved}
    data = {**data, "scenario": {**scenario, "artifact_store": kept, "network": network}}
    return with_paths_renamed(data, {f"artifact_store.{n}": f"network.{n}" for n in moved})


FREE_PLANS = ("wandb_free", "comet_free", "clearml_community", "dagshub_individual")
"""Plans of the program that were known to cost nothing, which nothing said of them."""

FIGURES = ("base_usd", "seat_usd", "gb_usd", "hour_usd")


def _from_2(data: Document) -> Document:
    """All prices were those of AWS; a plan without a figure is unknown, and free ones say so.

    An exchange rate of 1 was nobody's: it stood there until one was typed. Work on the server
    counts with one; that on the instances was not asked for, and begins with no hours. What was
    typed for all databases together is each one's part of it. Lines are noted by identity; those
    that are noted by their words are kept as they are.
    """
    if not isinstance(data.get("scenario"), dict):
        return data  # what is wrong with it, the reader says
    scenario = _group(data, "scenario")
    migrated = {**scenario, "provider_id": "aws"}
    currency = _group(scenario, "currency")
    if currency.get("per_usd") == 1.0:
        migrated["currency"] = {**currency, "per_usd": None}
    # What a file by hand leaves out is what it was then; the program wrote all of these.
    if isinstance(usage := scenario.get("usage", {}), dict):
        migrated["usage"] = {"by": "hours", **usage}
    if isinstance(labor := scenario.get("labor", {}), dict):
        labor = cast(Document, labor)
        tasks = labor.get("tasks", [dict(task) for task in TASKS])
        if isinstance(tasks, list):
            migrated["labor"] = {**labor, "tasks": _tasks_from_2(cast("list[Any]", tasks))}
    if store := _group(scenario, "metadata_store"):
        migrated["metadata_store"] = _databases_from_2(store, _deployments(scenario))
    for name, step in (("own_rates", _rate_from_2), ("plans", _plan_from_2)):
        items = scenario.get(name)
        if isinstance(items, list):
            migrated[name] = [step(item) for item in cast("list[Any]", items)]
    return {**data, "scenario": migrated}


RENAMED_SKUS: Mapping[str, str] = {"ecr/storage": "registry/storage"}
"""Prices that are called otherwise since schema 2, by their names then."""

OF_A_SERVER = ("upgrades", "patches", "monitoring")
"""Tasks of the program that counted always, and count with a tracking server."""

OF_INSTANCES: Document = {
    "id": "operating_system",
    "name": "Operating system of the instances",
    "note": "No hours: the file is older than this task. A new scenario has half an hour a month "
    "for restarts, images and access, a judgment.",
    "hours": 0.0,
    "times": 1.0,
    "period": "month",
    "per": "deployment",
    "counts": "own_instances",
}


def _tasks_from_2(tasks: list[Any]) -> list[Any]:
    found: list[Any] = []
    for task in tasks:
        if isinstance(task, dict):
            task = cast(Document, task)
            if task.get("id") in OF_A_SERVER and task.get("counts", "always") == "always":
                task = {**task, "counts": "server"}
        found.append(task)
    ids = [cast(Document, task).get("id") for task in found if isinstance(task, dict)]
    # A full list, and a task of that name, stay as they are.
    if OF_INSTANCES["id"] in ids or len(found) >= MOST_TASKS:
        return found
    return [*found, OF_INSTANCES]


OF_ALL_DATABASES: Mapping[str, Mapping[str, float]] = {
    "rds": {"storage_gb": 20.0, "backup_gb": 0.0},
    "aurora": {"storage_gb": 20.0, "io_millions": 0.0, "backup_gb": 0.0},
    "self_hosted": {"storage_gb": 30.0},
}
"""What was typed for all databases together, with the defaults of then."""

OF_ALL_INSTANCES = ("rds", "aurora")
"""Databases whose CPU credits were typed for all instances together."""


def _databases_from_2(store: Document, deployments: float) -> Document:
    found = dict(store)
    for name, totals in OF_ALL_DATABASES.items():
        group = _group(store, name)
        if not group and store.get("option", "rds") != name:
            continue  # it costs nothing
        instances = deployments * _count(group.get("instances", 1.0))
        databases = instances if name == "rds" else deployments
        each = {
            total: group.get(total, default) / databases
            for total, default in totals.items()
            if databases != 1 and _is_number(group.get(total, default))
        }
        credit = group.get("surplus_credits", 0.0)
        if name in OF_ALL_INSTANCES and instances != 1 and _is_number(credit) and credit:
            each["surplus_credits"] = credit / instances
        if each:
            found[name] = {**group, **each}
    return found


def _deployments(scenario: Document) -> float:
    access = _group(_group(scenario, "labor"), "access")
    is_apart = access.get("separation") == "deployments"
    return _count(access.get("teams", 2.0)) if is_apart else 1.0


def _count(value: Any) -> float:
    """How many of a thing; 1 where the reader refuses what stands there."""
    return value if _is_number(value) and value >= 1 else 1.0


def _is_number(value: Any) -> bool:
    """Whether it is one that a field could take; others the reader refuses."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _rate_from_2(rate: Any) -> Any:
    if not isinstance(rate, dict):
        return rate
    rate = {**cast(Document, rate), "provider_id": "aws"}
    sku = rate.get("sku_id")
    if isinstance(sku, str) and sku in RENAMED_SKUS:
        rate["sku_id"] = RENAMED_SKUS[sku]
    return rate


def _plan_from_2(plan: Any) -> Any:
    if not isinstance(plan, dict):
        return plan
    plan = cast(Document, plan)
    if plan.get("id") in ("auto", "none"):  # what a total is held against by the user's choice
        plan = {**plan, "id": f"{plan['id']}_plan"}
    is_free = (
        plan.get("id") in FREE_PLANS
        and plan.get("price", "public") == "public"
        and not any(plan.get(figure) for figure in FIGURES)
    )
    return {**plan, "price": "free"} if is_free else plan


def _group(data: Document, name: str) -> Document:
    """A group of fields; empty where a file has something else there."""
    found = data.get(name)
    return cast(Document, found) if isinstance(found, dict) else {}


STEPS: Mapping[int, Callable[[Document], Document]] = {1: _from_1, 2: _from_2}
"""From version n to n + 1, by n. Steps see the file's whole object, before any validation."""


PATHS = frozenset({"path", "with_path"})
"""Fields of a list's item that name an input of the scenario."""


def with_paths_renamed(data: Document, renamed: Mapping[str, str]) -> Document:
    """A file's object whose lists of paths follow fields that were renamed or moved.

    Every item of a list of the scenario that has a `path` is followed, whatever the list is for
    (what changes over time, what has a range), and so are its other paths (`with_path`). A step
    that moves a field calls this.

    Args:
        data: the file's whole object.
        renamed: new paths by old ones; a group's path takes along what lies below it.
    """

    def follow(path: str) -> str:
        outer, below = path, ""
        while outer not in renamed and "." in outer:
            outer, _, last = outer.rpartition(".")
            below = f".{last}{below}"
        return f"{renamed[outer]}{below}" if outer in renamed else path

    def walk(value: Any, in_list: bool = False) -> Any:
        if isinstance(value, list):
            return [walk(item, in_list=True) for item in cast("list[Any]", value)]
        if not isinstance(value, dict):
            return value
        group = {name: walk(inner) for name, inner in cast(Document, value).items()}
        if in_list:
            for name in PATHS & group.keys():
                if isinstance(group[name], str):
                    group[name] = follow(group[name])
        return group

    return {**data, "scenario": walk(data.get("scenario"))} if "scenario" in data else data


def migrate(data: Document, version: int) -> Document:
    """The file's object as the present version would have written it.

    Args:
        data: the object of a file of schema `version`, from 1 to `SCHEMA_VERSION`.
    """
    for step in range(version, SCHEMA_VERSION):
        data = STEPS[step](data)
    return {**data, "schema_version": SCHEMA_VERSION}
