"""Tabs with their subtotals: all can be read, whatever these were before."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.inputs.tab_bar import SubtotalTabBar


def test_what_has_room_again_is_scrolled_back(qtbot: QtBot) -> None:
    bar = SubtotalTabBar()
    qtbot.addWidget(bar)
    for name in ("Server", "Metadata", "Artifacts", "Plans"):
        bar.addTab(name)
    bar.setCurrentIndex(3)
    bar.resize(bar.minimumSizeHint().width() + 60, bar.minimumSizeHint().height())
    with qtbot.waitExposed(bar):
        bar.show()
    for index in range(3):
        bar.show_subtotal(index, "VND 17,156,325")
    qtbot.waitUntil(lambda: bar.tabRect(0).left() < 0)  # the last is in sight
    for index in range(3):
        bar.show_subtotal(index, "$23.55")
    qtbot.waitUntil(lambda: bar.tabRect(0).left() == 0)
    assert bar.tabRect(3).right() < bar.width()
