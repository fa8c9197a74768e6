"""Windows come up whole on the screen that is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.screen_room import fit_screen


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window as the program's first, not yet seen."""
    made = QWidget()
    qtbot.addWidget(made)
    made.setMinimumSize(920, 600)
    made.resize(1360, 840)
    return made


def _screen(monkeypatch: pytest.MonkeyPatch, *room: int) -> QRect:
    """A screen with this much free beside its panels."""
    free = QRect(*room)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: free)
    return free


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ((0, 0, 1920, 1080), (1360, 840)),
        ((0, 0, 1280, 680), (1280, 640)),  # 1280 × 720 with a panel
        ((0, 0, 1024, 768), (1024, 728)),
        ((0, 0, 800, 600), (920, 600)),  # smaller than the program can be
    ],
)
def test_a_first_window_fits(
    window: QWidget,
    monkeypatch: pytest.MonkeyPatch,
    room: tuple[int, ...],
    size: tuple[int, int],
) -> None:
    _screen(monkeypatch, *room)
    fit_screen(window)
    assert window.size() == QSize(*size)


@pytest.mark.parametrize("place", [(5000, 100), (-3000, 0), (100, 4000), (100, -2000), (600, 500)])
def test_a_window_of_a_screen_that_is_gone_comes_back(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, place: tuple[int, int]
) -> None:
    free = _screen(monkeypatch, 60, 30, 1540, 930)
    window.move(*place)
    fit_screen(window)
    assert window.size() == QSize(1360, 840)
    assert free.contains(window.geometry())


def test_a_place_on_the_screen_is_kept(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    _screen(monkeypatch, 0, 0, 1920, 1080)
    window.move(300, 120)
    fit_screen(window)
    assert window.pos() == QPoint(300, 120)
