"""Lists that come with the program: managed plans and ranges, each with source and date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.ranges import KnownRange

PLANS, RANGES = "plans.json", "ranges.json"

T = TypeVar("T", bound=BaseModel)


def read_plans(folder: Path) -> tuple[ManagedPlan, ...]:
    """The plans of `pricing/managed`, in the order of the file.

    Raises:
        UserError: if the file is missing or damaged.
    """
    return _read_list(folder / PLANS, ManagedPlan, "managed plans")


def read_ranges(folder: Path) -> tuple[KnownRange, ...]:
    """The ranges of `resources`, in the order of the file.

    Raises:
        UserError: if the file is missing or damaged.
    """
    return _read_list(folder / RANGES, KnownRange, "ranges")


def _read_list(path: Path, kind: type[T], name: str) -> tuple[T, ...]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return tuple(kind.model_validate_json(json.dumps(one)) for one in held)
    except (OSError, ValueError, TypeError, RecursionError, ValidationError) as error:
        raise UserError(
            f"The list of {name}, {path}, can't be read",
            "Your scenarios are not affected; installing the program again brings it back.",
        ) from error
