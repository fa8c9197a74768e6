"""Tabs with their subtotals: all can be read, and no figure moves what stands beside them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.inputs.tab_bar import SubtotalTabBar


def shown(qtbot: QtBot, more: int) -> SubtotalTabBar:
    """A bar on the screen, so many px wider than it must be, with usual subtotals."""
    bar = SubtotalTabBar()
    qtbot.addWidget(bar)
    for name in ("Server", "Metadata", "Artifacts", "Plans"):
        bar.addTab(name)
    for index in range(3):
        bar.show_subtotal(index, "$23.55")
    bar.setCurrentIndex(3)
    bar.resize(bar.minimumSizeHint().width() + more, bar.minimumSizeHint().height())
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def test_a_figure_that_grows_moves_nothing_and_is_read_whole(qtbot: QtBot) -> None:
    bar = shown(qtbot, more=0)
    least = bar.minimumSizeHint(), bar.sizeHint()
    places = [bar.tabRect(index) for index in range(4)]
    longer = "$737,246.00", "$737,246", "$7,246 + ?"
    for index, text in enumerate(longer):
        bar.show_subtotal(index, text)
    qtbot.wait(10)
    assert (bar.minimumSizeHint(), bar.sizeHint()) == least
    assert [bar.tabRect(index) for index in range(4)] == places
    assert places[3].right() < bar.width()
    for index, text in enumerate(longer):
        inside = places[index].width() - bar.LEAST_PADDING
        assert bar.subtotal_metrics(index).horizontalAdvance(text) <= inside


def test_a_figure_takes_the_room_that_is_left(qtbot: QtBot) -> None:
    bar = shown(qtbot, more=40)
    usual = bar.subtotal_metrics(0).height()
    before = bar.tabRect(0).width()
    bar.show_subtotal(0, "$1,737,246.00")
    qtbot.waitUntil(lambda: bar.tabRect(0).width() > before)
    assert bar.subtotal_metrics(0).height() == usual
    assert bar.tabRect(3).right() < bar.width()
    bar.show_subtotal(0, "$23.55")
    qtbot.waitUntil(lambda: bar.tabRect(0).width() == before)


def test_each_currency_has_room_of_its_own(qtbot: QtBot) -> None:
    bar = shown(qtbot, more=0)
    least = bar.minimumSizeHint().width()
    bar.show_usual("NOK 99,999")
    assert bar.minimumSizeHint().width() > least
    bar.show_subtotal(0, "NOK 77,000")
    assert bar.minimumSizeHint().width() > least
