"""What the scenario holds of the user's own rates and lines, with the way to them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.toolkit.labels import plain_label


class OwnPanel(QWidget):
    """Two rows: how many rates and lines are the user's own, and a button to each list."""

    rates_requested = Signal()
    lines_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        heading = plain_label("section")
        heading.setText("Your rates and lines")
        self.rates = QPushButton("Your &rates…")
        self.lines = QPushButton("Your &lines…")
        self.rate_count, self.line_count = plain_label("field"), plain_label("field")
        rows = QGridLayout(self)
        rows.setContentsMargins(16, 0, 16, 16)
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(6)
        rows.addWidget(heading, 0, 0, 1, 2)
        rows.addWidget(self.rate_count, 1, 0)
        rows.addWidget(self.rates, 1, 1)
        rows.addWidget(self.line_count, 2, 0)
        rows.addWidget(self.lines, 2, 1)
        rows.setColumnStretch(0, 1)
        self.rates.clicked.connect(self.rates_requested.emit)
        self.lines.clicked.connect(self.lines_requested.emit)

    def show_study(self, study: Study) -> None:
        _count(self.rate_count, len(study.scenario.own_rates), "price of yours", "prices of yours")
        _count(self.line_count, len(study.scenario.own_lines), "line of yours", "lines of yours")


def _count(label: QLabel, number: int, one: str, many: str) -> None:
    label.setText(f"No {one}" if not number else f"{number} {one if number == 1 else many}")


class ScenarioTab(ComponentTab):
    """The fields of the whole scenario, and below them what is the user's own."""

    def __init__(self, name: str, roots: Iterable[str]) -> None:
        super().__init__(name, roots)
        self.own_panel = OwnPanel()
        self.add_below(self.own_panel)

    def show_study(self, study: Study) -> None:
        super().show_study(study)
        self.own_panel.show_study(study)
