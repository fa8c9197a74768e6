"""A few parts of the window beside pictures of them, coarsely: letters may differ, looks may not.

    MAKE_SNAPSHOTS=1 python -m pytest tests/gui/test_snapshots.py

makes the pictures anew, in tests/data/snapshots; look at them before they are kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from mlflow_cost_desktop.exports.report.chart_files import chart_image
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.helpers import editor

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.skipif(
        sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") != "offscreen",
        reason="other systems draw other letters",
    ),
]

SNAPSHOTS = Path(__file__).parents[1] / "data" / "snapshots"

GRAIN = 8
"""Pixels of the window that are one of a snapshot."""

TOLERANCE = 6.0
"""Mean difference of a color channel, of 255; between light and dark it is beyond 100."""


def _parts(window: MainWindow) -> dict[str, QWidget]:
    for chart in window.charts.charts:
        chart.canvas.fill()
    window.storage_chart.views["options"].click()
    return {
        "segments": editor(window, "server.option"),
        "parts": window.summary.bar,
        "chart": window.usage_chart,
        "options-chart": window.storage_chart,
        "lines-header": window.lines.table.header(),
    }


def _coarse(widget: QWidget) -> QImage:
    # The same at every scale of the screen.
    return _coarser(widget.grab().toImage(), widget.size())


def _coarser(picture: QImage, size: QSize) -> QImage:
    picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    return picture.scaled(
        -(-size.width() // GRAIN),
        -(-size.height() // GRAIN),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _channels(picture: QImage) -> np.ndarray:
    picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    return rows[:, : picture.width() * 3].astype(float)


def _difference(one: QImage, other: QImage) -> float:
    size = one.size()
    other = other.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return float(np.abs(_channels(one) - _channels(other)).mean())


def _show(window: MainWindow, appearance: str) -> None:
    for choice in window.appearance_group.actions():
        if choice.data() == appearance:
            choice.trigger()
    QApplication.processEvents()


def _kept(pictures: dict[str, QImage]) -> dict[str, QImage]:
    """The snapshots of some pictures, made of them where that is asked for."""
    if os.environ.get("MAKE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            assert picture.save(str(SNAPSHOTS / f"{name}.png"))
    kept = {name: QImage(str(SNAPSHOTS / f"{name}.png")) for name in pictures}
    assert [name for name, picture in kept.items() if picture.isNull()] == []
    return kept


def test_parts_of_the_window_look_as_they_did(window: MainWindow) -> None:
    window.resize(1360, 880)
    _show(window, "light")
    pictures = {name: _coarse(widget) for name, widget in _parts(window).items()}
    kept = _kept(pictures)
    differences = {name: _difference(kept[name], pictures[name]) for name in pictures}
    assert {n: d for n, d in differences.items() if d > TOLERANCE} == {}

    _show(window, "dark")
    dark = {name: _difference(kept[name], _coarse(part)) for name, part in _parts(window).items()}
    del dark["parts"]  # its colors are the same in both
    assert min(dark.values()) > TOLERANCE, "the comparison sees what is to be seen"


def test_charts_look_on_paper_as_they_did(window: MainWindow) -> None:
    charts: dict[str, QImage] = {}
    for name, view, is_log in (
        ("paper-parts", "parts", False),
        ("paper-options", "options", False),
        ("paper-options-log", "options", True),
    ):
        card = window.storage_chart
        card.views[view].click()
        card.menu.log_action.setChecked(is_log)
        charts[name] = _coarser(chart_image(card.seen(), has_grid=is_log), QSize(720, 420))
    kept = _kept(charts)
    differences = {name: _difference(kept[name], charts[name]) for name in charts}
    assert {n: d for n, d in differences.items() if d > TOLERANCE} == {}
    others = _difference(kept["paper-parts"], charts["paper-options"])
    assert others > TOLERANCE, "the comparison sees what is to be seen"
