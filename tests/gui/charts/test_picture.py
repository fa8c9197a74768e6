"""What the window shows of a chart, whatever it is of: every kind of mark, and whole labels."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.charts.chart import Area, Bar, Chart, Label, Line, Mark, Rule
from mlflow_cost_desktop.exports.report.chart_plot import PAPER
from mlflow_cost_desktop.gui.charts.items import ScaleAxis
from mlflow_cost_desktop.gui.charts.pair import ChartPair
from mlflow_cost_desktop.gui.charts.picture import Picture
from mlflow_cost_desktop.gui.document.session import Session
from tests.gui.charts.conftest import Hand
from tests.shared.charts import BARS, any_chart
from tests.support import ARTICLE, changed

BAR = Bar(BARS, 60.0, 80.0, 2.0, 6.0)
LEVEL = Rule(8.0, "a limit", is_level=True)
UPRIGHT = Rule(20.0)
LABEL = Label(70.0, 4.0, "a word")


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """What a picture stands in."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def picture(qtbot: QtBot, around: QWidget) -> Picture:
    """A picture of a chart without marks."""
    made = Picture(around, PAPER, 1.0)
    made.setGeometry(0, 0, 400, 300)
    around.resize(400, 300)
    made.show_chart(any_chart())
    with qtbot.waitExposed(around):
        around.show()
    return made


def _seen(picture: Picture, chart: Chart) -> QImage:
    picture.show_chart(chart)
    return picture.grab().toImage()


def _color(picture: Picture, image: QImage, x: float, y: float) -> QColor:
    assert picture.plot
    return image.pixelColor(round(picture.plot.x(x)), round(picture.plot.y(y)))


def _inked(picture: Picture, image: QImage, place: QRectF) -> int:
    """How many pixels of a place, in values, are not the ground's."""
    plot = picture.plot
    assert plot
    left, right = round(plot.x(place.left())), round(plot.x(place.right()))
    top, bottom = round(plot.y(place.bottom())), round(plot.y(place.top()))
    return sum(
        image.pixelColor(x, y).lightness() < 200
        for x in range(left, right)
        for y in range(top, bottom)
    )


@pytest.mark.parametrize("is_log", [False, True])
def test_a_bar_fills_its_rectangle_and_no_more(picture: Picture, is_log: bool) -> None:
    chart = any_chart(BAR)
    image = _seen(picture, chart.logarithmic(1.0) if is_log else chart)
    for x, y in ((62.0, 2.3), (78.0, 5.7), (70.0, 4.0)):
        assert _color(picture, image, x, y) == PAPER.softened(BARS.color[0])
    for x, y in ((57.0, 4.0), (83.0, 4.0), (70.0, 1.7), (70.0, 6.5)):
        assert _color(picture, image, x, y) != PAPER.softened(BARS.color[0])


def test_bars_go_with_their_marks(picture: Picture) -> None:
    _seen(picture, any_chart(BAR))
    image = _seen(picture, any_chart())
    assert _color(picture, image, 70.0, 5.0) == QColor(PAPER.ground)


@pytest.mark.parametrize(
    ("rule", "on", "beside"),
    [
        (LEVEL, QRectF(55.0, 7.9, 40.0, 0.2), QRectF(55.0, 8.8, 40.0, 0.3)),
        (UPRIGHT, QRectF(19.6, 1.0, 0.8, 3.0), QRectF(24.0, 1.0, 2.0, 0.6)),
    ],
)
def test_a_rule_is_a_dotted_line_across_the_plot(
    picture: Picture, rule: Rule, on: QRectF, beside: QRectF
) -> None:
    bare, image = _seen(picture, any_chart()), _seen(picture, any_chart(rule))
    dots = _inked(picture, image, on) - _inked(picture, bare, on)
    assert dots >= 10
    assert _inked(picture, image, beside) == _inked(picture, bare, beside)


@pytest.mark.parametrize(
    ("mark", "place"),
    [
        (LABEL, QRectF(60.0, 3.0, 20.0, 2.0)),
        (LEVEL, QRectF(0.5, 8.1, 15.0, 0.7)),
    ],
)
def test_words_stand_at_their_mark(picture: Picture, mark: Mark, place: QRectF) -> None:
    bare, image = _seen(picture, any_chart()), _seen(picture, any_chart(mark))
    assert _inked(picture, bare, place) == 0
    assert _inked(picture, image, place) >= 10


# Thickness

FLAT = np.array([0.0, 100.0])
LINE = Line(BARS, FLAT, np.array([3.0, 3.0]))
AREAS = [Area(BARS, FLAT, FLAT * 0.0 + low, FLAT * 0.0 + low + 3.0) for low in (0.0, 3.0)]


def _dense(picture: Picture, ratio: float, chart: Chart) -> QImage:
    """A chart as it is seen on a screen with so many px of the device to a px, to which it came."""
    QApplication.sendEvent(picture, QEvent(QEvent.Type.DevicePixelRatioChange))
    picture.show_chart(chart)
    image = QImage(picture.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    picture.render(painter, picture.rect().toRectF(), picture.rect())
    painter.end()
    return image


def _thickness(picture: Picture, image: QImage, x: float, y: float) -> int:
    """How much ink a line has beyond what is beside it, at a value of the chart.

    In px of the device times its contrast, which is the same on every screen.
    """
    plot, ratio = picture.plot, image.devicePixelRatio()
    assert plot
    scale = ratio * picture.scale_of_font
    column, middle = round(plot.x(x) * scale), round(plot.y(y) * scale)
    reach = round(12 * scale)
    found = [image.pixelColor(column, middle + at).lightness() for at in range(-reach, reach + 1)]
    ground = found[0]
    return sum(abs(each - ground) for each in found)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize(
    "chart",
    [any_chart(LINE), any_chart(*AREAS), any_chart()],
    ids=["a curve", "the hair between areas", "a line of the grid"],
)
def test_lines_are_as_thick_on_every_screen(
    picture: Picture, monkeypatch: pytest.MonkeyPatch, chart: Chart, scale: float
) -> None:
    at = 2.0 if not chart.marks else 3.0
    picture.show_look(PAPER, scale)
    usual = _thickness(picture, _dense(picture, 1.0, chart), 66.0, at)
    monkeypatch.setattr(Picture, "devicePixelRatioF", lambda _: 3.0)
    dense = _thickness(picture, _dense(picture, 3.0, chart), 66.0, at)
    assert usual > 0
    assert 2.2 * usual <= dense <= 3.8 * usual


# Labels


@pytest.mark.parametrize("size", [(640, 300), (330, 220), (400, 480)])
def test_after_a_resize_nothing_is_left_of_before(
    qtbot: QtBot, around: QWidget, picture: Picture, size: tuple[int, int]
) -> None:
    _seen(picture, any_chart(LABEL))
    around.resize(*size)
    picture.resize(*size)
    fresh = Picture(around, PAPER, 1.0)
    fresh.setGeometry(0, 0, *size)
    fresh.show_chart(any_chart(LABEL))
    fresh.show()
    assert picture.grab().toImage() == fresh.grab().toImage()


EXTREMES = {
    "article": ARTICLE,
    "no hours": changed(ARTICLE, usage__hours=0.0),
    "nothing": changed(ARTICLE, discount=100.0, labor__platform_engineer_usd=0.0),
    "ten million": changed(ARTICLE, server__ec2__replicas=1000.0, artifact_store__stored_gb=4e8),
    "a petabyte": changed(ARTICLE, artifact_store__stored_gb=1024.0**2),
    "no storage": changed(ARTICLE, artifact_store__stored_gb=0.0),
}


def test_an_axis_of_large_figures_has_no_power_of_ten_in_its_title(picture: Picture) -> None:
    chart = any_chart(BAR)
    picture.show_chart(replace(chart, x=replace(chart.x, upper=4e9)))
    assert chart.x.title in picture.axis.labelString()
    assert "e+" not in picture.axis.labelString()


def _labels(axis: ScaleAxis) -> list[tuple[QRectF, str]]:
    """Where pyqtgraph writes the labels of an axis, in px of the picture, and what they say."""
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    *_, texts = axis.generateDrawSpecs(painter)
    painter.end()
    return [(axis.mapRectToScene(place), text) for place, _, text in texts]


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("size", [(560, 230), (960, 320), (2000, 700)])
def test_labels_stay_apart_and_whole(
    pair: ChartPair, usage: Hand, storage: Hand, session: Session, name: str, size: tuple[int, int]
) -> None:
    session.open(EXTREMES[name])
    pair.resize(*size)
    for at, hand in enumerate((usage, storage)):
        pair.tabs.setCurrentIndex(at)
        for kind in ("parts", "options"):
            hand.card.views[kind].click()
            assert not hand.picture().isNull()
            view, plot = hand.view, hand.plot
            across = sorted(_labels(view.axis), key=lambda label: label[0].left())
            up = sorted(_labels(view.levels), key=lambda label: label[0].top())
            assert len(across) >= 2 and len(up) >= 2
            assert all(a.right() + 4.0 <= b.left() for (a, _), (b, _) in pairwise(across))
            assert all(a.bottom() <= b.top() + 1.0 for (a, _), (b, _) in pairwise(up))
            room = view.rect().toRectF().adjusted(-1.0, -1.0, 1.0, 1.0)
            assert all(room.contains(place) for place, _ in (*across, *up))
            assert not [text for _, text in (*across, *up) if "e" in text or not text]
            assert plot.area.contains(view.tag.place) or plot.area.width() < view.tag.place.width()


def test_an_edit_that_keeps_the_axes_lays_no_chart_out_anew(
    pair: ChartPair, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.edit("usage.hours", 600.0)
    laid_out: list[Picture] = []
    monkeypatch.setattr(Picture, "_lay_out", lambda picture: laid_out.append(picture))
    session.edit("usage.hours", 601.0)
    assert laid_out == []
    session.edit("labor.platform_engineer_usd", 900.0)  # which needs other levels
    assert len(laid_out) == 2
