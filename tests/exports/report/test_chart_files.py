"""Charts as files that other programs read."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from PySide6.QtWidgets import QApplication

from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, curve
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.report.chart_files import chart_csv, chart_image, chart_svg
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.support import ARTICLE, BOOK

NO_CHARACTERS = "\ufffe\uffff\x00\x0b\x1b"


def test_a_strangers_name_leaves_the_svg_well_formed(qapp: QApplication) -> None:
    chart = parts_chart(curve(BY_STORAGE, ARTICLE, BOOK, estimate(ARTICLE, BOOK)), PLAIN)
    named = replace(chart, title=f"<Ours> & {NO_CHARACTERS}theirs", note=f"a {NO_CHARACTERS}note")
    drawing = ElementTree.fromstring(chart_svg(named))
    texts = [text.strip() for text in drawing.itertext() if text.strip()]
    assert "<Ours> & theirs" in texts
    assert "a note" in texts


STATED = (("Region", "AWS, us-east-1"), ("Month", "=720 h"))


def test_pictures_say_below_whose_figures_they_show(qapp: QApplication) -> None:
    chart = parts_chart(curve(BY_STORAGE, ARTICLE, BOOK, estimate(ARTICLE, BOOK)), PLAIN)
    words = "A team · AWS, us-east-1 · month of 720 h. " * 8
    plain, stated = chart_image(chart), chart_image(chart, stated=words)
    assert stated.width() == plain.width() and stated.height() > plain.height()
    below = [
        (x, y)
        for x in range(0, stated.width(), 2)
        for y in range(plain.height(), stated.height())
        if stated.pixelColor(x, y).lightness() < 160
    ]
    assert len(below) > 100
    drawing = ElementTree.fromstring(chart_svg(chart, stated=words))
    assert "month of 720 h" in " ".join(drawing.itertext())


def test_figures_of_a_chart_end_with_what_they_rest_on(qapp: QApplication) -> None:
    chart = parts_chart(curve(BY_STORAGE, ARTICLE, BOOK, estimate(ARTICLE, BOOK)), PLAIN)
    plain, stated = chart_csv(chart), chart_csv(chart, STATED)
    assert stated.startswith(plain)
    rows = stated.removeprefix(plain).splitlines()
    assert rows == ["", 'Region,"AWS, us-east-1"', "Month,'=720 h"]
