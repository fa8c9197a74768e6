"""One story from the first start to the PDF, with a user's hands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.helpers import answering_dialog, editor, line, rows, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier


class Program:
    """The program, started as often as the story needs."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self._qapp, self._qtbot = qapp, qtbot
        self._windows: list[MainWindow] = []

    def start(self) -> MainWindow:
        window = app.make_window(self._qapp)
        self._windows.append(window)
        with self._qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    def end(self) -> None:
        for window in self._windows:
            window.session.mark_saved(window.session.scenario)  # or closing asks
            window.close()
            window.theme.deleteLater()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._qapp.setStyleSheet("")


@pytest.fixture
def program(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setattr(paths, "settings_dir", lambda: tmp_path / "settings")
    monkeypatch.setattr(paths, "documents_dir", lambda: tmp_path)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    made = Program(qapp, qtbot)
    yield made
    made.end()


def _figures(window: MainWindow) -> dict[str, str]:
    """What the screen says: the total, and the cost of every line of infrastructure."""
    shown = list(rows(window.lines.table.model()))
    return {"total": window.summary.total.text()} | {cells[0]: cells[3] for cells in shown}


def _choose_machine(qtbot: QtBot, window: MainWindow, part: str, name: str) -> None:
    """Type a part of a machine's name, and take it from the list that comes up."""
    machine = editor(window, "server.ec2.instance_type")
    machine.setFocus()
    machine.lineEdit().selectAll()
    qtbot.keyClicks(machine, part)
    popup = machine.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    model = popup.model()
    found = [model.index(row, 0).data() for row in range(model.rowCount())]
    for _ in range(found.index(name) + 1):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)


def test_the_articles_team_from_prices_to_pdf(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first start shows the article's team, with the article's figures.
    window = program.start()
    assert (
        _figures(window).items()
        >= {
            "total": "$659.86",
            "Instance hours (m5.large, on demand)": "69.12",
            "Instance hours (db.m5.large, MySQL, Single-AZ)": "123.12",
            "Storage (gp2, Single-AZ)": "2.30",
            "S3 Standard storage (first 50 TB)": "23.55",
        }.items()
    )
    assert "infrastructure $218.09" in window.summary.details.text()

    # The server is stopped outside working hours; the database runs on.
    hours = editor(window, "usage.hours")
    type_into(qtbot, hours, "160")
    shown = window.lines.table.model()
    assert line(shown, "Instance hours (m5.large")[3] == "15.36"
    assert line(shown, "Instance hours (db.m5.large")[3] == "123.12"
    assert window.summary.total.text() == "$606.10"

    # Second thoughts, and third ones.
    qtbot.keyClick(hours, Qt.Key.Key_Z, CONTROL)
    assert window.summary.total.text() == "$659.86"
    assert hours.text() == "720"
    qtbot.keyClick(hours, Qt.Key.Key_Y, CONTROL)
    assert window.summary.total.text() == "$606.10"

    # A smaller machine will do.
    _choose_machine(qtbot, window, "3.medi", "t3.medium")
    assert line(shown, "Instance hours (t3.medium")[3] == "6.66"
    assert window.summary.total.text() == "$597.39"

    # Saved, closed, and opened another day.
    path = tmp_path / "ours.mlcost"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answering_dialog(path))
    window.save_action.trigger()
    assert not window.isWindowModified()
    before = _figures(window)
    assert window.close()
    again = program.start()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answering_dialog(path))
    again.open_action.trigger()
    assert _figures(again) == before
    assert editor(again, "server.ec2.instance_type").currentText() == "t3.medium"

    # The command line says the same of the file.
    document = _estimated_by_the_command(path)
    assert f"${document['totals']['effective_cost']:,.2f}" == before["total"]
    told = {
        charge["description"]: f"{charge['effective_cost']:,.2f}"
        for charge in document["charges"]
        if charge["effective_cost"]
    }
    assert told.items() <= before.items()
    assert len(told) == 9

    # And so does the report.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answering_dialog(tmp_path / "report.pdf"))
    with qtbot.waitSignal(again.document.export.done, timeout=30_000):
        again.export_action.trigger()
    reader = PdfReader(BytesIO((tmp_path / "report.pdf").read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert before["total"] in text
    assert "t3.medium" in text


def _estimated_by_the_command(path: Path) -> Any:
    answer = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from mlflow_cost_desktop.cli.main import main; sys.exit(main())",
            *("estimate", str(path), "--format", "json"),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
