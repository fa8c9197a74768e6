"""The one place that tells the user what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from mlflow_cost_desktop.errors import UserError


def show_problem(parent: QWidget, error: Exception) -> None:
    """Say what happened and what to do, without blocking the event loop.

    Anything but a `UserError` is a fault of the program and goes on to the caller of last
    resort.
    """
    if not isinstance(error, UserError):
        raise error
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(error.title)
    box.setInformativeText(error.advice)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
