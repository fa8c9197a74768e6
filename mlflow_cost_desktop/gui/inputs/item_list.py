"""A list that the user edits: its items in few lines, and the form of the one that is selected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QObject,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QKeyEvent,
    QKeySequence,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.aside import ASIDE, ROW_HEIGHT, WithAside
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_tooltip, show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """An item in the list.

    `dimmed` says why it costs nothing at present, empty where it does cost something; `aside` is
    what has to stand beside its figures, in small below its name; `is_chosen` sets it apart.
    """

    id: str
    name: str
    cells: tuple[str, ...]
    dimmed: str = ""
    aside: str = ""
    is_chosen: bool = False


class ItemList(QWidget):
    """The items, buttons to add, copy, rename and remove them, and the selected item's form.

    Subclasses say what the lines are, and what an edit of them means.

    Args:
        headings: of the columns; the first is that of the names.
        most_lines: how many lines are in sight before the list scrolls.
    """

    edited = Signal(str, object)

    def __init__(self, headings: Sequence[str], most_lines: int) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._most_lines = most_lines
        self._study: Study | None = None
        self._wanted = ""  # the item to select once it is there
        self.tree = _Names()
        self.tree.setObjectName("ownList")
        self.tree.setHeaderLabels(list(headings))
        self.tree.setRootIsDecorated(False)
        self.tree.setItemDelegate(WithAside(self.tree))
        # The ends of names tell them apart: “… Small”, “… Medium”.
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.tree.setTabKeyNavigation(False)
        # By whole items, Qt takes one of two lines at the edge for one that is in sight.
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(headings)):
            self.tree.headerItem().setTextAlignment(column, RIGHT)
        self.buttons = {
            name: self._button(name, tip)
            for name, tip in (
                ("Add", "Add one (Insert)"),
                ("Duplicate", "Add a copy of the selected one (Ctrl+D)"),
                ("Rename", "Change its name (F2)"),
                ("Remove", "Remove the selected one (Delete)"),
            )
        }
        self.said = ElidedLabel("note")  # of one line, also while it says nothing
        self.form = Form(())
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(16, 8, 16, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.tree)
        self._column.addLayout(row)
        self._column.addWidget(self.said)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._column)
        whole.addWidget(self.form)
        self.tree.currentItemChanged.connect(self._show_selected)
        self.tree.itemChanged.connect(self._take_name)
        self.tree.installEventFilter(self)
        self.form.edited.connect(self._take_edit)
        self.buttons["Add"].clicked.connect(self.add)
        self.buttons["Duplicate"].clicked.connect(self.duplicate)
        self.buttons["Rename"].clicked.connect(self.rename)
        self.buttons["Remove"].clicked.connect(self.remove)

    # What subclasses say

    def add(self) -> None:
        raise NotImplementedError

    def duplicate(self) -> None:
        raise NotImplementedError

    def remove(self) -> None:
        raise NotImplementedError

    def take_name(self, item_id: str, name: str) -> None:
        raise NotImplementedError

    def root_of(self, item_id: str) -> str:
        """The path of the item, for its form."""
        raise NotImplementedError

    def _take_edit(self, path: str, value: object) -> None:
        self.edited.emit(path, value)

    # What is shown

    @property
    def selected(self) -> str:
        """The id of the selected item, empty where there is none."""
        item = self.tree.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item else ""

    def select(self, item_id: str) -> None:
        """Select an item now, or once it is in the list."""
        item = self._item(item_id)
        self._wanted = "" if item else item_id
        if item:
            self.tree.setCurrentItem(item)

    def show_lines(self, study: Study, lines: Sequence[Line]) -> None:
        """Show the items and the selected one's inputs."""
        self._study = study
        wanted = self._wanted or self._neighbor(lines)
        if [line.id for line in lines] != [line.id for line in self._lines]:
            self._fill(lines)
        chosen = [line.id for line in lines if line.is_chosen]
        in_sight = [one for one in (*chosen, self.selected) if self._is_in_sight(one)]
        for row, line in enumerate(lines):
            item = self.tree.topLevelItem(row)
            if item:
                self._write(item, line)
        for item_id in in_sight:
            item = self._item(item_id)
            if item and not self._is_in_sight(item_id):  # something came below it
                self.tree.scrollToItem(item)
        self._lines = tuple(lines)
        if wanted != self.selected:
            with QSignalBlocker(self.tree):  # it is shown once, below
                self.select(wanted)
        self._show_selected()

    def _is_in_sight(self, item_id: str) -> bool:
        """Whether all of an item's line is to be seen, but for a pixel that Qt leaves out."""
        item = self._item(item_id)
        if item is None:
            return False
        line = self.tree.visualItemRect(item)
        return line.intersected(self.tree.viewport().rect()).height() >= line.height() - 1

    def _item(self, item_id: str) -> QTreeWidgetItem | None:
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        role = Qt.ItemDataRole.UserRole
        return next((one for one in items if one and one.data(0, role) == item_id), None)

    def _neighbor(self, lines: Sequence[Line]) -> str:
        """What stays selected, or what takes the place of a removed item."""
        ids = [line.id for line in lines]
        if self.selected in ids or not ids:
            return self.selected
        before = [line.id for line in self._lines]
        at = before.index(self.selected) if self.selected in before else 0
        return ids[min(at, len(ids) - 1)]

    def _fill(self, lines: Sequence[Line]) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        for line in lines:
            item = QTreeWidgetItem(self.tree)
            item.setData(0, Qt.ItemDataRole.UserRole, line.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            for column in range(1, self.tree.columnCount()):
                item.setTextAlignment(column, RIGHT)
        self.tree.blockSignals(False)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit_height)  # after the tree changed too

    def _fit_height(self) -> None:
        rows = max(3, min(self.tree.topLevelItemCount(), self._most_lines))
        header = self.tree.header().sizeHint().height()
        self.tree.setFixedHeight(header + rows * scaled(ROW_HEIGHT) + 8)

    def _write(self, item: QTreeWidgetItem, line: Line) -> None:
        self.tree.blockSignals(True)
        dim = self.palette().brush(QPalette.ColorRole.PlaceholderText)
        for column, text in enumerate((line.name, *line.cells)):
            item.setText(column, text)
            item.setForeground(column, dim if line.dimmed else QBrush())
            item.setToolTip(column, plain_tooltip(line.dimmed or line.name))
            font = item.font(column)
            font.setBold(line.is_chosen)
            item.setFont(column, font)
        item.setData(0, ASIDE, line.aside)
        accessible_name = ", ".join(filter(None, (line.name, *line.cells, line.aside, line.dimmed)))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, accessible_name)
        self.tree.blockSignals(False)

    def _show_selected(self, *_: object) -> None:
        line = next((line for line in self._lines if line.id == self.selected), None)
        for name in ("Duplicate", "Rename", "Remove"):
            self.buttons[name].setEnabled(line is not None)
        self.said.setText(line.dimmed if line else "")
        show_tooltip(self.said, self.said.text())
        self.form.setVisible(line is not None)
        if self._study:
            self.form.show_roots([self.root_of(line.id)] if line else [])
            self.form.show_scenario(self._study)

    # What the user does

    def rename(self) -> None:
        """Open the selected name for typing."""
        item = self.tree.currentItem()
        if item and self.tree.state() != QAbstractItemView.State.EditingState:
            self.tree.setFocus()
            self.tree.editItem(item, 0)

    def finish_typing(self) -> None:
        """Take what was typed in the form, and the name that is being typed, if one is."""
        self.form.finish_typing()
        # Not by its children: an editor that was left stays among them for a moment.
        typed = self.tree.indexWidget(self.tree.currentIndex())
        if isinstance(typed, QLineEdit):
            delegate = self.tree.itemDelegate()
            delegate.commitData.emit(typed)
            delegate.closeEditor.emit(typed, QAbstractItemDelegate.EndEditHint.NoHint)

    def _take_name(self, item: QTreeWidgetItem, column: int) -> None:
        line = next(
            (n for n in self._lines if n.id == item.data(0, Qt.ItemDataRole.UserRole)), None
        )
        if line is None or column:
            return
        name = " ".join(item.text(0).split())[:80]
        if name and name != line.name:
            self.take_name(line.id, name)
        else:
            self._write(item, line)  # an empty name, or another column: nothing was changed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Insert:
                self.add()
                return True
            if (
                event.matches(QKeySequence.StandardKey.Delete)
                and self.buttons["Remove"].isEnabled()
            ):
                self.remove()
                return True
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_D and control and self.buttons["Duplicate"].isEnabled():
                self.duplicate()
                return True
        return super().eventFilter(watched, event)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("listButton")
        button.setText(name)
        show_tooltip(button, tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button


class _Names(QTreeWidget):
    """The items, whose names can be typed in their places."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab takes a name and leads on, not to the next name: that would be another item."""
        hints = QAbstractItemDelegate.EndEditHint
        ways = {hints.EditNextItem: True, hints.EditPreviousItem: False}
        super().closeEditor(editor, hints.NoHint if hint in ways else hint)
        if hint in ways:
            self.focusNextPrevChild(ways[hint])


def free_id(name: str, taken: Sequence[str]) -> str:
    """An id made of a name that no other item has."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:30] or "item"
    stem = stem if stem[0].isalpha() else f"item_{stem}"
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found
