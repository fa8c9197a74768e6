"""The font follows the system's while the program runs, and so does everything beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QScrollArea,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.toolkit import theme as theme_module
from mlflow_cost_desktop.gui.toolkit.theme import font_scale
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from tests.gui.conftest import MakeWindow
from tests.gui.helpers import number

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LARGE = 24
"""Points of a very large font."""


@pytest.fixture(autouse=True)
def _usual_font_again(
    qapp: QApplication,
) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)
    QApplication.processEvents()


def _set_font_size(points: int) -> None:
    """As a desktop does whose user asks for a font of another size."""
    QApplication.setFont(QFont("Sans Serif", points))
    for _ in range(5):  # of what hears of it later, too
        QApplication.processEvents()


def _measures(window: MainWindow) -> dict[str, float]:
    """Heights and widths in px, one of each kind of thing that stands beside texts."""
    table = window.lines.table
    line = table.model().index(0, 0, table.model().index(0, 0))
    hours = number(window, "usage.hours")
    labels = window.inputs.current_tab.findChildren(QLabel, "field")
    return {
        "text": window.message.fontMetrics().height(),
        "field's label": labels[0].font().pixelSize(),
        "editor": hours.height(),
        "total": window.summary.total.height(),
        "parts' bar": window.summary.bar.height(),
        "legend": window.summary.legend.minimumSizeHint().height(),
        "tab": window.tab_bar.sizeHint().height(),
        "line": table.visualRect(line).height(),
        "heading of the lines": table.header().height(),
        "lines' font": table.cells.bold_advance("Server"),
        "icon": window.tool_bar.iconSize().height(),
        "card's title": window.usage_chart.title.fontMetrics().height(),
        "tag in the chart": _height_of_tag(window.usage_chart.canvas),
        "message": window.status_bar.message.fontMetrics().height(),
        "tool tip": QToolTip.font().pixelSize(),
    }


def _height_of_tag(canvas: ChartCanvas) -> int:
    """Px of the box beside the marker, near its left end where no letters stand."""
    canvas.fill()
    assert canvas.view
    picture, ink = canvas.view.grab().toImage(), QColor(canvas.look.ink)
    x = round((canvas.view.tag.place.left() + 5.0) * font_scale())
    return sum(picture.pixelColor(x, y) == ink for y in range(picture.height()))


def test_all_windows_and_dialogs_follow_the_systems_font(windows: Windows, qtbot: QtBot) -> None:
    one, two = windows.open_windows[0], windows.show_new()
    one.rates_action.trigger()
    (dialog,) = one.findChildren(ListDialog)
    for window in (one, two):
        window.resize(1800, 1200)
        window.grab()
    before = [_measures(window) for window in (one, two)]
    rows, scale = dialog.list.fontMetrics().height(), font_scale()
    _set_font_size(LARGE)
    grown = font_scale() / scale
    assert grown == pytest.approx(28 / 13)  # as 32 px are to the 15 of the usual font
    for window, usual in zip((one, two), before, strict=True):
        window.grab()
        found = {name: px / usual[name] for name, px in _measures(window).items()}
        # What is added as padding stays as it is.
        assert {name: by for name, by in found.items() if not 1.6 < by < 1.1 * grown} == {}
    assert dialog.list.fontMetrics().height() == pytest.approx(grown * rows, rel=0.05)
    _set_font_size(9)
    for window in (one, two):
        window.grab()
    assert [_measures(window) for window in (one, two)] == before
    dialog.close()


def test_a_theme_change_of_the_platform_brings_its_font(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The program's font is its own: Qt does not replace it where the platform's changes.
    monkeypatch.setattr(theme_module, "_system_font", lambda: QFont("Sans Serif", LARGE))
    QApplication.sendEvent(qapp, QEvent(QEvent.Type.ThemeChange))
    QApplication.processEvents()
    assert font_scale() == pytest.approx(28 / 13)
    assert window.theme.icon("undo").actualSize(window.tool_bar.iconSize() * 2).height() > 60


@pytest.mark.usefixtures("window")
def test_a_font_smaller_than_usual_changes_nothing(qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    _set_font_size(6)
    assert font_scale() == 1.0
    assert qapp.styleSheet() == sheet


def _covered(parent: QWidget) -> list[tuple[str, str]]:
    """Widgets of one parent that stand on each other."""
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    return [
        (repr(one), repr(other))
        for one, other in combinations(children, 2)
        if not one.geometry().intersected(other.geometry()).isEmpty()
    ]


def _place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint()), widget.size())


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1360, 880), (2560, 1440)])
def test_a_very_large_font_covers_nothing(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    _set_font_size(LARGE)
    window.summary.plan.refresh()
    window.resize(width, height)
    for _ in range(5):
        QApplication.processEvents()
    charts, whole = window.charts.charts, window.answer.widget()
    assert whole is not None
    views = [window.summary, window.hints, window.lines, window.inputs, whole]
    (bar,) = window.lines.findChildren(QWidget, "linesBar")
    forms = [form for form in window.inputs.findChildren(Form) if form.isVisible()]
    for view in (*views, bar, *charts, *forms):
        assert _covered(view) == []
    tabs = window.charts.tabs
    if tabs.isVisible():
        for button in charts[0].findChildren(QAbstractButton):
            assert not _place(button, window.charts).intersects(tabs.geometry())
    # What has no room is scrolled to, from top to bottom only.
    assert window.answer.horizontalScrollBar().maximum() == 0
    for form in forms:
        for editor in form.findChildren(QWidget):
            if editor.isVisible() and editor.parentWidget() is form:
                assert form.rect().contains(editor.geometry()), editor
    for view in (window.summary.total, window.summary.legend, *charts, window.lines.table):
        if view.isVisible():
            assert whole.rect().contains(_place(view, whole))


def test_a_very_large_font_stands_one_side_over_the_other_where_it_must(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    window.resize(1024, 700)
    assert window.splitter.orientation() == Qt.Orientation.Horizontal
    usual, center = window.splitter.sizes(), window.centralWidget()
    assert isinstance(center, QScrollArea)
    _set_font_size(LARGE)
    assert window.splitter.orientation() == Qt.Orientation.Vertical
    assert center.verticalScrollBar().maximum() > 0
    _set_font_size(9)
    assert window.splitter.orientation() == Qt.Orientation.Horizontal
    assert center.verticalScrollBar().maximum() == 0
    assert window.splitter.sizes() == pytest.approx(usual, abs=2)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_what_the_keyboard_reaches_comes_into_sight(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    window.resize(1024, 700)
    _set_font_size(LARGE)
    window.setFocus()
    seen: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in seen:
        assert widget is not None
        seen.append(widget)
        if widget is not window:
            assert not widget.visibleRegion().isEmpty(), widget
        qtbot.keyClick(widget, key)
        QApplication.processEvents()
    assert window.lines.table in seen


def test_what_the_keyboard_has_stays_in_sight_when_something_above_it_grows(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    _set_font_size(LARGE)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Backtab)
    table = window.lines.table
    assert QApplication.focusWidget() is table
    window.summary.setMinimumHeight(window.summary.height() + 2000)
    for _ in range(5):
        QApplication.processEvents()
    assert not table.visibleRegion().isEmpty()
