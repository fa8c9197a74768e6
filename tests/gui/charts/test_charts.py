"""The charts: what they show, and what mouse, keyboard and menu do with them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QNativeGestureEvent,
    QPalette,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve
from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.exports.report.chart_files import chart_image, chart_svg
from mlflow_cost_desktop.exports.report.chart_plot import Plot, x_labels
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.charts.card import CostChart, cost_charts
from mlflow_cost_desktop.gui.charts.pair import WIDE, ChartPair
from mlflow_cost_desktop.gui.charts.panel import Readout
from mlflow_cost_desktop.gui.charts.table import ChartTable
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit import file_choice
from mlflow_cost_desktop.gui.toolkit.theme import DARK, LIGHT
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from tests.gui.helpers import answering_dialog
from tests.support import ARTICLE, changed

USAGE, STORAGE = 0, 1
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def charts(qtbot: QtBot, session: Session, tmp_path: Path) -> tuple[CostChart, CostChart]:
    """Both charts of a session's scenario, on the screen, connected as in the window."""
    made = cost_charts(tmp_path)
    for chart in made:
        qtbot.addWidget(chart)
        session.study_changed.connect(chart.show_study)
        chart.edited.connect(session.edit)
        chart.drag_began.connect(session.begin_step)
        chart.drag_ended.connect(session.end_step)
        chart.drag_canceled.connect(session.cancel_step)
        chart.resize(460, 290)
        chart.move(500 * made.index(chart), 0)  # none behind another: the pointer is real
        with qtbot.waitExposed(chart):
            chart.show()
    session.show_again()
    return made


def _plot(chart: CostChart) -> Plot:
    found = chart.canvas.plot
    assert found is not None
    return found


def _curve(chart: CostChart) -> Curve:
    assert isinstance(chart.contents, Curve)
    return chart.contents


def _options(chart: CostChart) -> Options:
    chart.views["options"].click()
    assert isinstance(chart.contents, Options)
    return chart.contents


def _at(chart: CostChart, x: float, usd: float) -> QPoint:
    """Where a value and a cost stand in the chart's picture."""
    plot = _plot(chart)
    return QPointF(plot.x(x), plot.y(usd)).toPoint()


def _picture(chart: CostChart) -> QImage:
    return chart.canvas.grab().toImage()


def _marker(chart: CostChart) -> QPoint:
    contents = chart.contents
    assert contents is not None
    return _at(chart, contents.current_x, contents.current_cost)


def _drag(qtbot: QtBot, chart: CostChart, *values: float, release: bool = True) -> None:
    """Take hold of the marker and move it over some values."""
    start = _marker(chart)
    qtbot.mouseMove(chart.canvas, start)
    qtbot.mousePress(chart.canvas, LEFT, pos=start)
    end = start
    for value in values:
        end = QPoint(_at(chart, value, 0.0).x(), start.y())
        qtbot.mouseMove(chart.canvas, end)
    if release:
        qtbot.mouseRelease(chart.canvas, LEFT, pos=end)


def _wheel(canvas: ChartCanvas, at: QPoint, turned: int) -> None:
    QApplication.sendEvent(
        canvas,
        QWheelEvent(
            QPointF(at),
            QPointF(canvas.mapToGlobal(at)),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


# What is shown


@pytest.mark.parametrize("which", [USAGE, STORAGE])
def test_curves_are_the_estimate_at_each_value(
    charts: tuple[CostChart, CostChart], session: Session, which: int
) -> None:
    session.open(changed(ARTICLE, artifact_store__stored_gb=40_000.0))
    sweep = _curve(charts[which]).sweep
    for at in (0, 17, 60, 480):
        there = replace(session.scenario, sweep.path, float(sweep.values[at]))
        cost = estimate(there, session.study.price_book)
        assert sweep.total[at] == pytest.approx(float(cost.effective_cost))


def test_the_marker_stands_at_the_current_value(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("usage.hours", 160.0)
    usage, storage = charts
    assert _curve(usage).current_x == 160.0
    assert _curve(storage).current_x == 1024.0
    for chart in charts:
        assert _curve(chart).current_cost == float(session.study.estimate.effective_cost)
        picture, plot = _picture(chart), _plot(chart)
        x = plot.x(_curve(chart).current_x)
        for share in (0.03, 0.97):
            y = int(plot.area.top() + plot.area.height() * share)
            seen = [picture.pixelColor(int(x) + dx, y).lightness() for dx in (-1, 0, 1)]
            assert min(seen) < 100  # its edges are smooth


def test_areas_are_painted_at_the_height_of_their_cost(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("server.ec2.replicas", 6.0)
    for chart in charts:
        picture, curve, plot = _picture(chart), _curve(chart), _plot(chart)
        ground = chart.palette().color(QPalette.ColorRole.Base)
        for at in (150, 330):
            below, x = 0.0, float(curve.values[at])
            for name, part in curve.sweep.by_component.items():
                cost = float(np.broadcast_to(part, curve.values.shape)[at])
                middle = QPointF(plot.x(x), plot.y(below + cost / 2)).toPoint()
                tall = plot.y(below) - plot.y(below + cost)
                below += cost
                if tall > 8.0:
                    expected = _blended(COLORS[name], ground)
                    assert _rgb(picture.pixelColor(middle)) == pytest.approx(expected, abs=6), name
            above = QPoint(int(plot.x(x)), int(plot.y(below)) - 4)
            assert picture.pixelColor(above).saturation() < 40, "nothing above the total"


def test_the_plan_beside_the_total_is_a_dashed_line(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    plan = ManagedPlan(id="saas", name="Saas", base_usd=200.0, most_seats=10.0)
    session.edit("plans", (plan,))
    chart = charts[STORAGE]
    assert _curve(chart).plan is None  # until figures rest
    chart.settle()
    picture, plot = _picture(chart), _plot(chart)
    y = int(plot.y(281.2444))  # with moving in and out
    across = range(int(plot.area.left()) + 1, int(plot.area.right()))
    near = [
        sum(abs(a - b) for a, b in zip(_rgb(picture.pixelColor(x, y)), (170, 51, 119), strict=True))
        for x in across
    ]
    assert 0.3 < sum(far < 90 for far in near) / len(near) < 0.8  # dashes and gaps
    assert "Saas, dashed, with what stays with you: $281.24" in chart.canvas.accessibleDescription()
    session.edit("team.users", 11.0)
    chart.settle()
    assert _curve(chart).plan is None


def test_a_plans_name_hides_nothing_of_the_totals_edge(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    plan = ManagedPlan(id="saas", name="A plan of about the same cost", base_usd=535.0)
    session.edit("plans", (plan,))
    chart = charts[STORAGE]
    chart.settle()
    curve, picture, plot = _curve(chart), _picture(chart), _plot(chart)
    assert curve.plan
    part = _blended(COLORS["labor"], chart.palette().color(QPalette.ColorRole.Base))
    for x in range(int(plot.area.left()) + 2, int(plot.area.right()) - 2):
        if abs(x - plot.x(curve.current_x)) > 12.0:
            total = float(np.interp(plot.value(float(x)), curve.values, curve.sweep.total))
            below = picture.pixelColor(x, int(plot.y(total)) + 3)
            assert _rgb(below) == pytest.approx(part, abs=8), x


def _rgb(color: QColor) -> list[float]:
    return [color.red(), color.green(), color.blue()]


def _blended(name: str, ground: QColor) -> list[float]:
    pairs = zip(_rgb(QColor(name)), _rgb(ground), strict=True)
    return [0.82 * above + 0.18 * below for above, below in pairs]


EXTREMES = {
    "article": ARTICLE,
    "no hours": changed(ARTICLE, usage__hours=0.0),
    "nothing": changed(ARTICLE, discount=100.0, labor__platform_engineer_usd=0.0),
    "ten million": changed(ARTICLE, server__ec2__replicas=1000.0, artifact_store__stored_gb=4e8),
    "a petabyte": changed(ARTICLE, artifact_store__stored_gb=1024.0**2),
    "no storage": changed(ARTICLE, artifact_store__stored_gb=0.0),
}


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("size", [(220, 170), (460, 290), (1200, 600)])
def test_labels_stay_apart_and_whole(
    charts: tuple[CostChart, CostChart], session: Session, name: str, size: tuple[int, int]
) -> None:
    session.open(EXTREMES[name])
    for chart in charts:
        chart.resize(*size)
        for view in ("parts", "options"):
            chart.views[view].click()
            assert not _picture(chart).isNull()
            plot, contents, look = _plot(chart), chart.contents, chart.canvas.look
            assert contents is not None
            labels = x_labels(plot, contents, look)
            across = [(middle, look.axis.width(text) / 2.0) for _, middle, text in labels]
            assert len(across) >= 2 or size[0] == 220
            for (left, wide), (right, next_wide) in pairwise(across):
                assert left + wide + 4 <= right - next_wide
            assert all(x + wide <= chart.canvas.width() for x, wide in across)
            up = [plot.y(usd) for usd in plot.levels]
            assert all(low - high >= 12.0 for low, high in pairwise(up))
            assert not [text for *_, text in labels if "e" in text]
            tag = chart.canvas.tag_place
            assert chart.canvas.rect().toRectF().contains(tag)
            assert plot.area.contains(tag) or plot.area.width() < tag.width()


def test_a_palette_colors_the_chart(charts: tuple[CostChart, CostChart]) -> None:
    chart = charts[USAGE]
    for colors in (DARK, LIGHT):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, QColor(colors["base"]))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colors["text"]))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(colors["dim"]))
        chart.show_palette(palette)
        assert _picture(chart).pixelColor(2, 2).name() == colors["base"]
        assert chart.canvas.look.ink == colors["text"]
        assert chart.canvas.look.axis.color == colors["dim"]


def test_a_chart_out_of_sight_waits(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[STORAGE]
    chart.hide()
    before = chart.contents
    session.edit("artifact_store.stored_gb", 2048.0)
    assert chart.contents is before
    with qtbot.waitExposed(chart):
        chart.show()
    assert _curve(chart).current_x == 2048.0


# Dragging


def test_dragging_the_marker_edits_the_hours(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    session.edit("usage.hours", 700.0)  # a step of its own
    _drag(qtbot, charts[USAGE], 600.0, 400.0, 160.0)
    session.edit("usage.hours", 150.0)
    assert session.undo_stack.undoText() == "Usage"
    session.undo_stack.undo()
    assert session.scenario.usage.hours == pytest.approx(160.0, abs=2.0)
    assert session.scenario.usage.hours % 2 == 0  # about a pixel's worth
    session.undo_stack.undo()
    assert session.scenario.usage.hours == 700.0
    session.undo_stack.undo()
    assert session.scenario == ARTICLE
    assert not session.undo_stack.canUndo()


def test_dragging_edits_the_storage_and_the_axis_follows_at_the_end(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[STORAGE]
    _drag(qtbot, chart, 2000.0, 4000.0, 5000.0, release=False)
    assert _curve(chart).values[-1] == 5120.0  # as long as it is held, nothing jumps
    qtbot.mouseMove(chart.canvas, QPoint(chart.canvas.width() - 1, 100))
    assert session.scenario.artifact_store.stored_gb == 5120.0
    qtbot.mouseRelease(chart.canvas, LEFT, pos=QPoint(chart.canvas.width() - 1, 100))
    assert _curve(chart).values[-1] == 20 * 1024.0
    session.undo_stack.undo()
    assert session.scenario == ARTICLE


def test_dragging_hours_of_a_schedule_types_them(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    session.open(changed(ARTICLE, usage__by="schedule"))
    assert _curve(charts[USAGE]).current_x == pytest.approx(8 * 5 * 720 / 168)
    for move in (
        lambda: _drag(qtbot, charts[USAGE], 400.0, 300.0),
        lambda: qtbot.keyClick(charts[USAGE].canvas, Qt.Key.Key_Home),
    ):
        before = session.scenario
        move()
        assert session.scenario.usage.by == "hours"
        assert session.scenario.usage.hours in (0.0, 300.0)
        session.undo_stack.undo()
        assert session.scenario == before


def test_escape_puts_back_what_is_dragged(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    _drag(qtbot, chart, 300.0, release=False)
    assert session.scenario.usage.hours == 300.0
    qtbot.keyClick(chart.canvas, Qt.Key.Key_Escape)
    assert session.scenario == ARTICLE
    qtbot.mouseMove(chart.canvas, _at(chart, 100.0, 0.0))
    qtbot.mouseRelease(chart.canvas, LEFT, pos=_at(chart, 100.0, 0.0))
    assert session.scenario == ARTICLE


def test_a_press_beside_the_marker_changes_nothing(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[STORAGE]
    place = _at(chart, 3000.0, 300.0)
    qtbot.mousePress(chart.canvas, LEFT, pos=place)
    qtbot.mouseMove(chart.canvas, place + QPoint(40, 0))
    qtbot.mouseRelease(chart.canvas, LEFT, pos=place + QPoint(40, 0))
    _drag(qtbot, chart)  # nor does a press on the marker that moves nothing
    assert session.scenario == ARTICLE
    assert not session.undo_stack.canUndo()


def test_the_pointer_says_what_can_be_dragged(
    charts: tuple[CostChart, CostChart], qtbot: QtBot
) -> None:
    chart = charts[STORAGE]
    for place, shape in (
        (_at(chart, 4000.0, 100.0), Qt.CursorShape.ArrowCursor),
        (_marker(chart), Qt.CursorShape.SplitHCursor),
        (_at(chart, 3000.0, 100.0), Qt.CursorShape.ArrowCursor),
    ):
        qtbot.mouseMove(chart.canvas, place)
        assert chart.canvas.cursor().shape() == shape


# The keyboard


def test_keys_move_the_marker_as_a_slider_s(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    usage, storage = charts
    for chart, key, value in (
        (usage, Qt.Key.Key_Left, 710.0),
        (usage, Qt.Key.Key_PageDown, 610.0),
        (usage, Qt.Key.Key_Right, 620.0),
        (usage, Qt.Key.Key_Home, 0.0),
        (usage, Qt.Key.Key_End, 720.0),
        (storage, Qt.Key.Key_Right, 1088.0),
        (storage, Qt.Key.Key_PageUp, 1728.0),
    ):
        qtbot.keyClick(chart.canvas, key)
        hours, stored = session.scenario.usage.hours, session.scenario.artifact_store.stored_gb
        assert (hours if chart is usage else stored) == value, key


def test_the_end_of_a_month_with_half_an_hour_can_be_reached(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    session.open(changed(ARTICLE, hours_in_month=730.5, usage__hours=100.0))
    qtbot.keyClick(charts[USAGE].canvas, Qt.Key.Key_End)
    assert session.scenario.usage.hours == 730.5


def test_assistive_technology_meets_a_slider(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    seen = QAccessible.queryAccessibleInterface(chart.canvas)
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


def test_focus_is_visible(charts: tuple[CostChart, CostChart], qtbot: QtBot) -> None:
    chart = charts[USAGE]
    before = _picture(chart)
    chart.activateWindow()
    chart.canvas.setFocus()
    qtbot.waitUntil(chart.canvas.hasFocus)
    assert _picture(chart) != before


# Hovering


def _readout(chart: CostChart) -> Readout | None:
    _picture(chart)
    return chart.canvas.readout


def test_hovering_tells_every_part_and_leaves_with_the_pointer(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    assert _readout(chart) is None
    qtbot.mouseMove(chart.canvas, _at(chart, 160.0, 300.0))
    readout = _readout(chart)
    assert readout is not None and readout.title == "160 h"
    assert {row.name: row.cost for row in readout.rows} == {
        "Server": "$15.36",
        "Metadata store": "$125.42",
        "Artifact store": "$23.55",
        "Maintenance": "$441.77",
        "Total": "$606.10",
    }
    QApplication.sendEvent(chart.canvas, QEvent(QEvent.Type.Leave))
    assert _readout(chart) is None


@pytest.mark.parametrize("size", [(300, 220), (460, 290)])
def test_the_panel_stays_in_the_plot_and_off_the_tag(
    charts: tuple[CostChart, CostChart], qtbot: QtBot, size: tuple[int, int]
) -> None:
    for chart in charts:
        chart.resize(*size)
        area = _plot(chart).area
        for across in (0.02, 0.3, 0.6, 0.98):
            for down in (0.05, 0.5, 0.95):
                at = area.topLeft() + QPointF(area.width() * across, area.height() * down)
                qtbot.mouseMove(chart.canvas, at.toPoint())
                if _readout(chart) is None:
                    continue  # over the marker
                panel = chart.canvas.panel_place
                assert area.contains(panel)
                assert not panel.intersects(chart.canvas.tag_place)


def test_the_part_under_the_pointer_is_told_and_can_be_lit(
    charts: tuple[CostChart, CostChart], qtbot: QtBot
) -> None:
    usage, storage = charts
    told: list[str] = []
    usage.part_hovered.connect(told.append)
    usage.part_hovered.connect(storage.highlight_part)
    plain = _picture(storage)
    for usd in (20.0, 400.0, 760.0):
        qtbot.mouseMove(usage.canvas, _at(usage, 400.0, usd))
    assert told == ["server", "labor", ""]
    qtbot.mouseMove(usage.canvas, _at(usage, 400.0, 20.0))
    lit = _picture(storage)
    server, labor = _at(storage, 3000.0, 30.0), _at(storage, 3000.0, 450.0)
    assert lit.pixelColor(server) == plain.pixelColor(server)
    assert lit.pixelColor(labor).lightness() > plain.pixelColor(labor).lightness()
    QApplication.sendEvent(usage.canvas, QEvent(QEvent.Type.Leave))
    assert told[-1] == ""


# Enlarging


def test_the_wheel_enlarges_and_never_loses_the_picture(
    charts: tuple[CostChart, CostChart], qtbot: QtBot
) -> None:
    for chart in charts:
        whole = _plot(chart)
        _wheel(chart.canvas, _at(chart, whole.x_to * 0.8, 100.0), 120)
        nearer = _plot(chart)
        assert nearer.x_from > 0.0 and nearer.x_to < whole.x_to
        for turned, share in ((1200, 0.1), (-600, 0.9), (9000, 0.5), (-120, 0.1), (-1200, 0.4)):
            at = _plot(chart).area
            place = QPoint(int(at.left() + at.width() * share), int(at.center().y()))
            _wheel(chart.canvas, place, turned)
            now = _plot(chart)
            assert 0.0 <= now.x_from < now.x_to <= whole.x_to
            assert now.x_to - now.x_from >= whole.x_to / 51.0
            assert not _picture(chart).isNull()
        qtbot.mouseDClick(chart.canvas, LEFT, pos=_at(chart, _plot(chart).x_to * 0.9, 0.0))
        assert _plot(chart) == whole


def test_an_enlarged_picture_can_be_moved_and_follows_the_marker(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    for _ in range(3):
        qtbot.keyClick(chart.canvas, Qt.Key.Key_Plus)
    before = _plot(chart)
    assert before.shows(720.0)
    middle = before.area.center().toPoint()
    qtbot.mousePress(chart.canvas, LEFT, pos=middle)
    qtbot.mouseMove(chart.canvas, middle + QPoint(60, 0))
    qtbot.mouseRelease(chart.canvas, LEFT, pos=middle + QPoint(60, 0))
    assert _plot(chart).x_from < before.x_from
    session.edit("usage.hours", 50.0)
    assert _plot(chart).shows(50.0)
    assert session.scenario.usage.hours == 50.0
    qtbot.keyClick(chart.canvas, Qt.Key.Key_0)
    assert _plot(chart).x_from == 0.0


def test_a_pinch_enlarges(charts: tuple[CostChart, CostChart]) -> None:
    chart = charts[USAGE]
    at = QPointF(_at(chart, 300.0, 100.0))
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        QPointF(chart.canvas.mapToGlobal(at)),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(chart.canvas, pinch)
    assert _plot(chart).x_to - _plot(chart).x_from == pytest.approx(480.0)


# Options


def test_options_are_lines_of_the_total(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    options = _options(chart)
    assert "EC2 on demand" in [line.name for line in options.lines if line.is_chosen]
    picture, plot = _picture(chart), _plot(chart)
    assert picture.pixelColor(_at(chart, 351.0, float(options.lines[0].total[234]))).saturation()
    qtbot.mouseMove(chart.canvas, _at(chart, 300.0, plot.levels[1]))
    readout = _readout(chart)
    assert readout is not None
    assert {line.name for line in options.lines} <= {row.name for row in readout.rows}
    chart.views["parts"].click()
    assert isinstance(chart.contents, Curve)


def test_a_crossing_near_the_pointer_is_told(
    charts: tuple[CostChart, CostChart], qtbot: QtBot
) -> None:
    chart = charts[USAGE]
    options = _options(chart)
    crossing = options.crossings[0]
    qtbot.mouseMove(chart.canvas, _at(chart, crossing.x, crossing.cost) + QPoint(0, 30))
    readout = _readout(chart)
    assert readout is not None
    assert f"{crossing.before} = {crossing.after} at " in " ".join(readout.notes)


def test_the_marker_is_dragged_among_options_too(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    _options(charts[USAGE])
    _drag(qtbot, charts[USAGE], 200.0)
    assert session.scenario.usage.hours == pytest.approx(200.0, abs=3.0)


# The menu


def test_the_menu_comes_with_the_right_button_and_the_menu_key(
    charts: tuple[CostChart, CostChart], monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = charts[USAGE]
    opened: list[QPoint] = []
    monkeypatch.setattr(chart.menu, "popup", opened.append)
    at = chart.canvas.rect().center()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, at, chart.canvas.mapToGlobal(at))
        QApplication.sendEvent(chart.canvas, event)
    assert opened == [chart.canvas.mapToGlobal(at)] * 2
    assert chart.more.menu() is chart.menu


def test_copy_puts_a_picture_on_the_clipboard(charts: tuple[CostChart, CostChart]) -> None:
    charts[USAGE].copy_action.trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1440, 840)
    assert image.pixelColor(0, 0) == QColor("white")


@pytest.mark.parametrize("view", ["parts", "options"])
def test_a_chart_is_saved_as_png_and_svg(
    charts: tuple[CostChart, CostChart],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
) -> None:
    chart = charts[STORAGE]
    chart.views[view].click()
    saved: list[Path] = []
    chart.saved.connect(saved.append)
    asked: list[str] = []

    def refuse(_: object, question: str, *__: object) -> QMessageBox.StandardButton:
        asked.append(question)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(file_choice, "ask", refuse)
    for name in ("chart", "chart.svg", "chart"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answering_dialog(tmp_path / name))
        chart.save_action.trigger()
    assert [path.name for path in saved] == ["chart.png", "chart.svg"]
    assert asked == ["Replace chart.png?"]
    assert QImage(str(saved[0])).width() == 1440
    drawing = saved[1].read_text(encoding="utf-8")
    assert (
        "<svg" in drawing
        and "Cost by artifact storage" in drawing
        and "artifact storage" in drawing
    )
    assert "1 TB" in drawing and "sans-serif" in drawing
    assert "#ffffff" in drawing.partition("<text")[0]  # readable on a dark page too


@pytest.mark.parametrize("view", ["parts", "options"])
def test_a_saved_chart_has_plain_figures(
    qtbot: QtBot, session: Session, tmp_path: Path, view: str
) -> None:
    chart = cost_charts(tmp_path, Figures(".", ","))[STORAGE]
    qtbot.addWidget(chart)
    chart.views[view].click()
    chart.resize(460, 290)
    chart.show()
    session.edit("artifact_store.stored_gb", 600_000.0)
    chart.show_study(session.study)
    contents = chart.contents
    assert contents
    cost = contents.currency.dollars(contents.current_cost, PLAIN)
    assert "," in cost
    chart.settle()  # in the window they are as its reader writes them
    assert "585,94 TB" in chart.canvas.accessibleDescription()
    chart.save_to(tmp_path / "chart.svg")
    drawing = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert cost in drawing and "585.94 TB" in drawing
    assert cost.replace(",", ".") not in drawing and "585,94" not in drawing
    chart.copy()
    assert QGuiApplication.clipboard().image() == chart_image(contents)


def test_a_saved_chart_names_the_rate_of_another_currency(
    charts: tuple[CostChart, CostChart], session: Session
) -> None:
    session.edit("currency.code", "EUR")
    session.edit("currency.per_usd", 0.9)
    session.edit("currency.date", "bank & <b>")
    contents = charts[USAGE].contents
    assert contents
    drawing = chart_svg(contents).decode()
    assert "$1 = €0.9, bank &amp; &lt;b&gt;" in drawing


def test_a_chart_that_can_t_be_saved_says_so(
    charts: tuple[CostChart, CostChart], tmp_path: Path
) -> None:
    errors: list[Exception] = []
    charts[USAGE].failed.connect(errors.append)
    charts[USAGE].save_to(tmp_path / "nowhere" / "chart.png")
    assert "its folder does not exist" in str(errors[0])


def test_a_chart_is_a_table_as_well(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    session.edit("usage.hours", 160.0)
    chart = charts[USAGE]
    chart.table_action.trigger()
    (dialog,) = chart.window().findChildren(ChartTable)
    grid = dialog.grid
    here = [grid.model().index(grid.currentRow(), column).data() for column in (0, 1, 6)]
    assert here == ["160 h", "$15.36", "$606.10"]
    assert "$606.10 a month at the current 160 h" in dialog.words.text()
    qtbot.mouseClick(dialog.copy_button, LEFT)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:2] == ["Usage hours per month", "Server"]
    assert len(copied) == grid.rowCount() + 1
    dialog.close()


def test_a_charts_table_says_at_which_rate_it_was_converted(
    charts: tuple[CostChart, CostChart], session: Session, qtbot: QtBot
) -> None:
    session.edit("currency.code", "EUR")
    session.edit("currency.per_usd", 0.5)
    chart = charts[USAGE]
    chart.table_action.trigger()
    (dialog,) = chart.window().findChildren(ChartTable)
    assert dialog.words.text().endswith(" at 720 h. In EUR, $1 = €0.5.")
    assert dialog.grid.accessibleDescription() == dialog.words.text()
    dialog.copy()
    assert QGuiApplication.clipboard().text().splitlines()[-1] == "In EUR, $1 = €0.5"
    dialog.close()


# Side by side


def test_charts_stand_side_by_side_or_share_tabs(qtbot: QtBot, tmp_path: Path) -> None:
    pair = ChartPair(cost_charts(tmp_path))
    qtbot.addWidget(pair)
    pair.resize(WIDE + 200, 300)
    pair.show()
    assert all(chart.isVisible() for chart in pair.charts) and not pair.tabs.isVisible()
    pair.resize(WIDE - 100, 300)
    assert [chart.isVisible() for chart in pair.charts] == [True, False]
    assert pair.tabs.isVisible()
    pair.tabs.setCurrentIndex(1)
    assert [chart.isVisible() for chart in pair.charts] == [False, True]
    pair.resize(WIDE + 200, 300)
    assert all(chart.isVisible() for chart in pair.charts)
