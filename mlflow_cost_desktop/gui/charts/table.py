"""A chart's contents as a table: read with the keyboard, copied into a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
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

from mlflow_cost_desktop.charts.chart import Chart, Table
from mlflow_cost_desktop.exports.report.chart_files import table_text
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.document.copied import copy_table
from mlflow_cost_desktop.gui.toolkit.copying import COPY_PLAIN, PLAIN_TIP, has_plain_copy
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import open_at


class ChartTable(QDialog):
    """What is seen of a chart, in words and figures; the scenario's own row is bold and current.

    Args:
        chart: in the figures of the window.
        ends: what of the axis is seen.
        figures: those of the window, in which it is copied.
        facts: what its figures rest on.
    """

    def __init__(
        self,
        parent: QWidget,
        chart: Chart,
        ends: tuple[float, float],
        figures: Figures,
        facts: Facts | None,
    ) -> None:
        super().__init__(parent)
        title, words, shown = chart.title, chart.in_words(*ends), chart.table(*ends)
        self._table, self._figures = shown, figures
        self._facts = [facts] if facts else []
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
        if has_plain_copy(figures):
            plain = buttons.addButton(COPY_PLAIN, QDialogButtonBox.ButtonRole.ActionRole)
            plain.setToolTip(PLAIN_TIP)
            plain.clicked.connect(self.copy_plain)
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
        """The whole table, as a spreadsheet of the reader's system takes it."""
        copy_table(table_text(self._table, self._figures), self._facts)

    def copy_plain(self) -> None:
        """The same with decimal points, for programs."""
        copy_table(table_text(self._table, PLAIN), self._facts)


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
