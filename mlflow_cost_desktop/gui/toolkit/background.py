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


class _Signals(QObject):
    done = Signal(object)
    failed = Signal(object)


class Job(QRunnable, Generic[T]):
    """A function called in another thread; exactly one of its signals follows."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__()
        self._work = work
        self._signals = _Signals()
        self.done = self._signals.done
        self.failed = self._signals.failed
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # handed on to the thread that can show it
            self.failed.emit(error)
        else:
            self.done.emit(result)

    def start(self) -> None:
        QThreadPool.globalInstance().start(self)

    def wait(self) -> None:
        """Block until the work is over and its signal has been delivered."""
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
