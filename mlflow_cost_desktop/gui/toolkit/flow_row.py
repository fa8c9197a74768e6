"""Widgets from left to right, in as many rows as their widths take."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 6
"""Px between two of them."""


class FlowRow(QWidget):
    """Holds widgets that flow as words do; it is as high as that takes."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[QWidget, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def items(self) -> tuple[QWidget, ...]:
        """What it holds, in order."""
        return self._items

    def hold(self, items: Sequence[QWidget]) -> None:
        """Hold these, in their order; others that it held are given away."""
        for gone in set(self._items) - set(items):
            gone.hide()
            gone.deleteLater()
        self._items = tuple(items)
        for item in items:
            item.setParent(self)
            item.show()
        for before, after in pairwise(items):
            QWidget.setTabOrder(before, after)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self._lay_out()
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def _lay_out(self) -> None:
        x = y = tallest = 0
        for item in self._items:
            size = item.sizeHint()
            width = min(size.width(), max(self.width(), 1))
            if x and x + width > self.width():
                x, y, tallest = 0, y + tallest + GAP, 0
            item.setGeometry(x, y, width, size.height())
            x += width + GAP
            tallest = max(tallest, size.height())
        if self.minimumHeight() != y + tallest:
            self.setFixedHeight(y + tallest)
