"""What the pages of the answer have in common: a head, rows with a title, and an area below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_label
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.model.growth import PRICES, not_a_number
from mlflow_cost_desktop.model.managed_plan import ManagedPlan


class PageArea(QScrollArea):
    """What lies below a page's head, and scrolls.

    Asks for no more than it must have: what lies around does not scroll because of it.

    Attributes:
        column: takes what it holds.
    """

    def __init__(self) -> None:
        super().__init__()
        below = QWidget()
        self.column = QVBoxLayout(below)
        self.column.setContentsMargins(0, 0, 0, 8)
        self.column.setSpacing(6)
        self.setObjectName("answerPage")
        self.setWidget(below)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class PlanPage(QWidget):
    """A page whose answer has the managed plan beside it that is held against the scenario.

    While figures move it keeps the plan that stands there; which one fits best now follows once
    they rest.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._study: Study | None = None
        self._plan: ManagedPlan | None = None
        self._calm = Calm(self)
        self._calm.came.connect(self.settle)

    def show_study(self, study: Study) -> None:
        """Show what a page answers about a scenario."""
        before, self._study = self._study, study
        if before is None or study.asks_for_another_plan(before):
            self._plan = study.held.plan
        else:
            self._calm.start()
        self._ask()

    def settle(self) -> None:
        """Hold the plan against it that is the best one now."""
        self._calm.stop()
        if self._study and self._study.held.plan != self._plan:
            self._plan = self._study.held.plan
            self._ask()

    def _is_number(self, path: str) -> bool:
        """Whether a number is at a path, or what is meant by it, so that its extra can be seen."""
        if not path or self._study is None:
            return False
        return path == PRICES or not not_a_number(self._study.scenario, path)

    def _ask(self) -> None:
        """Ask for the answer about the study and the plan."""
        raise NotImplementedError


def whole_page(page: QWidget, figure: QLabel, sentence: ElidedLabel) -> QVBoxLayout:
    """The column of a page, which begins with its figure and its sentence."""
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(figure, 0, Qt.AlignmentFlag.AlignBottom)
    head.addWidget(sentence, 1, Qt.AlignmentFlag.AlignBottom)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(4)
    whole.addLayout(head)
    return whole


def titled_row(title: str, *widgets: QWidget) -> QWidget:
    """A row of a page: its title at the left, what is done with it at the right."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    label = plain_label("section")
    label.setText(title)
    row.addWidget(label, 1)
    for widget in widgets:
        row.addWidget(widget)
    return held
