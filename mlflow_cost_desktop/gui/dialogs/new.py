"""File → New: the presets to begin with, one line each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import open_at

DESCRIPTIONS = {
    "The article's small team": "One m5.large, MySQL on RDS and 1 TB in S3, as published in 2024.",
    "Hobby": "One person: the smallest machines, some gigabytes, little upkeep.",
    "Regulated team": "Two replicas, a standby database, access control and evidence.",
    "Large": "Many users: three replicas, a large database and 80 TB of artifacts.",
}
"""What each preset is, by its name."""


class NewDialog(QDialog):
    """A list of presets; `chosen` is the name of the one that was taken."""

    def __init__(self, parent: QWidget, names: list[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle("New scenario")
        open_at(self, 540, 340)
        lead = plain_label("")
        lead.setText("Begin with the team that is most like yours, and change what differs:")
        lead.setWordWrap(True)
        self.presets = QListWidget()
        self.presets.setObjectName("presets")
        self.presets.setAccessibleName("Presets")
        self.presets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.presets.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.presets.setWordWrap(True)
        self.presets.setSpacing(2)
        for name in names:
            item = QListWidgetItem(f"{name}\n{DESCRIPTIONS.get(name, '')}")
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.presets.addItem(item)
        self.presets.setCurrentRow(0)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("&Begin")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(lead)
        column.addWidget(self.presets, 1)
        column.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.presets.itemActivated.connect(self.accept)
        self.presets.setFocus()

    @property
    def chosen(self) -> str:
        name: str = self.presets.currentItem().data(Qt.ItemDataRole.UserRole)
        return name
