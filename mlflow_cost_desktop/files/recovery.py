"""Copies of unsaved work, kept while it is unsaved and offered after a crash.

A copy is a scenario file like any other, in a folder of the user's state. Beside it lies a lock
that its window holds: a copy whose lock can be taken has lost its window.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.lock import Lock
from mlflow_cost_desktop.files.scenario_file import SUFFIX, ScenarioFile, as_bytes, read_scenario
from mlflow_cost_desktop.model.scenario import Scenario

LOCK = ".lock"
UNREADABLE = ".unreadable"


class Origin(NamedTuple):
    """The file that unsaved work belongs to, and what stood in it (its digest)."""

    path: Path | None = None
    digest: str | None = None


class RecoveryCopy:
    """The copy of one window's unsaved work.

    Args:
        folder: where copies are kept; it is made when there is something to keep.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: Lock | None = None
        self._note = b""

    @property
    def is_locked(self) -> bool:
        """Whether no other program takes the copy for one that lost its window."""
        return self._lock is None or self._lock.is_exclusive

    @property
    def path(self) -> Path | None:
        """Where the copy is kept, None while there is none."""
        return self._lock.path.with_suffix(SUFFIX) if self._lock else None

    def write(self, scenario: Scenario, saved: SavedFigures, origin: Origin) -> None:
        """Keep the work as it is now.

        Raises:
            UserError, OSError: if it can't be kept; an older copy stays.
        """
        lock = self._lock or self._new_lock()
        path = str(origin.path) if origin.path else None
        # Without a lock, it is the process by which a copy is known to have lost its window.
        holder = None if lock.is_exclusive else os.getpid()
        note = json.dumps({"path": path, "digest": origin.digest, "holder": holder}).encode()
        if note != self._note:  # it is not replaced as a whole: seldom is better
            lock.write(note)
            self._note = note
        write_atomically(lock.path.with_suffix(SUFFIX), as_bytes(scenario, saved))

    def discard(self) -> None:
        """Keep nothing any more: the work is saved, or given up."""
        if self._lock:
            _discard(self._lock)
        self._lock = None

    def _new_lock(self) -> Lock:
        lock = None
        while lock is None:
            lock = Lock.take(self._folder / f"{secrets.token_hex(8)}{LOCK}")
        self._lock, self._note = lock, b""
        return lock


class Abandoned:
    """A copy whose window is gone; nobody else is offered it while this one lives."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self.path = lock.path.with_suffix(SUFFIX)
        self.origin = _origin(lock)
        self.time = datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()

    def read(self) -> ScenarioFile:
        """The work that was not saved. Raises UserError."""
        return read_scenario(self.path)

    def discard(self) -> None:
        """Delete it for good."""
        _discard(self._lock)

    def leave(self) -> None:
        """Leave it for the next start."""
        self._lock.leave()

    def set_aside(self) -> Path:
        """Keep it under another name, where it is not offered again; the new path.

        Raises:
            OSError: if it can't be renamed.
        """
        aside = self.path.with_suffix(f"{SUFFIX}{UNREADABLE}")
        self.path.replace(aside)
        self._lock.release()
        return aside


def abandoned(folder: Path) -> list[Abandoned]:
    """The copies that lost their window, the newest first."""
    found: list[Abandoned] = []
    paths: list[Path] = []
    with contextlib.suppress(OSError):  # the folder may not be looked into
        paths += sorted(folder.glob(f"*{SUFFIX}"))
    for path in paths:
        with contextlib.suppress(OSError):
            lock = Lock.take(path.with_suffix(LOCK))
            if lock is None:
                continue
            if not lock.is_exclusive and _lives(_note(lock).get("holder")):
                lock.leave()
                continue
            if not path.is_file():  # its window has discarded it meanwhile
                lock.release()
                continue
            found.append(Abandoned(lock))
    return sorted(found, key=lambda copy: copy.time, reverse=True)


def _note(lock: Lock) -> dict[str, Any]:
    """What was noted beside a copy; nothing where that is not sound."""
    try:
        note = json.loads(lock.read())
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", note) if isinstance(note, dict) else {}


def _origin(lock: Lock) -> Origin:
    note = _note(lock)
    path, digest = note.get("path"), note.get("digest")
    if not isinstance(path, str) or not path or "\0" in path:
        return Origin()
    try:
        os.fsencode(path)
    except UnicodeEncodeError:  # half a character: no file has such a name
        return Origin()
    return Origin(Path(path), digest if isinstance(digest, str) else None)


def _lives(process: object) -> bool:
    """Whether a process of that number runs here; one of somebody else's does, too."""
    if not isinstance(process, int) or isinstance(process, bool) or not 0 < process < 2**31:
        return False
    if process == os.getpid():
        return True
    if os.name == "nt":  # there, locks are the system's own, on every disk
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _discard(lock: Lock) -> None:
    with contextlib.suppress(OSError):
        lock.path.with_suffix(SUFFIX).unlink()
    lock.release()
