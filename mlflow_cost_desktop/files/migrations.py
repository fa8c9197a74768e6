"""Steps that bring the data of an older scenario file up to the present schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

SCHEMA_VERSION = 2
"""The version that is written; raised when a field is renamed, moved or given another meaning."""

Document = dict[str, Any]


def _from_1(data: Document) -> Document:
    """Transfer leaves the artifact store for the network and takes its discount along."""
    scenario = _group(data, "scenario")
    store = _group(scenario, "artifact_store")
    moved = ("transfer_out_gb", "free_transfer_gb")
    network = {name: store[name] for name in (*moved, "discount") if name in store}
    if not network:
        return data  # nothing to move; what is wrong with it, the reader says
    kept = {name: value for name, value in store.items() if name not in moved}
    return {**data, "scenario": {**scenario, "artifact_store": kept, "network": network}}


def _group(data: Document, name: str) -> Document:
    """A group of fields; empty where a file has something else there."""
    found = data.get(name)
    return cast(Document, found) if isinstance(found, dict) else {}


STEPS: Mapping[int, Callable[[Document], Document]] = {1: _from_1}
"""From version n to n + 1, by n. Steps see the file's whole object, before any validation."""


def migrate(data: Document, version: int) -> Document:
    """The file's object as the present version would have written it.

    Args:
        data: the object of a file of schema `version`, from 1 to `SCHEMA_VERSION`.
    """
    for step in range(version, SCHEMA_VERSION):
        data = STEPS[step](data)
    return {**data, "schema_version": SCHEMA_VERSION}
