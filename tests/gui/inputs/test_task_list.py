"""The Maintenance tab: tasks are added, copied, renamed and removed, and some are dimmed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.inputs.item_list import free_id
from mlflow_cost_desktop.gui.inputs.task_list import LaborTab
from mlflow_cost_desktop.model.labor.tasks import Task
from tests.gui.helpers import MARKUP, choose, editor, number, type_into
from tests.shared.labor import DEFAULTS
from tests.support import changed


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> LaborTab:
    session.open(DEFAULTS)
    made = LaborTab("labor", ("team", "labor"))
    qtbot.addWidget(made)
    made.resize(410, 900)
    made.edited.connect(session.edit)
    session.refused.connect(made.show_problem)
    session.study_changed.connect(made.show_study)
    session.show_again()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def names(tab: LaborTab) -> list[str]:
    tree = tab.tasks.tree
    items = (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))
    return [item.text(0) for item in items if item]


def cost(tab: LaborTab, name: str) -> str:
    (found,) = tab.tasks.tree.findItems(name, Qt.MatchFlag.MatchExactly)
    return found.text(1)


def type_name(qtbot: QtBot, tab: LaborTab, name: str) -> None:
    line = tab.tasks.tree.findChild(QLineEdit)
    assert line is not None
    line.setText(name)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_the_list_has_each_task_with_its_cost_a_month(tab: LaborTab, session: Session) -> None:
    assert names(tab) == [task.name for task in DEFAULTS.labor.tasks]
    assert cost(tab, "Version upgrades") == "60.93"
    # 746.1809, with the exit, by 5 users and by 1,024 GB
    assert tab.hours.text() == "4.7 h of upkeep a month · $149.24 a user · $0.73 a GB"
    session.edit("labor.tasks.upgrades.hours", 8.0)
    assert cost(tab, "Version upgrades") == "121.87"


def test_what_mlflow_brings_stands_above_the_choices(tab: LaborTab) -> None:
    said = [label.text() for label in tab.form.findChildren(QLabel) if label.isVisible()]
    (built_in,) = [text for text in said if text.startswith("MLflow today:")]
    assert "roles since 3.12 (May 2026)" in built_in
    assert "Source: the MLflow packages up to 3.18.0" in built_in


def test_the_selected_task_s_form_stands_below(
    qtbot: QtBot, tab: LaborTab, session: Session
) -> None:
    tab.tasks.select("upgrades")
    type_into(qtbot, number(tab, "labor.tasks.upgrades.hours"), "5")
    assert session.scenario.labor.tasks[1].hours == 5.0
    type_into(qtbot, number(tab, "labor.tasks.upgrades.times"), "99999999")
    assert session.scenario.labor.tasks[1].times == 2.0


def test_what_does_not_count_is_dimmed_with_the_reason(
    qtbot: QtBot, tab: LaborTab, session: Session
) -> None:
    tab.tasks.select("roles")
    assert cost(tab, "Roles set-up") == "–"
    assert tab.tasks.said.text() == "Does not count now: with roles."
    choose(qtbot, editor(tab, "labor.access.separation"), "roles")
    assert cost(tab, "Roles set-up") == "20.31"
    assert tab.tasks.said.text() == ""
    assert session.scenario.labor.tasks == DEFAULTS.labor.tasks


def test_a_task_is_added_below_the_selected_one_and_named(
    qtbot: QtBot, tab: LaborTab, session: Session
) -> None:
    tab.tasks.select("upgrades")
    qtbot.keyClick(tab.tasks.tree, Qt.Key.Key_Insert)
    assert names(tab)[2] == "New task"
    type_name(qtbot, tab, "On call")
    assert names(tab)[2] == "On call"
    assert tab.tasks.selected == "new_task"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.scenario == DEFAULTS


def test_a_copy_keeps_everything_but_the_name(
    qtbot: QtBot, tab: LaborTab, session: Session
) -> None:
    tab.tasks.select("patches")
    qtbot.keyClick(tab.tasks.tree, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    copy, original = session.scenario.labor.tasks[3], session.scenario.labor.tasks[2]
    assert copy.id != original.id
    assert copy == original.model_copy(update={"id": copy.id, "name": "Security patches (copy)"})


def test_an_empty_name_changes_nothing(qtbot: QtBot, tab: LaborTab, session: Session) -> None:
    tab.tasks.select("patches")
    tab.tasks.buttons["Rename"].click()
    type_name(qtbot, tab, "  ")
    assert session.scenario == DEFAULTS
    assert "Security patches" in names(tab)


def test_the_next_task_is_selected_when_one_is_removed(
    qtbot: QtBot, tab: LaborTab, session: Session
) -> None:
    tab.tasks.select("exit")
    qtbot.keyClick(tab.tasks.tree, Qt.Key.Key_Delete)
    assert "Exit" not in names(tab)
    assert tab.tasks.selected == "evidence"
    while session.scenario.labor.tasks:
        tab.tasks.buttons["Remove"].click()
    assert not tab.tasks.buttons["Remove"].isEnabled()
    assert tab.tasks.form.isHidden()
    tab.tasks.buttons["Add"].click()
    assert [task.id for task in session.scenario.labor.tasks] == ["new_task"]


def test_a_stranger_s_markup_stays_text(tab: LaborTab, session: Session) -> None:
    strange = Task(id="strange", name=MARKUP, note=MARKUP, counts="roles")
    session.open(changed(DEFAULTS, labor__tasks=(strange,)))
    assert names(tab) == [MARKUP]
    item = tab.tasks.tree.topLevelItem(0)
    assert item is not None
    assert "<b>" not in item.toolTip(0)


def test_a_line_leads_to_a_task(tab: LaborTab) -> None:
    tab.reveal("labor.tasks.incidents.hours")
    assert tab.tasks.selected == "incidents"
    assert editor(tab, "labor.tasks.incidents.hours").hasFocus()
    tab.reveal("labor.platform_engineer_usd")
    assert editor(tab, "labor.platform_engineer_usd").hasFocus()


def test_an_id_is_made_of_the_name() -> None:
    assert free_id("New task", ["new_task"]) == "new_task_2"
    assert free_id("24/7 duty", []) == "item_24_7_duty"
    assert free_id("…", []) == "item"


def test_a_name_that_is_being_typed_is_not_opened_again(tab: LaborTab) -> None:
    # Qt would warn of it, and warnings are errors.
    for _ in range(2):
        tab.tasks.buttons["Rename"].click()
    (line,) = tab.tasks.tree.findChildren(QLineEdit)
    assert line.hasFocus()


def test_a_name_that_was_left_is_not_taken_again(tab: LaborTab) -> None:
    # Qt would warn of it, and warnings are errors.
    tab.tasks.buttons["Rename"].click()
    (line,) = tab.tasks.tree.findChildren(QLineEdit)
    line.setText("Other")
    tab.tasks.finish_typing()
    assert names(tab)[0] == "Other"
    tab.tasks.finish_typing()  # the editor is still there, until Qt deletes it
    assert names(tab)[0] == "Other"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_takes_a_name_and_opens_no_other(
    qtbot: QtBot, tab: LaborTab, session: Session, key: Qt.Key
) -> None:
    tab.tasks.buttons["Add"].click()
    added = tab.tasks.selected
    line = tab.tasks.tree.findChild(QLineEdit)
    assert line is not None
    line.setText("Audit")
    qtbot.keyClick(line, key)
    QApplication.processEvents()
    assert "Audit" in names(tab)
    assert tab.tasks.selected == added
    assert tab.tasks.tree.state() != QAbstractItemView.State.EditingState
    focus = QApplication.focusWidget()
    assert focus is not None and focus is not tab.tasks.tree
