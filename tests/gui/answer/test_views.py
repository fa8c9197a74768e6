"""Views behind one switch: made when first seen, current while in sight, silent out of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer.views import THIS_MONTH, Views
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.window.main_window import MainWindow


class Noting(QWidget):
    """A view that notes what it is shown, with something in it that takes the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)
        self.studies: list[Study] = []

    def show_study(self, study: Study) -> None:
        self.studies.append(study)


class Made:
    """What makes views for a test, and those that it made."""

    def __init__(self, qtbot: QtBot, *names: str) -> None:
        self.of: dict[str, Noting] = {}
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.views = Views({name: self._maker(name) for name in names}, self.parent)
        QVBoxLayout(self.parent).addWidget(self.views)
        with qtbot.waitExposed(self.parent):
            self.parent.show()
        self.parent.activateWindow()

    def _maker(self, name: str) -> Callable[[QWidget], Noting]:
        def make(parent: QWidget) -> Noting:
            self.of[name] = Noting(parent)
            return self.of[name]

        return make


def test_a_single_view_has_no_switch(qtbot: QtBot) -> None:
    made = Made(qtbot, "This month")
    assert made.views.switch.isHidden()
    assert made.of["This month"].isVisible()


def test_a_view_is_made_when_it_is_first_seen(qtbot: QtBot, session: Session) -> None:
    made = Made(qtbot, "This month", "Over time")
    assert made.views.switch.isVisible()
    assert list(made.of) == ["This month"]
    made.views.show_study(session.study)
    with qtbot.waitSignals([made.views.made, made.views.changed]):
        made.views.open("Over time")
    assert list(made.of) == ["This month", "Over time"]
    assert made.of["Over time"].studies == [session.study]
    assert made.of["Over time"].isVisible()
    assert not made.of["This month"].isVisible()


def test_a_view_out_of_sight_costs_nothing_and_is_current_when_it_comes_back(
    qtbot: QtBot, session: Session
) -> None:
    made = Made(qtbot, "This month", "Over time")
    session.study_changed.connect(made.views.show_study)
    session.show_again()
    made.views.open("Over time")
    month, time = made.of["This month"], made.of["Over time"]
    for hours in (100.0, 200.0):
        session.edit("usage.hours", hours)
    assert len(month.studies) == 1
    assert [study.scenario.usage.hours for study in time.studies] == [720.0, 100.0, 200.0]
    made.views.open("This month")
    assert [study.scenario.usage.hours for study in month.studies] == [720.0, 200.0]
    session.edit("usage.hours", 300.0)
    assert len(time.studies) == 3
    assert month.studies[-1] is session.study


def test_a_view_that_there_is_not_cannot_be_opened(qtbot: QtBot) -> None:
    made = Made(qtbot, "This month")
    with pytest.raises(ValueError, match="Uncertainty"):
        made.views.open("Uncertainty")


def test_the_switch_is_reached_and_moved_by_keys(qtbot: QtBot) -> None:
    made = Made(qtbot, "This month", "Over time")
    made.of["This month"].line.setFocus()
    qtbot.keyClick(made.of["This month"].line, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is made.views.switch
    qtbot.keyClick(made.views.switch, Qt.Key.Key_Right)
    assert made.views.current == "Over time"
    qtbot.keyClick(made.views.switch, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is made.of["Over time"].line


def test_the_window_shows_this_month_first(window: MainWindow) -> None:
    assert window.views.current == THIS_MONTH
    assert window.views.switch.isVisible()
    assert window.lines.isVisible()
    assert window.lines.copy_action.isEnabled()


def test_lines_are_copied_only_while_they_are_in_sight(window: MainWindow) -> None:
    window.views.add("Made up", Noting)
    window.views.open("Made up")
    assert not window.lines.copy_action.isEnabled()
    assert not window.lines.copy_csv_action.isEnabled()
    window.find_action.trigger()
    assert window.views.current == THIS_MONTH
    assert window.lines.copy_action.isEnabled()
    assert window.lines.search_box.hasFocus()
