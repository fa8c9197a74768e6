"""The ranges that come with the program, each with its source and date or marked as judgment."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.ranges import KnownRange

FILE_NAME = "ranges.json"


def read_ranges(folder: Path) -> tuple[KnownRange, ...]:
    """The ranges of `resources`, in the order of the file.

    Raises:
        UserError: if the file is missing or damaged.
    """
    path = folder / FILE_NAME
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return tuple(KnownRange.model_validate_json(json.dumps(one)) for one in held)
    except (OSError, ValueError, TypeError, RecursionError, ValidationError) as error:
        raise UserError(
            f"The list of ranges, {path}, can't be read",
            "Your scenarios are not affected; installing the program anew brings it back.",
        ) from error
