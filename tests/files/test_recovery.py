"""Copies of unsaved work: found again only when their window is gone, never thrown away unread."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.lock import Lock
from mlflow_cost_desktop.files.recovery import Abandoned, Origin, RecoveryCopy, abandoned
from tests.support import ARTICLE, changed

SAVED = SavedFigures(price_dates=None, effective_cost=1.0)
OURS = changed(ARTICLE, name="Ours")

CRASH = """
import os, signal, sys
from pathlib import Path
from mlflow_cost_desktop.files.recovery import Origin, RecoveryCopy
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.model.scenario import Scenario
copy = RecoveryCopy(Path(sys.argv[1]))
saved = SavedFigures(price_dates=None, effective_cost=1.0)
copy.write(Scenario(name="First"), saved, Origin())
copy.write(Scenario(name="Crashed"), saved, Origin(Path(sys.argv[2]), "abc"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def _crash(folder: Path, path: Path) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(folder), str(path)], check=False, timeout=60)


def _left(folder: Path) -> Abandoned:
    (copy,) = abandoned(folder)
    return copy


def test_a_live_window_keeps_its_copy(tmp_path: Path) -> None:
    copy = RecoveryCopy(tmp_path / "recovery")
    copy.discard()  # nothing was kept
    assert not (tmp_path / "recovery").exists()
    copy.write(OURS, SAVED, Origin())
    assert copy.path and copy.path.is_file()
    assert abandoned(tmp_path / "recovery") == []
    copy.discard()
    assert os.listdir(tmp_path / "recovery") == []
    copy.write(OURS, SAVED, Origin())
    copy.discard()
    assert os.listdir(tmp_path / "recovery") == []


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal on Windows")
def test_the_note_of_the_origin_is_written_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[bytes] = []
    monkeypatch.setattr(Lock, "write", lambda _, note: notes.append(note))
    copy = RecoveryCopy(tmp_path)
    for origin in (Origin(), Origin(), Origin(tmp_path, "one"), Origin(tmp_path, "one")):
        copy.write(OURS, SAVED, origin)
    assert len(notes) == 2
    copy.discard()
    copy.write(OURS, SAVED, Origin(tmp_path, "one"))  # another copy, with a note of its own
    assert len(notes) == 3
    copy.discard()


def test_after_a_crash_the_copy_is_found_by_one(tmp_path: Path) -> None:
    _crash(tmp_path, tmp_path / "budget.mlcost")
    copy = _left(tmp_path)
    assert copy.origin == Origin(tmp_path / "budget.mlcost", "abc")
    assert copy.read().scenario.name == "Crashed"
    assert abandoned(tmp_path) == []  # it is being offered
    copy.leave()
    again = _left(tmp_path)
    assert (again.origin, again.time) == (copy.origin, copy.time)
    again.discard()
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal on Windows")
def test_an_unreadable_copy_is_set_aside(tmp_path: Path) -> None:
    _crash(tmp_path, tmp_path / "budget.mlcost")
    (file,) = tmp_path.glob("*.mlcost")
    file.write_bytes(b"torn")
    copy = _left(tmp_path)
    with pytest.raises(UserError):
        copy.read()
    aside = copy.set_aside()
    assert aside.read_bytes() == b"torn"
    assert abandoned(tmp_path) == []
    assert os.listdir(tmp_path) == [aside.name]


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"path": 3, "digest": null}', b"\xff"])
def test_a_broken_note_costs_only_the_origin(tmp_path: Path, note: bytes) -> None:
    copy = RecoveryCopy(tmp_path)
    copy.write(OURS, SAVED, Origin(tmp_path / "a.mlcost", "abc"))
    assert copy.path
    data = copy.path.read_bytes()
    copy.discard()
    (tmp_path / "left.mlcost").write_bytes(data)
    (tmp_path / "left.lock").write_bytes(note)
    found = _left(tmp_path)
    assert found.origin == Origin()
    assert found.read().scenario == OURS
    found.discard()


def test_the_newest_comes_first(tmp_path: Path) -> None:
    for name, time in (("a", 1000), ("b", 3000), ("c", 2000)):
        (tmp_path / f"{name}.mlcost").write_bytes(b"")
        os.utime(tmp_path / f"{name}.mlcost", (time, time))
    found = abandoned(tmp_path)
    assert [copy.path.stem for copy in found] == ["b", "c", "a"]
    for copy in found:
        copy.discard()


def test_no_folder_no_copies(tmp_path: Path) -> None:
    assert abandoned(tmp_path / "nowhere") == []


def test_no_copies_in_a_folder_that_may_not_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "glob", denied)
    assert abandoned(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="locks are the system's there")
def test_work_is_kept_and_found_on_a_disk_without_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    copy = RecoveryCopy(tmp_path)
    for _ in range(3):
        copy.write(OURS, SAVED, Origin())
    assert not copy.is_locked
    assert len(os.listdir(tmp_path)) == 2  # the copy and its note, no stray ones
    assert abandoned(tmp_path) == []  # this process lives
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           check=True, capture_output=True, text=True)  # fmt: skip
    note = next(tmp_path.glob("*.lock"))
    note.write_text(json.dumps({"path": None, "digest": None, "holder": int(ended.stdout)}))
    assert _left(tmp_path).read().scenario == OURS


@pytest.fixture(scope="module")
def two_crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the copies of two processes that crashed."""
    folder = tmp_path_factory.mktemp("crashed")
    for name in ("odd", "sound"):
        _crash(folder, folder / f"{name}.mlcost")
    return folder


@pytest.mark.parametrize(
    "note",
    [b'{"path": "/tmp/\\ud800", "digest": null}', b'{"path": 7}', b"[]", b"7", b"[" * 100_000, b""],
)
def test_an_odd_note_keeps_no_other_copy_from_being_offered(
    tmp_path: Path, two_crashed: Path, note: bytes
) -> None:
    shutil.copytree(two_crashed, tmp_path, dirs_exist_ok=True)
    odd = next(path for path in tmp_path.glob("*.lock") if b"odd.mlcost" in path.read_bytes())
    odd.write_bytes(note)
    found = abandoned(tmp_path)
    assert {copy.origin.path for copy in found} == {None, two_crashed / "sound.mlcost"}
