"""Answers that take their time: the last question counts, and the old answer is dimmed."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.gui.toolkit.latest import Latest


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(200, 100)
    widget.show()
    return widget


def test_an_answer_comes_from_another_thread(shown: QWidget, qtbot: QtBot) -> None:
    latest = Latest(shown)
    with qtbot.waitSignal(latest.answered) as told:
        latest.ask(threading.get_ident)
    assert told.args and told.args[0] != threading.get_ident()
    assert not latest.is_waiting
    assert not latest.veil.isVisible()


def test_the_old_answer_is_dimmed_until_the_new_one_comes(shown: QWidget, qtbot: QtBot) -> None:
    latest, may_go_on = Latest(shown), threading.Event()
    answers: list[object] = []
    latest.answered.connect(answers.append)
    latest.ask(lambda: may_go_on.wait(5) and "first")
    qtbot.waitUntil(latest.veil.isVisible)
    assert latest.veil.geometry() == shown.rect()
    shown.resize(300, 120)
    assert latest.veil.geometry() == shown.rect()
    may_go_on.set()
    qtbot.waitUntil(lambda: answers == ["first"])
    assert not latest.veil.isVisible()


def test_of_many_questions_the_last_one_is_answered(shown: QWidget, qtbot: QtBot) -> None:
    latest, may_go_on = Latest(shown), threading.Event()
    answers: list[object] = []
    begun: list[int] = []
    latest.answered.connect(answers.append)
    latest.ask(lambda: may_go_on.wait(5))
    for number in range(5):
        latest.ask(lambda number=number: begun.append(number) or number)
    may_go_on.set()
    qtbot.waitUntil(lambda: answers == [4])
    assert begun == [4]


def test_what_is_given_up_is_not_answered(shown: QWidget, qtbot: QtBot) -> None:
    latest, may_go_on = Latest(shown), threading.Event()
    answers: list[object] = []
    latest.answered.connect(answers.append)
    latest.ask(lambda: may_go_on.wait(5))
    qtbot.waitUntil(latest.veil.isVisible)
    latest.give_up()
    assert not latest.veil.isVisible()
    may_go_on.set()
    qtbot.waitUntil(lambda: not latest.is_waiting)
    assert answers == []


def test_a_failure_is_told_unless_something_else_was_asked(shown: QWidget, qtbot: QtBot) -> None:
    latest = Latest(shown)

    def fail() -> None:
        raise UserError("no answer", "Ask again.")

    with qtbot.waitSignal(latest.failed) as told:
        latest.ask(fail)
    assert told.args and str(told.args[0]).startswith("no answer")
    with qtbot.waitSignal(latest.answered) as answered:
        latest.ask(fail)
        latest.ask(lambda: 7)
    assert answered.args == [7]


def test_a_fault_is_told_as_one(shown: QWidget, qtbot: QtBot) -> None:
    latest = Latest(shown)

    def fail() -> None:
        raise KeyError("a mistake of the program")

    with qtbot.captureExceptions() as faults:
        latest.ask(fail)
        qtbot.waitUntil(lambda: not latest.is_waiting and bool(faults))
    assert faults[0][0] is KeyError
    assert not latest.veil.isVisible()
