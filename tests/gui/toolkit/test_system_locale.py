"""Figures and days as the reader's system writes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.system_locale import figures_of_locale
from tests.gui.helpers import number, problem, tab_of, type_into

HOURS = "usage.hours"


@pytest.fixture
def german(session: Session) -> Session:
    """A session whose reader's system is German."""
    figures = figures_of_locale(QLocale("de_DE"))
    return Session(session.shelf, session.scenario, session.plans, figures)


def test_formats_of_locales() -> None:
    assert figures_of_locale(QLocale.c()) is PLAIN
    there = figures_of_locale(QLocale("de_DE"))
    assert (there.group, there.point) == (".", ",")
    assert there.day("2025-10-02") == "02.10.2025"
    assert there.day("2025-10") == "2025-10"
    assert figures_of_locale(QLocale("en_GB")).day("2025-10-02") == "02/10/2025"
    # The words are English, and so are the digits of their figures and days.
    assert figures_of_locale(QLocale("ar_EG")).day("2025-10-02") == "2/10/2025"
    assert figures_of_locale(QLocale("fa_IR")).day("2025-10-02").isascii()


def test_numbers_are_typed_in_the_readers_format(qtbot: QtBot, german: Session) -> None:
    tab = tab_of(qtbot, german, "usage")
    type_into(qtbot, number(tab, HOURS), "160,5")
    assert german.scenario.usage.hours == 160.5
    german.edit(HOURS, 99.25)
    assert number(tab, HOURS).text().startswith("99,25")


def test_what_is_wrong_is_said_in_the_readers_format(qtbot: QtBot, german: Session) -> None:
    tab = tab_of(qtbot, german, "usage")
    type_into(qtbot, number(tab, HOURS), "5000")
    assert "at most 1.000; 720 stays" in problem(number(tab, HOURS))
    type_into(qtbot, number(tab, HOURS), "1.5.")
    assert "write 1,5, 1500" in problem(number(tab, HOURS))
