"""The head of a chart's card: its title, and the buttons beside it or below."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QMenu, QToolButton

from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row

VIEWS = {"parts": "Parts", "options": "Options"}
VIEW_TIPS = {
    "parts": "What the total is made of",
    "options": "The total with every way to host a part",
}

WHOLE_TIP = "Show the whole axes again (0, or a double click)"


class CardHeader(QBoxLayout):
    """Title, the way back to the whole axes, the switch between the views, and the menu's button.

    `whole` keeps its place while it is hidden, so that nothing moves when it comes.
    """

    def __init__(self, menu: QMenu) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.setSpacing(0)
        self.title = ElidedLabel("chartTitle")
        self.whole = _button(
            "Show all", "whole", "Show the whole axes again (0, or a double click)"
        )
        kept = self.whole.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.whole.setSizePolicy(kept)
        self.whole.hide()
        self.views: dict[str, QToolButton] = {}
        self.group = QButtonGroup(self)
        for name, text in VIEWS.items():
            button = self.views[name] = _button(text, name, VIEW_TIPS[name])
            button.setCheckable(True)
            self.group.addButton(button)
        self.views["parts"].setChecked(True)
        self.more = _button("⋯", "more", "Copy, save, show as table; what is along the axis")
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.whole)
        self._buttons.addSpacing(6)
        for button in self.views.values():
            self._buttons.addWidget(button)
        self._buttons.addSpacing(4)
        self._buttons.addWidget(self.more)
        self.addWidget(self.title, 1)
        self.addLayout(self._buttons)

    def show_name(self, name: str) -> None:
        """Name the chart, for the eye and for assistive technology."""
        self.title.setText(name)
        for button in self.views.values():
            button.setAccessibleName(f"{name}: {button.text().lower()}")
        self.more.setAccessibleName(f"{name}: copy, save, table, axis")
        self.whole.setAccessibleName(f"{name}: show the whole axes")

    def fit(self, room: int) -> None:
        """Put the buttons below the title where they have no room, px, beside it."""
        title = max(min(self.title.sizeHint().width(), scaled(130)), self.title.minimumWidth())
        wrap_row(self, title + self._buttons.sizeHint().width(), room)


def _button(text: str, segment: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setProperty("segment", segment)
    button.setToolTip(tip)
    return button
