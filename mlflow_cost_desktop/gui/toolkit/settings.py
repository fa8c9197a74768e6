"""What the program remembers of its own looks between starts."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QByteArray

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.preferences import OLD_AFTER_DAYS, SETTINGS_FILE, days_in
from mlflow_cost_desktop.files.reading import NotAFileError, TooLargeError, read_regular
from mlflow_cost_desktop.gui.toolkit.theme import SCHEMES, Appearance

VERSION = 1
"""Raised when a setting gets another meaning."""

MAX_BYTES = 1024 * 1024


class Settings:
    """Settings in a readable file of the user's: JSON, which holds nothing that could run.

    A file that is broken, or of a newer version of the program, is kept aside, and the program
    begins with none. Where the file can't be read or written, the program goes on without: what
    was chosen holds until it ends.

    Args:
        folder: where the file is kept; it is made when something is first remembered.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / SETTINGS_FILE
        self._values: dict[str, Any] = {}
        if not self._read():
            _keep_aside(self._path)

    @property
    def appearance(self) -> Appearance:
        """Light, dark or as the system; the latter where the file says anything else."""
        value = self._values.get("appearance", "system")
        found: list[Appearance] = [name for name in SCHEMES if name == value]
        return found[0] if found else "system"

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._remember("appearance", appearance)

    @property
    def collapsed_parts(self) -> set[str]:
        """The parts of the estimate that are closed, as the file names them."""
        return set(self._texts("collapsed_parts"))

    @collapsed_parts.setter
    def collapsed_parts(self, names: set[str]) -> None:
        self._remember("collapsed_parts", sorted(names))

    @property
    def shows_hints(self) -> bool:
        """Whether hints for a new user are shown: until they are put away."""
        return self._values.get("hints", "shown") != "away"

    @shows_hints.setter
    def shows_hints(self, shows: bool) -> None:
        self._remember("hints", "shown" if shows else "away")

    @property
    def old_after_days(self) -> int:
        """After how many days a price counts as old."""
        return days_in(self._values)

    @old_after_days.setter
    def old_after_days(self, days: int) -> None:
        self._remember(OLD_AFTER_DAYS, days)

    @property
    def recent_files(self) -> list[Path]:
        """The files that were open lately, the latest first."""
        self._read()  # another program may have opened files meanwhile
        return [Path(name) for name in self._texts("recent_files") if name and "\0" not in name]

    @recent_files.setter
    def recent_files(self, paths: Sequence[Path]) -> None:
        self._remember("recent_files", [str(path) for path in paths])

    def layout(self, name: str) -> QByteArray:
        """A window's or splitter's place and size as Qt wrote it, empty where none is known."""
        value = self._values.get(f"layout/{name}")
        try:
            return QByteArray(base64.b64decode(value, validate=True) if value else b"")
        except (ValueError, TypeError):
            return QByteArray()

    def remember_layout(self, name: str, state: QByteArray) -> None:
        """Note a place and size for the next window."""
        self._remember(f"layout/{name}", base64.b64encode(state.data()).decode())

    def _texts(self, name: str) -> list[str]:
        value = self._values.get(name)
        items = cast("list[object]", value) if isinstance(value, list) else []
        return [item for item in items if isinstance(item, str)]

    def _remember(self, name: str, value: object) -> None:
        self._read()  # what another program remembered meanwhile stays
        self._values |= {"version": VERSION, name: value}
        data = json.dumps(self._values, indent=2).encode()
        with contextlib.suppress(UserError, OSError):  # nobody's work hangs on it
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, data)

    def _read(self) -> bool:
        """Take what stands in the file now; false where it is not ours to read."""
        try:
            data = read_regular(self._path, MAX_BYTES)
        except (NotAFileError, TooLargeError):
            return False
        except OSError:  # there is none yet, or it can't be read
            return True
        try:
            values = json.loads(data)
        except (ValueError, RecursionError):
            return False
        version = (
            cast("dict[str, object]", values).get("version") if isinstance(values, dict) else 0
        )
        if not isinstance(version, int) or not 1 <= version <= VERSION:
            return False
        self._values = values
        return True


def _keep_aside(path: Path) -> None:
    """Rename a file to the first of `settings-aside-1.json`, `-2`, … that is free."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.stem}-aside-{number}{path.suffix}")):
        number += 1
    with contextlib.suppress(OSError):
        path.rename(aside)
