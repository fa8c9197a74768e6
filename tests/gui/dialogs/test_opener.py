"""Dialogs are gone when they are closed, however often they were opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from mlflow_cost_desktop.gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _settle() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_opened_again_and_again_they_leave_nothing_behind(window: MainWindow) -> None:
    actions = (
        *(window.new_action, window.prices_action, window.rates_action, window.lines_action),
        *(window.help_action, window.keys_action, window.about_action),
    )
    middle = window.centralWidget()
    assert middle is not None
    for action in actions:
        counts: list[int] = []
        for _ in range(3):
            action.trigger()
            _settle()
            (dialog,) = window.findChildren(QDialog)
            assert dialog.isVisible()
            dialog.close()
            _settle()
            assert window.findChildren(QDialog) == []
            # The charts in the window's middle fill themselves in meanwhile.
            rest = (one for one in QApplication.allWidgets() if not middle.isAncestorOf(one))
            counts.append(sum(1 for _ in rest))
        assert counts[1] == counts[2], action.text()
