"""The menu of recent files: the latest first, missing ones marked."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import digest_on_disk, write_scenario
from mlflow_cost_desktop.gui.document.recent_files import MOST
from mlflow_cost_desktop.gui.toolkit.file_choice import chosen_file
from mlflow_cost_desktop.gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _lines(window: MainWindow) -> list[str]:
    window.recent_files.aboutToShow.emit()
    return [action.text() for action in window.recent_files.actions() if action.text()]


def _write(window: MainWindow, path: Path) -> Path:
    write_scenario(path, window.session.scenario, figures_of(window.session.study.estimate))
    return path


def test_opened_and_saved_files_come_to_the_top(window: MainWindow, tmp_path: Path) -> None:
    assert _lines(window) == ["No files yet"]
    one, two = (_write(window, tmp_path / name) for name in ("one.mlcost", "a & b.mlcost"))
    for path in (one, two):
        window.document.open(path)
    assert window.document._save_to(tmp_path / "three.mlcost")
    window.document.open(one)
    lines = _lines(window)
    assert [line.split(" – ")[0] for line in lines[:3]] == [
        *("&1  one.mlcost", "&2  three.mlcost", "&3  a && b.mlcost"),
    ]
    two.unlink()
    assert _lines(window)[2].endswith(" (missing)")
    assert not window.recent_files.actions()[2].isEnabled()
    window.recent_files.actions()[1].trigger()
    assert window.document.title == "three.mlcost"
    window.recent_files.actions()[-1].trigger()
    assert _lines(window) == ["No files yet"]


def test_a_file_in_a_folder_that_may_not_be_looked_into_counts_as_missing(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = os.stat

    def denied(path: Any, *how: Any, **more: Any) -> os.stat_result:
        if "away" in str(path):
            raise PermissionError(errno.EACCES, "Permission denied")
        return found(path, *how, **more)

    window.recent_files.add(tmp_path / "away.mlcost")
    monkeypatch.setattr(os, "stat", denied)
    assert _lines(window)[0].endswith(" (missing)")
    assert chosen_file(window, str(tmp_path / "away"), ".pdf") == tmp_path / "away.pdf"
    assert digest_on_disk(tmp_path / "away.mlcost") is None


def test_the_list_is_bounded_and_comes_back(
    window: MainWindow, tmp_path: Path, make_window: Callable[[], MainWindow]
) -> None:
    for number in range(MOST + 5):
        window.recent_files.add(tmp_path / f"{number}.mlcost")
    assert len(window.settings.recent_files) == MOST
    assert window.settings.recent_files[0] == tmp_path / f"{MOST + 4}.mlcost"
    again = make_window()
    assert len([line for line in _lines(again) if "missing" in line]) == MOST
