"""The pages of the report: blocks that flow, tables whose rows never split, and the footer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter, QPen

from mlflow_cost_desktop.exports.report.metadata import Metadata
from mlflow_cost_desktop.exports.report.order import Bookmark
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
TOP = 44.0
BELOW, FOOT = 63.0, 45.0
"""How far above a page's lower edge its blocks end, and its footer begins."""
WIDEST_FIGURE = 180.0
PADDING = 4.0
"""Px above and below the words of a table's row."""
LEAST = 2
"""Rows that stay with the heads of a table, and with its end."""

SHORT = 150.0
"""A last page with less on it gets the section before it, too."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper; what is set is as wide on each.

    Attributes:
        aside: by how much all moves to the right, px.
        height: of the page, px.
    """

    size: QPageSize.PageSizeId
    aside: float
    height: float

    @property
    def bottom(self) -> float:
        """Where blocks end."""
        return self.height - BELOW

    @property
    def footer(self) -> float:
        """Where the footer begins."""
        return self.height - FOOT


PAPERS = {
    "a4": Paper(QPageSize.PageSizeId.A4, 0.0, 1123.0),
    "letter": Paper(QPageSize.PageSizeId.Letter, 11.0, 1056.0),
}
"""By the names that the command line knows them by."""

Paint: TypeAlias = Callable[[QPainter, float], None]
"""Paints a block whose upper edge is at a height, px."""


class Attachment(NamedTuple):
    """A file that comes with the document; `kind` is its media type."""

    name: str
    data: bytes
    kind: str


class Block(NamedTuple):
    """Something on a page: its upper edge and its height, px."""

    y: float
    height: float
    paint: Paint

    @property
    def end(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def lower(self, by: float) -> Block:
        """The same, further down."""
        return self._replace(y=self.y + by)


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column, `width` in px; `beneath` says more of it below its title."""

    title: str
    width: float
    right: bool = False
    beneath: str = ""


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

    def __init__(self, paper: Paper = PAPERS["a4"]) -> None:
        self.paper = paper
        self._pages: list[list[Block]] = [[]]
        self._headings: list[tuple[str, int, int]] = []
        """Each with its page and its place among the page's blocks."""
        self._y = TOP

    @property
    def room(self) -> float:
        """What is left of the page, px."""
        return self.paper.bottom - self._y

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
        self._pages[-1].append(Block(self._y, height, paint))
        self._y += height

    def heading(self, text: str, keep: float = 72.0, above: float = 24.0) -> None:
        """A section's heading, on one page with the beginning of the section."""
        words = Paragraph(text, HEADING, WIDTH)
        if above + words.height + keep > self.room:
            self.page_break()
        self.gap(above)
        self.bookmark(text)
        self.place(words.height + 6.0, lambda painter, y: words.paint(painter, LEFT, y))

    def bookmark(self, text: str) -> None:
        """What follows is found in a reader's list of contents."""
        self._headings.append((text, len(self._pages) - 1, len(self._pages[-1])))

    @property
    def bookmarks(self) -> list[Bookmark]:
        """The list of contents."""
        return [
            Bookmark(text, page, self.paper.height - self._pages[page][at].y)
            for text, page, at in self._headings
        ]

    def fill_last_page(self) -> None:
        """Move the last section to a last page that has little on it, if it has room for it."""
        last = len(self._pages) - 1
        if last < 1 or self._y - TOP >= SHORT:
            return
        before = self._pages[-2]
        at = next((at for _, page, at in reversed(self._headings) if page == last - 1), 0)
        if at == 0:
            return  # the page before is one section: it would be empty
        up, height = before[at].y - TOP, before[-1].end - before[at].y
        if height > self.room:
            return
        moved = [block.lower(-up) for block in before[at:]]
        self._pages[-2:] = [before[:at], [*moved, *(b.lower(height) for b in self._pages[-1])]]
        self._headings = [
            (text, page + 1, index - at)
            if page == last - 1 and index >= at
            else (text, page, index + len(moved) if page == last else index)
            for text, page, index in self._headings
        ]
        self._y += height

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

    def table(
        self, columns: Sequence[Column], rows: Sequence[Row], padding: float = PADDING
    ) -> None:
        """Rows under a header that each page repeats; `padding` is above and below their words."""
        columns = _widened(columns, rows)
        header = _TableRow(columns, _titles(columns), padding, wraps=True)
        made = [_TableRow(columns, row, padding) for row in rows]
        needs = [
            row.height + (below.height if row.row.keep or at == len(made) - LEAST else 0.0)
            for at, (row, below) in enumerate(pairwise(made))
        ]
        if made:
            self.place(header.height, header.paint, keep=sum(row.height for row in made[:LEAST]))
        for row, need in zip(made, [*needs, 0.0], strict=False):
            if max(need, row.height) > self.room:
                self.page_break()
                self.place(header.height, header.paint)
            self.place(row.height, row.paint)

    def to_pdf(
        self,
        footer: str,
        metadata: Metadata,
        progress: Callable[[float], None],
        attachment: Attachment | None = None,
    ) -> bytes:
        """The document, with a footer under each page; `progress` gets the share painted."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DPI)
        writer.setPageSize(QPageSize(self.paper.size))
        writer.setPageMargins(QMarginsF(0.0, 0.0, 0.0, 0.0))
        metadata.put_into(writer)
        if attachment is not None:
            writer.addFileAttachment(attachment.name, attachment.data, attachment.kind)
        painter = QPainter(writer)
        try:
            self._paint(painter, writer, footer, progress)
        finally:
            painter.end()
        buffer.close()
        return metadata.settled(bytes(buffer.data().data()), self.bookmarks)

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
            painter.save()
            painter.translate(self.paper.aside, 0.0)
            for block in page:
                painter.save()
                block.paint(painter, block.y)
                painter.restore()
            of = f"page {number} of {len(self._pages)}"
            _paint_footer(painter, self.paper.footer, footer, of)
            painter.restore()
            progress(number / len(self._pages))


class _TableRow:
    """A row with its words laid out."""

    SIDE = 8.0
    SWATCH = 16.0

    def __init__(
        self, columns: Sequence[Column], row: Row, padding: float, *, wraps: bool = False
    ) -> None:
        self.row = row
        self._padding = padding
        self._stacks: list[tuple[float, list[Paragraph]]] = []
        left = LEFT
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
            spans = index == len(row.cells) - 1
            whole = RIGHT - left if spans and not column.right else column.width
            indent = self.SWATCH if row.swatch and index == 0 else 0.0
            room = whole - 2.0 * self.SIDE - indent
            lines = [_cell(text, look, room, column.right, wraps) for text, look in cell if text]
            self._stacks.append((left + self.SIDE + indent, lines))
            left += column.width
        tallest = max(sum(line.height for line in lines) for _, lines in self._stacks)
        self.height = tallest + 2.0 * self._padding

    def paint(self, painter: QPainter, y: float) -> None:
        if self.row.shade:
            painter.fillRect(QRectF(LEFT, y, WIDTH, self.height), QColor(SHADE))
        if self.row.swatch:
            paint_swatch(painter, LEFT + self.SIDE, y + self._padding + 4.0, self.row.swatch)
        for left, lines in self._stacks:
            top = y + self._padding
            for line in lines:
                line.paint(painter, left, top)
                top += line.height
        paint_rule(painter, y + self.height)
        if self.row.strong_rule:
            paint_rule(painter, y, INK)


def _cell(text: str, style: Style, room: float, right: bool, wraps: bool) -> Paragraph:
    """Words wrap; a figure, which stands on the right, becomes smaller before it would."""
    look = style.fitted(text, room - 1.0) if right and not wraps else style
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
    return Row(tuple([(column.title, BODY_MUTED), (column.beneath, SMALL)] for column in columns))


def paint_swatch(painter: QPainter, left: float, top: float, color: str) -> None:
    """The small square that stands for a part."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRectF(left, top, 9.0, 9.0), 2.0, 2.0)


def paint_rule(painter: QPainter, y: float, color: str = RULE) -> None:
    """A thin line over the width of the page."""
    painter.setPen(QPen(QColor(color), 0.75))
    painter.drawLine(QLineF(LEFT, y, RIGHT, y))


def _paint_footer(painter: QPainter, y: float, left: str, right: str) -> None:
    paint_rule(painter, y)
    Paragraph(left, SMALL, WIDTH - 90.0, max_lines=1).paint(painter, LEFT, y + 6.0)
    Paragraph(right, SMALL, 90.0, right=True).paint(painter, RIGHT - 90.0, y + 6.0)
