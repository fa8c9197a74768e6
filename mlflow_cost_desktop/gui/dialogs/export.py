"""File → Export as: format, parts, paper, what it is held against, with the scenario or not."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.exports.parts import PARTS, in_order
from mlflow_cost_desktop.gui.document.export import FORMATS, ExportChoices
from mlflow_cost_desktop.gui.toolkit.theme import open_at
from mlflow_cost_desktop.model.managed_plan import NONE

PAPER = {"a4": "A4", "letter": "Letter"}


class ExportDialog(QDialog):
    """How the scenario is exported; `choices` is what was chosen.

    Args:
        plans: names of those that it can be held against, by their ids.
    """

    def __init__(
        self, parent: QWidget, chosen: ExportChoices, plans: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export as")
        open_at(self, 420, 500)
        self.format = _combo({kind: one.title for kind, one in FORMATS.items()}, chosen.kind)
        self.paper = _combo(PAPER, chosen.paper)
        held = {"": "As in the window", NONE: "Nothing", **(plans or {})}
        self.plan = _combo(held, chosen.against)
        self.attachment = QCheckBox("&Attach the scenario, with own rates and notes")
        self.attachment.setToolTip("Whoever opens the PDF with this program can go on from there.")
        self.attachment.setChecked(chosen.has_attachment)
        form = QFormLayout()
        form.addRow("&Format", self.format)
        form.addRow("&Held against", self.plan)
        form.addRow("&Paper", self.paper)
        form.addRow(self.attachment)
        self.parts = {name: QCheckBox(title) for name, title in PARTS.items()}
        group = QGroupBox("Parts")
        rows = QVBoxLayout(group)
        for name, box in self.parts.items():
            box.setChecked(name in chosen.parts)
            box.toggled.connect(self._show_what_counts)
            rows.addWidget(box)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton("&Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(group)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.format.currentIndexChanged.connect(self._show_what_counts)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show_what_counts()

    @property
    def choices(self) -> ExportChoices:
        """What is chosen at present."""
        return ExportChoices(
            self.format.currentData(),
            self.paper.currentData(),
            in_order([name for name, box in self.parts.items() if box.isChecked()]),
            self.attachment.isChecked(),
            self.plan.currentData(),
        )

    def _show_what_counts(self) -> None:
        """Paper and attachment are a PDF's; something has to be exported."""
        is_pdf = self.format.currentData() == "pdf"
        self.paper.setEnabled(is_pdf)
        self.attachment.setEnabled(is_pdf)
        self.export.setEnabled(bool(self.choices.parts))


def _combo(words: Mapping[str, str], chosen: str) -> QComboBox:
    made = QComboBox()
    for value, text in words.items():
        made.addItem(text, value)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    return made
