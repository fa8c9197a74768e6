"""Saving the changes: asked before they would be lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.document.conftest import Picks, type_hours
from tests.gui.helpers import answering, begin_new, message_box

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


BUTTON = QMessageBox.StandardButton


def test_closing_without_changes_asks_nothing(window: MainWindow) -> None:
    with answering(BUTTON.Cancel) as asked:
        assert window.close()
    assert asked == []


def test_closing_with_changes_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    type_hours(qtbot, window, "160")
    with answering(BUTTON.Cancel) as asked:
        window.quit_action.trigger()
    assert asked == ["Save the changes to Untitled?"]
    assert window.isVisible()
    assert window.session.scenario.usage.hours == 160.0


def test_closing_with_changes_can_discard_them(
    window: MainWindow, saved: Path, qtbot: QtBot
) -> None:
    before = saved.read_bytes()
    window.document.open(saved)
    type_hours(qtbot, window, "160")
    with answering(BUTTON.Discard) as asked:
        window.quit_action.trigger()
    assert asked == ["Save the changes to three.mlcost?"]
    assert not window.isVisible()
    assert saved.read_bytes() == before


def test_closing_with_changes_can_save_them(window: MainWindow, saved: Path, qtbot: QtBot) -> None:
    window.document.open(saved)
    type_hours(qtbot, window, "160")
    with answering(BUTTON.Save):
        window.quit_action.trigger()
    assert not window.isVisible()
    assert read_scenario(saved).scenario.usage.hours == 160.0


def test_a_save_that_does_not_happen_keeps_the_window_open(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    type_hours(qtbot, window, "160")
    with answering(BUTTON.Save):
        window.quit_action.trigger()  # and the file dialog is cancelled
    assert window.isVisible()
    picks.to_save(tmp_path / "nowhere" / "ours.mlcost")
    with answering(BUTTON.Save):
        assert not window.close()
    assert window.isVisible()
    message_box().close()


@pytest.mark.parametrize("ask", [begin_new, lambda window: window.open_action.trigger()])
def test_new_and_open_ask_first(
    window: MainWindow,
    picks: Picks,
    saved: Path,
    qtbot: QtBot,
    ask: Callable[[MainWindow], None],
) -> None:
    picks.to_open(saved)
    type_hours(qtbot, window, "160")
    with answering(BUTTON.Cancel) as asked:
        ask(window)
    assert len(asked) == 1
    assert window.session.scenario.usage.hours == 160.0
    with answering(BUTTON.Discard):
        ask(window)
    assert window.session.scenario.usage.hours == 720.0
