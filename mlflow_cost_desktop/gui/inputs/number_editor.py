"""The editor of a number with its unit."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QValidator,
)
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox

from mlflow_cost_desktop.figures import Figures, plural
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.fields.declaration import FieldSpec

FAR = 1e15
"""Beyond every field's bounds: a value out of bounds is refused with a sentence, by the model."""

MOST_DECIMALS = 6
LEAST_WIDTH = 110
INDENT = 9
"""Of the number. A style sheet's padding does not reach the text of a spin box."""

UNIT_MARGIN, UNIT_GAP = 4, 8
"""Between the unit and the steppers, and at least between the number and the unit."""

NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][-+]?\d+)?|[-+]?\.\d+")
BEGUN = re.compile(r"[-+]?\.?|[-+]?\d+\.?\d*[eE][-+]?")
"""What is no number yet, but may become one."""

OF_NUMBERS = re.compile(r"[-+\d.,eE]*")


class NumberEditor(QDoubleSpinBox):
    """A number and, dim at the other end, its unit; optional numbers have a word for nothing typed.

    The unit is no part of the text: in a narrow field, or beside a long number, it gives way.
    `is_typing` from the first key until the field is left: what is typed takes effect at once,
    and the form remembers what stood there before.
    """

    edited = Signal(object)
    refused = Signal(str)  # what is wrong, empty where it is only not a number yet

    def __init__(self, spec: FieldSpec, figures: Figures) -> None:
        super().__init__()
        self._figures = figures
        unit = spec.unit
        self._unit = unit.text if unit else ""
        self._is_money = self._unit.startswith("$")
        self._lower = spec.lower if spec.lower is not None else -FAR
        self._upper = spec.upper if spec.upper is not None else FAR
        self._optional = spec.optional
        self._shown = self._rounded = 0.0
        self.is_typing = self._is_unread = False
        self.setDecimals(MOST_DECIMALS)
        # Nothing typed is the least value, far below every value that the field takes.
        self.setRange(-FAR, FAR)
        self.setMinimumWidth(
            scaled(LEAST_WIDTH)
        )  # not the width of the longest number in that range
        if spec.empty:
            self.setSpecialValueText(spec.empty.words)
        self.setSingleStep(unit.step if unit else 1.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)
        self.lineEdit().installEventFilter(self)
        self.lineEdit().textEdited.connect(self._begin_typing)
        self.lineEdit().textChanged.connect(self._make_room)
        self.editingFinished.connect(self._end_typing)
        self.valueChanged.connect(self._tell)
        self.valueChanged.connect(self._make_room)

    def show_value(self, value: Any) -> None:
        number = self.minimum() if value is None else float(value)
        if number != self.value():
            with QSignalBlocker(self):
                self.setValue(number)
            self._make_room()
        self._shown, self._rounded = number, self.value()

    def _tell(self, number: float) -> None:
        if self._is_unread:
            return  # the last number of a text that is none any more
        if number == self._rounded:
            number = self._shown  # to leave a field does not round what it shows
        nothing = self._optional and number == self.minimum()
        self.edited.emit(None if nothing else number)

    @property
    def unit_in_sight(self) -> str:
        """The unit as it is painted, empty where the number leaves no room for it."""
        if self.text() == self.specialValueText():
            return ""  # words count nothing
        unit = plural(self.value(), self._unit)
        line, metrics = self.lineEdit(), self.fontMetrics()
        number = INDENT + metrics.horizontalAdvance(line.displayText())
        room = line.width() - number - UNIT_GAP - UNIT_MARGIN
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
        self.setSuffix("")  # there is no other public way to have `textFromValue` asked
        self._make_room()

    def textFromValue(self, value: float) -> str:
        if value == self.minimum() and self.specialValueText():
            return self.specialValueText()  # asked for by assistive technology alone
        text = f"{value:,.{MOST_DECIMALS}f}"
        if self.hasFocus():
            # "1,024" with a digit more would be "1,0245": what is typed in has no separators.
            text = text.replace(",", "")
        whole, _, fraction = text.partition(".")
        fraction = fraction.rstrip("0")
        if self._is_money and fraction:
            fraction = f"{fraction:0<2}"
        return self._figures.separated(f"{whole}.{fraction}" if fraction else whole)

    # The stubs know no way to hand back the text and position, which PySide takes.
    # PySide takes state, text and position; the stubs know the state alone.
    def validate(self, text: str, position: int) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
        bare = self._bare(text)
        state = QValidator.State.Intermediate
        if text == self.specialValueText() or NUMBER.fullmatch(bare):
            state = QValidator.State.Acceptable
        elif not OF_NUMBERS.fullmatch(bare):
            state = QValidator.State.Invalid  # a key that writes no part of a number does nothing
        return (state, text, position)

    def fixup(self, text: str) -> str:
        # Qt's own way out of "1,5" is 15.
        return self.specialValueText() if self._is_nothing(text) else text

    def valueFromText(self, text: str) -> float:
        if self._is_nothing(text):
            return self.minimum()
        bare = self._bare(text)
        return float(bare.replace(",", "")) if NUMBER.fullmatch(bare) else self.value()

    def _bare(self, text: str) -> str:
        """The number alone, written as in every locale."""
        number = text.strip()
        for unit in (self._unit, plural(0.0, self._unit)):  # what is pasted may bring it
            number = number.removesuffix(unit)
        return self._figures.unseparated(number.strip().replace("−", "-"))

    def _is_nothing(self, text: str) -> bool:
        return self._optional and (not self._bare(text) or text == self.specialValueText())

    def _begin_typing(self, text: str) -> None:
        self.is_typing = True
        bare = self._bare(text)
        self._is_unread = not NUMBER.fullmatch(bare) and not self._is_nothing(text)
        if self._is_unread:
            example = self._figures.exact(1.5)
            wrong = f"“{text.strip()[:40]}” is no number; write {example}, 1500 or 1e6"
            self.refused.emit("" if BEGUN.fullmatch(bare) else wrong)

    def _end_typing(self) -> None:
        self.is_typing = self._is_unread = False

    def stepBy(self, steps: int) -> None:
        self.is_typing = False
        number = self.value()
        target = min(number + steps * self.singleStep(), self._upper)
        if self._optional and steps > 0 and number == self.minimum():
            target = self._lower
        elif target < self._lower:
            goes_empty = self._optional and number <= self._lower
            target = self.minimum() if goes_empty else self._lower
        self.setValue(target)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self.value() < self._upper:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self.value() > (self.minimum() if self._optional else self._lower):
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags
