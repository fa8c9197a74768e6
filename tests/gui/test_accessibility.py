"""What somebody meets who uses no mouse or no eyes: names, focus, contrast, a larger font."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QFont
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer.views import OVER_TIME, UNCERTAINTY
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.inputs.task_list import LaborTab
from mlflow_cost_desktop.gui.toolkit.theme import LARGEST_USUAL
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.ranges import Range
from tests.gui.helpers import editor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _takes_keys(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _name_told(widget: QWidget) -> str:
    """What assistive technology calls a widget; a list that unfolds is called by its label."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox):
        labels = interface.relations(QAccessible.RelationFlag.Label)
        return " ".join(label.text(QAccessible.Text.Name) for label, _ in labels).strip()
    return interface.text(QAccessible.Text.Name).strip()


def _nameless(within: QWidget) -> list[str]:
    """The widgets that take the keyboard and of which assistive technology knows no name."""
    reached = [one for one in (within, *within.findChildren(QWidget)) if _takes_keys(one)]
    assert reached
    return [f"{type(one).__name__} {one.objectName()}" for one in reached if not _name_told(one)]


def _states(window: MainWindow) -> Iterator[str]:
    """Bring up every tab, and in it every way to host its part."""
    for at, tab in enumerate(TABS):
        window.tab_bar.setCurrentIndex(at)
        component = getattr(window.session.scenario, tab, None)
        options = specs(type(component)).get("option") if component else None
        for option in options.choices if options else ("",):
            if option:
                window.session.edit(f"{tab}.option", option)
            QApplication.processEvents()
            yield f"{tab} {option}"


def _told(widget: QWidget, what: QAccessible.Text) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(what)


def _unsaid(within: QWidget) -> list[str]:
    """The labels whose words assistive technology does not get to know."""
    labels = [label for label in within.findChildren(QLabel) if label.isVisible() and label.text()]
    return [
        label.text()
        for label in labels
        if label.text().replace("&", "") not in _told(label, QAccessible.Text.Name)
    ]


def _marked_up(within: QWidget) -> list[str]:
    """What assistive technology would read out with its markup."""
    texts = (
        _told(widget, what)
        for widget in within.findChildren(QWidget)
        for what in (QAccessible.Text.Name, QAccessible.Text.Description)
    )
    return [text for text in texts if "<qt>" in text or "&amp;" in text]


def test_what_is_written_is_told_without_markup_and_what_takes_keys_is_named(
    window: MainWindow,
) -> None:
    window.summary.plan.refresh()
    window.lines.details_action.trigger()
    assert any(label.isVisible() and label.text() for label in window.findChildren(QLabel))
    for state in _states(window):
        assert (_unsaid(window), _marked_up(window)) == ([], []), state
        assert _nameless(window) == [], state


def test_the_view_over_time_is_told_named_and_shows_the_keyboard(window: MainWindow) -> None:
    rule = Growth(path="artifact_store.stored_gb", amount=5.0)
    window.session.edit("growth", (rule,), "Grow")
    window.views.open(OVER_TIME)
    QApplication.processEvents()
    view = window.over_time
    assert (_unsaid(view), _marked_up(view)) == ([], [])
    assert _nameless(view) == []
    assert _alike_with_the_keyboard(view) == []


def test_the_view_of_uncertainty_is_told_named_and_shows_the_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    one = Range(path="labor.platform_engineer_usd", low=70.0, high=130.0, moves_with="<b>us</b>")
    window.session.edit("ranges", (one,), "Range")
    window.views.open(UNCERTAINTY)
    view = window.uncertainty
    qtbot.waitUntil(lambda: view.found is not None)
    QApplication.processEvents()
    assert (_unsaid(view), _marked_up(view)) == ([], [])
    assert _nameless(view) == []
    assert _alike_with_the_keyboard(view) == []


def test_what_only_one_of_can_be_chosen_is_a_radio_button(window: MainWindow) -> None:
    for button in editor(window, "server.option").segments:
        assert QAccessible.queryAccessibleInterface(button).role() == QAccessible.Role.RadioButton


def test_the_total_and_its_parts_are_told_as_they_change(window: MainWindow) -> None:
    window.session.edit("usage.hours", 160.0)
    for view, words in (
        (window.summary.total, "$606.10"),
        (window.summary.bar, "Parts of the total: Server 3 %"),
        (window.summary.legend, "Shares of the parts: Server 3 %"),
    ):
        interface = QAccessible.queryAccessibleInterface(view)
        assert interface.role() == QAccessible.Role.StaticText
        assert interface.text(QAccessible.Text.Name).startswith(words)


def _alike_with_the_keyboard(within: QWidget) -> list[str]:
    """The widgets that look the same whether they have the keyboard or not."""
    reached = [one for one in within.findChildren(QWidget) if _takes_keys(one)]
    alike: list[str] = []
    for one in reached:
        one.clearFocus()
        without = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if one.grab().toImage() == without:
            alike.append(f"{type(one).__name__} {one.objectName()}")
    return alike


def test_what_has_the_keyboard_shows_it(window: MainWindow) -> None:
    window.hints.show()
    window.session.edit("metadata_store.option", "sqlite")  # of which there is more to be noted
    for tab in ("metadata_store", "labor", "plans", "scenario"):
        window.inputs.open_tab(tab).suggestions.refresh()
        QApplication.processEvents()
        assert _alike_with_the_keyboard(window) == [], tab


def _dialogs(window: MainWindow, qtbot: QtBot) -> Iterator[QDialog]:
    """Open every dialog in turn."""
    suggestions = window.inputs.tab("server").suggestions
    suggestions.refresh()
    look = QAction(window)
    look.triggered.connect(suggestions.lines[0].look_button.click)
    grow = QAction(window)
    grow.triggered.connect(lambda: window.dialogs.change_over_time("artifact_store.stored_gb"))
    vary = QAction(window)
    vary.triggered.connect(lambda: window.dialogs.ask_range("artifact_store.stored_gb"))
    for action in (
        look,
        grow,
        vary,
        window.new_action,
        window.prices_action,
        window.rates_action,
        window.lines_action,
        window.help_action,
        window.keys_action,
        window.about_action,
    ):
        known = set(window.findChildren(QDialog))
        action.trigger()
        (dialog,) = {one for one in window.findChildren(QDialog) if one.isVisible()} - known
        qtbot.waitUntil(dialog.isActiveWindow)
        yield dialog
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(QDialog)))


def test_all_in_dialogs_that_takes_the_keyboard_has_a_name_and_shows_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    for dialog in _dialogs(window, qtbot):
        assert _nameless(dialog) == [], dialog.windowTitle()
        assert (_unsaid(dialog), _marked_up(dialog)) == ([], []), dialog.windowTitle()
        assert _alike_with_the_keyboard(dialog) == [], dialog.windowTitle()


def _reached(window: MainWindow) -> list[QWidget]:
    """What Tab reaches, in its order."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget and widget is not window:
        if _takes_keys(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", ["server", "metadata_store"])  # at the start, made later
def test_tab_goes_as_reading_does(window: MainWindow, name: str) -> None:
    window.resize(1360, 880)
    tab, right = window.inputs.open_tab(name), window.splitter.widget(1)
    assert right is not None
    tab.suggestions.refresh()
    assert tab.suggestions.isVisible()
    QApplication.processEvents()
    reached = _reached(window)
    places = [widget.mapTo(window, widget.rect().center()) for widget in reached]
    tools, form, offers, answer = (
        [at for at, widget in enumerate(reached) if within.isAncestorOf(widget)]
        for within in (window.tool_bar, tab.form, tab.suggestions, right)
    )
    tabs = reached.index(window.tab_bar)
    assert max(tools) < tabs < min(form)
    assert max(form) < min(offers) and max(offers) < min(answer)
    assert [places[at].y() for at in form] == sorted(places[at].y() for at in form)
    assert reached[answer[-1]] is window.lines.table


def test_tab_goes_through_a_list_and_the_form_of_its_item(window: MainWindow) -> None:
    tab = window.inputs.open_tab("labor")
    assert isinstance(tab, LaborTab)
    tab.tasks.select("upgrades")
    window.session.show_again()
    reached = _reached(window)
    in_item = [at for at, one in enumerate(reached) if tab.tasks.form.isAncestorOf(one)]
    in_form = [at for at, one in enumerate(reached) if tab.form.isAncestorOf(one)]
    assert reached.index(window.tab_bar) < reached.index(tab.tasks.tree) < min(in_item)
    assert max(in_item) < min(in_form)
    assert max(in_form) < reached.index(window.lines.table)


def test_the_focus_can_be_seen(window: MainWindow) -> None:
    window.activateWindow()
    unseen: list[str] = []
    for widget in _reached(window):
        window.setFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.grab().toImage() == before:
            unseen.append(_name_told(widget))
    assert unseen == []


def test_no_letter_of_a_form_is_taken_twice(window: MainWindow) -> None:
    menus = [action.text() for action in window.menuBar().actions()]
    for state in _states(window):
        tab = window.inputs.current_tab
        fields = [label for label in tab.findChildren(QLabel, "field") if label.buddy()]
        labels = [label.text() for label in fields if label.isVisibleTo(tab)]
        buttons = [button.text() for button in tab.findChildren(QPushButton)]
        texts = menus + [text.replace("&&", "") for text in labels + buttons]
        letters = [text.partition("&")[2][:1].lower() for text in texts if "&" in text]
        assert len(letters) > len(menus) or not labels, state
        assert len(letters) == len(set(letters)), state


def test_what_is_typed_nowhere_is_told_in_words(window: MainWindow) -> None:
    field = editor(window, "server.discount")
    interface = QAccessible.queryAccessibleInterface(field)
    assert interface.text(QAccessible.Text.Value) == "as for the whole estimate"


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    """A system whose font is twice as large as usual."""
    before = qapp.font()
    font = QFont(before)
    font.setPixelSize(2 * LARGEST_USUAL)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def test_the_font_is_as_large_as_the_systems(
    large_font: None, make_window: Callable[[], MainWindow], qapp: QApplication
) -> None:
    window = make_window()
    window.resize(1360, 880)
    QApplication.processEvents()
    assert qapp.font().pixelSize() == 26
    assert window.summary.total.font().pixelSize() == 68
    bar = window.tab_bar
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()
    for label in window.inputs.tab("server").form.findChildren(QLabel, "field"):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
