"""A table all of whose words can be read: they wrap, or lie below their row in a narrow window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidgetItem

from mlflow_cost_desktop.gui.answer.over_time_tables import MOST_NAME, FlatTable, TableRow
from mlflow_cost_desktop.gui.toolkit.theme import scaled

LEAST_WORDS = 200
"""Px that words beside figures have at least, if they take so many."""

BACK = 24
"""Px of room more than needed with which words go back beside the figures.

More than a bar to scroll takes, which comes and goes with the height of the table.
"""

AROUND = 10
"""Px of a cell that are not for its words."""

MOST_LINES = 4
"""Of a heading."""

APART = 6
"""Px between rows of several lines."""

SLACK = 12
"""Px that a column may keep beside its figures: nothing moves with each digit."""

INDENT = 16
"""Px by which words below a row stand to the right of it."""


class WordTable(FlatTable):
    """A flat table with figures between two columns of words.

    Where it is narrow, first its headings are broken into lines, then the words of the last column
    go below their rows.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(scaled(INDENT))
        self._wrapping = _Wrapping(self)
        self.setItemDelegateForColumn(0, self._wrapping)
        self._last = 0
        self._heights: list[int] = []
        """Px of each row, with what lies below it."""

    def show_rows(self, headings: Sequence[str], rows: Sequence[TableRow], figures: int) -> None:
        last = len(headings) - 1
        if last != self._last:
            if self._last:
                self.setColumnHidden(self._last, False)
                self.setItemDelegateForColumn(self._last, self.itemDelegate())
            self.setItemDelegateForColumn(last, self._wrapping)
            self._last = last
        super().show_rows(headings, rows, figures)

    def room_for(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Px that the words of a cell have in a line."""
        if index.parent().isValid():
            return self.viewport().width() - self.indentation() - scaled(AROUND)
        return self.columnWidth(index.column()) - scaled(AROUND)

    @property
    def _is_below(self) -> bool:
        """Whether the words of the last column lie below their rows."""
        return self.isColumnHidden(self._last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _write_anew(
        self, before: Sequence[TableRow], rows: Sequence[TableRow], right: Sequence[int]
    ) -> None:
        self.setUniformRowHeights(True)  # or Qt would measure the whole row after each cell
        super()._write_anew(before, rows, right)
        self.setUniformRowHeights(False)

    def _fit_columns(self, columns: Iterable[int]) -> None:
        """Give each column its width; the words get what is left, or lie below."""
        if not self._shown[1]:
            return
        room = self.viewport().width()
        beside = room - self._least_words() - (scaled(BACK) if self._is_below else 0)
        widths: list[int] = []
        for most, lines in product((beside, room), (1, 2, MOST_LINES)):
            self._show_headings(self._broken(lines))
            widths = self._wanted_widths()
            if sum(widths) <= most:
                break
        is_below = sum(widths) > beside
        self.setColumnHidden(self._last, is_below)
        if is_below:  # what is left goes to the names, and figures stay together
            widths[0] += max(room - sum(widths), 0)
        slack = 0 if is_below else scaled(SLACK)
        for column, width in enumerate(widths):
            if not width <= self.columnWidth(column) <= width + slack:
                self.setColumnWidth(column, width)
        count = self.topLevelItemCount()
        if len(self._heights) != count:
            self._heights = [0] * count
        self._fit_words(range(count))
        self._fit_height()

    def _fit_words(self, rows: Iterable[int]) -> None:
        """Let rows have the lines that their words take, beside them or below."""
        before = self._heights.copy()
        for at in rows:
            item = self.topLevelItem(at)
            words = item.text(self._last) if item and self._is_below else ""
            if item and words != _below(item):
                self._put_below(item, words)
            self._heights[at] = self._height_of(at)
        if self._heights != before:
            self.scheduleDelayedItemsLayout()
            self._fit_height()

    def _put_below(self, item: QTreeWidgetItem, words: str) -> None:
        item.takeChildren()
        if words:
            line = QTreeWidgetItem([words])
            line.setData(0, Qt.ItemDataRole.UserRole, item.data(0, Qt.ItemDataRole.UserRole))
            line.setToolTip(0, item.toolTip(self._last))
            line.setForeground(0, self.palette().placeholderText())
            item.addChild(line)
            line.setFirstColumnSpanned(True)
            item.setExpanded(True)

    def _fit_height(self) -> None:
        self._take_height(sum(self._heights), sum(map(self.columnWidth, range(self._last))))

    def _height_of(self, row: int) -> int:
        index = self.model().index(row, 0)
        below = self.model().index(0, 0, index)
        return self.indexRowSizeHint(index) + (
            self.indexRowSizeHint(below) if below.isValid() else 0
        )

    def _least_words(self) -> int:
        """Px that the last column has at least beside the others."""
        wide = QFontMetrics(self.font()).horizontalAdvance
        words = max(wide(row.cells[-1]) for row in self._shown[1]) + scaled(AROUND)
        return max(min(words, scaled(LEAST_WORDS)), self.header().sectionSizeHint(self._last))

    def _wanted_widths(self) -> list[int]:
        header = self.header()
        widths = [
            max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(self._last)
        ]
        return [min(widths[0], scaled(MOST_NAME)), *widths[1:]]

    def _show_headings(self, names: Sequence[str]) -> None:
        item = self.headerItem()
        for column, name in enumerate(names):
            if item.text(column) != name:
                item.setText(column, name)

    def _broken(self, most: int) -> list[str]:
        """Headings in so many lines at most: no wider than their figures, if they can."""
        names, figures = self._shown[0], range(1, self._last)
        if most == 1:
            return list(names)
        room = {column: self.sizeHintForColumn(column) - scaled(AROUND) for column in figures}
        wide = QFontMetrics(self.header().font()).horizontalAdvance
        lines = [_in_lines(names[column].split(), wide, room[column], most) for column in figures]
        return [names[0], *map("\n".join, lines), names[-1]]


def _in_lines(words: Sequence[str], wide: Callable[[str], int], room: int, most: int) -> list[str]:
    """Words in lines no wider than the room, or wider where there would be too many."""
    runs = (" ".join(words[begin:end]) for begin, end in combinations(range(len(words) + 1), 2))
    for width in sorted({room, *(max(wide(run), room) for run in runs)}):
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and wide(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) <= most and all(wide(line) <= width for line in lines):
            return lines
    return [" ".join(words)]


def _below(item: QTreeWidgetItem) -> str:
    """The words that lie below a row."""
    line = item.child(0)
    return line.text(0) if line else ""


class _Wrapping(QStyledItemDelegate):
    """Words take as many lines as they need in the width of their column."""

    def __init__(self, table: WordTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The width of all words in one line, and the height of the lines that they take."""
        whole = super().sizeHint(option, index)
        room = self._table.room_for(index)
        if not 0 < room < whole.width() - scaled(AROUND):
            return whole
        before, option.rect = option.rect, QRect(0, 0, room, 1)
        lines = super().sizeHint(option, index)
        option.rect = before
        return QSize(whole.width(), max(whole.height(), lines.height() + scaled(APART)))
