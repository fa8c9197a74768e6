"""Steps that bring the data of an older scenario file up to the present schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

SCHEMA_VERSION = 1
"""The version that is written; raised when a field is renamed, moved or given another meaning."""

Document = dict[str, Any]

STEPS: Mapping[int, Callable[[Document], Document]] = {}
"""From version n to n + 1, by n. Steps see the file's whole object, before any validation."""


def migrate(data: Document, version: int) -> Document:
    """The file's object as the present version would have written it.

    Args:
        data: the object of a file of schema `version`, from 1 to `SCHEMA_VERSION`.
    """
    for step in range(version, SCHEMA_VERSION):
        data = STEPS[step](data)
    return {**data, "schema_version": SCHEMA_VERSION}
