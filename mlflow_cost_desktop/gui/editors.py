"""One editor for each kind of field: it shows a value and tells when the user changed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from mlflow_cost_desktop.model.choosers import Choice, MachineList
from mlflow_cost_desktop.model.fields import FieldSpec
from mlflow_cost_desktop.model.words import plural
from mlflow_cost_desktop.prices.price_book import PriceBook

FAR = 1e15
"""Beyond every field's bounds: a value out of bounds is refused with a sentence, by the model."""

MOST_DECIMALS = 6
LEAST_WIDTH = 110

NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][-+]?\d+)?|[-+]?\.\d+")
BEGUN = re.compile(r"[-+]?\.?|[-+]?\d+\.?\d*[eE][-+]?")
"""What is no number yet."""

OF_NUMBERS = re.compile(r"[-+\d.,eE]*")


class NumberEditor(QDoubleSpinBox):
    """A number with its unit; optional numbers have a word for nothing typed.

    `is_typing` from the first key until the field is left: what is typed takes effect at once,
    and the form remembers what stood there before.
    """

    edited = Signal(object)
    refused = Signal(str)

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
        self.editingFinished.connect(self._end_typing)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        number = self.minimum() if value is None else float(value)
        # The unit follows a typed number at once, the text only when typing is over.
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
        text = f"{value:,.{MOST_DECIMALS}f}"
        if self.hasFocus():
            # "1,024" with a digit more would be "1,0245": what is typed in has no separators.
            text = text.replace(",", "")
        whole, _, fraction = text.partition(".")
        fraction = fraction.rstrip("0")
        if self._is_money and fraction:
            fraction = f"{fraction:0<2}"
        return f"{whole}.{fraction}" if fraction else whole

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
        return text.removesuffix(self.suffix()).strip().replace("−", "-")

    def _is_nothing(self, text: str) -> bool:
        return self._optional and self._bare(text) in ("", self.specialValueText())

    def _begin_typing(self, text: str) -> None:
        self.is_typing = True
        bare = self._bare(text)
        self._is_unread = not NUMBER.fullmatch(bare) and not BEGUN.fullmatch(bare)
        if self._is_unread:
            self.refused.emit(f"“{bare[:40]}” is no number; write 1.5, 1500 or 1e6")

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


class ChoiceEditor(QComboBox):
    """One of a few values, in words."""

    edited = Signal(object)

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        for choice in spec.choices:
            self.addItem(spec.label(choice), choice)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(self.findData(value))

    def _tell(self, index: int) -> None:
        self.edited.emit(self.itemData(index))


class TextEditor(QLineEdit):
    """A short text."""

    edited = Signal(object)

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        if spec.max_length is not None:
            self.setMaxLength(int(spec.max_length))
        self.textEdited.connect(self.edited.emit)

    def show_value(self, value: Any) -> None:
        if value != self.text():
            self.setText(value)


class _Choices(QAbstractListModel):
    """Choices with their details, for a list of a thousand machines."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()
        self.details: dict[str, str] = {}

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = choices
        self.details = {choice.value: choice.detail for choice in choices}
        self.endResetModel()

    def row_of(self, value: str) -> int:
        return next((i for i, choice in enumerate(self._choices) if choice.value == value), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._choices)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return choice.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.value}, {choice.detail}"
        if role == Qt.ItemDataRole.UserRole:
            return choice.detail
        return None


class _ChoiceDelegate(QStyledItemDelegate):
    """A value on the left, its details dimmed on the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = (
            QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
        )
        painter.save()
        painter.setPen(option.palette.color(role))
        painter.drawText(
            option.rect.adjusted(0, 0, -8, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            index.data(Qt.ItemDataRole.UserRole),
        )
        painter.restore()


class MachineEditor(QComboBox):
    """A machine, found by typing a part of its name; vCPU, memory and price beside it."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._value = ""
        self._machines: MachineList | None = None
        self._price_book: PriceBook | None = None
        self._is_listed = False
        self._choices = _Choices()
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(self._choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        self._delegate = _ChoiceDelegate(self)
        self.setItemDelegate(self._delegate)
        self.view().setMinimumWidth(380)
        completer = QCompleter(self._choices, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        popup = QListView()
        popup.setMinimumWidth(380)
        completer.setPopup(popup)
        self.setCompleter(completer)
        popup.setItemDelegate(self._delegate)  # last: a completer brings its own
        self._line.installEventFilter(self)
        self.activated.connect(self._take_row)
        completer.activated.connect(self._take)
        self._line.editingFinished.connect(self._finish)

    def show_machines(self, machines: MachineList, price_book: PriceBook) -> None:
        """Offer what the region sells."""
        if machines == self._machines and price_book is self._price_book:
            return
        self._machines, self._price_book = machines, price_book
        was_listed, self._is_listed = self._is_listed, False
        if was_listed or self._line.hasFocus():
            self.list_machines()

    def list_machines(self) -> None:
        """Fill the list when somebody turns to it: the window is there sooner without."""
        if self._is_listed or self._machines is None or self._price_book is None:
            return
        self._is_listed = True
        typed, start, length = (
            self.currentText(),
            self._line.selectionStart(),
            self._line.selectionLength(),
        )
        self._choices.show_choices(self._machines.choices(self._price_book))
        self.setCurrentIndex(self._choices.row_of(self._value))
        self.setEditText(typed)
        if length:
            self._line.setSelection(start, length)

    def show_value(self, value: Any) -> None:
        self._value = value
        row = self._choices.row_of(value)
        if row != self.currentIndex():
            self.setCurrentIndex(row)
        if self.currentText() != value:
            self.setEditText(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.list_machines()
        super().keyPressEvent(event)

    def showPopup(self) -> None:
        self.list_machines()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.list_machines()
        super().wheelEvent(event)

    def _take_row(self, row: int) -> None:
        self._take(self.itemText(row))

    def _take(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.edited.emit(value)

    def _finish(self) -> None:
        text = self.currentText().strip().lower()
        if text == self._value:
            return
        self.list_machines()
        if text in self._choices.details:
            self._take(text)
            return
        self.setEditText(self._value)
        self.refused.emit(f"No price is known here for “{text[:40]}”; {self._value} stays.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Typing a part of a name begins with an empty field, as in a search.
        if event.type() == QEvent.Type.FocusIn and watched is self._line:
            self.list_machines()
            self._line.selectAll()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        line = self._line
        if line.hasFocus() or not self._machines or not self._price_book:
            return
        size = self._machines.size(self._value, self._price_book)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        room = line.geometry().adjusted(
            line.fontMetrics().horizontalAdvance(self._value) + 14, 0, -4, 0
        )
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            line.fontMetrics().elidedText(size, Qt.TextElideMode.ElideRight, room.width()),
        )


Editor: TypeAlias = NumberEditor | ChoiceEditor | TextEditor | MachineEditor


def editor_for(spec: FieldSpec) -> Editor:
    """The editor of a field's kind."""
    if spec.choices:
        return ChoiceEditor(spec)
    if spec.chooser:
        return MachineEditor(spec)
    return NumberEditor(spec) if spec.is_number else TextEditor(spec)
