"""The program's own faults are told once, written down, and lose no work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs import faults
from mlflow_cost_desktop.gui.dialogs.faults import LOG_NAME, Faults, report_of
from tests.gui.helpers import message_box


@pytest.fixture(autouse=True)
def hook(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> QWidget:
    """The interpreter's hook comes back after each test; a window stands on the screen."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    return parent


def _fail(words: str = "of all things") -> None:
    try:
        raise ZeroDivisionError(words)
    except ZeroDivisionError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)


def _press(box: QMessageBox, words: str) -> None:
    next(one for one in box.buttons() if one.text().replace("&", "") == words).click()


def test_faults_open_one_box_and_are_all_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []

    def keep() -> bool:
        kept.append(True)
        return True

    Faults(tmp_path / "log", keep).install()
    for number in range(3):
        _fail(f"number {number}")
    assert len(kept) == 3
    box = message_box()
    assert "ZeroDivisionError: number 0" in box.detailedText()
    assert "unchanged" in box.informativeText()
    assert "A recovery copy of your unsaved work was kept." in box.informativeText()
    log = (tmp_path / "log" / LOG_NAME).read_text("utf-8")
    assert [f"number {n}" in log for n in range(3)] == [True] * 3
    assert capsys.readouterr().err.count("\nZeroDivisionError: number") == 3

    _press(box, "Copy the report")
    assert QGuiApplication.clipboard().text() == box.detailedText()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    _press(box, "Open the log folder")
    assert [Path(name) for name in opened] == [tmp_path / "log"]
    assert box.isVisible()
    _press(box, "Go on")
    assert not box.isVisible()
    _fail("later")
    message_box().close()


def test_a_fault_while_keeping_the_work_hides_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> bool:
        raise RuntimeError("the second")

    (tmp_path / "log").touch()  # and no log can be written
    Faults(tmp_path / "log", fail).install()
    _fail()
    box = message_box()
    assert "ZeroDivisionError" in box.detailedText()
    assert "recovery copy" not in box.informativeText()
    assert "Open the log folder" not in [b.text().replace("&", "") for b in box.buttons()]
    assert "the second" in capsys.readouterr().err
    box.close()


def test_no_copy_is_promised_that_could_not_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Faults(tmp_path, lambda: False).install()
    _fail()
    box = message_box()
    assert "recovery copy" not in box.informativeText()
    box.close()
    assert capsys.readouterr().err


def test_an_interruption_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Faults(tmp_path, lambda: True).install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert list(tmp_path.iterdir()) == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_log_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(faults, "LOG_BYTES", 1000)
    Faults(tmp_path, lambda: True).install()
    for _ in range(10):
        _fail("x" * 300)
    message_box().close()
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 3
    assert sum(sizes) < 6000
    assert capsys.readouterr().err


def test_a_report_tells_versions_and_not_whose_home_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    report = report_of(OSError, OSError(f"no file {tmp_path}/secret-project/a.mlcost"), None)
    assert "MLflow Cost" in report.splitlines()[0]
    assert "Python" in report and "Qt" in report
    assert "no file ~/secret-project/a.mlcost" in report
    assert str(tmp_path) not in report
