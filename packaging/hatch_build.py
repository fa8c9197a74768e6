"""Writes the day of the build into a wheel, where the window's About dialog finds it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "mlflow_cost_desktop/resources/build-date.txt"


class BuildDate(BuildHookInterface[Any]):
    """Adds one file. An editable install has none: its source is newer than any build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        second = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "build-date.txt"
        file.write_text(time.strftime("%Y-%m-%d\n", time.gmtime(second)), encoding="ascii")
        build_data["force_include"][str(file)] = PLACE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
