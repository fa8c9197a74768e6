"""Labels that are elided: what is said first gives way, a figure never does."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel

NAME = "A service with a name that is long, 5 seats"


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
