"""An area that scrolls and asks for no room of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea


class ModestArea(QScrollArea):
    """Asks for no more than it must have: what lies around does not scroll because of it."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
