"""The program's own faults are told, once."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.gui.problem import show_faults, show_problem


def _boxes(parent: QWidget) -> list[QMessageBox]:
    return [box for box in parent.findChildren(QMessageBox) if box.isVisible()]


def test_a_fault_opens_one_box_with_its_report(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    parent = QWidget()
    qtbot.addWidget(parent)
    show_faults(parent)
    for _ in range(3):
        try:
            raise ZeroDivisionError("of all things")
        except ZeroDivisionError as fault:
            sys.excepthook(type(fault), fault, fault.__traceback__)
    (box,) = _boxes(parent)
    assert "ZeroDivisionError: of all things" in box.detailedText()
    assert "unchanged" in box.informativeText()
    assert capsys.readouterr().err.count("\nZeroDivisionError: of all things") == 3
    box.close()


def test_an_error_for_the_user_is_plain_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    show_problem(parent, UserError("<b>No</b> such file", "Choose <i>another</i>."))
    (box,) = _boxes(parent)
    assert box.text() == "<b>No</b> such file"
    assert box.textFormat().name == "PlainText"
    box.close()


def test_a_fault_is_no_message_for_the_user(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(ZeroDivisionError):
        show_problem(parent, ZeroDivisionError())
