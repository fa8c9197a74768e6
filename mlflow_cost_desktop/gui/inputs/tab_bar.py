"""Tabs that carry their subtotal, as the lines do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QTabBar

from mlflow_cost_desktop.gui.toolkit.theme import ICON_SIZE, scaled

USUAL_SUBTOTAL = "$00,000"
"""Up to this long a subtotal moves no tab; a longer one takes only what room there is."""

LEAST_SIZE = 8
"""Px of the smallest font in which a subtotal is written."""

FREE = 2
"""Px of a tab's padding that a long subtotal may take."""


class SubtotalTabBar(QTabBar):
    """Two lines a tab: its name, and what it costs a month; or only an icon.

    All tabs can be read without scrolling: the bar asks for the room that they need at least, and
    shares what it has beyond that among them. How much that is, is a matter of names, currency and
    font: a figure that grows makes nothing beside the bar give way, and is written smaller where
    it has no room.
    """

    LEAST_PADDING, MOST_PADDING = 3, 10
    HEIGHT = 55

    def __init__(self) -> None:
        super().__init__()
        self._subtotals: dict[int, str] = {}
        self._usual = USUAL_SUBTOTAL
        self._widths: list[int] = []
        self._measure()
        self._padding = self.LEAST_PADDING
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Parts of the scenario")

    def show_subtotal(self, index: int, text: str) -> None:
        """Its tooltip is the tab's whole name, of which the tab may show a short form."""
        if self._subtotals.get(index) == text:
            return
        before = self._content_width(index)
        self._subtotals[index] = text
        self.setAccessibleTabName(index, f"{self.tabToolTip(index)}, {text}")
        if self._content_width(index) != before:
            self._lay_out()
        self.update(self.tabRect(index))

    def show_usual(self, text: str) -> None:
        """Keep room for a subtotal as long as this one: each currency has its own."""
        if self._usual != text:
            self._usual = text
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self._lay_out()

    def _measure(self) -> None:
        """Take the size of the program's font."""
        self._name_font, self._subtotal_font = QFont(self.font()), QFont(self.font())
        for font in (self._name_font, self._subtotal_font):
            font.setPixelSize(scaled(12))
        self._name_font.setWeight(QFont.Weight.DemiBold)
        self._icon = scaled(ICON_SIZE)

    def tabSizeHint(self, index: int) -> QSize:
        is_laid_out = index < len(self._widths)
        wide = self._widths[index] if is_laid_out else self._content_width(index)
        return QSize(wide + 2 * self._padding, scaled(self.HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        least = sum(map(self._least_width, range(self.count())))
        return QSize(least + 2 * self.LEAST_PADDING * self.count(), scaled(self.HEIGHT))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # the panel's width is chosen, and followed

    def tabInserted(self, index: int) -> None:
        super().tabInserted(index)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Share the room among the tabs: what one needs beyond its least, then free space."""
        least = [self._least_width(index) for index in range(self.count())]
        wanted = [self._content_width(index) for index in range(self.count())]
        room = self.width() - 2 * self.LEAST_PADDING * self.count()
        more = sum(wanted) - sum(least)
        share = min(max((room - sum(least)) / more, 0.0), 1.0) if more else 1.0
        self._widths = [a + int((b - a) * share) for a, b in zip(least, wanted, strict=True)]
        spare = (self.width() - sum(self._widths)) // (2 * max(self.count(), 1))
        self._padding = min(max(spare, self.LEAST_PADDING), self.MOST_PADDING)
        # Sizes are asked for again, and what has room again is scrolled back.
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.updateGeometry()

    def _least_width(self, index: int) -> int:
        """Px of a tab's name, and of a subtotal that is no longer than usual."""
        usual = QFontMetrics(self._subtotal_font).horizontalAdvance(self._usual)
        return max(
            QFontMetrics(self._name_font).horizontalAdvance(self.tabText(index)),
            usual if self._subtotals.get(index) else 0,
            0 if self.tabText(index) else self._icon,
        )

    def _content_width(self, index: int) -> int:
        """Px of all that a tab says."""
        below = self._subtotals.get(index, "")
        wide = QFontMetrics(self._subtotal_font).horizontalAdvance(below)
        return max(self._least_width(index), wide)

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
        inside = box.adjusted(self._padding, scaled(10), 0, -scaled(11))
        icon = QRect(inside.left(), 0, self._icon, self._icon)
        icon.moveCenter(QRect(icon.left(), box.top(), self._icon, box.height() - 2).center())
        self.tabIcon(index).paint(painter, icon)
        painter.setPen(color)
        painter.setFont(self._name_font)
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, self.tabText(index))
        painter.setFont(self._subtotal_font_in(index))
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, self._subtotals.get(index, ""))

    def subtotal_metrics(self, index: int) -> QFontMetrics:
        """What a tab's subtotal is written in."""
        return QFontMetrics(self._subtotal_font_in(index))

    def _subtotal_font_in(self, index: int) -> QFont:
        """The usual font where it has room, a smaller one where it has none."""
        text = self._subtotals.get(index, "")
        room = self.tabRect(index).width() - 2 * self.LEAST_PADDING + FREE
        if QFontMetrics(self._subtotal_font).horizontalAdvance(text) <= room:
            return self._subtotal_font
        smaller = QFont(self._subtotal_font)
        for size in range(smaller.pixelSize() - 1, scaled(LEAST_SIZE) - 1, -1):
            smaller.setPixelSize(size)
            if QFontMetrics(smaller).horizontalAdvance(text) <= room:
                break
        return smaller
