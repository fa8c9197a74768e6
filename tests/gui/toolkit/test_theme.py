"""The look, wherever the program is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.theme import DARK, LIGHT, Appearance, Theme
from mlflow_cost_desktop.gui.window.main_window import MainWindow
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


@pytest.mark.parametrize("damage", [None, b"", b"\xff\xfe\x00", b"QWidget { color: $nothing; } $"])
def test_a_look_that_is_missing_or_damaged_keeps_nobody_from_work(
    qapp: QApplication, tmp_path: Path, damage: bytes | None
) -> None:
    resources = tmp_path / "resources"
    for name in ("icons", "theme", "fonts"):
        (resources / name).mkdir(parents=True)
        for file in (resources_dir() / name).iterdir():
            if damage is not None and file.is_file():
                (resources / name / file.name).write_bytes(damage)
    theme = Theme(qapp, resources, "light")
    assert theme.icon("undo").isNull()
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == LIGHT["base"]
    theme.choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == DARK["base"]


def test_units_and_hints_are_dim_and_no_fainter(window: MainWindow) -> None:
    # A style sheet that gives a color makes placeholders half transparent, unless told otherwise.
    kinds = (QDoubleSpinBox, QLineEdit, QComboBox)
    inputs = [one for kind in kinds for one in window.findChildren(kind)]
    assert len(inputs) > 10
    themes: dict[Appearance, dict[str, str]] = {"light": LIGHT, "dark": DARK}
    for theme, colors in themes.items():
        window.theme.choose(theme)
        for one in inputs:
            one.ensurePolished()
            found = one.palette().color(QPalette.ColorRole.PlaceholderText).name()
            assert found == colors["dim"], (theme, one.objectName())


def _luminance(color: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(colors: dict[str, str]) -> None:
    assert _contrast("#ffffff", "#000000") == pytest.approx(21.0)
    grounds = ("base", "panel", "control", "hover")
    inks = ("text", "dim", "accent", "problem", "notice", "plan")
    pairs = [(ink, ground) for ink in inks for ground in grounds]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover")]
    faint = {
        pair: round(contrast, 2)
        for pair in pairs
        if (contrast := _contrast(colors[pair[0]], colors[pair[1]])) < 4.5
    }
    assert faint == {}
