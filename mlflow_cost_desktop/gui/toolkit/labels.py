"""Texts that may hold a stranger's words: shown as they are, never as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(name: str) -> QLabel:
    """A label with a `name` for the style sheet, which takes nothing for markup."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


DIMMED = 0.45
"""How much is left of words that wait for their next figures."""


class ElidedLabel(QLabel):
    """A plain line that is elided where it has too little room, and asks for none.

    What still speaks of an earlier moment than its neighbors is dimmed.

    Args:
        whole_from: what follows the last of these signs is never cut, where they are there: `: `
            before a figure.
    """

    def __init__(self, name: str, *, whole_from: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole_from = whole_from
        self.is_dimmed = False

    def dim(self, on: bool) -> None:
        """Show that the words are of an earlier moment, or no longer."""
        if on != self.is_dimmed:
            self.is_dimmed = on
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(DIMMED if self.is_dimmed else 1.0)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.elided)

    @property
    def elided(self) -> str:
        """What there is room for."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        head, kept = self.text(), ""
        if self._whole_from and self._whole_from in head and metrics.horizontalAdvance(head) > room:
            head, signs, figure = head.rpartition(self._whole_from)
            kept = signs + figure
        room -= metrics.horizontalAdvance(kept)
        return metrics.elidedText(head, Qt.TextElideMode.ElideRight, max(room, 0)) + kept


def plain_tooltip(text: str) -> str:
    """A tooltip's text. Qt guesses whether a tooltip is rich text, so it is told, and escaped."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def show_tooltip(widget: QWidget, text: str) -> None:
    """Show a tooltip; assistive technology is told the same, without its markup."""
    widget.setToolTip(plain_tooltip(text) if text else "")
    widget.setAccessibleDescription(text)
