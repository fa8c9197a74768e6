"""File → Export as: the choices are those of the document that is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.export import ExportDialog
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.document.conftest import Picks
from tests.shared.pdf_text import words_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _asked(window: MainWindow) -> ExportDialog:
    window.export_as_action.trigger()
    (dialog,) = window.findChildren(ExportDialog)
    return dialog


def _exported(dialog: ExportDialog, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.document.export.done, timeout=60_000):
        QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)


def test_a_pdf_with_its_choices(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "out.pdf"
    picks.to_save(path)
    dialog = _asked(window)
    assert dialog.paper.isEnabled() and dialog.attachment.isChecked()
    dialog.paper.setCurrentIndex(dialog.paper.findData("letter"))
    dialog.attachment.setChecked(False)
    for name in ("lines", "assumptions"):
        dialog.parts[name].click()
    _exported(dialog, window, qtbot)
    found = PdfReader(path)
    assert round(found.pages[0].mediabox.width) == 612 and found.attachments == {}
    words = words_of(path.read_bytes())
    assert "line by line" not in words and "Self-host or buy" in words
    assert _asked(window).choices.paper == "letter", "what was chosen is there again"


def test_another_plan_for_this_export_alone(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "out.md"
    picks.to_save(path)
    dialog = _asked(window)
    assert dialog.plan.currentText() == "As in the window"
    dialog.format.setCurrentIndex(dialog.format.findData("md"))
    dialog.plan.setCurrentIndex(dialog.plan.findData("sagemaker_large"))
    _exported(dialog, window, qtbot)
    assert "SageMaker MLflow Large for 5 users costs" in path.read_text()
    assert window.session.scenario.held_against == "auto"
    assert not window.session.undo_stack.canUndo()


def test_what_is_compared_is_exported_too(
    window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "out.md"
    picks.to_save(path)
    window.compared.add_plan("sagemaker_large", "SageMaker MLflow Large")
    dialog = _asked(window)
    dialog.format.setCurrentIndex(dialog.format.findData("md"))
    _exported(dialog, window, qtbot)
    assert "## Side by side" in path.read_text()


def test_markdown(window: MainWindow, picks: Picks, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "out.md"
    picks.to_save(path)
    dialog = _asked(window)
    dialog.format.setCurrentIndex(dialog.format.findData("md"))
    assert not dialog.paper.isEnabled() and not dialog.attachment.isEnabled()
    _exported(dialog, window, qtbot)
    name = window.session.scenario.name
    assert path.read_text(encoding="utf-8").startswith(f"# {name}: cost of self-hosting MLflow")


def test_nothing_is_exported_without_a_part(window: MainWindow) -> None:
    dialog = _asked(window)
    for box in dialog.parts.values():
        box.setChecked(False)
    assert not dialog.export.isEnabled()
    next(iter(dialog.parts.values())).setChecked(True)
    assert dialog.export.isEnabled()
    dialog.reject()
