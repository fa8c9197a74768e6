"""New, open and save, and what becomes of the file when they fail."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.gui.document import document
from mlflow_cost_desktop.gui.inputs.task_list import TaskList
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.gui.document.conftest import Picks, type_hours
from tests.gui.helpers import MARKUP, begin_new, editor, message_box, written
from tests.support import ARTICLE, BOOK, changed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def saved_by_others(tmp_path: Path) -> Path:
    """A scenario in a file, made without a window."""
    path = tmp_path / "others.mlcost"
    write_scenario(path, changed(ARTICLE, name="Others"), figures_of(estimate(ARTICLE, BOOK)))
    return path


def _title(window: MainWindow) -> str:
    """The title as the window's frame shows it."""
    handle = window.windowHandle()
    assert handle is not None
    return handle.title()


def test_the_title_names_the_file_and_its_changes(
    window: MainWindow, saved: Path, qtbot: QtBot
) -> None:
    assert _title(window) == "Untitled – The article's small team (2024) – MLflow Cost"
    window.document.open(saved)
    assert _title(window) == "three.mlcost – Three – MLflow Cost"
    type_hours(qtbot, window, "160")
    assert window.isWindowModified()
    assert _title(window) == "three.mlcost* – Three – MLflow Cost"
    window.undo_action.trigger()
    assert not window.isWindowModified()
    assert _title(window) == "three.mlcost – Three – MLflow Cost"


def test_a_strangers_name_stands_in_the_title_as_it_is(window: MainWindow) -> None:
    for name in (MARKUP, "Team [*] & sons", "[*]"):
        window.session.edit("name", name)
        assert _title(window) == f"Untitled* – {name} – MLflow Cost"


def test_save_as_and_save(window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "ours.mlcost"
    picks.to_save(tmp_path / "ours")
    type_hours(qtbot, window, "160")
    window.save_action.trigger()
    assert read_scenario(path).scenario.usage.hours == 160.0
    assert window.document.path == path
    assert not window.isWindowModified()
    assert not window.save_action.isEnabled()
    assert window.message.text().startswith("Saved ")
    assert window.message.text().endswith(" · ours.mlcost")
    window.document.new(window.samples[next(iter(window.samples))])
    assert window.message.text() == ""  # it is no news of a new scenario
    window.document.open(path)

    picks.to_save(None)  # no dialog comes up for a file that is known
    type_hours(qtbot, window, "200")
    window.save_action.trigger()
    assert read_scenario(path).scenario.usage.hours == 200.0
    assert read_scenario(path).saved.effective_cost == 609.94


@pytest.mark.skipif(os.name == "nt", reason="locks are the system's there")
def test_a_disk_without_locks_is_told_of_once(
    window: MainWindow, picks: Picks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    picks.to_save(tmp_path / "one")
    window.save_action.trigger()
    said = window.message.text()
    assert said.startswith("Saved ") and "This disk keeps no locks" in said
    window.session.edit("usage.hours", 100.0)
    window.save_action.trigger()
    assert window.message.text().startswith("Saved ")
    assert "locks" not in window.message.text()


def test_save_as_goes_on_in_the_new_file(
    window: MainWindow, picks: Picks, saved: Path, tmp_path: Path
) -> None:
    before = saved.read_bytes()
    window.document.open(saved)
    picks.to_save(tmp_path / "copy.mlcost")
    window.session.edit("server.ec2.replicas", 4.0)
    window.save_as_action.trigger()
    assert window.document.title == "copy.mlcost"
    assert read_scenario(tmp_path / "copy.mlcost").scenario.server.ec2.replicas == 4.0
    assert saved.read_bytes() == before


def test_a_cancelled_save_changes_nothing(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    type_hours(qtbot, window, "160")
    window.save_action.trigger()
    assert window.isWindowModified()
    assert window.document.path is None
    assert not list(tmp_path.rglob("*.mlcost"))


def test_saving_where_nothing_can_be_written(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("not a folder")
    picks.to_save(tmp_path / "file" / "ours.mlcost")
    type_hours(qtbot, window, "160")
    window.save_action.trigger()
    box = message_box()
    assert "“ours.mlcost”" in box.text()
    assert "could not be written" in box.text()
    assert "unchanged" in box.informativeText()
    assert window.isWindowModified()
    assert window.document.path is None
    assert window.session.scenario.usage.hours == 160.0
    box.close()


def test_a_full_disk_leaves_the_saved_file(
    window: MainWindow, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()
    window.document.open(saved)
    window.session.edit("server.ec2.replicas", 9.0)

    def refuse(*_: object, **__: object) -> None:
        raise UserError("The disk is full", "What was there before is unchanged.")

    monkeypatch.setattr(document, "write_scenario", refuse)
    window.save_action.trigger()
    box = message_box()
    assert (box.text(), box.informativeText()) == (
        "The disk is full",
        "What was there before is unchanged.",
    )
    assert saved.read_bytes() == before
    assert window.isWindowModified()
    box.close()


def test_a_save_that_fails_leaves_the_file_to_other_windows(
    windows: Windows, saved_by_others: Path, picks: Picks, monkeypatch: pytest.MonkeyPatch
) -> None:
    (window,) = windows.open_windows

    def refuse(*_: object, **__: object) -> None:
        raise UserError("The disk is full", "What was there before is unchanged.")

    def ask_which(_: object, question: str, *__: object) -> str:
        asked.append(question)
        return document.CANCEL

    asked: list[str] = []
    monkeypatch.setattr(document, "ask_which", ask_which)
    picks.to_save(saved_by_others)
    with monkeypatch.context() as patch:
        patch.setattr(document, "write_scenario", refuse)
        window.save_as_action.trigger()
        message_box().close()
    assert window.document.path is None
    other = windows.show_new()
    assert other.document.load(saved_by_others)
    assert asked == []
    assert not window.document.load(saved_by_others), "it is the other window's now"
    assert asked == ["“others.mlcost” is open in another window"]


def test_open_shows_the_file(window: MainWindow, picks: Picks, saved: Path) -> None:
    picks.to_open(saved)
    window.open_action.trigger()
    assert written(editor(window, "server.ec2.replicas")) == "3 instances"
    assert window.summary.total.text() == "$798.10"
    assert not window.undo_action.isEnabled()
    assert not window.isWindowModified()


def test_a_broken_file_leaves_the_open_scenario(
    window: MainWindow, saved: Path, picks: Picks, tmp_path: Path
) -> None:
    window.document.open(saved)
    before = window.session.study
    broken = tmp_path / "broken.mlcost"
    for content, words in (
        (None, "there is no such file"),
        (b"", "empty"),
        (b'{"format": "mlflow-cost-sc', "not"),  # cut off
        (b"\x00\xff\x00", "not"),
        (b'{"format": "something else"}', "not a scenario"),
        (b'{"format": "mlflow-cost-scenario", "schema_version": 999}', "newer version"),
    ):
        if content is not None:
            broken.write_bytes(content)
        picks.to_open(broken)
        window.open_action.trigger()
        box = message_box()
        assert "“broken.mlcost”" in box.text()
        assert words in box.text()
        assert box.informativeText().startswith("Nothing was changed"), words
        assert window.session.study is before, words
        assert window.document.path == saved, words
        box.close()


def test_a_region_without_a_book_leaves_the_open_scenario(
    window: MainWindow, saved: Path, picks: Picks, tmp_path: Path
) -> None:
    window.document.open(saved)
    before = window.session.study
    elsewhere = tmp_path / "elsewhere.mlcost"
    elsewhere.write_text(saved.read_text("utf-8").replace("us-east-1", "moon-base-1"), "utf-8")
    picks.to_open(elsewhere)
    window.open_action.trigger()
    box = message_box()
    assert "no price book for the region 'moon-base-1'" in box.text()
    assert window.session.study is before
    assert window.document.path == saved
    box.close()


def test_new_begins_without_a_file(window: MainWindow, saved: Path) -> None:
    window.document.open(saved)
    begin_new(window)
    assert _title(window) == "Untitled – The article's small team (2024) – MLflow Cost"
    assert window.document.path is None
    assert window.session.scenario.server.ec2.replicas == 1.0


def test_every_sample_opens_without_a_file(window: MainWindow) -> None:
    totals: set[str] = set()
    for action in window.sample_actions.values():
        action.trigger()
        assert window.document.title == "Untitled"
        assert window.save_action.isEnabled()
        totals.add(window.summary.total.text())
    assert len(totals) == len(window.sample_actions) == 4


def test_a_machine_that_was_typed_and_not_left_is_saved(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "a.mlcost"
    write_scenario(path, ARTICLE, figures_of(window.session.study.estimate))
    window.document.open(path)
    machine = editor(window, "server.ec2.instance_type")
    machine.setFocus()
    machine.lineEdit().selectAll()
    qtbot.keyClicks(machine, "t3.medium")
    assert window.document.save()
    assert read_scenario(path).scenario.server.ec2.instance_type == "t3.medium"


def test_a_name_that_is_being_typed_in_a_list_is_saved(
    window: MainWindow, tmp_path: Path, picks: Picks, qtbot: QtBot
) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.inputs.lead_to("labor", "")
    names = window.findChild(TaskList)
    assert names
    names.rename()
    typed = names.tree.viewport().findChild(QLineEdit)
    assert isinstance(typed, QLineEdit)
    typed.setText("Ours")
    picks.to_save(tmp_path / "team.mlcost")
    assert window.document.save_as()
    assert read_scenario(tmp_path / "team.mlcost").scenario.labor.tasks[0].name == "Ours"
    assert not window.isWindowModified()


def test_a_report_opens_as_a_copy_of_its_scenario(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    scenario = changed(ARTICLE, name="Printed")
    path.write_bytes(render_pdf(scenario, window.session.study.price_book, datetime(2026, 11, 28)))
    window.document.open(path)
    assert window.session.scenario.name == "Printed"
    assert window.document.path is None and not window.document.is_changed
    assert _title(window) == "Untitled – Printed – MLflow Cost"
