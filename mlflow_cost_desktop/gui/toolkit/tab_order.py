"""Where Tab goes to in parts of the window that are made anew while it is open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def reach_after(before: QWidget, stops: Iterable[QWidget]) -> None:
    """Let Tab go on to `stops` where it comes to `before`: a widget, or a part that holds them."""
    policy = before.focusPolicy()
    if policy == Qt.FocusPolicy.NoFocus:  # Qt takes no widget for it that never has the keyboard
        before.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for one, following in pairwise([before, *stops]):
        QWidget.setTabOrder(one, following)
    before.setFocusPolicy(policy)


def come_last(part: QWidget) -> None:
    """Let Tab reach a part after all else in its window, also after what was made later."""
    inside: list[QWidget] = []
    before = window = part.window()
    widget = window.nextInFocusChain()
    while widget and widget is not window:
        # PySide takes each for a child of the one before it, and lets go of its actions with that
        # one; Qt does nothing where the parent is the same.
        widget.setParent(widget.parentWidget())
        if not part.isAncestorOf(widget):
            before = widget
        elif widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            inside.append(widget)
        widget = widget.nextInFocusChain()
    reach_after(before, inside)
