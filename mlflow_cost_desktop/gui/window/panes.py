"""Keys that lead from one part of the window to another, and from tab to tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QTabBar, QWidget


class Pane(NamedTuple):
    """A part of the window, and what takes the keyboard when it comes there for the first time."""

    within: QWidget
    first: QWidget


class Panes(QObject):
    """F6 from pane to pane, Ctrl+Tab and Alt with a digit from tab to tab.

    Args:
        panes: in reading order; one inside another comes after it.
    """

    def __init__(self, window: QWidget, panes: Sequence[Pane], tabs: QTabBar) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._tabs = tabs
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            self._on(keys, lambda step=step: self._go_on(step))
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            self._on(keys, lambda step=step: self._turn(step))
        for at in range(tabs.count()):
            self._on(f"Alt+{at + 1}", lambda at=at: tabs.setCurrentIndex(at))

    def _on(self, keys: str, do: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self._window).activated.connect(do)

    def _turn(self, step: int) -> None:
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + step) % self._tabs.count())

    def _go_on(self, step: int) -> None:
        seen = [pane for pane in self._panes if pane.within.isVisible()]
        here = self._pane_of(QApplication.focusWidget())
        at = seen.index(here) if here is not None and here in seen else (-1 if step > 0 else 0)
        target = self._target(seen[(at + step) % len(seen)])
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _target(self, pane: Pane) -> QWidget:
        """Where the keyboard was in a pane, else its first."""
        last = pane.within.focusWidget()
        is_there = last is not None and last.isVisible() and self._pane_of(last) is pane
        return last if last is not None and is_there else pane.first

    def _pane_of(self, widget: QWidget | None) -> Pane | None:
        inside = [pane for pane in self._panes if widget and pane.within.isAncestorOf(widget)]
        return inside[-1] if inside else None
