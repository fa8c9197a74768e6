"""The marker, which edits the scenario: by the pointer, by keys, by assistive technology."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.document.session import Session
from tests.gui.charts.conftest import Hand
from tests.support import ARTICLE, changed


def _current(hand: Hand) -> float:
    chart = hand.card.chart
    assert chart and chart.marker
    return chart.marker.x


def test_the_marker_stands_at_the_current_value(
    usage: Hand, storage: Hand, session: Session
) -> None:
    session.edit("usage.hours", 160.0)
    assert (_current(usage), _current(storage)) == (160.0, 1024.0)
    for hand in (usage, storage):
        x, y = hand.marker.x(), hand.plot.area.top() + 3
        picture = hand.picture()
        seen = [picture.pixelColor(x + dx, int(y)).lightness() for dx in (-1, 0, 1)]
        assert min(seen) < 120


def test_dragging_the_marker_edits_the_hours(usage: Hand, session: Session) -> None:
    session.edit("usage.hours", 700.0)  # a step of its own
    usage.drag_marker(600.0, 400.0, 160.0)
    session.edit("usage.hours", 150.0)
    assert session.undo_stack.undoText() == "Usage"
    session.undo_stack.undo()
    assert session.scenario.usage.hours == pytest.approx(160.0, abs=3.0)
    assert session.scenario.usage.hours % 1 == 0  # about a pixel's worth
    session.undo_stack.undo()
    assert session.scenario.usage.hours == 700.0
    session.undo_stack.undo()
    assert session.scenario == ARTICLE
    assert not session.undo_stack.canUndo()


@pytest.mark.parametrize("off", [-7, 7])
def test_the_marker_wins_within_eight_pixels(storage: Hand, session: Session, off: int) -> None:
    start = storage.marker + QPoint(off, 40)
    storage.drag(start, start + QPoint(60, 0))
    assert session.scenario.artifact_store.stored_gb > 1024.0
    assert storage.view.is_whole


def test_dragging_edits_the_storage_and_the_axis_follows_at_the_end(
    storage: Hand, session: Session
) -> None:
    storage.drag_marker(2000.0, 4000.0, 5000.0, release=False)
    assert storage.card.chart
    assert storage.card.chart.x.upper == 5120.0  # as long as it is held, nothing jumps
    end = QPoint(storage.view.width() - 1, 100)
    storage.move(end)
    assert session.scenario.artifact_store.stored_gb == 5120.0
    storage.release(end)
    assert storage.card.chart.x.upper == 20 * 1024.0
    session.undo_stack.undo()
    assert session.scenario == ARTICLE


@pytest.mark.parametrize(("by", "hours"), [("schedule", 8 * 5 * 720 / 168), ("whole_month", 720)])
def test_dragging_hours_that_are_not_typed_types_them(
    by: str, hours: float, usage: Hand, session: Session, qtbot: QtBot
) -> None:
    session.open(changed(ARTICLE, usage__by=by))
    assert _current(usage) == pytest.approx(hours)
    for move in (
        lambda: usage.drag_marker(400.0, 300.0),
        lambda: qtbot.keyClick(usage.card.canvas, Qt.Key.Key_Home),
    ):
        before = session.scenario
        move()
        assert session.scenario.usage.by == "hours"
        assert session.scenario.usage.hours in (0.0, pytest.approx(300.0, abs=2.0))
        session.undo_stack.undo()
        assert session.scenario == before


def test_escape_puts_back_what_is_dragged(usage: Hand, session: Session, qtbot: QtBot) -> None:
    usage.drag_marker(300.0, release=False)
    assert session.scenario.usage.hours == pytest.approx(300.0, abs=2.0)
    qtbot.keyClick(usage.card.canvas, Qt.Key.Key_Escape)
    assert session.scenario == ARTICLE
    usage.move(usage.at(100.0, 0.0))
    usage.release(usage.at(100.0, 0.0))
    assert session.scenario == ARTICLE


def test_a_press_beside_the_marker_edits_nothing(storage: Hand, session: Session) -> None:
    place = storage.at(3000.0, 300.0)
    storage.drag(place, place + QPoint(40, 0))
    storage.drag_marker()  # nor does a press on the marker that moves nothing
    assert session.scenario == ARTICLE
    assert not session.undo_stack.canUndo()


def test_the_pointer_says_what_can_be_dragged(storage: Hand) -> None:
    for place, shape in (
        (storage.at(4000.0, 100.0), Qt.CursorShape.ArrowCursor),
        (storage.marker, Qt.CursorShape.SplitHCursor),
        (storage.at(3000.0, 100.0), Qt.CursorShape.ArrowCursor),
    ):
        storage.move(place)
        assert storage.view.viewport().cursor().shape() == shape


@pytest.mark.parametrize("view", ["parts", "options"])
def test_an_edit_right_after_a_held_drag_repaints_both_charts(
    usage: Hand, storage: Hand, session: Session, view: str
) -> None:
    for hand in (usage, storage):
        hand.card.views[view].click()
    usage.drag_marker(500.0, 400.0, release=False)
    before = usage.picture(), storage.picture()
    session.edit("artifact_store.stored_gb", 3000.0)
    after = usage.picture(), storage.picture()
    assert after[0] != before[0]
    assert after[1] != before[1]
    assert _current(storage) == 3000.0
    usage.release(usage.at(400.0, 0.0))
    session.edit("artifact_store.stored_gb", 2000.0)
    assert usage.picture() != after[0]
    assert storage.picture() != after[1]


class Watch(QObject):
    """Hears which widgets are painted by the event loop, not by who grabs their pictures."""

    def __init__(self, *hands: Hand) -> None:
        super().__init__()
        self.painted: set[QObject] = set()
        self.watched = {hand.view.viewport() for hand in hands}
        for viewport in self.watched:
            viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.add(watched)
        return False


def test_every_edit_around_a_held_drag_is_painted_by_itself(
    usage: Hand, storage: Hand, session: Session, qtbot: QtBot
) -> None:
    watch = Watch(usage, storage)
    usage.drag_marker(500.0, 400.0, release=False)
    end = usage.marker
    for change in (
        lambda: session.edit("artifact_store.stored_gb", 3000.0),
        lambda: usage.move(end - QPoint(60, 0)),
        lambda: session.edit("artifact_store.stored_gb", 2000.0),
    ):
        QApplication.processEvents()
        watch.painted.clear()
        change()
        qtbot.waitUntil(lambda: watch.painted == watch.watched)
    usage.release(end - QPoint(60, 0))
    QApplication.processEvents()
    watch.painted.clear()
    session.edit("artifact_store.stored_gb", 900.0)
    qtbot.waitUntil(lambda: watch.painted == watch.watched)


# The keyboard


def test_keys_move_the_marker_as_a_sliders(
    usage: Hand, storage: Hand, session: Session, qtbot: QtBot
) -> None:
    for hand, key, value in (
        (usage, Qt.Key.Key_Left, 710.0),
        (usage, Qt.Key.Key_PageDown, 610.0),
        (usage, Qt.Key.Key_Right, 620.0),
        (usage, Qt.Key.Key_Home, 0.0),
        (usage, Qt.Key.Key_End, 720.0),
        (storage, Qt.Key.Key_Right, 1088.0),
        (storage, Qt.Key.Key_PageUp, 1728.0),
    ):
        qtbot.keyClick(hand.card.canvas, key)
        hours, stored = session.scenario.usage.hours, session.scenario.artifact_store.stored_gb
        assert (hours if hand is usage else stored) == value, key


def test_keys_go_there_and_back_while_the_keyboard_stays(
    storage: Hand, session: Session, qtbot: QtBot
) -> None:
    """The axis is four times as long as what is stored, but not anew at every key."""
    canvas = storage.card.canvas

    def press(key: Qt.Key) -> float:
        qtbot.keyClick(canvas, key)
        return session.scenario.artifact_store.stored_gb

    canvas.window().activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    begun, end = session.scenario.artifact_store.stored_gb, _end(storage)
    for there, back in (
        (Qt.Key.Key_Right, Qt.Key.Key_Left),
        (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    ):
        assert press(there) > begun
        assert press(back) == begun
    assert press(Qt.Key.Key_Home) == 0.0
    assert press(Qt.Key.Key_End) == end
    session.edit("artifact_store.stored_gb", 2.0 * end)  # from elsewhere, beyond the axis
    assert _end(storage) > 2.0 * end
    session.edit("artifact_store.stored_gb", end)
    assert _end(storage) == end
    canvas.clearFocus()
    assert _end(storage) > end  # again as long as suits the scenario


def _end(hand: Hand) -> float:
    found = hand.card.contents.found
    assert found is not None
    return float(found.values[-1])


def test_the_end_of_a_month_with_half_an_hour_can_be_reached(
    usage: Hand, session: Session, qtbot: QtBot
) -> None:
    session.open(changed(ARTICLE, hours_in_month=730.5, usage__hours=100.0))
    qtbot.keyClick(usage.card.canvas, Qt.Key.Key_End)
    assert session.scenario.usage.hours == 730.5


def test_assistive_technology_meets_a_slider(usage: Hand, session: Session, qtbot: QtBot) -> None:
    seen = QAccessible.queryAccessibleInterface(usage.card.canvas)
    assert seen.role() == QAccessible.Role.Slider
    assert seen.text(QAccessible.Text.Name) == "Cost by usage hours"
    value = seen.valueInterface()
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (720, 0, 720)
    value.setCurrentValue(300)
    assert session.scenario.usage.hours == 300.0
    session.edit("usage.hours", 160.0)
    qtbot.waitUntil(
        lambda: seen.text(QAccessible.Text.Description).startswith(
            "The total by its parts: $590.74 a month at 0 h, $606.10 a month at the current 160 h"
        )
    )


def test_a_move_of_the_marker_paints_the_picture_alone(
    usage: Hand, session: Session, qtbot: QtBot
) -> None:
    class Watch(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() == QEvent.Type.Paint
            return False

    canvas, around, inside = usage.card.canvas, Watch(), Watch()
    qtbot.wait(1)
    canvas.installEventFilter(around)
    usage.view.viewport().installEventFilter(inside)
    session.edit("usage.hours", 300.0)
    qtbot.waitUntil(lambda: inside.count > 0)
    assert canvas.value() == 300
    assert around.count == 0


def test_focus_is_visible(usage: Hand, qtbot: QtBot) -> None:
    canvas = usage.card.canvas
    before = canvas.grab().toImage()
    usage.card.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    assert canvas.grab().toImage() != before
    assert not canvas.visibleRegion().isEmpty()
