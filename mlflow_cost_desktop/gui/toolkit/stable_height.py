"""Words that change often, without a new layout of all that lies around them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class StableHeight(QWidget):
    """Holds what wraps; what lies around hears of it only where it needs another height.

    A label asks for a new layout with each text, and its parents for one of theirs: of a whole
    window that takes longer than to paint a chart.
    """

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._held = held
        held.setParent(self)
        policy = held.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def event(self, event: QEvent) -> bool:
        # Having no layout, it is asked itself.
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_room()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_for_room()  # what is out of sight is asked for no layout: its words may be others

    def _ask_for_room(self) -> None:
        if self.heightForWidth(self.width()) != self.height():
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return 0 if self._held.isHidden() else self._held.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._held.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._held.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._held.resize(self.size())
