"""Texts that may hold a stranger's words: shown as they are, never as markup."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mlflow_cost_desktop.gui.toolkit.keyboard import BY_KEYBOARD, tell_whole


def plain_label(name: str) -> QLabel:
    """A label with a `name` for the style sheet, which takes nothing for markup."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


MOST_WIDTHS = 50
"""Of texts that a figure keeps: few are shown again, some are asked for each time."""

DIMMED = 0.45
"""How much is left of words that wait for their next figures."""

PARTED = " · "


class ElidedLabel(QLabel):
    """A plain line that is elided where it has too little room, and asks for none.

    Its words may change with every figure, since they ask for no new layout: one of a whole
    window takes longer than to paint a chart. What still speaks of an earlier moment than its
    neighbors is dimmed. A figure is shown whole or not at all.

    Args:
        whole_from: what follows the last of these signs is never cut, where they are there: `: `
            before a figure.
        fits: it would have as much room as its words need, and asks for that when they change.
        reachable: Tab comes to it while its words have too little room, and shows its tooltip.
    """

    def __init__(
        self, name: str, *, whole_from: str = "", fits: bool = False, reachable: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if not fits:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text = ""
        self._wide: int | None = 0
        self._whole_from, self._fits, self._is_reachable = whole_from, fits, reachable
        self.is_dimmed = False

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        # Kept here: the base class asks for a layout with each text. What it would tell
        # assistive technology, that is the label's name.
        if text == self._text:
            return
        self._text, self._wide = text, None
        self.setAccessibleName(text)
        self.update()
        self._let_reach()
        if self._fits:
            self.updateGeometry()

    def _let_reach(self) -> None:
        if not self._is_reachable or self.hasFocus():
            return
        is_cut = self._advance > self.contentsRect().width()
        policy = Qt.FocusPolicy.TabFocus if is_cut else Qt.FocusPolicy.NoFocus
        if policy != self.focusPolicy():
            self.setFocusPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._let_reach()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if event.reason() in BY_KEYBOARD:
            tell_whole(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self._let_reach()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._wide = None
            self.updateGeometry()  # of a label without a text of its own the base class does not
            self._let_reach()

    def dim(self, on: bool) -> None:
        """Show that the words are of an earlier moment, or no longer."""
        if on != self.is_dimmed:
            self.is_dimmed = on
            self.update()

    @property
    def _advance(self) -> int:
        """Px of all its words, which are measured once."""
        if self._wide is None:
            self._wide = self.fontMetrics().horizontalAdvance(self._text)
        return self._wide

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # the style sheet's font
        metrics, margins = self.fontMetrics(), self.contentsMargins()
        # One px more than the advance, which is rounded: what elides counts fractions.
        wide = self._advance + 1 + margins.left() + margins.right()
        return QSize(wide, metrics.height() + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(DIMMED if self.is_dimmed else 1.0)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.elided)
        if self.hasFocus():
            painter.setPen(self.palette().highlight().color())
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @property
    def elided(self) -> str:
        """What there is room for."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        head, kept = self._text, ""
        if self._advance < room:
            return head
        if self._whole_from and self._whole_from in head and self._advance > room:
            head, signs, figure = head.rpartition(self._whole_from)
            kept = signs + figure
        room -= metrics.horizontalAdvance(kept)
        cut = metrics.elidedText(head, Qt.TextElideMode.ElideRight, max(room, 0))
        if _cuts_a_figure(head, cut):
            cut = next(
                (less for less in _less(head) if metrics.horizontalAdvance(less) <= room), cut
            )
        return cut + kept


def _cuts_a_figure(text: str, cut: str) -> bool:
    """Whether what is left of a text ends within a figure, which then looks like another."""
    at = len(cut) - 1  # of the ellipsis
    begin, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
    word = text[begin : end if end >= 0 else None]
    return cut != text and begin < at and any(sign.isdigit() for sign in word)


def _less(text: str) -> Iterator[str]:
    """A text without its last parts, ever more of them, then without words of the first."""
    parts = text.split(PARTED)
    for count in range(len(parts) - 1, 0, -1):
        yield f"{PARTED.join(parts[:count])}{PARTED}…"
    words = parts[0].split(" ")
    for count in range(len(words) - 1, -1, -1):
        yield f"{' '.join(words[:count])}…"


class Figure(QLabel):
    """A figure whose width changes only where it has to, so that nothing jumps.

    Of a fixed size, it also asks for no new layout with each text.
    """

    SLACK = 12

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._widths: dict[str, int] = {}  # of the text, and of one that is asked for each time

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths.clear()
        if event.type() == QEvent.Type.FontChange and self.text():
            self.show_text(self.text())

    def width_of(self, text: str) -> int:
        """Px that a text takes."""
        self.ensurePolished()  # the style sheet's font
        if text not in self._widths:
            if len(self._widths) > MOST_WIDTHS:
                self._widths.clear()
            self._widths[text] = self.fontMetrics().horizontalAdvance(text) + 2
        return self._widths[text]

    def show_text(self, text: str) -> None:
        wide = self.width_of(text)
        metrics = self.fontMetrics()
        fits = self.width() - self.SLACK <= wide <= self.width()
        if not fits or self.height() != metrics.height() or not self.text():
            self.setFixedSize(wide, metrics.height())
        self.setText(text)


def plain_tooltip(text: str) -> str:
    """A tooltip's text. Qt guesses whether a tooltip is rich text, so it is told, and escaped."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def show_tooltip(widget: QWidget, text: str) -> None:
    """Show a tooltip; assistive technology is told the same, without its markup."""
    widget.setToolTip(plain_tooltip(text) if text else "")
    widget.setAccessibleDescription(text)
