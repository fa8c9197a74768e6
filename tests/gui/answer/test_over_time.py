"""The view over time: worked figures, tables, the marker, the plan beside it, and its rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer import over_time as over_time_module
from mlflow_cost_desktop.gui.answer.over_time import HINT, OverTimeView
from mlflow_cost_desktop.gui.answer.over_time_tables import MONTHS_TABLE, FlatTable, year_rows
from mlflow_cost_desktop.gui.answer.views import OVER_TIME, THIS_MONTH
from mlflow_cost_desktop.gui.dialogs.growth import GrowthDialog
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from tests.gui.conftest import Desk

NO_KEYS = Qt.KeyboardModifier.NoModifier
STORED, USERS = "artifact_store.stored_gb", "team.users"
GROWING = (
    Growth(path=STORED, amount=100.0),
    Growth(path="labor.platform_engineer_usd", by="percent", amount=3.0, per="year"),
)
SMALL_TO_MEDIUM = (
    Growth(path=USERS, by="table", values=(FromMonth(month=21, value=30.0),)),
)  # fmt: skip


def view(window: MainWindow, *rules: Growth) -> OverTimeView:
    if rules:
        window.session.edit("growth", rules, "Grow")
    window.views.open(OVER_TIME)
    return window.over_time


def on(desk: Desk, *rules: Growth) -> OverTimeView:
    """The view by itself."""
    if rules:
        desk.session.edit("growth", rules, "Grow")
    shown = OverTimeView(Path(), desk.session.figures, desk)
    desk.put(shown)
    return shown


def rows(table: FlatTable) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for at in range(table.topLevelItemCount()):
        item = table.topLevelItem(at)
        assert item
        key = item.data(0, Qt.ItemDataRole.UserRole)
        found[key] = [item.text(column) for column in range(table.columnCount())]
    return found


def show(shown: OverTimeView, kind: str) -> None:
    shown.card.views[kind].click()


def headings(table: FlatTable) -> list[str]:
    header = table.headerItem()
    return [header.text(column).replace("\n", " ") for column in range(table.columnCount())]


def test_the_switch_has_it_after_this_month(window: MainWindow) -> None:
    names = [window.views.switch.tabText(at) for at in range(window.views.switch.count())]
    assert names[:2] == [THIS_MONTH, OVER_TIME]
    assert window.views.switch.isVisibleTo(window)


def test_the_header_keeps_this_month(window: MainWindow) -> None:
    total = window.summary.total.text()
    view(window, *GROWING)
    assert window.summary.total.text() == total


def test_storage_and_salaries_over_36_months(desk: Desk) -> None:
    shown = on(desk, *GROWING)
    assert shown.found is not None
    assert shown.found.cash[[0, 1, 12, 35]] == pytest.approx(
        [2792.5253, 601.2253, 637.9503, 702.6181], abs=5e-5
    )
    show(shown, "cash")
    assert rows(shown.table)["total"][1:5] == ["9,532.50", "7,807.20", "8,279.62", "25,619.33"]
    assert "in all $25,619.33" in shown.cash.text()
    shown.by["months"].click()
    months = rows(shown.table)
    assert [months[month][-3] for month in ("1", "2", "13", "36")] == [
        "2,792.53", "601.23", "637.95", "702.62"
    ]  # fmt: skip
    show(shown, "added_up")
    assert rows(shown.table)["36"][-3] == "25,619.33"


def test_a_year_s_commitment_over_24_months(desk: Desk) -> None:
    for path, value in (
        ("horizon_months", 24.0),
        (STORED, 40_960.0),
        ("server.ec2.purchase", "reserved"),
        ("server.ec2.payment", "all_upfront"),
    ):
        desk.session.edit(path, value)
    shown = on(desk, Growth(path=STORED, amount=2048.0))
    show(shown, "cash")
    shown.by["months"].click()
    months = rows(shown.table)
    assert months["13"][-3] == "2,493.25"
    assert [month for month, cells in months.items() if "Upfront" in cells[-1]] == ["1", "13"]
    assert "in all $50,592.10" in shown.cash.text()


def test_own_time_and_what_is_paid_to_others_are_told_apart(desk: Desk) -> None:
    shown = on(desk, *GROWING)
    assert "own" not in rows(shown.table)
    show(shown, "cash")
    found = rows(shown.table)
    assert found["own"][0].strip() == "of it your own people’s time"
    assert found["out"][0].strip() == "of it paid to others"
    assert found["own"][4] == "16,319.01"
    assert "of it your own people’s time $16,319.01" in shown.cash.text()


def test_why_a_part_changes_stands_beside_it(desk: Desk) -> None:
    shown = on(desk, *GROWING)
    found = rows(shown.table)
    assert found["server"][-1] == ""
    assert found["artifact_store"][-1] == "Artifacts kept +100 GB a month"
    assert found["labor"][-1] == "Platform engineer +3 % a year"
    show(shown, "cash")
    assert "Set-up in month 1" in rows(shown.table)["labor"][-1]


def test_years_and_months_have_names_once_the_first_is_known(desk: Desk) -> None:
    shown = on(desk, *GROWING)
    assert headings(shown.table)[1:4] == ["Year 1", "Year 2", "Year 3"]
    desk.session.edit("start", "2027-01")
    assert headings(shown.table)[1:4] == ["2027", "2028", "2029"]
    assert headings(shown.rules)[1:3] == ["Jan 2027", "Dec 2029"]
    chart = shown.card.chart
    assert chart and "Jan 2027" in {chart.x.label(at, 36) for at in chart.x.ticks(1, 36, 6)}
    shown._fill_start_menu()
    action = next(a for a in shown._start_menu.actions() if a.text() == "Mar 2027")
    shown._start_menu.triggered.emit(action)
    assert headings(shown.table)[1] == "to Feb 2028"
    assert shown.start.text() == "From Mar 2027, 36 months ▾"


def test_the_number_of_months_is_reached_from_the_view(window: MainWindow) -> None:
    shown = view(window, *GROWING)
    shown._fill_start_menu()
    shown._start_menu.triggered.emit(shown._start_menu.actions()[-1])
    editor = window.inputs.current_tab.form.editor_of("horizon_months")
    assert editor is not None and editor.isAncestorOf(window.focusWidget())


def test_the_marker_reads_a_month_and_edits_nothing(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk, *GROWING)
    before = desk.session.scenario
    assert shown.card.month == 36
    shown.card.canvas.setValue(13)
    assert shown.card.month == 13
    assert shown.card.chart and shown.card.chart.marker
    assert shown.card.chart.marker.text == "month 13 · $699"
    assert shown.month.text().startswith("Month 13: effective $698.88, cash $637.95")
    assert "Artifacts kept 2,224 GB" in shown.month.text()
    qtbot.keyClick(shown.card.canvas, Qt.Key.Key_Left)
    assert shown.card.month == 12
    assert desk.session.scenario == before


def test_the_plan_moves_to_its_next_size_and_the_verdict_turns(window: MainWindow) -> None:
    window.session.edit("held_against", "sagemaker_small")
    shown = view(window, *SMALL_TO_MEDIUM)
    assert shown.verdict.text() == (
        "SageMaker MLflow Small becomes dearer in month 21 · Medium from month 21"
    )
    assert shown.card.month == 21
    assert rows(shown.table)["total"][-1] == "SageMaker MLflow Small dearer from month 21"
    window.summary.plan.refresh()
    assert "dearer from month 21" in window.summary.plan.holds.text()


def test_a_verdict_that_does_not_turn_is_said_too(desk: Desk) -> None:
    desk.session.edit("held_against", "sagemaker_small")
    shown = on(desk, *GROWING)
    assert shown.verdict.text() == "SageMaker MLflow Small stays cheaper in all 36 months"
    desk.session.edit("held_against", "none")
    assert shown.verdict.text() == ""


def test_the_plan_s_row_and_column_are_of_all_its_sizes(desk: Desk) -> None:
    desk.session.edit("held_against", "sagemaker_small")
    shown = on(desk, *SMALL_TO_MEDIUM)
    name = "SageMaker MLflow Small, then Medium"
    assert rows(shown.table)["plan"][0] == f"{name} from month 21"
    chart = shown.card.chart
    assert chart and f"{name} from month 21" in {series.name for series in chart.series}
    shown.by[MONTHS_TABLE].click()
    assert headings(shown.table)[-2:] == [name, "What happens"]


def test_the_month_in_which_the_verdict_turns_is_marked_in_words_and_weight(
    desk: Desk,
) -> None:
    desk.session.edit("held_against", "sagemaker_small")
    shown = on(desk, *SMALL_TO_MEDIUM)
    shown.by[MONTHS_TABLE].click()
    months = [shown.table.topLevelItem(at) for at in range(shown.table.topLevelItemCount())]
    bold = [item.text(0) for item in months if item and item.font(1).bold()]
    assert bold == ["21"]
    turn = months[20]
    assert turn is not None
    words = turn.text(turn.columnCount() - 1)
    assert words == "SageMaker MLflow Small becomes dearer; Medium from here on"


def test_headings_stay_in_sight_while_months_scroll(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    shown = view(window, *GROWING)
    shown.by[MONTHS_TABLE].click()
    header, bar = shown.table.header(), shown._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 600)
    assert header.y() == shown.table.frameWidth()
    bar.setValue(600)
    viewport = shown._area.viewport()
    assert abs(header.mapTo(viewport, QPoint()).y()) <= 1
    item = shown.table.topLevelItem(0)
    assert item is not None
    row = shown.table.visualItemRect(item)
    assert (
        shown.table.viewport().mapTo(viewport, row.topLeft()).y() < 0
    )  # it is the headings' place
    bar.setValue(bar.maximum())  # they end where the table does
    assert header.geometry().bottom() < shown.table.height()
    bar.setValue(0)
    assert header.y() == shown.table.frameWidth()


def turn(window: MainWindow, over: QWidget, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """One notch of the wheel towards oneself, as the window gets it."""
    at = QPointF(over.mapTo(window, over.rect().center()))
    QTest.wheelEvent(window.windowHandle(), at, QPoint(0, -120), QPoint(), keys)
    QApplication.processEvents()


def test_the_wheel_scrolls_the_page_until_somebody_works_in_the_chart(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    shown = view(window, *GROWING)
    canvas, bar = shown.card.canvas, shown._area.verticalScrollBar()
    canvas.fill()
    assert canvas.view is not None
    over = canvas.view.viewport()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    canvas.view.zoom(2.0)
    seen, month = canvas.view.box.viewRange(), shown.card.month
    window.setFocus()  # what has the keyboard would be kept in sight when a layout comes late
    bar.setValue(0)
    turn(window, over)
    assert bar.value() > 0
    assert (canvas.view.box.viewRange(), shown.card.month) == (seen, month)
    bar.setValue(0)
    turn(window, over, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() == 0 and canvas.view.box.viewRange() != seen
    seen = canvas.view.box.viewRange()
    canvas.setFocus()  # which brings it into sight
    QApplication.processEvents()
    scrolled = bar.value()
    canvas.view.zoom(2.0)
    turn(window, over)
    assert bar.value() == scrolled and canvas.view.box.viewRange() != seen


def below(table: FlatTable, row: int) -> str:
    """The words that lie below a row."""
    item = table.topLevelItem(row)
    assert item
    words = item.child(0)
    return words.text(0) if words else ""


def lines(table: FlatTable, column: int) -> int:
    """In how many lines a heading is."""
    return table.headerItem().text(column).count("\n") + 1


def test_all_words_of_a_table_can_be_read_in_every_window(window: MainWindow, qtbot: QtBot) -> None:
    """Those of the last column wrap, or lie below their row; the plan's row wraps."""
    window.session.edit("held_against", "sagemaker_small")
    window.session.edit("start", "2027-01")
    kept = Growth(path=STORED, amount=100.0, kept_months=24.0)
    shown = view(window, kept, *GROWING[1:], *SMALL_TO_MEDIUM)
    table = shown.table
    artifacts, plan, total = (list(rows(table)).index(key) for key in (
        "artifact_store", "plan", "total"
    ))  # fmt: skip
    why = rows(table)["artifact_store"][-1]

    def height(row: int) -> int:
        item = table.topLevelItem(row)
        assert item
        return table.visualItemRect(item).height()

    window.resize(1360, 880)
    qtbot.waitUntil(lambda: height(plan) >= 1.5 * height(total))  # its name is in two lines
    assert not table.isColumnHidden(table.columnCount() - 1)
    assert below(table, artifacts) == ""
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: below(table, artifacts) == why)
    assert below(table, total) == "SageMaker MLflow Small dearer from Sep 2028"
    assert below(table, plan) == ""
    window.session.edit(STORED, 2048.0)
    assert below(table, artifacts) == rows(table)["artifact_store"][-1] != why
    bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert table.horizontalScrollBarPolicy() == shown.rules.horizontalScrollBarPolicy() == bar
    window.resize(1360, 880)
    qtbot.waitUntil(lambda: below(table, artifacts) == "")


def test_a_small_window_shows_all_columns_of_the_months(window: MainWindow, qtbot: QtBot) -> None:
    window.session.edit("held_against", "sagemaker_small")
    window.resize(1024, 700)
    shown = view(window, *GROWING, *SMALL_TO_MEDIUM)
    shown.by[MONTHS_TABLE].click()
    table, last = shown.table, shown.table.columnCount() - 1
    qtbot.waitUntil(lambda: table.isColumnHidden(last))
    assert below(table, 20) == "SageMaker MLflow Small becomes dearer; Medium from here on"
    assert lines(table, last - 1) > 1
    assert table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert sum(map(table.columnWidth, range(last))) <= table.viewport().width()
    heights = [
        table.visualItemRect(item).height()
        for item in map(table.topLevelItem, range(table.topLevelItemCount()))
        if item
    ]
    qtbot.waitUntil(lambda: table.viewport().height() >= sum(heights))


def test_no_row_is_seen_above_headings_that_stay(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    shown = view(window, *GROWING)
    shown.by[MONTHS_TABLE].click()
    bar = shown._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 600)
    for value in range(500, 530):
        bar.setValue(value)
        assert shown.table.header().mapTo(shown._area.viewport(), QPoint()).y() <= 0


def test_months_with_names_need_no_title_below_them(desk: Desk) -> None:
    shown = on(desk, *GROWING)
    shown.card.canvas.fill()
    assert shown.card.canvas.view is not None
    axis = shown.card.canvas.view.axis
    assert axis.label.isVisible() and axis.labelText == "month"
    desk.session.edit("start", "2027-01")
    assert not axis.label.isVisible() and axis.labelText == ""
    desk.session.edit("start", "")
    assert axis.label.isVisible() and axis.labelText == "month"


def test_cells_are_written_anew_where_rows_stay(desk: Desk) -> None:
    shown = on(desk, *GROWING)
    first = shown.table.topLevelItem(0)
    desk.session.edit(STORED, 2048.0)
    assert shown.table.topLevelItem(0) is first
    fresh = FlatTable("the same, made at once")
    made = year_rows(shown.found, shown.card.kind, desk.session.figures) if shown.found else None
    assert made
    fresh.show_rows(*made)
    assert rows(shown.table) == rows(fresh)
    for at in range(shown.table.topLevelItemCount()):
        old, new = shown.table.topLevelItem(at), fresh.topLevelItem(at)
        assert old and new
        for column in range(shown.table.columnCount()):
            assert old.toolTip(column) == new.toolTip(column)
            assert old.textAlignment(column) == new.textAlignment(column)
    desk.session.edit(STORED, 90_000_000.0)  # which needs wider columns
    widths = [shown.table.columnWidth(at) for at in range(1, shown.table.columnCount() - 1)]
    hints = [shown.table.sizeHintForColumn(at) for at in range(1, shown.table.columnCount() - 1)]
    assert all(width >= hint for width, hint in zip(widths, hints, strict=True))


def test_the_plan_is_chosen_anew_once_figures_rest(desk: Desk, qtbot: QtBot) -> None:
    shown = on(desk)
    assert shown.found and shown.found.held
    assert shown.found.held.plan.id == "sagemaker_small"
    desk.session.edit(USERS, 30.0)
    assert shown.found.held is not None
    qtbot.waitUntil(
        lambda: bool(
            shown.found and shown.found.held and shown.found.held.plan.id == "sagemaker_medium"
        )
    )
    desk.session.edit("held_against", "none")
    assert shown.found.held is None  # at once: that was asked for
    assert "plan" not in rows(shown.table)


def test_rules_are_listed_added_edited_and_removed(window: MainWindow) -> None:
    shown = view(window, *GROWING)
    assert rows(shown.rules)[STORED] == [
        "Artifact store · Artifacts kept", "1,024 GB", "4,524 GB", "+100 GB a month"
    ]  # fmt: skip
    assert not shown.edit.isEnabled()
    shown.rules.setCurrentIndex(shown.rules.model().index(0, 0))
    shown.edit.click()
    (dialog,) = window.findChildren(GrowthDialog)
    assert (dialog.path, dialog.amount.figure) == (STORED, 100.0)
    dialog.reject()
    shown.remove.click()
    assert window.session.scenario.growth == GROWING[1:]
    window.session.undo_stack.undo()
    assert window.session.scenario.growth == GROWING
    shown.add.click()
    dialog = next(d for d in window.findChildren(GrowthDialog) if d.isVisible())
    assert dialog.path == "prices"
    dialog.reject()


def test_in_a_small_window_a_button_leads_to_the_rules(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    shown = view(window, *GROWING)
    window.show()
    assert shown.changes.text() == "What changes (2)"
    qtbot.waitUntil(lambda: shown.rules.isVisible())
    assert shown.rules.visibleRegion().isEmpty()
    qtbot.mouseClick(shown.changes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.rules.visibleRegion().isEmpty())
    assert not shown.add.visibleRegion().isEmpty()
    window.session.edit("growth", (), "Stop growing")
    assert shown.changes.text() == "What changes"


def test_a_rule_whose_input_is_gone_is_told_and_kept(window: MainWindow) -> None:
    gone = Growth(path="labor.tasks.gone.hours", amount=1.0)
    shown = view(window, gone)
    found = rows(shown.rules)
    assert found[gone.path][0] == gone.path
    assert "not used: there is no such input any longer" in found[gone.path][-1]
    assert any(notice.path == "growth" for notice in window.session.study.notices)
    # There is nothing to edit, so it can only be removed.
    first = shown.rules.topLevelItem(0)
    assert first
    shown.rules.setCurrentItem(first)
    assert not shown.edit.isEnabled()
    shown.rules.itemActivated.emit(first, 0)
    assert window.findChildren(GrowthDialog) == []
    shown.remove.click()
    assert window.session.scenario.growth == ()


def test_without_a_rule_it_says_how_and_offers_a_guess(window: MainWindow) -> None:
    shown = view(window)
    assert shown.hint.text() == HINT
    assert not shown.rules.isVisibleTo(shown)
    assert shown.guess.text() == (
        "Artifacts grow? 60 GB a month is 2 runs a day of 1 GB, on 30 days."
    )
    window.session.edit("team.runs_per_month", 500.0)
    assert shown.guess.text() == ("Artifacts grow? 500 GB a month is your 500 runs of 1 GB each.")
    shown.take_guess.click()
    (dialog,) = window.findChildren(GrowthDialog)
    assert dialog.amount.figure == 500.0
    assert window.session.scenario.growth == ()
    dialog.use.click()
    assert not shown._guess_row.isVisibleTo(shown)


def test_cash_is_copied_for_a_spreadsheet(window: MainWindow) -> None:
    view(window, *GROWING).copy_button.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[37] == "" and "(us-east-1)" in copied[38] and len(copied) == 39
    assert copied[1].startswith("1\t2792.52533333")


def test_the_menu_leads_to_it(window: MainWindow) -> None:
    window.over_time_action.trigger()
    assert window.views.current == OVER_TIME


def test_what_takes_long_is_worked_out_beside(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = view(window, *GROWING)
    monkeypatch.setattr(over_time_module, "MOST_AT_ONCE", 0)
    before = shown.found
    window.session.edit(STORED, 2048.0)
    assert shown.found is before
    qtbot.waitUntil(lambda: shown.found is not before)
    assert shown.found and shown.found.values[STORED][0, 0] == 2048.0


def test_that_the_number_of_months_moves_a_month_is_said_where_it_is_chosen(
    window: MainWindow,
) -> None:
    shown = view(window)
    estimate = window.session.study.estimate
    once = sum(float(c.known_cost) for c in estimate.charges if c.spread is not None)
    assert once > 0.0
    assert shown.spread.text() == (
        f"${once:,.2f} of a month is paid once and spread over the 36 months: with fewer, each "
        "costs more."
    )
    assert shown.spread.isVisibleTo(window)
    tasks = window.session.scenario.labor.tasks
    again = tuple(task for task in tasks if task.is_upkeep)
    window.session.edit("labor.tasks", again, "Nothing once")
    assert not shown.spread.isVisibleTo(window)


def test_for_what_a_plan_is_too_small_is_said(window: MainWindow) -> None:
    steps = (FromMonth(month=21, value=30.0), FromMonth(month=25, value=400.0))
    window.session.edit("held_against", "sagemaker_small")
    shown = view(window, Growth(path=USERS, by="table", values=steps))
    why = "Large has at most 100 seats, 400 needed"
    assert f"too small from month 25: {why}" in shown.verdict.text()
    assert rows(shown.table)["plan"][-1] == f"too small from month 25: {why}"
    shown.card.canvas.moved.emit(30.0)
    assert f"SageMaker MLflow Small too small ({why})" in shown.month.text()
    shown.by["months"].click()
    assert rows(shown.table)["25"][-1].startswith(f"too small from here on ({why})")
