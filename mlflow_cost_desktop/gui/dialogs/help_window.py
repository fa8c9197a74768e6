"""“How is this computed?” in a window of its own, with a search."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.exports.handbook import handbook
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.search_box import SearchBox
from mlflow_cost_desktop.gui.toolkit.theme import open_at


class HelpWindow(QDialog):
    """The handbook of the open scenario; it stays open beside the main window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("How is this computed?")
        open_at(self, 760, 720)
        self.page = QTextBrowser()
        self.page.setAccessibleName("How is this computed?")
        self.page.document().setDocumentMargin(12.0)
        self.page.setOpenLinks(True)
        self.page.setOpenExternalLinks(False)
        self.search = SearchBox()
        self.search.setPlaceholderText("Find")
        self.search.setAccessibleName("Find in this page")
        self.not_found = plain_label("note")
        self.not_found.setText("Not found")
        self.not_found.hide()
        self._written = ""
        following = QPushButton("Next")
        following.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(following)
        row.addWidget(self.not_found)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.page, 1)
        self.search.textChanged.connect(self._find_from_start)
        self.search.returnPressed.connect(self.find_next)
        following.clicked.connect(self.find_next)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        QShortcut(QKeySequence.StandardKey.FindNext, self, self.find_next)

    def show_study(self, study: Study) -> None:
        """Write the page for a scenario."""
        self._written = handbook(study.scenario, study.price_book)
        self.page.setHtml(self._written)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:  # links keep the colors they are written in
            bar = self.page.verticalScrollBar()
            at = bar.value()
            self.page.setHtml(self._written)
            bar.setValue(at)

    def find_next(self) -> None:
        """Go to the next place that has the words; after the last, to the first."""
        words = self.search.text()
        if not words or self.page.find(words):
            return
        self._find_from_start()

    def _find_from_start(self) -> None:
        words = self.search.text()
        cursor = self.page.textCursor()
        cursor.setPosition(0)
        self.page.setTextCursor(cursor)
        is_found = not words or self.page.find(words, QTextDocument.FindFlag(0))
        self.not_found.setVisible(not is_found)
