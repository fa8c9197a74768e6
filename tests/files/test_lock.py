"""A lock has one holder, and the system lets go of it with the process."""

from __future__ import annotations

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
