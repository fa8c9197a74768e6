"""What can be read and reached in a window of 1024 × 700, in other currencies and fonts too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.charts.costs import PLAN
from mlflow_cost_desktop.gui.answer.views import UNCERTAINTY
from mlflow_cost_desktop.gui.charts.card import CostChart
from mlflow_cost_desktop.gui.toolkit.in_sight import MOMENT_MS
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import ManagedPlan

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SMALL = 1024, 700
NO_BREAK = "\N{NO-BREAK SPACE}"
YEN = Currency(code="JPY", per_usd=156.789, date="2026-11-20")


@pytest.fixture
def small(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The program's window on a small screen, its hints put away."""
    window.hints.close_button.click()
    window.resize(*SMALL)
    _settle(window, qtbot)
    return window


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    """The system's font is of 20 px."""
    usual, large = qapp.font(), QFont("Sans Serif")
    large.setPixelSize(20)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)
    QApplication.processEvents()


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    """Until chart and plan are there, and the layout is done with all that it asked for."""
    chart, plan = _chart(window), window.summary.plan
    qtbot.waitUntil(lambda: chart.canvas.view is not None)
    plan.refresh()
    for _ in range(10):
        QApplication.processEvents()


def _chart(window: MainWindow) -> CostChart:
    """The one in sight, or the first: in a small window there is room for one."""
    return next(chart for chart in window.charts.charts if chart.isVisible())


def _plot_height(chart: CostChart) -> float:
    view = chart.canvas.view
    assert view and view.plot
    return view.plot.area.height() * view.scale_of_font


def _is_in_sight(widget: QWidget) -> bool:
    """Whether all of a widget can be seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("view", ["parts", "options"])
def test_the_charts_of_all_samples_can_be_read(small: MainWindow, qtbot: QtBot, view: str) -> None:
    for path in small.samples.values():
        assert small.document.load(path)
        for tab in range(small.charts.tabs.count()):
            small.charts.tabs.setCurrentIndex(tab)
            chart = _chart(small)
            chart.views[view].click()
            _settle(small, qtbot)
            assert _plot_height(chart) >= 90.0
            assert small.lines.table.viewport().height() > 4 * 22


def test_all_of_the_answer_is_in_sight(small: MainWindow) -> None:
    assert small.answer.verticalScrollBar().maximum() == 0
    for widget in (small.summary, _chart(small).canvas, small.lines):
        assert _is_in_sight(widget)


def test_two_charts_side_by_side_are_as_high_as_the_longer_legend_asks(
    small: MainWindow, qtbot: QtBot
) -> None:
    small.resize(1360, 880)
    _settle(small, qtbot)
    for chart in small.charts.charts:
        chart.views["options"].click()
        _settle(small, qtbot)
        qtbot.waitUntil(lambda: small.charts.charts[1].canvas.view is not None)
        for one in small.charts.charts:
            assert one.canvas.geometry().bottom() < one.height(), one.name
            assert _plot_height(one) >= 90.0


@pytest.mark.usefixtures("large_font")
def test_in_a_large_font_the_charts_are_scrolled_to(small: MainWindow) -> None:
    chart = _chart(small)
    assert _plot_height(chart) >= 90.0
    assert small.answer.verticalScrollBar().maximum() > 0
    chart.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert _is_in_sight(chart.canvas)


def test_the_answer_is_as_wide_beside_a_scroll_bar(small: MainWindow, qtbot: QtBot) -> None:
    bar, before = small.answer.verticalScrollBar(), small.charts.width()
    small.hints.start()
    _settle(small, qtbot)
    assert bar.maximum() > 0
    assert small.charts.width() == before
    small.hints.close_button.click()
    _settle(small, qtbot)
    assert bar.maximum() == 0
    assert small.charts.width() == before


def test_the_edge_below_the_charts_can_be_moved_and_stays(small: MainWindow, qtbot: QtBot) -> None:
    splitter = small.this_month.splitter
    small.resize(SMALL[0], 900)
    _settle(small, qtbot)
    splitter.setSizes([splitter.height() - 200, 200])
    _settle(small, qtbot)
    before = splitter.sizes()
    assert before[1] == pytest.approx(200, abs=12)
    small.session.edit("usage.hours", 100.0)
    small.views.open(UNCERTAINTY)
    small.views.switch.setCurrentIndex(0)
    _settle(small, qtbot)
    assert splitter.sizes() == before


def _open_details(window: MainWindow, qtbot: QtBot, row: int = 0) -> None:
    """By the keys alone, of a line of the first part."""
    table = window.lines.table
    table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    table.setCurrentIndex(table.rows.index(row, 0, table.rows.index(0, 0)))
    qtbot.keyClick(table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)


def _current_row(window: MainWindow) -> QRect:
    """The part of the current row that can be seen, in px of the viewport."""
    table = window.lines.table
    seen = table.viewport().visibleRegion().boundingRect()
    return table.visualRect(table.currentIndex()).intersected(seen)


@pytest.mark.parametrize("currency", [Currency(), YEN])
def test_details_come_into_sight(small: MainWindow, qtbot: QtBot, currency: Currency) -> None:
    small.session.edit("currency", currency)
    _settle(small, qtbot)
    _open_details(small, qtbot)
    details = small.lines.details
    qtbot.waitUntil(lambda: details.isVisible() and _is_in_sight(details))
    assert not _current_row(small).isEmpty()


@pytest.mark.usefixtures("large_font")
def test_details_come_into_sight_in_a_large_font(small: MainWindow, qtbot: QtBot) -> None:
    small.session.edit("currency", YEN)
    _settle(small, qtbot)
    _open_details(small, qtbot)
    details = small.lines.details
    wanted = small.lines.height() // 3

    def seen() -> int:
        return details.visibleRegion().boundingRect().height()

    qtbot.waitUntil(lambda: details.isVisible() and seen() >= min(details.height(), wanted) - 1)
    assert not _current_row(small).isEmpty()


def test_details_stay_in_sight_from_line_to_line(small: MainWindow, qtbot: QtBot) -> None:
    _open_details(small, qtbot)
    details, table = small.lines.details, small.lines.table
    for _ in range(8):
        qtbot.keyClick(table, Qt.Key.Key_Down)
        _settle(small, qtbot)
        bottom = details.mapTo(small, QPoint(0, details.visibleRegion().boundingRect().bottom()))
        assert details.visibleRegion().boundingRect().height() >= min(details.height(), 60)
        assert bottom.y() < small.status_bar.y()
        assert not _current_row(small).isEmpty()


def test_figures_that_change_do_not_scroll_to_open_details(small: MainWindow, qtbot: QtBot) -> None:
    _open_details(small, qtbot)
    qtbot.waitUntil(lambda: _is_in_sight(small.lines.details))
    qtbot.wait(2 * MOMENT_MS)  # what was opened is no longer new
    small.inputs.tab_bar.setFocus(Qt.FocusReason.MouseFocusReason)
    bar = small.answer.verticalScrollBar()
    bar.setValue(0)
    small.session.edit("usage.hours", 100.0)
    small.hints.start()
    _settle(small, qtbot)
    assert bar.value() == 0


def test_f6_shows_the_current_line_of_a_table_scrolled_away(
    small: MainWindow, qtbot: QtBot
) -> None:
    table = small.lines.table
    table.setCurrentIndex(table.rows.index(0, 0, table.rows.index(0, 0)))
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert _current_row(small).isEmpty()
    small.usage_chart.canvas.setFocus()
    qtbot.keyClick(small.usage_chart.canvas, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is table
    assert not _current_row(small).isEmpty()


def test_a_click_scrolls_no_line(small: MainWindow, qtbot: QtBot) -> None:
    table = small.lines.table
    table.setCurrentIndex(table.rows.index(0, 0, table.rows.index(0, 0)))
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    small.usage_chart.canvas.setFocus()
    table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert bar.value() == bar.maximum()


def test_a_part_that_closes_takes_the_place_of_its_current_line(small: MainWindow) -> None:
    table = small.lines.table
    part = table.rows.index(0, 0)
    table.setCurrentIndex(table.rows.index(0, 0, part))
    table.collapse(part)
    assert table.currentIndex() == part
    small.usage_chart.canvas.setFocus()
    table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert not table.isExpanded(part)


@pytest.fixture
def in_yen(small: MainWindow, qtbot: QtBot) -> MainWindow:
    """A small window in which the header has too little room for its figures."""
    small.session.edit("currency", YEN)
    _settle(small, qtbot)
    return small


def _told_at(widget: QWidget, qtbot: QtBot) -> str:
    """What is shown once Tab has come to a widget."""
    QToolTip.hideText()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(QToolTip.isVisible)
    document = QTextDocument()
    document.setHtml(QToolTip.text())
    return document.toPlainText().replace(NO_BREAK, " ")


def test_figures_below_the_total_can_be_read_whole(in_yen: MainWindow, qtbot: QtBot) -> None:
    details = in_yen.summary.details
    assert details.elided != details.text()
    told = _told_at(details, qtbot)
    for figure in details.text().split(" · "):
        assert figure in told


def test_the_plan_beside_the_total_can_be_read_whole(in_yen: MainWindow, qtbot: QtBot) -> None:
    line = in_yen.summary.plan
    told = _told_at(line.button, qtbot)
    for label in (line.name, line.difference, line.holds):
        assert label.text() and label.text().replace(NO_BREAK, " ") in told


def test_lesser_figures_without_room_can_be_read_whole(in_yen: MainWindow, qtbot: QtBot) -> None:
    first = in_yen.summary.notices.findChild(ElidedLabel)
    assert isinstance(first, ElidedLabel)
    assert first.elided != first.text()
    assert _told_at(first, qtbot) == first.text()


def test_what_has_room_is_no_stop_for_tab(in_yen: MainWindow, qtbot: QtBot) -> None:
    details = in_yen.summary.details
    assert details.focusPolicy() == Qt.FocusPolicy.TabFocus
    in_yen.resize(1900, 900)
    _settle(in_yen, qtbot)
    assert details.elided == details.text()
    assert details.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_long_total_leaves_the_plan_its_room(in_yen: MainWindow, qtbot: QtBot) -> None:
    summary = in_yen.summary
    for rate in (156.789, 1_500.0, 4_000.0, 16_000.0):
        in_yen.session.edit("currency.per_usd", rate)
        _settle(in_yen, qtbot)
        figure, button = (
            QRect(widget.mapTo(summary, QPoint()), widget.size())
            for widget in (summary.plan.difference, summary.plan.button)
        )
        assert summary.rect().contains(figure) and not figure.intersects(button)


def test_a_long_name_in_a_legend_is_told_to_the_keyboard(small: MainWindow, qtbot: QtBot) -> None:
    name = "A managed service whose name is longer than any legend has room for"
    plan = ManagedPlan(id="long", name=name, base_usd=100.0)
    small.session.edit("plans", (plan,))
    small.session.edit("held_against", "long")
    _settle(small, qtbot)
    entry = _chart(small).legend.entries[PLAN]
    assert name in _told_at(entry, qtbot)
