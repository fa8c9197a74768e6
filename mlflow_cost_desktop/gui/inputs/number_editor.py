"""The editor of a number with its unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QValidator,
)
from PySide6.QtWidgets import QAbstractSpinBox, QToolTip

from mlflow_cost_desktop.figures import LEAST_WRITTEN, MOST_WRITTEN, Figures, plural
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.reading import UnreadError, in_words, read_number

LEAST_WIDTH = 110
INDENT = 9
"""Of the number. A style sheet's padding does not reach the text of a spin box."""

UNIT_MARGIN, UNIT_GAP = 4, 8
"""Between the unit and the steppers, and at least between the number and the unit."""


class NumberEditor(QAbstractSpinBox):
    """A number and, dim at the other end, its unit; optional numbers have a word for nothing typed.

    The unit is no part of the text: in a narrow field, or beside a long number, it gives way.
    While something else than a plain number is typed, what it comes to stands in its place.
    `is_typing` from the first key until the field is left: what is typed takes effect at once,
    and the form remembers what stood there before. What can't be read changes nothing and stays
    (`is_unread`) until it is corrected, given up with Escape, or the number changes elsewhere.
    """

    edited = Signal(object)
    refused = Signal(str)  # what is wrong, empty where it is only not a number yet

    def __init__(self, spec: FieldSpec, figures: Figures) -> None:
        super().__init__()
        self._figures = figures
        unit = spec.unit
        self._unit = unit.text if unit else ""
        self._is_money = self._unit.startswith("$")
        self._lower, self._upper = spec.lower, spec.upper
        self._optional = spec.optional
        self._nothing = spec.empty.words if spec.empty else ""
        self._step = unit.step if unit else 1.0
        self._number: float | None = None
        self._before: float | None = None  # what was held when the present typing began
        self.is_typing = self.is_unread = False
        self._said = ""  # what a text comes to, where it doesn't say it itself
        self.setMinimumWidth(scaled(LEAST_WIDTH))  # not the width of the longest number
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)
        line = self.lineEdit()
        line.setTextMargins(INDENT, 0, 0, 0)
        line.installEventFilter(self)
        line.textEdited.connect(self._read)
        line.textChanged.connect(self._make_room)
        self.editingFinished.connect(self._end_typing)

    # What assistive technology asks for, by these names.

    def _value(self) -> float:
        return self._number or 0.0

    def _minimum(self) -> float:
        return self._lower if self._lower is not None else -MOST_WRITTEN

    def _maximum(self) -> float:
        return self._upper if self._upper is not None else MOST_WRITTEN

    def _single_step(self) -> float:
        return self._step

    value = Property(float, _value)
    minimum = Property(float, _minimum)
    maximum = Property(float, _maximum)
    singleStep = Property(float, _single_step)

    def show_value(self, value: Any) -> None:
        """Show what the scenario holds; a text that can't be read stays while that is the same."""
        number = None if value is None else float(value)
        if self.is_unread and number == self._before:
            self._number = number
        elif self.is_unread or number != self._number or not self.text():
            self._number, self.is_unread = number, False
            self._write()

    def forget(self) -> None:
        """Let go of what is typed; the next value is shown whatever stands here."""
        self._number, self._said = None, ""
        self.is_typing = self.is_unread = False
        self.clear()

    # Typing

    def _read(self, text: str) -> None:
        """Take what is typed, as a whole, or say what is wrong with it."""
        if not self.is_typing:
            self.is_typing = True
            if not self.is_unread:
                self._before = self._number
        self._said = ""
        if self._is_nothing(text):
            self._take(None)
            return
        try:
            number = read_number(text, self._figures, self._unit)
        except UnreadError as error:
            self.is_unread = True
            self._make_room()
            self.refused.emit("" if error.is_begun else error.sentence)
            return
        if said := in_words(text, number, self._figures):
            self._said = f"= {said} {plural(number, self._unit)}".rstrip()
        self._take(number)

    def _take(self, number: float | None) -> None:
        changed = self.is_unread or number != self._number
        self._number, self.is_unread = number, False
        self._make_room()
        if self._said and self.unit_in_sight != self._said and self.isVisible():
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self._said, self)
        if changed:
            self.edited.emit(number)

    def _is_nothing(self, text: str) -> bool:
        return self._optional and (not text.strip() or text == self._nothing)

    def _end_typing(self) -> None:
        if self.is_unread and not self.text().strip():
            self._give_up()  # nothing was typed that could be lost
        if self.is_unread:
            try:
                read_number(self.text(), self._figures, self._unit)
            except UnreadError as error:
                self.refused.emit(error.sentence)
        self.is_typing = False
        self._said = ""
        if not self.is_unread:
            self._write()

    def _give_up(self) -> None:
        """Show the number again that stood here before."""
        self._number, self.is_unread, self._said = self._before, False, ""
        self._write()
        self.refused.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_unread:
            self._give_up()
            self.selectAll()
            return
        super().keyPressEvent(event)

    # Writing

    def _write(self) -> None:
        line, text = self.lineEdit(), self._text()
        if line.text() != text:
            is_selected = line.hasSelectedText()
            line.setText(text)
            if is_selected:
                line.selectAll()
        self._make_room()

    def _text(self) -> str:
        number = self._number
        if number is None:
            return self._nothing
        # "1,024" with a digit more would be "1,0245": what is typed in has no separators.
        figures, is_long = self._figures, not LEAST_WRITTEN <= abs(number) < MOST_WRITTEN
        if number and is_long:
            return figures.digits(number)
        text = figures.digits(number) if self.hasFocus() else figures.exact(number)
        whole, point, fraction = text.partition(figures.point)
        return f"{whole}{point}{fraction:0<2}" if point and self._is_money else text

    # The stubs know no way to hand back the text and position, which PySide takes.
    def validate(self, text: str, position: int) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
        return (QValidator.State.Acceptable, text, position)  # what it says is for `_read`

    @property
    def unit_in_sight(self) -> str:
        """What is painted: the unit, or what the text comes to; empty where there is no room."""
        if self.text() == self._nothing or self.is_unread:
            return ""  # words count nothing
        line, metrics = self.lineEdit(), self.fontMetrics()
        number = INDENT + metrics.horizontalAdvance(line.displayText())
        room = line.width() - number - UNIT_GAP - UNIT_MARGIN
        unit = self._said or plural(self._number or 0.0, self._unit)
        return unit if metrics.horizontalAdvance(unit) <= room else ""

    def _make_room(self) -> None:
        """Let the number end, and scroll, before the unit."""
        unit = self.unit_in_sight
        right = self.fontMetrics().horizontalAdvance(unit) + UNIT_MARGIN if unit else 0
        if right != self.lineEdit().textMargins().right():
            self.lineEdit().setTextMargins(INDENT, 0, right, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        place = self.lineEdit().geometry().adjusted(0, 0, -UNIT_MARGIN, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, self.unit_in_sight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setMinimumWidth(scaled(LEAST_WIDTH))
            self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A double click is for the whole number, not for what stands between two separators.
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.selectAll()
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._write_again()  # now without separators

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._write_again()

    def _write_again(self) -> None:
        if not self.is_unread and not self.is_typing:
            self._write()

    # Steps

    def stepBy(self, steps: int) -> None:
        self.is_typing = False
        number = self._before if self.is_unread else self._number
        target: float | None
        if number is None:
            target = self._minimum() if steps > 0 else None
        else:
            target = min(number + steps * self._step, self._maximum())
            if target < self._minimum():
                goes_empty = self._optional and number <= self._minimum()
                target = None if goes_empty else self._minimum()
        self._said = ""
        self._take(target)
        self._write()
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._number is None or self._number < self._maximum():
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self._number is not None and (self._optional or self._number > self._minimum()):
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags
