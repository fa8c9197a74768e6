"""A goal from which the amount of a change follows: doubles, or reaches 20, after 24 months."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.dialogs.number_dialog import MOST
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.figure_field import FigureField
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.model.growth import MOST_MONTHS

DOUBLES, REACHES, TIMES = "doubles", "reaches", "times"
WORDS = {DOUBLES: "doubles", REACHES: "reaches", TIMES: "becomes times"}
MEANING = (
    "Works out the amount from what is to come of it: the change is saved with that amount, and "
    "goes on after the goal unless it ends."
)


class GoalRow(QWidget):
    """What an input is to come to, and after how many months; nothing is asked for at first."""

    changed = Signal()

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._unit = ""
        self.kind = QComboBox()
        for kind, words in WORDS.items():
            self.kind.addItem(words, kind)
        show_tooltip(self.kind, MEANING)
        self.figure = FigureField("Goal", "", MEANING, figures, upper=MOST, lower=-MOST)
        self.after = FigureField(
            "Goal after", "months", MEANING, figures,
            upper=float(MOST_MONTHS - 1), lower=1.0, optional=True,
        )  # fmt: skip
        after = plain_label("field")
        after.setText("after")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget, stretch in ((self.kind, 0), (self.figure, 1), (after, 0), (self.after, 1)):
            row.addWidget(widget, stretch)
        name_list(self.kind, "Goal")
        self.setFocusProxy(self.kind)
        self.figure.hide()
        self.kind.currentIndexChanged.connect(self._show_kind)
        for field in (self.figure, self.after):
            field.changed.connect(self.changed)

    def _show_kind(self) -> None:
        self.figure.setVisible(self.kind.currentData() != DOUBLES)
        self.ask_in(self._unit)
        self.changed.emit()

    def ask_in(self, unit: str) -> None:
        """Read what is to be reached in a unit."""
        self._unit = unit
        with QSignalBlocker(self.figure):
            self.figure.ask_in("" if self.kind.currentData() == TIMES else unit)

    @property
    def is_set(self) -> bool:
        """Whether there is a goal: what is to be reached, and after how many months."""
        has_figure = self.kind.currentData() == DOUBLES or self.figure.figure is not None
        return has_figure and self.after.figure is not None

    @property
    def reached(self) -> float:
        """After how many months it is reached, zero where there is no goal."""
        return (self.after.figure or 0.0) if self.is_set else 0.0

    def wanted(self, now: float) -> float:
        """What is to be reached, where one is set.

        Args:
            now: what is typed in the input.
        """
        if self.kind.currentData() == DOUBLES:
            return 2.0 * now
        figure = self.figure.figure or 0.0
        return figure if self.kind.currentData() == REACHES else figure * now

    def show_doubled(self, after: int) -> None:
        """Show that it was to double, and after how many months."""
        with QSignalBlocker(self):
            self.kind.setCurrentIndex(self.kind.findData(DOUBLES))
            self.after.show_figure(float(after))

    def clear(self) -> None:
        """Ask for no goal any longer: somebody has typed an amount."""
        self.after.show_figure(None)
