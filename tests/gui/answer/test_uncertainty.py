"""The view of how sure the total is: worked figures, charts, ranges, budget, draws, and pace."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.analysis.uncertainty import LIVE, MANY
from mlflow_cost_desktop.gui.answer import uncertainty as uncertainty_module
from mlflow_cost_desktop.gui.answer.over_time_tables import FlatTable
from mlflow_cost_desktop.gui.answer.uncertainty import NO_RANGES, UncertaintyView
from mlflow_cost_desktop.gui.answer.views import OVER_TIME, THIS_MONTH, UNCERTAINTY
from mlflow_cost_desktop.gui.dialogs.range import RangeDialog
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.ranges import Range
from tests.gui.conftest import Desk

ENGINEER, HOURS, USAGE, STORED = (
    "labor.platform_engineer_usd",
    "labor.tasks.incidents.hours",
    "usage.hours",
    "artifact_store.stored_gb",
)
RATE = Range(path=ENGINEER, low=70.0, high=130.0, shape="triangle")
LENGTH = Range(path=HOURS, low=3.0, high=12.0, shape="triangle")


def came(view: UncertaintyView, qtbot: QtBot) -> UncertaintyView:
    """The view with the answer to what was asked last."""
    qtbot.waitUntil(lambda: view.found is not None and not view._latest.is_waiting)
    return view


def settled(window: MainWindow, qtbot: QtBot) -> UncertaintyView:
    """The same in its window."""
    return came(window.uncertainty, qtbot)


def on(desk: Desk, qtbot: QtBot, *ranges: Range) -> UncertaintyView:
    """The view by itself."""
    if ranges:
        desk.session.edit("ranges", ranges, "Ranges")
    view = UncertaintyView(Path(), desk.session.figures, desk)
    desk.put(view)
    return came(view, qtbot)


def view_of(window: MainWindow, qtbot: QtBot, *ranges: Range) -> UncertaintyView:
    if ranges:
        window.session.edit("ranges", ranges, "Ranges")
    window.views.open(UNCERTAINTY)
    return settled(window, qtbot)


def rows(table: FlatTable) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for at in range(table.topLevelItemCount()):
        item = table.topLevelItem(at)
        assert item
        cells = [item.text(column) for column in range(table.columnCount())]
        found[item.data(0, Qt.ItemDataRole.UserRole)] = cells
    return found


def test_the_switch_has_it_after_the_months(window: MainWindow) -> None:
    names = [window.views.switch.tabText(at) for at in range(window.views.switch.count())]
    assert names[:2] == [THIS_MONTH, OVER_TIME]
    assert UNCERTAINTY in names


def test_usage_hours_of_a_triangle(desk: Desk, qtbot: QtBot) -> None:
    desk.session.edit(USAGE, 320.0)
    view = on(desk, qtbot, Range(path=USAGE, low=160.0, high=720.0, shape="triangle"))
    assert view.found is not None
    of = view.found.cases.percentiles
    assert [of[10], of[50], of[90]] == pytest.approx([615.186, 627.731, 645.491], abs=5e-4)
    assert view.figure.text() == "$628"
    assert view.sentence.text() == "a month in the middle; $615 to $645 in eight cases of ten"
    assert "Half of the cases lie between $620 and $637 a month." in view.chances.text()


def test_the_plan_and_what_would_turn_the_verdict(desk: Desk, qtbot: QtBot) -> None:
    desk.session.edit("held_against", "sagemaker_small")
    view = on(desk, qtbot, RATE, LENGTH)
    assert "cases SageMaker MLflow Small is cheaper than hosting it yourself." in (
        view.chances.text()
    )
    assert view.verdict.text().startswith(
        "SageMaker MLflow Small is $121.06 cheaper than hosting it yourself. Hosting it yourself "
        "wins if one of these holds"
    )
    found = rows(view.turns)
    assert found[ENGINEER] == [
        "Maintenance · Platform engineer", "$91.40 / h", "−34 %", "below $60.71 / h"
    ]  # fmt: skip
    assert next(iter(found)) == ENGINEER
    chart = view.cases.chart
    assert chart is not None
    assert [series.key for series in chart.series] == ["own", "plan"]
    desk.session.edit("held_against", "none")
    came(view, qtbot)
    assert not view.turns.isVisibleTo(view)
    assert "cheaper" not in view.chances.text()


def test_a_certainty_says_what_it_rests_on(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("held_against", "sagemaker_small")
    window.session.edit("budget_usd", 100.0)
    view = view_of(window, qtbot, Range(path=USAGE, low=700.0, high=720.0))
    assert view.chances.text().startswith(
        "In all of 10,000 draws of 1 input that varies SageMaker MLflow Small is cheaper"
    )
    assert "In none of 10,000 draws of 1 input that varies a month costs at most $100." in (
        view.chances.text()
    )
    window.session.edit("ranges", (Range(path=USAGE, low=720.0, high=720.0),), "Ranges")
    settled(window, qtbot)
    assert view.chances.text().startswith("In all cases (no input varies) SageMaker")
    qtbot.waitUntil(lambda: window.summary.plan.chance.text() == "")


def test_without_ranges_it_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot)
    assert view.sentence.text() == NO_RANGES
    assert view.figure.text() == "$660"
    assert not view.cases.isVisibleTo(view)
    assert view.swings.isVisibleTo(view)


def test_what_has_no_effect_is_named_by_the_keyboard_too(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot)
    assert view.folded.text().endswith(" inputs without effect")
    assert not view.idle.isVisibleTo(view)
    assert view.folded.focusPolicy() == Qt.FocusPolicy.StrongFocus
    view.folded.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.folded, Qt.Key.Key_Space)
    assert view.idle.isVisibleTo(view)
    assert "Without effect at ±10 %: " in view.idle.text()
    assert "Sign-on upkeep" in view.idle.text()
    assert view.idle.accessibleName() == ""  # a label tells its own text
    desk.session.edit(STORED, 900.0)
    came(view, qtbot)
    assert view.idle.isVisibleTo(view)  # it stays open
    qtbot.mouseClick(view.folded, Qt.MouseButton.LeftButton)
    assert not view.idle.isVisibleTo(view)


def test_where_no_input_has_a_range_two_buttons_begin(window: MainWindow, qtbot: QtBot) -> None:
    view = view_of(window, qtbot)
    assert view.suggest_some.isVisibleTo(view)
    qtbot.mouseClick(view.add_one, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(RangeDialog)
    assert dialog.input.count() > 10
    dialog.reject()
    qtbot.mouseClick(view.suggest_some, Qt.MouseButton.LeftButton)
    settled(window, qtbot)
    assert len(window.session.scenario.ranges) > 5
    assert not view.suggest_some.isVisibleTo(view)
    window.session.undo_stack.undo()
    settled(window, qtbot)
    assert view.suggest_some.isVisibleTo(view)


def test_what_matters_most(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot, RATE, LENGTH)
    chart = view.swings.chart
    assert chart is not None
    table = chart.table(chart.x.lower, chart.x.upper)
    assert table.rows == (
        ("Maintenance · Platform engineer", "$70 / h – $130 / h", "$556.43", "$846.43"),
        ("Connectivity and incidents · Hours each", "3 h – 12 h", "$568.46", "$842.66"),
    )


def test_a_single_bar_has_room_in_its_card(window: MainWindow, qtbot: QtBot) -> None:
    view = view_of(window, qtbot, RATE)
    qtbot.waitUntil(lambda: view.swings.canvas.view is not None)
    window.session.edit("ranges", (LENGTH,), "Ranges")
    settled(window, qtbot)
    canvas = view.swings.canvas.geometry()
    assert canvas.bottom() < view.swings.contentsRect().bottom()


def test_the_marker_reads_a_cost_and_edits_nothing(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot, RATE, LENGTH)
    before = desk.session.scenario
    view.cases.canvas.setValue(800)
    assert view.cases.cost == 800.0
    chart = view.cases.chart
    assert chart is not None
    assert chart.marker is not None
    assert chart.marker.text.startswith("$800 · at most in 8")
    assert desk.session.scenario == before
    view.cases.views["at_most"].click()
    assert view.cases.kind == "at_most"
    assert view.cases.title.text() == "How often a month costs at most what"
    chart = view.cases.chart
    assert chart is not None
    assert chart.y.upper == 100.0


def test_the_list_adds_edits_and_removes(window: MainWindow, qtbot: QtBot) -> None:
    view = view_of(window, qtbot, RATE)
    assert rows(view.ranges)[ENGINEER] == [
        "Maintenance · Platform engineer", "Triangle, extremes", "$70 / h", "$91.40 / h",
        "$130 / h", "typed",
    ]  # fmt: skip
    assert not view.edit.isEnabled()
    first = view.ranges.topLevelItem(0)
    assert first
    view.ranges.setCurrentItem(first)
    view.edit.click()
    (dialog,) = window.findChildren(RangeDialog)
    assert (dialog.path, dialog.low.figure) == (ENGINEER, 70.0)
    dialog.reject()
    view.remove.click()
    assert window.session.scenario.ranges == ()
    assert window.session.undo_stack.undoText() == "Remove range (Platform engineer)"
    window.session.undo_stack.undo()
    assert window.session.scenario.ranges == (RATE,)


def test_the_range_of_an_input_that_is_gone_can_only_be_removed(
    window: MainWindow, qtbot: QtBot
) -> None:
    gone = Range(path="labor.tasks.gone.hours", low=1.0, high=3.0)
    view = view_of(window, qtbot, gone, RATE)
    first = view.ranges.topLevelItem(0)
    assert first
    view.ranges.setCurrentItem(first)
    assert not view.edit.isEnabled()
    view.ranges.itemActivated.emit(first, 0)
    assert window.findChildren(RangeDialog) == []
    assert "no such input any longer" in first.text(5)
    qtbot.mouseClick(view.remove, Qt.MouseButton.LeftButton)
    assert window.session.scenario.ranges == (RATE,)


def test_suggested_ranges_are_one_step_and_say_where_from(window: MainWindow, qtbot: QtBot) -> None:
    view = view_of(window, qtbot, RATE)
    view.suggest.click()
    settled(window, qtbot)
    scenario = window.session.scenario
    by_path = {one.path: one for one in scenario.ranges}
    assert by_path[ENGINEER] == RATE
    assert by_path[HOURS].source.startswith("Judgment")
    assert "labor.tasks.sign_on.hours" not in by_path
    assert "published accounts" in rows(view.ranges)["labor.tasks.set_up.hours"][-1]
    window.session.undo_stack.undo()
    assert window.session.scenario.ranges == (RATE,)


def test_a_budget_is_typed_and_kept(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot, RATE, LENGTH)
    view.budget.line.setFocus()
    qtbot.keyClicks(view.budget.line, "700")
    qtbot.keyClick(view.budget.line, Qt.Key.Key_Return)
    assert desk.session.scenario.budget_usd == 700.0
    came(view, qtbot)
    assert "cases a month costs at most $700." in view.chances.text()
    view.budget.line.selectAll()
    qtbot.keyClicks(view.budget.line, "700.5")
    qtbot.keyClick(view.budget.line, Qt.Key.Key_Return)
    came(view, qtbot)
    assert "cases a month costs at most $700.50." in view.chances.text()
    desk.session.undo_stack.undo()
    desk.session.undo_stack.undo()
    assert desk.session.scenario.budget_usd is None


def test_many_draws_on_request_and_few_after_the_next_edit(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot, RATE)
    assert view.found is not None
    assert view.found.cases.draws == LIVE
    view.many.click()
    came(view, qtbot)
    assert view.found.cases.draws == MANY
    desk.session.edit(STORED, 900.0)
    came(view, qtbot)
    assert view.found.cases.draws == LIVE


def test_the_axis_says_how_many_draws_it_is_of(desk: Desk, qtbot: QtBot) -> None:
    view = on(desk, qtbot, RATE, LENGTH)

    def title() -> str:
        assert view.cases.canvas.view is not None
        return view.cases.canvas.view.axis.label.toPlainText()

    qtbot.waitUntil(lambda: view.cases.canvas.view is not None)
    qtbot.mouseClick(view.many, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "100,000 draws" in title())
    desk.session.edit("budget_usd", 700.0)  # the axis stays, and what it is of is another
    qtbot.waitUntil(lambda: "10,000 draws" in title() and "100,000" not in title())


def test_draws_are_saved(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    view = on(desk, qtbot, RATE)
    file = tmp_path / "draws.csv"
    with qtbot.waitSignal(view.saved):
        view.save_to(file)
    lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert len(lines) == LIVE + 1
    assert lines[0][:3] == ["draw", ENGINEER, "effective_cost"]
    assert lines[1][lines[0].index("about_region_id")] == "us-east-1"
    with qtbot.waitSignal(view.failed):
        view.save_to(tmp_path / "no" / "draws.csv")


def test_typing_goes_on_while_draws_are_made(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The latest wins, and the old answer stays dimmed until it comes."""
    view = on(desk, qtbot, RATE)
    go, asked = threading.Event(), []
    real = uncertainty_module.uncertainty

    def slow(scenario: object, *rest: object) -> object:
        asked.append(scenario)
        go.wait(5.0)
        return real(scenario, *rest)  # pyright: ignore[reportArgumentType]  # handed through

    monkeypatch.setattr(uncertainty_module, "uncertainty", slow)
    for gb in (100.0, 200.0, 300.0):
        desk.session.edit(STORED, gb)
    assert desk.session.scenario.artifact_store.stored_gb == 300.0
    qtbot.waitUntil(view._latest.veil.isVisible)
    go.set()
    came(view, qtbot)
    assert not view._latest.veil.isVisible()
    assert view.found is not None
    assert view.found.cases.scenario.artifact_store.stored_gb == 300.0
    assert len(asked) == 2  # of three edits the first was under way, and the last one counts


def test_the_months_have_a_band_where_inputs_grow_and_have_ranges(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.edit("growth", (Growth(path=STORED, amount=100.0),), "Grow")
    window.session.edit("ranges", (RATE,), "Ranges")
    window.views.open(OVER_TIME)
    months = window.over_time
    qtbot.waitUntil(lambda: months.found is not None and not months._latest.is_waiting)
    chart = months.card.chart
    assert chart is not None
    assert {"p10", "p90"} <= {series.key for series in chart.series}
    window.session.edit("ranges", (), "None")
    qtbot.waitUntil(lambda: not months._latest.is_waiting)
    chart = months.card.chart
    assert chart is not None
    assert "p10" not in {series.key for series in chart.series}


def test_saved_charts_name_scenario_region_and_prices(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    view = view_of(window, qtbot, RATE, LENGTH)
    for card in (view.cases, view.swings, *window.charts.charts):
        card.save_to(tmp_path / "chart.csv")
        stated = dict(
            row
            for row in csv.reader((tmp_path / "chart.csv").read_text("utf-8-sig").splitlines())
            if len(row) == 2
        )
        assert stated["Scenario"] == window.session.scenario.name
        assert "us-east-1" in stated["Region"] and stated["Month"] == "720 h"
        assert stated["Prices"] and "taxes" in stated["Not included"]
        card.save_to(tmp_path / "chart.svg")
        assert "us-east-1" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
