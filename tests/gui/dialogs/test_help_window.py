"""Help, about, keys, hints, and the presets of File → New."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.exports.handbook import handbook
from mlflow_cost_desktop.gui.dialogs.about import AboutDialog, KeysDialog
from mlflow_cost_desktop.gui.dialogs.help_window import HelpWindow
from mlflow_cost_desktop.gui.dialogs.new import DESCRIPTIONS, NewDialog
from mlflow_cost_desktop.gui.window.hints import HINTS
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import places
from tests.gui.helpers import begin_new
from tests.support import ARTICLE, BOOK, changed

MakeWindow = Callable[[], MainWindow]


def words(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


# --- How is this computed? ------------------------------------------------------------------


def test_the_page_names_every_field_and_the_arithmetic_of_the_scenario() -> None:
    page = handbook(ARTICLE, BOOK)
    for place in places(ARTICLE):
        part = place.path.partition(".")[0]
        if part in ("usage", *COMPONENTS) and place.spec.name != "option":
            assert f"<b>{escape(place.spec.title)}</b>" in page, place.path
    assert "1 instance × 720 h × $0.096 / h = $69.12" in page


def test_words_of_a_file_are_no_markup() -> None:
    named = changed(ARTICLE, server__ec2__instance_type="m5.large")
    task = named.labor.tasks[0].model_copy(update={"name": "<h1>Set-up</h1>"})
    page = handbook(changed(named, labor__tasks=(task,)), BOOK)
    assert "<h1>Set-up" not in page
    assert "&lt;h1&gt;Set-up" in page


def test_links_are_of_the_themes_color_while_the_page_is_open(window: MainWindow) -> None:
    window.theme.choose("light")
    window.help_action.trigger()
    (help_window,) = window.findChildren(HelpWindow)
    window.theme.choose("dark")
    link = help_window.page.document().find("Metadata store").charFormat()
    assert link.isAnchor()
    assert link.foreground().color() == help_window.palette().color(QPalette.ColorRole.Link)


def test_help_opens_and_finds(window: MainWindow, qtbot: QtBot) -> None:
    window.help_action.trigger()
    (help_window,) = window.findChildren(HelpWindow)
    help_window.search.setFocus()
    qtbot.keyClicks(help_window.search, "Convertible")
    assert help_window.page.textCursor().selectedText().lower() == "convertible"
    first = help_window.page.textCursor().position()
    qtbot.keyClick(help_window.search, Qt.Key.Key_Return)
    assert help_window.page.textCursor().position() > first or not help_window.not_found.isVisible()
    qtbot.keyClicks(help_window.search, "xyz")
    assert help_window.not_found.isVisible()


# --- About and keys ---------------------------------------------------------------------------


def test_about_names_versions_licenses_and_trademark(window: MainWindow, qtbot: QtBot) -> None:
    window.about_action.trigger()
    (dialog,) = window.findChildren(AboutDialog)
    told = words(dialog)
    for part in ("Apache License", "not affiliated", "LF Projects", "PySide6_Essentials", "Qt 6."):
        assert part in told
    assert "Lesser General Public License" in told
    assert window.tool_bar.prices.text() in told  # the dates of the prices in use
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert "pydantic" in QGuiApplication.clipboard().text()


def test_keys_are_those_of_the_menus(window: MainWindow) -> None:
    window.keys_action.trigger()
    (dialog,) = window.findChildren(KeysDialog)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert labels[labels.index("Export PDF") - 1] == "Ctrl+E"
    assert "Go to the input behind a line" in labels


# --- New ----------------------------------------------------------------------------------------


def test_new_offers_every_preset_with_a_line(window: MainWindow) -> None:
    window.new_action.trigger()
    (dialog,) = window.findChildren(NewDialog)
    lines = [dialog.presets.item(row).text() for row in range(dialog.presets.count())]
    assert lines == [f"{name}\n{DESCRIPTIONS[name]}" for name in window.samples]
    dialog.reject()
    assert not window.document.is_changed


def test_new_begins_with_the_preset_that_was_taken(window: MainWindow) -> None:
    begin_new(window, "Hobby")
    assert window.session.scenario.name == "One person's experiments"


# --- Hints --------------------------------------------------------------------------------------


def test_hints_follow_one_another_and_stay_away_for_good(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    hints = window.hints
    assert hints.isVisibleTo(window)
    for hint in HINTS[1:]:
        qtbot.mouseClick(hints.following, Qt.MouseButton.LeftButton)
        assert hint in hints.words.text()
    assert not hints.following.isVisibleTo(window)
    qtbot.mouseClick(hints.close_button, Qt.MouseButton.LeftButton)
    assert not hints.isVisibleTo(window)
    again = make_window()
    assert not again.hints.isVisibleTo(again)
    again.hints_action.trigger()
    assert again.hints.isVisibleTo(again)
