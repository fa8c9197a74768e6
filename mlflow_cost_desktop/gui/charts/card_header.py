"""The head of a chart's card: its title, and the buttons beside it or below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QMenu, QToolButton

from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row


class CardHeader(QBoxLayout):
    """Title, the way back to the whole axes, the switch between the views, and the menu's button.

    `whole` keeps its place while it is hidden, so that nothing moves when it comes.

    Args:
        views: what the switch chooses from, by name: its word and its tooltip. The first is on.
        menu_tip: what the menu holds.
    """

    def __init__(self, menu: QMenu, views: Mapping[str, tuple[str, str]], menu_tip: str) -> None:
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
        for at, (name, (text, tip)) in enumerate(views.items()):
            button = self.views[name] = _button(text, name, tip)
            button.setProperty("place", "first" if at == 0 else "")
            button.setCheckable(True)
            button.setChecked(at == 0)
            self.group.addButton(button)
        for button in list(self.views.values())[1:][-1:]:
            button.setProperty("place", "last")
        self.more = _button("⋯", "more", menu_tip)
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
