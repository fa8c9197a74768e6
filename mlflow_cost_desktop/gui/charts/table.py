"""A chart's contents as a table: read with the keyboard, copied into a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.exports.report.chart_plot import Contents
from mlflow_cost_desktop.exports.report.chart_words import Table, table
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import open_at


class ChartTable(QDialog):
    """What a chart shows, in words and figures; the scenario's own row is bold and current.

    Args:
        words: what the chart shows.
        contents: the rows' values.
    """

    def __init__(self, parent: QWidget, words: str, contents: Contents, figures: Figures) -> None:
        super().__init__(parent)
        self._contents = contents
        title, shown = contents.question.title, table(contents, figures)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = plain_label("note")
        self.words.setWordWrap(True)
        self.words.setText(f"{words} {shown.note}.".removesuffix(" ."))
        self.grid = _grid(shown)
        self.grid.setAccessibleName(title)
        self.grid.setAccessibleDescription(self.words.text())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.grid, 1)
        column.addWidget(buttons)
        open_at(self, min(140 + 120 * len(shown.headings), 900), 460)
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        shortcut.activated.connect(self.copy)
        self.grid.setFocus()

    def copy(self) -> None:
        """The whole table, as a spreadsheet takes it."""
        QGuiApplication.clipboard().setText(table(self._contents, PLAIN).as_text())


def _grid(table: Table) -> QTableWidget:
    grid = QTableWidget(len(table.rows), len(table.headings))
    grid.setHorizontalHeaderLabels(table.headings)
    grid.verticalHeader().hide()
    grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    grid.setTabKeyNavigation(False)
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if row == table.current:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            grid.setItem(row, column, item)
    grid.resizeColumnsToContents()
    grid.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    grid.setCurrentCell(table.current, 0)
    return grid
