"""Windows that fit the screen on which they come up."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

TITLE_BAR = 40
"""Px of height that a frame takes, of which nobody knows before a window is seen."""


def fit_screen(window: QWidget) -> None:
    """Let a window that is still to be seen lie within what its screen has free for it.

    One of no place yet gets it from the window manager, and is made small enough here. Of what
    it must have at least nothing is taken away.
    """
    screen = QGuiApplication.screenAt(window.geometry().center()) or window.screen()
    room = screen.availableGeometry().adjusted(0, 0, 0, -TITLE_BAR)
    window.resize(window.size().boundedTo(room.size()).expandedTo(window.minimumSize()))
    if window.testAttribute(Qt.WidgetAttribute.WA_Moved):
        free = (room.size() - window.size()).expandedTo(QSize(0, 0))
        window.move(
            min(max(window.x(), room.left()), room.left() + free.width()),
            min(max(window.y(), room.top()), room.top() + free.height()),
        )
