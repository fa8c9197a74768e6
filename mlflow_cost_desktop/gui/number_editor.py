"""The editor of a number with its unit."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox

from mlflow_cost_desktop.model.fields import FieldSpec
from mlflow_cost_desktop.model.words import plural, separated, unseparated

FAR = 1e15
"""Beyond every field's bounds: a value out of bounds is refused with a sentence, by the model."""

MOST_DECIMALS = 6
LEAST_WIDTH = 110

NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][-+]?\d+)?|[-+]?\.\d+")
BEGUN = re.compile(r"[-+]?\.?|[-+]?\d+\.?\d*[eE][-+]?")
"""What is no number yet, but may become one."""

OF_NUMBERS = re.compile(r"[-+\d.,eE]*")


class NumberEditor(QDoubleSpinBox):
    """A number with its unit; optional numbers have a word for nothing typed.

    `is_typing` from the first key until the field is left: what is typed takes effect at once,
    and the form remembers what stood there before.
    """

    edited = Signal(object)
    refused = Signal(str)  # what is wrong, empty where it is only not a number yet

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
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
        self.setMinimumWidth(LEAST_WIDTH)  # not the width of the longest number in that range
        if spec.empty:
            self.setSpecialValueText(spec.empty.words)
        self.setSingleStep(unit.step if unit else 1.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)
        # A style sheet's padding does not reach the text of a spin box.
        self.lineEdit().setTextMargins(7, 0, 0, 0)
        self.lineEdit().installEventFilter(self)
        self.lineEdit().textEdited.connect(self._begin_typing)
        self.lineEdit().cursorPositionChanged.connect(self._keep_before_unit)
        self.editingFinished.connect(self._end_typing)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        number = self.minimum() if value is None else float(value)
        if not self.is_typing:  # the text under somebody's keys stays as it is
            self._set_suffix(number)
        if number != self.value():
            with QSignalBlocker(self):
                self.setValue(number)
        self._shown, self._rounded = number, self.value()

    def _tell(self, number: float) -> None:
        if self._is_unread:
            return  # the last number of a text that is none any more
        if number == self._rounded:
            number = self._shown  # to leave a field does not round what it shows
        nothing = self._optional and number == self.minimum()
        self.edited.emit(None if nothing else number)

    def _set_suffix(self, number: float) -> None:
        suffix = f" {plural(number, self._unit)}" if self._unit else ""
        if suffix != self.suffix():
            with QSignalBlocker(self):
                self.setSuffix(suffix)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A double click is for the number, wherever it falls: the unit is no text to replace.
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.selectAll()
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setSuffix(self.suffix())  # asks for the text again, now without separators

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setSuffix(self.suffix())

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
        return separated(f"{whole}.{fraction}" if fraction else whole)

    # The stubs know no way to hand back the text and position, which PySide takes.
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
        return unseparated(text.removesuffix(self.suffix()).strip().replace("−", "-"))

    def _is_nothing(self, text: str) -> bool:
        return self._optional and (not self._bare(text) or text == self.specialValueText())

    def _keep_before_unit(self, _: int, position: int) -> None:
        """Behind the unit, where End and a click lead to, every key would be without effect."""
        line = self.lineEdit()
        end = len(line.text().removesuffix(self.suffix()))
        if position > end and not line.hasSelectedText():
            line.setCursorPosition(end)

    def _begin_typing(self, text: str) -> None:
        self.is_typing = True
        bare = self._bare(text)
        self._is_unread = not NUMBER.fullmatch(bare) and not self._is_nothing(text)
        if self._is_unread:
            typed = text.removesuffix(self.suffix()).strip()[:40]
            wrong = f"“{typed}” is no number; write {separated('1.5')}, 1500 or 1e6"
            self.refused.emit("" if BEGUN.fullmatch(bare) else wrong)

    def _end_typing(self) -> None:
        self.is_typing = self._is_unread = False
        self._set_suffix(self.value())

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
