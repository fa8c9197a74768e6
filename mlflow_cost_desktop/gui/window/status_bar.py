"""The quiet line at the foot of the window: what was done, what runs, how many lines there are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QStatusBar, QToolButton

from mlflow_cost_desktop.figures import Figures, one_line, plural
from mlflow_cost_desktop.gui.dialogs.costs_moved import CostsMoved
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.wording.totals import gaps_in_words

SHORT_WORK = 400
"""Milliseconds; shorter work is not mentioned."""


class StatusBar(QStatusBar):
    """Says one thing at a time; what it says of a file may lead to the file."""

    cancel_requested = Signal()

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self.message = plain_label("message")
        self.open_result = _link("Open")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.cancel = _link("Cancel")
        self.costs_moved = CostsMoved(figures)
        self.line_count = plain_label("lineCount")
        self._result: Path | None = None
        self._running = ""
        self._opened, self._is_of_scenario = 0, False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHORT_WORK)
        self.setSizeGripEnabled(False)
        for widget in (self.message, self.open_result, self.progress, self.cancel):
            self.addWidget(widget)
        for widget in (self.costs_moved, self.line_count):
            self.addPermanentWidget(widget)
        self.open_result.clicked.connect(self._open_result)
        self.cancel.clicked.connect(self.cancel_requested)
        self._patience.timeout.connect(self._say_running)

    def say(self, text: str, result: Path | None = None, *, is_of_scenario: bool = False) -> None:
        """Say something, with a link to a file that came of it.

        Args:
            is_of_scenario: whether it is no news any longer once another scenario is open.
        """
        self._is_of_scenario = is_of_scenario
        text = one_line(text)
        room = max(self.width() // 2, 300)
        mode = Qt.TextElideMode.ElideMiddle  # the ends of a path tell the most
        short = self.message.fontMetrics().elidedText(text, mode, room)
        self.message.setText(short)
        show_tooltip(self.message, text if short != text else "")
        self._result = result
        self.open_result.setVisible(result is not None)

    def show_running(self, what: str) -> None:
        """Work goes on, which can be canceled; it is over where `what` is empty."""
        self._running = what
        if what:
            self.progress.setValue(0)
            self.progress.setAccessibleName(what)
            self._patience.start()
        else:
            self._patience.stop()
            self.progress.hide()
            self.cancel.hide()

    def show_progress(self, share: float) -> None:
        """How much of the work is done, 0 to 1."""
        self.progress.setValue(round(100.0 * share))

    def show_study(self, study: Study) -> None:
        if study.opened != self._opened:
            self._opened = study.opened
            if self._is_of_scenario:
                self.say("")
        gaps = gaps_in_words(study.estimate)
        count = sum(charge.is_worth_showing for charge in study.estimate.charges)
        lines = f"{count} {plural(count, 'line')}"
        self.line_count.setText(f"{lines} · {gaps}" if gaps else lines)

    def _say_running(self) -> None:
        self.say(self._running)
        self.progress.show()
        self.cancel.show()

    def _open_result(self) -> None:
        if self._result:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result)))


def _link(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.hide()
    return button
