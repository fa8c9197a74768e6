"""What more a number has: the menu at its edge, the sign, and what is told of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.growth import GrowthDialog
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.inputs.number_editor import MORE, NumberEditor
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.growth import Growth

STORED = "artifact_store.stored_gb"


def editor(window: MainWindow, path: str = STORED, tab: str = "artifact_store") -> NumberEditor:
    found = window.inputs.open_tab(tab).form.editor_of(path)
    assert isinstance(found, NumberEditor)
    return found


def menu_of(number: NumberEditor) -> list[str]:
    return [action.text() for action in number.context_menu().actions() if action.text()]


def test_a_number_s_menu_offers_what_more_it_can_have(window: MainWindow) -> None:
    words = menu_of(editor(window))
    assert words[-2:] == ["Changes over &time…", "Has a ran&ge…"]
    assert any("Copy" in word for word in words)


def test_what_everything_is_counted_by_offers_nothing(window: MainWindow) -> None:
    for path in ("hours_in_month", "horizon_months"):
        number = editor(window, path, "scenario")
        assert "Changes over &time…" not in menu_of(number)
        assert number.signs == []


def test_an_optional_number_without_a_figure_offers_nothing(window: MainWindow) -> None:
    assert "Changes over &time…" not in menu_of(editor(window, "server.discount", "server"))


def test_the_menu_opens_the_dialog_for_that_input(window: MainWindow, qtbot: QtBot) -> None:
    number = editor(window)
    number.setFocus()
    number.extra_asked.emit("growth")
    (dialog,) = window.findChildren(GrowthDialog)
    assert dialog.path == STORED
    dialog.reject()


def test_dots_are_there_under_the_pointer_or_the_keyboard_and_move_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    number = editor(window)
    window.setFocus()
    assert number.signs == []
    before = number.lineEdit().textMargins(), number.unit_in_sight
    number.setFocus()
    assert number.signs == [MORE]
    assert (number.lineEdit().textMargins(), number.unit_in_sight) == before


def test_a_sign_shows_what_is_set_and_opens_the_menu(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _: opened.append(menu))
    number = editor(window)
    window.session.edit("growth", (Growth(path=STORED, amount=60.0, kept_months=24.0),), "Grow")
    assert number.signs == ["↗"]
    said = "Changes over time: +60 GB a month, deleted after 24 months"
    assert said in number.accessibleDescription()
    assert said in number.toolTip()
    ((_, square),) = number._signs()
    assert square.width() == 16
    line = number.lineEdit()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.mapFrom(number, square.center()))
    (menu,) = opened
    action, vary = menu.actions()
    assert action.text().startswith("Changes over &time: +60 GB a month, deleted after 24 months")
    assert action.text().count("…") == 1 and action.text().endswith("…")
    assert vary.text() == "Has a ran&ge…"
    assert not action.isCheckable()  # it opens a dialog, and switches nothing
    action.trigger()
    (dialog,) = window.findChildren(GrowthDialog)
    assert (dialog.amount.figure, dialog.kept.figure) == (60.0, 24.0)
    dialog.reject()
    window.session.undo_stack.undo()
    assert said not in number.accessibleDescription()


def test_numbers_of_lists_have_their_menu_too(window: MainWindow) -> None:
    tab = window.inputs.open_tab("labor")
    for form in tab.findChildren(Form):
        form.extra_asked.emit("labor.tasks.upgrades.hours", "growth")
        (dialog,) = (one for one in window.findChildren(GrowthDialog) if one.isVisible())
        assert dialog.path == "labor.tasks.upgrades.hours"
        dialog.reject()
    assert len(tab.findChildren(Form)) > 1
