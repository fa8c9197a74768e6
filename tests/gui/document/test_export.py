"""The PDF: exported beside the window, canceled, failed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.exports.report import report as pdf_report
from mlflow_cost_desktop.gui.document.export import ExportChoices
from mlflow_cost_desktop.gui.toolkit import file_choice
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.gui.document.conftest import Picks, type_hours
from tests.gui.helpers import message_box

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


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
        **how: object,
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
    qtbot.waitUntil(lambda: window.message.text() == "Exporting …")
    assert window.status_bar.cancel.isVisible()
    assert window.status_bar.progress.isVisible()
    assert window.status_bar.progress.value() == 25
    assert not window.export_action.isEnabled()
    assert not window.tool_bar.export_button.isEnabled()
    assert not window.open_result.isVisible()

    # Events go on, and so do edits; the report is of the scenario as it was.
    with qtbot.waitCallback() as called:
        QTimer.singleShot(0, called)
    type_hours(qtbot, window, "160")
    assert window.summary.total.text() == "$606.10"
    assert not path.exists()

    with qtbot.waitSignal(window.document.export.done) as exported:
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
    window.document.export.write(tmp_path / "report.pdf", ExportChoices())
    qtbot.waitUntil(window.status_bar.cancel.isVisible)
    with qtbot.assertNotEmitted(window.document.export.done):
        window.status_bar.cancel.click()
        assert window.message.text() == "Export canceled; nothing was written"
        report.go_on.set()
        assert window.document.export.finish()
    assert not report.has_ended, "nobody waits for the rest"
    assert not window.status_bar.cancel.isVisible()
    assert not window.status_bar.progress.isVisible()
    assert window.export_action.isEnabled()
    assert not (tmp_path / "report.pdf").exists()
    assert not window.document.export.cancel(), "there is nothing to cancel"


def test_export_makes_a_pdf(window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot) -> None:
    picks.to_save(tmp_path / "report.pdf")
    with qtbot.waitSignal(window.document.export.done, timeout=30_000):
        window.export_action.trigger()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_nothing_is_said_of_a_short_export(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_report, "render_pdf", lambda *_, **__: b"%PDF-stand-in")
    said: list[str] = []
    monkeypatch.setattr(window.status_bar, "say", lambda text, *_, **__: said.append(text))
    window.status_bar.progress.installEventFilter(seen := Shows())
    with qtbot.waitSignal(window.document.export.done):
        window.document.export.write(tmp_path / "report.pdf", ExportChoices())
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
    monkeypatch.setattr(pdf_report, "render_pdf", lambda *_, **__: b"%PDF-stand-in")
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
    with qtbot.waitSignal(window.document.export.done):
        window.export_action.trigger()


def test_signs_that_no_font_has_are_told_when_the_pdf_is_there(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.edit("name", "Team \U00013000")  # an Egyptian hieroglyph
    picks.to_save(tmp_path / "report.pdf")
    with qtbot.waitSignal(window.document.export.done, timeout=30_000):
        window.export_action.trigger()
    box = message_box()
    assert "report.pdf lacks some characters" in box.text()
    assert "No font here has \U00013000" in f"{box.text()} {box.informativeText()}"
    assert (tmp_path / "report.pdf").stat().st_size
    box.close()


def test_a_cancelled_export_does_nothing(window: MainWindow, picks: Picks, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.document.export.running):
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
    window.document.export.done.connect(told.append)
    monkeypatch.setattr(pdf_report, "render_pdf", lambda *_, **__: b"%PDF-stand-in")
    window.document.export.write(tmp_path / "a.pdf", ExportChoices())
    assert window.close()
    assert told == [tmp_path / "a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-stand-in"
