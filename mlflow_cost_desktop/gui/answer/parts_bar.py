"""The parts of the total: as one bar, and as a legend of names and shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.figures import at_least
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.components import COMPONENTS, SHORT_NAMES

DIMMED = 0.3
"""Opacity of a part while another one is pointed at."""

ALL = dict.fromkeys(COMPONENTS, "100 %")
"""The widest that shares can be, of parts whose prices are known."""


def shares(estimate: Estimate) -> dict[str, float]:
    """Percent of the total by component; all zero where the total is."""
    parts = {name: float(cost) for name, cost in estimate.by_component.items()}
    total = sum(parts.values())
    return {name: cost / total * 100 if total else 0.0 for name, cost in parts.items()}


class PartsView(QLabel):
    """What bar and legend have in common: a part is pointed at, or lit by another view.

    To assistive technology it is a label that says what is painted.
    """

    part_hovered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shares: dict[str, float] = {}
        self._lit = ""
        self._hovered = ""
        self.setMouseTracking(True)

    def show_estimate(self, estimate: Estimate) -> None:
        self._shares = shares(estimate)
        self.update()

    def highlight_part(self, name: str) -> None:
        """Dim every part but one; none where the name is empty."""
        if name != self._lit:
            self._lit = name
            self.update()

    def places(self) -> Iterator[tuple[str, QRectF]]:
        """The parts with where they stand."""
        raise NotImplementedError

    def opacity(self, name: str) -> float:
        """How strongly a part is painted."""
        return DIMMED if self._lit and name != self._lit else 1.0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._point_at(next((name for name, place in self.places() if place.contains(at)), ""))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at("")

    def _point_at(self, name: str) -> None:
        if name != self._hovered:
            self._hovered = name
            self.part_hovered.emit(name)


class PartsBar(PartsView):
    """The parts of the total as one bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(scaled(15))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_estimate(self, estimate: Estimate) -> None:
        super().show_estimate(estimate)
        parts = ", ".join(
            f"{COMPONENTS[name]} {share:.0f} %" for name, share in self._shares.items() if share
        )
        self.setAccessibleName(f"Parts of the total: {parts}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(scaled(15))

    def places(self) -> Iterator[tuple[str, QRectF]]:
        left = 0.0
        for name, share in self._shares.items():
            width = self.width() * share / 100
            yield name, QRectF(left, 0, width, self.height())
            left += width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(whole)
        for name, place in self.places():
            painter.setOpacity(self.opacity(name))
            painter.fillRect(place, QColor(COLORS[name]))


class Legend(PartsView):
    """Names and shares of the parts, told apart without color too; on several lines if needed.

    As high as all parts need, be they there or not: one that comes to cost something while a
    number is typed moves nothing below.
    """

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[str, str] = {}
        self._measure()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def texts(self) -> dict[str, str]:
        """Names and shares of what costs something, or may."""
        return self._named(COMPONENTS, self._written)

    def show_estimate(self, estimate: Estimate) -> None:
        super().show_estimate(estimate)
        before = self.heightForWidth(self.width())
        # What costs nothing has no share.
        self._written = {
            name: at_least(f"{share:.0f} %", name in estimate.gaps)
            for name, share in self._shares.items()
            if share or name in estimate.gaps
        }
        self.setAccessibleName(f"Shares of the parts: {', '.join(self.texts.values())}")
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.updateGeometry()

    def _measure(self) -> None:
        """Take the size of the program's font."""
        self._font = QFont(self.font())
        self._font.setPixelSize(scaled(12))
        self._line, self._square, self._gap = scaled(18), scaled(10), scaled(20)
        self._text_at = self._square + scaled(7)
        self._names_at: dict[int, dict[str, str]] = {}  # by the width that was asked for last
        self._widths: dict[str, int] = {}  # every edit asks for those of some names ten times

    def _width_of(self, text: str) -> int:
        if text not in self._widths:
            self._widths[text] = QFontMetrics(self._font).horizontalAdvance(text)
        return self._widths[text]

    def _named(self, names: Mapping[str, str], written: Mapping[str, str]) -> dict[str, str]:
        return {name: f"{names[name]} {share}" for name, share in written.items()}

    def _names(self, width: int) -> dict[str, str]:
        """Short ones where all have room on one line by that alone."""
        if width not in self._names_at:
            whole, short = (
                len(self._lines(width, self._named(names, ALL)))
                for names in (COMPONENTS, SHORT_NAMES)
            )
            self._names_at = {width: SHORT_NAMES if short == 1 < whole else COMPONENTS}
        return self._names_at[width]

    def _lines(self, width: int, texts: Mapping[str, str]) -> list[list[tuple[str, int]]]:
        """The parts of each line, with their widths."""
        lines: list[list[tuple[str, int]]] = [[]]
        left = 0
        for name, text in texts.items():
            wide = self._text_at + self._width_of(text)
            if lines[-1] and left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append((name, wide))
            left += wide + self._gap
        return lines

    def places(self) -> Iterator[tuple[str, QRectF]]:
        texts = self._named(self._names(self.width()), self._written)
        for row, line in enumerate(self._lines(self.width(), texts)):
            left = 0
            for name, wide in line:
                yield name, QRectF(left, row * self._line, wide, self._line)
                left += wide + self._gap

    def heightForWidth(self, width: int) -> int:
        names = self._names(width)
        texts = (self._named(names, written) for written in (ALL, self._written))
        return self._line * max(len(self._lines(width, one)) for one in texts)

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.heightForWidth(event.oldSize().width()) != self.heightForWidth(self.width()):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        texts = self._named(self._names(self.width()), self._written)
        for name, place in self.places():
            painter.setOpacity(self.opacity(name))
            top = place.center().y() - self._square / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(COLORS[name]))
            painter.drawRoundedRect(QRectF(place.left(), top, self._square, self._square), 2, 2)
            painter.setPen(ink)
            room: QRect = place.adjusted(self._text_at, 0, 2, 0).toRect()
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, texts[name])
