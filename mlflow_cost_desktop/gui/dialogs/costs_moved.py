"""What an opened scenario costs now, beside what it cost when it was saved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.figures import Figures, one_line, write
from mlflow_cost_desktop.files.since_saved import Moved, SinceSaved
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import open_at
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.wording.since_saved import since_in_sentences, since_in_words

COLUMNS = ("Part", "Line", "When saved", "Now", "Difference")

LONGEST = 200
"""Characters of a part's name in the file, beyond any that the program gives."""

GONE = "A line that is no longer there"


class CostsMoved(QToolButton):
    """A quiet line: `Prices changed since saving: $412.10 → $418.00`; it leads to the lines."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures = figures
        self.setObjectName("costsMoved")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._since: SinceSaved | None = None
        self.clicked.connect(self._show_details)
        self.hide()

    def show_since(self, since: SinceSaved | None) -> None:
        """Say what moved; nothing where nothing did."""
        self._since = since
        self.setVisible(since is not None)
        if since:
            self.setText(f"{since_in_words(since, self._figures)} · Details")
            show_tooltip(self, since_in_sentences(since, self._figures))

    def _show_details(self) -> None:
        if self._since:
            MovedLines(self._since, self._figures, self.window()).open()


class MovedLines(QDialog):
    """The lines that moved, in a table."""

    def __init__(self, since: SinceSaved, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Since this file was saved")
        open_at(self, 720, 420)
        heading = plain_label("note")
        heading.setWordWrap(True)
        heading.setText(since_in_sentences(since, figures))
        self.table = QTableWidget(len(since.moved), len(COLUMNS))
        self.table.setHorizontalHeaderLabels(list(COLUMNS))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for row, moved in enumerate(since.moved):
            for column, text in enumerate(_cells(moved, figures)):
                item = QTableWidgetItem(text)
                if column > 1:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(row, column, item)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.table.setVisible(bool(since.moved))


def _cells(moved: Moved, figures: Figures) -> tuple[str, ...]:
    known = moved.before is not None and moved.after is not None
    difference = (moved.after or 0.0) - (moved.before or 0.0)
    sign = "+" if difference > 0 else "−"
    return (
        COMPONENTS.get(moved.component, one_line(moved.component[:LONGEST])),
        write(moved.name, figures) or GONE,
        _money(moved.before, figures),
        _money(moved.after, figures),
        f"{sign}{figures.money(abs(difference))}" if known else "",
    )


def _money(usd: float | None, figures: Figures) -> str:
    return "no price" if usd is None else figures.money(usd)
