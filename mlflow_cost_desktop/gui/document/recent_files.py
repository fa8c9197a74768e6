"""The menu of files that were open lately; those that are gone are marked."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget

from mlflow_cost_desktop.figures import one_line
from mlflow_cost_desktop.gui.toolkit.settings import Settings

MOST = 10


class RecentFiles(QMenu):
    """Recently used files, the latest first, as the settings remember them."""

    chosen = Signal(Path)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__("Open &recent", parent)
        self._settings = settings
        self.aboutToShow.connect(self._fill)
        self._fill()

    def add(self, path: Path) -> None:
        """Put a file on top."""
        path = path.absolute()
        others = [other for other in self._settings.recent_files if other != path]
        self._settings.recent_files = [path, *others][:MOST]

    def _fill(self) -> None:
        self.clear()
        for number, path in enumerate(self._settings.recent_files, 1):
            is_there = os.path.isfile(path)  # false as well where it may not be looked at
            name = self._short(path).replace("&", "&&")
            digit = f"&{number % 10}  "
            action = self.addAction(f"{digit}{name}" if is_there else f"{digit}{name} (missing)")
            action.setEnabled(is_there)
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(path))
        if self.isEmpty():
            self.addAction("No files yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("&Clear the list").triggered.connect(self._forget)

    def _short(self, path: Path) -> str:
        """The name, and its folder with the home folder as "~"."""
        folder = path.parent
        home = Path(os.path.expanduser("~"))
        if folder.is_relative_to(home):
            folder = Path("~", folder.relative_to(home))
        text = one_line(f"{path.name} – {folder}")
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, 520)

    def _forget(self) -> None:
        self._settings.recent_files = []
