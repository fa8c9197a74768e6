"""What holds changing words, and asks for no layout around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.stable_height import StableHeight


class Asked(QObject):
    """Counts how often a widget is asked for a new layout."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_only_another_height_is_heard_of(qtbot: QtBot) -> None:
    outside, label = QWidget(), QLabel("$1,234 a year")
    label.setWordWrap(True)
    held = StableHeight(label)
    column = QVBoxLayout(outside)
    column.addWidget(held)
    column.addStretch(1)
    qtbot.addWidget(outside)
    outside.resize(200, 300)
    with qtbot.waitExposed(outside):
        outside.show()
    one_line = held.height()
    asked = Asked()
    outside.installEventFilter(asked)

    label.setText("$5,678 a year")
    qtbot.wait(1)
    assert (asked.count, held.height()) == (0, one_line)

    label.setText("$5,678 a year · $17,034 over 36 months · infrastructure $300, labor $173")
    qtbot.waitUntil(lambda: held.height() > one_line)
    assert asked.count
    assert label.size() == held.size()

    label.hide()
    qtbot.waitUntil(lambda: held.height() == 0)
    label.show()
    qtbot.waitUntil(lambda: held.height() > one_line)


def test_words_that_came_while_it_was_out_of_sight_have_room(qtbot: QtBot) -> None:
    """As those of a view of the answer, beside others in a stack."""
    stack, page, label = QStackedWidget(), QWidget(), QLabel("month 1")
    label.setWordWrap(True)
    held = StableHeight(label)
    column = QVBoxLayout(page)
    column.addWidget(held)
    column.addStretch(1)
    stack.addWidget(page)
    stack.addWidget(QWidget())
    qtbot.addWidget(stack)
    stack.resize(200, 300)
    with qtbot.waitExposed(stack):
        stack.show()
    one_line = held.height()
    stack.setCurrentIndex(1)
    qtbot.wait(1)
    label.setText("month 36: effective $7,164.13, cash $14,543.46 · users 66 users · due: Exit")
    stack.setCurrentIndex(0)
    qtbot.waitUntil(lambda: held.height() == held.heightForWidth(held.width()))
    assert held.height() > one_line
