"""Menus that are filled anew each time they open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu


def empty(menu: QMenu) -> None:
    """Take everything out of a menu; its menus and groups go too, which `clear` leaves behind."""
    menu.clear()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for left in (*menu.findChildren(QMenu, options=direct), *_groups(menu)):
        left.deleteLater()


def _groups(menu: QMenu) -> list[QActionGroup]:
    return menu.findChildren(QActionGroup, options=Qt.FindChildOption.FindDirectChildrenOnly)
