"""Settings come back; what is broken or of another time is kept aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from mlflow_cost_desktop.gui.toolkit.settings import VERSION, Settings


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
    settings = Settings(tmp_path)
    settings.recent_files = [tmp_path / "one"]
    assert settings.recent_files == [tmp_path / "one"]
    (tmp_path / "settings.ini").write_text("[General]\nrecent_files=/other/file\nversion=1\n")
    assert settings.recent_files == [Path("/other/file")]


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff garbage",
        b"[General",
        f"[General]\nversion={VERSION + 1}\nappearance=dark\n".encode(),
        b"[General]\nversion=soon\nappearance=dark\n",
    ],
    ids=["garbage", "cut off", "newer", "no version"],
)
def test_a_file_that_is_not_ours_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.ini").write_bytes(content)
    (tmp_path / "settings-aside-1.ini").write_bytes(b"from before")
    settings = Settings(tmp_path)
    assert settings.appearance == "system"
    settings.appearance = "light"
    assert (tmp_path / "settings-aside-2.ini").read_bytes() == content
    assert (tmp_path / "settings-aside-1.ini").read_bytes() == b"from before"
    assert Settings(tmp_path).appearance == "light"
    assert _names(tmp_path) == ["settings-aside-1.ini", "settings-aside-2.ini", "settings.ini"]


@pytest.mark.parametrize(
    "content", [b"", b"[General]\nappearance=purple\nrecent_files=1\n[layout]\nwindow=x\n"]
)
def test_odd_values_are_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.ini").write_bytes(content)
    settings = Settings(tmp_path)
    assert settings.appearance == "system"
    assert settings.layout("window").isEmpty()
    assert all(isinstance(path, Path) for path in settings.recent_files)
    assert _names(tmp_path) == ["settings.ini"]
