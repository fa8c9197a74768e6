"""Your rates: typed over a price of a line, checked, listed, and taken back."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QTableWidgetItem, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.own_rates import RatesDialog
from mlflow_cost_desktop.gui.dialogs.prices import PricesDialog
from mlflow_cost_desktop.gui.dialogs.rate import RateDialog
from mlflow_cost_desktop.gui.dialogs.set_rate import set_rate
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.conftest import Desk
from tests.gui.helpers import line, own_panel
from tests.support import own_rate

D = TypeVar("D", bound=QDialog)


def dialog(kind: type[D]) -> D:
    """The dialog of a kind that is open."""
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return found


def ask(qtbot: QtBot, window: MainWindow, name: str) -> RateDialog:
    """Choose a line and press F2."""
    table = window.lines.table
    model = table.rows
    (found,) = model.match(
        model.index(0, 0),
        Qt.ItemDataRole.DisplayRole,
        name,
        1,
        Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive,
    )
    table.setFocus()
    table.setCurrentIndex(found)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    return dialog(RateDialog)


def test_a_dialog_has_room_for_what_is_wrong(qtbot: QtBot, window: MainWindow) -> None:
    asked = ask(qtbot, window, "Instance hours (m5.large")
    asked.rate.line.selectAll()
    qtbot.keyClicks(asked.rate.line, "abc")
    layout = asked.layout()
    assert layout is not None
    qtbot.waitUntil(lambda: asked.height() >= layout.totalHeightForWidth(asked.width()))
    assert asked.rate.problem.isVisible()
    assert asked.rate.problem.geometry().top() > asked.rate.line.geometry().bottom()


def test_a_rate_typed_over_a_line_counts_and_can_be_undone(
    qtbot: QtBot, window: MainWindow
) -> None:
    asked = ask(qtbot, window, "Instance hours (m5.large")
    assert asked.rate.line.text() == "0.096"  # the list price to begin with
    asked.rate.line.selectAll()
    qtbot.keyClicks(asked.rate.line, "0.05")
    qtbot.keyClick(asked.rate.line, Qt.Key.Key_Return)
    assert line(window.lines.table.rows, "Instance hours (m5.large")[2:] == [
        "$0.05 / h",
        "36.00",
        "your rate",
    ]
    stack = window.session.undo_stack
    assert stack.undoText() == "Your rate (ec2/m5.large/on_demand)"
    stack.undo()
    assert window.session.scenario.own_rates == ()


def test_the_list_price_comes_back_by_delete(qtbot: QtBot, window: MainWindow) -> None:
    set_rate(window.session, own_rate("ec2/m5.large/on_demand", (0.0, 0.05)))
    asked = ask(qtbot, window, "Instance hours (m5.large")
    asked.reject()
    qtbot.keyClick(window.lines.table, Qt.Key.Key_Delete)
    assert window.session.scenario.own_rates == ()
    assert line(window.lines.table.rows, "Instance hours (m5.large")[3] == "69.12"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "A figure is needed here."),
        ("cheap", "“cheap” is no number; write 1.5, 1500 or 1e6."),
        ("-1", "It must be at least 0."),
        ("2e9", "It must be at most 1,000,000,000."),
        ("$1,000.5", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(desk: Desk, typed: str, fault: str) -> None:
    desk.dialogs.ask_rate("ec2/m5.large/on_demand")
    asked = dialog(RateDialog)
    asked.rate.line.setText(typed)
    assert asked.rate.problem.text() == fault
    assert asked.use.isEnabled() == (not fault)
    asked.reject()


def cell(asked: RateDialog, row: int, column: int) -> QTableWidgetItem:
    item = asked.tiers.table.item(row, column)
    assert item is not None
    return item


def test_tiers_and_a_free_quantity(qtbot: QtBot, window: MainWindow) -> None:
    asked = ask(qtbot, window, "S3 Standard storage")
    assert asked.in_tiers.isChecked()  # the list price has tiers
    assert asked.tiers.table.rowCount() == 3
    asked.tiers.remove.click()
    cell(asked, 1, 0).setText("0")
    assert asked.tiers.problem.text() == "Tier 2: it must begin above 0."
    assert not asked.use.isEnabled()
    cell(asked, 1, 0).setText("500")
    cell(asked, 1, 1).setText("0.0000166667")
    asked.free.line.setText("24")
    asked.use.click()
    (rate,) = window.session.scenario.own_rates
    assert rate == own_rate("s3/standard/storage", (0.0, 0.023), (500.0, 0.0000166667), free=24.0)
    assert "$0.0000166667 / GB-month" in line(window.lines.table.rows, "S3 Standard storage (over")


def test_a_commitment_without_a_known_price_takes_an_upfront_part(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.edit("server.ec2.purchase", "compute_savings_plan")
    window.session.edit("server.ec2.payment", "partial_upfront")
    asked = ask(qtbot, window, "Instance hours (m5.large, Compute")
    assert asked.upfront.isVisible()
    asked.rate.line.setText("0.03")
    asked.upfront.line.setText("240")
    qtbot.mouseClick(asked.use, Qt.MouseButton.LeftButton)
    rows = window.lines.table.rows
    assert line(rows, "Instance hours (m5.large")[3] == "21.60"  # 720 × 0.03
    assert line(rows, "Upfront payment (m5.large")[3] == "20.00"  # 240 ÷ 12


def test_a_commitment_has_an_upfront_part_instead_of_tiers(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.edit("server.ec2.purchase", "reserved")
    window.session.edit("server.ec2.payment", "partial_upfront")
    asked = ask(qtbot, window, "Upfront payment")
    assert asked.rate.unit.text() == "$ / h"
    assert not asked.in_tiers.isVisible()
    asked.rate.line.setText("0.01")
    asked.upfront.line.setText("120")
    asked.use.click()
    assert line(window.lines.table.rows, "Upfront payment")[2:] == [
        "$120 / instance",
        "10.00",
        "your rate",
    ]


def test_all_rates_stand_in_one_list(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    set_rate(session, own_rate("ec2/m5.large/on_demand", (0.0, 0.05)))
    set_rate(session, own_rate("ec2/c5.large/on_demand", (0.0, 0.07)))
    set_rate(session, own_rate("rds_backup", (0.0, 0.2), region_id="eu-central-1"))
    own_panel(window).rates.click()
    listed = dialog(RatesDialog)
    rows = [[item.text(c) for c in range(5)] for item in _items(listed)]
    assert rows[0] == [
        "EC2 · m5.large · on demand",
        "ec2/m5.large/on_demand",
        "us-east-1",
        "$0.05 / h",
        "by the estimate",
    ]
    assert [row[4] for row in rows] == ["by the estimate", "by no line", "not in us-east-1"]
    listed.list.setCurrentItem(_items(listed)[2])
    assert not listed.buttons["&Edit…"].isEnabled()  # its list price is another region's
    listed.buttons["&Remove"].click()
    assert len(session.scenario.own_rates) == 2
    listed.buttons["Remove &all"].click()
    assert session.scenario.own_rates == () and not listed.empty.isHidden()
    session.undo_stack.undo()
    assert len(_items(listed)) == 2
    listed.reject()


def _items(listed: RatesDialog) -> list[QTreeWidgetItem]:
    found = (listed.list.topLevelItem(row) for row in range(listed.list.topLevelItemCount()))
    return [item for item in found if item is not None]


def test_two_rates_are_two_steps(window: MainWindow) -> None:
    session = window.session
    set_rate(session, own_rate("ec2/m5.large/on_demand", (0.0, 0.05)))
    set_rate(session, own_rate("rds_backup", (0.0, 0.2)))
    session.undo_stack.undo()
    assert [rate.sku_id for rate in session.scenario.own_rates] == ["ec2/m5.large/on_demand"]


def test_a_rate_is_added_from_the_prices_in_use(window: MainWindow) -> None:
    own_panel(window).rates.click()
    listed = dialog(RatesDialog)
    listed.buttons["&Add…"].click()
    prices = dialog(PricesDialog)
    prices.list.setCurrentIndex(prices.list.model().index(0, 0))
    prices.buttons["&Your rate…"].click()
    asked = dialog(RateDialog)
    asked.rate.line.setText("0.05")
    asked.use.click()
    assert [rate.tiers[0].usd for rate in window.session.scenario.own_rates] == [0.05]
    assert len(_items(listed)) == 1
    prices.reject()
    listed.reject()
