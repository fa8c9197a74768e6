"""Edits that are looked at first: what each would change, and that all or some are applied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.gui.dialogs.edits import EditsDialog
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.fields.edits import Edits
from tests.gui.conftest import Desk
from tests.gui.helpers import MARKUP

LEFT = Qt.MouseButton.LeftButton
VALUES = (
    ("usage.hours", 100.0),
    ("server.ec2.replicas", 1.0),  # as it is
    ("artifact_store.stored_gb", 2048.0),
)


def _made(qtbot: QtBot, session: Session, edits: Edits, desk: Desk) -> EditsDialog:
    dialog = EditsDialog(session.study, edits, "Read.", session.tried, PLAIN, desk)
    dialog.applied.connect(lambda chosen: session.apply(chosen, "Take it over"))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> EditsDialog:
    edits = Edits.proposed(desk.session.scenario, VALUES, "A server said so", "guess")
    return _made(qtbot, desk.session, edits, desk)


def _item(dialog: EditsDialog, row: int) -> QTreeWidgetItem:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    return item


def _rows(dialog: EditsDialog) -> list[list[str]]:
    columns = range(dialog.list.columnCount())
    items = (_item(dialog, row) for row in range(dialog.list.topLevelItemCount()))
    return [[item.text(column) for column in columns] for item in items]


def test_each_edit_says_what_changes_and_why(dialog: EditsDialog) -> None:
    assert _rows(dialog) == [
        ["Usage", "720 h / month", "100 h / month", "a guess", "A server said so"],
        ["Artifact store · Artifacts kept", "1,024 GB", "2,048 GB", "a guess", "A server said so"],
    ]
    told = _item(dialog, 0).data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Usage: 720 h / month becomes 100 h / month, a guess. A server said so"


def test_all_are_applied_in_one_step(qtbot: QtBot, desk: Desk, dialog: EditsDialog) -> None:
    before = desk.session.scenario
    after = desk.session.tried(dialog.chosen)
    costs = [f"${float(of.estimate.effective_cost):,.2f}" for of in (desk.session.study, after)]
    assert dialog.outcome.text() == f"A month costs {costs[0]} now and {costs[1]} then."
    assert desk.session.scenario == before
    qtbot.mouseClick(dialog.apply_button, LEFT)
    assert desk.session.scenario == after.scenario
    assert desk.session.undo_stack.undoText() == "Take it over"
    desk.session.undo_stack.undo()
    assert desk.session.scenario == before
    assert desk.session.is_clean


def test_some_are_applied_by_keys(qtbot: QtBot, desk: Desk, dialog: EditsDialog) -> None:
    assert dialog.list.hasFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.apply_button.text() == "A&pply 1 of 2"
    assert dialog.all_box.checkState() == Qt.CheckState.PartiallyChecked
    assert dialog.chosen.values == {"artifact_store.stored_gb": 2048.0}
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert desk.session.scenario.usage.hours == 720.0
    assert desk.session.scenario.artifact_store.stored_gb == 2048.0


def test_a_box_for_all_of_them(qtbot: QtBot, dialog: EditsDialog) -> None:
    assert dialog.all_box.checkState() == Qt.CheckState.Checked
    qtbot.keyClick(dialog.all_box, Qt.Key.Key_Space)
    assert not dialog.chosen
    assert not dialog.apply_button.isEnabled()
    _item(dialog, 1).setCheckState(0, Qt.CheckState.Checked)
    assert dialog.apply_button.isEnabled()
    qtbot.keyClick(dialog.all_box, Qt.Key.Key_Space)
    assert len(dialog.chosen.edits) == 2
    assert dialog.apply_button.text() == "A&pply"


def test_escape_changes_nothing(qtbot: QtBot, desk: Desk, dialog: EditsDialog) -> None:
    before = desk.session.scenario
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.session.scenario is before
    assert desk.session.undo_stack.count() == 0


def test_what_a_field_refuses_is_said_before_it_is_applied(qtbot: QtBot, desk: Desk) -> None:
    values = (("usage.hours", 5000.0), ("artifact_store.stored_gb", 2048.0))
    edits = Edits.proposed(desk.session.scenario, values, MARKUP)
    dialog = _made(qtbot, desk.session, edits, desk)
    assert dialog.problem.text() == "Usage: it must be at most 1,000"
    assert dialog.problem.isVisible()
    assert not dialog.apply_button.isEnabled()
    _item(dialog, 0).setCheckState(0, Qt.CheckState.Unchecked)
    assert not dialog.problem.isVisible()
    assert dialog.apply_button.isEnabled()


def test_a_single_edit_has_no_box_for_all(qtbot: QtBot, desk: Desk) -> None:
    edits = Edits.proposed(desk.session.scenario, VALUES[:2])
    dialog = _made(qtbot, desk.session, edits, desk)
    assert dialog.all_box.isHidden()
    assert dialog.list.topLevelItemCount() == 1


def test_a_suggestion_is_looked_at_before_it_is_applied(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.scenario
    suggestions = window.inputs.tab("server").suggestions
    suggestions.refresh()
    line = next(one for one in suggestions.lines if "reservation" in one.suggestion.id)
    assert line.look_button.mapTo(line, QPoint()).y() > line.apply_button.mapTo(line, QPoint()).y()
    line.look_button.setFocus()
    qtbot.keyClick(line.look_button, Qt.Key.Key_Space)
    (dialog,) = window.findChildren(EditsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.intro.text() == line.suggestion.text
    assert _rows(dialog) == [
        [
            "Server · Purchase option",
            "On demand",
            "Reserved",
            "certain",
            "A one-year reservation without upfront payment",
        ]
    ]
    assert window.session.scenario is before
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert window.session.scenario.server.ec2.purchase == "reserved"
    assert window.undo_action.text().startswith("&Undo ")
    window.undo_action.trigger()
    assert window.session.scenario == before


def test_what_cannot_be_applied_cannot_be_looked_at(window: MainWindow) -> None:
    window.session.edit("usage.hours", 100.0)
    suggestions = window.inputs.tab("server").suggestions
    suggestions.refresh()
    line = next(one for one in suggestions.lines if not one.suggestion.edits)
    assert line.look_button.isHidden() and line.apply_button.isHidden()
