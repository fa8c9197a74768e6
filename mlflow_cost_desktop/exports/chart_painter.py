"""The charts of the window painted without it: stacked areas, axes and the current point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from mlflow_cost_desktop.analysis.axes import money_label, size_label, size_ticks, ticks
from mlflow_cost_desktop.analysis.sweep import Curve
from mlflow_cost_desktop.exports.palette import COLORS
from mlflow_cost_desktop.exports.pdf_text import INK, MUTED, RULE, Paragraph, Style
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields import spec_at
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.words import dollars, exact

AXIS = Style(9.5, color=MUTED)
NAME = Style(9.5, color=INK)
TITLE = Style(12, bold=True)
TAG = Style(10, bold=True, color="#FFFFFF")

HEADROOM = 1.15
"""How much higher than the highest cost the chart is, for the tag of the current point."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where figures stand on the paper."""

    area: QRectF
    x_end: float
    y_end: float

    def x(self, value: float) -> float:
        return self.area.left() + self.area.width() * min(value / self.x_end, 1.0)

    def y(self, usd: float) -> float:
        return self.area.bottom() - self.area.height() * min(usd / self.y_end, 1.0)


@dataclass(frozen=True, slots=True)
class _Band:
    """A part's cost, stacked on the parts before it."""

    component: str
    below: NDArray[np.float64]
    above: NDArray[np.float64]


def paint_curve(painter: QPainter, area: QRectF, curve: Curve) -> None:
    """A chart with its title, filling `area` (px).

    Parts differ by color, by order and by the name that stands beside each, so that the chart
    can be read in gray.
    """
    bands = list(_bands(curve))
    highest = max(float(curve.sweep.total.max()), curve.current_cost)
    y_end = highest * HEADROOM or 1.0
    y_ticks = ticks(y_end, 4)
    labels = [money_label(tick, y_ticks[-1]) for tick in y_ticks]
    left = area.left() + max(AXIS.width(label) for label in labels) + 7.0
    names = max((NAME.width(COMPONENTS[band.component]) for band in bands), default=0.0) + 16.0
    plot = _Plot(
        QRectF(left, area.top() + 26.0, area.right() - names - left, area.height() - 60.0),
        float(curve.sweep.values[-1]) or 1.0,
        y_end,
    )
    Paragraph(curve.title, TITLE, area.width(), max_lines=1).paint(painter, area.left(), area.top())
    for tick, label in zip(y_ticks, labels, strict=True):
        _paint_level(painter, plot, area.left(), tick, label)
    _paint_bands(painter, plot, curve.sweep.values, bands)
    _paint_x_axis(painter, plot, curve)
    _paint_names(painter, plot, bands)
    _paint_current(painter, plot, curve)


def _bands(curve: Curve) -> Iterator[_Band]:
    """The parts that cost anything, from the bottom."""
    below = np.zeros(curve.sweep.values.shape)
    for component, cost in curve.sweep.by_component.items():
        above = below + cost
        if above.max() > 0.0 and np.any(above > below):
            yield _Band(component, below, above)
        below = above


def _paint_level(painter: QPainter, plot: _Plot, left: float, usd: float, label: str) -> None:
    y = plot.y(usd)
    painter.setPen(QPen(QColor(RULE), 0.75))
    painter.drawLine(QLineF(plot.area.left(), y, plot.area.right(), y))
    words = Paragraph(label, AXIS, plot.area.left() - 6.0 - left + 1.0, right=True)
    words.paint(painter, left - 1.0, y - words.height / 2.0)


def _paint_bands(
    painter: QPainter, plot: _Plot, values: NDArray[np.float64], bands: list[_Band]
) -> None:
    for band in bands:
        top = [QPointF(plot.x(x), plot.y(y)) for x, y in _points(values, band.above)]
        bottom = [QPointF(plot.x(x), plot.y(y)) for x, y in _points(values, band.below)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLORS[band.component]))
        painter.drawPolygon(QPolygonF([*bottom, *reversed(top)]))
    for band in bands[1:]:
        # White between the parts keeps them apart in gray, and hides seams of the viewer.
        painter.setPen(QPen(QColor("#FFFFFF"), 0.9))
        painter.drawPolyline(
            [QPointF(plot.x(x), plot.y(y)) for x, y in _points(values, band.below)]
        )


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> Iterator[tuple[float, float]]:
    return zip(x.tolist(), y.tolist(), strict=True)


def _paint_x_axis(painter: QPainter, plot: _Plot, curve: Curve) -> None:
    unit = spec_at(Scenario(), curve.sweep.path).unit
    is_size = unit is not None and unit.text == "GB"
    marks = size_ticks(plot.x_end, 4) if is_size else ticks(plot.x_end, 4)
    top = plot.area.bottom() + 4.0
    for mark in marks:
        label = size_label(mark, plot.x_end) if is_size else exact(mark)
        x = plot.x(mark)
        painter.setPen(QPen(QColor(MUTED), 0.75))
        painter.drawLine(QLineF(x, plot.area.bottom(), x, plot.area.bottom() + 3.0))
        width = AXIS.width(label) + 2.0
        Paragraph(label, AXIS, width).paint(painter, x - width / 2.0 + 1.0, top)
    width = AXIS.width(curve.x_label) + 2.0
    middle = plot.area.center().x() - width / 2.0
    Paragraph(curve.x_label, AXIS, width).paint(painter, middle, top + 14.0)


def _paint_names(painter: QPainter, plot: _Plot, bands: list[_Band]) -> None:
    """Each part's name beside the right end of its band."""
    edge = plot.area.right()
    wanted = [plot.y(float(band.below[-1] + band.above[-1]) / 2.0) for band in bands]
    places = _apart(wanted, plot.area.top(), plot.area.bottom(), 12.0)
    for band, at, place in zip(bands, wanted, places, strict=True):
        painter.setPen(QPen(QColor(COLORS[band.component]), 1.2))
        painter.drawLine(QLineF(edge + 2.0, at, edge + 9.0, place))
        name = COMPONENTS[band.component]
        words = Paragraph(name, NAME, NAME.width(name) + 2.0)
        words.paint(painter, edge + 12.0, place - words.height / 2.0)


def _apart(wanted: list[float], top: float, bottom: float, least: float) -> list[float]:
    """Heights near the wanted ones, from the bottom up, at least so far from each other."""
    places: list[float] = []
    for height in wanted:
        places.append(min(height, places[-1] - least) if places else min(height, bottom))
    for index in reversed(range(len(places))):
        lowest = top if index == len(places) - 1 else places[index + 1] + least
        places[index] = max(places[index], lowest)
    return places


def _paint_current(painter: QPainter, plot: _Plot, curve: Curve) -> None:
    """The scenario's own point, with its cost in a tag."""
    x, y = plot.x(curve.current_x), plot.y(curve.current_cost)
    painter.setPen(QPen(QColor(INK), 1.1))
    painter.drawLine(QLineF(x, plot.area.top(), x, plot.area.bottom()))
    text = dollars(curve.current_cost)
    width, height = TAG.width(text) + 14.0, 18.0
    room = plot.area.right() - x
    left = x + 6.0 if room > width + 6.0 else x - width - 6.0
    top = max(y - height - 6.0, plot.area.top())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(INK))
    painter.drawRoundedRect(QRectF(left, top, width, height), 3.0, 3.0)
    words = Paragraph(text, TAG, width - 12.0)
    words.paint(painter, left + 7.0, top + (height - words.height) / 2.0)
    painter.setPen(QPen(QColor(INK), 1.4))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(QPointF(x, y), 3.6, 3.6)
