"""Files that are dropped on a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QWidget


def files_in(data: QMimeData) -> list[Path]:
    """The local files that are being dragged."""
    names = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [Path(name) for name in names if name and "\0" not in name]


def let_files_pass(editor: QWidget) -> None:
    """Keep an editor from taking a dropped file's name for text: the window opens the file."""
    editor.setAcceptDrops(False)
    for line in editor.findChildren(QLineEdit):
        line.setAcceptDrops(False)
