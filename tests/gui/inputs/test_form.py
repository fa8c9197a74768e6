"""The form: laid out from the model's own fields, showing those that matter."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.inputs.editors import (
    ChoiceEditor,
    MachineEditor,
    NumberEditor,
    SegmentedEditor,
    TextEditor,
)
from mlflow_cost_desktop.gui.inputs.form_row import Row
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.toolkit.lying_over import LyingOver
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import places, places_at
from mlflow_cost_desktop.model.labor.tasks import Task
from mlflow_cost_desktop.wording.prices import source_in_words
from tests.gui.helpers import MARKUP, choose, editor, number, problem, tab_of, type_into, written
from tests.support import ARTICLE, changed

COMPONENT_ROOTS = ("usage", "server", "metadata_store", "artifact_store", "labor")

OTHER_TASKS = (
    Task(id="upgrades", name="Version upgrades", hours=5.0),
    Task(id="party", name=MARKUP, hours=2.0, times=3.0, period="month"),
)


def _editors(within: QWidget) -> list[str]:
    """Paths of the editors on the screen, from top to bottom."""
    kinds = (NumberEditor, ChoiceEditor, SegmentedEditor, TextEditor, MachineEditor)
    found = [w for w in within.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    return [w.objectName() for w in sorted(found, key=lambda w: w.mapTo(within, w.pos()).y())]


def _headings(within: QWidget) -> list[str]:
    found = [w for w in within.findChildren(QLabel, "section") if w.isVisible()]
    return [w.text() for w in sorted(found, key=lambda w: w.y())]


def _focus_chain(within: QWidget) -> list[QWidget]:
    """What Tab goes through, from the first widget below `within`."""
    found: list[QWidget] = []
    widget = within.nextInFocusChain()
    while widget and widget is not within:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


LABOR_HEADINGS = ["Hourly rates", "Opportunity cost", "Access and compliance"]


@pytest.mark.parametrize("root", COMPONENT_ROOTS)
def test_rows_are_the_models_fields(qtbot: QtBot, session: Session, root: str) -> None:
    tab = tab_of(qtbot, session, root)
    expected = [
        place.path
        for place in places_at(ARTICLE, root)
        if place.shown and len(place.spec.choices) != 1
    ]
    assert _editors(tab) == expected


def test_the_tabs_hold_every_field_that_can_be_edited() -> None:
    chosen_elsewhere = {"region_id"}  # in the toolbar
    of_one_choice = {p.path for p in places(ARTICLE) if len(p.spec.choices) == 1}
    tabs = [{p.path for r in roots for p in places_at(ARTICLE, r)} for roots in TABS.values()]
    shown = set().union(*tabs)
    assert sum(map(len, tabs)) == len(shown)
    everything = {place.path for place in places(ARTICLE)}
    assert shown | of_one_choice | chosen_elsewhere == everything


def test_every_kind_of_field_has_its_editor(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "name", "usage", "server")
    assert isinstance(editor(tab, "name"), TextEditor)
    assert isinstance(editor(tab, "usage.by"), ChoiceEditor)
    assert isinstance(editor(tab, "usage.hours"), NumberEditor)
    assert isinstance(editor(tab, "server.ec2.instance_type"), MachineEditor)


def test_only_rows_that_matter_are_shown(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "server")
    reserved = {"server.ec2.term", "server.ec2.offering", "server.ec2.payment"}
    purchase = editor(tab, "server.ec2.purchase")
    assert not reserved & set(_editors(tab))
    choose(qtbot, purchase, "reserved")
    assert reserved < set(_editors(tab))
    assert "server.ec2.reserved_discount" not in _editors(tab)
    choose(qtbot, purchase, "reserved_typed")
    assert {"server.ec2.term", "server.ec2.reserved_discount"} < set(_editors(tab))
    assert "server.ec2.offering" not in _editors(tab)
    session.undo_stack.undo()
    assert not reserved & set(_editors(tab))


def test_rows_that_appear_stand_where_the_model_has_them(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "server")
    for option in ("none", "kubernetes", "fargate", "ec2", "kubernetes"):
        session.edit("server.option", option)
        shown = [place.path for place in places_at(session.scenario, "server") if place.shown]
        qtbot.waitUntil(lambda shown=shown: _editors(tab) == shown)
        stops = [widget for widget in _focus_chain(tab) if widget.objectName() in shown]
        in_order = [widget.objectName() for widget in stops if widget.isVisible()]
        assert in_order == [path for path in shown if path != "server.option"]


def test_no_row_moves_while_a_number_is_typed(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "network", "server")
    for path, waiting in (
        ("network.region_gb", "network.destination"),
        ("server.ec2.root_volume_gb", "server.ec2.root_volume.type"),
    ):
        of, on = number(tab, path), editor(tab, waiting)
        for text, counts in (("0", False), ("250", True), ("0", False)):
            before = {name: editor(tab, name).y() for name in _editors(tab)}
            type_into(qtbot, of, text)
            QApplication.processEvents()
            assert on.isVisible() and on.isEnabled() is counts
            assert {name: editor(tab, name).y() for name in _editors(tab)} == before


def test_what_is_wrong_with_a_number_moves_nothing_and_lies_on_no_later_field(
    qtbot: QtBot, session: Session
) -> None:
    tab = tab_of(qtbot, session, "network", "server")
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    names = list(_editors(tab))
    before = {name: editor(tab, name).y() for name in names}
    heights = {name: editor(tab, name).mapTo(tab, QPoint()).y() for name in names}
    gave_way: list[str] = []
    for name in ("network.region_gb", "server.ec2.peak_replicas"):
        of = number(tab, name)
        type_into(qtbot, of, "-5")
        QApplication.processEvents()
        said = problem(of)
        assert said
        assert {name: editor(tab, name).y() for name in names} == before
        assert {name: editor(tab, name).mapTo(tab, QPoint()).y() for name in names} == heights
        (words,) = (one for one in tab.findChildren(LyingOver) if one.isVisible())
        at = QRect(words.mapTo(tab, QPoint()), words.size())
        assert not at.intersects(QRect(of.mapTo(tab, QPoint()), of.size()))
        assert at.bottom() < heights[name], "above, where the keyboard comes from"
        assert words.height() >= words.heightForWidth(words.width())
        page = words.parentWidget()
        assert page is not None and page.rect().contains(words.geometry())
        for other in map(partial(editor, tab), names):
            place = QRect(other.mapTo(tab, QPoint()), other.size())
            if other.isEnabled() and at.intersects(place):
                other.setFocus(Qt.FocusReason.BacktabFocusReason)
                assert problem(of) == "", "it gives way to the keyboard"
                gave_way.append(name)
    assert gave_way == ["server.ec2.peak_replicas"]


def test_an_option_without_inputs_says_what_it_means(window: MainWindow) -> None:
    server, store = window.inputs.open_tab("server"), window.inputs.open_tab("metadata_store")
    assert not server.meaning.isVisible() and not store.meaning.isVisible()
    window.session.edit("metadata_store.option", "sqlite")
    assert store.meaning.isVisible() and "SQLite is for a person" in store.meaning.text()
    window.session.edit("server.option", "none")
    window.inputs.open_tab("server")
    assert "nobody has a shared UI" in server.meaning.text() and server.meaning.isVisible()
    window.session.edit("server.option", "ec2")
    assert not server.meaning.isVisible()


def test_what_a_hidden_row_holds_is_kept(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage")
    by = editor(tab, "usage.by")
    choose(qtbot, by, "schedule")
    type_into(qtbot, number(tab, "usage.hours_per_day"), "10")
    choose(qtbot, by, "hours")
    assert _editors(tab) == ["usage.by", "usage.hours"]
    choose(qtbot, by, "schedule")
    assert written(number(tab, "usage.hours_per_day")) == "10 h"


def test_a_heading_goes_with_its_rows(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "server")
    assert _headings(tab) == ["Instance", "Replicas", "Attached", "Root volume", "Discount"]
    type_into(qtbot, number(tab, "server.ec2.root_volume_gb"), "10")
    assert _headings(tab) == ["Instance", "Replicas", "Attached", "Root volume", "Discount"]
    labor = tab_of(qtbot, session, "labor")
    assert _headings(labor) == [*LABOR_HEADINGS, *(task.name for task in ARTICLE.labor.tasks)]


def test_labels_are_buddies_and_tooltips_say_what_a_field_means(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for root in COMPONENT_ROOTS:
        for place in places_at(ARTICLE, root):
            row = Row(place, PLAIN, parent)
            assert row.editor.accessibleName().startswith(place.spec.title)
            assert row.editor.accessibleDescription() == place.spec.description
            assert row.label.buddy() is row.editor
            if isinstance(row.editor, SegmentedEditor):
                continue  # its segments say it themselves
            assert row.label.text() == place.spec.title
            assert _read(row.label.toolTip()).startswith(place.spec.description)
            assert row.label.toolTip() == row.editor.toolTip()


def test_a_tooltip_ends_with_the_bounds(qtbot: QtBot, session: Session) -> None:
    stored = editor(tab_of(qtbot, session, "artifact_store"), "artifact_store.stored_gb")
    assert _read(stored.toolTip()).endswith("\nFrom 0 to 1,000,000,000.")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("usage.hours", "Usage, h / month"),
        ("server.ec2.replicas", "Replicas, instances"),
        ("server.discount", "Negotiated discount, %"),
        ("labor.platform_engineer_usd", "Platform engineer, $ / h"),
        ("server.ec2.instance_type", "Instance type"),
    ],
)
def test_an_accessible_name_has_the_unit(
    qtbot: QtBot, session: Session, path: str, name: str
) -> None:
    tab = tab_of(qtbot, session, *COMPONENT_ROOTS)
    assert editor(tab, path).accessibleName() == name


def test_a_strangers_markup_stays_text(qtbot: QtBot, session: Session) -> None:
    session.open(changed(ARTICLE, labor=ARTICLE.labor.model_copy(update={"tasks": OTHER_TASKS})))
    tab = tab_of(qtbot, session, "labor", "name")
    assert MARKUP in _headings(tab)
    labels = [label for label in tab.findChildren(QLabel) if "<" in label.text()]
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_other_tasks_lay_the_form_out_anew(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "labor")
    before = number(tab, "labor.tasks.set_up.hours")
    type_into(qtbot, before, "30")
    session.open(changed(ARTICLE, labor=ARTICLE.labor.model_copy(update={"tasks": OTHER_TASKS})))
    qtbot.waitUntil(lambda: tab.findChild(QWidget, "labor.tasks.set_up.hours") is None)
    assert _headings(tab) == [*LABOR_HEADINGS, "Version upgrades", MARKUP]
    assert written(number(tab, "labor.tasks.party.times")) == "3 times"
    type_into(qtbot, number(tab, "labor.tasks.party.times"), "4")
    assert [task.times for task in session.scenario.labor.tasks] == [1.0, 4.0]


def test_an_edit_keeps_the_rows(qtbot: QtBot, session: Session) -> None:
    # Rows made anew would take the focus from the user's hands.
    tab = tab_of(qtbot, session, "usage", "server")
    hours = number(tab, "usage.hours")
    choose(qtbot, editor(tab, "server.ec2.purchase"), "reserved")
    assert number(tab, "usage.hours") is hours


def test_the_arithmetic_is_that_of_the_lines(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "server", "usage")
    server = session.study.estimate.charges[0]
    source = source_in_words(server, PLAIN).replace(" ", "\N{NO-BREAK SPACE}")
    about = f"Instance hours (m5.large, on demand), {source}"
    assert tab.arithmetic.text == f"1 instance × 720 h × $0.096 / h = $69.12\n{about}"
    type_into(qtbot, number(tab, "usage.hours"), "160")
    assert tab.arithmetic.text == f"1 instance × 160 h × $0.096 / h = $15.36\n{about}"
    type_into(qtbot, number(tab, "server.ec2.root_volume_gb"), "10")
    assert tab.arithmetic.text.splitlines()[2] == "1 instance × 10 GB × $0.08 / GB-month = $0.80"
    type_into(qtbot, number(tab, "server.ec2.root_volume_gb"), "0")
    assert tab.arithmetic.text.endswith(about)
    labels = tab.arithmetic.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_the_arithmetic_is_in_the_currency_that_is_shown(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "server")
    session.edit("currency", Currency(code="EUR", per_usd=0.5, date="2026-11-01"))
    assert tab.arithmetic.text.startswith("1 instance × 720 h × $0.096 / h × €0.5 / $ = €34.56\n")


def test_the_arithmetic_of_each_line_stands_apart(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.session.edit("metadata_store.rds.backup_gb", 500.0)
    window.tab_bar.setCurrentIndex(list(TABS).index("metadata_store"))
    labels = window.inputs.tab("metadata_store").arithmetic.findChildren(QLabel)
    assert len(labels) == 6
    qtbot.waitUntil(lambda: labels[-1].y() > labels[0].y())
    gaps = [below.y() - above.geometry().bottom() for above, below in pairwise(labels)]
    assert min(gaps[1::2]) > 2 * max(gaps[::2])


def test_the_arithmetic_can_be_copied_once_the_pointer_is_over_it(
    qtbot: QtBot, session: Session
) -> None:
    tab = tab_of(qtbot, session, "server", "usage")
    labels = tab.arithmetic.findChildren(QLabel)
    at = QPointF(9.0, 9.0)
    QApplication.sendEvent(tab.arithmetic, QEnterEvent(at, at, at))
    session.edit("usage.hours", 160.0)
    by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
    assert {label.textInteractionFlags() for label in labels} == {by_mouse}


def _read(tooltip: str) -> str:
    """A tooltip as the user reads it."""
    document = QTextDocument()
    document.setHtml(tooltip)
    return document.toPlainText()


def test_a_long_sentence_is_shown_whole(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    hours = number(window, "usage.hours")
    hours.setFocus()
    hours.selectAll()
    qtbot.keyClicks(hours, "5000")
    (said,) = (one for one in window.findChildren(LyingOver) if one.isVisible())
    assert said.height() >= said.heightForWidth(said.width())
    page = said.parentWidget()
    assert page is not None
    assert said.geometry().bottom() < hours.mapTo(page, QPoint()).y()  # right above the editor
    form = window.inputs.tab("server").form
    (label,) = (one for one in form.findChildren(QLabel) if one.buddy() is hours)
    assert label.mapTo(form, label.rect().center()).y() == pytest.approx(
        hours.mapTo(form, hours.rect().center()).y(), abs=1
    )


def test_a_note_is_as_high_as_its_words(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.resize(1024, 700)
    window.tab_bar.setCurrentIndex(list(TABS).index("labor"))
    form = window.inputs.tab("labor").form
    (note,) = (label for label in form.findChildren(QLabel, "note") if label.text())
    qtbot.waitUntil(lambda: note.width() == form.width() - 32)
    high = note.height()
    window.resize(2560, 900)
    qtbot.waitUntil(lambda: note.height() < high)
    low = note.height()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: note.height() > low)
