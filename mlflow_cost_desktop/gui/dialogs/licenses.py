"""The licenses of the program and of everything that comes with it, with their texts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.gui.toolkit.theme import open_at
from mlflow_cost_desktop.startup.shipped import Work, releases_page


class LicensesDialog(QDialog):
    """A list of works, and the license of the one that is chosen."""

    def __init__(self, parent: QWidget, works: Sequence[Work]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licenses")
        open_at(self, 960, 620)
        self._works = works
        self.list = QListWidget()
        self.list.setAccessibleName("Works")
        self.list.addItems([f"{work.name} {work.version}".rstrip() for work in works])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("License")
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        halves = QSplitter()
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(halves, 1)
        column.addWidget(buttons)

    def _show(self, row: int) -> None:
        self.text.setPlainText(words_of(self._works[row]))


def words_of(work: Work) -> str:
    """A work's license in one text: its name first, each text below a heading."""
    parts = [f"{work.name} {work.version}".rstrip(), f"License: {work.license or 'see below'}"]
    for title, text in work.texts:
        parts += [f"{title}\n{'─' * len(title)}", text.strip()]
    return "\n\n".join(parts)


def open_releases() -> None:
    """Show the page of newer versions in the browser; the program itself sends nothing."""
    QDesktopServices.openUrl(QUrl(releases_page()))
