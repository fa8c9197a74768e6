"""What of the user's settings the command line follows, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from mlflow_cost_desktop.files.reading import NotAFileError, TooLargeError, read_regular

SETTINGS_FILE = "settings.json"
MAX_BYTES = 1024 * 1024

OLD_AFTER_DAYS = "old_after_days"
"""The name of the setting after how many days a price counts as old."""

DAYS = 90
FEWEST_DAYS, MOST_DAYS = 1, 3650


def old_after_days(folder: Path) -> int:
    """After how many days a price counts as old; 90 where the settings don't say otherwise.

    Args:
        folder: of the settings.
    """
    try:
        values = json.loads(read_regular(folder / SETTINGS_FILE, MAX_BYTES))
    except (OSError, ValueError, RecursionError, NotAFileError, TooLargeError):
        return DAYS
    return days_in(cast("dict[str, Any]", values)) if isinstance(values, dict) else DAYS


def days_in(values: dict[str, Any]) -> int:
    """The days that some settings name, if they can be meant."""
    days = values.get(OLD_AFTER_DAYS)
    if isinstance(days, bool) or not isinstance(days, int):
        return DAYS
    return days if FEWEST_DAYS <= days <= MOST_DAYS else DAYS
