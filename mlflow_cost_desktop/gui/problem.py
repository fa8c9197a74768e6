"""The one place that tells the user what went wrong."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from mlflow_cost_desktop.errors import UserError


def show_problem(parent: QWidget, error: Exception) -> None:
    """Say what happened and what to do, without blocking the event loop.

    Anything but a `UserError` is a fault of the program: see `show_faults`.
    """
    if not isinstance(error, UserError):
        raise error
    _box(parent, QMessageBox.Icon.Warning, error.title, error.advice).open()


def show_faults(parent: QWidget) -> None:
    """Tell of the program's own faults, which would otherwise pass unseen, with their report."""

    open_boxes: list[QMessageBox] = []

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, fault, trace)
        if open_boxes or not issubclass(kind, Exception):
            return  # one box says it; a fault in painting would open them without end
        box = _box(
            parent,
            QMessageBox.Icon.Critical,
            "The program made a mistake",
            "Your file on disk is unchanged. Save under another name if you have changes, and "
            "start the program again; the details help to mend the mistake.",
        )
        box.setDetailedText("".join(traceback.format_exception(kind, fault, trace)))
        open_boxes.append(box)
        box.finished.connect(open_boxes.clear)
        box.open()

    sys.excepthook = tell


def ask(
    parent: QWidget, question: str, consequence: str, buttons: QMessageBox.StandardButton
) -> QMessageBox.StandardButton:
    """Ask, and wait for the answer; Enter saves where that is among the answers."""
    box = _box(parent, QMessageBox.Icon.Question, question, consequence)
    box.setStandardButtons(buttons)
    box.setDefaultButton(QMessageBox.StandardButton.Save)
    return QMessageBox.StandardButton(box.exec())


def _box(parent: QWidget, icon: QMessageBox.Icon, title: str, advice: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(advice)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
