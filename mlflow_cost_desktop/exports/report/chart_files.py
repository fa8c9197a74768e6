"""A chart as a file: a picture as it looks in the report, or its figures for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from mlflow_cost_desktop.charts.chart import Area, Bar, Chart, Line, Series, Table, Values
from mlflow_cost_desktop.exports.plain_text import harmless, printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.chart_plot import PAPER
from mlflow_cost_desktop.exports.report.text import FAMILY, SMALL, Paragraph, load_fonts
from mlflow_cost_desktop.figures import PLAIN, Figures

WIDTH, HEIGHT, MARGIN = 720, 420, 20

DECIMALS = 6
"""Of a number in a table, at most."""

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold; Qt writes those of a stranger's name as they are."""

SHARP = 2
"""Pixels of a PNG for each of the design's."""


def chart_image(chart: Chart, *, has_grid: bool = False, stated: str = "") -> QImage:
    """A chart on white, in twice the pixels of a plain screen.

    Args:
        stated: whose figures these are, at whose prices; it stands below the chart.

    Raises:
        UserError: if the program's own typeface is missing.
    """
    below = _Below(stated)
    image = QImage(QSize(WIDTH, below.bottom) * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    _paint(QPainter(image), chart, has_grid, below)
    return image


def chart_png(chart: Chart, *, has_grid: bool = False, stated: str = "") -> bytes:
    """The image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = chart_image(chart, has_grid=has_grid, stated=stated)
    # The stubs want the format as bytes, of which PySide makes no picture.
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def chart_svg(chart: Chart, *, has_grid: bool = False, stated: str = "") -> bytes:
    """The chart as an SVG file: text stays text.

    Raises:
        UserError: if the program's own typeface is missing.
    """
    from PySide6.QtSvg import QSvgGenerator

    below = _Below(stated)
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(WIDTH, below.bottom))
    generator.setViewBox(QRectF(0, 0, WIDTH, below.bottom))
    generator.setTitle(chart.title)
    generator.setDescription(chart.in_words(chart.x.lower, chart.x.upper))
    generator.setResolution(96)
    _paint(QPainter(generator), chart, has_grid, below)
    # Who opens the file has not got the program's typeface.
    fonts = f'font-family="{FAMILY}, Inter, Helvetica, Arial, sans-serif"'
    written = bytes(data.data()).decode("utf-8", "replace")
    return NO_XML.sub("", written).replace(f'font-family="{FAMILY}"', fonts).encode()


class _Below:
    """What stands below a chart; `bottom` is where the picture ends, px."""

    def __init__(self, stated: str) -> None:
        load_fonts()
        self.words = Paragraph(printable(stated), SMALL, WIDTH - 2 * MARGIN) if stated else None
        self.bottom = HEIGHT + (ceil(self.words.height) + MARGIN // 2 if self.words else 0)

    def paint(self, painter: QPainter) -> None:
        if self.words:
            self.words.paint(painter, MARGIN, HEIGHT)


def _paint(painter: QPainter, chart: Chart, has_grid: bool, below: _Below) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, below.bottom), QColor(PAPER.ground))
    below.paint(painter)
    area = QRectF(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 1.5 * MARGIN)
    paint_chart(painter, area, chart, has_grid=has_grid)
    note = PAPER.axis.elided(chart.note, area.width() / 2.0)
    PAPER.axis.write(painter, note, area.right(), area.top() + MARGIN / 2.0, 1.0)
    painter.end()


def table_text(table: Table, figures: Figures) -> str:
    """A table with tabs, as spreadsheets take it from the clipboard; its note stands below.

    Numbers are numbers, with units in the heads; cells are empty where a word stands instead.

    Args:
        figures: their decimal sign is the one that the spreadsheet reads.
    """
    return _table(table, figures, "\t")


def _table(table: Table, figures: Figures, between: str) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=between, lineterminator="\n")
    writer.writerow(
        harmless(f"{name} ({unit})" if unit else name)
        for name, unit in zip(table.headings, table.units, strict=True)
    )
    # A column may be of names or of words: these are no numbers in any row.
    are_words = [all(map(np.isnan, column)) for column in zip(*table.numbers, strict=True)]

    def cell(number: float, words: str, is_word: bool) -> str:
        if is_word:
            return harmless(words)
        return "" if np.isnan(number) else figures.digits(round(number, DECIMALS)).replace("−", "-")

    for row in zip(table.numbers, table.rows, strict=True):
        writer.writerow(map(cell, *row, are_words))
    if table.note:
        writer.writerow([harmless(table.note)])
    return lines.getvalue()


def chart_csv(chart: Chart, stated: Sequence[tuple[str, str]] = ()) -> str:
    """The points of every series that is shown, within the axis: plain numbers, a row a point.

    Of an area its own height, not where it is stacked. Cells are empty where a series has no
    point. Heads name units and currency; a note, as the rate of exchange, is the last row. Bars
    beside names are their table.

    Args:
        stated: whose figures these are, at whose prices, each with its label; rows at the end.
    """
    if chart.y.scale.has_names:
        table = _table(chart.table(chart.x.lower, chart.x.upper), PLAIN, ",")
        return table + _stated_rows(stated)
    columns = _columns(chart)
    inside = {float(x) for xs, _ in columns.values() for x in xs if _sees(chart, float(x))}
    rows = sorted(inside | {chart.x.lower, chart.x.upper})
    at = np.array(rows)
    cells = [_cells(at, *points) for points in columns.values()]
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    names = [chart.x.title, *(series.full_name for series in columns)]
    units = [chart.x.unit, *(chart.y.unit for _ in columns)]
    writer.writerow(
        harmless(f"{name} ({unit})" if unit else name)
        for name, unit in zip(names, units, strict=True)
    )
    for x, *row in zip(rows, *cells, strict=True):
        writer.writerow([_number(x), *row])
    if chart.note:
        writer.writerow([harmless(chart.note)])
    return lines.getvalue() + _stated_rows(stated)


def _stated_rows(stated: Sequence[tuple[str, str]]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    if stated:
        writer.writerow([])
    writer.writerows((label, harmless(words)) for label, words in stated)
    return lines.getvalue()


def _columns(chart: Chart) -> dict[Series, tuple[Values, Values]]:
    found: dict[Series, tuple[Values, Values]] = {}
    for mark in chart.marks:
        if isinstance(mark, Area):
            found[mark.series] = mark.x, mark.above - mark.below
        elif isinstance(mark, Line):
            found[mark.series] = mark.x, mark.y
        elif isinstance(mark, Bar):
            x, y = found.get(mark.series, (np.empty(0), np.empty(0)))
            middle = (mark.left + mark.right) / 2.0
            found[mark.series] = np.append(x, middle), np.append(y, mark.above - mark.below)
    return found


def _sees(chart: Chart, x: float) -> bool:
    return chart.x.lower <= x <= chart.x.upper


def _cells(at: Values, x: Values, y: Values) -> list[str]:
    """A series at some values; empty beyond its ends."""
    found = np.interp(at, x, y, left=np.nan, right=np.nan)
    return ["" if np.isnan(value) else _number(float(value)) for value in found]


def _number(value: float) -> str:
    """Plain and short, as spreadsheets and programs read them."""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
