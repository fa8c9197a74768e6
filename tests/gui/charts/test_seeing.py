"""How much of a chart is seen: wheel, drag, frame, pinch and keys, and the way back."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.charts.chart import Area
from mlflow_cost_desktop.gui.charts.pair import WIDE, ChartPair
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from tests.gui.charts.conftest import LEFT, Hand


def _seen(hand: Hand) -> tuple[float, ...]:
    return (*hand.view.seen[0], *hand.view.seen[1])


def test_the_wheel_zooms_both_axes_at_the_pointer_and_shows_the_way_back(
    usage: Hand, storage: Hand, qtbot: QtBot
) -> None:
    for hand in (usage, storage):
        whole = _seen(hand)
        assert whole[2] == 0.0  # costs begin at zero
        assert not hand.card.whole.isVisible()
        x, cost = whole[1] * 0.6, whole[3] * 0.4
        place = hand.at(x, cost)
        hand.wheel(place, 120)
        nearer = _seen(hand)
        assert nearer[0] > whole[0] and nearer[1] < whole[1]
        assert nearer[2] > whole[2] and nearer[3] < whole[3]
        there = hand.at(x, cost) - place
        assert there.manhattanLength() <= 2  # what the pointer is on stays under it
        assert hand.card.whole.isVisible()
        qtbot.mouseClick(hand.card.whole, LEFT)
        assert _seen(hand) == whole
        assert not hand.card.whole.isVisible()


def test_the_wheel_over_an_axis_zooms_that_axis(usage: Hand) -> None:
    whole, area = _seen(usage), usage.plot.area
    usage.wheel(QPoint(int(area.center().x()), int(area.bottom()) + 12), 120)
    assert _seen(usage)[2:] == whole[2:]
    assert _seen(usage)[:2] != whole[:2]
    usage.view.show_all()
    usage.wheel(QPoint(int(area.left()) - 12, int(area.center().y())), 120)
    assert _seen(usage)[:2] == whole[:2]
    assert _seen(usage)[2:] != whole[2:]


def test_seeing_is_bounded_to_where_there_is_something(usage: Hand, storage: Hand) -> None:
    for hand in (usage, storage):
        whole = _seen(hand)
        for turned, share in ((1200, 0.1), (-600, 0.9), (9000, 0.5), (-120, 0.1), (-1200, 0.4)):
            area = hand.plot.area
            hand.wheel(
                QPoint(int(area.left() + area.width() * share), int(area.center().y())), turned
            )
            now = _seen(hand)
            assert whole[0] - 1e-6 <= now[0] < now[1] <= whole[1] * 1.000001
            assert whole[2] - 1e-6 <= now[2] < now[3] <= whole[3] * 1.000001
            assert now[1] - now[0] >= whole[1] / 51.0
            assert not hand.picture().isNull()
        hand.wheel(hand.plot.area.center().toPoint(), -9000)
        assert hand.view.is_whole


def test_a_drag_moves_what_is_seen_and_stops_at_the_ends(storage: Hand, session: Session) -> None:
    middle = storage.plot.area.center().toPoint()
    storage.wheel(middle, 360)
    before = _seen(storage)
    storage.drag(middle, middle + QPoint(-30, 20))
    after = _seen(storage)
    assert after[0] > before[0] and after[2] > before[2]
    assert after[1] - after[0] == pytest.approx(before[1] - before[0])
    storage.drag(middle, middle + QPoint(2000, -2000))
    assert _seen(storage)[0] == pytest.approx(0.0, abs=1e-6)
    assert _seen(storage)[2] == pytest.approx(0.0, abs=1e-6)
    assert not session.undo_stack.canUndo()


def test_areas_that_come_into_sight_by_a_drag_are_painted(storage: Hand) -> None:
    areas = storage.view.areas
    assert areas.cacheMode() == areas.CacheMode.DeviceCoordinateCache  # while all are in sight
    middle = storage.plot.area.center().toPoint()
    storage.wheel(middle, 360)
    storage.picture()  # what was beyond the edges then is not in it
    storage.drag(middle, middle + QPoint(150, 30))
    seen = storage.picture()
    areas.update()
    assert seen == storage.picture()


def test_shift_and_a_drag_zoom_into_the_frame(storage: Hand) -> None:
    start, end = storage.at(2000.0, 600.0), storage.at(4000.0, 200.0)
    storage.drag(start, end, Qt.KeyboardModifier.ShiftModifier)
    assert _seen(storage)[:2] == pytest.approx((2000.0, 4000.0), rel=0.03)
    assert _seen(storage)[2:] == pytest.approx((200.0, 600.0), rel=0.05)
    assert storage.card.whole.isVisible()


def test_a_double_click_and_zero_show_all_again(storage: Hand, qtbot: QtBot) -> None:
    middle = storage.plot.area.center().toPoint()
    storage.wheel(middle, 360)
    qtbot.mouseDClick(storage.view.viewport(), LEFT, pos=middle)
    assert storage.view.is_whole
    for _ in range(3):
        qtbot.keyClick(storage.card.canvas, Qt.Key.Key_Plus)
    low, high = storage.view.seen[0]
    assert low < 1024.0 < high < 5120.0
    qtbot.keyClick(storage.card.canvas, Qt.Key.Key_Minus)
    assert storage.view.seen[0][1] > high
    qtbot.keyClick(storage.card.canvas, Qt.Key.Key_0)
    assert storage.view.is_whole


def test_an_enlarged_picture_follows_the_marker(
    usage: Hand, session: Session, qtbot: QtBot
) -> None:
    for _ in range(3):
        qtbot.keyClick(usage.card.canvas, Qt.Key.Key_Plus)
    assert usage.plot.shows(720.0) and not usage.plot.shows(50.0)
    session.edit("usage.hours", 50.0)
    assert usage.plot.shows(50.0)
    assert session.scenario.usage.hours == 50.0


def test_a_pinch_enlarges(usage: Hand) -> None:
    at = QPointF(usage.at(300.0, 100.0))
    viewport = usage.view.viewport()
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        QPointF(viewport.mapToGlobal(at)),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(viewport, pinch)
    low, high = usage.view.seen[0]
    assert high - low == pytest.approx(480.0)


@pytest.mark.parametrize("view", ["parts", "options"])
def test_what_is_out_of_sight_is_cut_off_at_the_edges(
    storage: Hand, session: Session, view: str
) -> None:
    session.edit("plans", (ManagedPlan(id="saas", name="Saas", base_usd=300.0, gb_usd=0.05),))
    storage.card.settle()
    storage.card.views[view].click()
    storage.picture()
    middle = storage.plot.area.center().toPoint()
    for turned in (480, 240, -120):
        storage.wheel(middle, turned)
        picture, area = storage.picture(), storage.plot.area
        ground = QColor(storage.view.look.ground)
        beside = range(int(area.right()) + 3, storage.view.width())
        above = range(int(area.top()) - 4)
        for y in range(int(area.top()), int(area.bottom()) - 2):
            assert all(picture.pixelColor(x, y) == ground for x in beside), (turned, y)
        for y in above:
            assert all(
                picture.pixelColor(x, y) == ground
                for x in range(int(area.left()) + 2, int(area.right()))
            ), (turned, y)


# Reading


def test_hovering_tells_every_series_outside_the_plot(usage: Hand) -> None:
    legend = usage.card.legend
    assert legend.reading is None
    height = legend.height()
    usage.move(usage.at(160.0, 300.0))
    reading = legend.reading
    assert reading is not None and reading.place == "160 h"
    assert reading.values == {
        "server": "$15.36",
        "metadata_store": "$125.42",
        "artifact_store": "$23.55",
        "labor": "$441.77",
    }
    assert reading.total == ("Total", "$606.10")
    assert [entry.value for entry in legend.entries.values()] == list(reading.values.values())
    assert legend.height() == height  # nothing moves
    assert legend.geometry().bottom() < usage.card.canvas.geometry().top() + 1
    assert [line.isVisible() for line in usage.view.cross] == [True, True]
    assert usage.view.cross[0].value() == 160.0
    usage.move(QPoint(1, 1))
    assert legend.reading is None
    assert [line.isVisible() for line in usage.view.cross] == [False, False]


def test_what_was_read_goes_with_the_chart(usage: Hand, session: Session) -> None:
    usage.move(usage.at(160.0, 300.0))
    assert usage.card.legend.reading is not None
    session.edit("server.ec2.replicas", 2.0)
    assert usage.card.legend.reading is None
    assert {entry.value for entry in usage.card.legend.entries.values()} == {""}


def test_all_options_are_told_at_once(storage: Hand) -> None:
    storage.card.views["options"].click()
    chart = storage.card.chart
    assert chart and len(chart.series) >= 10
    storage.move(storage.at(2000.0, 300.0))
    reading = storage.card.legend.reading
    assert reading is not None
    assert set(reading.values) == {series.key for series in chart.series}
    room = storage.card.legend.rect()
    for entry in storage.card.legend.entries.values():
        assert entry.value.startswith("$")
        assert room.contains(entry.geometry())


def test_a_crossing_near_the_pointer_is_told(usage: Hand) -> None:
    usage.card.views["options"].click()
    contents = usage.card.contents.found
    assert isinstance(contents, Options)
    crossing = contents.crossings[0]
    usage.move(usage.at(crossing.x, crossing.cost) + QPoint(0, 30))
    reading = usage.card.legend.reading
    assert reading is not None
    assert f"{crossing.before} = {crossing.after} at " in " ".join(reading.notes)


def test_the_part_under_the_pointer_is_told_and_can_be_lit(usage: Hand, storage: Hand) -> None:
    told: list[str] = []
    usage.card.part_hovered.connect(told.append)
    usage.card.part_hovered.connect(storage.card.highlight_part)
    plain = storage.picture()
    for cost in (20.0, 400.0, 760.0):
        usage.move(usage.at(400.0, cost))
    assert told == ["server", "labor", ""]
    usage.move(usage.at(400.0, 20.0))
    lit = storage.picture()
    server, labor = storage.at(3000.0, 30.0), storage.at(3000.0, 450.0)
    assert lit.pixelColor(server) == plain.pixelColor(server)
    assert lit.pixelColor(labor).lightness() > plain.pixelColor(labor).lightness()
    usage.move(QPoint(1, 1))
    assert told[-1] == ""


def test_areas_are_painted_at_the_height_of_their_cost(usage: Hand, session: Session) -> None:
    session.edit("server.ec2.replicas", 6.0)
    chart, picture = usage.card.chart, usage.picture()
    assert chart
    for x in (223.0, 493.0):
        for mark in chart.marks:
            assert isinstance(mark, Area)
            low, high = np.interp(x, mark.x, mark.below), np.interp(x, mark.x, mark.above)
            if high - low > 60.0:
                middle = usage.at(x, float(low + high) / 2.0)
                expected = usage.view.look.softened(mark.series.color[0])
                seen = picture.pixelColor(middle)
                for channel in ("red", "green", "blue"):
                    one, other = getattr(seen, channel)(), getattr(expected, channel)()
                    assert abs(one - other) <= 6, (mark, channel)


def test_axes_are_painted_anew_when_the_picture_becomes_wider(
    qtbot: QtBot, storage: Hand, pair: ChartPair
) -> None:
    """Step by step, from where one chart hides the other."""
    for width in range(WIDE - 60, WIDE + 301, 30):
        pair.resize(width, 320)
        qtbot.wait(30)
        pair.grab()
    kept = storage.picture()
    for axis in (storage.view.axis, storage.view.levels):
        axis.setCacheMode(axis.CacheMode.NoCache)
        axis.setCacheMode(axis.CacheMode.DeviceCoordinateCache)
    assert storage.picture() == kept


@pytest.mark.parametrize("on_marker", [False, True])
def test_two_fingers_zoom_and_edit_nothing(
    usage: Hand, session: Session, qtbot: QtBot, on_marker: bool
) -> None:
    finger = QTest.createTouchDevice()
    viewport, whole, edited = usage.view.viewport(), _seen(usage), session.scenario
    marker = usage.marker
    middle = marker - QPoint(60, 0) if on_marker else usage.plot.area.center().toPoint()

    def touch(apart: int) -> tuple[QPoint, QPoint]:
        return middle - QPoint(apart, 0), middle + QPoint(apart, 0)

    sequence = QTest.touchEvent(viewport, finger)
    first, second = touch(60)
    sequence.press(0, first, viewport).press(1, second, viewport).commit()
    for apart in range(65, 125, 5):
        first, second = touch(apart)
        moved = QTest.touchEvent(viewport, finger)
        moved.move(0, first, viewport).move(1, second, viewport).commit()
        qtbot.wait(1)
    ended = QTest.touchEvent(viewport, finger)
    ended.release(0, first, viewport).release(1, second, viewport).commit()
    now = _seen(usage)
    assert now[1] - now[0] < 0.8 * (whole[1] - whole[0])
    assert session.scenario == edited and not session.undo_stack.canUndo()
