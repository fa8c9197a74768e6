"""Problems are told in plain text, and questions answered in words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.gui.toolkit.problem import ask_which, show_problem
from tests.gui.helpers import answering_in_words


def test_an_error_for_the_user_is_plain_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    show_problem(parent, UserError("<b>No</b> such file", "Choose <i>another</i>."))
    (box,) = [box for box in parent.findChildren(QMessageBox) if box.isVisible()]
    assert box.text() == "<b>No</b> such file"
    assert box.textFormat().name == "PlainText"
    box.close()


def test_a_fault_is_no_message_for_the_user(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(ZeroDivisionError):
        show_problem(parent, ZeroDivisionError())


@pytest.mark.parametrize(
    ("pressed", "answer"),
    [("Open a copy", "Open a &copy"), ("Cancel", "Cancel"), ("", "Cancel")],
)
def test_a_question_with_answers_in_words(qtbot: QtBot, pressed: str, answer: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with answering_in_words(pressed):
        assert ask_which(parent, "How?", "", ("&Read-only", "Open a &copy"), "Cancel") == answer
