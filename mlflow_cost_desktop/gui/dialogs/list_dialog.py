"""A dialog with a list of things of the user's own, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import scaled

WIDEST_COLUMN, ROW_HEIGHT, SCROLL_BAR = 420, 22, 24
"""Pixels, for a font of the usual size."""

LEAST_ROOM = 900, 380
"""Pixels that every screen has which has room for the window."""

LEAST_ROWS, MOST_ROWS = 5, 20
"""Rows that a list has room for, however many there are."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListDialog(QDialog):
    """A list that follows the open scenario; a view of it fills `rows_of`.

    Args:
        intro: what the list is, in a sentence.
        empty: what stands there while nothing is in it.
    """

    figures: tuple[int, ...] = ()
    """Columns of figures, which stand to the right."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None,
        title: str,
        intro: str,
        empty: str,
        columns: Sequence[str],
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.intro = plain_label("note")
        self.intro.setWordWrap(True)
        self.intro.setText(intro)
        self.empty = plain_label("note")
        self.empty.setText(empty)
        self.list = QTreeWidget()
        self.list.setObjectName("ownList")
        self.list.setAccessibleName(title)
        self.list.setHeaderLabels(list(columns))
        for column in self.figures:
            self.list.headerItem().setTextAlignment(column, RIGHT)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.buttons: dict[str, QPushButton] = {}
        self._needing_item: set[str] = set()
        self._side = QVBoxLayout()
        self._side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(self._side)
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.intro)
        column.addLayout(row, 1)
        column.addWidget(self.empty)
        column.addWidget(closing)
        self._is_fitted = False
        closing.rejected.connect(self.reject)
        self._closing = closing.button(QDialogButtonBox.StandardButton.Close)
        self.list.currentItemChanged.connect(self._enable)
        session.study_changed.connect(self.show_study)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_fitted:
            self._is_fitted = True
            self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """Open as large as the content, within reason and the screen."""
        tree, header = self.list, self.list.header()
        columns = range(tree.columnCount())
        wide = sum(
            min(max(header.sectionSizeHint(at), tree.sizeHintForColumn(at)), scaled(WIDEST_COLUMN))
            for at in columns
        )
        rows = min(max(tree.topLevelItemCount(), LEAST_ROWS), MOST_ROWS)
        high = header.sizeHint().height() + rows * max(tree.sizeHintForRow(0), scaled(ROW_HEIGHT))
        around = self.sizeHint() - tree.sizeHint()
        wanted = QSize(wide, high) + around + QSize(SCROLL_BAR, 2 * tree.frameWidth())
        room = (self.screen().availableSize() * 0.9).expandedTo(QSize(*LEAST_ROOM))
        self.resize(wanted.boundedTo(room).expandedTo(self.minimumSizeHint()))

    def add_button(self, text: str, do: Callable[[], None], *, needs_item: bool = True) -> None:
        """A button beside the list; those that need an item wait until one is chosen."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        self._side.insertWidget(self._side.count() - 1, button)
        self.buttons[text] = button
        QWidget.setTabOrder(button, self._closing)
        if needs_item:
            self._needing_item.add(text)

    @property
    def key(self) -> str:
        """What the chosen row is about, empty where none is."""
        item = self.list.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item else ""

    def rows_of(self, study: Study) -> list[tuple[str, tuple[str, ...]]]:
        """A key and cells for each row."""
        raise NotImplementedError

    def show_study(self, study: Study) -> None:
        chosen, at = self.key, self.list.currentIndex().row()
        self.list.clear()
        for key, cells in self.rows_of(study):
            item = QTreeWidgetItem(list(cells))
            for column in self.figures:
                item.setTextAlignment(column, RIGHT)
            item.setData(0, Qt.ItemDataRole.UserRole, key)
            self.list.addTopLevelItem(item)
            if key == chosen:
                self.list.setCurrentItem(item)
        count = self.list.topLevelItemCount()
        if count and not self.list.currentItem():
            model = self.list.model()
            self.list.setCurrentIndex(model.index(min(max(at, 0), count - 1), 0))
        for column in range(self.list.columnCount()):
            if self.list.header().sectionResizeMode(column) != QHeaderView.ResizeMode.Stretch:
                self.list.resizeColumnToContents(column)
        self.empty.setVisible(not count)
        self._enable()

    def _enable(self) -> None:
        for text, button in self.buttons.items():
            button.setEnabled(bool(self.key) or text not in self._needing_item)
