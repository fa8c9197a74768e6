"""Suggestions below a form: applied in one step, dismissed for good."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.inputs.suggestion_line import SuggestionLine
from mlflow_cost_desktop.gui.window.main_window import MainWindow


def lines(window: MainWindow, component: str) -> dict[str, SuggestionLine]:
    tab = window.inputs.tab(component)
    window.tab_bar.setCurrentIndex(list(TABS).index(component))
    tab.suggestions.refresh()
    return {line.suggestion.id: line for line in tab.suggestions.lines}


def press(qtbot: QtBot, button: QToolButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_reservation_is_applied_and_undone_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.scenario
    line = lines(window, "server")["server.ec2.reservation"]
    assert line.words.text().startswith("A one-year reservation")
    press(qtbot, line.apply_button)
    assert window.session.scenario.server.ec2.purchase == "reserved"
    assert "server.ec2.reservation" not in lines(window, "server")
    window.undo_action.trigger()
    assert window.session.scenario == before
    assert "server.ec2.reservation" in lines(window, "server")


def test_a_dismissed_offer_stays_away_with_the_scenario(qtbot: QtBot, window: MainWindow) -> None:
    line = lines(window, "metadata_store")["metadata_store.rds.companions"]
    press(qtbot, line.close_button)
    assert window.session.scenario.dismissed_offers == ("metadata_store.rds.companions",)
    assert "metadata_store.rds.companions" not in lines(window, "metadata_store")
    window.undo_action.trigger()
    assert window.session.scenario.dismissed_offers == ()


def test_offers_follow_by_themselves(qtbot: QtBot, window: MainWindow) -> None:
    lines(window, "server")
    window.session.edit("server.ec2.replicas", 3.0)
    tab = window.inputs.tab("server")
    qtbot.waitUntil(
        lambda: any("Several replicas" in x.words.text() for x in tab.suggestions.lines)
    )


def test_buttons_say_what_they_do(window: MainWindow) -> None:
    for line in lines(window, "server").values():
        assert line.close_button.accessibleName() == f"Dismiss: {line.suggestion.text}"
        assert line.apply_button.isVisible() == bool(line.suggestion.button)
        assert (
            line.apply_button.accessibleName()
            == f"{line.suggestion.button}: {line.suggestion.text}"
        )


def test_every_tab_looks_for_offers(window: MainWindow) -> None:
    for tab in TABS:
        lines(window, tab)


def test_offers_of_the_open_tab_are_in_sight_without_scrolling(window: MainWindow) -> None:
    window.show()
    lines(window, "metadata_store")
    lines(window, "server")
    shown = {name for name in TABS if window.inputs.tab(name).suggestions.isVisible()}
    assert shown == {"server"}
    suggestions, page = window.inputs.tab("server").suggestions, window.inputs.tab("server")
    assert (
        suggestions.mapTo(window, QPoint()).y() >= page.mapTo(window, QPoint(0, page.height())).y()
    )
