"""Rows that become columns where large letters leave no room for them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout


def turn(row: QBoxLayout, needed: int, room: int) -> None:
    """Let items stand below each other where they need more room, px, than there is."""
    direction = QBoxLayout.Direction
    row.setDirection(direction.LeftToRight if needed <= room else direction.TopToBottom)
