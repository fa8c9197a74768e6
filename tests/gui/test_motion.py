"""Nothing moves by itself: what the system wishes of motion is met by having none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.help_window import HelpWindow
from mlflow_cost_desktop.gui.toolkit.theme import Theme
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.paths import resources_dir

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

EFFECTS = tuple(Qt.UIEffect)
MOVING = re.compile(
    r"\bQ\w*(Animation|AnimationGroup|TimeLine|Movie|Scroller)\b|\bsetAnimated\(True"
)


def _moving() -> list[str]:
    """What is being animated in any window, by Qt itself too."""
    return [
        f"{animation.metaObject().className()} of {animation.parent()}"
        for widget in QApplication.topLevelWidgets()
        for animation in widget.findChildren(QAbstractAnimation)
        if animation.state() == QAbstractAnimation.State.Running
    ]


def test_motion_would_be_noticed(qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setClearButtonEnabled(True)
    qtbot.addWidget(line)
    line.show()
    qtbot.keyClicks(line, "word")
    assert _moving()


def test_menus_lists_and_tooltips_appear_at_once(qapp: QApplication) -> None:
    for effect in EFFECTS:  # as on Windows
        qapp.setEffectEnabled(effect, True)
    assert qapp.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    Theme(qapp, resources_dir(), "light").deleteLater()
    assert [effect.name for effect in EFFECTS if qapp.isEffectEnabled(effect)] == []


def test_nothing_moves_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    def look(of: QWidget) -> None:
        of.grab()
        assert _moving() == []

    qtbot.keyClicks(window.lines.search_box, "gp2")
    look(window)
    window.lines.search_box.cross.trigger()
    assert window.lines.search_box.text() == ""
    look(window)
    window.lines.collapse_action.trigger()
    window.lines.expand_action.trigger()
    look(window)
    for index in range(window.tab_bar.count()):
        window.tab_bar.setCurrentIndex(index)
        look(window)
    for chart in window.charts.charts:
        chart.views["options"].click()
    window.tab_bar.setCurrentIndex(0)
    box = window.inputs.findChild(QComboBox)
    assert box is not None
    box.showPopup()
    look(window)
    box.hidePopup()
    menu = window.menuBar().actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.pos())
    look(window)
    menu.close()
    window.document.export.running.emit(True)
    window.status_bar.show_progress(0.5)
    look(window)
    window.document.export.running.emit(False)
    window.help_action.trigger()
    (help_window,) = window.findChildren(HelpWindow)
    qtbot.keyClicks(help_window.search, "price")
    look(help_window)
    help_window.close()
    assert not window.isAnimated()
    assert not any(tree.isAnimated() for tree in window.findChildren(QTreeView))


def test_nothing_in_the_program_asks_for_motion(checkout: Path) -> None:
    assert MOVING.search("from PySide6.QtCore import QPropertyAnimation")
    sources = (checkout / "mlflow_cost_desktop").rglob("*.py")
    assert [path.name for path in sources if MOVING.search(path.read_text("utf-8"))] == []
