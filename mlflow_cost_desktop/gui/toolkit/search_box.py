"""A line for words to look for."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.gui.toolkit.window_keys import leave_to_window


class SearchBox(QLineEdit):
    """Words to look for, and a cross that clears them; Qt's own cross fades in and out."""

    def __init__(self) -> None:
        super().__init__()
        icon = QIcon(str(paths.resources_dir() / "icons" / "clear.svg"))
        self.cross = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)
        self.cross.setText("Clear")
        self.cross.setVisible(False)
        self.cross.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: self.cross.setVisible(bool(text)))

    def event(self, event: QEvent) -> bool:
        return leave_to_window(event) or super().event(event)
