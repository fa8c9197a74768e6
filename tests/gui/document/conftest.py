"""Files that dialogs choose, and a scenario on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import write_scenario
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.helpers import answering_dialog, editor, type_into
from tests.support import ARTICLE, changed


@pytest.fixture
def picks(monkeypatch: pytest.MonkeyPatch) -> Picks:
    """What the user picks in the next file dialogs."""
    return Picks(monkeypatch)


class Picks:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.to_open(None)
        self.to_save(None)

    def to_open(self, path: Path | None) -> None:
        self._patch.setattr(QFileDialog, "getOpenFileName", answering_dialog(path))

    def to_save(self, path: Path | None) -> None:
        self._patch.setattr(QFileDialog, "getSaveFileName", answering_dialog(path))


@pytest.fixture
def saved(tmp_path: Path, window: MainWindow) -> Path:
    """A scenario of three replicas in a file."""
    path = tmp_path / "three.mlcost"
    scenario = changed(ARTICLE, name="Three", server__ec2__replicas=3.0)
    write_scenario(path, scenario, figures_of(window.session.study.estimate))
    return path


def type_hours(qtbot: QtBot, window: MainWindow, hours: str) -> None:
    type_into(qtbot, editor(window, "usage.hours"), hours)
