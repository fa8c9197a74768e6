"""The session: edits, undo history, and what the views are told."""

from __future__ import annotations

import gc

import pytest
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.gui.document.session import UNDO_STEPS, Session, Study
from mlflow_cost_desktop.model.fields.edits import Edits
from tests.support import ARTICLE, LINE_MONTHLY, LINE_ONCE, changed, own_rate


def _total(session: Session) -> float:
    return round(float(session.study.estimate.effective_cost), 2)


def test_another_scenario_is_taken_over_as_one_step(session: Session) -> None:
    before, other = session.scenario, changed(ARTICLE, usage__hours=12.0, name="Other")
    session.take_over(other, "Take over Other")
    assert session.scenario == other
    assert session.undo_stack.undoText() == "Take over Other"
    session.take_over(other, "Take over Other")
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.scenario == before


def test_a_scenario_without_prices_is_not_taken_over(session: Session) -> None:
    refused: list[UserError] = []
    session.list_refused.connect(refused.append)
    before = session.scenario
    session.take_over(changed(ARTICLE, region_id="moon-1"), "Take over")
    assert "no price book" in refused[0].title
    assert session.scenario == before and session.undo_stack.count() == 0


def test_an_edit_is_estimated_and_told(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.study_changed) as told:
        session.edit("usage.hours", 160.0)
    (study,) = told.args or []
    assert study is session.study
    assert study.scenario == changed(ARTICLE, usage__hours=160.0)
    assert round(study.estimate.by_component["server"], 2) == 15.36


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("usage.hours", 1000.5, "Usage: it must be at most 1,000"),
        ("usage.hours", -1.0, "Usage: it must be at least 0"),
        ("usage.hours", float("nan"), "Usage: it must be a finite number"),
        ("usage.hours", "160", "Usage: it must be a number"),
        ("server.ec2.instance_type", "", "Instance type: it must not be empty"),
        ("server.ec2.term", "2y", "Term: it must be one of '1y' or '3y'"),
        ("region_id", "mars-north-1", "There is no price book for the region 'mars-north-1'."),
        ("server.ec2.wheels", 4.0, "There is no field 'server.ec2.wheels'."),
    ],
)
def test_a_refused_edit_changes_nothing(
    session: Session, qtbot: QtBot, path: str, value: object, sentence: str
) -> None:
    before = session.study
    with (
        qtbot.assertNotEmitted(session.study_changed),
        qtbot.waitSignal(session.refused) as refused,
    ):
        session.edit(path, value)
    assert refused.args == [path, sentence]
    assert session.study is before
    assert session.undo_stack.count() == 0


def test_the_value_that_is_there_is_no_step_but_is_shown_again(
    session: Session, qtbot: QtBot
) -> None:
    # An editor that shows a refused value learns by it that the old one is back.
    with qtbot.waitSignal(session.study_changed):
        session.edit("usage.hours", 720.0)
    assert session.undo_stack.count() == 0


def test_undo_and_redo_bring_back_the_very_estimates(session: Session, qtbot: QtBot) -> None:
    start = session.study
    session.edit("usage.hours", 160.0)
    edited = session.study
    with qtbot.waitSignal(session.study_changed) as told:
        session.undo_stack.undo()
    assert told.args == [start]
    assert session.study is start
    session.undo_stack.redo()
    assert session.study is edited


def test_edits_of_one_field_in_a_row_are_one_step(session: Session) -> None:
    for typed in (1.0, 16.0, 160.0):
        session.edit("usage.hours", typed)
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.scenario == ARTICLE


def test_edits_of_several_fields_are_several_steps(session: Session) -> None:
    session.edit("usage.hours", 160.0)
    session.edit("server.ec2.replicas", 2.0)
    session.edit("usage.hours", 200.0)
    assert session.undo_stack.count() == 3
    session.undo_stack.undo()
    assert session.scenario == changed(ARTICLE, usage__hours=160.0, server__ec2__replicas=2.0)
    session.undo_stack.undo()
    assert session.scenario == changed(ARTICLE, usage__hours=160.0)


def test_the_saved_state_can_be_returned_to(session: Session) -> None:
    session.edit("usage.hours", 160.0)
    session.mark_saved(session.scenario)
    session.edit("usage.hours", 200.0)
    assert session.undo_stack.count() == 2
    assert not session.is_clean
    session.undo_stack.undo()
    assert session.scenario.usage.hours == 160.0
    assert session.is_clean
    session.undo_stack.undo()
    assert session.scenario == ARTICLE
    assert not session.is_clean


def test_clean_is_told_exactly_when_it_turns(session: Session) -> None:
    told: list[bool] = []
    session.clean_changed.connect(told.append)
    session.edit("usage.hours", 160.0)
    session.edit("usage.hours", 161.0)
    assert told == [False]
    session.undo_stack.undo()
    assert told == [False, True]


def test_typing_a_value_and_back_leaves_no_step(session: Session) -> None:
    session.edit("usage.hours", 72.0)
    session.edit("usage.hours", 720.0)
    assert session.scenario == ARTICLE
    assert session.undo_stack.count() == 0
    assert session.is_clean


def test_back_to_the_saved_value_is_clean(session: Session) -> None:
    session.edit("usage.hours", 160.0)
    session.mark_saved(session.scenario)
    session.edit("usage.hours", 16.0)
    session.edit("usage.hours", 160.0)
    assert session.is_clean
    session.undo_stack.undo()
    assert session.scenario == ARTICLE


def test_edits_back_to_the_saved_scenario_are_clean_by_any_way(session: Session) -> None:
    session.edit("usage.hours", 160.0)
    session.edit("server.ec2.replicas", 2.0)
    session.mark_saved(session.scenario)
    session.undo_stack.undo()
    assert not session.is_clean
    session.edit("labor.platform_engineer_usd", 1.0)  # the way back by redo is gone
    session.undo_stack.undo()
    session.edit("server.ec2.replicas", 2.0)
    assert session.is_clean


def test_what_was_recovered_is_never_clean_until_it_is_saved(session: Session) -> None:
    told: list[bool] = []
    session.clean_changed.connect(told.append)
    session.open(ARTICLE, is_saved=False)
    session.edit("usage.hours", 160.0)
    session.undo_stack.undo()
    assert not session.is_clean
    session.mark_saved(ARTICLE)
    assert told == [False, True]


def _drag(session: Session, *hours: float) -> None:
    session.begin_step("Usage")
    for value in hours:
        session.edit("usage.by", "hours")
        session.edit("usage.hours", value)
        session.edit("artifact_store.stored_gb", value)
    session.end_step()


def test_a_drag_is_one_step_and_the_next_drag_another(session: Session) -> None:
    session.edit("usage.hours", 700.0)
    _drag(session, 600.0, 500.0)
    _drag(session, 400.0, 300.0)
    session.edit("usage.hours", 200.0)
    assert session.undo_stack.count() == 4
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (session.scenario.usage.hours, session.scenario.artifact_store.stored_gb) == (500, 500)
    assert session.undo_stack.undoText() == "Usage"
    session.undo_stack.undo()
    assert session.scenario == changed(ARTICLE, usage__hours=700.0)


def test_a_canceled_drag_was_never_there(session: Session, qtbot: QtBot) -> None:
    session.edit("usage.hours", 700.0)
    before = session.study
    session.begin_step()
    session.edit("usage.hours", 10.0)
    session.edit("artifact_store.stored_gb", 10.0)
    with qtbot.waitSignal(session.study_changed):
        session.cancel_step()
    assert session.study is before
    assert session.undo_stack.count() == 1
    session.begin_step()
    session.cancel_step()
    assert session.study is before


def test_opening_ends_a_drag_that_runs(session: Session) -> None:
    session.begin_step("Usage")
    session.edit("usage.hours", 10.0)
    other = changed(ARTICLE, name="Other")
    session.open(other)
    session.cancel_step()
    assert session.scenario == other, "the drag was of what was open before"
    session.edit("usage.hours", 20.0)
    session.edit("artifact_store.stored_gb", 20.0)
    assert session.undo_stack.count() == 2
    assert session.undo_stack.undoText() == "Artifacts kept"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.scenario == other
    session.begin_step("Usage")
    session.open(ARTICLE)
    session.edit("usage.hours", 30.0)
    session.edit("artifact_store.stored_gb", 30.0)
    assert session.undo_stack.count() == 2


def test_several_edits_as_one_named_step(session: Session) -> None:
    with session.step("Apply the reservation"):
        session.edit("server.ec2.purchase", "reserved")
        session.edit("server.ec2.term", "3y")
    assert session.undo_stack.undoText() == "Apply the reservation"
    session.undo_stack.undo()
    assert session.scenario == ARTICLE


def test_lists_are_named_after_what_became_of_them(session: Session) -> None:
    firewall, audit = LINE_MONTHLY, LINE_ONCE
    dearer = firewall.model_copy(update={"usd": 99.0})
    names: list[str] = []
    for lines in ((firewall,), (firewall, audit), (dearer, audit), (audit,), (firewall,), ()):
        session.edit("own_lines", lines)
        names.append(session.undo_stack.undoText())
    assert names == [
        *("Add Firewall", "Add Audit", "Firewall", "Remove Firewall"),
        *("Your lines", "Remove Firewall"),
    ]
    assert session.undo_stack.count() == 6  # a whole list merges with nothing
    for _ in names:
        session.undo_stack.undo()
    assert session.scenario == ARTICLE
    session.edit("own_rates", (own_rate("rds_backup", (0.0, 0.2)),))
    assert session.undo_stack.undoText() == "Add rds_backup in us-east-1"
    session.edit("own_rates", (), "Reset the rate")
    assert session.undo_stack.undoText() == "Reset the rate"


def test_steps_across_a_switch_of_the_hosting_option(session: Session) -> None:
    session.edit("metadata_store.rds.storage_gb", 300.0)
    session.edit("metadata_store.rds.storage_type", "gp3")
    session.edit("metadata_store.rds.storage_gb", 500.0)
    seen = [session.scenario]
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
        seen.append(session.scenario)
    assert len(seen) == 4
    assert seen[-1] == ARTICLE
    while session.undo_stack.canRedo():
        session.undo_stack.redo()
        seen.append(session.scenario)
    assert seen == [*seen[:4], *seen[2::-1]]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Save & run", "Save && run"), ("two\nlines", "two lines"), ("n" * 100, f"{'n' * 59}…")],
)
def test_a_strangers_name_is_no_menu_text_of_its_own(
    session: Session, name: str, words: str
) -> None:
    session.edit("usage.hours", 1.0, name)
    assert session.undo_stack.undoText() == words


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("usage.hours", 1.0, "Usage"),
        ("artifact_store.s3.get_requests", 1.0, "GET requests"),
        ("metadata_store.rds.iops", 4000.0, "IOPS"),
        ("server.ec2.instance_type", "t3.medium", "Instance type"),
        ("region_id", "eu-west-1", "Region"),
        ("labor.tasks.upgrades.hours", 1.0, "Hours each (Version upgrades)"),
        ("labor.tasks.upgrades.name", "Upgrades", "Name (Version upgrades)"),
    ],
)
def test_steps_are_named_after_their_field(
    session: Session, path: str, value: object, words: str
) -> None:
    session.edit(path, value)
    assert session.undo_stack.undoText() == words


def test_another_region_prices_anew_and_back(session: Session) -> None:
    session.edit("region_id", "eu-west-1")
    assert session.study.price_book.region_id == "eu-west-1"
    assert round(float(session.study.estimate.by_component["server"]), 2) == 77.04
    session.undo_stack.undo()
    assert session.study.price_book.region_id == "us-east-1"
    assert round(float(session.study.estimate.by_component["server"]), 2) == 69.12


def test_opening_begins_a_new_history(session: Session) -> None:
    session.edit("usage.hours", 160.0)
    session.open(changed(ARTICLE, server__ec2__replicas=3.0))
    assert session.scenario.server.ec2.replicas == 3.0
    assert session.scenario.usage.hours == 720.0
    assert session.undo_stack.count() == 0
    assert session.is_clean


def test_opening_a_region_without_a_book_leaves_the_open_scenario(session: Session) -> None:
    session.edit("usage.hours", 160.0)
    before = session.study
    with pytest.raises(UserError, match="no price book"):
        session.open(changed(ARTICLE, region_id="us-east-9"))
    assert session.study is before
    assert session.undo_stack.count() == 1


def test_notices_follow_the_scenario(session: Session) -> None:
    session.edit("usage.hours", 800.0)
    assert [notice.path for notice in session.study.notices] == ["usage.hours"]
    assert _total(session) == 659.86
    session.undo_stack.undo()
    assert session.study.notices == ()


def test_edits_are_applied_together_or_not_at_all(session: Session, qtbot: QtBot) -> None:
    before = session.scenario
    good = Edits.proposed(before, (("usage.hours", 100.0), ("artifact_store.stored_gb", 7.0)))
    with qtbot.waitSignal(session.study_changed):
        session.apply(good, "Take over")
    assert (session.scenario.usage.hours, session.scenario.artifact_store.stored_gb) == (100.0, 7.0)
    assert session.undo_stack.undoText() == "Take over"
    session.undo_stack.undo()
    assert session.scenario == before
    bad = good + Edits.proposed(before, (("usage.hours", -1.0),))
    with qtbot.waitSignal(session.list_refused), qtbot.assertNotEmitted(session.study_changed):
        session.apply(bad, "Take over")
    assert session.scenario == before


def test_edits_of_equal_names_are_two_steps_and_none_is_no_step(session: Session) -> None:
    for hours in (100.0, 200.0):
        session.apply(Edits.proposed(session.scenario, (("usage.hours", hours),)), "Take over")
    session.apply(Edits.proposed(session.scenario, (("usage.hours", 200.0),)), "Take over")
    session.undo_stack.undo()
    assert session.scenario.usage.hours == 100.0
    assert session.undo_stack.count() == 2


def test_the_history_has_an_end(session: Session) -> None:
    seen = [session.scenario]
    for at in range(UNDO_STEPS + 40):
        session.edit("usage.hours" if at % 2 else "artifact_store.stored_gb", 1.0 + at)
        seen.append(session.scenario)
    stack = session.undo_stack
    assert stack.count() == UNDO_STEPS
    gc.collect()
    studies = [one for one in gc.get_objects() if isinstance(one, Study)]
    ours = {id(one.scenario) for one in studies} & {id(one) for one in seen}
    assert len(ours) <= UNDO_STEPS + 2, "what can't be undone any more is let go"
    for at in range(1, UNDO_STEPS + 1):
        stack.undo()
        assert session.scenario == seen[-1 - at]
    assert not stack.canUndo()
    for _ in range(UNDO_STEPS):
        stack.redo()
    assert session.scenario == seen[-1]
