"""About the program: versions, licenses, trademarks, and the keys that it knows."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMenu,
    QMenuBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import open_at, scaled
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.providers import PROVIDERS
from mlflow_cost_desktop.startup.shipped import build_date, direct

NOTES = (
    "What it really costs to host MLflow yourself.",
    "Licensed under the Apache License 2.0. Qt and PySide6 are used under the GNU Lesser General "
    "Public License, version 3; Licenses… tells where their source is, and all other licenses.",
    "Prices are list prices of the dates shown beside them. Every figure is an estimate, not a "
    "quotation.",
    "MLflow is a trademark of LF Projects, LLC. This program is not affiliated with it, with "
    f"{', '.join(provider.name for provider in PROVIDERS.values())} or with any vendor.",
)

FIELD_KEYS = (
    ("Tab, Shift+Tab", "Go to the next field, or to the previous one"),
    ("Up, Down", "Change a number by one step"),
    ("Alt and the underlined letter", "Go to a field of the form"),
)


def versions() -> str:
    """The program's, Python's and the libraries' versions, to be copied into a report."""
    built = build_date(resources_dir())
    lines = [
        f"MLflow Cost {__version__}" + (f", built {built}" if built else ""),
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        ", ".join(f"{name} {version}" for name, version in direct()),
    ]
    return "\n".join(lines)


class AboutDialog(QDialog):
    """Versions, licenses and trademarks.

    Args:
        price_dates: the dates of the prices in use, in words.
    """

    def __init__(self, parent: QWidget, price_dates: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("About MLflow Cost")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        title = plain_label("dialogTitle")
        title.setText(f"MLflow Cost {__version__}")
        column.addWidget(title)
        for text in (NOTES[0], f"{price_dates}.", *NOTES[1:]):
            note = plain_label("")
            note.setText(text)
            note.setWordWrap(True)
            note.setMinimumWidth(scaled(420))
            column.addWidget(note)
        self.versions = plain_label("note")
        self.versions.setText(versions())
        self.versions.setWordWrap(True)
        self.versions.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.versions.setAccessibleDescription("Versions and licenses")
        column.addWidget(self.versions)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton("&Copy versions")
        self.copy.setAutoDefault(False)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.licenses = QPushButton("&Licenses…")
        self.licenses.setAutoDefault(False)
        buttons.addButton(self.licenses, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        self.licenses.clicked.connect(self._show_licenses)
        column.addWidget(buttons)

    def _show_licenses(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.licenses import LicensesDialog
        from mlflow_cost_desktop.startup.shipped import works

        dialog = LicensesDialog(self, works(resources_dir()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class KeysDialog(QDialog):
    """Every shortcut: those of the menus, read from them, and those of fields and charts.

    Args:
        others: keys that no menu shows, by the heading that they stand under.
    """

    def __init__(
        self, parent: QWidget, menus: QMenuBar, others: Mapping[str, Iterable[tuple[str, str]]]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        open_at(self, 580, 620)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(24)
        for action in menus.actions():
            self._add_group(_plain(action), _keys_of(action))
        for title, keys in {"Fields": FIELD_KEYS, **others}.items():
            self._add_group(title, keys)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setObjectName("keys")
        area.setAccessibleName("Keyboard shortcuts")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(area, 1)
        column.addWidget(buttons)

    def _add_group(self, title: str, keys: Iterable[tuple[str, str]]) -> None:
        pairs = list(keys)
        if not pairs:
            return
        heading = plain_label("section")
        heading.setText(title)
        heading.setContentsMargins(0, 8, 0, 0)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        for key, words in pairs:
            row = self._grid.rowCount()
            for column, text in enumerate((key, words)):
                label = plain_label("field" if column == 0 else "")
                label.setText(text)
                self._grid.addWidget(label, row, column)


def _keys_of(menu_action: QAction) -> Iterable[tuple[str, str]]:
    # The stubs know no more than that it is an object.
    menu = menu_action.menu()
    for action in menu.actions() if isinstance(menu, QMenu) else ():
        if action.menu() is not None:
            yield from _keys_of(action)
        elif not action.shortcut().isEmpty():
            native = QKeySequence.SequenceFormat.NativeText
            keys = [key.toString(native) for key in action.shortcuts()]
            # Some keyboards have a key of that very name: it needs no telling.
            yield ", ".join(key for key in keys if key != _plain(action)), _plain(action)


def _plain(action: QAction) -> str:
    """An action's words without the mark of its mnemonic; "Undo" without its step."""
    return action.iconText()
