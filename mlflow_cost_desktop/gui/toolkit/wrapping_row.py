"""Rows that become columns where a large font leaves no room for them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout


def wrap_row(row: QBoxLayout, needed: int, room: int) -> None:
    """Let items stand below each other where they need more room, px, than there is."""
    directions = QBoxLayout.Direction
    direction = directions.LeftToRight if needed <= room else directions.TopToBottom
    if direction != row.direction():
        row.setDirection(direction)
        row.update()  # by itself it asks what lies around for no other room
