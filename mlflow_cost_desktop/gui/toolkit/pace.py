"""When slow answers follow what is typed or dragged."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from mlflow_cost_desktop.startup import fast_start

CALM_MS = 150
"""Milliseconds without a key or a move, before answers that take many estimates."""


class Calm(QTimer):
    """Tells once that nothing was typed or moved for a while, which each `start` begins anew.

    While the program starts it waits on: window and charts are painted first.
    """

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(CALM_MS)
        self.timeout.connect(self._tell)

    def _tell(self) -> None:
        if fast_start.is_over():
            self.came.emit()
        else:
            self.start()
