"""The view of the cheapest ways: list, needs, apply, compare, open, and a search that is ended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer.alternatives import AlternativesView
from mlflow_cost_desktop.gui.answer.over_time_tables import FlatTable
from mlflow_cost_desktop.gui.answer.views import ALTERNATIVES, COMPARE
from mlflow_cost_desktop.gui.dialogs.needs import NeedsDialog
from mlflow_cost_desktop.gui.inputs.number_editor import NumberEditor
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from tests.gui.conftest import Desk


def view(window: MainWindow, qtbot: QtBot) -> AlternativesView:
    window.views.open(ALTERNATIVES)
    settle(window, qtbot)
    return window.alternatives


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.alternatives.is_searching, timeout=20_000)


def on(desk: Desk, qtbot: QtBot) -> AlternativesView:
    """The view by itself, with its answer."""
    shown = AlternativesView(desk.session.shelf, desk.session.figures, desk)
    shown.applied.connect(desk.session.apply)
    desk.put(shown)
    end(shown, qtbot)
    return shown


def end(shown: AlternativesView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not shown.is_searching, timeout=20_000)


def keys(table: FlatTable) -> list[str]:
    found: list[str] = []
    for at in range(table.topLevelItemCount()):
        item = table.topLevelItem(at)
        assert item
        found.append(str(item.data(0, Qt.ItemDataRole.UserRole)))
    return found


def choose(shown: AlternativesView, key: str) -> None:
    item = shown.list.topLevelItem(keys(shown.list).index(key))
    assert item
    shown.list.setCurrentItem(item)


def click(button: QWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_list_and_reasons(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    assert keys(shown.list)[0] == "1"
    assert "now" in keys(shown.list)
    assert shown.found is not None
    found = shown.found.alternatives
    assert shown.figure.text() == f"${found.found[0].cost:,.2f}"
    assert "EC2 t3.medium" in keys(shown.lost)
    assert "ways in 1 region" in shown.progress.text()
    assert not shown.cancel.isVisibleTo(shown)


def test_apply_is_one_step_with_the_needs(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    before = desk.session.scenario
    assert shown.found is not None
    best = shown.found.alternatives.found[0]
    steps = desk.session.undo_stack.count()
    click(shown.apply, qtbot)
    assert desk.session.undo_stack.count() == steps + 1
    assert desk.session.scenario == best.scenario
    assert desk.session.scenario.needs.vcpu == 2.0
    assert float(desk.session.study.estimate.effective_cost) == best.cost
    desk.session.undo_stack.undo()
    assert desk.session.scenario == before
    end(shown, qtbot)


def test_of_an_older_scenario_nothing_can_be_applied(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    desk.session.edit("artifact_store.stored_gb", 2048.0)
    assert not shown.apply.isEnabled()
    end(shown, qtbot)
    assert shown.apply.isEnabled()
    assert shown.found is not None
    assert shown.found.study.scenario.artifact_store.stored_gb == 2048.0


def test_the_present_one_can_not_be_applied(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    choose(shown, "now")
    assert not shown.apply.isEnabled()
    choose(shown, "2")
    assert shown.apply.isEnabled()


def test_compare(window: MainWindow, qtbot: QtBot) -> None:
    shown = view(window, qtbot)
    click(shown.compare, qtbot)
    assert window.views.has(COMPARE)


def test_open_as_a_new_scenario(window: MainWindow, qtbot: QtBot) -> None:
    shown = view(window, qtbot)
    opened: list[Scenario] = []
    window.scenario_asked.connect(opened.append)
    choose(shown, "2")
    click(shown.open, qtbot)
    assert shown.found is not None
    assert opened == [shown.found.alternatives.found[1].scenario]


def test_needs_from_menus(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    action = next(a for a in shown.commitment.menu().actions() if a.text() == "No commitment")
    action.trigger()
    assert desk.session.scenario.needs.commitment_months == 0.0
    end(shown, qtbot)
    assert shown.found is not None
    assert {one.months for one in shown.found.alternatives.found} == {0}
    assert shown.commitment.text() == "No commitment ▾"


def test_needs_in_a_dialog(window: MainWindow, qtbot: QtBot) -> None:
    shown = view(window, qtbot)
    click(shown.sizes, qtbot)
    dialog = next(d for d in window.findChildren(QDialog) if isinstance(d, NeedsDialog))
    editor = dialog.form.editor_of("needs.memory_gib")
    assert isinstance(editor, NumberEditor)
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "16")
    assert window.session.scenario.needs.memory_gib == 16.0
    dialog.close()
    settle(window, qtbot)
    assert "does not meet the needs" in shown.summary.text()
    assert "16 GiB" in shown.sizes.text()


def test_all_regions_come_one_after_the_other(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    told: list[int] = []
    shown.progressed.connect(told.append)
    action = next(a for a in shown.regions.menu().actions() if a.text() == "All regions")
    action.trigger()
    end(shown, qtbot)
    assert told == [1, 2, 3, 4]
    assert "in 5 regions" in shown.progress.text()
    assert shown.found is not None
    for one in shown.found.alternatives.found:
        assert one.cost == float(estimate(one.scenario, one.price_book).effective_cost)


def test_a_search_is_canceled(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    shown.progressed.connect(lambda done: shown.cancel.click() if done == 1 else None)
    desk.session.edit("needs.regions", ("all",))
    end(shown, qtbot)
    assert shown.found is not None
    if shown.found.alternatives.done < 5:  # the thread may have come to the end before the click
        assert shown.progress.text().startswith("Canceled")
    assert not shown.cancel.isVisibleTo(shown)
    assert keys(shown.list)


def test_tables_are_told_and_the_keyboard_reaches_everything(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, qtbot)
    assert shown.list.accessibleName() == "Alternatives"
    assert shown.lost.accessibleName() == "Why not …"
    for widget in (shown.sizes, shown.commitment, shown.regions, shown.apply, shown.list):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_list_follows_the_width_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1360, 880)
    shown = view(window, qtbot)
    wide = shown.list.columnWidth(0)
    assert shown.list.headerItem().text(3) == "$ / month"
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: shown.list.columnWidth(0) < wide)
    difference = shown.list.columnViewportPosition(4) + shown.list.columnWidth(4)
    assert difference <= shown.list.viewport().width()
