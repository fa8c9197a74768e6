"""The line beside the answer: the managed plan that is held against it first."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mlflow_cost_desktop.analysis.managed_plans import comparable, seats_break_even
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_label, plain_tooltip
from mlflow_cost_desktop.gui.toolkit.pace import CALM_MS
from mlflow_cost_desktop.wording.verdict import headline

MORE = "A hosted MLflow comes first; the Plans tab has every plan, other trackers too."


class PlanLine(QWidget):
    """A hosted MLflow that fits the team, the cheapest with a quoted price, where there is one.

    It takes what room the answer leaves, and elides what has none; the tooltip tells all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.name = ElidedLabel("details", last=True)  # its cost
        self.name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.difference = plain_label("planDifference")
        self.holds = ElidedLabel("details")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self.difference)
        row.addWidget(self.holds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._study: Study | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.refresh)
        self.hide()

    def show_study(self, study: Study) -> None:
        self._study = study
        self._calm.start()  # twenty plans are priced once figures rest, not while they move

    def refresh(self) -> None:
        """Hold the plans against what was shown last."""
        study = self._study
        if study is None:
            return
        offer = comparable(study.managed)
        self.setVisible(offer is not None)
        if offer is None:
            return
        seats = seats_break_even(study.scenario, study.price_book, offer.plan)
        words = headline(offer, study.scenario.team.users, seats, study.scenario.currency)
        for label, text in zip((self.name, self.difference, self.holds), words, strict=True):
            label.setText(text)
        self.setAccessibleName(" ".join(words))
        self.setToolTip(plain_tooltip("\n".join((" ".join(words), *offer.caveats, MORE))))
        self.setAccessibleDescription("\n".join((*offer.caveats, MORE)))
