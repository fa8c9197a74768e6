"""The window as a whole: tabs, toolbar, menus, keys and looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.inputs.editors import (
    ChoiceEditor,
    MachineEditor,
    NumberEditor,
    SegmentedEditor,
    TextEditor,
)
from mlflow_cost_desktop.gui.inputs.input_panel import SCENARIO_TAB, TABS
from mlflow_cost_desktop.gui.toolkit.theme import DARK, LIGHT
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.own import OwnLine
from tests.gui.helpers import (
    MARKUP,
    answering_dialog,
    choose,
    editor,
    line,
    message_box,
    number,
    problem,
    rows,
    type_into,
    written,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _go_to(qtbot: QtBot, window: MainWindow, tab: str) -> None:
    rect = window.tab_bar.tabRect(list(TABS).index(tab))
    qtbot.mouseClick(window.tab_bar, Qt.MouseButton.LeftButton, pos=rect.center())
    assert window.inputs.tab(tab).isVisible()


def _tab_names(window: MainWindow) -> list[str]:
    bar = window.tab_bar
    return [bar.accessibleTabName(index) for index in range(bar.count())]


# --- Tabs ----------------------------------------------------------------------------------


def test_tabs_carry_their_subtotals(window: MainWindow, qtbot: QtBot) -> None:
    assert _tab_names(window) == [
        "Server, $69.12",
        "Metadata store, $125.42",
        "Artifact store, $23.55",
        "Network, $0.00",
        "Maintenance, $441.77",
        "Managed plans",
        "Scenario",
    ]
    type_into(qtbot, editor(window, "usage.hours"), "160")
    assert _tab_names(window)[:2] == ["Server, $15.36", "Metadata store, $125.42"]


def test_every_tab_opens_its_form(window: MainWindow, qtbot: QtBot) -> None:
    for tab, path in {
        "metadata_store": "metadata_store.rds.engine",
        "artifact_store": "artifact_store.stored_gb",
        "labor": "labor.tasks.set_up.hours",
        SCENARIO_TAB: "horizon_months",
        "server": "server.ec2.replicas",
    }.items():
        _go_to(qtbot, window, tab)
        assert editor(window, path).isVisible()


def test_a_tab_that_comes_up_shows_only_rows_that_matter(window: MainWindow, qtbot: QtBot) -> None:
    # Its rows are made while the tab is in view already; Qt shows them a moment later.
    _go_to(qtbot, window, "metadata_store")
    QApplication.processEvents()
    assert editor(window, "metadata_store.rds.storage_type").isVisible()
    form = window.inputs.tab("metadata_store").form
    assert form.editor_of("metadata_store.rds.iops") is None
    choose(qtbot, editor(window, "metadata_store.rds.storage_type"), "gp3")
    assert editor(window, "metadata_store.rds.iops").isVisible()


def test_a_tab_comes_up_to_date_when_it_comes_into_view(window: MainWindow, qtbot: QtBot) -> None:
    _go_to(qtbot, window, "artifact_store")
    type_into(qtbot, editor(window, "artifact_store.stored_gb"), "700")
    _go_to(qtbot, window, "server")
    window.undo_action.trigger()
    _go_to(qtbot, window, "artifact_store")
    assert written(editor(window, "artifact_store.stored_gb")) == "1,024 GB"
    assert window.inputs.tab("artifact_store").arithmetic.text.splitlines()[0].endswith("= $23.55")


def test_everything_moves_with_one_key(window: MainWindow, qtbot: QtBot) -> None:
    hours = number(window, "usage.hours")
    hours.setFocus()
    hours.selectAll()
    qtbot.keyClicks(hours, "0")
    assert window.summary.total.text() == "$590.74"
    assert _tab_names(window)[0] == "Server, $0.00"
    assert line(window.lines.table.model(), "Server")[3] == "0.00"
    assert "Instance hours (m5.large, on demand)" not in [
        cells[0] for cells in rows(window.lines.table.model())
    ]
    contents = window.usage_chart.contents.found
    assert contents is not None and round(contents.current_cost) == 591
    assert window.inputs.tab("server").arithmetic.text == ""


def test_a_field_that_refuses_says_so_in_its_tab(window: MainWindow, qtbot: QtBot) -> None:
    hours = editor(window, "usage.hours")
    type_into(qtbot, hours, "5000")
    assert problem(hours) == "Usage: it must be at most 1,000; 720 stays."
    assert window.session.scenario.usage.hours <= 1000.0


# --- Toolbar and status bar ----------------------------------------------------------------


def test_the_region_chooser_prices_anew(window: MainWindow, qtbot: QtBot) -> None:
    regions = window.tool_bar.regions
    assert regions.currentText() == "US East (N. Virginia) · us-east-1"
    assert regions.count() == len(window.session.shelf.regions)
    choose(qtbot, regions, "us-east-2")
    assert window.session.scenario.region_id == "us-east-2"
    choose(qtbot, regions, "eu-west-1")
    assert _tab_names(window)[0] == "Server, $77.04"
    assert window.session.undo_stack.count() == 1
    window.undo_action.trigger()
    assert regions.currentData() == "us-east-1"
    assert _tab_names(window)[0] == "Server, $69.12"


def test_the_dates_of_the_prices_stand_in_the_toolbar(window: MainWindow, qtbot: QtBot) -> None:
    dates = window.session.study.estimate.price_dates
    assert dates is not None
    assert window.tool_bar.prices.text() == f"Prices {dates[0]} – {dates[1]}"
    window.session.edit("server.ec2.replicas", 0.0)
    window.session.edit("artifact_store.stored_gb", 0.0)
    (only,) = {
        charge.price.date
        for charge in window.session.study.estimate.charges
        if charge.component == "metadata_store" and charge.effective_cost
    }
    assert window.tool_bar.prices.text() == f"Prices {only}"
    window.session.edit("discount", 100.0)
    assert window.tool_bar.prices.text() == "No provider prices"


def test_bars_are_as_high_as_they_are_drawn(window: MainWindow) -> None:
    bar = window.tool_bar
    tools = [*bar.findChildren(QToolButton), bar.regions]
    assert {tool.height() for tool in tools if tool.isVisible()} == {30}
    strip = window.tab_bar.parentWidget()
    assert strip is not None
    assert (bar.height(), strip.height()) == (46, 56)


def test_lines_of_zero_are_shown_by_the_menu(window: MainWindow) -> None:
    def names() -> list[str]:
        return [cells[0] for cells in rows(window.lines.table.model())]

    assert "GET requests" not in names()
    window.zero_lines_action.trigger()
    assert "GET requests" in names()
    window.zero_lines_action.trigger()
    assert "GET requests" not in names()


# --- Undo and redo -------------------------------------------------------------------------


def test_undo_and_redo_name_their_step(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.undo_action.isEnabled()
    type_into(qtbot, editor(window, "usage.hours"), "160")
    assert window.undo_action.text() == "&Undo Usage"
    window.undo_action.trigger()
    assert window.redo_action.text() == "&Redo Usage"
    assert written(editor(window, "usage.hours")) == "720 h / month"
    assert not window.undo_action.isEnabled()
    window.redo_action.trigger()
    assert written(editor(window, "usage.hours")) == "160 h / month"
    buttons = window.tool_bar.findChildren(QToolButton)
    undo = next(button for button in buttons if button.defaultAction() == window.undo_action)
    assert undo.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert undo.toolTip() == "Undo"
    assert not window.undo_action.icon().isNull()


def test_undo_keys_work_where_the_user_types(window: MainWindow, qtbot: QtBot) -> None:
    hours = editor(window, "usage.hours")
    type_into(qtbot, hours, "160")
    qtbot.keyClick(hours, Qt.Key.Key_Z, CONTROL)
    assert window.session.scenario.usage.hours == 720.0
    qtbot.keyClick(hours, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.session.scenario.usage.hours == 160.0
    qtbot.keyClick(hours, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(hours, Qt.Key.Key_Y, CONTROL)
    assert window.session.scenario.usage.hours == 160.0


def test_enter_and_leaving_a_field_end_a_step(window: MainWindow, qtbot: QtBot) -> None:
    stored = editor(window.inputs.open_tab("artifact_store"), "artifact_store.stored_gb")
    type_into(qtbot, stored, "20")
    type_into(qtbot, stored, "4321")
    held = window.session.scenario.artifact_store
    assert held.stored_gb == 4321.0
    for expected in (20.0, 1024.0):
        qtbot.keyClick(stored, Qt.Key.Key_Z, CONTROL)
        assert window.session.scenario.artifact_store.stored_gb == expected
    stored.selectAll()
    qtbot.keyClicks(stored, "77")
    qtbot.keyClick(stored, Qt.Key.Key_Tab)
    stored.setFocus()
    stored.selectAll()
    qtbot.keyClicks(stored, "88")
    window.undo_action.trigger()
    assert window.session.scenario.artifact_store.stored_gb == 77.0


# --- Keys ----------------------------------------------------------------------------------


def test_export_is_asked_for_from_any_field(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = answering_dialog(None)

    def ask(*arguments: object) -> tuple[str, str]:
        asked.append(str(arguments[1]))
        return answer(*arguments)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)

    def export_from(field: QWidget) -> None:
        field.setFocus()
        before = len(asked)
        qtbot.keyClick(field, Qt.Key.Key_E, CONTROL)
        assert asked[before:] == ["Export PDF"], field.objectName()

    for tab, paths in {
        "server": ("usage.hours", "usage.by", "server.ec2.instance_type"),
        SCENARIO_TAB: ("name", "horizon_months", "currency.code"),
    }.items():
        window.inputs.open_tab(tab)
        for path in paths:
            export_from(editor(window, path))
    for field in (window.lines.search_box, window.lines.table, window.usage_chart.canvas):
        export_from(field)


def test_keys_lead_from_tab_to_tab(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.tab_bar
    hours = editor(window, "usage.hours")
    hours.setFocus()
    for digit in range(bar.count(), 0, -1):
        key = Qt.Key(Qt.Key.Key_0 + digit)
        qtbot.keyClick(QApplication.focusWidget() or window, key, Qt.KeyboardModifier.AltModifier)
        assert bar.currentIndex() == digit - 1
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab, CONTROL)
    assert bar.currentIndex() == 1
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Backtab, CONTROL | SHIFT)
    assert bar.currentIndex() == bar.count() - 1


def test_f6_leads_from_pane_to_pane_and_back_to_where_one_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    hours, table = editor(window, "usage.hours"), window.lines.table

    def go(modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget | None:
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6, modifiers)
        return QApplication.focusWidget()

    assert go() is window.tab_bar
    hours.setFocus()
    assert go() is window.usage_chart.canvas
    assert go() is table
    window.lines.search_box.setFocus()
    assert go() is hours, "where the keyboard was before"
    assert go(SHIFT) is window.lines.search_box
    assert go(SHIFT) is window.usage_chart.canvas
    window.session.edit("usage.by", "schedule")
    assert not hours.isVisible()
    assert go(SHIFT) is window.tab_bar, "what was there is gone"


def test_the_usual_keys_are_there(window: MainWindow) -> None:
    for action, key in {
        window.new_action: "Ctrl+N",
        window.open_action: "Ctrl+O",
        window.save_action: "Ctrl+S",
        window.save_as_action: "Ctrl+Shift+S",
        window.export_action: "Ctrl+E",
        window.undo_action: "Ctrl+Z",
        window.redo_action: "Ctrl+Y",
        window.quit_action: "Ctrl+Q",
    }.items():
        assert QKeySequence(key) in action.shortcuts(), key


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = Counter(
        key.toString()
        for action in window.findChildren(QAction)
        for key in action.shortcuts()
        if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_lines_of_a_menu_share_a_letter(window: MainWindow) -> None:
    menus: list[QWidget] = [window.menuBar(), *window.findChildren(QMenu)]
    for menu in menus:
        letters = [
            action.text().partition("&")[2][:1].lower()
            for action in menu.actions()
            if "&" in action.text()
        ]
        assert len(letters) == len(set(letters)), [action.text() for action in menu.actions()]


@pytest.mark.parametrize("tab", ["server", "metadata_store", "artifact_store", SCENARIO_TAB])
def test_tab_reaches_every_editor_in_the_order_of_reading(
    window: MainWindow, qtbot: QtBot, tab: str
) -> None:
    _go_to(qtbot, window, tab)
    kinds = (NumberEditor, ChoiceEditor, SegmentedEditor, TextEditor, MachineEditor)
    form = window.inputs.tab(tab).form
    visible = [w for w in form.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    # Those that wait for a number that is zero are in sight, and nothing can be typed there.
    visible = [editor for editor in visible if editor.isEnabled()]
    visible.sort(key=lambda w: w.mapTo(form, w.rect().topLeft()).y())
    reached: list[str] = []
    visible[0].setFocus()
    for _ in visible:
        focus = QApplication.focusWidget()
        assert focus is not None
        holder = focus.parent() if focus.objectName() == "segment" else focus
        assert holder is not None
        reached.append(holder.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert reached == [w.objectName() for w in visible]
    assert not window.undo_action.isEnabled(), "walking through the form edits nothing"


# --- Looks ---------------------------------------------------------------------------------


def _choose_appearance(window: MainWindow, name: str) -> None:
    for action in window.appearance_group.actions():
        if action.data() == name:
            action.trigger()


def test_light_and_dark_switch_live(window: MainWindow) -> None:
    for name, colors in (("dark", DARK), ("light", LIGHT)):
        _choose_appearance(window, name)
        palette = QApplication.palette()
        assert palette.color(QPalette.ColorRole.Base).name() == colors["base"]
        assert palette.color(QPalette.ColorRole.WindowText).name() == colors["text"]
        for chart in (window.usage_chart, window.storage_chart):
            assert chart.canvas.grab().toImage().pixelColor(2, 2).name() == colors["base"]
        picture = window.grab().toImage()
        right = window.summary.mapTo(window, window.summary.rect().topRight())
        assert picture.pixelColor(right.x() + 4, right.y()).name() == colors["base"]


def test_appearance_is_remembered(make_window: Callable[[], MainWindow]) -> None:
    _choose_appearance(make_window(), "dark")
    again = make_window()
    assert again.theme.is_dark
    chosen = again.appearance_group.checkedAction()
    assert chosen is not None and chosen.data() == "dark"


@pytest.mark.parametrize(
    "content", [b"\x00\xff garbage", b"[General]\nappearance=purple\n", b"[General", b""]
)
def test_broken_settings_are_as_none(
    make_window: Callable[[], MainWindow], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "settings.ini").write_bytes(content)
    window = make_window()
    chosen = window.appearance_group.checkedAction()
    assert chosen is not None and chosen.data() == "system"


def test_settings_that_can_not_be_written_hurt_nobody(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    (tmp_path / "settings").write_text("a file where the folder should be")
    window = make_window()
    _choose_appearance(window, "dark")
    assert window.theme.is_dark


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1360, 880)])
def test_nothing_is_cut_at_the_usual_sizes(
    window: MainWindow, qtbot: QtBot, width: int, height: int
) -> None:
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.size().width() == width)
    assert (window.width(), window.height()) == (width, height)
    bar = window.tab_bar
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()
    tab = window.inputs.tab("server")
    inside = tab.widget()
    assert inside is not None
    assert inside.width() <= tab.viewport().width()
    header = window.lines.table.header()
    assert header.length() <= window.lines.table.viewport().width()
    qtbot.waitUntil(lambda: window.lines.table.viewport().height() > 4 * 22)


def test_large_subtotals_can_be_read(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    bar, left = window.tab_bar, window.tab_bar.parentWidget()
    last = bar.count() - 1
    assert left is not None
    for subtotal in ("$1.2M", "$10,098.13", "CHF 100’098"):
        for index in range(5):
            bar.show_subtotal(index, subtotal)
        qtbot.waitUntil(lambda: bar.tabRect(last).right() <= bar.width())
        assert window.width() == 1024, subtotal
        assert left.width() <= left.maximumWidth(), subtotal


def test_long_words_do_not_widen_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    window.session.edit("name", MARKUP * 3)
    window.document.export.done.emit(Path("/", *["a-very-long-folder-name"] * 20, "report.pdf"))
    qtbot.waitUntil(window.open_result.isVisible)
    assert window.width() == 1024
    for widget in (window.open_result, window.line_count):
        right = widget.mapTo(window, widget.rect().topRight()).x()
        assert right <= window.width(), "what stands right of the path stays in sight"


def test_a_list_that_would_be_too_long_is_told(window: MainWindow) -> None:
    many = tuple(OwnLine(id=f"line_{at}", name="x", usd=1.0) for at in range(201))
    window.session.edit("own_lines", many)
    box = message_box()
    assert "at most 200" in box.text()
    box.close()
    assert window.session.scenario.own_lines == ()
