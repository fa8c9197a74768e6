"""The dialog of a range: shapes, what is suggested, what it comes to, and one undo step."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.range import NOTHING_SUGGESTED, RangeDialog
from mlflow_cost_desktop.gui.inputs.number_editor import NumberEditor
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.ranges import Range
from tests.gui.conftest import Desk

STORED, ENGINEER, SET_UP = (
    "artifact_store.stored_gb",
    "labor.platform_engineer_usd",
    "labor.tasks.set_up.hours",
)


def opened(desk: Desk, path: str = "") -> RangeDialog:
    desk.dialogs.ask_range(path)
    (dialog,) = (one for one in desk.findChildren(RangeDialog) if one.isVisible())
    return dialog


def ranges(desk: Desk) -> tuple[Range, ...]:
    return desk.session.scenario.ranges


def test_a_range_is_saved_as_one_step(desk: Desk, qtbot: QtBot) -> None:
    before = desk.session.scenario
    dialog = opened(desk, STORED)
    assert dialog.remove is None
    assert not dialog.use.isEnabled()
    assert dialog.likely.text() == "Likely is what is typed: 1,024 GB."
    qtbot.keyClicks(dialog.low.line, "512")
    qtbot.keyClicks(dialog.high.line, "2048")
    assert dialog.shape.currentData() == "pert"
    assert dialog.outcome.text().startswith("With this range alone a month costs $")
    assert "as typed $659.86" in dialog.outcome.text()
    dialog.use.click()
    assert ranges(desk) == (Range(path=STORED, low=512.0, high=2048.0),)
    assert desk.session.undo_stack.undoText() == "Range (Artifacts kept)"
    desk.session.undo_stack.undo()
    assert desk.session.scenario == before


def test_a_high_end_far_off_is_log_normal_until_a_shape_is_chosen(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    qtbot.keyClicks(dialog.low.line, "512")
    qtbot.keyClicks(dialog.high.line, "8192")
    assert dialog.shape.currentData() == "lognormal"
    dialog.shape.setCurrentIndex(dialog.shape.findData("triangle"))
    dialog.shape.activated.emit(dialog.shape.currentIndex())
    qtbot.keyClicks(dialog.high.line, "0")
    assert dialog.shape.currentData() == "triangle"
    dialog.reads.setCurrentIndex(dialog.reads.findData("p10p90"))
    dialog.group.setEditText(" Storage ")
    dialog.use.click()
    (one,) = ranges(desk)
    assert (one.shape, one.reads, one.moves_with, one.high) == (
        "triangle", "p10p90", "Storage", 81920.0
    )  # fmt: skip


def test_what_is_wrong_is_said_beside_it(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    qtbot.keyClicks(dialog.low.line, "2000")
    qtbot.keyClicks(dialog.high.line, "3000")
    assert dialog.problem.text() == "Its low end is above what is typed."
    assert not dialog.use.isEnabled()
    dialog.low.line.setText("many")
    assert dialog.low.problem.isVisibleTo(dialog)
    dialog.accept()
    assert dialog.isVisible()
    assert ranges(desk) == ()
    dialog.reject()


def test_what_is_suggested_can_be_taken_with_its_source(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, SET_UP)
    assert "8 h – 40 h. Two published accounts" in dialog.offered.text()
    dialog.take.click()
    assert (dialog.low.figure, dialog.high.figure) == (8.0, 40.0)
    dialog.use.click()
    (one,) = ranges(desk)
    assert one.source.startswith("Two published accounts")
    # Ends that are typed are the user's.
    again = opened(desk, SET_UP)
    assert again.offered.isVisibleTo(again)
    assert again.offered.text().startswith("From: Two published accounts")
    assert not again.take.isVisibleTo(again)
    again.low.line.setText("4")
    assert again.offered.text() == "From: typed."
    again.use.click()
    assert ranges(desk)[0].source == ""


def test_a_range_is_changed_and_removed(desk: Desk, qtbot: QtBot) -> None:
    desk.session.edit("ranges", (Range(path=ENGINEER, low=70.0, high=130.0),), "Range")
    dialog = opened(desk, ENGINEER)
    assert dialog.high.figure == 130.0
    dialog.high.line.setText("120")
    dialog.use.click()
    assert ranges(desk)[0].high == 120.0
    again = opened(desk, ENGINEER)
    assert again.remove is not None
    again.remove.click()
    assert ranges(desk) == ()


def test_the_input_is_chosen_in_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk)
    dialog.input.setCurrentIndex(dialog.input.findData(ENGINEER))
    assert dialog.likely.text() == "Likely is what is typed: $91.40 / h."
    assert dialog.offer_row.isVisibleTo(dialog)
    qtbot.keyClicks(dialog.low.line, "$70")
    qtbot.keyClicks(dialog.high.line, "130")
    dialog.use.click()
    assert ranges(desk) == (Range(path=ENGINEER, low=70.0, high=130.0),)


def test_nothing_moves_while_an_input_is_chosen_and_typed(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk)
    fields = (
        dialog.input, dialog.low.line, dialog.high.line, dialog.reads, dialog.shape, dialog.group,
        dialog.outcome, dialog.use,
    )  # fmt: skip

    def places() -> list[tuple[int, int]]:
        qtbot.wait(1)
        at = [field.mapTo(dialog, field.rect().topLeft()) for field in fields]
        return [(point.x(), point.y()) for point in at[:-1]] + [(0, at[-1].y())]

    before = places()
    inputs = {dialog.input.itemData(at) for at in range(dialog.input.count())}
    assert {ENGINEER, SET_UP, STORED} < inputs
    for at in range(dialog.input.count()):
        dialog.input.setCurrentIndex(at)
        assert places() == before, dialog.input.currentText()
    dialog.input.setCurrentIndex(dialog.input.findData(STORED))
    for low, high in (("512", "2048"), ("many", "2048"), ("2000", "3000"), ("", "")):
        dialog.low.line.setText(low)
        dialog.high.line.setText(high)
        assert places() == before, (low, high)
    assert dialog.offered.text().startswith("Suggested: 512 GB – 3,072 GB. Judgment")
    assert dialog.take.isEnabled()
    dialog.input.setCurrentIndex(dialog.input.findData("server.replicas"))
    assert dialog.offered.text() == NOTHING_SUGGESTED
    assert not dialog.take.isEnabled()


def test_a_plan_of_the_program_is_copied_when_its_price_has_a_range(
    desk: Desk, qtbot: QtBot
) -> None:
    dialog = opened(desk, "plans.sagemaker_small.hour_usd")
    qtbot.keyClicks(dialog.low.line, "0.3")
    qtbot.keyClicks(dialog.high.line, "0.9")
    dialog.use.click()
    assert [plan.id for plan in desk.session.scenario.plans] == ["sagemaker_small"]
    assert ranges(desk)[0].path == "plans.sagemaker_small.hour_usd"
    desk.session.undo_stack.undo()
    assert desk.session.scenario.plans == ()


def test_a_number_s_menu_and_sign_lead_there(window: MainWindow, qtbot: QtBot) -> None:
    number = window.inputs.open_tab("artifact_store").form.editor_of(STORED)
    assert isinstance(number, NumberEditor)
    words = [action.text() for action in number.context_menu().actions() if action.text()]
    assert "Has a ran&ge…" in words
    window.session.edit("ranges", (Range(path=STORED, low=512.0, high=2048.0),), "Range")
    assert number.signs == ["±"]
    assert "Has a range: 512 GB – 2,048 GB (PERT, extremes)" in number.toolTip()
    number.extra_asked.emit("range")
    (dialog,) = window.findChildren(RangeDialog)
    assert dialog.path == STORED
    dialog.reject()
