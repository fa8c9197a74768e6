"""Where Tab goes to in parts of the window that are made anew while it is open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def reach_after(before: QWidget, stops: Iterable[QWidget]) -> None:
    """Let Tab go from one widget on to others, and then to where it went from the first."""
    for one, following in pairwise([before, *stops]):
        QWidget.setTabOrder(one, following)


def stop_before(place: QWidget) -> QWidget:
    """What has the keyboard before a part; Qt takes no widget for it that never has."""
    before = place.previousInFocusChain()
    while before and before is not place and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or place
