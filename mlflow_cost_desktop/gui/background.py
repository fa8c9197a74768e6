"""Work that would freeze the window, done in another thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal

T = TypeVar("T")


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
