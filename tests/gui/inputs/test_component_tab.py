"""A tab of the inputs: its form, and the words below it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from tests.gui.helpers import number

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class _Painted(QObject):
    """Where editors are whenever their form is painted."""

    def __init__(self, tab: ComponentTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self.places: list[dict[str, int]] = []
        tab.form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.places.append(self.now())
        return False

    def now(self) -> dict[str, int]:
        rows = self._tab.form.rows.items()
        return {path: row.editor.mapTo(self._tab.form, QPoint()).y() for path, row in rows}


def test_a_form_stands_still_while_words_below_it_need_more_room(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.inputs.open_tab("artifact_store")
    editor = number(window, "artifact_store.s3.get_requests")
    editor.setFocus()
    qtbot.wait(300)  # until all that is offered is there
    editor.selectAll()
    inside = tab.widget()
    assert inside is not None
    height, painted = inside.height(), _Painted(tab)
    before = painted.now()
    for key in "4321":
        qtbot.keyClicks(editor, key)
        qtbot.wait(30)
    qtbot.waitUntil(lambda: inside.height() > height)
    qtbot.wait(50)
    assert painted.places
    assert [place for place in painted.places if place != before] == []


def test_a_form_that_is_scrolled_to_its_end_stands_still_while_less_is_below_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    tab = window.inputs.open_tab("server")
    qtbot.waitUntil(lambda: len(tab.suggestions.lines) == 2)
    bar, discount = tab.verticalScrollBar(), number(window, "server.discount")
    bar.setValue(bar.maximum())
    place = discount.mapTo(window, QPoint())
    height = tab.viewport().height()
    window.session.edit("usage.hours", 20.0)  # no reservation is worth its price
    qtbot.waitUntil(lambda: tab.viewport().height() > height)
    qtbot.wait(50)
    assert discount.mapTo(window, QPoint()) == place
    window.session.edit("server.ec2.root_volume_gb", 100.0)  # one line of arithmetic more
    qtbot.wait(50)
    window.session.edit("server.ec2.root_volume_gb", 0.0)
    qtbot.wait(300)
    assert discount.mapTo(window, QPoint()) == place
    bar.setValue(0)
    inside = tab.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.minimumHeight() == 0)
    qtbot.waitUntil(lambda: inside.height() == inside.heightForWidth(inside.width()))


def test_a_form_with_fewer_fields_is_seen_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    tab = window.inputs.open_tab("server")
    qtbot.wait(300)
    bar = tab.verticalScrollBar()
    bar.setValue(bar.maximum())
    window.session.edit("server.option", "none")
    qtbot.waitUntil(lambda: bar.value() == 0)
    assert not tab.form.visibleRegion().isEmpty()
