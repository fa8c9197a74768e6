"""Buttons that are made alike in many places."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from mlflow_cost_desktop.gui.toolkit.labels import show_tooltip


def quiet_button(text: str, tip: str) -> QToolButton:
    """A button without a frame, for what is done with a list or a view."""
    button = QToolButton()
    button.setObjectName("listButton")
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    show_tooltip(button, tip)
    return button
