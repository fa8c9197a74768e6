"""Keys that are the window's also where a field would take them for its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

EXPORT = "Ctrl+E"
"""To a field on some systems: go to the end of the line."""


def leave_to_window(event: QEvent) -> bool:
    """Whether a field is asked if it takes a key that is the window's; it then takes it not.

    Undo is the scenario's, also where the keyboard is in a field with an undo of its own.
    """
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    keys = QKeySequence.StandardKey
    is_undo = event.matches(keys.Undo) or event.matches(keys.Redo)
    if is_undo or QKeySequence(event.keyCombination()) == QKeySequence(EXPORT):
        event.ignore()
        return True
    return False
