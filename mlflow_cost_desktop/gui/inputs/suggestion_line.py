"""Quiet lines below a tab: what the program offers, with a button that applies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QVBoxLayout, QWidget

from mlflow_cost_desktop.figures import Figures, write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.gui.toolkit.tab_order import reach_after
from mlflow_cost_desktop.model.components import COMPONENTS

if TYPE_CHECKING:
    from mlflow_cost_desktop.analysis.suggestions import Suggestion


class SuggestionLine(QFrame):
    """One suggestion: its sentence, its buttons, and a cross that dismisses it."""

    applied = Signal(object)
    look_asked = Signal(object)  # to see what would change before it is applied
    dismissed = Signal(object)

    def __init__(self, suggestion: Suggestion, figures: Figures) -> None:
        super().__init__()
        self.setObjectName("suggestion")
        self.suggestion = suggestion
        text = write(suggestion.text, figures)
        self.words = plain_label("suggestionText")
        self.words.setWordWrap(True)
        self.words.setText(text.replace(" %", "\N{NO-BREAK SPACE}%"))
        self.apply_button = QToolButton()
        self.apply_button.setText(suggestion.button)
        self.apply_button.setAccessibleName(f"{suggestion.button}: {text}")
        self.look_button = QToolButton()
        self.look_button.setObjectName("quiet")
        self.look_button.setText("Look…")
        self.look_button.setToolTip("See what would change, then apply all or some of it")
        self.look_button.setAccessibleName(f"See what would change: {text}")
        self.close_button = QToolButton()
        self.close_button.setText("×")
        self.close_button.setToolTip("Don't offer this again for this scenario")
        self.close_button.setAccessibleName(f"Dismiss: {text}")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        grid.addWidget(self.words, 0, 0, 3, 1)
        # One below the other: beside each other they would leave the words half as much room.
        grid.addWidget(self.apply_button, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.look_button, 1, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.close_button, 0, 2)
        for button in self.stops:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Not before it has a parent: it would be a window of its own.
        for button in (self.apply_button, self.look_button):
            button.setVisible(bool(suggestion.button))
        self.apply_button.clicked.connect(lambda: self.applied.emit(self.suggestion))
        self.look_button.clicked.connect(lambda: self.look_asked.emit(self.suggestion))
        self.close_button.clicked.connect(lambda: self.dismissed.emit(self.suggestion))

    @property
    def stops(self) -> tuple[QToolButton, ...]:
        """What takes the keyboard, in reading order."""
        return self.apply_button, self.close_button, self.look_button


class SuggestionLines(QWidget):
    """The suggestions of one tab; what is no component has none."""

    applied = Signal(object)
    look_asked = Signal(object)
    dismissed = Signal(object)

    def __init__(self, component: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._component = component
        self._is_in_sight = True
        self._study: Study | None = None
        self._suggestions: tuple[Suggestion, ...] = ()
        self.lines: list[SuggestionLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._column.setSpacing(6)
        self._calm = Calm(self)  # suggestions ask for several estimates
        self._calm.came.connect(self._refresh_in_sight)
        self.hide()

    def show_study(self, study: Study) -> None:
        """Look for suggestions soon; only those of the tab in sight are."""
        self._study = study
        self._calm.start()

    def be_in_sight(self, is_in_sight: bool) -> None:
        """Stand below the open tab only."""
        self._is_in_sight = is_in_sight
        self.setVisible(is_in_sight and bool(self.lines))

    def refresh(self) -> None:
        """Look for suggestions now."""
        if self._study is None or self._component not in COMPONENTS:
            return
        # Loaded once figures rest, which at the start is after the charts are there.
        from mlflow_cost_desktop.analysis.suggestions import suggestions

        found = suggestions(self._study.scenario, self._study.price_book, (self._component,))
        if found != self._suggestions:
            self._suggestions = found
            self._lay_out(self._study.figures)

    def _refresh_in_sight(self) -> None:
        page = self.parentWidget()
        if page and page.isVisible():  # by now it may be closed
            self.refresh()

    def _lay_out(self, figures: Figures) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [SuggestionLine(suggestion, figures) for suggestion in self._suggestions]
        for line in self.lines:
            line.applied.connect(self.applied)
            line.look_asked.connect(self.look_asked)
            line.dismissed.connect(self.dismissed)
            self._column.addWidget(line)
        stops = [button for line in self.lines for button in line.stops]
        reach_after(self, stops)
        self.be_in_sight(self._is_in_sight)
