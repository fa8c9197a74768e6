"""A chart as a picture file, as it looks in the report."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.chart_plot import PAPER, Contents
from mlflow_cost_desktop.exports.report.chart_words import description
from mlflow_cost_desktop.exports.report.text import FAMILY, load_fonts
from mlflow_cost_desktop.figures import PLAIN

WIDTH, HEIGHT, MARGIN = 720, 420, 20

SHARP = 2
"""Pixels of a PNG for each of the design's."""


def chart_image(contents: Contents) -> QImage:
    """A chart on white, in twice the pixels of a plain screen.

    Raises:
        UserError: if the program's own typeface is missing.
    """
    image = QImage(QSize(WIDTH, HEIGHT) * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    _paint(QPainter(image), contents)
    return image


def chart_png(contents: Contents) -> bytes:
    """The image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stubs want the format as bytes, of which PySide makes no picture.
    chart_image(contents).save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def chart_svg(contents: Contents) -> bytes:
    """The chart as an SVG file: text stays text.

    Raises:
        UserError: if the program's own typeface is missing.
    """
    from PySide6.QtSvg import QSvgGenerator  # few charts are saved: nobody else waits for it

    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(WIDTH, HEIGHT))
    generator.setViewBox(QRectF(0, 0, WIDTH, HEIGHT))
    generator.setTitle(contents.question.title)
    generator.setDescription(description(contents, PLAIN))
    generator.setResolution(96)
    _paint(QPainter(generator), contents)
    # Who opens the file has not got the program's typeface.
    fonts = f'font-family="{FAMILY}, Inter, Helvetica, Arial, sans-serif"'
    return bytes(data.data()).replace(f'font-family="{FAMILY}"'.encode(), fonts.encode())


def _paint(painter: QPainter, contents: Contents) -> None:
    load_fonts()
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(PAPER.ground))
    area = QRectF(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 1.5 * MARGIN)
    paint_chart(painter, area, contents)
    rate = contents.currency.rate_in_words(PLAIN)
    PAPER.axis.write(painter, rate, area.right(), area.top() + MARGIN / 2.0, 1.0)
    painter.end()
