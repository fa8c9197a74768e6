"""Menus that are filled anew leave nothing of what they held before."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QMenu

from mlflow_cost_desktop.gui.window.main_window import MainWindow


def test_menus_that_open_again_gather_nothing(window: MainWindow) -> None:
    def opened() -> int:
        for _ in range(2):  # those below, too
            for menu in window.findChildren(QMenu):
                menu.aboutToShow.emit()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return sum(len(menu.findChildren(QObject)) for menu in window.findChildren(QMenu))

    first = opened()
    assert opened() == first
