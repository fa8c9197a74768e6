"""The editors, with keys and wheel: one for each kind of field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.document.session import Session
from tests.gui.helpers import (
    choose,
    editor,
    machine,
    number,
    problem,
    tab_of,
    turn_wheel,
    type_into,
    written,
)
from tests.support import ARTICLE, changed

# Popups ask for what the offscreen platform has not: to be raised, to have the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down

# --- Numbers ------------------------------------------------------------------------------


def test_a_number_is_told_with_every_key(qtbot: QtBot, session: Session) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    assert written(hours) == "720 h / month"
    seen: list[float] = []
    session.study_changed.connect(lambda study: seen.append(study.scenario.usage.hours))
    hours.setFocus()
    hours.selectAll()
    qtbot.keyClicks(hours, "160.5")
    assert seen[0] == 1.0
    assert seen[-1] == 160.5
    assert written(hours) == "160.5 h / month"
    assert session.undo_stack.count() == 1


def test_arrow_keys_step_as_the_unit_says(qtbot: QtBot, session: Session) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    hours.setFocus()
    qtbot.keyClick(hours, UP)
    assert session.scenario.usage.hours == 730.0
    qtbot.keyClick(hours, DOWN)
    qtbot.keyClick(hours, DOWN)
    assert session.scenario.usage.hours == 710.0
    assert problem(hours) == ""


def test_steps_end_at_the_bounds(qtbot: QtBot, session: Session) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    step_up, step_down = (
        QAbstractSpinBox.StepEnabledFlag.StepUpEnabled,
        QAbstractSpinBox.StepEnabledFlag.StepDownEnabled,
    )
    type_into(qtbot, hours, "995")
    qtbot.keyClick(hours, UP)
    assert session.scenario.usage.hours == 1000.0
    assert hours.stepEnabled() == step_down
    type_into(qtbot, hours, "4")
    qtbot.keyClick(hours, DOWN)
    assert session.scenario.usage.hours == 0.0
    assert hours.stepEnabled() == step_up
    assert problem(hours) == ""


def test_a_negative_optional_number_is_not_taken_for_nothing(
    qtbot: QtBot, session: Session
) -> None:
    discount = number(tab_of(qtbot, session, "server"), "server.discount")
    type_into(qtbot, discount, "15")
    for typed in ("-1", "-20"):
        type_into(qtbot, discount, typed)
        assert problem(discount) == "Negotiated discount: it must be at least 0; 15 stays."
    assert session.scenario.server.discount == 15.0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("5000", "Usage: it must be at most 1,000; 720 stays."),
        ("-7", "Usage: it must be at least 0; 720 stays."),
        ("999999999999", "Usage: it must be at most 1,000; 720 stays."),
    ],
)
def test_out_of_bounds_is_said_beside_the_field_and_not_taken(
    qtbot: QtBot, session: Session, typed: str, sentence: str
) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    type_into(qtbot, hours, typed)
    assert problem(hours) == sentence
    assert session.scenario.usage.hours == 720.0
    type_into(qtbot, hours, "160")
    assert problem(hours) == ""
    assert session.scenario.usage.hours == 160.0


def test_a_refused_number_gives_way_to_what_is_true(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage", "server")
    hours, replicas = number(tab, "usage.hours"), number(tab, "server.ec2.replicas")
    hours.setFocus()
    hours.lineEdit().setCursorPosition(3)
    qtbot.keyClicks(hours, "9")
    assert problem(hours) == "Usage: it must be at most 1,000; 720 stays."
    assert session.scenario.usage.hours == 720.0
    replicas.setFocus()
    qtbot.keyClick(replicas, UP)
    assert problem(hours) == ""
    assert written(hours) == "720 h / month"


def test_a_refusal_is_not_answered_by_an_edit_within_it(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage")
    hours = number(tab, "usage.hours")
    order: list[str] = []
    session.refused.connect(lambda *_: order.append("refused"))  # after the form's own
    session.study_changed.connect(lambda study: order.append(f"{study.scenario.usage.hours:g}"))
    hours.setFocus()
    hours.selectAll()
    qtbot.keyClicks(hours, "5000")
    assert order == ["5", "50", "500", "refused", "720"]
    assert session.scenario.usage.hours == 720.0


def test_what_stood_before_a_refused_number_stands_again(qtbot: QtBot, session: Session) -> None:
    # Keys take effect one by one: of "5000" the "500" must not be left.
    session.open(changed(ARTICLE, usage__hours=12.345678))
    tab = tab_of(qtbot, session, "usage", "server")
    hours = number(tab, "usage.hours")
    hours.setFocus()
    hours.selectAll()
    qtbot.keyClicks(hours, "5000")
    assert hours.text() == "5000", "it stays in sight beside what is wrong with it"
    for _ in range(2):
        assert session.scenario.usage.hours == 12.345678
        assert problem(hours).endswith("12.345678 stays.")
        assert session.is_clean
        qtbot.keyClick(hours, Qt.Key.Key_Return)
    number(tab, "server.ec2.replicas").setFocus()
    assert written(hours) == "12.345678 h / month"
    assert session.scenario.usage.hours == 12.345678


@pytest.mark.parametrize(("typed", "value"), [("1e3", 1000.0), ("1.5e2", 150.0), (".5", 0.5)])
def test_numbers_are_typed_as_on_the_command_line(
    qtbot: QtBot, session: Session, typed: str, value: float
) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    type_into(qtbot, hours, typed)
    assert session.scenario.usage.hours == value
    assert problem(hours) == ""


def test_more_decimals_than_usual_are_shown(qtbot: QtBot, session: Session) -> None:
    session.open(changed(ARTICLE, usage__hours=123.456789, server__ec2__replicas=1.25))
    tab = tab_of(qtbot, session, "usage", "server")
    assert written(number(tab, "usage.hours")) == "123.456789 h / month"
    assert written(number(tab, "server.ec2.replicas")) == "1.25 instances"


def test_looking_at_a_number_does_not_round_it(qtbot: QtBot, session: Session) -> None:
    exact = 1.0 / 3.0
    session.open(changed(ARTICLE, usage__hours=exact))
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    hours.setFocus()
    qtbot.keyClick(hours, Qt.Key.Key_Return)
    qtbot.keyClick(hours, Qt.Key.Key_Tab)
    assert session.scenario.usage.hours == exact
    assert session.is_clean


def test_thousands_are_grouped_and_may_be_typed_so(qtbot: QtBot, session: Session) -> None:
    stored = number(tab_of(qtbot, session, "artifact_store"), "artifact_store.stored_gb")
    stored.clearFocus()
    assert written(stored) == "1,024 GB"
    type_into(qtbot, stored, "51,200")
    assert session.scenario.artifact_store.stored_gb == 51_200.0
    type_into(qtbot, stored, "1000000")
    assert session.scenario.artifact_store.stored_gb == 1_000_000.0
    assert written(stored) == "1000000 GB"  # while it is typed in
    stored.clearFocus()
    assert written(stored) == "1,000,000 GB"


def test_counts_beyond_an_integer_are_taken(qtbot: QtBot, session: Session) -> None:
    puts = number(tab_of(qtbot, session, "artifact_store"), "artifact_store.s3.put_requests")
    type_into(qtbot, puts, "5000000000")
    assert session.scenario.artifact_store.s3.put_requests == 5e9
    puts.clearFocus()
    assert written(puts) == "5,000,000,000 requests"


def test_the_unit_follows_the_number(qtbot: QtBot, session: Session) -> None:
    replicas = number(tab_of(qtbot, session, "server"), "server.ec2.replicas")
    assert written(replicas) == "1 instance"
    type_into(qtbot, replicas, "3")
    assert written(replicas) == "3 instances"
    type_into(qtbot, replicas, "1")
    assert written(replicas) == "1 instance"
    type_into(qtbot, replicas, "0")
    assert written(replicas) == "0 instances"


def test_a_unit_gives_way_to_the_number(qtbot: QtBot, session: Session) -> None:
    puts = number(tab_of(qtbot, session, "artifact_store"), "artifact_store.s3.put_requests")
    puts.resize(150, puts.height())
    session.edit("artifact_store.s3.put_requests", 1e6)
    assert (puts.text(), puts.unit_in_sight) == ("1,000,000", "")
    room_of_unit = puts.fontMetrics().horizontalAdvance("requests")
    assert puts.lineEdit().textMargins().right() < room_of_unit  # a sign's room stays
    session.edit("artifact_store.s3.put_requests", 1.0)
    assert written(puts) == "1 request"
    room = puts.lineEdit().width() - puts.lineEdit().textMargins().right()
    assert room > puts.fontMetrics().horizontalAdvance("1")


def test_a_number_is_pasted_with_its_unit_and_copied_without(
    qtbot: QtBot, session: Session
) -> None:
    replicas = number(tab_of(qtbot, session, "server"), "server.ec2.replicas")
    replicas.setFocus()
    QApplication.clipboard().setText("1,200 instances")
    for key in (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Paste):
        qtbot.keySequence(replicas, key)
    assert session.scenario.server.ec2.replicas == 1.0
    assert problem(replicas) == "Replicas: it must be at most 1,000; 1 stays."
    QApplication.clipboard().setText("12 instances")
    for key in (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Paste):
        qtbot.keySequence(replicas, key)
    qtbot.keyClick(replicas, Qt.Key.Key_Return)
    assert session.scenario.server.ec2.replicas == 12.0
    assert written(replicas) == "12 instances"
    for key in (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Copy):
        qtbot.keySequence(replicas, key)
    assert QApplication.clipboard().text() == "12"


def test_an_optional_number_is_typed_and_emptied(qtbot: QtBot, session: Session) -> None:
    discount = number(tab_of(qtbot, session, "server"), "server.discount")
    assert discount.text() == "as for the whole estimate"
    type_into(qtbot, discount, "15")
    assert session.scenario.server.discount == 15.0
    assert written(discount) == "15 %"
    type_into(qtbot, discount, "")
    assert session.scenario.server.discount is None
    assert discount.text() == "as for the whole estimate"
    type_into(qtbot, discount, "0")
    assert session.scenario.server.discount == 0.0
    assert written(discount) == "0 %"


def test_an_optional_number_steps_from_nothing_to_the_least_and_back(
    qtbot: QtBot, session: Session
) -> None:
    discount = number(tab_of(qtbot, session, "server"), "server.discount")
    discount.setFocus()
    seen: list[float | None] = []
    for key in (UP, UP, DOWN, DOWN, DOWN):
        qtbot.keyClick(discount, key)
        seen.append(session.scenario.server.discount)
    assert seen == [0.0, 1.0, 0.0, None, None]
    assert problem(discount) == ""


def test_an_optional_number_steps_from_a_fraction_to_the_least(
    qtbot: QtBot, session: Session
) -> None:
    discount = number(tab_of(qtbot, session, "server"), "server.discount")
    type_into(qtbot, discount, "0.5")
    qtbot.keyClick(discount, DOWN)
    assert session.scenario.server.discount == 0.0
    assert problem(discount) == ""


def test_the_wheel_changes_only_what_has_the_focus(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage", "server")
    hours, purchase = number(tab, "usage.hours"), editor(tab, "server.ec2.purchase")
    number(tab, "server.ec2.replicas").setFocus()
    turn_wheel(hours)
    turn_wheel(purchase)
    turn_wheel(editor(tab, "server.ec2.instance_type"))
    assert session.scenario == ARTICLE
    hours.setFocus()
    turn_wheel(hours)
    assert session.scenario.usage.hours == 730.0


# --- Choices and texts ---------------------------------------------------------------------


def test_a_choice_is_shown_in_words_and_told_by_value(qtbot: QtBot, session: Session) -> None:
    purchase = editor(tab_of(qtbot, session, "server"), "server.ec2.purchase")
    words = [purchase.itemText(row) for row in range(purchase.count())]
    assert words == [
        "On demand",
        "Reserved",
        "EC2 Instance Savings Plan",
        "Compute Savings Plan",
        "Commitment, typed discount",
        "Spot",
    ]
    choose(qtbot, purchase, "reserved")
    assert session.scenario.server.ec2.purchase == "reserved"
    session.undo_stack.undo()
    assert purchase.currentText() == "On demand"


def test_a_text_is_told_with_every_key_and_keeps_the_cursor(qtbot: QtBot, session: Session) -> None:
    name = editor(tab_of(qtbot, session, "name"), "name")
    type_into(qtbot, name, "Our server")
    assert session.scenario.name == "Our server"
    name.setCursorPosition(3)
    qtbot.keyClicks(name, " own")
    assert session.scenario.name == "Our own server"
    assert name.cursorPosition() == 7
    assert session.undo_stack.count() == 1


def test_a_text_ends_at_its_longest(qtbot: QtBot, session: Session) -> None:
    name = editor(tab_of(qtbot, session, "name"), "name")
    type_into(qtbot, name, "x" * 130)
    assert session.scenario.name == "x" * 120
    assert problem(name) == ""


# --- Machines ------------------------------------------------------------------------------


def test_a_part_of_a_name_finds_the_machine(qtbot: QtBot, session: Session) -> None:
    instance = machine(tab_of(qtbot, session, "server"), "server.ec2.instance_type")
    instance.setFocus()
    line = instance.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(instance, "3.MED")
    completer = instance.completer()
    assert completer is not None
    found = [
        completer.completionModel().index(row, 0).data()
        for row in range(completer.completionModel().rowCount())
    ]
    assert "t3.medium" in found
    assert all("3.med" in name for name in found)
    assert session.scenario == ARTICLE, "a part of a name is no machine yet"
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    for _ in range(found.index("t3.medium") + 1):
        qtbot.keyClick(popup, DOWN)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert session.scenario.server.ec2.instance_type == "t3.medium"
    assert instance.currentText() == "t3.medium"
    assert session.undo_stack.count() == 1


def test_a_whole_name_is_taken_in_any_case(qtbot: QtBot, session: Session) -> None:
    instance = machine(tab_of(qtbot, session, "server"), "server.ec2.instance_type")
    type_into(qtbot, instance, " T3.Medium ")
    assert session.scenario.server.ec2.instance_type == "t3.medium"
    assert problem(instance) == ""


def test_nonsense_is_refused_with_a_sentence(qtbot: QtBot, session: Session) -> None:
    instance = machine(tab_of(qtbot, session, "server"), "server.ec2.instance_type")
    type_into(qtbot, instance, "warp.drive")
    assert problem(instance) == "No price is known here for “warp.drive”; m5.large stays."
    assert instance.currentText() == "m5.large"
    assert session.scenario == ARTICLE
    type_into(qtbot, instance, "t3.medium")
    assert problem(instance) == ""


def test_a_click_begins_a_search_and_escape_gives_it_up(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "server")
    instance = machine(tab, "server.ec2.instance_type")
    line = instance.lineEdit()
    assert line is not None
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.selectedText() == "m5.large"
    qtbot.keyClicks(instance, "no machine")
    assert instance.currentText() == "no machine"
    qtbot.keyClick(instance, Qt.Key.Key_Escape)
    assert (instance.currentText(), line.selectedText()) == ("m5.large", "m5.large")
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert not line.selectedText(), "a second click places the cursor"


def test_the_list_tells_machines_apart(qtbot: QtBot, session: Session) -> None:
    instance = machine(tab_of(qtbot, session, "server"), "server.ec2.instance_type")
    row = instance.findText("m5.large")
    assert instance.currentIndex() == row
    assert instance.itemData(row) == "2 vCPU · 8 GiB · $0.096 / h"
    accessible_name = instance.itemData(row, Qt.ItemDataRole.AccessibleTextRole)
    assert accessible_name == "m5.large, 2 vCPU · 8 GiB · $0.096 / h"


def test_the_list_is_the_regions(qtbot: QtBot, session: Session) -> None:
    instance = machine(tab_of(qtbot, session, "server"), "server.ec2.instance_type")
    session.edit("region_id", "eu-west-1")
    assert instance.itemData(instance.findText("m5.large")) == "2 vCPU · 8 GiB · $0.107 / h"
    assert instance.currentText() == "m5.large"
    session.undo_stack.undo()
    assert instance.itemData(instance.findText("m5.large")) == "2 vCPU · 8 GiB · $0.096 / h"


def test_the_list_is_the_engines_and_deployments(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "metadata_store")
    instance = machine(tab, "metadata_store.rds.instance_class")

    def detail() -> str:
        return instance.itemData(instance.findText("db.m5.large"))

    assert detail() == "2 vCPU · 8 GiB · $0.171 / h"
    choose(qtbot, editor(tab, "metadata_store.rds.engine"), "postgresql")
    assert detail() == "2 vCPU · 8 GiB · $0.178 / h"
    choose(qtbot, editor(tab, "metadata_store.rds.deployment"), "multi_az")
    assert detail() == "2 vCPU · 8 GiB · $0.356 / h"
    assert instance.currentText() == "db.m5.large"


def test_a_machine_without_a_price_stays_as_the_file_has_it(qtbot: QtBot, session: Session) -> None:
    session.open(changed(ARTICLE, server__ec2__instance_type="m9.mega"))
    instance = machine(tab_of(qtbot, session, "server"), "server.ec2.instance_type")
    assert instance.currentText() == "m9.mega"
    instance.setFocus()
    qtbot.keyClick(instance, Qt.Key.Key_Return)
    qtbot.keyClick(instance, Qt.Key.Key_Tab)
    assert session.scenario.server.ec2.instance_type == "m9.mega"
    assert problem(instance) == ""


# --- All -----------------------------------------------------------------------------------


def test_undo_keys_are_left_to_the_window(qtbot: QtBot, session: Session) -> None:
    # A line edit has an undo of its own, and would swallow the keys.
    tab = tab_of(qtbot, session, "name", "usage", "server")
    undo = session.undo_stack.createUndoAction(tab)
    redo = session.undo_stack.createRedoAction(tab)
    undo.setShortcut("Ctrl+Z")
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    tab.addActions([undo, redo])
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for path, typed in (
        ("usage.hours", "160"),
        ("name", "Ours"),
        ("server.ec2.instance_type", "t3.medium"),
    ):
        field = editor(tab, path)
        type_into(qtbot, field, typed)
        edited = session.scenario
        assert edited != ARTICLE
        qtbot.keyClick(field, Qt.Key.Key_Z, control)
        assert session.scenario == ARTICLE, path
        qtbot.keyClick(field, Qt.Key.Key_Z, control | shift)
        assert session.scenario == edited, path
        qtbot.keyClick(field, Qt.Key.Key_Z, control)
        qtbot.keyClick(field, Qt.Key.Key_Y, control)
        assert session.scenario == edited, path
        session.undo_stack.undo()


def test_a_unit_does_not_change_under_the_keys(qtbot: QtBot, session: Session) -> None:
    # At 1 "instances" becomes "instance": the point and the caret must not go with it.
    session.open(changed(ARTICLE, server__ec2__replicas=1.5))
    replicas = number(tab_of(qtbot, session, "server"), "server.ec2.replicas")
    replicas.setFocus()
    replicas.lineEdit().setCursorPosition(3)
    qtbot.keyClick(replicas, Qt.Key.Key_Backspace)
    qtbot.keyClicks(replicas, "7")
    assert session.scenario.server.ec2.replicas == 1.7
    qtbot.keyClick(replicas, Qt.Key.Key_Return)
    assert written(replicas) == "1.7 instances"


def test_a_number_that_is_deleted_leaves_no_digit_behind(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage", "server")
    hours = number(tab, "usage.hours")
    hours.setFocus()
    hours.lineEdit().setCursorPosition(3)
    for left in (72.0, 7.0, 720.0):
        qtbot.keyClick(hours, Qt.Key.Key_Backspace)
        assert session.scenario.usage.hours == left
        assert problem(hours) == ""
    assert session.is_clean
    number(tab, "server.ec2.replicas").setFocus()
    assert written(hours) == "720 h / month"
    assert session.scenario.usage.hours == 720.0


def test_a_deleted_number_can_be_typed_anew(qtbot: QtBot, session: Session) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    hours.setFocus()
    hours.selectAll()
    qtbot.keyClick(hours, Qt.Key.Key_Delete)
    qtbot.keyClicks(hours, "160")
    assert session.scenario.usage.hours == 160.0
    session.undo_stack.undo()
    assert session.scenario == ARTICLE


def test_end_leads_to_the_end_of_the_number(qtbot: QtBot, session: Session) -> None:
    hours = number(tab_of(qtbot, session, "usage"), "usage.hours")
    hours.setFocus()
    qtbot.keyClick(hours, Qt.Key.Key_End)
    for _ in range(3):
        qtbot.keyClick(hours, Qt.Key.Key_Backspace)
    qtbot.keyClicks(hours, "160")
    assert written(hours) == "160 h / month"
    assert session.scenario.usage.hours == 160.0
