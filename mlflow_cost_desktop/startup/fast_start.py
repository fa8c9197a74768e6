"""Everything that is done only to have the window sooner, each with what it gains.

Gains are of the user CPU time of a whole start, measured by `benchmarks/start.py` with and without
a trick, alternately. One that gains less than 2 % goes, as did two: to load the model before the
window's modules (nothing), and to forbid pydantic its search for plug-ins (1.3 %).

What needs no trick stands where it belongs. Modules that few starts need (dialogs, the report,
logging) are imported by the function that needs them, and tabs and rows of forms are made when
they first come into sight: one import inside a function is this habit, and needs no reason there.
"""

from __future__ import annotations

import builtins
import gc
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event

_over = Event()
_over.set()


def begin() -> None:
    """What holds until the window is there; `end` takes back what must not stay."""
    _over.clear()
    # 5 to 13 %: hardly anything that a start makes is garbage.
    gc.disable()


def is_over() -> bool:
    """Whether the window has its charts: slow answers, which nobody waits for yet, may follow."""
    return _over.is_set()


def end() -> None:
    """Let garbage be collected from now on: the window has its charts, or will not get them.

    What is there now is never collected. Who collects is `garbage`. A second call does nothing.
    """
    if not _over.is_set():
        gc.freeze()
        _over.set()


@contextmanager
def python_import() -> Generator[None, None, None]:
    """Loads Qt, and puts Python's own import back.

    8 %: Qt's bindings put another in its place, which reads the source of every module imported
    from then on, to see whether it asks for other names of Qt's methods. None here does.
    """
    own = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = own
