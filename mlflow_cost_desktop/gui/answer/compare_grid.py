"""A table of scenarios: the names stay where they are while the figures beside them scroll."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTreeView,
    QWidget,
)

from mlflow_cost_desktop.charts.palette import LESS, MORE
from mlflow_cost_desktop.gui.lines.cells import text_widths
from mlflow_cost_desktop.gui.toolkit.labels import plain_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled

Tone: TypeAlias = Literal["", "less", "more", "dim"]
Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW, PADDING, SQUARE = 22, 9, 9
MOST_NAME, LEAST_NAME = 300, 150
MOST_CELL = 240
"""Px, for a font of the usual size."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ROLE = Qt.ItemDataRole


class GridCell(NamedTuple):
    """A cell, what it is like, and what stands in its tooltip."""

    text: str
    tone: Tone = ""
    tip: str = ""


class GridRow(NamedTuple):
    """A row of a table.

    Attributes:
        key: what it is about.
        color: of the square before its name; none where it is empty.
        depth: how far it is indented.
    """

    key: str
    name: str
    cells: tuple[GridCell, ...]
    color: str = ""
    depth: int = 0
    is_strong: bool = False


class Heading(NamedTuple):
    """What stands above a column, and its tooltip; `place` is that of the scenario it is of."""

    text: str
    tip: str = ""
    place: int = -1


class GridModel(QAbstractTableModel):
    """Rows under headings; where only cells change, the view is told of these alone."""

    def __init__(self, *, is_right: bool) -> None:
        super().__init__()
        self.headings: tuple[Heading, ...] = ()
        self.rows: tuple[GridRow, ...] = ()
        self._align = RIGHT if is_right else LEFT
        self._squares: dict[str, QIcon] = {}

    def show_rows(self, headings: Sequence[Heading], rows: Sequence[GridRow]) -> None:
        headings, rows = tuple(headings), tuple(rows)
        before = self.headings, [row.key for row in self.rows]
        if (headings, [row.key for row in rows]) != before:
            self.beginResetModel()
            self.headings, self.rows = headings, rows
            self.endResetModel()
            return
        old, self.rows = self.rows, rows
        for at, (one, other) in enumerate(zip(old, rows, strict=True)):
            if one != other:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(headings) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # as above
        return 0 if parent.isValid() else len(self.headings)

    def cell(self, index: Index) -> GridCell:
        """What stands at an index."""
        row = self.rows[index.row()]
        if index.column() == 0:
            return GridCell("    " * row.depth + row.name, tip=row.name)
        return row.cells[index.column() - 1]

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        row, cell = self.rows[index.row()], self.cell(index)
        if role == ROLE.DisplayRole:
            return cell.text
        if role == ROLE.TextAlignmentRole:
            return LEFT if index.column() == 0 else self._align
        if role == ROLE.ToolTipRole:
            return plain_tooltip(cell.tip) if cell.tip else None
        if role == ROLE.ForegroundRole and cell.tone:
            return _color(cell.tone)
        if role == ROLE.FontRole and row.is_strong:
            return bold()
        if role == ROLE.DecorationRole and row.color and index.column() == 0:
            return self._square(row.color)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        heading = self.headings[section]
        if role == ROLE.DisplayRole:
            return heading.text
        if role == ROLE.ToolTipRole:
            return plain_tooltip(heading.tip) if heading.tip else None
        if role == ROLE.TextAlignmentRole:
            return LEFT if section == 0 else self._align
        return None

    def _square(self, color: str) -> QIcon:
        if color not in self._squares:
            pixmap = QPixmap(scaled(SQUARE), scaled(SQUARE))
            pixmap.fill(QColor(color))
            self._squares[color] = QIcon(pixmap)
        return self._squares[color]


def _plain() -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(scaled(12))
    return font


def bold() -> QFont:
    """The font of a row that stands out."""
    font = _plain()
    font.setBold(True)
    return font


def _color(tone: Tone) -> QColor:
    palette = QApplication.palette()
    if tone == "dim":
        return palette.color(QPalette.ColorRole.PlaceholderText)
    is_dark = palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5
    return QColor((LESS if tone == "less" else MORE)[is_dark])


class Grid(QWidget):
    """A table as tall as its rows: what lies around it scrolls down, its figures to the right.

    Signals:
        heading_clicked: the place of the scenario above whose column it was.
        current_changed: another row has the keyboard; its key.
    """

    heading_clicked = Signal(int)
    current_changed = Signal(str)

    def __init__(self, name: str, *, is_right: bool = True) -> None:
        super().__init__()
        self.model = GridModel(is_right=is_right)
        self.names = _View(f"{name}: names", self.model)
        self.figures = _View(name, self.model)
        self.figures.setSelectionModel(self.names.selectionModel())
        self.figures.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.selectionModel().currentRowChanged.connect(self._tell_current)
        self.figures.header().setSectionsClickable(True)
        self.figures.header().sectionClicked.connect(self._tell_heading)
        self._widths: list[int] = []
        self._advances = text_widths(_plain()), text_widths(bold())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.figures)

    @property
    def key(self) -> str:
        """What the row with the keyboard is about, empty where none has it."""
        index = self.names.currentIndex()
        return self.model.rows[index.row()].key if index.isValid() else ""

    def show_rows(self, headings: Sequence[Heading], rows: Sequence[GridRow]) -> None:
        """Show rows under headings, the first of which is that of the names."""
        key = self.key
        before = self.model.headings
        self.model.show_rows(headings, rows)
        if self.model.headings is not before:
            for column in range(len(headings)):
                self.names.setColumnHidden(column, column > 0)
                self.figures.setColumnHidden(column, column == 0)
            found = next((at for at, row in enumerate(rows) if row.key == key), -1)
            if found >= 0 and not self.names.currentIndex().isValid():
                self.names.setCurrentIndex(self.model.index(found, 0))
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._advances = text_widths(_plain()), text_widths(bold())
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def fit(self) -> None:
        """Take the width of each column's words, and the height of all rows."""
        plain, strong = self._advances
        rows = self.model.rows
        widths: list[int] = []
        for column, heading in enumerate(self.model.headings):
            most = plain(heading.text)
            for row in rows:
                text = row.name if column == 0 else row.cells[column - 1].text
                most = max(most, (strong if row.is_strong else plain)(text))
            extra = 2 * scaled(PADDING) + (scaled(SQUARE) + scaled(22) if column == 0 else 0)
            limit = scaled(MOST_NAME if column == 0 else MOST_CELL)
            widths.append(min(math.ceil(most) + extra, limit))
        self._widths = widths
        self._lay_out()

    def _lay_out(self) -> None:
        """Figures as wide as they are where that leaves room for names; else they scroll."""
        if not self._widths:
            return
        figures, room = sum(self._widths[1:]), self.width()
        least = min(self._widths[0], max(scaled(LEAST_NAME), room // 4))
        is_wide = figures + least > room
        names = least if is_wide else room - figures
        self.names.setFixedWidth(max(names, 1))
        self.names.setColumnWidth(0, max(names - 2, 1))
        for column, width in enumerate(self._widths[1:], 1):
            self.figures.setColumnWidth(column, width)
        policy = Qt.ScrollBarPolicy
        self.figures.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if is_wide else policy.ScrollBarAlwaysOff
        )
        bar = self.figures.horizontalScrollBar().sizeHint().height() if is_wide else 0
        tall = self.names.header().sizeHint().height() + self.names.row_height * len(
            self.model.rows
        )
        self.names.setFixedHeight(tall + 4)
        self.figures.setFixedHeight(tall + bar + 4)
        self.setFixedHeight(tall + bar + 4)

    def _tell_heading(self, section: int) -> None:
        place = self.model.headings[section].place
        if place >= 0:
            self.heading_clicked.emit(place)

    def _tell_current(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.key)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inner = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and inner is not None and index.isValid():
            place = self.names.viewport().mapTo(inner, self.names.visualRect(index).center())
            around.ensureVisible(0, place.y(), 0, self.names.row_height)


class _View(QTreeView):
    """One side of the table: names, or figures."""

    def __init__(self, name: str, model: GridModel) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def row_height(self) -> int:
        """Px of each row."""
        return max(self.sizeHintForRow(0), scaled(ROW))
