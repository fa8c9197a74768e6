"""Tabs that carry their subtotal, as the bill does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QTabBar


class SubtotalTabBar(QTabBar):
    """Two lines a tab: its name, and what it costs a month; or only an icon."""

    PADDING = 7
    HEIGHT = 54
    ICON = 16
    SLACK = 24

    def __init__(self) -> None:
        super().__init__()
        self._subtotals: dict[int, str] = {}
        self._widths: dict[int, int] = {}
        self._name_font = QFont(self.font())
        self._name_font.setPixelSize(12)
        self._name_font.setWeight(QFont.Weight.DemiBold)
        self._subtotal_font = QFont(self.font())
        self._subtotal_font.setPixelSize(12)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Parts of the scenario")

    def show_subtotal(self, index: int, text: str) -> None:
        """Its tooltip is the tab's whole name, of which the tab may show a short form."""
        if self._subtotals.get(index) == text:
            return
        before = self._widths.get(index)
        self._subtotals[index] = text
        self.setAccessibleTabName(index, f"{self.tabToolTip(index)}, {text}")
        if self._width(index) != before:
            # There is no public way to have sizes asked for again; setting a text does it.
            self.setTabText(index, self.tabText(index))
        self.update(self.tabRect(index))

    def _width(self, index: int) -> int:
        """Wide enough for a tab's words; it does not follow every digit, so that nothing jumps."""
        name = QFontMetrics(self._name_font).horizontalAdvance(self.tabText(index))
        below = QFontMetrics(self._subtotal_font).horizontalAdvance(self._subtotals.get(index, ""))
        icon = 0 if self.tabIcon(index).isNull() else self.ICON
        wide = max(name, below, icon) + 2 * self.PADDING
        before = self._widths.get(index, 0)
        if not before - self.SLACK <= wide <= before:
            self._widths[index] = wide
        return self._widths[index]

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._width(index), self.HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        for index in range(self.count()):
            box = self.tabRect(index)
            if not box.intersects(event.rect()):
                continue
            chosen = index == self.currentIndex()
            text = palette.color(QPalette.ColorRole.WindowText)
            dim = palette.color(QPalette.ColorRole.PlaceholderText)
            self._paint_tab(painter, box, index, text if chosen else dim)
            if chosen:
                line = QRect(box.left(), box.bottom() - 2, box.width(), 3)
                painter.fillRect(line, palette.color(QPalette.ColorRole.Highlight))
            if chosen and self.hasFocus():
                painter.setPen(palette.color(QPalette.ColorRole.Highlight))
                painter.drawRoundedRect(box.adjusted(1, 2, -2, -5), 4, 4)

    def _paint_tab(self, painter: QPainter, box: QRect, index: int, color: QColor) -> None:
        inside = box.adjusted(self.PADDING, 9, -self.PADDING, -11)
        self.tabIcon(index).paint(painter, inside)
        painter.setPen(color)
        painter.setFont(self._name_font)
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, self.tabText(index))
        painter.setFont(self._subtotal_font)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, self._subtotals.get(index, ""))
