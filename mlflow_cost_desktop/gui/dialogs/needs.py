"""Everything that a search for the cheapest has to find, as a form."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import open_at

LEAD = (
    "What an alternative has to offer. What is left empty is as it is chosen now; nothing here "
    "is billed."
)


class NeedsDialog(QDialog):
    """The needs of a session's scenario; each edit counts at once and can be undone."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Needs")
        open_at(self, 460, 620)
        lead = plain_label("")
        lead.setText(LEAD)
        lead.setWordWrap(True)
        self.form = Form(("needs",))
        self.form.edited.connect(session.edit)
        session.refused.connect(self.form.show_problem)
        session.study_changed.connect(self.form.show_scenario)
        self.form.show_scenario(session.study)
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(lead)
        column.addWidget(area, 1)
        column.addWidget(buttons)
