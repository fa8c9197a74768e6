"""Walking along the chain of what Tab reaches."""

from __future__ import annotations

import gc

import shiboken6
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.tab_order import come_last


def test_what_comes_last_keeps_the_actions_of_all_on_the_way(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, spins, last = QLineEdit(), [QSpinBox() for _ in range(3)], QWidget()
    inside = QLineEdit(last)
    for widget in (first, *spins, last):
        column.addWidget(widget)
    actions = [widget.addAction("One") for widget in (first, *spins, inside)]
    for _ in range(3):
        come_last(last)
        gc.collect()  # the chain leads through line edits of Qt's own, inside the spin boxes
    spins.pop().deleteLater()
    qtbot.wait(1)
    assert [shiboken6.isValid(action) for action in actions] == [True, True, True, False, True]
