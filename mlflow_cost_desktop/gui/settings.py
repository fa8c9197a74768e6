"""What the program remembers of its own looks between starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from mlflow_cost_desktop.gui.theme import SCHEMES, Appearance
from mlflow_cost_desktop.model.components import COMPONENTS


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

    @property
    def collapsed_parts(self) -> set[str]:
        """The parts of the bill that are closed; what is none of them is left out."""
        value = self._settings.value("bill/collapsed", "")
        names = value.split(" ") if isinstance(value, str) else []
        return {name for name in names if name in COMPONENTS}

    @collapsed_parts.setter
    def collapsed_parts(self, names: set[str]) -> None:
        self._settings.setValue("bill/collapsed", " ".join(sorted(names)))

    @property
    def shows_hints(self) -> bool:
        """Whether hints for a new user are shown: until they are put away."""
        return self._settings.value("hints", "shown") != "away"

    @shows_hints.setter
    def shows_hints(self, shows: bool) -> None:
        self._settings.setValue("hints", "shown" if shows else "away")
