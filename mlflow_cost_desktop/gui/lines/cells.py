"""How the cells of the lines are written, and how wide their words are."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from mlflow_cost_desktop.gui.lines.model import (
    ALIGNMENTS,
    LINE,
    QUANTITY,
    SOURCE,
    SQUARE_SIZE,
    WARNING_SIZE,
    ChargeModel,
    Index,
)
from mlflow_cost_desktop.gui.toolkit.theme import scaled

ROW_HEIGHT = 22
PADDING = 6
"""Pixels on either side of a cell's words."""

SIGN_GAP = 6
NAME_GAP = 6
"""At least between a name and the quantity of its line."""

TEXTS_KEPT = 2000


class ChargeCells(QStyledItemDelegate):
    """Words in one line, bold in a part's own row, and the sign before a name.

    Qt's own delegate asks a model seven things of each cell: while the table follows a marker that
    is dragged, that was most of the time that its rows took.
    """

    def __init__(self, table: QTreeView, rows: ChargeModel) -> None:
        super().__init__(table)
        self._table = table
        self._rows = rows
        self.measure_font()

    def measure_font(self) -> None:
        """Take the table's font; widths of texts are asked for again while a figure moves."""
        self._font = self._table.font()
        self._sign_sizes = scaled(WARNING_SIZE), scaled(SQUARE_SIZE)
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self.advance, self.bold_advance = text_widths(self._font), text_widths(self._bold)

    def room_beside(self, index: Index) -> int:
        """Pixels that the quantity of a row leaves to its name."""
        quantity = self._rows.cells(index)[QUANTITY]
        taken = math.ceil(self.advance(quantity)) + NAME_GAP
        return max(self._table.columnWidth(QUANTITY) - taken, 0) if quantity else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column = index.column()
        words, is_bold = self._rows.cells(index)[column], self._rows.line(index) is None
        room: QRect = option.rect.adjusted(PADDING, 1, -PADDING, 0)
        if column == LINE:
            sign = self._rows.sign(index)
            if sign:
                size = self._sign_sizes[is_bold]
                sign.paint(painter, room.left(), room.center().y() - size // 2, size, size)
                room.setLeft(room.left() + size + SIGN_GAP)
            room.setRight(room.right() + self.room_beside(index))
        is_dim = column == SOURCE and not option.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.PlaceholderText if is_dim else QPalette.ColorRole.Text
        painter.setPen(self._table.palette().color(role))
        painter.setFont(self._bold if is_bold else self._font)
        if (self.bold_advance if is_bold else self.advance)(words) > room.width():
            mode = Qt.TextElideMode.ElideRight
            words = painter.fontMetrics().elidedText(words, mode, room.width())
        painter.drawText(room, ALIGNMENTS[column], words)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words = self._rows.cells(index)[index.column()]
        return QSize(math.ceil(self.bold_advance(words)) + 2 * PADDING, scaled(ROW_HEIGHT))


def text_widths(font: QFont) -> Callable[[str], float]:
    """The width of a text in pixels, kept for the texts asked for last."""
    metrics = QFontMetricsF(font)

    # Not Qt's function itself: lru_cache asks for its signature, and PySide then makes those of
    # all its modules.
    @lru_cache(TEXTS_KEPT)
    def width(text: str) -> float:
        return metrics.horizontalAdvance(text)

    return width
