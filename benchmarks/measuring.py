"""How the benchmarks measure: figures with their floors, things by turns, windows as processes."""

from __future__ import annotations

import atexit
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import IO, Any

from start import STARTED

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Effort:
    """How often each thing is measured."""

    warm_ups: int = 1
    starts: int = 11
    rounds: int = 12
    changes: int = 15
    drags: int = 12
    positions: int = 50
    sweeps: int = 15
    books: int = 15


QUICK = Effort(warm_ups=0, starts=1, rounds=1, changes=3, drags=1, positions=3, sweeps=1, books=1)


@dataclass(frozen=True)
class Figure:
    """Something measured and, where there is one, its floor.

    `aim` is a ratio to the floor, `limit` a figure of its own unit.
    """

    key: str
    title: str
    value: float
    unit: str
    floor: str | None = None
    floor_value: float | None = None
    aim: float | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor it takes."""
        return self.value / self.floor_value if self.floor_value else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; none where there is no aim."""
        if self.limit is not None:
            return self.value <= self.limit
        return None if self.ratio is None or self.aim is None else self.ratio <= self.aim

    def as_json(self) -> dict[str, Any]:
        """The fields, with ratio and whether the aim is met."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def taking_turns(
    times: int, first: Callable[[], object], second: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Seconds of two things that are done alternately."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for work, found in zip((first, second), seconds, strict=True):
            start = perf_counter()
            work()
            found.append(perf_counter() - start)
    return seconds


def started(kind: str) -> dict[str, Any]:
    """What a fresh process says about its window; see start.py."""
    environment = {**child_environment(), STARTED: repr(perf_counter())}
    done = subprocess.run(
        [sys.executable, str(HERE / "start.py"), kind],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


class Child:
    """A process that answers each line with a line of JSON; see repaint.py."""

    def __init__(self, script: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / script), *arguments],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.first = self._answer()

    def ask(self, line: str) -> Any:
        """Send a line, wait for what it is answered with."""
        print(line, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        line = _pipe(self._process.stdout).readline()
        if not line:
            raise SystemExit(f"A window ended early, with status {self._process.wait()}")
        return json.loads(line)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        _pipe(self._process.stdin).close()
        status = self._process.wait()
        if status:
            raise SystemExit(f"A window ended with status {status}")


def child_environment() -> dict[str, str]:
    """The environment of the windows: without a screen they are painted in memory."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users' starts are from byte code
    # Nothing is read or left in the user's own folders, recovery copies least of all.
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        environment[variable] = own_folder()
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if platform.system() == "Linux" and not has_screen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    if environment.get("QT_QPA_PLATFORM") == "offscreen":
        # It has no window manager to pass size hints to, and says so each time.
        environment.setdefault("QT_LOGGING_RULES", "default.warning=false")
    return environment


@cache
def own_folder() -> str:
    """An empty folder for settings and state, which goes with this process."""
    folder = tempfile.TemporaryDirectory(prefix="mlflow-cost-benchmark-")
    atexit.register(folder.cleanup)
    return folder.name


def milliseconds(seconds: Sequence[float]) -> float:
    """The median of some seconds, in milliseconds."""
    return median(seconds) * 1000


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
