"""The panel beside the pointer of a chart: the value there, and what everything costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from mlflow_cost_desktop.exports.report.chart_plot import Look
from mlflow_cost_desktop.exports.report.text import Style

MARGIN = 8.0
ROW_HEIGHT = 15.0
SWATCH = 8.0
LEAST_ROWS = 2
NOTE_WIDTH = 250.0
AWAY = 14.0
"""Px between the pointer and the panel."""


class Row(NamedTuple):
    """A name with its cost in words; `color` is that of its part or line."""

    name: str
    cost: str
    color: str = ""
    is_strong: bool = False


class Readout(NamedTuple):
    """What stands at a value: its words, a row for everything that costs, and remarks."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()


def placed(
    look: Look, readout: Readout, pointer: QPointF, within: QRectF, tag: QRectF
) -> tuple[Readout, QRectF]:
    """A readout and where its panel stands: inside, off the tag, with the rows that it can have."""
    height = within.height()
    notes = _wrapped(look, readout.notes, min(within.width(), NOTE_WIDTH) - 2.0 * MARGIN)
    readout = Readout(readout.title, readout.rows, notes)
    while True:
        fitting = _fitted(readout, height)
        place = _place(look, fitting, pointer, within, tag)
        if not place.intersects(tag) or len(fitting.rows) <= LEAST_ROWS:
            return fitting, place
        height = min(height, place.height()) - ROW_HEIGHT


def _fitted(readout: Readout, height: float) -> Readout:
    """A readout of as many rows as have room: the emphasised ones stay, and the first."""
    room = int((height - 2.0 * MARGIN + 2.0) / ROW_HEIGHT) - 1
    if len(readout.rows) + len(readout.notes) <= room:
        return readout
    wanted = sorted(readout.rows, key=lambda row: not row.is_strong)[: max(room - 1, LEAST_ROWS)]
    left_out = len(readout.rows) - len(wanted)
    rows = [row for row in readout.rows if row in wanted]
    return Readout(readout.title, rows, (f"and {left_out} more",) if left_out else ())


def _wrapped(look: Look, texts: Sequence[str], width: float) -> list[str]:
    """Texts in as many lines as they need."""
    lines: list[str] = []
    for text in texts:
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}".strip()
            if line and look.axis.width(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _place(look: Look, readout: Readout, pointer: QPointF, within: QRectF, tag: QRectF) -> QRectF:
    rows = [_style(look, row).width(row.name) + look.name.width(row.cost) for row in readout.rows]
    texts = [look.emphasis.width(readout.title), *map(look.axis.width, readout.notes)]
    wide = max([row + SWATCH + 22.0 for row in rows] + texts) + 2.0 * MARGIN
    lines = 1 + len(readout.rows) + len(readout.notes)
    tall = lines * ROW_HEIGHT + 2.0 * MARGIN - 2.0
    wide = min(wide, within.width())
    beside = pointer.x() + AWAY, pointer.x() - AWAY - wide
    middle = pointer.y() - tall / 2.0
    off_tag = tag.bottom() + 3.0, tag.top() - 3.0 - tall
    places = [
        *((left, top) for left in beside for top in (middle, within.top(), within.bottom() - tall)),
        *((left, top) for left in beside for top in off_tag),
        *((left, middle) for left in (tag.right() + 3.0, tag.left() - 3.0 - wide)),
    ]

    def covered(place: QRectF) -> tuple[float, bool]:
        hidden = place.intersected(tag)
        return hidden.width() * hidden.height(), place.contains(pointer)

    return min((_inside(QRectF(*at, wide, tall), within) for at in places), key=covered)


def _inside(place: QRectF, within: QRectF) -> QRectF:
    left = max(min(place.left(), within.right() - place.width()), within.left())
    top = max(min(place.top(), within.bottom() - place.height()), within.top())
    return QRectF(left, top, place.width(), place.height())


def paint_panel(painter: QPainter, look: Look, readout: Readout, place: QRectF) -> None:
    """The panel, with names on the left and costs on the right."""
    painter.setPen(QPen(QColor(look.rule), 1.0))
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(place, 5.0, 5.0)
    left, right = place.left() + MARGIN, place.right() - MARGIN
    y = place.top() + MARGIN + ROW_HEIGHT / 2.0 - 1.0
    look.emphasis.write(painter, readout.title, left, y)
    for row in readout.rows:
        y += ROW_HEIGHT
        style = _style(look, row)
        name_left = left
        if row.color:
            swatch = QRectF(left, y - SWATCH / 2.0, SWATCH, SWATCH)
            painter.fillRect(swatch, QColor(row.color))
            name_left += SWATCH + 6.0
        room = right - name_left - style.width(row.cost) - 8.0
        style.write(painter, style.elided(row.name, room), name_left, y)
        style.write(painter, row.cost, right, y, 1.0)
    for note in readout.notes:
        y += ROW_HEIGHT
        look.axis.write(painter, look.axis.elided(note, right - left), left, y)


def _style(look: Look, row: Row) -> Style:
    return look.emphasis if row.is_strong else look.name
