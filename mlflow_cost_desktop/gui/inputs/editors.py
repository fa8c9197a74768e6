"""One editor for each kind of field: it shows a value and tells when the user changed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.inputs.choice_editors import (
    CheckEditor,
    ChoiceEditor,
    SegmentedEditor,
)
from mlflow_cost_desktop.gui.inputs.number_editor import NumberEditor
from mlflow_cost_desktop.gui.toolkit.typed_list import TypedList
from mlflow_cost_desktop.model.choosers import Choice, ChoiceList
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.prices.price_book import PriceBook


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
            self.setCursorPosition(0)  # of a long text its beginning is in sight


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

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
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


class MachineEditor(TypedList):
    """A machine or a region, found by typing a part of its name; what tells it apart beside it."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, figures: Figures) -> None:
        self._choices = _Choices()
        super().__init__(self._choices, _ChoiceDelegate())
        self._figures = figures
        self._value = ""
        self._machines: ChoiceList | None = None
        self._price_book: PriceBook | None = None
        self._is_listed = False
        self.activated.connect(self._take_row)
        self.found.activated.connect(self._take)
        self.line.editingFinished.connect(self.finish)

    @property
    def chosen_text(self) -> str:
        return self._value

    def show_machines(self, machines: ChoiceList, price_book: PriceBook) -> None:
        """Offer what the region sells."""
        if machines == self._machines and price_book is self._price_book:
            return
        self._machines, self._price_book = machines, price_book
        was_listed, self._is_listed = self._is_listed, False
        if was_listed or self.line.hasFocus():
            self.list_machines()

    def list_machines(self) -> None:
        """Fill the list, once somebody needs it."""
        if self._is_listed or self._machines is None or self._price_book is None:
            return
        self._is_listed = True
        typed, start, length = (
            self.currentText(),
            self.line.selectionStart(),
            self.line.selectionLength(),
        )
        self._choices.show_choices(self._machines.choices(self._price_book, self._figures))
        self.setCurrentIndex(self._choices.row_of(self._value))
        self.setEditText(typed)
        if length:
            self.line.setSelection(start, length)

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

    def finish(self) -> None:
        """Take what was typed, or say that there is no such machine."""
        text = self.currentText().strip().lower()
        if text == self._value:
            return
        self.list_machines()
        if text in self._choices.details:
            self._take(text)
            return
        self.setEditText(self._value)
        self.refused.emit(f"No price is known here for “{text[:40]}”; {self._value} stays.")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        line = self.line
        if line.hasFocus() or not self._machines or not self._price_book:
            return
        size = self._machines.size(self._value, self._price_book, self._figures)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        room = line.geometry().adjusted(
            line.fontMetrics().horizontalAdvance(self._value) + 10, 0, -2, 0
        )
        metrics = line.fontMetrics()
        # Whole, or at least the memory, or nothing: a cut figure would be another one.
        for text in (size, size.rpartition(" · ")[2]):
            if metrics.horizontalAdvance(text) <= room.width():
                painter.drawText(
                    room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
                )
                return


Editor: TypeAlias = (
    NumberEditor | ChoiceEditor | CheckEditor | SegmentedEditor | TextEditor | MachineEditor
)


def editor_for(spec: FieldSpec, figures: Figures) -> Editor:
    """The editor of a field's kind, its figures written for its reader."""
    if spec.name == "option":  # how a part is hosted: the one choice that changes the form
        return SegmentedEditor(spec, figures)
    if spec.choices:
        return ChoiceEditor(spec, figures)
    if spec.kind is bool:
        return CheckEditor(spec)
    if spec.chooser:
        return MachineEditor(figures)
    return NumberEditor(spec, figures) if spec.is_number else TextEditor(spec)
