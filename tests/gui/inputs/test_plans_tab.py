"""The tab of managed plans: what others charge, edited, added, and held against the scenario."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.gui.answer.summary import Summary
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.inputs.aside import ASIDE
from mlflow_cost_desktop.gui.inputs.plans_tab import PlansTab
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.gui.helpers import choose, editor, number, type_into
from tests.support import ARTICLE, PRICES, changed

SHIPPED = read_plans(PRICES / "managed")


@pytest.fixture
def session(shelf: Shelf) -> Session:
    return Session(shelf, ARTICLE, SHIPPED)


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> PlansTab:
    made = PlansTab("plans", ("plans",))
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


def row(tab: PlansTab, name: str) -> list[str]:
    tree = tab.plans.tree
    (found,) = tree.findItems(name, Qt.MatchFlag.MatchExactly)
    return [found.text(column) for column in range(tree.columnCount())]


def test_each_plan_stands_beside_the_scenario(tab: PlansTab) -> None:
    assert tab.plans.selected == "sagemaker_small"  # what the summary speaks of
    assert row(tab, "Weights & Biases Pro") == ["Weights & Biases Pro", "168.96", "−490.89"]
    assert row(tab, "Databricks") == ["Databricks", "ask", ""]
    assert row(tab, "Neptune.ai") == ["Neptune.ai", "closed", ""]
    tab.plans.select("wandb_free")
    assert tab.plans.said.text() == "Too small: at most 5 GB, 1,024 needed."


def test_the_selected_plan_s_verdict_and_source_stand_below(tab: PlansTab) -> None:
    tab.plans.select("sagemaker_small")
    said = tab.plans.answer.text()
    assert "that stays with you" in said
    assert "Stays with you: Artifact store." in said
    assert "read 2026-09-29" in tab.plans.source.text()
    tab.plans.select("neptune")
    assert tab.plans.answer.text() == "No longer sold; kept for its history."
    # The source's own date is not said twice.
    tab.plans.select("comet_free")
    assert tab.plans.source.text().endswith("of experiment trackers of 2026-10-02.")


def test_a_plan_s_note_stands_once_below_its_name(tab: PlansTab) -> None:
    tab.plans.select("wandb_pro")
    notes = [label.text() for label in tab.plans.form.findChildren(QLabel)]
    assert len([text for text in notes if text.startswith("“Starts at $60")]) == 1


def test_an_edit_copies_a_plan_into_the_scenario_and_reset_takes_it_out(
    qtbot: QtBot, tab: PlansTab, session: Session
) -> None:
    tab.plans.select("comet_pro")
    assert tab.plans.buttons["Remove"].text() == "Reset"
    assert not tab.plans.buttons["Remove"].isEnabled()
    type_into(qtbot, number(tab, "plans.comet_pro.seat_usd"), "12")
    assert [(plan.id, plan.seat_usd) for plan in session.scenario.plans] == [("comet_pro", 12.0)]
    assert tab.plans.source.text().startswith("Your figure. Before your change: comet.com")
    # The copy and all of the typing are one step, named after the field.
    assert (session.undo_stack.count(), session.undo_stack.undoText()) == (
        1,
        "Each further seat (Comet Pro)",
    )
    type_into(qtbot, number(tab, "plans.comet_pro.included_seats"), "99999999")
    assert session.scenario.plans[0].included_seats == 0.0
    tab.plans.buttons["Remove"].click()
    assert session.scenario == ARTICLE
    session.undo_stack.undo()
    assert session.scenario.plans[0].seat_usd == 12.0


def test_what_was_asked_for_is_typed(qtbot: QtBot, tab: PlansTab, session: Session) -> None:
    tab.plans.select("databricks")
    choose(qtbot, editor(tab, "plans.databricks.price"), "public")
    assert row(tab, "Databricks") == ["Databricks", "unknown", ""]
    type_into(qtbot, number(tab, "plans.databricks.base_usd"), "300")
    assert row(tab, "Databricks")[1] == "381.24"
    assert session.scenario.plans[0].base_usd == 300.0


def test_a_plan_of_one_s_own_is_added_and_removed(
    qtbot: QtBot, tab: PlansTab, session: Session
) -> None:
    tab.plans.buttons["Add"].click()
    assert tab.plans.selected == "new_plan"
    qtbot.keyClick(tab.plans.tree, Qt.Key.Key_Escape)
    tab.plans.take_name("new_plan", "Ours")
    assert row(tab, "Ours") == ["Ours", "unknown", ""]
    type_into(qtbot, number(tab, "plans.new_plan.base_usd"), "20")
    assert row(tab, "Ours")[1] == "101.24"
    tab.plans.remove()
    assert session.scenario == ARTICLE


def test_a_task_stays_with_the_buyer_when_it_is_unchecked(tab: PlansTab, session: Session) -> None:
    tab.plans.select("comet_pro")
    before = row(tab, "Comet Pro")[1]
    (monitoring,) = tab.plans.taken.findItems(
        "Monitoring and right-sizing", Qt.MatchFlag.MatchExactly
    )
    monitoring.setCheckState(Qt.CheckState.Unchecked)
    assert "monitoring" not in session.scenario.plans[0].tasks
    assert session.undo_stack.undoText() == "Tasks (Comet Pro)"
    assert (before, row(tab, "Comet Pro")[1]) == ("191.96", "283.36")


def test_the_summary_holds_a_hosted_mlflow_against_the_scenario(
    qtbot: QtBot, session: Session
) -> None:
    summary = Summary()
    qtbot.addWidget(summary)
    summary.show_study(session.study)
    summary.plan.refresh()
    assert summary.plan.name.text() == "SageMaker MLflow Small, 5 seats: $538.80"
    assert summary.plan.difference.text() == "$121.06 cheaper"
    holds = summary.plan.holds.text().replace("\N{NO-BREAK SPACE}", " ")
    assert holds == "unless Platform engineer below $60.71 / h"
    assert "For at most 25 seats." in summary.plan.toolTip()
    assert summary.plan.marks.text() == ""
    session.open(changed(ARTICLE, labor__tasks=(), team__users=8.0))
    summary.show_study(session.study)
    summary.plan.refresh()
    assert summary.plan.name.text() == "SageMaker MLflow Small, 8 seats: $538.80"
    assert summary.plan.difference.text() == "$320.70 costlier"


def test_a_click_holds_the_selected_plan_against_the_scenario(
    qtbot: QtBot, tab: PlansTab, session: Session
) -> None:
    def asides() -> dict[str, str]:
        tree = tab.plans.tree
        items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
        return {item.text(0): item.data(0, ASIDE) for item in items if item}

    assert asides()["SageMaker MLflow Small"] == "held against"
    assert asides()["Weights & Biases Pro"] == "not MLflow, doubtful"
    assert not tab.plans.hold.isChecked()  # it is only the best that fits
    tab.plans.select("wandb_pro")
    qtbot.mouseClick(tab.plans.hold, Qt.MouseButton.LeftButton)
    assert session.scenario.held_against == "wandb_pro"
    assert asides()["Weights & Biases Pro"] == "held against, not MLflow, doubtful"
    assert asides()["SageMaker MLflow Small"] == ""
    assert (session.undo_stack.count(), session.undo_stack.undoText()) == (1, "Held against")
    assert tab.plans.hold.isChecked()
    qtbot.mouseClick(tab.plans.hold, Qt.MouseButton.LeftButton)
    assert session.scenario == ARTICLE
    session.edit("region_id", "eu-central-1")
    assert asides()["SageMaker MLflow Small"] == "held against, price of us-east-1"


def test_a_plan_of_one_s_own_that_was_held_against_leaves_a_notice(
    tab: PlansTab, session: Session
) -> None:
    tab.plans.buttons["Add"].click()
    session.edit("held_against", "new_plan")
    tab.plans.remove()
    assert [notice.path for notice in session.study.notices] == ["held_against"]
    assert session.study.held.plan_id == "sagemaker_small"
    session.undo_stack.undo()
    assert session.study.notices == ()


def test_a_new_plan_never_takes_the_id_of_a_choice(tab: PlansTab, session: Session) -> None:
    for name in ("None", "Auto"):
        tab.plans.select("comet_pro")
        tab.plans.take_name("comet_pro", name)
        tab.plans.duplicate()
    ids = [plan.id for plan in session.scenario.plans]
    assert not {"auto", "none"} & {tab.plans._free_id(name) for name in ("None", "Auto")}
    assert not {"auto", "none"} & set(ids)


def test_a_plan_beside_the_total_leaves_it_its_room(qtbot: QtBot, session: Session) -> None:
    summary = Summary()
    qtbot.addWidget(summary)
    session.open(changed(ARTICLE, artifact_store__stored_gb=3e8))
    summary.show_study(session.study)
    summary.plan.refresh()
    summary.resize(400, 200)
    summary.show()
    assert summary.total.text().startswith("$6,3")
    assert summary.per_month.elided == "per month of 720 h"
    name = summary.plan.name
    elided, cost = name.elided.rsplit(": ", 1)
    assert elided.endswith("…") and name.text().endswith(cost)
    assert summary.plan.difference.width() >= summary.plan.difference.sizeHint().width()


def test_a_missing_list_of_plans_is_said(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="can't be read"):
        read_plans(tmp_path)


def test_the_next_size_of_a_plan_of_one_s_own_is_chosen_and_moved_to(
    tab: PlansTab, session: Session
) -> None:
    tab.plans.select("sagemaker_small")
    assert tab.plans.next_size.currentText() == "SageMaker MLflow Medium"
    tab.plans.add()
    chooser = tab.plans.next_size
    assert chooser.currentText() == "None"
    assert chooser.findText("New plan") == -1  # no plan is its own next size
    large = chooser.findData("sagemaker_large")
    chooser.setCurrentIndex(large)
    chooser.activated.emit(large)
    (plan,) = session.scenario.plans
    assert plan.next_size == "sagemaker_large"
    assert tab.plans.next_size.currentText() == "SageMaker MLflow Large"
    session.undo_stack.undo()
    assert tab.plans.next_size.currentText() == "None"


def test_a_next_size_that_is_gone_is_shown_and_kept(tab: PlansTab, session: Session) -> None:
    plan = ManagedPlan(id="ours", name="Ours", next_size="nowhere")
    session.edit("plans", (plan,))
    tab.plans.select("ours")
    assert tab.plans.next_size.currentText() == "nowhere"
    assert session.scenario.plans == (plan,)


def test_what_comes_below_a_plan_at_the_edge_is_in_sight(tab: PlansTab, session: Session) -> None:
    tree = tab.plans.tree

    def is_in_sight(item: QTreeWidgetItem) -> bool:
        QApplication.processEvents()
        line = tree.visualItemRect(item)
        return line.intersected(tree.viewport().rect()).height() >= line.height() - 1

    grown = 0
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        assert item is not None
        tab.plans.select(item.data(0, Qt.ItemDataRole.UserRole))
        assert is_in_sight(item), item.text(0)
        height = tree.visualItemRect(item).height()
        session.edit("held_against", item.data(0, Qt.ItemDataRole.UserRole))
        assert is_in_sight(item), item.text(0)
        grown += tree.visualItemRect(item).height() > height
    assert grown > 3
