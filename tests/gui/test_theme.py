"""The look, wherever the program is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.theme import DARK, LIGHT, Theme
from mlflow_cost_desktop.paths import resources_dir


def test_an_installation_folder_may_have_any_name(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    # Qt warns of a sheet that it can't parse, and a warning fails the test.
    resources = tmp_path / "o'brien (ünï) 100 %"
    for name in ("icons", "theme", "fonts"):
        shutil.copytree(resources_dir() / name, resources / name)
    theme = Theme(qapp, resources, "light")
    box = QDoubleSpinBox()
    qtbot.addWidget(box)
    box.grab()
    assert theme.colors == LIGHT
    assert not theme.icon("undo").isNull()
    theme.choose("dark")
    assert theme.colors == DARK
