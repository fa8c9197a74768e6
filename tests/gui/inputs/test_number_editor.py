"""What can be typed and pasted into a number's field, in several locales, with real keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.helpers import number, problem, tab_of, type_into, written
from tests.support import ARTICLE, changed

STORED = "artifact_store.stored_gb"
IN_LOCALE = Callable[[str], Session]


def paste(qtbot: QtBot, into: object, text: str) -> None:
    QApplication.clipboard().setText(text)
    for key in (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Paste):
        qtbot.keySequence(into, key)


@pytest.mark.parametrize("locale", ["C", "de_DE", "fr_FR", "de_CH", "hi_IN", "fa_IR"])
@pytest.mark.parametrize(
    ("typed", "gb"),
    [
        ("0.096", 0.096),
        ("0,096", 0.096),
        ("10 000", 10000.0),
        ("1 024,5", 1024.5),
        ("1’024.50", 1024.5),
        ("2 TB", 2048.0),
        ("500 MB", 0.48828125),
        ("10*1024", 10240.0),
        ("1/3", 1 / 3),
        ("1,024 GiB", None),
    ],
)
def test_a_number_is_typed_and_pasted_in_any_locale(
    qtbot: QtBot, in_locale: IN_LOCALE, locale: str, typed: str, gb: float | None
) -> None:
    session = in_locale(locale)
    stored = number(tab_of(qtbot, session, "artifact_store"), STORED)
    if gb is None:
        gb = 1.024 if QLocale(locale).decimalPoint() == "," else 1024.0
    if typed.isascii():  # QTest has no other keys
        type_into(qtbot, stored, typed)
        assert session.scenario.artifact_store.stored_gb == gb
        assert problem(stored) == ""
        session.undo_stack.undo()
    stored.setFocus()
    paste(qtbot, stored, typed)
    assert session.scenario.artifact_store.stored_gb == gb


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1.2.3", "“1.2.3” is no number"),
        ("--5", "“--5” is no number"),
        ("5k", "“5k” is not read here"),
        ("5 h", "“5 h” is not in the unit of this field, GB"),
        ("$0.09", "“$0.09” is an amount of money, this field counts GB"),
        ("12 parsecs", "“12 parsecs” is not in the unit of this field, GB"),
        ("(1", "“(1” is no number"),
        ("abc", "“abc” is no number"),
    ],
)
def test_what_is_not_understood_stays_with_its_sentence(
    qtbot: QtBot, session: Session, typed: str, why: str
) -> None:
    tab = tab_of(qtbot, session, "artifact_store")
    stored = number(tab, STORED)
    type_into(qtbot, stored, typed)
    number(tab, "artifact_store.s3.put_requests").setFocus()
    for _ in range(2):
        assert stored.text() == typed
        assert problem(stored).startswith(why)
        assert problem(stored).endswith("1,024 stays.")
        assert session.scenario == ARTICLE
        session.show_again()
    session.edit("usage.hours", 500.0)
    assert stored.text() == typed
    assert problem(stored) != ""
    stored.setFocus()
    qtbot.keyClick(stored, Qt.Key.Key_Escape)
    assert (stored.text(), problem(stored)) == ("1024", "")


def test_a_number_that_changes_elsewhere_takes_the_place_of_what_was_not_understood(
    qtbot: QtBot, session: Session
) -> None:
    stored = number(tab_of(qtbot, session, "artifact_store"), STORED)
    type_into(qtbot, stored, "abc")
    session.edit(STORED, 99.0)
    assert (stored.text(), problem(stored)) == ("99", "")
    type_into(qtbot, stored, "7")
    assert session.scenario.artifact_store.stored_gb == 7.0


def test_what_is_only_begun_is_told_when_the_field_is_left(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "artifact_store")
    stored = number(tab, STORED)
    stored.setFocus()
    stored.selectAll()
    qtbot.keyClicks(stored, "5 *")
    assert problem(stored) == ""
    assert session.scenario == ARTICLE
    number(tab, "artifact_store.s3.put_requests").setFocus()
    assert problem(stored).startswith("“5 *” is no number")
    stored.setFocus()
    stored.selectAll()
    qtbot.keyClick(stored, Qt.Key.Key_Delete)
    qtbot.keyClick(stored, Qt.Key.Key_Return)
    assert (stored.text(), problem(stored)) == ("1024", "")


@pytest.mark.parametrize(
    ("locale", "typed", "beside"),
    [
        ("C", "2 TB", "= 2048 GB"),
        ("C", "1,536", "= 1536 GB"),
        ("C", "1536", "GB"),
        ("de_DE", "1.536", "= 1536 GB"),
        ("de_DE", "1/8", "= 0,125 GB"),
        ("de_DE", "1,5", "GB"),
        ("fr_FR", "1.536", "= 1,536 GB"),
    ],
)
def test_what_a_text_comes_to_is_shown_beside_it(
    qtbot: QtBot, in_locale: IN_LOCALE, locale: str, typed: str, beside: str
) -> None:
    stored = number(tab_of(qtbot, in_locale(locale), "artifact_store"), STORED)
    stored.setFocus()
    stored.selectAll()
    qtbot.keyClicks(stored, typed)
    assert stored.text() == typed
    assert stored.unit_in_sight == beside
    qtbot.keyClick(stored, Qt.Key.Key_Return)
    assert stored.unit_in_sight == "GB"


def test_up_to_twelve_digits_are_shown(qtbot: QtBot, session: Session) -> None:
    stored = number(tab_of(qtbot, session, "artifact_store"), STORED)
    for number_held, text in (
        (0.000123456789012, "0.000123456789012"),
        (1e-24, "1e-24"),
        (123456789.125, "123,456,789.125"),
        (1 / 3, "0.333333333333"),
    ):
        session.open(changed(ARTICLE, artifact_store__stored_gb=number_held))
        stored.clearFocus()
        assert stored.text() == text
        stored.setFocus()
        qtbot.keyClick(stored, Qt.Key.Key_Return)
        assert session.scenario.artifact_store.stored_gb == number_held


def test_an_ambiguous_unit_price_is_asked_for_again(qtbot: QtBot, in_locale: IN_LOCALE) -> None:
    session = in_locale("de_DE")
    wage = number(tab_of(qtbot, session, "labor"), "labor.platform_engineer_usd")
    before = session.scenario
    type_into(qtbot, wage, "1.536")
    assert problem(wage).startswith("“1.536” may mean 1,536 or 1536; write one of these")
    assert session.scenario == before
    type_into(qtbot, wage, "$15.5 / h")
    assert problem(wage) == ""
    assert written(wage) == "15,50 $ / h"


def test_letters_reach_the_field(qtbot: QtBot, session: Session) -> None:
    replicas = number(tab_of(qtbot, session, "server"), "server.ec2.replicas")
    type_into(qtbot, replicas, "0.5k")
    assert session.scenario.server.ec2.replicas == 500.0


def test_the_unit_is_seen(window: MainWindow) -> None:
    """The style leaves the editor's line transparent, under which the unit is painted."""
    stored = number(window.inputs.open_tab("artifact_store"), STORED)
    line = stored.lineEdit().geometry()
    kept = stored.lineEdit().textMargins().right()  # for the unit, and a sign
    place = line.adjusted(line.width() - kept, 2, -2, -2)
    image = stored.grab().toImage().copy(place)
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert len(colors) > 3


def test_what_was_not_read_goes_when_another_scenario_is_opened(
    qtbot: QtBot, session: Session
) -> None:
    tab = tab_of(qtbot, session, "artifact_store", "usage")
    stored = number(tab, STORED)
    type_into(qtbot, stored, "twelve")
    assert stored.text() == "twelve" and problem(stored)
    session.edit("usage.hours", 100.0)
    assert stored.text() == "twelve", "an edit elsewhere loses nothing"
    session.open(changed(ARTICLE, name="Another"))
    assert stored.text().replace(",", "") == "1024" and problem(stored) == ""
    type_into(qtbot, stored, "nor this")
    session.undo_stack.undo()
    stored.setFocus()
    qtbot.keyClicks(stored, "7x")
    session.open(ARTICLE)
    assert written(stored).startswith("1") and problem(stored) == ""
    qtbot.keyClick(stored, Qt.Key.Key_Return)
    assert session.scenario == ARTICLE


@pytest.mark.parametrize("clicks", [2, 3])
def test_several_clicks_select_the_number(qtbot: QtBot, session: Session, clicks: int) -> None:
    session.edit("artifact_store.stored_gb", 12_345.5)
    stored = number(tab_of(qtbot, session, "artifact_store"), "artifact_store.stored_gb")
    line = stored.findChild(QLineEdit)
    assert line is not None
    at = QPoint(20, line.height() // 2)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton, pos=at)
    if clicks == 3:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=at)
    assert line.selectedText() == "12345.5"
    qtbot.keyClicks(stored, "7")
    assert session.scenario.artifact_store.stored_gb == 7.0
