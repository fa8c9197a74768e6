"""The file that a dialog gave: with an ending that fits, and not in another's place unasked."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from mlflow_cost_desktop.gui.toolkit.problem import ask


def chosen_file(parent: QWidget, name: str, *endings: str) -> Path | None:
    """The file to write; none where the user canceled.

    The dialog asks before an existing file is replaced, but not where the ending that is added
    here makes it one.

    Args:
        name: what the dialog gave, empty where it was closed.
        endings: those that fit; the first is added where the name has none of them.
    """
    if not name:
        return None
    if name.lower().endswith(endings):
        return Path(name)
    path = Path(name + endings[0])
    if os.path.exists(path):  # false as well where it may not be looked at
        buttons = QMessageBox.StandardButton
        question = f"Replace {path.name}?"
        answer = ask(parent, question, "It exists already.", buttons.Yes | buttons.No)
        return path if answer == buttons.Yes else None
    return path
