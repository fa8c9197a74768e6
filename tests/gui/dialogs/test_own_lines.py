"""Your lines: added, edited, copied and removed in the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.own_lines import LineDialog, LinesDialog, add_line
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.own import OwnLine
from tests.gui.conftest import Desk
from tests.gui.dialogs.test_own_rates import dialog
from tests.gui.helpers import MARKUP, line, own_panel

INSIDE = QPoint(8, 8)
"""From the corner of a box to its mark."""

VPN = OwnLine(id="vpn", name="VPN", component="network", quantity=2.0, usd=12.5)


def test_a_line_is_added_where_the_table_was_pointed_at(qtbot: QtBot, window: MainWindow) -> None:
    table = window.lines.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(3, 0))
    assert table.current_part() == "network"
    qtbot.keyClick(table, Qt.Key.Key_Insert)
    asked = dialog(LineDialog)
    assert asked.component.currentData() == "network"
    qtbot.keyClicks(asked.name, "Support plan")  # what stood there is selected
    asked.rate.line.setText("29")
    assert asked.outcome.text() == "1 unit × $29 / unit = $29.00 a month"
    asked.use.click()
    assert line(table.rows, "Support plan")[1:] == ["1 unit", "$29 / unit", "29.00", "your line"]
    assert [one.id for one in window.session.scenario.own_lines] == ["support_plan"]
    assert window.session.undo_stack.undoText() == "Add Support plan"


def test_a_line_paid_once_is_spread(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("own_lines", (VPN,))
    window.lines.line_requested.emit("vpn")
    asked = dialog(LineDialog)
    asked.period.setCurrentIndex(asked.period.findData("once"))
    asked.unit.setText("day")
    assert asked.rate.unit.text() == "$ / day"
    assert asked.outcome.text() == "2 days ÷ 36 months × $12.50 / day = $0.69 a month"
    asked.use.click()
    (changed,) = window.session.scenario.own_lines
    assert (changed.id, changed.period, changed.unit) == ("vpn", "once", "day")


def test_what_a_rate_comes_to_stands_beside_it_in_the_unit_of_the_line(desk: Desk) -> None:
    desk.session.edit("own_lines", (VPN,))
    desk.dialogs.edit_line("vpn")
    asked = dialog(LineDialog)
    asked.unit.setText("GB")
    asked.rate.line.setText("3/4")
    assert asked.rate.unit.text() == "= 0.75 $ / GB"
    asked.quantity.line.setText("1e3")
    assert asked.quantity.unit.text() == "= 1000"
    assert asked.rate.unit.text() == "= 0.75 $ / GB"
    asked.close()


def test_what_is_wrong_with_a_line_is_said_beside_it(desk: Desk) -> None:
    desk.session.edit("own_lines", (VPN,))
    desk.dialogs.edit_line("vpn")
    asked = dialog(LineDialog)
    asked.name.setText(" ")
    assert not asked.name_problem.isHidden() and not asked.use.isEnabled()
    asked.name.setText("VPN")
    asked.quantity.line.setText("many")
    assert asked.quantity.problem.text().startswith("“many” is no number")
    asked.quantity.line.setText("3")
    assert asked.use.isEnabled()
    asked.reject()
    assert desk.session.scenario.own_lines == (VPN,)


def test_lines_are_copied_and_removed_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.session.edit("own_lines", (VPN,))
    table = window.lines.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, 0, table.rows.index(3, 0)))
    assert table.currentIndex().data() == "VPN"
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in window.session.scenario.own_lines] == ["VPN", "VPN (copy)"]
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert [one.id for one in window.session.scenario.own_lines] == ["vpn_copy"]
    assert window.session.undo_stack.undoText() == "Remove VPN"


def test_the_list_of_lines(window: MainWindow) -> None:
    window.session.edit("own_lines", (VPN, VPN.model_copy(update={"id": "b", "name": MARKUP})))
    own_panel(window).lines.click()
    listed = dialog(LinesDialog)
    texts = [
        [item.text(column) for column in range(5)]
        for item in map(listed.list.topLevelItem, range(2))
        if item
    ]
    assert texts[0] == ["VPN", "Network", "2 units", "$12.50 / unit", "A month"]
    assert texts[1][0] == MARKUP
    assert own_panel(window).line_count.text() == "2 lines of yours"
    listed.buttons["&Duplicate"].click()
    assert listed.list.topLevelItemCount() == 3
    listed.buttons["&Remove"].click()
    listed.buttons["&Edit…"].click()
    dialog(LineDialog).reject()
    listed.reject()


def test_a_long_name_is_copied_within_its_bounds(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("own_lines", (VPN.model_copy(update={"name": "x" * 80}),))
    window.lines.line_copied.emit("vpn")
    assert [len(one.name) for one in window.session.scenario.own_lines] == [80, 80]


def test_a_line_leads_to_its_tab_and_field(qtbot: QtBot, window: MainWindow) -> None:
    window.lines.input_requested.emit("metadata_store", "metadata_store.rds.storage_gb")
    assert window.tab_bar.currentIndex() == 1
    focus = QGuiApplication.focusObject()
    assert focus is not None
    field = window.inputs.tab("metadata_store").form.editor_of("metadata_store.rds.storage_gb")
    assert field is not None and field.hasFocus()
    window.lines.input_requested.emit("labor", "")
    assert window.tab_bar.currentIndex() == list(TABS).index("labor")
    window.lines.input_requested.emit("server", "usage.hours")
    assert window.tab_bar.currentIndex() == 0


def test_ctrl_f_searches_the_lines(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.lines.search_box.hasFocus()


def shown_rows(asked: LineDialog) -> set[str]:
    """The names of the rows that are asked for at present."""
    widgets = {
        "quantity": asked.quantity,
        "unit": asked.unit,
        "rate": asked.rate,
        "period": asked.period,
        "percent": asked.percent,
        "plan": asked.plan,
        **asked.parts,
    }
    return {name for name, widget in widgets.items() if widget.isVisible()}


def test_a_percentage_of_chosen_parts_is_asked_for_and_follows_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    """By hand: 10 % of the server's 69.12 and of the database's 125.42."""
    add_line(window.session, window, "network")
    asked = dialog(LineDialog)
    quantity = {"quantity", "unit", "rate", "period"}
    assert shown_rows(asked) == quantity
    asked.by.setCurrentIndex(asked.by.findData("percent"))
    assert shown_rows(asked) == {"percent", *asked.parts}
    asked.percent.line.setText("10")
    for part, box in asked.parts.items():
        if box.isChecked() != (part in ("server", "metadata_store")):
            qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().topLeft() + INSIDE)
    assert asked.outcome.text().endswith("= $19.45 a month")
    asked.use.click()
    (made,) = window.session.scenario.own_lines
    assert (made.by, made.percent, made.parts) == ("percent", 10.0, ("server", "metadata_store"))
    assert window.summary.total.text() == "$679.31"  # 659.86 + 19.45
    window.session.edit("server.ec2.replicas", 2.0)
    assert window.summary.total.text() == "$755.34"  # 2 × 69.12, and a tenth of it


def test_a_support_plan_is_asked_for_by_its_name(desk: Desk) -> None:
    desk.dialogs.add_line("network")
    asked = dialog(LineDialog)
    asked.by.setCurrentIndex(asked.by.findData("support"))
    assert shown_rows(asked) == {"plan"}
    assert asked.use.isEnabled() and asked.outcome.text()
    asked.by.setCurrentIndex(asked.by.findData("percent"))
    asked.percent.line.setText("many")
    assert not asked.use.isEnabled()
    asked.by.setCurrentIndex(asked.by.findData("quantity"))
    assert shown_rows(asked) == {"quantity", "unit", "rate", "period"}
    assert asked.use.isEnabled()  # what is wrong out of sight is no fault
    asked.reject()
    assert desk.session.scenario.own_lines == ()
