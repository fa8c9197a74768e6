"""Rows that become columns where a large font leaves no room for them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout


def wrap_row(row: QBoxLayout, needed: int, room: int) -> None:
    """Let items stand below each other where they need more room, px, than there is."""
    direction = QBoxLayout.Direction
    row.setDirection(direction.LeftToRight if needed <= room else direction.TopToBottom)
