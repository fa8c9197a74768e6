"""Settings come back; what is broken or of another time is kept aside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from mlflow_cost_desktop.gui.toolkit.settings import MAX_BYTES, VERSION, Settings


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_settings_come_back(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new")
    assert not (tmp_path / "new").exists()  # nothing is remembered yet
    settings.appearance = "dark"
    settings.recent_files = [tmp_path / "ü, 1.mlcost", tmp_path / "b=[c].mlcost"]
    settings.remember_layout("window", QByteArray(b"\x00\xff;="))
    again = Settings(tmp_path / "new")
    assert again.appearance == "dark"
    assert again.recent_files == settings.recent_files
    assert again.layout("window") == QByteArray(b"\x00\xff;=")
    assert again.layout("unknown").isEmpty()
    settings.recent_files = [tmp_path / "one.mlcost"]
    assert Settings(tmp_path / "new").recent_files == [tmp_path / "one.mlcost"]
    settings.recent_files = []
    assert Settings(tmp_path / "new").recent_files == []


def test_files_that_another_program_opened_are_seen(tmp_path: Path) -> None:
    settings, other = Settings(tmp_path), Settings(tmp_path)
    settings.recent_files = [tmp_path / "one"]
    other.recent_files = [Path("/other/file")]
    assert settings.recent_files == [Path("/other/file")]
    other.appearance = "dark"
    settings.shows_hints = False  # what the other remembered meanwhile stays
    assert Settings(tmp_path).appearance == "dark"


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff garbage",
        b'{"version": 1',
        f'{{"version": {VERSION + 1}, "appearance": "dark"}}'.encode(),
        b'{"version": "soon", "appearance": "dark"}',
        b"[1]",
        b"[" * 100_000,
        b" " * (MAX_BYTES + 1),
    ],
    ids=["garbage", "cut off", "newer", "no version", "a list", "deep", "large"],
)
def test_a_file_that_is_not_ours_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    (tmp_path / "settings-aside-1.json").write_bytes(b"from before")
    settings = Settings(tmp_path)
    assert settings.appearance == "system"
    settings.appearance = "light"
    assert (tmp_path / "settings-aside-2.json").read_bytes() == content
    assert (tmp_path / "settings-aside-1.json").read_bytes() == b"from before"
    assert Settings(tmp_path).appearance == "light"
    names = ["settings-aside-1.json", "settings-aside-2.json", "settings.json"]
    assert _names(tmp_path) == names


@pytest.mark.parametrize(
    "content",
    [
        '{"version": 1}',
        '{"version": 1, "appearance": "purple", "recent_files": 1, "layout/window": "x"}',
        '{"version": 1, "appearance": [], "recent_files": [1, "", "\\u0000"], "layout/w": 7}',
    ],
)
def test_odd_values_are_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    settings = Settings(tmp_path)
    assert settings.appearance == "system"
    assert settings.layout("window").isEmpty()
    assert settings.recent_files == []
    assert _names(tmp_path) == ["settings.json"]


def test_nothing_in_a_file_is_run(tmp_path: Path) -> None:
    """Qt's own settings files may hold pickled objects, which run code when they are read."""
    (tmp_path / "settings.ini").write_text("[General]\nappearance=@Variant(\\0\\0\\0\\x7f)\n")
    assert Settings(tmp_path).appearance == "system"
    assert _names(tmp_path) == ["settings.ini"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_in_the_place_of_the_file_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.json")
    assert Settings(tmp_path).appearance == "system"
    assert _names(tmp_path) == ["settings-aside-1.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_folder_that_cannot_be_used_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    settings = Settings(tmp_path / "a file" / "settings")
    settings.appearance = "dark"
    assert settings.appearance == "dark"
