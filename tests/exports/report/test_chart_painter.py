"""Charts on paper, whatever they are of: every kind of mark, in its place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mlflow_cost_desktop.charts.chart import Area, Bar, Chart, Label, Line, Rule
from mlflow_cost_desktop.exports.report.chart_files import chart_csv, chart_image
from mlflow_cost_desktop.exports.report.chart_labels import paint_notes
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart, paint_marks
from mlflow_cost_desktop.exports.report.chart_plot import PAPER, Plot
from mlflow_cost_desktop.exports.report.text import load_fonts
from tests.shared.charts import BARS, any_chart

AREA = QRectF(50.0, 10.0, 400.0, 200.0)

BAR = Bar(BARS, 60.0, 80.0, 2.0, 6.0)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    load_fonts()


def _plot(chart: Chart) -> Plot:
    return Plot(AREA, chart.x.lower, chart.x.upper, chart.y.lower, chart.y.upper, chart.y.is_log)


def _painted(chart: Chart) -> QImage:
    image = QImage(500, 260, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_marks(painter, _plot(chart), chart, PAPER)
    painter.end()
    return image


def _color(image: QImage, chart: Chart, x: float, y: float) -> str:
    plot = _plot(chart)
    return image.pixelColor(round(plot.x(x)), round(plot.y(y))).name()


@pytest.mark.parametrize("is_log", [False, True])
def test_a_bar_fills_its_rectangle_and_no_more(is_log: bool) -> None:
    chart = any_chart(BAR)
    chart = chart.logarithmic(1.0) if is_log else chart
    image = _painted(chart)
    for x, y in ((62.0, 2.3), (78.0, 5.7), (70.0, 4.0)):
        assert _color(image, chart, x, y) == BARS.color[0].lower()
    for x, y in ((58.0, 4.0), (82.0, 4.0), (70.0, 1.7), (70.0, 6.5)):
        assert _color(image, chart, x, y) == "#ffffff"


@pytest.mark.parametrize("is_level", [True, False])
def test_a_rule_is_dotted_from_edge_to_edge(is_level: bool) -> None:
    chart = any_chart(Rule(8.0 if is_level else 20.0, is_level=is_level))
    image, plot = _painted(chart), _plot(chart)
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 250
    ]
    along, across = [at[not is_level] for at in inked], [at[is_level] for at in inked]
    at = plot.y(8.0) if is_level else plot.x(20.0)
    assert all(abs(one - at) <= 1.0 for one in across)
    first, last = (AREA.left(), AREA.right()) if is_level else (AREA.top(), AREA.bottom())
    assert first - 1.0 <= min(along) <= first + 4.0
    assert last - 5.0 <= max(along) <= last + 1.0


def test_words_of_a_level_and_of_a_label_stand_at_their_marks() -> None:
    chart = any_chart(Rule(8.0, "a limit", is_level=True), Label(70.0, 4.0, "a word"))
    image = _painted(chart)
    painter = QPainter(image)
    plot, written = _plot(chart), paint_notes(painter, _plot(chart), chart, PAPER)
    painter.end()
    places = {words.text: words.place for words in written}
    assert set(places) == {"a limit", "a word"}
    assert abs(places["a limit"].bottom() - plot.y(8.0)) <= 4.0
    assert abs(places["a word"].center().x() - plot.x(70.0)) <= 2.0
    assert abs(places["a word"].center().y() - plot.y(4.0)) <= 20.0
    for place in places.values():
        inside = place.toRect()
        assert any(
            image.pixelColor(x, y).lightness() < 160
            for x in range(inside.left(), inside.right())
            for y in range(inside.top(), inside.bottom())
        )


def test_bars_are_figures_of_a_file_too() -> None:
    chart = any_chart(BAR, Bar(BARS, 80.0, 100.0, 0.0, 3.0))
    assert not chart_image(chart).isNull()
    head, *rows = chart_csv(chart).splitlines()
    assert head == "along,Bars"
    assert "70,4" in rows and "90,3" in rows


FLAT = np.array([0.0, 100.0])
FLATS = {
    "a line": (Line(BARS, FLAT, np.array([3.0, 3.0])),),
    "the hair between areas": (
        Area(BARS, FLAT, FLAT * 0.0, FLAT * 0.0 + 3.0),
        Area(BARS, FLAT, FLAT * 0.0 + 3.0, FLAT * 0.0 + 6.0),
    ),
}


@pytest.mark.parametrize("name", FLATS)
def test_lines_grow_with_the_picture(name: str) -> None:
    chart = any_chart(*FLATS[name])

    def thickness(times: int) -> int:
        image = QImage(500 * times, 260 * times, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(times, times)
        paint_marks(painter, _plot(chart), chart, PAPER)
        painter.end()
        column, middle = 300 * times, round(_plot(chart).y(3.0)) * times
        around = range(middle - 8 * times, middle + 8 * times + 1)
        found = [image.pixelColor(column, y).lightness() for y in around]
        return sum(abs(each - found[0]) for each in found)  # px times contrast

    assert 0 < 3 * thickness(1) <= thickness(4) <= 5 * thickness(1)


def test_bars_have_their_names_in_a_row_above_them() -> None:
    image = QImage(500, 260, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_chart(painter, QRectF(0.0, 0.0, 500.0, 260.0), any_chart(BAR))
    painter.end()
    color = PAPER.softened(PAPER.color(BARS)).name()
    row = [
        x
        for x in range(500)
        for y in range(16, 36)
        if image.pixelColor(x, y).name() == color
    ]  # fmt: skip
    assert row and max(row) < 12  # a square at the left, and not the bar
    words = [
        x
        for x in range(14, 120)
        for y in range(16, 36)
        if image.pixelColor(x, y).lightness() < 128
    ]  # fmt: skip
    assert words
