"""The answer's views, one of them in sight, with a switch above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from mlflow_cost_desktop.gui.document.session import Study

THIS_MONTH, OVER_TIME, UNCERTAINTY = "This month", "Over time", "Uncertainty"
ALTERNATIVES, COMPARE = "Alternatives", "Compare"


class View(Protocol):
    """A widget that answers one question of a study.

    Not `show`: that is how Qt brings a widget onto the screen.
    """

    def show_study(self, study: Study) -> None:
        """Answer for another study; called only while the view is in sight."""
        ...


class Views(QWidget):
    """The views by their names: each is made when it is first to be seen.

    A view out of sight costs nothing: it is handed the latest study when it comes into sight,
    and every one after that until it leaves. The switch is there only where there is a choice.

    Args:
        makers: make a view, which is a widget as well, inside a parent; by the name that the
            switch shows. The first of them is in sight from the beginning.
    """

    changed = Signal(str)  # the name of the view that came into sight
    made = Signal(QWidget)  # a view has come into the window, after all that Tab reached so far

    def __init__(self, makers: Mapping[str, Callable[[QWidget], View]], parent: QWidget) -> None:
        super().__init__(parent)
        self._makers: dict[str, Callable[[QWidget], View]] = {}
        self._views: dict[str, View] = {}
        self._study: Study | None = None
        self.switch = QTabBar(self)
        self.switch.setObjectName("views")
        self.switch.setAccessibleName("Views of the answer")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setUsesScrollButtons(True)
        self.switch.setElideMode(Qt.TextElideMode.ElideNone)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.switch)
        column.addWidget(self._stack, 1)
        for name, make in makers.items():
            self.add(name, make)
        self.switch.currentChanged.connect(self._bring_into_sight)
        self._bring_into_sight()

    @property
    def current(self) -> str:
        """The name of the view in sight."""
        return list(self._makers)[self.switch.currentIndex()]

    def add(self, name: str, make: Callable[[QWidget], View]) -> None:
        """Offer one more view, after the others: when something is compared, or a bill opened."""
        self._makers[name] = make
        self.switch.addTab(name)
        self.switch.setVisible(len(self._makers) > 1)

    def has(self, name: str) -> bool:
        """Whether a view of that name is offered."""
        return name in self._makers

    def open(self, name: str) -> View:
        """Bring a view into sight, making it where it never was there.

        Raises:
            ValueError: if there is no view of that name.
        """
        self.switch.setCurrentIndex(list(self._makers).index(name))
        return self._views[name]

    def show_study(self, study: Study) -> None:
        """Hand a study to the view in sight; the others ask for it when they come there."""
        self._study = study
        self._views[self.current].show_study(study)

    def _bring_into_sight(self) -> None:
        name = self.current
        is_new = name not in self._views
        if is_new:
            self._views[name] = self._makers[name](self._stack)
            self._stack.addWidget(cast("QWidget", self._views[name]))
        view = cast("QWidget", self._views[name])
        if self._study:
            self._views[name].show_study(self._study)  # before it is seen with older figures
        self._stack.setCurrentWidget(view)
        if is_new:
            self.made.emit(view)
        self.changed.emit(name)
