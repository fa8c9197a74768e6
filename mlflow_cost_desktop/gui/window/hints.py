"""Three quiet hints for a new user, one after the other, that can be put away for good."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QToolButton

from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row

HINTS = (
    "Change on the left what differs where you are: users, hours, sizes. Everything follows.",
    "Drag the line in a chart to try other hours or gigabytes; point at the chart to read it.",
    "Every line shows its arithmetic and source; a double click leads to its input.",
)

NARROW = 460
"""Of the bar, for a font of the usual size, from which on its buttons stand below the hint."""


class HintBar(QFrame):
    """One hint at a time; `put_away` tells that no more are wanted."""

    put_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hints")
        self._at = 0
        self.words = plain_label("hint")
        self.words.setWordWrap(True)
        self.words.setAccessibleDescription("Hint")
        self.following = QToolButton()
        self.following.setText("Next hint")
        self.close_button = QToolButton()
        self.close_button.setText("Don't show again")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.following)
        buttons.addWidget(self.close_button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self.words, 1)
        self._row.addLayout(buttons)
        self.following.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self._put_away)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            wrap_row(self._row, scaled(NARROW), self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wrap_row(self._row, scaled(NARROW), self.width())

    def start(self) -> None:
        """Show the first hint."""
        self._at = 0
        self._show()
        self.show()

    def _go_on(self) -> None:
        self._at += 1
        self._show()

    def _show(self) -> None:
        self.words.setText(f"{self._at + 1} of {len(HINTS)}: {HINTS[self._at]}")
        self.following.setVisible(self._at + 1 < len(HINTS))

    def _put_away(self) -> None:
        self.hide()
        self.put_away.emit()
