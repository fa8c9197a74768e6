"""Lists that unfold, in which one of many entries is found by typing a part of it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QStyledItemDelegate

from mlflow_cost_desktop.gui.toolkit.labels import show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedList(QComboBox):
    """A list with a line to type into, below which unfolds what has the typed text in it.

    Attributes:
        line: what is typed into.
        found: what has the typed text in it.
        popup: where that unfolds.

    Args:
        model: the entries.
        delegate: paints an entry; as any list does, where there is none.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        delegate: QStyledItemDelegate | None = None,
    ) -> None:
        super().__init__()
        self._entries = model  # PySide would let go of it
        self._is_clicked_into = False
        self.line = QLineEdit()
        self.line.setTextMargins(-2, 0, 0, 0)  # where the text of other lists begins
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(model)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        self._delegate = delegate or QStyledItemDelegate(self)
        self.setItemDelegate(self._delegate)
        self.found = QCompleter(model, self)
        self.found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.found.setMaxVisibleItems(12)
        self.popup = QListView()
        self.popup.setObjectName("found")
        self.found.setPopup(self.popup)
        self.setCompleter(self.found)
        self.popup.setItemDelegate(self._delegate)  # last: a completer brings its own
        self._measure()
        self.line.installEventFilter(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        """Take the size of the program's font."""
        for one in (self.view(), self.popup):  # the first is another one after some changes
            one.setMinimumWidth(scaled(380))

    @property
    def chosen_text(self) -> str:
        """What stands in the line while nothing is typed."""
        return self.itemText(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.currentText() != self.chosen_text:
            self.setEditText(self.chosen_text)
            self.line.selectAll()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing a part of a name begins with an empty field, as in a search: by Tab as Qt has it,
        and by a click, which places no cursor before the second one."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.line.selectAll()
            self._is_clicked_into = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and self._is_clicked_into:
            self._is_clicked_into = False
            return True
        return super().eventFilter(watched, event)


class NamedList(TypedList):
    """Entries with names, each with what it stands for as its data.

    A part of a name chooses the first entry that has it, with Enter or where the keyboard leaves;
    Escape brings back what is chosen.

    Signals:
        refused: what was typed, where no name has it.
    """

    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__(QStandardItemModel())
        self.line.setPlaceholderText("Type a part of its name")
        show_tooltip(self, "Type a part of a name to find it, or unfold the list")
        self.line.editingFinished.connect(self.finish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS and self.currentText() != self.chosen_text:
            self.finish()  # and no more: what is chosen is seen before a dialog is closed
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A name is looked for, never corrected: a click selects it as long as it is chosen."""
        is_filtered = super().eventFilter(watched, event)
        is_press = event.type() == QEvent.Type.MouseButtonPress
        if is_press and self.line.text() == self.chosen_text:
            self.line.selectAll()
            return True
        return is_filtered

    def finish(self) -> None:
        """Choose what was typed, or say that there is no such entry."""
        typed = self.currentText().strip()
        self.popup.hide()  # it would stay over what lies below, and swallow the next click
        if typed == self.chosen_text:
            return
        flags = Qt.MatchFlag.MatchFixedString, Qt.MatchFlag.MatchContains
        rows = (self.findText(typed, flag) for flag in flags) if typed else ()
        row = next((row for row in rows if row >= 0), -1)
        if row >= 0:
            self.setCurrentIndex(row)
        self.setEditText(self.chosen_text)
        self.line.setCursorPosition(0)  # a long name is read from its beginning
        if row < 0 and typed:
            self.refused.emit(typed)
