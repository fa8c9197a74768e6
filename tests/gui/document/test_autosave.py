"""Recovery copies come and go with unsaved work."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.gui.document import autosave
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.scenario import Scenario
from tests.gui.helpers import answering, editor, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits two seconds."""
    assert autosave.PAUSE_MS == 2000
    monkeypatch.setattr(autosave, "PAUSE_MS", 10)


def _copies(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state" / "recovery").glob("*.mlcost"))


def test_an_edit_is_kept_and_undo_gives_it_up(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    assert _copies(tmp_path) == []
    type_into(qtbot, editor(window, "usage.hours"), "160")
    qtbot.waitUntil(lambda: len(_copies(tmp_path)) == 1)
    (copy,) = _copies(tmp_path)
    assert read_scenario(copy).scenario == window.session.scenario
    window.session.edit("usage.hours", 170.0)
    qtbot.waitUntil(lambda: read_scenario(copy).scenario.usage.hours == 170.0)
    window.undo_action.trigger()  # the second edit: the first was ended by Enter
    qtbot.waitUntil(lambda: read_scenario(copy).scenario.usage.hours == 160.0)
    window.undo_action.trigger()
    assert _copies(tmp_path) == []


def test_at_most_one_copy_is_written_in_a_while(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[float] = []

    def note(scenario: Scenario, *_: object) -> None:
        written.append(scenario.usage.hours)

    monkeypatch.setattr(window.autosave._copy, "write", note)
    for hours in range(100):
        window.session.edit("usage.hours", float(hours))
    qtbot.waitUntil(lambda: written != [])
    assert written == [99.0]


def test_saving_and_closing_leave_no_copy(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.session.edit("usage.hours", 160.0)
    window.autosave.keep()
    assert len(_copies(tmp_path)) == 1
    assert window.document._save_to(tmp_path / "a.mlcost")
    assert _copies(tmp_path) == []
    window.session.edit("usage.hours", 170.0)
    window.autosave.keep()
    assert len(_copies(tmp_path)) == 1
    with answering(QMessageBox.StandardButton.Discard):
        assert window.close()
    assert list((tmp_path / "state" / "recovery").iterdir()) == []
    assert list((tmp_path / "state" / "locks").iterdir()) == []


def test_what_can_not_be_kept_is_said_once_and_quietly(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "recovery").write_text("a file where the folder should be")
    window.session.edit("usage.hours", 160.0)
    with qtbot.waitSignal(window.autosave.failed):
        window.autosave.keep()
    assert window.message.text().startswith("No recovery copy can be kept: the system says “")
    assert "Errno" not in window.message.text()
    with qtbot.assertNotEmitted(window.autosave.failed):
        window.autosave.keep()
