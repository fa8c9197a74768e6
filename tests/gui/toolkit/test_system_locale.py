"""Figures and days as the reader's system writes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.figures import PLAIN, write_figures
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.system_locale import figures_of_locale
from tests.gui.helpers import number, problem, tab_of, type_into

HOURS = "usage.hours"


@pytest.fixture
def german() -> Iterator[None]:
    write_figures(figures_of_locale(QLocale("de_DE")))
    yield
    write_figures(PLAIN)


def test_manners() -> None:
    assert figures_of_locale(QLocale.c()) is PLAIN
    german = figures_of_locale(QLocale("de_DE"))
    assert (german.group, german.point) == (".", ",")
    assert german.day("2025-10-02") == "02.10.2025"
    assert german.day("2025-10") == "2025-10"
    assert figures_of_locale(QLocale("en_GB")).day("2025-10-02") == "02/10/2025"


@pytest.mark.usefixtures("german")
def test_numbers_are_typed_in_the_readers_manner(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage")
    type_into(qtbot, number(tab, HOURS), "160,5")
    assert session.scenario.usage.hours == 160.5
    session.edit(HOURS, 99.25)
    assert number(tab, HOURS).text().startswith("99,25")


@pytest.mark.usefixtures("german")
def test_what_is_wrong_is_said_in_the_readers_manner(qtbot: QtBot, session: Session) -> None:
    tab = tab_of(qtbot, session, "usage")
    type_into(qtbot, number(tab, HOURS), "5000")
    assert "at most 1.000; 720 stays" in problem(number(tab, HOURS))
    type_into(qtbot, number(tab, HOURS), "1.5.")
    assert "write 1,5, 1500" in problem(number(tab, HOURS))
