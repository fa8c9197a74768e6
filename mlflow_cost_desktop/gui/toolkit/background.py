"""Work that would freeze the window, done in another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal

T = TypeVar("T")


class WithdrawnError(Exception):
    """Nobody wants the result any more."""


class Permission:
    """Whether work may take effect: until it is withdrawn, and no longer once it was used."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_open = True

    def check(self) -> None:
        """Let work end early.

        Raises:
            WithdrawnError: if it can't take effect any more.
        """
        if not self._is_open:
            raise WithdrawnError

    def take(self) -> bool:
        """True to the first who asks, which is either who uses it or who withdraws it."""
        with self._lock:
            is_open, self._is_open = self._is_open, False
            return is_open


def end_background() -> None:
    """Wait for all that runs beside the window; to be called before Qt ends."""
    QThreadPool.globalInstance().waitForDone()
    _let_go()


_started: list[_Outcome] = []
"""Those whose thread may still hold them. Were it the last to do so, it would delete what lives in
the window's thread, while that one uses it."""


def _let_go() -> None:
    if not QThreadPool.globalInstance().activeThreadCount():
        _started[:] = [one for one in _started if one.work is not None]  # what was not told yet


class _Outcome(QObject):
    """Brings what came of the work to the thread that asked, where this lives."""

    came = Signal(object, object)  # from the other thread: the result, or what was raised
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self.work: Callable[[], object] | None = work
        self.came.connect(self._tell)

    def _tell(self, result: object, error: Exception | None) -> None:
        self.work = None  # what it holds goes here, too
        _let_go()
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)


class _Run(QRunnable):
    """The work in its thread."""

    def __init__(self, outcome: _Outcome) -> None:
        super().__init__()
        self._outcome: _Outcome | None = outcome

    def run(self) -> None:
        # Taken out: PySide lets go of some runnables late or never.
        outcome, self._outcome = self._outcome, None
        assert outcome is not None and outcome.work is not None, "a job is done once"
        try:
            result = outcome.work()
        except Exception as error:  # handed on to the thread that can show it
            outcome.came.emit(None, error)
        else:
            outcome.came.emit(result, None)


class Job(Generic[T]):
    """A function called in another thread; exactly one of its signals follows, in this thread."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._outcome = _Outcome(work)
        self.done = self._outcome.done
        self.failed = self._outcome.failed

    def start(self) -> None:
        _let_go()
        _started.append(self._outcome)
        QThreadPool.globalInstance().start(_Run(self._outcome))

    def wait(self) -> None:
        """Block until the work is over and its signal has been delivered."""
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
