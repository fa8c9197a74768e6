"""Texts that may hold a stranger's words: shown as they are, never as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(name: str) -> QLabel:
    """A label for the style sheet's `name` that takes no word for markup."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def plain_tooltip(text: str) -> str:
    """A tooltip's text. Qt guesses whether a tooltip is rich text, so it is told, and escaped."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
