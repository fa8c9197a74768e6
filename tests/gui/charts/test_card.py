"""A chart's card: legend, menu, what is asked, and what leaves the window."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.analysis.options import Options, compare
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE
from mlflow_cost_desktop.charts.chart import Area, Line, Point
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.gui.charts.card import CostChart
from mlflow_cost_desktop.gui.charts.legend import MOST_PLAN, SWATCH
from mlflow_cost_desktop.gui.charts.pair import WIDE, ChartPair
from mlflow_cost_desktop.gui.charts.table import ChartTable
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit import file_choice
from mlflow_cost_desktop.gui.toolkit.system_locale import figures_of_locale
from mlflow_cost_desktop.gui.toolkit.theme import DARK, LIGHT
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from tests.gui.charts.conftest import LEFT, Hand
from tests.gui.helpers import MARKUP, answering_dialog
from tests.support import ARTICLE, RICH, changed


def _names(card: CostChart, kind: type[Area] | type[Line]) -> list[str]:
    assert card.chart
    return [mark.series.name for mark in card.chart.marks if isinstance(mark, kind)]


def _choose(menu: QMenu, path: str) -> None:
    """Open a menu, and take the action of a path, wherever below it."""
    menu.aboutToShow.emit()
    found = [*menu.actions(), *(a for m in menu.findChildren(QMenu) for a in m.actions())]
    next(action for action in found if action.data() == path).trigger()


# The legend


def test_a_click_in_the_legend_hides_and_shows_a_series(
    usage: Hand, session: Session, qtbot: QtBot
) -> None:
    card = usage.card
    labor = card.legend.entries["labor"]
    qtbot.mouseClick(labor, LEFT)
    assert "Maintenance" not in _names(card, Area)
    assert not labor.isChecked()
    assert card.chart and card.chart.marker
    assert card.chart.marker.text == "$218"  # what is shown, stacked without it
    assert card.chart.y.upper == 250.0  # and what is left has the whole height
    usage.move(usage.at(160.0, 100.0))
    assert card.legend.reading and card.legend.reading.total == ("Total of these", "$164.33")
    assert "labor" not in card.legend.reading.values
    session.edit("usage.hours", 100.0)
    assert "Maintenance" not in _names(card, Area)  # remembered
    card.views["options"].click()
    card.views["parts"].click()
    assert "Maintenance" not in _names(card, Area)
    qtbot.mouseClick(card.legend.entries["labor"], LEFT)
    assert "Maintenance" in _names(card, Area)
    assert not session.undo_stack.canRedo()


def test_hidden_options_take_their_crossings_along(usage: Hand, qtbot: QtBot) -> None:
    card = usage.card
    card.views["options"].click()
    assert card.chart and [mark for mark in card.chart.marks if isinstance(mark, Point)]
    for key in list(card.legend.entries):
        if key != "EC2 on demand":
            qtbot.mouseClick(card.legend.entries[key], LEFT)
    assert _names(card, Line) == ["EC2 on demand"]
    assert not [mark for mark in card.chart.marks if isinstance(mark, Point)]


def test_the_keyboard_reaches_the_legend_once_and_moves_inside(usage: Hand, qtbot: QtBot) -> None:
    entries = list(usage.card.legend.entries.values())
    usage.card.activateWindow()
    entries[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(entries[0].hasFocus)
    qtbot.keyClick(entries[0], Qt.Key.Key_Right)
    assert entries[1].hasFocus()
    qtbot.keyClick(entries[1], Qt.Key.Key_Space)
    assert not entries[1].isChecked()
    assert "Metadata store" not in _names(usage.card, Area)
    assert entries[1].accessibleName() == "Metadata store"


def test_the_plan_beside_the_total_is_a_dashed_line_that_moves_nothing(
    storage: Hand, session: Session
) -> None:
    card = storage.card
    height = card.legend.height()
    plan = ManagedPlan(id="saas", name="Saas", base_usd=200.0, most_seats=10.0)
    session.edit("plans", (plan,))
    assert _names(card, Line) == ["Saas"]
    card.settle()
    entry = card.legend.entries["plan"]
    assert entry.accessibleName() == "Saas (your figure)"
    assert "Saas (your figure)" in entry.toolTip()
    assert card.legend.height() == height
    said = "Saas (your figure), dashed, with what stays with you"
    assert f"{said}: $281.24" in card.canvas.accessibleDescription()
    card.views["options"].click()
    assert "Saas" in _names(card, Line)
    session.edit("team.users", 11.0)
    assert "Saas" in _names(card, Line)  # until figures rest
    card.settle()
    assert "Saas" not in _names(card, Line)


def test_a_plan_stays_where_the_same_scenario_is_opened_before_figures_rest(
    storage: Hand, session: Session
) -> None:
    plan = ManagedPlan(id="saas", name="Saas", base_usd=200.0)
    scenario = changed(session.scenario, plans=(plan,), held_against="saas")
    storage.card.contents.plan = None
    session.open(scenario)
    session.open(scenario.model_copy(update={"author": "Ada"}))
    storage.card.settle()
    assert _names(storage.card, Line) == ["Saas"]


def test_a_plan_that_was_chosen_is_shown_at_once(storage: Hand, session: Session) -> None:
    card = storage.card
    costs = {"one": 300.0, "other": 200.0}
    some = (ManagedPlan(id=name, name=name, base_usd=usd) for name, usd in costs.items())
    session.edit("plans", tuple(some))
    session.edit("held_against", "one")
    assert _names(card, Line) == ["one"]
    session.edit("held_against", "other")
    assert _names(card, Line) == ["other"]
    card.hide()
    session.edit("held_against", "one")
    card.show()
    assert _names(card, Line) == ["one"]
    session.undo_stack.undo()
    assert _names(card, Line) == ["other"]  # the cheaper one, by itself
    session.edit("held_against", "none")
    assert _names(card, Line) == []


def test_a_strangers_name_is_no_markup(storage: Hand, session: Session) -> None:
    session.edit("plans", (ManagedPlan(id="saas", name=MARKUP, base_usd=200.0),))
    storage.card.settle()
    entry = storage.card.legend.entries["plan"]
    assert entry.series and entry.series.full_name == f"{MARKUP} (your figure)"
    assert "<b>" not in entry.toolTip().removeprefix("<qt>")
    assert not storage.picture().isNull()


def test_what_qualifies_a_plan_gives_way_last_in_the_legend(
    storage: Hand, session: Session
) -> None:
    plan = ManagedPlan(id="saas", name="A service with a very long name", base_usd=200.0)
    session.edit("plans", (plan,))
    storage.card.settle()
    entry = storage.card.legend.entries["plan"]
    assert entry.series
    whole = entry._fitted(entry.series, 1000.0)
    assert whole == "A service with a very long name (your figure)"
    elided = entry._fitted(entry.series, 160.0)
    assert elided.endswith("… (your figure)")
    assert elided.startswith("A service")


@pytest.mark.parametrize("width", range(320, 760, 40))
def test_a_plan_has_what_its_row_in_the_legend_leaves(
    width: int, storage: Hand, session: Session
) -> None:
    plan = ManagedPlan(id="saas", name="A service with a very long name", base_usd=200.0)
    session.edit("plans", (plan,))
    storage.card.settle()
    legend = storage.card.legend
    legend.resize(width, legend.height())
    legend._lay_out()
    *others, entry = legend.entries.values()
    spaces = [legend._on_screen(place) for place in (legend._head, legend._notes)]
    for other in (*(one.geometry() for one in others), *spaces):
        assert not entry.geometry().intersects(other)
        assert other.right() <= width
    # It is as wide as it may be, or its row is full.
    most = SWATCH + MOST_PLAN + legend._value_width + 9.0
    row = [
        one
        for one in (*(other.geometry() for other in others), *spaces)
        if one.top() == entry.y() and one.left() > entry.x()
    ]
    is_full = max((one.right() for one in row), default=entry.geometry().right()) >= width - 3
    assert is_full or entry.width() == pytest.approx(most, abs=2.0)


# What is asked


def test_cost_by_users_and_by_any_other_active_number(usage: Hand, session: Session) -> None:
    card = usage.card
    _choose(card.menu.inputs, "team.users")
    assert card.title.text() == card.canvas.accessibleName() == "Cost by users"
    assert card.chart and card.chart.marker
    assert card.chart.marker.path == "team.users"
    assert card.chart.x.lower == 1.0
    usage.drag_marker(20.0)
    assert session.scenario.team.users == 20.0
    assert session.undo_stack.undoText() == "Users"
    session.undo_stack.undo()
    for path in ("labor.tasks.upgrades.hours", "server.ec2.replicas", "discount"):
        _choose(card.menu.inputs, path)
        assert card.chart.marker.path == path
        assert not usage.picture().isNull()
    session.open(changed(ARTICLE, server__option="fargate"))
    assert card.chart.marker.path == "discount"
    _choose(card.menu.inputs, "server.fargate.tasks")
    session.open(ARTICLE)  # where that input means nothing: what the card asks at first
    assert card.chart.marker.path == "usage.hours"
    assert card.title.text() == "Cost by usage hours"


def test_options_of_any_part(usage: Hand, session: Session) -> None:
    card = usage.card
    _choose(card.menu.parts, "metadata_store")
    assert card.view == "options"
    names = _names(card, Line)
    assert "SQLite" in " ".join(names) or len(names) > 3
    assert not set(names) & {"EC2 on demand"}


# Scales


def test_logarithmic_costs_and_grid(usage: Hand, qtbot: QtBot) -> None:
    card = usage.card
    usage.picture()
    plain = usage.picture()
    card.menu.log_action.trigger()
    assert card.chart and card.chart.y.is_log and card.chart.y.lower > 0.0
    logged = usage.picture()
    assert logged != plain
    chart = card.chart
    assert chart.marker
    there = usage.plot.y(chart.marker.y)
    assert usage.plot.amount(there) == pytest.approx(chart.marker.y)
    usage.wheel(usage.plot.area.center().toPoint(), 120)
    assert usage.view.seen[1][0] > chart.y.lower
    usage.view.show_all()
    card.menu.grid_action.trigger()
    assert usage.picture() != logged
    card.menu.log_action.trigger()
    card.menu.grid_action.trigger()
    assert not card.chart.y.is_log and usage.view.seen[1] == (0.0, card.chart.y.upper)
    assert usage.picture() != logged


def test_both_charts_can_share_a_scale(usage: Hand, storage: Hand, session: Session) -> None:
    session.edit("artifact_store.stored_gb", 50_000.0)

    def uppers() -> tuple[float, float]:
        one, other = usage.card.chart, storage.card.chart
        assert one and other
        return one.y.upper, other.y.upper

    own = uppers()
    assert own[0] < own[1]
    usage.card.menu.same_scale_action.trigger()
    assert storage.card.menu.same_scale_action.isChecked()
    assert uppers() == (own[1], own[1])
    session.edit("artifact_store.stored_gb", 1000.0)
    one, other = uppers()
    assert one == other < own[1]
    storage.card.menu.same_scale_action.trigger()
    assert not usage.card.menu.same_scale_action.isChecked()
    session.edit("artifact_store.stored_gb", 50_000.0)
    assert uppers() == own


def test_a_palette_colors_the_chart(usage: Hand) -> None:
    for colors in (DARK, LIGHT):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, QColor(colors["base"]))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colors["text"]))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(colors["dim"]))
        usage.card.show_palette(palette)
        assert usage.picture().pixelColor(2, 2).name() == colors["base"]
        assert usage.card.canvas.look.ink == colors["text"]


def test_a_chart_out_of_sight_waits(storage: Hand, session: Session, qtbot: QtBot) -> None:
    card = storage.card
    card.hide()
    before = card.contents.found
    session.edit("artifact_store.stored_gb", 2048.0)
    assert card.contents.found is before
    with qtbot.waitExposed(card):
        card.show()
    assert card.contents.found and card.contents.found.current_x == 2048.0


# What leaves the window


def test_the_menu_comes_with_the_right_button_and_the_menu_key(
    usage: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = usage.card
    opened: list[QPoint] = []
    monkeypatch.setattr(card.menu, "popup", opened.append)
    viewport = usage.view.viewport()
    at = viewport.rect().center()
    for where, reason in (
        (viewport, QContextMenuEvent.Reason.Mouse),
        (card.canvas, QContextMenuEvent.Reason.Keyboard),
    ):
        QApplication.sendEvent(where, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    assert opened == [viewport.mapToGlobal(at)] * 2
    assert card.more.menu() is card.menu


def test_copy_puts_what_is_seen_on_the_clipboard(usage: Hand, qtbot: QtBot) -> None:
    usage.card.menu.copy_action.trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1440, 840)
    assert image.pixelColor(0, 0) == QColor("white")
    qtbot.mouseClick(usage.card.legend.entries["labor"], LEFT)
    usage.wheel(usage.at(300.0, 100.0), 240)
    usage.card.menu.copy_action.trigger()
    assert QGuiApplication.clipboard().image() != image


@pytest.mark.parametrize("view", ["parts", "options"])
def test_a_chart_is_saved_as_png_svg_and_csv(
    storage: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    card = storage.card
    card.views[view].click()
    saved: list[Path] = []
    card.saved.connect(saved.append)
    asked: list[str] = []

    def refuse(_: object, question: str, *__: object) -> QMessageBox.StandardButton:
        asked.append(question)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(file_choice, "ask", refuse)
    for name in ("chart", "chart.svg", "chart.csv", "chart"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answering_dialog(tmp_path / name))
        card.menu.save_action.trigger()
    assert [path.name for path in saved] == ["chart.png", "chart.svg", "chart.csv"]
    assert asked == ["Replace chart.png?"]
    assert QImage(str(saved[0])).width() == 1440
    drawing = saved[1].read_text(encoding="utf-8")
    assert "<svg" in drawing and "Cost by artifact storage" in drawing
    assert "1 TB" in drawing and "sans-serif" in drawing
    assert "#ffffff" in drawing.partition("<text")[0]  # readable on a dark page too
    head, *rows = csv.reader(io.StringIO(saved[2].read_text(encoding="utf-8-sig")))
    assert head[0] == "artifact storage (GB)"
    assert head[1].endswith(" (USD)")
    assert [float(rows[0][0]), float(rows[-1][0])] == [0.0, 5120.0]


def test_files_show_the_range_and_the_series_that_are_seen(
    storage: Hand, tmp_path: Path, qtbot: QtBot
) -> None:
    card = storage.card
    qtbot.mouseClick(card.legend.entries["labor"], LEFT)
    storage.drag(
        storage.at(2000.0, 200.0), storage.at(4000.0, 50.0), Qt.KeyboardModifier.ShiftModifier
    )
    card.save_to(tmp_path / "chart.csv")
    card.save_to(tmp_path / "chart.svg")
    head, *rows = csv.reader(io.StringIO((tmp_path / "chart.csv").read_text("utf-8-sig")))
    assert head == [
        "artifact storage (GB)",
        "Server (USD)",
        "Metadata store (USD)",
        "Artifact store (USD)",
    ]
    (low, high), _ = storage.view.seen
    assert [float(rows[0][0]), float(rows[-1][0])] == pytest.approx([low, high], abs=1e-3)
    assert float(rows[0][3]) == pytest.approx(low * 0.023, rel=1e-4)
    drawing = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "Maintenance" not in drawing and ">5 TB<" not in drawing and "3 TB" in drawing


@pytest.mark.parametrize("view", ["parts", "options"])
def test_what_leaves_the_window_is_the_same_in_every_readers_format(
    session: Session, tmp_path: Path, qtbot: QtBot, view: str
) -> None:
    saved: list[str] = []
    for figures in (PLAIN, figures_of_locale(QLocale("de_DE"))):
        card = CostChart(BY_STORAGE, tmp_path, figures)
        qtbot.addWidget(card)
        card.views[view].click()
        card.resize(460, 320)
        with qtbot.waitExposed(card):
            card.show()
        card.show_study(session.study)
        card.canvas.fill()
        card.save_to(tmp_path / "chart.svg")
        saved.append((tmp_path / "chart.svg").read_text(encoding="utf-8"))
        card.menu.table_action.trigger()
        (dialog,) = card.findChildren(ChartTable)
        dialog.copy_plain()
        dialog.close()
        saved.append(QGuiApplication.clipboard().text())
        point = "," if figures is not PLAIN else "."
        assert card.chart and re.search(rf"\d\{point}\d\d", card.chart.in_words(0.0, 100.0))
    assert saved[:2] == saved[2:]


def test_a_saved_chart_names_the_rate_of_another_currency(
    usage: Hand, session: Session, tmp_path: Path
) -> None:
    session.edit("currency.code", "EUR")
    session.edit("currency.per_usd", 0.9)
    session.edit("currency.date", "bank & <b>")
    usage.card.save_to(tmp_path / "chart.svg")
    drawing = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "$1 = €0.9, bank &amp; &lt;b&gt;" in drawing
    usage.card.save_to(tmp_path / "chart.csv")
    head, *_, note = (tmp_path / "chart.csv").read_text("utf-8-sig").splitlines()
    assert "Server (EUR)" in head
    assert "$1 = €0.9" in note


def test_a_chart_that_cant_be_saved_says_so(usage: Hand, tmp_path: Path) -> None:
    errors: list[Exception] = []
    usage.card.failed.connect(errors.append)
    usage.card.save_to(tmp_path / "nowhere" / "chart.png")
    assert "its folder does not exist" in str(errors[0])


def test_a_chart_is_a_table_as_well(usage: Hand, session: Session, qtbot: QtBot) -> None:
    session.edit("usage.hours", 160.0)
    usage.card.menu.table_action.trigger()
    (dialog,) = usage.card.window().findChildren(ChartTable)
    grid = dialog.grid
    here = [grid.model().index(grid.currentRow(), column).data() for column in (0, 1, 5)]
    assert here == ["160 h", "$15.36", "$606.10"]
    assert "$606.10 a month at the current 160 h" in dialog.words.text()
    qtbot.mouseClick(dialog.copy_button, LEFT)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:2] == ["Usage hours per month (h)", "Server (USD)"]
    table = copied[: copied.index("")] if "" in copied else copied
    assert len(table) == grid.rowCount() + 1
    assert copied[1 + grid.currentRow()].split("\t")[:2] == ["160", "15.36"]
    dialog.close()


def test_a_charts_table_says_at_which_rate_it_was_converted(usage: Hand, session: Session) -> None:
    session.edit("currency.code", "EUR")
    session.edit("currency.per_usd", 0.5)
    session.edit("currency.date", "2026-11-20")
    usage.card.menu.table_action.trigger()
    (dialog,) = usage.card.window().findChildren(ChartTable)
    assert dialog.words.text().endswith(" at 720 h. In EUR, $1 = €0.5, 2026-11-20.")
    assert dialog.grid.accessibleDescription() == dialog.words.text()
    dialog.copy()
    assert QGuiApplication.clipboard().text().splitlines()[-1] == "In EUR, $1 = €0.5, 2026-11-20"
    dialog.close()


def test_a_charts_table_is_copied_as_numbers_of_the_reader_s_system(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    card = CostChart(BY_STORAGE, tmp_path, figures_of_locale(QLocale("de_DE")))
    qtbot.addWidget(card)
    card.resize(460, 320)
    with qtbot.waitExposed(card):
        card.show()
    card.show_study(session.study)
    card.menu.table_action.trigger()
    (dialog,) = card.findChildren(ChartTable)
    dialog.activateWindow()
    dialog.grid.setFocus()
    qtbot.waitUntil(dialog.grid.hasFocus)
    qtbot.keySequence(dialog.grid, QKeySequence.StandardKey.Copy)
    head, *rows = QGuiApplication.clipboard().text().splitlines()
    assert head.startswith("Artifact storage (GB)\tServer (USD)\t")
    assert all(re.fullmatch(r"\d+(,\d+)?", cell) for row in rows for cell in row.split("\t"))
    here = next(row.split("\t") for row in rows if row.startswith("1024\t"))
    assert here[3] == "23,552"
    dialog.close()


def test_a_chart_says_what_its_totals_lack(usage: Hand, session: Session) -> None:
    session.edit("server.ec2.purchase", "compute_savings_plan")
    chart = usage.card.chart
    assert chart and chart.marker and chart.note == "Lines without a known price are left out"
    assert chart.marker.text.endswith(" + ?")
    total = chart.read(160.0).total
    assert total and total[1].endswith(" + ?")
    assert " + ? a month at the current 720 h" in chart.in_words(0.0, 720.0)
    assert chart.table(0.0, 720.0).note == "Lines without a known price are left out"
    session.edit("server.ec2.purchase", "on_demand")
    assert usage.card.chart and usage.card.chart.note == ""


def test_a_note_that_has_no_room_is_whole_in_a_tooltip(usage: Hand, session: Session) -> None:
    legend = usage.card.legend
    assert legend.toolTip() == ""
    session.edit("server.ec2.purchase", "compute_savings_plan")
    session.edit("currency.code", "EUR")
    session.edit("currency.per_usd", 0.5)
    session.edit("currency.date", "2026-11-20")
    chart = usage.card.chart
    assert chart and chart.note.endswith("left out. $1 = €0.5, 2026-11-20")
    assert chart.note in legend.toolTip()
    assert legend.accessibleDescription() == chart.note


# Side by side


def test_charts_stand_side_by_side_or_share_tabs(pair: ChartPair) -> None:
    pair.resize(WIDE + 200, 300)
    assert all(chart.isVisible() for chart in pair.charts) and not pair.tabs.isVisible()
    pair.resize(WIDE - 100, 300)
    assert [chart.isVisible() for chart in pair.charts] == [True, False]
    assert pair.tabs.isVisible()
    pair.tabs.setCurrentIndex(1)
    assert [chart.isVisible() for chart in pair.charts] == [False, True]
    pair.charts[1].ask_by("team.users")
    assert pair.tabs.tabText(1) == "By users"
    pair.resize(WIDE + 200, 300)
    assert all(chart.isVisible() for chart in pair.charts)


# What stays while the marker moves


def _as_new(card: CostChart, session: Session) -> Options:
    study, contents = session.study, card.contents
    return compare(
        contents.question,
        study.scenario,
        study.price_book,
        study.estimate,
        contents.question.values(study.scenario),
        contents.plan,
    )


def _same_lines(found: Options, expected: Options) -> bool:
    pairs = zip(found.lines, expected.lines, strict=True)
    return all(one.name == new.name and np.allclose(one.total, new.total) for one, new in pairs)


def test_options_are_those_that_suit_where_the_marker_rests(usage: Hand, session: Session) -> None:
    """Which nodes are the cheapest to compare with hangs on the hours for which they run."""
    card = usage.card
    session.open(RICH)
    card.views["options"].click()
    session.edit("usage.hours", 20.0)
    card.settle()
    session.edit("usage.hours", 700.0)
    moved = card.contents.found
    assert isinstance(moved, Options) and not _same_lines(moved, _as_new(card, session))
    card.settle()
    found = card.contents.found
    assert isinstance(found, Options) and _same_lines(found, _as_new(card, session))


def test_a_chart_that_went_before_figures_rested_settles_when_it_comes_back(
    usage: Hand, session: Session, qtbot: QtBot
) -> None:
    card = usage.card
    card.views["options"].click()
    session.edit("usage.hours", 100.0)
    card.hide()
    card.settle()
    assert not card.contents.is_settled
    card.show()
    qtbot.waitUntil(lambda: card.contents.is_settled)


def test_an_answer_to_another_question_is_not_taken_over(usage: Hand, session: Session) -> None:
    contents, study = usage.card.contents, session.study
    contents.ask(path="team.users")
    contents.frozen = float(contents.found.values[-1]) if contents.found else None
    contents.answer(study, study)
    assert contents.found and contents.found.question.path == "team.users"
