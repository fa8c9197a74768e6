"""The prices in use: their dates and sign in the tool bar, and the list behind them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.prices import PricesDialog
from mlflow_cost_desktop.gui.dialogs.rate import RateDialog
from mlflow_cost_desktop.gui.dialogs.set_rate import set_rate
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.support import own_rate

SKU = "ec2/m5.large/on_demand"


def _click(qtbot: QtBot, window: MainWindow) -> PricesDialog:
    qtbot.mouseClick(window.tool_bar.prices, Qt.MouseButton.LeftButton)
    (dialog,) = (one for one in window.findChildren(PricesDialog) if one.isVisible())
    return dialog


def _rows(dialog: PricesDialog) -> list[list[str]]:
    found = (dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount()))
    return [[item.text(column) for column in range(3)] for item in found if item]


def test_a_click_on_the_dates_lists_every_price_of_the_estimate(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = _click(qtbot, window)
    rows = _rows(dialog)
    assert rows[0][:3] == [
        "EC2 · m5.large · on demand",
        "$0.096 / h",
        "AWS price list · 2026-07-20",
    ]
    assert dialog.way.text().startswith("How it came here: github aws/karpenter-provider-aws")
    assert rows[-1][2:] == ["default rate"]
    way = dialog.way.geometry()
    dialog.list.setCurrentIndex(dialog.list.model().index(len(rows) - 1, 0))
    assert dialog.way.text() == "" and dialog.way.geometry() == way, "nothing moves"
    assert not any("github" in cell for row in rows for cell in row), "a reader's words"
    assert dialog.list.horizontalScrollBar().maximum() == 0
    charges = window.session.study.estimate.charges
    assert len(rows) == len({c.price.sku_id for c in charges if c.is_worth_showing})
    assert dialog.intro.text() == "US East (N. Virginia). Every provider price is listed."


def test_tab_goes_through_the_buttons_from_the_top(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _click(qtbot, window)
    dialog.list.setFocus()
    stops: list[QWidget | None] = []
    for _ in range(2):
        dialog.focusNextChild()
        stops.append(dialog.focusWidget())
    assert [stop.text() for stop in stops if isinstance(stop, QPushButton)] == [
        "&Your rate…",
        "Close",
    ]


def test_a_price_is_replaced_and_set_back_from_the_list(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _click(qtbot, window)
    rate, back = dialog.buttons["&Your rate…"], dialog.buttons["Use the &list price"]
    assert rate.isEnabled() and not back.isEnabled()
    qtbot.mouseClick(rate, Qt.MouseButton.LeftButton)
    (asked,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, RateDialog))
    asked.rate.line.selectAll()
    qtbot.keyClicks(asked.rate.line, "0.05")
    qtbot.keyClick(asked.rate.line, Qt.Key.Key_Return)
    assert _rows(dialog)[0][1:3] == ["$0.05 / h", "your rate"]
    assert "1 line with a price of your own" in dialog.intro.text()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert _rows(dialog)[0][1] == "$0.096 / h"
    dialog.list.setCurrentIndex(dialog.list.model().index(len(_rows(dialog)) - 1, 0))
    assert dialog.key.startswith("labor/")
    assert not rate.isEnabled(), "rates of work are inputs of their own"


def test_the_sign_behind_the_dates_tells_of_other_prices(window: MainWindow) -> None:
    button = window.tool_bar.prices

    def sign() -> QImage:
        return button.grab().toImage().copy(button.width() - 30, 0, 29, button.height())

    def told() -> str:
        assert button.accessibleDescription() in button.toolTip()
        return button.accessibleDescription()

    listed = sign()
    assert told() == "Every provider price is listed"
    set_rate(window.session, own_rate(SKU, (0.0, 0.05)))
    assert told() == "1 line with a price of your own"
    otherwise = sign()
    assert otherwise != listed
    window.session.edit("server.ec2.purchase", "spot")
    assert told() == "1 line without a price"
    assert sign() == otherwise
    for _ in range(2):
        window.session.undo_stack.undo()
    assert told() == "Every provider price is listed"
    assert sign() == listed


def test_what_concerns_prices_stands_in_its_menu(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == ["&File", "&Edit", "&View", "&Prices", "&Help"]
    menu = window.menuBar().actions()[3].menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "&Prices in use…",
        "Your &rates…",
        "Your &lines…",
        "",
        "&Update prices…",
    ]


def test_a_rate_is_asked_for_beside_the_list_price_and_where_it_is_found(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = _click(qtbot, window)
    qtbot.mouseClick(dialog.buttons["&Your rate…"], Qt.MouseButton.LeftButton)
    (asked,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, RateDialog))
    (about,) = (one for one in asked.findChildren(QLabel) if one.text().startswith("List price"))
    assert about.text() == f"List price: $0.096 / h\n{SKU} · 2026-07-20"
    assert "github aws/karpenter-provider-aws" in about.toolTip()
