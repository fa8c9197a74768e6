"""How the tests of the window find its editors, and use them as a user's hands would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.new import NewDialog
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.inputs.editors import MachineEditor, NumberEditor
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.inputs.input_panel import SCENARIO_TAB
from mlflow_cost_desktop.gui.inputs.scenario_tab import OwnPanel, ScenarioTab
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price_book import PriceBook

MARKUP = '<b>x</b><img src="nowhere.png">'
"""A name as a stranger's file may hold it."""


def study(scenario: Scenario, price_book: PriceBook) -> Study:
    """What views are handed, at the prices of any book."""
    return Study(
        scenario, price_book, estimate(scenario, price_book), warnings(scenario, price_book)
    )


def tab_of(qtbot: QtBot, session: Session, *roots: str) -> ComponentTab:
    """The form of some fields on the screen, connected to a session as in the window."""
    tab = ComponentTab(roots[0], roots)
    qtbot.addWidget(tab)
    tab.resize(420, 900)
    tab.edited.connect(session.edit)
    session.refused.connect(tab.form.show_problem)
    session.study_changed.connect(tab.show_study)
    session.show_again()
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    vars(session).setdefault("_kept", []).append(tab)  # signals and qtbot keep nothing alive
    return tab


def own_panel(window: MainWindow) -> OwnPanel:
    """What the tab of the whole scenario says of the user's own rates and lines."""
    tab = window.inputs.open_tab(SCENARIO_TAB)
    assert isinstance(tab, ScenarioTab)
    return tab.own_panel


def editor(within: QWidget, path: str) -> Any:
    """The editor of a field, by its path."""
    found = within.findChild(QWidget, path)
    assert found is not None, f"no editor for {path}"
    return found


def number(within: QWidget, path: str) -> NumberEditor:
    found = editor(within, path)
    assert isinstance(found, NumberEditor)
    return found


def written(of: QWidget) -> str:
    """What a number's editor says: the number, and its unit where there is room for it."""
    assert isinstance(of, NumberEditor)
    return f"{of.text()} {of.unit_in_sight}".rstrip()


def machine(within: QWidget, path: str) -> MachineEditor:
    found = editor(within, path)
    assert isinstance(found, MachineEditor)
    found.list_machines()  # as when somebody turns to it
    return found


def problem(of: QWidget) -> str:
    """The sentence beside an editor, empty where there is none."""
    form = of.parentWidget()
    while not isinstance(form, Form):
        assert form is not None
        form = form.parentWidget()
    label = form.rows[of.objectName()].problem
    return "" if label.isHidden() else label.text()


def type_into(qtbot: QtBot, into: QWidget, text: str) -> None:
    """Choose an editor, replace what is in it, and leave it by Enter."""
    into.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(into, NumberEditor | QLineEdit):
        into.selectAll()
    else:
        assert isinstance(into, QComboBox)
        line = into.lineEdit()
        assert line is not None
        line.selectAll()
    if text:
        qtbot.keyClicks(into, text)
    else:
        qtbot.keyClick(into, Qt.Key.Key_Delete)
    qtbot.keyClick(into, Qt.Key.Key_Return)


def choose(qtbot: QtBot, combo: QComboBox, value: str) -> None:
    """Go to a line of a combo box by the arrow keys."""
    combo.setFocus()
    steps = combo.findData(value) - combo.currentIndex()
    key = Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up
    for _ in range(abs(steps)):
        qtbot.keyClick(combo, key)
    assert combo.currentData() == value


def turn_wheel(over: QWidget) -> None:
    """One notch of the mouse wheel."""
    middle = QPointF(over.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(over.mapToGlobal(over.rect().center())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(over, event)


def rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[list[str]]:
    """The cells of a table, those of a group below its own."""
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        yield [model.index(row, c, parent).data() for c in range(model.columnCount(parent))]
        yield from rows(model, model.index(row, 0, parent))


def texts_of(top: QWidget) -> Iterator[str]:
    """Every text that a widget and all within show, or tell by tooltip or assistive technology."""
    for widget in (top, *top.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton | QAbstractSpinBox):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QTextEdit):
            yield widget.toPlainText()
        if isinstance(widget, QAbstractItemView) and widget.model():
            yield from _cells(widget, QModelIndex())


def _cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    roles = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.UserRole
    for row in range(model.rowCount(parent)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(index.data(role) or "") for role in roles)
        yield from _cells(view, model.index(row, 0, parent))


def line(model: QAbstractItemModel, name: str) -> list[str]:
    """The one line whose name begins so."""
    found = [cells for cells in rows(model) if cells[0].startswith(name)]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def message_box() -> QMessageBox:
    """The message that stands on the screen."""
    boxes = [
        box
        for box in QApplication.topLevelWidgets()
        if isinstance(box, QMessageBox) and box.isVisible()
    ]
    assert len(boxes) == 1, boxes
    return boxes[0]


@contextmanager
def answering(button: QMessageBox.StandardButton) -> Iterator[list[str]]:
    """Press a button of the question that comes up; hands out the questions that came."""
    asked: list[str] = []
    timer = QTimer()

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.button(button).click()

    timer.timeout.connect(press)
    timer.start(0)
    try:
        yield asked
    finally:
        timer.stop()


@contextmanager
def answering_in_words(*answers: str) -> Iterator[list[str]]:
    """Press buttons of questions, one after the other, by their words; hands out the questions.

    The empty answer is Escape.
    """
    asked: list[str] = []
    left = list(answers)
    timer = QTimer()

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return
        assert box.textFormat() == Qt.TextFormat.PlainText
        asked.append(box.text())
        answer = left.pop(0)
        if answer:
            next(one for one in box.buttons() if one.text().replace("&", "") == answer).click()
        else:
            box.reject()

    timer.timeout.connect(press)
    timer.start(0)
    try:
        yield asked
    finally:
        timer.stop()
    assert left == []


def answering_dialog(path: Path | None) -> Callable[..., tuple[str, str]]:
    """A file dialog in which the user picks a path, or cancels."""
    return lambda *_: (str(path) if path else "", "")


def begin_new(window: MainWindow, preset: str = "The article's small team") -> None:
    """File → New, and a preset."""
    window.new_action.trigger()
    dialog = window.findChildren(NewDialog)[-1]
    row = list(window.samples).index(preset)
    dialog.presets.setCurrentRow(row)
    dialog.accept()  # which deletes it
