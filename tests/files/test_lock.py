"""A lock has one holder, and the system lets go of it with the process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlflow_cost_desktop.files.lock import Lock


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "made" / "a.lock"
    first = Lock.take(path)
    assert first
    assert Lock.take(path) is None
    first.release()
    assert not path.exists()
    second = Lock.take(path)
    assert second
    first.release()  # again: it is somebody else's now
    assert path.exists()
    assert Lock.take(path) is None
    second.release()


def test_a_note_stays_with_who_leaves(tmp_path: Path) -> None:
    lock = Lock.take(tmp_path / "a.lock")
    assert lock
    lock.write(b"a long note")
    lock.write(b"short")
    assert lock.read() == b"short"
    lock.leave()
    found = Lock.take(tmp_path / "a.lock")
    assert found
    assert found.read() == b"short"
    found.release()


HOLD = """
import sys
from pathlib import Path
from mlflow_cost_desktop.files.lock import Lock
lock = Lock.take(Path(sys.argv[1]))
lock.write(b"held")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == b"held\n"
        assert Lock.take(path) is None
        child.kill()
        child.wait()
    lock = Lock.take(path)
    assert lock
    assert lock.read() == b"held"
    lock.release()


def test_where_no_lock_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        Lock.take(tmp_path / "file" / "a.lock")


@pytest.mark.skipif(sys.platform == "win32", reason="locks are the system's there")
def test_a_disk_without_locks_gives_one_to_everybody_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    first, second = Lock.take(tmp_path / "a.lock"), Lock.take(tmp_path / "a.lock")
    assert first
    assert second
    assert not first.is_exclusive
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    monkeypatch.setattr("fcntl.flock", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "I/O")))
    for _ in range(20):
        with pytest.raises(OSError, match="I/O"):
            Lock.take(tmp_path / "b.lock")
    if before:
        assert len(os.listdir("/proc/self/fd")) == before  # no handle is left open
    first.release()
    second.release()
