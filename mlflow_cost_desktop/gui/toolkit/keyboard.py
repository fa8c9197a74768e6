"""What somebody without a pointer is shown: the words of a tooltip, too."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QToolTip, QWidget

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""Reasons of a focus that a key has brought."""


def tell_whole(widget: QWidget) -> None:
    """Show the tooltip of what the keyboard has just reached."""
    QTimer.singleShot(0, widget, lambda: _show_tooltip(widget))  # once it was scrolled to


def _show_tooltip(widget: QWidget) -> None:
    if widget.hasFocus():
        below = widget.mapToGlobal(QPoint(0, widget.height()))
        QToolTip.showText(below, widget.toolTip(), widget)
