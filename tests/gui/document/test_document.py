"""The open scenario as a file: new, open, save, "save changes?", and the PDF."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.report import report as pdf_report
from mlflow_cost_desktop.files.scenario_file import figures_of, read_scenario, write_scenario
from mlflow_cost_desktop.gui.document import document
from mlflow_cost_desktop.gui.inputs.task_list import TaskList
from mlflow_cost_desktop.gui.toolkit import file_choice
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.gui.helpers import (
    MARKUP,
    answering,
    answering_dialog,
    begin_new,
    editor,
    message_box,
    type_into,
    written,
)
from tests.support import ARTICLE, BOOK, changed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

BUTTON = QMessageBox.StandardButton


@pytest.fixture
def picks(monkeypatch: pytest.MonkeyPatch) -> Picks:
    """What the user picks in the next file dialogs."""
    return Picks(monkeypatch)


class Picks:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.to_open(None)
        self.to_save(None)

    def to_open(self, path: Path | None) -> None:
        self._patch.setattr(QFileDialog, "getOpenFileName", answering_dialog(path))

    def to_save(self, path: Path | None) -> None:
        self._patch.setattr(QFileDialog, "getSaveFileName", answering_dialog(path))


@pytest.fixture
def saved(tmp_path: Path, window: MainWindow) -> Path:
    """A scenario of three replicas in a file."""
    path = tmp_path / "three.mlcost"
    scenario = changed(ARTICLE, name="Three", server__ec2__replicas=3.0)
    write_scenario(path, scenario, figures_of(window.session.study.estimate))
    return path


@pytest.fixture
def saved_by_others(tmp_path: Path) -> Path:
    """A scenario in a file, made without a window."""
    path = tmp_path / "others.mlcost"
    write_scenario(path, changed(ARTICLE, name="Others"), figures_of(estimate(ARTICLE, BOOK)))
    return path


def _type_hours(qtbot: QtBot, window: MainWindow, hours: str) -> None:
    type_into(qtbot, editor(window, "usage.hours"), hours)


def _title(window: MainWindow) -> str:
    """The title as the window's frame shows it."""
    handle = window.windowHandle()
    assert handle is not None
    return handle.title()


# --- New, open, save -----------------------------------------------------------------------


def test_the_title_names_the_file_and_its_changes(
    window: MainWindow, saved: Path, qtbot: QtBot
) -> None:
    assert _title(window) == "Untitled – The article's small team (2024) – MLflow Cost"
    window.document.open(saved)
    assert _title(window) == "three.mlcost – Three – MLflow Cost"
    _type_hours(qtbot, window, "160")
    assert window.isWindowModified()
    assert _title(window) == "three.mlcost* – Three – MLflow Cost"
    window.undo_action.trigger()
    assert not window.isWindowModified()
    assert _title(window) == "three.mlcost – Three – MLflow Cost"


@pytest.mark.parametrize("name", [MARKUP, "Team [*] & sons", "[*]"])
def test_a_strangers_name_stands_in_the_title_as_it_is(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    window.session.edit("name", name)
    assert _title(window) == f"Untitled* – {name} – MLflow Cost"


def test_save_as_and_save(window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "ours.mlcost"
    picks.to_save(tmp_path / "ours")
    _type_hours(qtbot, window, "160")
    window.save_action.trigger()
    assert read_scenario(path).scenario.usage.hours == 160.0
    assert window.document.path == path
    assert not window.isWindowModified()
    assert not window.save_action.isEnabled()
    assert window.message.text().startswith("Saved ")
    assert window.message.text().endswith(" · ours.mlcost")

    picks.to_save(None)  # no dialog comes up for a file that is known
    _type_hours(qtbot, window, "200")
    window.save_action.trigger()
    assert read_scenario(path).scenario.usage.hours == 200.0
    assert read_scenario(path).saved.effective_cost == 609.94


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
    _type_hours(qtbot, window, "160")
    window.save_action.trigger()
    assert window.isWindowModified()
    assert window.document.path is None
    assert not list(tmp_path.rglob("*.mlcost"))


def test_saving_where_nothing_can_be_written(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("not a folder")
    picks.to_save(tmp_path / "file" / "ours.mlcost")
    _type_hours(qtbot, window, "160")
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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b'{"format": "mlflow-cost-sc', "not"),
        (b"\x00\xff\x00", "not"),
        (b'{"format": "something else"}', "not a scenario"),
        (b'{"format": "mlflow-cost-scenario", "schema_version": 999}', "newer version"),
        (None, "there is no such file"),
    ],
    ids=["empty", "cut off", "binary", "other JSON", "newer", "missing"],
)
def test_a_broken_file_leaves_the_open_scenario(
    window: MainWindow, saved: Path, picks: Picks, tmp_path: Path, content: bytes | None, words: str
) -> None:
    window.document.open(saved)
    before = window.session.study
    broken = tmp_path / "broken.mlcost"
    if content is not None:
        broken.write_bytes(content)
    picks.to_open(broken)
    window.open_action.trigger()
    box = message_box()
    assert "“broken.mlcost”" in box.text()
    assert words in box.text()
    assert box.informativeText().startswith("Nothing was changed")
    assert window.session.study is before
    assert window.document.path == saved
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


# --- "Save the changes?" -------------------------------------------------------------------


def test_closing_without_changes_asks_nothing(window: MainWindow) -> None:
    with answering(BUTTON.Cancel) as asked:
        assert window.close()
    assert asked == []


def test_closing_with_changes_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    _type_hours(qtbot, window, "160")
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
    _type_hours(qtbot, window, "160")
    with answering(BUTTON.Discard) as asked:
        window.quit_action.trigger()
    assert asked == ["Save the changes to three.mlcost?"]
    assert not window.isVisible()
    assert saved.read_bytes() == before


def test_closing_with_changes_can_save_them(window: MainWindow, saved: Path, qtbot: QtBot) -> None:
    window.document.open(saved)
    _type_hours(qtbot, window, "160")
    with answering(BUTTON.Save):
        window.quit_action.trigger()
    assert not window.isVisible()
    assert read_scenario(saved).scenario.usage.hours == 160.0


def test_a_save_that_does_not_happen_keeps_the_window_open(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    _type_hours(qtbot, window, "160")
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
    _type_hours(qtbot, window, "160")
    with answering(BUTTON.Cancel) as asked:
        ask(window)
    assert len(asked) == 1
    assert window.session.scenario.usage.hours == 160.0
    with answering(BUTTON.Discard):
        ask(window)
    assert window.session.scenario.usage.hours == 720.0


# --- The PDF -------------------------------------------------------------------------------


class SlowReport:
    """Stands for the report: a quarter is done, then it takes until the test lets it go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.threads: list[threading.Thread] = []
        self.scenarios: list[Scenario] = []
        self.has_ended = False

    def __call__(
        self,
        scenario: Scenario,
        price_book: PriceBook,
        created: datetime,
        plans: object,
        progress: Callable[[float], None],
    ) -> bytes:
        self.threads.append(threading.current_thread())
        self.scenarios.append(scenario)
        progress(0.25)
        if not self.go_on.wait(timeout=30):
            raise TimeoutError("the window stood still while the report was made")
        progress(1.0)
        self.has_ended = True
        return b"%PDF-stand-in"


class Shows(QObject):
    """Notes whether a widget was ever shown."""

    shows = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.shows |= event.type() == QEvent.Type.Show
        return False


def test_export_runs_beside_the_window(
    window: MainWindow,
    picks: Picks,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = SlowReport()
    monkeypatch.setattr(pdf_report, "render_pdf", report)
    path = tmp_path / "report.pdf"
    picks.to_save(tmp_path / "report")
    started_with = window.session.scenario
    window.export_action.trigger()
    qtbot.waitUntil(lambda: window.message.text() == "Exporting the PDF …")
    assert window.status_bar.cancel.isVisible()
    assert window.status_bar.progress.isVisible()
    assert window.status_bar.progress.value() == 25
    assert not window.export_action.isEnabled()
    assert not window.tool_bar.export_button.isEnabled()
    assert not window.open_result.isVisible()

    # Events go on, and so do edits; the report is of the scenario as it was.
    with qtbot.waitCallback() as called:
        QTimer.singleShot(0, called)
    _type_hours(qtbot, window, "160")
    assert window.summary.total.text() == "$606.10"
    assert not path.exists()

    with qtbot.waitSignal(window.document.exported) as exported:
        report.go_on.set()
    assert exported.args == [path]
    assert report.scenarios == [started_with]
    assert report.threads[0] is not threading.main_thread()
    assert path.read_bytes() == b"%PDF-stand-in"
    assert window.message.text() == f"Exported {path}"
    assert not window.status_bar.progress.isVisible()
    assert window.tool_bar.export_button.isEnabled()
    assert window.open_result.isVisible()

    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True
    )
    window.open_result.click()
    assert [Path(name) for name in opened] == [path]


def test_an_export_that_is_canceled_writes_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = SlowReport()
    monkeypatch.setattr(pdf_report, "render_pdf", report)
    window.document.export_pdf_to(tmp_path / "report.pdf")
    qtbot.waitUntil(window.status_bar.cancel.isVisible)
    with qtbot.assertNotEmitted(window.document.exported):
        window.status_bar.cancel.click()
        assert window.message.text() == "Export canceled; nothing was written"
        report.go_on.set()
        assert window.document.finish_export()
    assert not report.has_ended, "nobody waits for the rest"
    assert not window.status_bar.cancel.isVisible()
    assert not window.status_bar.progress.isVisible()
    assert window.export_action.isEnabled()
    assert not (tmp_path / "report.pdf").exists()
    assert not window.document.cancel_export(), "there is nothing to cancel"


def test_export_makes_a_pdf(window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot) -> None:
    picks.to_save(tmp_path / "report.pdf")
    with qtbot.waitSignal(window.document.exported, timeout=30_000):
        window.export_action.trigger()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_nothing_is_said_of_a_short_export(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_report, "render_pdf", lambda *_: b"%PDF-stand-in")
    said: list[str] = []
    monkeypatch.setattr(window.status_bar, "say", lambda text, *_: said.append(text))
    window.status_bar.progress.installEventFilter(seen := Shows())
    with qtbot.waitSignal(window.document.exported):
        window.document.export_pdf_to(tmp_path / "report.pdf")
    assert not window.status_bar._patience.isActive()
    assert said == [f"Exported {tmp_path / 'report.pdf'}"]
    assert not seen.shows


def test_a_failed_export_is_told(
    window: MainWindow,
    picks: Picks,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_report, "render_pdf", lambda *_: b"%PDF-stand-in")
    picks.to_save(tmp_path / "nowhere" / "report.pdf")
    with qtbot.waitSignal(window.document.failed):
        window.export_action.trigger()
    box = message_box()
    assert "“report.pdf”" in box.text()
    assert "its folder does not exist" in box.text()
    assert window.message.text() == ""
    assert window.tool_bar.export_button.isEnabled()
    box.close()
    picks.to_save(tmp_path / "report.pdf")
    with qtbot.waitSignal(window.document.exported):
        window.export_action.trigger()


def test_a_cancelled_export_does_nothing(window: MainWindow, picks: Picks, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.document.export_running):
        window.export_action.trigger()
    assert window.export_action.isEnabled()


def test_file_names_come_from_the_scenario(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def ask(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(start))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.session.edit("name", "../../Ops & Co: 2024?")
    window.save_as_action.trigger()
    window.export_action.trigger()
    assert [path.name for path in asked] == ["Ops-Co-2024.mlcost", "Ops-Co-2024.pdf"]
    assert {path.parent.name for path in asked} == {"documents"}


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_an_ending_that_is_added_asks_before_it_replaces(
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: QMessageBox.StandardButton,
) -> None:
    there = tmp_path / "team.mlcost"
    there.write_bytes(b"another scenario")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "team"), "Scenarios")
    )
    asked: list[str] = []

    def ask(_: object, question: str, *__: object) -> QMessageBox.StandardButton:
        asked.append(question)
        return answer

    monkeypatch.setattr(file_choice, "ask", ask)
    saved = window.document.save_as()
    assert asked == ["Replace team.mlcost?"]
    assert saved == (answer == QMessageBox.StandardButton.Yes)
    assert (there.read_bytes() == b"another scenario") == (not saved)


def test_closing_waits_for_an_export(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Path] = []
    window.document.exported.connect(told.append)
    monkeypatch.setattr(pdf_report, "render_pdf", lambda *_: b"%PDF-stand-in")
    window.document.export_pdf_to(tmp_path / "a.pdf")
    assert window.close()
    assert told == [tmp_path / "a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-stand-in"


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
