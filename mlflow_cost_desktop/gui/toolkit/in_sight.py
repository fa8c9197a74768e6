"""Scrolling, through all areas around, to what the keyboard has reached or was just opened."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

MOMENT_MS = 500
"""Milliseconds in which a layout has come to its end, on a slow machine too."""


class InSight(QObject):
    """Keeps in sight what has the keyboard, and for a while what was just opened.

    An area scrolls to what the keyboard reaches only within itself, and hears some turns of the
    event loop later that what it holds has become larger.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._reached: QWidget | None = None
        self._opened: QWidget | None = None
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(self._forget_opened)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_keyboard)
        for area in window.findChildren(QScrollArea):
            area.verticalScrollBar().rangeChanged.connect(self._scroll)

    def bring(self, widget: QWidget) -> None:
        """Scroll to what was opened, also where the layout that it asks for is still to come."""
        self._opened = widget
        self._moment.start()
        self._scroll()

    def _follow_keyboard(self, _: QWidget | None, widget: QWidget | None) -> None:
        """A click shows itself where it was."""
        self._reached = widget if QApplication.mouseButtons() == Qt.MouseButton.NoButton else None
        self._scroll()

    def _forget_opened(self) -> None:
        self._opened = None

    def _scroll(self) -> None:
        if self._reached is not None and self._reached is QApplication.focusWidget():
            self._scroll_to(self._reached)
        if self._opened is not None:
            self._scroll_to(self._opened)

    def _scroll_to(self, widget: QWidget) -> None:
        for area in self._areas_around(widget):
            area.ensureWidgetVisible(widget)

    def _areas_around(self, widget: QWidget) -> Iterator[QScrollArea]:
        around = widget.parentWidget()
        while around and around is not self._window:
            if isinstance(around, QScrollArea):
                yield around
            around = around.parentWidget()
