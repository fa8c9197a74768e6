"""A list in which one of many entries is found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.typed_list import NamedList

# Popups ask for what the offscreen platform has not: to be raised, to have the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NAMES = {"users": "Team · Users", "kept": "Stored · Artifacts kept", "hour": "Labor · Hourly rate"}


@pytest.fixture
def names(qtbot: QtBot) -> Iterator[NamedList]:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    made = NamedList()
    QVBoxLayout(dialog).addWidget(made)
    for data, name in NAMES.items():
        made.addItem(name, data)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    made.line.selectAll()
    yield made
    dialog.close()


def test_what_has_the_typed_text_unfolds_and_is_chosen_there(
    qtbot: QtBot, names: NamedList
) -> None:
    qtbot.keyClicks(names, "RATE")
    found = names.found.completionModel()
    assert [found.index(row, 0).data() for row in range(found.rowCount())] == [NAMES["hour"]]
    assert names.currentData() == "users"  # nothing is chosen by typing alone
    popup = names.popup
    popup.setCurrentIndex(found.index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (names.currentData(), names.line.text()) == ("hour", NAMES["hour"])
    assert not popup.isVisible()


def test_enter_chooses_the_first_that_has_it_and_closes_no_dialog(
    qtbot: QtBot, names: NamedList
) -> None:
    qtbot.keyClicks(names, "kept")
    names.popup.hide()
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert (names.currentData(), names.line.text()) == ("kept", NAMES["kept"])
    assert names.window().isVisible()


def test_the_list_folds_with_enter_and_covers_nothing(qtbot: QtBot, names: NamedList) -> None:
    qtbot.keyClicks(names, "kept")
    names.found.complete()
    qtbot.waitUntil(names.popup.isVisible)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert names.currentData() == "kept"
    assert not names.popup.isVisible()
    assert names.window().isVisible()


def test_what_no_name_has_is_said_and_the_choice_stays(qtbot: QtBot, names: NamedList) -> None:
    refused: list[str] = []
    names.refused.connect(refused.append)
    qtbot.keyClicks(names, "bicycles")
    names.clearFocus()
    assert refused == ["bicycles"]
    assert (names.currentData(), names.line.text()) == ("users", NAMES["users"])


def test_escape_brings_the_choice_back_before_it_closes_the_dialog(
    qtbot: QtBot, names: NamedList
) -> None:
    qtbot.keyClicks(names, "x")
    names.popup.hide()
    qtbot.keyClick(names, Qt.Key.Key_Escape)
    assert names.line.text() == NAMES["users"]
    assert names.window().isVisible()
    qtbot.keyClick(names, Qt.Key.Key_Escape)
    assert not names.window().isVisible()


def test_what_is_chosen_is_selected_wherever_the_keyboard_comes_from(
    qtbot: QtBot, names: NamedList
) -> None:
    names.clearFocus()
    names.setFocus()  # as a dialog does that opens
    assert names.line.selectedText() == NAMES["users"]
    qtbot.mouseClick(names.line, Qt.MouseButton.LeftButton)
    assert names.line.selectedText() == NAMES["users"]
    names.clearFocus()
    qtbot.mouseClick(names.line, Qt.MouseButton.LeftButton)
    assert names.line.selectedText() == NAMES["users"]
    qtbot.keyClicks(names, "rate")
    qtbot.mouseClick(names.line, Qt.MouseButton.LeftButton)
    assert names.line.selectedText() == ""  # what is typed can be corrected
    assert names.line.text() == "rate"
