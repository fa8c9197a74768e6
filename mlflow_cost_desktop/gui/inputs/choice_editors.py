"""Editors of a choice: a list that unfolds, all values side by side, or a box to tick.

A value that the region does not sell, as far as its price book knows, is marked, not hidden.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHelpEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from mlflow_cost_desktop.figures import Figures, write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_tooltip
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.model.choosers import without_price
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.startup import fast_start

NO_PRICE = "no price known here with the other choices as they are"

PADDING = 6
"""Of a segment, in characters."""


class ElidingBox(QComboBox):
    """A list whose chosen words, where they are too long, are elided and told by the tooltip."""

    def paintEvent(self, event: QPaintEvent) -> None:
        # As Qt paints it, but for words that are too long: those end with an ellipsis.
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._elided
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._elided != self.currentText():
            words = f"{plain_tooltip(self.currentText())}<br>{self.toolTip()}"
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    @property
    def _elided(self) -> str:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        mode = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.currentText(), mode, room.width() - 2)


class ChoiceEditor(ElidingBox):
    """One of a few values, in words."""

    edited = Signal(object)

    def __init__(self, spec: FieldSpec, figures: Figures) -> None:
        super().__init__()
        self._spec = spec
        self._figures = figures
        self._market: tuple[Study, str] | None = None
        for choice in spec.choices:
            self.addItem(self._label(choice), choice)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(self.findData(value))

    def show_market(self, study: Study, path: str) -> None:
        """Where the values would be bought; each is priced once somebody turns to the list."""
        self._market = study, path

    def showPopup(self) -> None:
        self._mark()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._mark()
        super().focusInEvent(event)

    def _mark(self) -> None:
        if self._market is None:
            return
        study, path = self._market
        unsold = without_price(study.scenario, study.price_book, path)
        dim = self.palette().brush(QPalette.ColorRole.PlaceholderText)
        for index, choice in enumerate(self._spec.choices):
            label = self._label(choice)
            missing = choice in unsold
            self.setItemText(index, f"{label} – {NO_PRICE}" if missing else label)
            self.setItemData(index, dim if missing else None, Qt.ItemDataRole.ForegroundRole)

    def _label(self, choice: str) -> str:
        return write(self._spec.label(choice), self._figures)

    def _tell(self, index: int) -> None:
        self.edited.emit(self.itemData(index))


class CheckEditor(QCheckBox):
    """Yes or no; the field's title is its text."""

    edited = Signal(object)

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec.title)
        self.clicked.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self.setChecked(value)

    def _tell(self, checked: bool) -> None:
        self.edited.emit(checked)


class SegmentedEditor(QWidget):
    """All values of a choice side by side, one of them pressed; arrows go from one to the next."""

    edited = Signal(object)

    def __init__(self, spec: FieldSpec, figures: Figures) -> None:
        super().__init__()
        self._spec = spec
        self._figures = figures
        self._market: tuple[Study, str] | None = None
        self._meaning = ""
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        last = len(spec.choices) - 1
        for at, choice in enumerate(spec.choices):
            button = QPushButton(self._label(choice))
            button.setObjectName("segment")
            button.setProperty("place", {0: "first", last: "last"}.get(at, "middle"))
            button.setCheckable(True)
            button.setAutoExclusive(True)  # a radio button to assistive technology
            button.setMinimumWidth(1)
            self._group.addButton(button)
            self._buttons[choice] = button
            row.addWidget(button, len(self._label(choice)) + PADDING)
        self._group.buttonClicked.connect(self._tell)
        self._calm = Calm(self)
        self._calm.came.connect(self._mark)

    def _label(self, choice: str) -> str:
        return write(self._spec.label(choice), self._figures)

    @property
    def segments(self) -> list[QWidget]:
        return list(self._buttons.values())

    def show_value(self, value: Any) -> None:
        self._buttons[value].setChecked(True)
        self.setFocusProxy(self._buttons[value])

    def show_market(self, study: Study, path: str) -> None:
        """Where the values would be bought; they are priced for each region."""
        before, self._market = self._market, (study, path)
        if before is None or before[0].price_book is not study.price_book:
            # Many estimates: at the start the window is painted first.
            if fast_start.is_over():
                self._mark()
            else:
                self._calm.start()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for choice, button in self._buttons.items():
            button.setAccessibleName(f"{name}: {self._label(choice)}")

    def setAccessibleDescription(self, text: str) -> None:
        super().setAccessibleDescription(text)
        for button in self._buttons.values():
            missing = button.property("unsold")
            button.setAccessibleDescription(NO_PRICE if missing else text)

    def setToolTip(self, text: str) -> None:
        self._meaning = text
        for choice, button in self._buttons.items():
            missing = button.property("unsold")
            words = plain_tooltip(f"{self._label(choice)}: {NO_PRICE}") if missing else text
            button.setToolTip(words)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._mark()  # what was typed since may have no price
        super().enterEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            for button in self._buttons.values():
                button.style().polish(button)
        super().changeEvent(event)

    def _mark(self) -> None:
        if self._market is None:
            return
        study, path = self._market
        unsold = without_price(study.scenario, study.price_book, path)
        for choice, button in self._buttons.items():
            button.setProperty("unsold", choice in unsold)
            button.style().unpolish(button)
            button.style().polish(button)
        self.setToolTip(self._meaning)
        self.setAccessibleDescription(self.accessibleDescription())

    def _tell(self, button: QAbstractButton) -> None:
        self.edited.emit(next(choice for choice, other in self._buttons.items() if other is button))
