"""The two charts: curves, marker, axes and what is painted."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPalette
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.exports.palette import COLORS
from mlflow_cost_desktop.gui.charts import CostChart, cost_charts
from mlflow_cost_desktop.gui.session import Session
from mlflow_cost_desktop.gui.theme import DARK, LIGHT
from mlflow_cost_desktop.model.estimate import estimate
from mlflow_cost_desktop.model.fields import replace
from tests.support import ARTICLE, changed

USAGE, STORAGE = 0, 1

PATHS = ("usage.hours", "artifact_store.stored_gb")


@pytest.fixture
def charts(qtbot: QtBot, session: Session) -> tuple[CostChart, CostChart]:
    """Both charts of a session's scenario, on the screen."""
    made = cost_charts()
    for chart in made:
        qtbot.addWidget(chart)
        session.shown_changed.connect(chart.show_shown)
        chart.resize(460, 290)
    session.show_again()
    for chart in made:
        with qtbot.waitExposed(chart):
            chart.show()
    return made


def _axis(chart: CostChart, side: str) -> Any:
    return chart.axes[side]


def _labels(chart: CostChart, side: str) -> list[tuple[float, str]]:
    # What was last given to `setTicks`; pyqtgraph has no public way to ask for it.
    (labels,) = _axis(chart, side)._tickLevels
    return labels


def _picture(chart: CostChart) -> QImage:
    return chart.plot.grab().toImage()


def _pixel(chart: CostChart, x: float, usd: float) -> QPointF:
    """Where hours or gigabytes and a cost stand in the chart's picture."""
    view = chart.box
    return QPointF(chart.plot.mapFromScene(view.mapViewToScene(QPointF(x, usd))))


def _rgb(color: QColor) -> list[float]:
    return [color.red(), color.green(), color.blue()]


def _blended(name: str, ground: QColor) -> list[float]:
    color = QColor(name)
    return [
        0.82 * above + 0.18 * below for above, below in zip(_rgb(color), _rgb(ground), strict=True)
    ]


@pytest.mark.parametrize("which", [USAGE, STORAGE])
@pytest.mark.parametrize("purchase", ["on_demand", "reserved"])
def test_curves_are_the_estimate_at_each_value(
    charts: tuple[CostChart, CostChart], session: Session, which: int, purchase: str
) -> None:
    scenario = changed(ARTICLE, server__ec2__purchase=purchase, artifact_store__stored_gb=40_000.0)
    session.open(scenario)
    curve = charts[which].curve
    assert curve is not None
    for at in (0, 17, 60, 119, 120):
        there = replace(scenario, PATHS[which], float(curve.sweep.values[at]))
        cost = estimate(there, session.shown.price_book)
        assert curve.sweep.total[at] == pytest.approx(float(cost.effective_cost))
        for name, part in curve.sweep.by_component.items():
            here = np.broadcast_to(part, curve.sweep.values.shape)[at]
            assert here == pytest.approx(float(cost.by_component[name]))


def test_the_marker_stands_at_the_current_value(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("usage.hours", 160.0)
    usage, storage = charts
    cost = float(session.shown.estimate.effective_cost)
    assert usage.marker.point == QPointF(160.0, cost)
    assert storage.marker.point == QPointF(1024.0, cost)
    assert usage.marker.text == storage.marker.text == "$606"


def test_the_marker_stands_at_the_hours_of_a_schedule(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("usage.by", "schedule")
    assert charts[USAGE].marker.point.x() == pytest.approx(8 * 5 * 720 / 168)


def test_the_marker_reaches_over_the_whole_view_after_an_edit(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    chart = charts[USAGE]
    _picture(chart)
    session.edit("server.ec2.replicas", 12.0)
    session.edit("usage.hours", 360.0)
    picture = _picture(chart)
    view = chart.box.viewRect()
    assert chart.marker.boundingRect().contains(view)
    for share in (0.03, 0.2, 0.97):  # below the top, and below and above the dot and its tag
        point = _pixel(chart, 360.0, view.bottom() * (1.0 - share))
        seen = [picture.pixelColor(int(point.x()) + dx, int(point.y())) for dx in (-1, 0, 1)]
        assert min(pixel.lightness() for pixel in seen) < 100, share  # its edges are smooth


def test_areas_are_painted_at_the_height_of_their_cost(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("server.ec2.replicas", 6.0)
    for chart in charts:
        picture, curve = _picture(chart), chart.curve
        assert curve is not None
        ground = chart.palette().color(QPalette.ColorRole.Base)
        for at in (150, 330):
            below = 0.0
            for name, part in curve.sweep.by_component.items():
                cost = float(np.broadcast_to(part, curve.sweep.values.shape)[at])
                x = float(curve.sweep.values[at])
                bottom, top = _pixel(chart, x, below).y(), _pixel(chart, x, below + cost).y()
                below += cost
                if bottom - top < 6.0:
                    continue  # too thin to tell from its smooth edges
                column = int(_pixel(chart, x, 0.0).x())
                for row in (int(top) + 2, int(bottom) - 2):
                    seen = _rgb(picture.pixelColor(column, row))
                    assert seen == pytest.approx(_blended(COLORS[name], ground), abs=12), name
            above = picture.pixelColor(
                int(_pixel(chart, float(curve.sweep.values[at]), 0.0).x()),
                int(_pixel(chart, 0.0, below).y()) - 4,
            )
            assert above.saturation() < 40, "nothing is painted above the total"


def test_titles_and_axes_say_what_they_show(charts: tuple[CostChart, CostChart]) -> None:
    usage, storage = charts
    assert usage.title.text() == "Cost by usage hours"
    assert storage.title.text() == "Cost by artifact storage"
    assert _axis(usage, "bottom").labelText == "usage hours per month"
    assert _axis(storage, "bottom").labelText == "artifact storage"
    assert [text for _, text in _labels(usage, "left")] == ["$0", "$200", "$400", "$600", "$800"]
    assert [text for _, text in _labels(usage, "bottom")] == ["0", "200", "400", "600"]
    assert [text for _, text in _labels(storage, "bottom")][:3] == ["0", "1 TB", "2 TB"]


@pytest.mark.parametrize(("stored", "unit"), [(0.0, "GB"), (300.0, "TB"), (1e9, "PB")])
def test_large_and_small_axes_have_words_for_people(
    charts: tuple[CostChart, CostChart], session: Session, stored: float, unit: str
) -> None:
    session.edit("artifact_store.stored_gb", stored)
    texts = [text for _, text in _labels(charts[STORAGE], "bottom")]
    assert texts[0] == "0"
    assert {text.rpartition(" ")[2] for text in texts[1:]} == {unit}
    money = [text for _, text in _labels(charts[STORAGE], "left")]
    assert not [text for text in (*texts, *money) if "e" in text]
    assert len(texts) > 2 and len(money) > 2


@pytest.mark.parametrize("width", [220, 300, 460, 900])
@pytest.mark.parametrize("height", [150, 290, 500])
@pytest.mark.parametrize("stored", [1024.0, 123_456_789.0])
def test_labels_stay_apart_at_every_size(
    charts: tuple[CostChart, CostChart],
    session: Session,
    qtbot: QtBot,
    width: int,
    height: int,
    stored: float,
) -> None:
    session.edit("artifact_store.stored_gb", stored)
    for chart in charts:
        chart.resize(width, height)
        _picture(chart)
        metrics = QFontMetrics(_axis(chart, "bottom").style["tickFont"])
        across = [
            (_pixel(chart, x, 0.0).x(), metrics.horizontalAdvance(text))
            for x, text in _labels(chart, "bottom")
        ]
        for (left, wide), (right, next_wide) in pairwise(across):
            assert left + wide / 2 + 4 <= right - next_wide / 2
        up = [_pixel(chart, 0.0, usd).y() for usd, _ in _labels(chart, "left")]
        assert all(low - high >= metrics.height() for low, high in pairwise(up))
        room = _axis(chart, "left").width()
        assert all(metrics.horizontalAdvance(text) <= room for _, text in _labels(chart, "left"))


def test_a_palette_colors_the_chart(
    charts: tuple[CostChart, CostChart],
) -> None:
    chart = charts[USAGE]
    for colors in (DARK, LIGHT):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, QColor(colors["base"]))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colors["text"]))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(colors["dim"]))
        chart.show_palette(palette)
        assert _picture(chart).pixelColor(2, 2).name() == colors["base"]
        assert chart.marker.line.name() == colors["text"]
        assert _axis(chart, "left").textPen().color().name() == colors["dim"]
        assert _axis(chart, "bottom").labelText == "usage hours per month"


def test_a_chart_says_in_words_what_it_shows(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("usage.hours", 160.0)
    plot = charts[USAGE].plot
    assert plot.accessibleName() == "Cost by usage hours"
    assert plot.accessibleDescription() == (
        "$590.74 a month at 0 h a month, $606.10 at the current 160 h a month, "
        "$659.86 at 720 h a month."
    )


def test_a_chart_of_nothing_is_empty_and_sound(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("labor.platform_engineer_usd", 0.0)
    session.edit("discount", 100.0)
    for chart in charts:
        assert chart.marker.text == "$0.00"
        assert _labels(chart, "left")[0] == (0.0, "$0")
        assert not _picture(chart).isNull()


def test_the_mouse_does_not_lose_the_picture(
    charts: tuple[CostChart, CostChart], qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    before = chart.box.viewRect()
    view = chart.plot.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    qtbot.mouseMove(view, view.rect().center() / 2)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=view.rect().center() / 2)
    assert chart.box.viewRect() == before
