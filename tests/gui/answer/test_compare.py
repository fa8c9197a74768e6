"""The view of scenarios side by side: columns of every kind, live, opened and taken over."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.gui.answer.compare import ALONE, CompareView
from mlflow_cost_desktop.gui.answer.compare_grid import Grid
from mlflow_cost_desktop.gui.answer.compared import INPUTS, LINES, REGIONS, THIS, Compared
from mlflow_cost_desktop.gui.answer.views import COMPARE
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from tests.cli.helpers import saved
from tests.gui.conftest import Desk
from tests.support import ARTICLE, RICH, changed, own_rate

FRANKFURT = ("eu-central-1", "Europe (Frankfurt)")
HOURS = "server/ec2/hours"


def view(window: MainWindow, *regions: str) -> CompareView:
    window.open_compare()
    for region_id in regions:
        window.compared.add_region(region_id, region_id)
    return window.compare


class Stage:
    """The view by itself, and what stands in it."""

    def __init__(self, desk: Desk) -> None:
        self.session = session = desk.session
        self.compared = Compared(session.shelf, desk)
        menu = QMenu(desk)
        self.compare = CompareView(
            self.compared, session.shelf, menu, Path(), session.figures, desk
        )
        self.compare.region_applied.connect(lambda region: session.edit("region_id", region))
        desk.put(self.compare)

    def beside(self, *regions: str) -> CompareView:
        for region_id in regions:
            self.compared.add_region(region_id, region_id)
        return self.compare


@pytest.fixture
def stage(desk: Desk) -> Stage:
    return Stage(desk)


def cells(grid: Grid, key: str) -> list[str]:
    row = next(row for row in grid.model.rows if row.key == key)
    return [cell.text for cell in row.cells]


def headings(grid: Grid) -> list[str]:
    return [heading.text for heading in grid.model.headings]


def menu_of(shown: CompareView, at: int) -> QMenu:
    button = shown.columns.items[at]
    assert isinstance(button, QToolButton)
    menu = button.menu()
    assert isinstance(menu, QMenu)
    return menu


def trigger(menu: QMenu, words: str) -> None:
    next(one for one in menu.actions() if one.text().replace("&", "") == words).trigger()


def buttons(shown: CompareView) -> list[str]:
    found = [item for item in shown.columns.items if isinstance(item, QToolButton)]
    return [item.accessibleName() or item.text() for item in found]


# --- What stands side by side --------------------------------------------------------


def test_the_tab_comes_once_something_is_compared(window: MainWindow) -> None:
    assert not window.views.has(COMPARE)
    window.compare_with(RICH, "Rich")
    assert window.views.current == COMPARE
    assert buttons(window.compare) == [THIS, "Rich", "Add ▾"]
    window.compare_with(RICH)
    assert buttons(window.compare)[2] == RICH.name


def test_from_virginia_to_frankfurt(stage: Stage) -> None:
    shown = stage.beside()
    stage.compared.add_region(*FRANKFURT)
    assert headings(shown.lines) == [
        "USD a month", THIS, "Europe (Frankfurt)", "Difference", "by price", "by quantity"
    ]  # fmt: skip
    assert cells(shown.lines, HOURS) == ["69.12", "82.80", "+13.68", "+13.68", "0.00"]
    assert cells(shown.lines, "total") == ["659.86", "698.55", "+38.70", "+38.70", "0.00"]
    assert cells(shown.lines, "first_year_cash")[2] == "+464.35"
    assert shown.figure.text() == "$38.70"
    assert shown.sentence.text() == (
        "a month more with “Europe (Frankfurt)” than with “This scenario”"
    )
    assert "maintenance $0.00" in shown.share.text()
    assert shown.pages[INPUTS].text() == "Inputs that differ (1)"
    shown.pages[INPUTS].click()
    assert cells(shown.inputs, "region_id") == ["us-east-1", "eu-central-1"]
    assert shown.inputs.isVisible() and not shown.lines.isVisible()


def test_edits_move_the_comparison_live(stage: Stage) -> None:
    shown = stage.beside("eu-central-1")
    stage.compared.add_scenario(ARTICLE, "As it was")
    stage.session.edit("usage.hours", 360.0)
    assert cells(shown.lines, HOURS)[:2] == ["34.56", "41.40"]
    assert cells(shown.lines, HOURS)[3:5] == ["69.12", "+34.56"]
    assert cells(shown.lines, HOURS)[5:] == ["0.00", "+34.56"]
    stage.session.undo_stack.undo()
    assert cells(shown.lines, HOURS)[:2] == ["69.12", "82.80"]


def test_a_plan_and_a_line_that_only_one_has(stage: Stage) -> None:
    shown = stage.beside("eu-central-1")
    stage.compared.add_plan("sagemaker_small", "SageMaker MLflow Small")
    assert cells(shown.lines, HOURS)[3:5] == ["–", "only in one"]
    hours = "managed_plan/sagemaker_small/server_hours"
    # Neither this scenario nor Frankfurt has it: that says nothing.
    assert cells(shown.lines, hours) == ["–", "–", "", "432.00", "only in one", "0.00", "+432.00"]
    assert cells(shown.lines, "managed_plan")[3] == "434.00"
    assert cells(shown.lines, "total")[4] == "−121.06"
    # No line of the words ends between a sign and its amount.
    assert "−\u2060$360.52" in shown.share.text() and "+\u2060$239.46" in shown.share.text()


def test_each_column_keeps_its_month_and_horizon(stage: Stage) -> None:
    shown = stage.beside()
    stage.compared.add_scenario(
        changed(ARTICLE, hours_in_month=730.0, horizon_months=12.0), "Short"
    )
    assert cells(shown.lines, "Month")[:2] == ["720 h", "730 h"]
    assert cells(shown.lines, "Horizon")[:2] == ["36 months", "12 months"]
    assert "different lengths" in shown.note.text()
    assert "730 h · 12 months" in shown.lines.model.headings[2].tip


def test_a_file_that_can_t_be_read_is_a_sentence_in_its_column(
    stage: Stage, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mlcost"
    broken.write_text("", encoding="utf-8")
    path = saved(tmp_path, replace(RICH, "name", "Rich"))
    stage.compared.add_files([Path(path), broken])
    shown = stage.compare
    assert "is not a valid scenario file: it is empty" in shown.unread.text()
    assert cells(shown.lines, "Region")[-2:] == ["can’t be read", ""]
    assert headings(shown.lines)[-2:] == ["broken.mlcost", "Difference"]
    assert "with “Rich” than" in shown.sentence.text()
    trigger(menu_of(shown, 2), "Remove")
    assert not shown.unread.isVisible()
    assert headings(shown.lines)[-1] == "by quantity"


def test_columns_that_can_no_longer_be_made_say_why(stage: Stage) -> None:
    shown = stage.beside("eu-central-9")
    stage.compared.add_plan("gone", "A plan that is gone")
    stage.compared.add_plan("wandb_enterprise", "Asked")
    words = shown.unread.text()
    assert "no price book for the region" in words
    assert "There is no such plan any longer" in words
    assert "Nobody knows what it costs: price to be asked" in words
    assert not shown.card.isVisible()


def test_six_at_most(stage: Stage) -> None:
    shown = stage.beside()
    told: list[UserError] = []
    stage.compared.failed.connect(told.append)
    for number in range(6):
        stage.compared.add_scenario(RICH, f"Rich {number}")
    assert "Up to 6 scenarios" in told[0].title
    assert len(shown.columns.items) == 7
    assert buttons(shown)[-2] == "Rich 4"


def test_the_same_region_stands_there_once(stage: Stage) -> None:
    shown = stage.beside("eu-central-1", "eu-west-1")
    stage.compared.add_region(*FRANKFURT)
    assert len(shown.columns.items) == 4
    assert stage.compared.chosen is stage.compared.wanted[0]


def test_another_column_is_looked_at_by_its_heading_and_its_menu(stage: Stage) -> None:
    shown = stage.beside("eu-central-1", "eu-west-1")
    assert headings(shown.lines)[4:7] == ["eu-west-1", "Difference", "by price"]
    shown.lines.figures.header().sectionClicked.emit(2)
    assert headings(shown.lines)[2:5] == ["eu-central-1", "Difference", "by price"]
    assert shown.card.title.text() == "From “This scenario” to “eu-central-1”"
    trigger(menu_of(shown, 2), "Look at the difference")
    assert shown.card.title.text() == "From “This scenario” to “eu-west-1”"
    assert shown.card.bars == 4
    shown.card.views["lines"].click()
    assert shown.card.bars == 5


def test_alone_it_says_what_can_be_added(stage: Stage) -> None:
    shown = stage.beside()
    assert shown.note.text() == ALONE
    assert not shown.card.isVisible() and not shown.lines.isVisible()
    assert not shown.copy_button.isEnabled()


def test_the_menu_offers_everything(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    menu = window.compare_menu
    menu.fill()
    samples = next(a.menu() for a in menu.actions() if a.text() == "&Sample")
    assert isinstance(samples, QMenu)
    assert [a.text() for a in samples.actions()] == list(window.samples)
    samples.actions()[-1].trigger()
    menu.fill()
    regions = next(a.menu() for a in menu.actions() if "region" in a.text() and a.menu())
    assert isinstance(regions, QMenu)
    europe = next(a.menu() for a in regions.actions() if a.text() == "Europe")
    assert isinstance(europe, QMenu)
    europe.actions()[0].trigger()
    menu.fill()
    plans = next(a.menu() for a in menu.actions() if "plan" in a.text())
    assert isinstance(plans, QMenu)
    plans.actions()[0].trigger()
    path = saved(tmp_path, RICH)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([path], ""))
    menu.files_asked.emit()
    sample, region, plan, file = window.compared.wanted
    assert sample.scenario and region.region_id == "eu-central-1" and plan.plan_id
    assert file.path == Path(path)


def drop(on: CompareView, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    on.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_files_that_are_dropped_there_stand_beside_it(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = view(window)
    drop(shown, Path(saved(tmp_path, replace(RICH, "name", "Dropped"))))
    qtbot.waitUntil(lambda: len(window.compared.wanted) == 1)
    assert buttons(shown)[1] == "Dropped"
    assert window.document.path is None


# --- What is done with a column ------------------------------------------------------


def test_a_column_is_taken_over_as_one_step(window: MainWindow) -> None:
    shown = view(window)
    before = window.session.scenario
    window.compare_with(RICH, "Rich")
    trigger(menu_of(shown, 1), "Take over as this scenario")
    assert window.session.scenario == RICH
    assert window.session.undo_stack.undoText() == "Take over Rich"
    assert cells(shown.lines, "total")[2] == "0.00"
    window.session.undo_stack.undo()
    assert window.session.scenario == before


def test_a_region_is_taken_over_and_a_plan_is_held_against_it(window: MainWindow) -> None:
    shown = view(window, "eu-central-1")
    trigger(menu_of(shown, 1), "Take over as this scenario")
    assert window.session.scenario.region_id == "eu-central-1"
    window.compared.add_plan("sagemaker_small", "Small")
    trigger(menu_of(shown, 2), "Hold this scenario against it")
    assert window.session.scenario.held_against == "sagemaker_small"


def test_a_column_opens_in_a_window_of_its_own(windows: Windows, tmp_path: Path) -> None:
    window = windows.open_windows[0]
    window.session.edit("usage.hours", 100.0)
    path = Path(saved(tmp_path, replace(RICH, "name", "Filed")))
    window.compare_files([path])
    window.compare_with(RICH, "Proposed")
    trigger(menu_of(window.compare, 1), "Open in a window of its own")
    trigger(menu_of(window.compare, 2), "Open in a window of its own")
    first, filed, proposed = windows.open_windows
    assert first is window and window.session.scenario.usage.hours == 100.0
    assert filed.document.path == path
    assert proposed.document.path is None
    assert proposed.session.scenario == RICH
    assert proposed.document.is_changed


def test_a_second_window_s_scenario_stands_beside_it(windows: Windows) -> None:
    first = windows.open_windows[0]
    second = windows.show_new()
    second.session.edit("name", "The other")
    first.compare_menu.fill()
    menu = next(a.menu() for a in first.compare_menu.actions() if "window" in a.text())
    assert isinstance(menu, QMenu)
    (action,) = menu.actions()
    assert action.text().startswith("The other (Untitled")
    action.trigger()
    assert first.compared.wanted[0].scenario == second.session.scenario


def test_lines_are_copied_for_a_spreadsheet(stage: Stage) -> None:
    shown = stage.beside("eu-central-1")
    shown.copy_button.click()
    table, _, grounds = QGuiApplication.clipboard().text().partition("\n\n")
    here, there = grounds.splitlines()
    assert "(us-east-1)" in here and "(eu-central-1)" in there
    rows = list(csv.reader(io.StringIO(table), delimiter="\t"))
    assert rows[0][:4] == ["Part", "Line, USD a month", THIS, "eu-central-1"]
    hours = next(row for row in rows if row[1].startswith("Instance hours (m5"))
    assert [float(cell) for cell in hours[2:]] == pytest.approx([69.12, 82.8, 13.68, 13.68, 0.0])
    total = next(row for row in rows if row[1] == "Total")
    assert float(total[4]) == pytest.approx(38.696)
    stage.session.edit("region_id", "eu-central-1")
    stage.compared.add_region("us-east-1", "us-east-1")
    shown.copy_button.click()
    assert "\t-38.69" in QGuiApplication.clipboard().text()


def test_inputs_are_copied_in_words(stage: Stage) -> None:
    shown = stage.beside("eu-central-1")
    shown.pages[INPUTS].click()
    shown.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [
        "Input\tThis scenario\teu-central-1", "Region\tus-east-1\teu-central-1"
    ]  # fmt: skip


# --- All regions ---------------------------------------------------------------------


@pytest.fixture
def regions(stage: Stage, qtbot: QtBot) -> CompareView:
    shown = stage.compare
    shown.open_page(REGIONS)
    qtbot.waitUntil(lambda: bool(shown.regions.found))
    return shown


def region_rows(shown: CompareView) -> dict[str, list[str]]:
    table = shown.regions.table
    found: dict[str, list[str]] = {}
    for at in range(table.topLevelItemCount()):
        item = table.topLevelItem(at)
        assert item is not None
        found[item.text(1)] = [item.text(column) for column in range(table.columnCount())]
    return found


def test_all_regions_the_cheapest_first(regions: CompareView, stage: Stage) -> None:
    found = region_rows(regions)
    assert set(found) == set(stage.session.shelf.regions)
    assert found["us-east-1"][2:4] == ["659.86", "here"]
    assert found["eu-central-1"][2:7] == ["698.55", "+38.70", "", "Compare", "Apply"]
    costs = [float(row[2]) for row in found.values()]
    assert costs == sorted(costs)
    assert regions.regions.note.text() == "5 regions."


def test_regions_are_copied_as_they_are_filtered(regions: CompareView) -> None:
    regions.regions.words.setText("frankfurt")
    regions.copy_button.click()
    _, row, empty, grounds = QGuiApplication.clipboard().text().splitlines()
    assert not empty and "AWS price list, at most" in grounds
    name, region_id, cost, difference, mind = row.split("\t")
    assert (name, region_id, mind) == ("Europe (Frankfurt)", "eu-central-1", "")
    assert (float(cost), float(difference)) == pytest.approx((698.552, 38.696), abs=0.01)


def test_regions_by_continent_and_by_a_list(regions: CompareView) -> None:
    table = regions.regions
    table.continent.setCurrentIndex(table.continent.findText("Europe"))
    assert set(region_rows(regions)) == {"eu-central-1", "eu-west-1"}
    assert table.note.text() == "2 of 5 regions."
    table.continent.setCurrentIndex(0)
    table.words.setText("ohio, eu-west")
    assert set(region_rows(regions)) == {"us-east-2", "eu-west-1"}


def click(shown: CompareView, region_id: str, column: int, qtbot: QtBot) -> None:
    table = shown.regions.table
    at = list(region_rows(shown)).index(region_id)
    item = table.topLevelItem(at)
    assert item is not None
    middle = table.visualItemRect(item).center()
    x = table.columnViewportPosition(column) + 8
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, middle.y()))


def test_a_click_compares_a_region_or_applies_it(window: MainWindow, qtbot: QtBot) -> None:
    window.compare_menu.regions_asked.emit()
    regions = window.compare
    qtbot.waitUntil(lambda: bool(regions.regions.found))
    click(regions, "eu-central-1", 5, qtbot)
    assert [one.region_id for one in window.compared.wanted] == ["eu-central-1"]
    click(regions, "eu-west-1", 6, qtbot)
    assert window.session.scenario.region_id == "eu-west-1"
    qtbot.waitUntil(lambda: region_rows(regions)["eu-west-1"][3] == "here")
    assert region_rows(regions)["eu-west-1"][5:7] == ["", ""]
    window.session.undo_stack.undo()
    assert window.session.scenario.region_id == "us-east-1"


def test_the_keyboard_compares_a_region(regions: CompareView, stage: Stage, qtbot: QtBot) -> None:
    table = regions.regions
    assert not table.compare.isEnabled()
    table.table.setFocus()
    at = list(region_rows(regions)).index("us-west-2")
    table.table.setCurrentIndex(table.table.model().index(at, 0))
    assert table.compare.isEnabled()
    qtbot.keyClick(table.table, Qt.Key.Key_Return)
    assert stage.compared.wanted[0].region_id == "us-west-2"
    table.apply.click()
    assert stage.session.scenario.region_id == "us-west-2"


def test_regions_follow_edits(regions: CompareView, stage: Stage, qtbot: QtBot) -> None:
    stage.session.edit("usage.hours", 360.0)
    qtbot.waitUntil(lambda: region_rows(regions)["us-east-1"][2] == "625.30")


def test_a_region_that_lacks_a_price_is_told_apart(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = stage.session.shelf.book("us-west-2")
    lacking = {key: book.listed[key] for key in book.listed if key != "ec2/m5.large/on_demand"}
    poorer = dataclasses.replace(book, listed=lacking)
    monkeypatch.setitem(stage.session.shelf._books, "us-west-2", poorer)
    shown = stage.compare
    shown.open_page(REGIONS)
    qtbot.waitUntil(lambda: bool(shown.regions.found))
    *_, last = region_rows(shown).values()
    assert last[1:4] == ["us-west-2", "590.74 + ?", "−69.12 + ?"]
    assert last[7] == "no price for Instance hours (m5.large, on demand)"
    assert "1 lacks prices" in shown.regions.note.text()


def test_own_rates_are_said_to_be_of_this_region(
    regions: CompareView, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.edit("own_rates", (own_rate("ec2/m5.large/on_demand", (0.0, 0.05)),))
    qtbot.waitUntil(lambda: "elsewhere list prices count" in regions.regions.note.text())


def test_the_page_is_chosen_by_its_button(stage: Stage) -> None:
    shown = stage.beside("eu-central-1")
    for page in (INPUTS, REGIONS, LINES):
        shown.pages[page].click()
        assert shown.page == page


def test_names_and_figures_are_one_table(stage: Stage, qtbot: QtBot) -> None:
    shown = stage.beside("eu-central-1")
    grid = shown.lines
    grid.names.setFocus()
    grid.names.setCurrentIndex(grid.model.index(0, 0))
    qtbot.keyClick(grid.names, Qt.Key.Key_Down)
    assert grid.figures.currentIndex().row() == 1
    assert grid.key == "Month"
    stage.session.edit("usage.hours", 100.0)
    assert grid.key == "Month"


def test_a_file_is_read_once(stage: Stage, tmp_path: Path) -> None:
    path = Path(saved(tmp_path, RICH))
    stage.compared.add_files([path])
    held: Scenario | None = stage.compared.wanted[0].scenario
    file = read_scenario(path)
    write_scenario(path, changed(RICH, usage__hours=1.0), file.saved)
    stage.session.edit("usage.hours", 100.0)
    assert stage.compared.wanted[0].scenario is held
