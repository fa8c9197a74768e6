"""What the program remembers of its own looks between starts."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from mlflow_cost_desktop.gui.toolkit.theme import SCHEMES, Appearance

VERSION = 1
"""Raised when a setting gets another meaning."""


class Settings:
    """Settings in a readable file of the user's.

    A file that is broken, or of a newer version of the program, is kept aside, and the program
    begins with none.

    Args:
        folder: where the file is kept; it is made when something is first remembered.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "settings.ini"
        if not _is_sound(path):
            _keep_aside(path)
        self._settings = _opened(path)

    @property
    def appearance(self) -> Appearance:
        """Light, dark or as the system; the latter where the file says anything else."""
        value = self._settings.value("appearance", "system")
        found: list[Appearance] = [name for name in SCHEMES if name == value]
        return found[0] if found else "system"

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._remember("appearance", appearance)

    @property
    def collapsed_parts(self) -> set[str]:
        """The parts of the bill that are closed, as the file names them."""
        value = self._settings.value("bill/collapsed", "")
        return set(value.split()) if isinstance(value, str) else set()

    @collapsed_parts.setter
    def collapsed_parts(self, names: set[str]) -> None:
        self._remember("bill/collapsed", " ".join(sorted(names)))

    @property
    def shows_hints(self) -> bool:
        """Whether hints for a new user are shown: until they are put away."""
        return self._settings.value("hints", "shown") != "away"

    @shows_hints.setter
    def shows_hints(self, shows: bool) -> None:
        self._remember("hints", "shown" if shows else "away")

    @property
    def recent_files(self) -> list[Path]:
        """The files that were open lately, the latest first."""
        self._settings.sync()  # another program may have opened files meanwhile
        value = self._settings.value("recent_files", [])
        names: list[Any] = value if isinstance(value, list) else [value]
        return [Path(name) for name in names if isinstance(name, str) and name and "\0" not in name]

    @recent_files.setter
    def recent_files(self, paths: Sequence[Path]) -> None:
        self._remember("recent_files", [str(path) for path in paths])

    def layout(self, name: str) -> QByteArray:
        """A window's or splitter's place and size as Qt wrote it, empty where none is known."""
        value = self._settings.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_layout(self, name: str, state: QByteArray) -> None:
        """Note a place and size for the next window."""
        self._remember(f"layout/{name}", state)

    def _remember(self, name: str, value: object) -> None:
        self._settings.setValue("version", VERSION)
        self._settings.setValue(name, value)


def _opened(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)


def _is_sound(path: Path) -> bool:
    if not path.is_file():
        return True
    settings = _opened(path)
    version = str(settings.value("version", VERSION))
    is_read = settings.status() == QSettings.Status.NoError
    return is_read and version.isdecimal() and int(version) <= VERSION


def _keep_aside(path: Path) -> None:
    """Rename a file to the first of `settings-aside-1.ini`, `-2`, … that is free."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-aside-{number}{path.suffix}")).exists():
        number += 1
    with contextlib.suppress(OSError):
        path.rename(aside)
