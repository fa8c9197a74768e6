"""The one place that tells the user what went wrong, and asks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import one_line


def show_problem(parent: QWidget, error: Exception) -> None:
    """Say what happened and what to do, without blocking the event loop.

    Anything but a `UserError` is a fault of the program: see `faults`.
    """
    if not isinstance(error, UserError):
        raise error
    message_box(parent, QMessageBox.Icon.Warning, error.title, error.advice).open()


def ask(
    parent: QWidget, question: str, consequence: str, buttons: QMessageBox.StandardButton
) -> QMessageBox.StandardButton:
    """Ask, and wait for the answer; Enter saves where that is among the answers."""
    box = message_box(parent, QMessageBox.Icon.Question, question, consequence)
    box.setStandardButtons(buttons)
    box.setDefaultButton(QMessageBox.StandardButton.Save)
    return QMessageBox.StandardButton(box.exec())


def ask_which(
    parent: QWidget, question: str, consequence: str, answers: Iterable[str], escape: str
) -> str:
    """Ask with answers in words, the first of them chosen by Enter, and wait.

    Args:
        escape: the last answer, which Escape and the window's frame give too.
    """
    box = message_box(parent, QMessageBox.Icon.Question, question, consequence)
    buttons: list[QPushButton] = [
        box.addButton(answer, QMessageBox.ButtonRole.ActionRole) for answer in answers
    ]
    box.setDefaultButton(buttons[0])
    last = box.addButton(escape, QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(last)
    pressed: list[str] = []
    box.buttonClicked.connect(lambda button: pressed.append(button.text()))
    box.exec()
    return pressed[0] if pressed else escape


def message_box(
    parent: QWidget | None, icon: QMessageBox.Icon, title: str, advice: str
) -> QMessageBox:
    """A message in plain text: a stranger's words in it, or a file's name, are words."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(one_line(title))
    box.setInformativeText(one_line(advice))
    for label in box.findChildren(QLabel):  # the box's own format is the first text's alone
        label.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
