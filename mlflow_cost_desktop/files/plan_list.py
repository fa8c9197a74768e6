"""The managed plans that come with the program, each with its source and date."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.managed_plan import ManagedPlan

FILE_NAME = "plans.json"


def read_plans(folder: Path) -> tuple[ManagedPlan, ...]:
    """The plans of `pricing/managed`, in the order of the file.

    Raises:
        UserError: if the file is missing or damaged.
    """
    path = folder / FILE_NAME
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return tuple(ManagedPlan.model_validate_json(json.dumps(plan)) for plan in held)
    except (OSError, ValueError, TypeError, RecursionError, ValidationError) as error:
        raise UserError(
            f"The list of managed plans, {path}, can't be read",
            "Your scenarios are not affected; installing the program anew brings it back.",
        ) from error
