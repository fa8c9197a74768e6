"""The dialog of a change over time: every kind of rule, what it comes to, and one undo step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs import growth as growth_module
from mlflow_cost_desktop.gui.dialogs.growth import GrowthDialog
from mlflow_cost_desktop.gui.dialogs.growth_goal import DOUBLES, REACHES, TIMES
from mlflow_cost_desktop.model.growth import PRICES, FromMonth, Growth
from mlflow_cost_desktop.model.scenario import Scenario
from tests.gui.conftest import Desk

# Popups ask for what the offscreen platform has not: to be raised, to have the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

STORED, USERS = "artifact_store.stored_gb", "team.users"


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    class Day:
        @staticmethod
        def today() -> Day:
            return Day()

        def isoformat(self) -> str:
            return "2026-11-28"

    monkeypatch.setattr(growth_module, "date", Day)


def opened(desk: Desk, path: str = "") -> GrowthDialog:
    desk.dialogs.change_over_time(path)
    (dialog,) = (one for one in desk.findChildren(GrowthDialog) if one.isVisible())
    return dialog


def choose(dialog: GrowthDialog, by: str, often: str = "month") -> None:
    dialog.by.setCurrentIndex(dialog.by.findData(by))
    dialog.often.setCurrentIndex(dialog.often.findData(often))


def rules(desk: Desk) -> tuple[Growth, ...]:
    scenario: Scenario = desk.session.scenario
    return scenario.growth


def test_an_amount_is_saved_as_one_step_and_names_the_months(desk: Desk, qtbot: QtBot) -> None:
    before = desk.session.scenario
    dialog = opened(desk, STORED)
    assert dialog.remove is None
    assert not dialog.use.isEnabled()
    assert not dialog.amount.problem.isVisibleTo(dialog)  # nobody has typed anything yet
    qtbot.keyClicks(dialog.amount.line, "100")
    assert "1,024 GB in Dec 2026" in dialog.outcome.text()
    assert "4,524 GB in Nov 2029" in dialog.outcome.text()
    assert "All 36 months then cost" in dialog.outcome.text()
    qtbot.keyClicks(dialog.kept.line, "24")
    dialog.use.click()
    assert rules(desk) == (Growth(path=STORED, amount=100.0, kept_months=24.0),)
    assert desk.session.scenario.start == "2026-12"
    assert desk.session.undo_stack.undoText() == "Change over time (Artifacts kept)"
    desk.session.undo_stack.undo()
    assert desk.session.scenario == before


def test_that_a_figure_is_needed_is_said_once_one_was_there(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    choose(dialog, "percent")
    assert not dialog.amount.problem.isVisibleTo(dialog)
    qtbot.keyClicks(dialog.amount.line, "1")
    qtbot.keyClick(dialog.amount.line, Qt.Key.Key_Backspace)
    assert dialog.amount.problem.isVisibleTo(dialog)
    assert dialog.amount.problem.text() == "A figure is needed here."
    middle = dialog.amount.line.geometry().center().y()  # the words below it move nothing
    assert abs(dialog.often.geometry().center().y() - middle) <= 1


def test_a_rule_is_changed_and_removed(desk: Desk, qtbot: QtBot) -> None:
    desk.session.edit("growth", (Growth(path=STORED, amount=5.0, kept_months=3.0),), "Grow")
    dialog = opened(desk, STORED)
    assert (dialog.amount.figure, dialog.kept.figure) == (5.0, 3.0)
    dialog.amount.line.setText("-7")
    dialog.kept.line.setText("")
    dialog.use.click()
    assert rules(desk) == (Growth(path=STORED, amount=-7.0),)
    assert desk.session.scenario.start == ""  # it was left out on purpose
    dialog = opened(desk, STORED)
    assert dialog.remove is not None
    dialog.remove.click()
    assert rules(desk) == ()
    assert desk.session.undo_stack.undoText() == "Remove change over time (Artifacts kept)"
    desk.session.undo_stack.undo()
    assert rules(desk) == (Growth(path=STORED, amount=-7.0),)


def test_percent_a_year(desk: Desk) -> None:
    dialog = opened(desk, "labor.platform_engineer_usd")
    choose(dialog, "percent", "year")
    assert dialog.amount.unit.text() == "%"
    assert not dialog.kept.isVisibleTo(dialog)
    dialog.amount.line.setText("3 %")
    dialog.use.click()
    (rule,) = rules(desk)
    assert (rule.by, rule.amount, rule.per) == ("percent", 3.0, "year")


def test_only_stored_gigabytes_ask_for_how_long_they_are_kept(desk: Desk) -> None:
    dialog = opened(desk, USERS)
    assert not dialog.kept.isVisibleTo(dialog)
    dialog.reject()
    dialog = opened(desk, STORED)
    assert dialog.kept.isVisibleTo(dialog)
    choose(dialog, "add", "year")
    assert not dialog.kept.isVisibleTo(dialog)
    dialog.reject()


def test_values_from_given_months_on(desk: Desk) -> None:
    dialog = opened(desk, USERS)
    choose(dialog, "table")
    for text, fault in (
        ("more", "is no month with a value"),
        ("1: 5", "The month must be from 2 to 600."),
        ("7: 8; 7: 9", "Month 7 stands here twice."),
        ("7: many", "many"),
    ):
        dialog.steps.line.setText(text)
        assert fault in dialog.steps.problem.text()
        assert not dialog.use.isEnabled()
    dialog.steps.line.setText("13: 10; 7: 8")
    assert dialog.steps.problem.isHidden()
    dialog.use.click()
    (rule,) = rules(desk)
    assert rule.values == (FromMonth(month=7, value=8.0), FromMonth(month=13, value=10.0))
    assert opened(desk, USERS).steps.line.text() == "7: 8; 13: 10"


def test_in_proportion_to_another_input(desk: Desk) -> None:
    chained = Growth(path="labor.tasks.upgrades.hours", by="with", with_path=USERS)
    desk.session.edit("growth", (chained,), "Grow")
    dialog = opened(desk, STORED)
    choose(dialog, "with")
    paths = [dialog.other.itemData(row) for row in range(dialog.other.count())]
    assert USERS in paths and chained.path not in paths
    dialog.other.setCurrentIndex(dialog.other.findData(STORED))
    assert dialog.problem.text() == "It follows itself."
    assert not dialog.use.isEnabled()
    dialog.other.setCurrentIndex(dialog.other.findData(USERS))
    assert dialog.problem.isHidden()
    dialog.use.click()
    assert rules(desk)[-1] == Growth(path=STORED, by="with", with_path=USERS)


def test_list_prices_change_by_percent_a_year_alone(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog.path == PRICES
    assert (dialog.by.currentData(), dialog.often.currentData()) == ("percent", "year")
    assert not dialog.by.isEnabled() and not dialog.often.isEnabled()
    dialog.amount.line.setText("2.5")
    assert (
        "List prices: 100 % in Dec 2026 → 105.1 % in Nov 2029, month 36, in a step every 12 months."
        in dialog.outcome.text()
    )
    dialog.use.click()
    assert rules(desk) == (Growth(path=PRICES, by="percent", amount=2.5, per="year"),)


def test_any_active_number_can_be_chosen(desk: Desk) -> None:
    dialog = opened(desk)
    paths = {dialog.input.itemData(row) for row in range(dialog.input.count())}
    assert {PRICES, STORED, USERS, "labor.platform_engineer_usd"} <= paths
    assert not {"horizon_months", "hours_in_month", "server.fargate.vcpu"} & paths
    dialog.input.setCurrentIndex(dialog.input.findData(USERS))
    assert dialog.by.isEnabled()
    choose(dialog, "add", "year")
    dialog.amount.line.setText("4")
    dialog.use.click()
    assert rules(desk) == (Growth(path=USERS, amount=4.0, per="year"),)


def test_the_first_guess_is_offered_with_its_arithmetic_and_never_set(
    desk: Desk,
) -> None:
    dialog = opened(desk, STORED)
    assert dialog.offer_row.isVisibleTo(dialog)
    assert rules(desk) == ()
    dialog.take.click()
    assert dialog.amount.figure == 60.0
    assert rules(desk) == ()
    dialog.reject()
    assert rules(desk) == ()
    assert not opened(desk, USERS).offer_row.isVisible()


def test_a_plan_of_the_program_is_copied_when_its_price_is_to_change(desk: Desk) -> None:
    session = desk.session
    dialog = opened(desk, "plans.comet_pro.seat_usd")
    choose(dialog, "percent", "year")
    dialog.amount.line.setText("5")
    dialog.use.click()
    assert [plan.id for plan in session.scenario.plans] == ["comet_pro"]
    rule = Growth(path="plans.comet_pro.seat_usd", by="percent", amount=5.0, per="year")
    assert session.scenario.growth == (rule,)
    assert not [notice for notice in session.study.notices if notice.path == "growth"]
    session.undo_stack.undo()
    assert (session.scenario.plans, session.scenario.growth) == ((), ())


def test_an_input_is_found_by_typing_a_part_of_its_name(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk)
    dialog.input.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(dialog.input, "artifacts kept")
    dialog.input.popup.hide()
    qtbot.keyClick(dialog.input, Qt.Key.Key_Return)
    assert dialog.path == STORED
    assert dialog.by.isEnabled()
    dialog.input.setFocus(Qt.FocusReason.TabFocusReason)
    dialog.input.line.selectAll()
    qtbot.keyClicks(dialog.input, "bicycles")
    dialog.input.popup.hide()
    qtbot.keyClick(dialog.input, Qt.Key.Key_Return)
    assert dialog.problem.text() == "No input has “bicycles” in its name."
    assert dialog.path == STORED
    dialog.reject()
    assert opened(desk, STORED).input.line.isReadOnly()


def chosen(box: QComboBox, data: str) -> None:
    """What a user does: the choice of an entry."""
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_doubling_after_so_many_months_gives_the_amount_and_is_said_again(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.session.edit("team.users", 20.0)
    dialog = opened(desk, USERS)
    qtbot.keyClicks(dialog.goal.after.line, "24")
    assert dialog.amount.line.text() == "5/6"
    assert "20 users in Dec 2026 → 49 users in Nov 2029, month 36" in dialog.outcome.text()
    dialog.use.click()
    (rule,) = rules(desk)
    assert (rule.by, rule.amount, rule.per) == ("add", 20.0 / 24.0, "month")
    again = opened(desk, USERS)
    assert again.amount.line.text() == "5/6" and again.amount.figure == rule.amount
    again.use.click()
    assert rules(desk) == (rule,)


def test_percent_that_double_keep_all_their_digits(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    chosen(dialog.by, "percent")
    chosen(dialog.often, "month")
    qtbot.keyClicks(dialog.goal.after.line, "24")
    dialog.use.click()
    (rule,) = rules(desk)
    assert rule.amount == 100.0 * (2.0 ** (1.0 / 24.0) - 1.0)
    again = opened(desk, STORED)
    again.use.click()
    assert rules(desk) == (rule,)  # though the field has a dozen digits only


def test_a_figure_can_be_reached_and_an_amount_takes_its_place(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    chosen(dialog.goal.kind, REACHES)
    qtbot.keyClicks(dialog.goal.figure.line, "2 TB")
    qtbot.keyClicks(dialog.goal.after.line, "10")
    assert dialog.amount.figure == pytest.approx((2048.0 - 1024.0) / 10.0)
    chosen(dialog.goal.kind, TIMES)
    dialog.goal.figure.line.setText("3")
    assert dialog.amount.figure == pytest.approx(2048.0 / 10.0)
    qtbot.keyClicks(dialog.kept.line, "5")
    assert dialog.amount.figure == pytest.approx(3072.0 / 5.0)
    chosen(dialog.often, "year")
    assert dialog.problem.text() == "By the year, nothing changes within the first 12 months."
    assert not dialog.use.isEnabled()
    dialog.amount.line.selectAll()
    qtbot.keyClicks(dialog.amount.line, "7")
    assert not dialog.goal.is_set and dialog.problem.isHidden()
    dialog.use.click()
    assert rules(desk) == (Growth(path=STORED, amount=7.0, per="year"),)


def test_a_change_can_end(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, USERS)
    qtbot.keyClicks(dialog.amount.line, "1")
    qtbot.keyClicks(dialog.ends.line, "24")
    assert "5 users in Dec 2026 → 29 users in Nov 2029" in dialog.outcome.text()
    assert "nothing is added after Dec 2028." in dialog.outcome.text()
    dialog.ends.line.setText("2.5")
    assert dialog.problem.text() == "It ends after whole months: 24 or 25."
    assert not dialog.use.isEnabled()
    dialog.ends.line.setText("24")
    dialog.use.click()
    assert rules(desk) == (Growth(path=USERS, amount=1.0, until_month=25),)
    assert opened(desk, USERS).ends.figure == 24.0


def test_how_often_suits_the_kind_until_the_user_chooses(desk: Desk) -> None:
    dialog = opened(desk, USERS)
    assert (dialog.by.currentData(), dialog.often.currentData()) == ("add", "month")
    chosen(dialog.by, "percent")
    assert dialog.often.currentData() == "year"
    chosen(dialog.by, "add")
    assert dialog.often.currentData() == "month"
    chosen(dialog.often, "year")
    chosen(dialog.by, "percent")
    chosen(dialog.by, "add")
    assert dialog.often.currentData() == "year"
    dialog.reject()
    wages = opened(desk, "labor.platform_engineer_usd")
    assert (wages.by.currentData(), wages.often.currentData()) == ("percent", "year")


def test_what_list_prices_must_have_goes_with_them(desk: Desk) -> None:
    dialog = opened(desk)
    chosen(dialog.input, STORED)
    assert (dialog.by.currentData(), dialog.often.currentData()) == ("add", "month")
    chosen(dialog.by, "add")
    chosen(dialog.by, "percent")
    chosen(dialog.often, "month")
    chosen(dialog.input, PRICES)
    assert (dialog.by.currentData(), dialog.often.currentData()) == ("percent", "year")
    chosen(dialog.input, USERS)
    assert (dialog.by.currentData(), dialog.often.currentData()) == ("percent", "month")
    chosen(dialog.by, "add")
    chosen(dialog.input, PRICES)
    chosen(dialog.input, STORED)
    assert (dialog.by.currentData(), dialog.often.currentData()) == ("add", "month")


def test_what_nobody_may_have_meant_is_pointed_out(desk: Desk) -> None:
    dialog = opened(desk, USERS)
    chosen(dialog.by, "percent")
    dialog.amount.line.setText("100")
    assert dialog.caution.isHidden()
    chosen(dialog.often, "month")
    assert dialog.caution.isVisibleTo(dialog)
    assert dialog.caution.text() == (
        "Users: that is 20,000 times what it is today. 100,000 users is the most that it can be: "
        "reached in Mar 2028."
    )
    assert dialog.use.isEnabled()
    dialog.amount.line.setText("-50")
    assert "1 user is the least that it can be" in dialog.caution.text()


def test_what_becomes_of_what_is_stored_today_is_said(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    qtbot.keyClicks(dialog.amount.line, "60")
    assert "leave evenly" not in dialog.outcome.text()
    qtbot.keyClicks(dialog.kept.line, "24")
    assert "Today’s 1,024 GB leave evenly until Dec 2028." in dialog.outcome.text()


def test_the_dialog_grows_with_what_it_says(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    field, width = dialog.kept.line, dialog.width()
    dialog.amount.line.setText("60")
    QApplication.processEvents()
    whole, height = dialog.height(), field.height()
    field.setText("24")  # which takes another line to say
    qtbot.waitUntil(lambda: dialog.height() > whole)
    assert (field.height(), dialog.width()) == (height, width)
    assert dialog.outcome.height() >= dialog.outcome.heightForWidth(dialog.outcome.width())


def test_the_month_in_which_the_verdict_turns_with_it_is_said(desk: Desk) -> None:
    desk.session.edit("held_against", "sagemaker_small")
    dialog = opened(desk, USERS)
    dialog.amount.line.setText("1")
    words = dialog.outcome.text().splitlines()[-1]
    assert words.startswith("SageMaker MLflow Small becomes dearer in month ")
    assert words.endswith(
        "; without this change: SageMaker MLflow Small stays cheaper in all 36 months."
    )


def test_a_goal_says_that_it_goes_on_until_it_is_said_to_end(desk: Desk, qtbot: QtBot) -> None:
    desk.session.edit("horizon_months", 60.0)
    dialog = opened(desk, USERS)
    dialog.goal.kind.setCurrentIndex(dialog.goal.kind.findData(DOUBLES))
    dialog.goal.after.line.setText("24")
    assert "It goes on after 24 months" in dialog.outcome.text()
    dialog.ends.line.setText("24")
    assert "It goes on" not in dialog.outcome.text()
    assert "nothing is added after" in dialog.outcome.text()


def test_what_does_not_move_hosting_is_told(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, USERS)
    dialog.amount.line.setText("1")
    assert "costs the same with this change and without" in dialog.outcome.text()
    dialog.reject()
    other = opened(desk, STORED)
    other.amount.line.setText("60")
    assert "without this change $" in other.outcome.text()


def test_what_an_input_follows_begins_with_the_team(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk, STORED)
    dialog.by.setCurrentIndex(dialog.by.findData("with"))
    assert dialog.other.currentData() == USERS
    assert dialog.problem.isHidden() and dialog.use.isEnabled()
    dialog.reject()
    own = opened(desk, USERS)
    own.by.setCurrentIndex(own.by.findData("with"))
    assert own.other.currentData() != USERS
    assert own.problem.isHidden() and own.use.isEnabled()


@pytest.mark.parametrize(("by", "often"), [("add", "month"), ("percent", "month")])
def test_that_it_doubles_is_shown_again(desk: Desk, qtbot: QtBot, by: str, often: str) -> None:
    dialog = opened(desk, USERS)
    choose(dialog, by, often)
    dialog.goal.after.line.setText("24")
    dialog.accept()
    saved = rules(desk)
    again = opened(desk, USERS)
    assert (again.goal.kind.currentData(), again.goal.after.figure) == (DOUBLES, 24.0)
    again.accept()
    assert rules(desk) == saved
    # Of another number of users it doubles no longer, and what is typed is asked for nothing.
    desk.session.edit("team.users", 8.0)
    other = opened(desk, USERS)
    assert other.goal.is_set == (by == "percent")
    other.amount.line.selectAll()
    qtbot.keyClicks(other.amount.line, "2")
    other.accept()
    assert not opened(desk, USERS).goal.is_set


def test_what_an_input_follows_begins_with_the_team_where_it_is_chosen_in_the_dialog_too(
    desk: Desk,
) -> None:
    dialog = opened(desk)  # list prices come first, and follow nothing
    dialog.input.setCurrentIndex(dialog.input.findData(STORED))
    chosen(dialog.by, "with")
    assert dialog.other.currentData() == USERS
    assert dialog.problem.isHidden() and dialog.use.isEnabled()
    dialog.input.setCurrentIndex(dialog.input.findData(USERS))
    assert dialog.other.currentData() != USERS and dialog.use.isEnabled()
