"""Words of one line: elided where there is no room, and changed without a new layout around."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, Figure

NAME = "A service with a name that is long, 5 seats"


class Asked(QObject):
    """Counts how often a widget is asked for a new layout."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def shown(qtbot: QtBot, *labels: QWidget) -> tuple[QWidget, Asked]:
    """A widget with labels in a row, which is watched once it has settled."""
    outside, asked = QWidget(), Asked()
    row = QHBoxLayout(outside)
    for label in labels:
        row.addWidget(label)
    qtbot.addWidget(outside)
    outside.resize(300, 60)
    with qtbot.waitExposed(outside):
        outside.show()
    qtbot.wait(1)
    outside.installEventFilter(asked)
    return outside, asked


@pytest.mark.parametrize("figure", ["$538.80", "JPY 83 675", "JPY 83,675 + ?", "$412.10 + ?"])
def test_a_figure_stays_whole_with_its_currency_and_what_qualifies_it(
    qtbot: QtBot, figure: str
) -> None:
    label = ElidedLabel("details", whole_from=": ")
    qtbot.addWidget(label)
    label.setText(f"{NAME}: {figure}")
    whole = label.fontMetrics().horizontalAdvance(label.text())
    label.resize(whole + 10, 20)
    assert label.elided == label.text()
    label.resize(whole * 2 // 3, 20)
    assert label.elided.endswith(f"…: {figure}") and label.elided.startswith("A serv")


def test_where_there_is_no_figure_the_end_gives_way(qtbot: QtBot) -> None:
    for label in (ElidedLabel("details"), ElidedLabel("details", whole_from=": ")):
        qtbot.addWidget(label)
        label.setText(NAME)
        label.resize(label.fontMetrics().horizontalAdvance(NAME) // 2, 20)
        assert label.elided.endswith("…") and NAME.startswith(label.elided[:-1])


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("JPY 3,693,889 a year · cash: JPY 434,311 first month, JPY 93,144 others", "…"),
        ("prices up to 13 months old · NOK 51,234 a year · NOK 153,702 over 36 months", "…"),
        ("NOK 512 345,6 a year", "…"),
        ("720 h", "…"),
    ],
)
def test_a_figure_is_whole_or_not_there(qtbot: QtBot, words: str, least: str) -> None:
    label = ElidedLabel("details")
    qtbot.addWidget(label)
    label.setText(words)
    whole = label.fontMetrics().horizontalAdvance(words)
    for width in range(whole + 2, 10, -3):
        label.resize(width, 20)
        left = label.elided.removesuffix("…").rstrip(" ·")
        assert words.startswith(left)
        word = left.rpartition(" ")[2]
        if any(sign.isdigit() for sign in word):
            assert word in words.split(" "), (width, label.elided)
    label.resize(label.fontMetrics().horizontalAdvance("…") + 2, 20)
    assert label.elided == least


def test_other_words_ask_for_no_layout(qtbot: QtBot) -> None:
    label = ElidedLabel("details")
    _, asked = shown(qtbot, label)
    label.setText("$7,780 a year · first year's cash $7,780")
    qtbot.wait(1)
    assert asked.count == 0
    assert label.text() == "$7,780 a year · first year's cash $7,780"


def test_words_that_have_the_room_they_need_ask_for_it(qtbot: QtBot) -> None:
    label, rest = ElidedLabel("details", fits=True), ElidedLabel("details")
    label.setText("720 h")
    _, asked = shown(qtbot, label, rest)
    label.setText("per month of 730.5 h")
    qtbot.waitUntil(lambda: asked.count > 0)
    qtbot.waitUntil(lambda: label.width() >= label.sizeHint().width())
    assert label.elided == "per month of 730.5 h"


def test_another_font_asks_for_another_room(qtbot: QtBot) -> None:
    label, rest = ElidedLabel("details", fits=True), ElidedLabel("details")
    label.setText("per month of 720 h")
    outside, _ = shown(qtbot, label, rest)
    before, high, font = label.width(), label.sizeHint().height(), QFont(label.font())
    font.setPixelSize(24)
    label.setFont(font)
    qtbot.waitUntil(lambda: label.width() > before)
    assert label.elided == "per month of 720 h"
    assert label.sizeHint().height() > high
    assert outside.minimumSizeHint().height() > high


def test_assistive_technology_is_told_the_words(qtbot: QtBot) -> None:
    label = ElidedLabel("details")
    qtbot.addWidget(label)
    label.setText("<b>$7</b> & more")
    told = QAccessible.queryAccessibleInterface(label)
    assert told.role() == QAccessible.Role.StaticText
    assert told.text(QAccessible.Text.Name) == "<b>$7</b> & more"


def test_a_figure_keeps_its_width_while_it_nearly_fits(qtbot: QtBot) -> None:
    figure = Figure("total")
    figure.show_text("$1,234.56")
    _, asked = shown(qtbot, figure)
    wide = figure.width()
    figure.show_text("$1,235.78")
    qtbot.wait(1)
    assert (asked.count, figure.width()) == (0, wide)
    figure.show_text("$1,231,234.56")
    assert figure.width() > wide
