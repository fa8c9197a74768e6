"""Words that lie over a page beside what they are about, so that nothing has to make room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget

APART = 2
"""Px between the words and what they are about."""


class LyingOver(QLabel):
    """What is to be said about a widget, above it; below it where there is no room above.

    Clicks pass through. Where the keyboard comes to something that lies below, the words go.

    Args:
        about: the widget that they are about; they are as wide as it.
        within: what lives as long as they do, until they are first said.
    """

    def __init__(self, about: QWidget, within: QWidget) -> None:
        super().__init__(within)
        self._about = about
        self._hears = False
        self.setObjectName("problem")
        self.setProperty("lies", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str) -> None:
        """Say something, or nothing any longer."""
        if words and not self._hears:
            self._hears = True
            self._about.installEventFilter(self)
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            application.focusChanged.connect(self._give_way)
        self.setText(words)
        if words:
            page = _page_of(self._about)
            if page is not self.parentWidget():
                self.setParent(page)
            self._place()
            self.raise_()
        self.setVisible(bool(words))

    def _place(self) -> None:
        page, about = self.parentWidget(), self._about
        if page is None or not page.isAncestorOf(about):
            return
        self.ensurePolished()
        width, height = about.width(), self.heightForWidth(about.width())
        at = about.mapTo(page, QPoint())
        has_room = at.y() >= height  # touching it at the head of a page
        y = max(at.y() - height - APART, 0) if has_room else at.y() + about.height() + APART
        self.setGeometry(at.x(), y, width, height)

    def _give_way(self, _: QWidget | None, now: QWidget | None) -> None:
        page = self.parentWidget()
        if self.isHidden() or now is None or page is None or not page.isAncestorOf(now):
            return
        if QRect(now.mapTo(page, QPoint()), now.size()).intersects(self.geometry()):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)


def _page_of(widget: QWidget) -> QWidget:
    """What is scrolled together with a widget, or its window."""
    page = widget
    while not page.isWindow() and (above := page.parentWidget()) is not None:
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            break  # above is what it is seen through
        page = above
    return page
