"""What the program remembers of its own looks between starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from mlflow_cost_desktop.gui.theme import SCHEMES, Appearance


class Settings:
    """Settings in a readable file of the user's.

    Args:
        folder: where the file is kept; it is made when something is first remembered.
    """

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        """Light, dark or as the system; the latter where the file says anything else."""
        value = self._settings.value("appearance", "system")
        found: list[Appearance] = [name for name in SCHEMES if name == value]
        return found[0] if found else "system"

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._settings.setValue("appearance", appearance)
