"""Charts as files that other programs read."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from PySide6.QtWidgets import QApplication

from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, curve
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.report.chart_files import chart_svg
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
