"""The latest answer to a question that takes its time; until it comes, the old one is dimmed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.gui.toolkit.background import Job, WithdrawnError

SOON = 50
"""Milliseconds until an answer that has not come is waited for in sight."""

DIMMED = 150
"""How much, of 255, of the ground lies over an old answer."""


class Latest(QObject):
    """Works out answers in another thread, one at a time; of many questions the last one counts.

    Args:
        shown: the widget that holds the answer. While it is of an older question, a veil lies
            over it, which lets clicks pass.

    Signals:
        answered: the answer to the last question.
        failed: a `UserError` in its place, or that the work was given up (`WithdrawnError`). Any
            other error is a fault of the program, and is told as one: see `gui/dialogs/faults.py`.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, shown: QWidget) -> None:
        super().__init__(shown)
        self._shown = shown
        self._number = 0
        self._running: Job[tuple[int, object]] | None = None
        self._next: Callable[[], object] | None = None
        self.veil = Veil(shown)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.veil.lie_over)

    @property
    def is_waiting(self) -> bool:
        """Whether the answer to what was asked last has not come."""
        return self._running is not None

    def ask(self, work: Callable[[], object]) -> None:
        """Ask; `answered` follows, unless something else is asked before."""
        self._number += 1
        self._next = work
        if not self._soon.isActive() and not self.veil.isVisible():
            self._soon.start()
        if self._running is None:
            self._start()

    def give_up(self) -> None:
        """Want no answer any longer: what is shown is right."""
        self._number += 1
        self._next = None
        self._end_waiting()

    def _start(self) -> None:
        work, number = self._next, self._number
        if work is None:
            return
        self._next = None
        self._running = job = Job(lambda: (number, work()))
        job.done.connect(self._take)
        job.failed.connect(self._take_failure)
        job.start()

    def _take(self, outcome: tuple[int, object]) -> None:
        number, answer = outcome
        self._running = None
        if number == self._number:
            self._end_waiting()
            self.answered.emit(answer)
        else:
            self._start()

    def _take_failure(self, error: Exception) -> None:
        self._running = None
        if self._next is not None:
            self._start()
        else:
            self._end_waiting()
            if not isinstance(error, (UserError, WithdrawnError)):
                raise error
            self.failed.emit(error)

    def _end_waiting(self) -> None:
        self._soon.stop()
        self.veil.hide()


class Veil(QWidget):
    """Lets what lies below look faint: it is no longer, or not yet, the answer."""

    def __init__(self, below: QWidget) -> None:
        super().__init__(below)
        self._below = below
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        below.installEventFilter(self)

    def lie_over(self) -> None:
        """Cover all of the widget below."""
        self.setGeometry(self._below.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QColor(self.palette().color(QPalette.ColorRole.Base))
        ground.setAlpha(DIMMED)
        QPainter(self).fillRect(self.rect(), ground)
