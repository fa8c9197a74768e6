"""When slow answers follow: once nothing moves, and once the start is over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.pace import CALM_MS, Calm
from mlflow_cost_desktop.startup import fast_start


def test_calm_comes_once_after_the_last_move(qtbot: QtBot) -> None:
    parent = QObject()
    calm, told = Calm(parent), list[bool]()
    calm.came.connect(lambda: told.append(True))
    calm.start()
    calm.start()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(2 * CALM_MS)
    assert told == [True]


def test_while_the_program_starts_calm_waits_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QObject()
    calm, told = Calm(parent), list[bool]()
    calm.came.connect(lambda: told.append(True))
    monkeypatch.setattr(fast_start, "is_over", lambda: False)
    calm.start()
    qtbot.wait(3 * CALM_MS)
    assert not told and calm.isActive()
    monkeypatch.undo()
    qtbot.waitUntil(lambda: bool(told))
