"""Lines of a list with something in small below: what qualifies the figures of the line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from mlflow_cost_desktop.gui.toolkit.theme import scaled

ROW_HEIGHT = 22
ASIDE = Qt.ItemDataRole.UserRole + 1
"""Of a line's first cell: what stands below its name."""


class WithAside(QStyledItemDelegate):
    """Paints what stands below a line's name, where there is something."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(max(size.height(), scaled(ROW_HEIGHT)) + self._room(option, index))
        return size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        room = self._room(option, index)
        if room and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.brush(QPalette.ColorRole.Highlight))
        below = QRect(option.rect).adjusted(0, option.rect.height() - room, 0, 0)
        option.rect.adjust(0, 0, 0, -room)
        super().paint(painter, option, index)
        text: str = index.sibling(index.row(), 0).data(ASIDE) or ""
        tree = option.widget
        if not text or not isinstance(tree, QTreeWidget):
            return
        # Along the whole line: each cell paints its piece.
        whole = QRect(below)
        whole.setLeft(tree.columnViewportPosition(0) + 8)
        whole.setRight(tree.viewport().width() - 8)
        painter.save()
        painter.setClipRect(below)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(_smaller(option.font))
        words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, whole.width())
        painter.drawText(whole.translated(0, -3), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _room(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> int:
        has_aside = bool(index.sibling(index.row(), 0).data(ASIDE))
        return QFontMetrics(_smaller(option.font)).height() if has_aside else 0


def _smaller(font: QFont) -> QFont:
    """The font of what stands below, one pixel smaller and never bold."""
    smaller = QFont(font)
    smaller.setBold(False)
    smaller.setPixelSize(max(QFontInfo(font).pixelSize() - 1, 1))
    return smaller
