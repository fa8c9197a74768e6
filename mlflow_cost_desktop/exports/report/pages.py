"""The pages of the report: blocks that flow, tables whose rows never split, and the footer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter, QPen

from mlflow_cost_desktop.exports.report.metadata import Metadata
from mlflow_cost_desktop.exports.report.text import (
    BODY_MUTED,
    HEADING,
    INK,
    RULE,
    SHADE,
    SMALL,
    Paragraph,
    Spans,
    Style,
)

DPI = 96  # one unit is a pixel of the design; at 1200 dpi a pen of width 1 would be invisible
LEFT, RIGHT = 52.0, 742.0
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 44.0, 1060.0
FOOTER = 1078.0
WIDEST_FIGURE = 180.0

Paint: TypeAlias = Callable[[QPainter, float], None]
"""Paints a block whose upper edge is at a height, px."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column, `width` in px."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: each cell is a stack of texts.

    Attributes:
        cells: from the left; an empty stack leaves a cell free. The last may span the others
            where there are fewer cells than columns.
        swatch: a color that stands before the first cell.
        shade: whether it stands out as a heading of the rows below it.
        keep: whether it stays on one page with the row after it.
        strong_rule: whether a dark line stands above it, as above a total.
    """

    cells: tuple[Spans, ...]
    swatch: str = ""
    shade: bool = False
    keep: bool = False
    strong_rule: bool = False


class Pages:
    """Blocks from top to bottom, page after page; painted when all of them are known."""

    def __init__(self) -> None:
        self._pages: list[list[tuple[float, Paint]]] = [[]]
        self._y = TOP

    @property
    def room(self) -> float:
        """What is left of the page, px."""
        return BOTTOM - self._y

    def page_break(self) -> None:
        """Begin a page, unless nothing stands on this one."""
        if self._pages[-1]:
            self._pages.append([])
            self._y = TOP

    def gap(self, height: float) -> None:
        """Leave space, but not at the top of a page."""
        if self._pages[-1]:
            self._y += height

    def place(self, height: float, paint: Paint, keep: float = 0.0) -> None:
        """A block that does not split; `keep` is the height of what must stay with it."""
        if height + keep > self.room:
            self.page_break()
        self._pages[-1].append((self._y, paint))
        self._y += height

    def heading(self, text: str, keep: float = 72.0) -> None:
        """A section's heading, on one page with the beginning of the section."""
        words = Paragraph(text, HEADING, WIDTH)
        if 24.0 + words.height + keep > self.room:
            self.page_break()
        self.gap(24.0)
        self.place(words.height + 6.0, lambda painter, y: words.paint(painter, LEFT, y))

    def text(self, text: str | Spans, style: Style, indent: float = 0.0) -> None:
        """A paragraph over the width of the page."""
        words = Paragraph(text, style, WIDTH - indent)
        self.place(words.height, lambda painter, y: words.paint(painter, LEFT + indent, y))

    def bullet(self, text: str, style: Style, mark: str, mark_style: Style) -> None:
        """A paragraph after a mark."""
        words = Paragraph(text, style, WIDTH - 22.0)
        sign = Paragraph(mark, mark_style, 22.0)

        def paint(painter: QPainter, y: float) -> None:
            sign.paint(painter, LEFT + 2.0, y)
            words.paint(painter, LEFT + 22.0, y)

        self.place(words.height + 3.0, paint)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Rows under a header that each page repeats."""
        columns = _widened(columns, rows)
        header = _TableRow(columns, _titles(columns))
        made = [_TableRow(columns, row) for row in rows]
        needs = [
            row.height + (below.height if row.row.keep else 0.0) for row, below in pairwise(made)
        ]
        if made:
            self.place(header.height, header.paint, keep=[*needs, made[-1].height][0])
        for row, need in zip(made, [*needs, 0.0], strict=False):
            if max(need, row.height) > self.room:
                self.page_break()
                self.place(header.height, header.paint)
            self.place(row.height, row.paint)

    def to_pdf(self, footer: str, metadata: Metadata, progress: Callable[[float], None]) -> bytes:
        """The document, with a footer under each page; `progress` gets the share painted."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DPI)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(0.0, 0.0, 0.0, 0.0))
        metadata.put_into(writer)
        painter = QPainter(writer)
        try:
            self._paint(painter, writer, footer, progress)
        finally:
            painter.end()
        buffer.close()
        return metadata.settled(bytes(buffer.data().data()))

    def _paint(
        self,
        painter: QPainter,
        writer: QPdfWriter,
        footer: str,
        progress: Callable[[float], None],
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, page in enumerate(self._pages, start=1):
            if number > 1:
                writer.newPage()
            for y, paint in page:
                painter.save()
                paint(painter, y)
                painter.restore()
            _paint_footer(painter, footer, f"page {number} of {len(self._pages)}")
            progress(number / len(self._pages))


class _TableRow:
    """A row with its words laid out."""

    SIDE = 8.0
    SWATCH = 16.0
    PADDING = 4.0

    def __init__(self, columns: Sequence[Column], row: Row) -> None:
        self.row = row
        self._stacks: list[tuple[float, list[Paragraph]]] = []
        left = LEFT
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
            spans = index == len(row.cells) - 1
            whole = RIGHT - left if spans and not column.right else column.width
            indent = self.SWATCH if row.swatch and index == 0 else 0.0
            room = whole - 2.0 * self.SIDE - indent
            lines = [_cell(text, look, room, column.right) for text, look in cell if text]
            self._stacks.append((left + self.SIDE + indent, lines))
            left += column.width
        tallest = max(sum(line.height for line in lines) for _, lines in self._stacks)
        self.height = tallest + 2.0 * self.PADDING

    def paint(self, painter: QPainter, y: float) -> None:
        if self.row.shade:
            painter.fillRect(QRectF(LEFT, y, WIDTH, self.height), QColor(SHADE))
        if self.row.swatch:
            paint_swatch(painter, LEFT + self.SIDE, y + self.PADDING + 4.0, self.row.swatch)
        for left, lines in self._stacks:
            top = y + self.PADDING
            for line in lines:
                line.paint(painter, left, top)
                top += line.height
        paint_rule(painter, y + self.height)
        if self.row.strong_rule:
            paint_rule(painter, y, INK)


def _cell(text: str, style: Style, room: float, right: bool) -> Paragraph:
    """Words wrap; a figure, which stands on the right, becomes smaller before it would."""
    look = style.fitted(text, room - 1.0) if right else style
    return Paragraph(text, look, room, right=right)


def _widened(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Columns of figures as wide as the longest of them, within reason; the first one gives."""
    widths = [column.width for column in columns]
    for index, column in enumerate(columns):
        cells = [row.cells[index] for row in rows if index < len(row.cells)]
        figures = [look.width(text) for cell in cells for text, look in cell]
        if column.right and figures:
            widest = max(figures) + 2.0 * _TableRow.SIDE + 2.0
            widths[index] = max(column.width, min(widest, WIDEST_FIGURE))
    widths[0] -= sum(widths) - WIDTH
    return [replace(column, width=width) for column, width in zip(columns, widths, strict=True)]


def _titles(columns: Sequence[Column]) -> Row:
    return Row(tuple([(column.title, BODY_MUTED)] for column in columns))


def paint_swatch(painter: QPainter, left: float, top: float, color: str) -> None:
    """The small square that stands for a part."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRectF(left, top, 9.0, 9.0), 2.0, 2.0)


def paint_rule(painter: QPainter, y: float, color: str = RULE) -> None:
    """A thin line over the width of the page."""
    painter.setPen(QPen(QColor(color), 0.75))
    painter.drawLine(QLineF(LEFT, y, RIGHT, y))


def _paint_footer(painter: QPainter, left: str, right: str) -> None:
    paint_rule(painter, FOOTER)
    Paragraph(left, SMALL, WIDTH - 90.0, max_lines=1).paint(painter, LEFT, FOOTER + 6.0)
    Paragraph(right, SMALL, 90.0, right=True).paint(painter, RIGHT - 90.0, FOOTER + 6.0)
