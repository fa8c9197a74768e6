"""Values from given months on, as they are typed: 7: 8; 13: 10."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.toolkit.figure_field import fault_label, show_fault
from mlflow_cost_desktop.gui.toolkit.labels import show_tooltip
from mlflow_cost_desktop.model.growth import MOST_MONTHS, FromMonth
from mlflow_cost_desktop.reading import UnreadError, read_number

HINT = "7: 8; 13: 10"


class StepsField(QWidget):
    """A line for months with their values, and what is wrong with it below."""

    changed = Signal()

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures, self._unit = figures, ""
        self.line = QLineEdit()
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("Values from given months on")
        show_tooltip(
            self.line,
            f"A month and what holds from it on, as many as you like: {HINT}. In month 1 the "
            "typed value holds.",
        )
        self.problem = fault_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._check)

    def show_steps(self, steps: Sequence[FromMonth]) -> None:
        """Show values as they are typed."""
        digits = self._figures.digits
        self.line.setText("; ".join(f"{step.month}: {digits(step.value)}" for step in steps))

    def ask_in(self, unit: str) -> None:
        """Read values in another unit from now on."""
        self._unit = unit

    @property
    def steps(self) -> tuple[FromMonth, ...]:
        """What is typed; nothing while something is wrong with it."""
        found = self._read()
        return () if isinstance(found, str) else found

    def _check(self) -> None:
        found = self._read()
        show_fault(self.problem, found if isinstance(found, str) else "")
        self.changed.emit()

    def _read(self) -> tuple[FromMonth, ...] | str:
        """The months with their values, or what is wrong with them."""
        found: dict[int, FromMonth] = {}
        for part in filter(None, (part.strip() for part in self.line.text().split(";"))):
            month, colon, value = part.partition(":")
            if not colon or not month.strip().isdecimal():
                return f"“{part}” is no month with a value; type 7: 8."
            number = int(month)
            if not 2 <= number <= MOST_MONTHS:
                return f"The month must be from 2 to {MOST_MONTHS}."
            if number in found:
                return f"Month {number} stands here twice."
            try:
                figure = read_number(value, self._figures, self._unit)
            except UnreadError as error:
                return f"{error.sentence}."
            found[number] = FromMonth(month=number, value=figure)
        return tuple(found[number] for number in sorted(found))
