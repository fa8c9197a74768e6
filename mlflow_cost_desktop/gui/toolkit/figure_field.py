"""A figure outside of forms: checked as it is typed, with its fault beside it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.reading import UnreadError, in_words, read_number


class FigureField(QWidget):
    """A line to type a figure in, its unit behind it and what is wrong with it below.

    What the text comes to stands behind it, where it is not plainly a number. That a figure is
    needed is said once something was typed: an empty field is no fault of anybody's yet.

    Args:
        name: what a screen reader calls it.
        unit: what is read in it; it may stand in what is typed.
        optional: whether nothing typed is fine, too; `figure` is then None.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        unit: str,
        meaning: str,
        figures: Figures,
        *,
        upper: float,
        lower: float = 0.0,
        optional: bool = False,
    ) -> None:
        super().__init__()
        self._figures, self._unit, self._shown_unit = figures, unit, unit
        self._lower, self._upper, self._optional = lower, upper, optional
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{name}, {unit}" if unit else name)
        show_tooltip(self.line, meaning)
        self.setFocusProxy(self.line)
        self.unit = plain_label("field")
        self.unit.setText(unit)
        if not unit:
            self.unit.hide()
        self.problem = fault_label()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.problem)
        self._was_filled = False
        self.line.textChanged.connect(self._check)

    def show_unit(self, unit: str) -> None:
        """Let another unit stand behind the line; what is read stays in the field's own."""
        self._shown_unit = unit
        self._show_what_is_read()

    def show_figure(self, figure: float | None) -> None:
        self.line.setText("" if figure is None else self._figures.digits(figure))

    @property
    def figure(self) -> float | None:
        """What is typed; None where nothing is, or nothing that can be taken."""
        return None if self.fault else as_figure(self.line.text(), self._figures, self._unit)

    @property
    def fault(self) -> str:
        """What is wrong with what is typed, empty where nothing is."""
        text = self.line.text()
        if not text.strip() and self._optional:
            return ""
        return fault_of(text, self._upper, self._figures, self._unit, lower=self._lower)

    def ask_in(self, unit: str) -> None:
        """Read figures in another unit from now on."""
        self._unit = self._shown_unit = unit
        self._check()

    def _show_what_is_read(self) -> None:
        figure, text = self.figure, self.line.text()
        said = "" if figure is None else in_words(text, figure, self._figures)
        unit = self._shown_unit
        self.unit.setText(f"{said} {unit}".rstrip() if said else unit)
        self.unit.setVisible(bool(self.unit.text()))

    def _check(self) -> None:
        self._was_filled = self._was_filled or bool(self.line.text().strip())
        self._show_what_is_read()
        show_fault(self.problem, self.fault if self._was_filled else "")
        self.changed.emit()


def as_figure(text: str, figures: Figures, unit: str) -> float | None:
    """The figure that a text says in a unit, if any."""
    try:
        return read_number(text, figures, unit)
    except UnreadError:
        return None


def fault_of(text: str, upper: float, figures: Figures, unit: str, *, lower: float = 0.0) -> str:
    """What is wrong with a figure between two ends, empty where nothing is."""
    if not text.strip():
        return "A figure is needed here."
    try:
        figure = read_number(text, figures, unit)
    except UnreadError as error:
        return f"{error.sentence}."
    if figure < lower:
        return f"It must be at least {figures.exact(lower)}."
    return f"It must be at most {figures.exact(upper)}." if figure > upper else ""


def fault_label() -> QLabel:
    """A line for what is wrong with a field, hidden while nothing is."""
    label = plain_label("problem")
    label.setWordWrap(True)
    label.hide()
    return label


def show_fault(label: QLabel, fault: str) -> None:
    """Say what is wrong below a field; a dialog grows where it has no room for that."""
    label.setText(fault)
    label.setVisible(bool(fault))
    window = label.window()
    if fault and isinstance(window, QDialog):
        give_room(window)


def give_room(dialog: QDialog) -> None:
    """Let a dialog be as tall as all that it says: a line more would take its fields' height."""
    QTimer.singleShot(0, dialog, lambda: _grow(dialog))  # once its fields know what they need


def _grow(dialog: QDialog) -> None:
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    needed = layout.totalHeightForWidth(dialog.width())
    if dialog.height() < needed:
        dialog.resize(dialog.width(), needed)
