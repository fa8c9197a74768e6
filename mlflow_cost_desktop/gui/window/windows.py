"""The open windows: which there are, what is opened in which, and what a crash has left."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.recovery import Abandoned, abandoned
from mlflow_cost_desktop.files.scenario_file import ScenarioFile
from mlflow_cost_desktop.gui.toolkit.problem import ask_which, show_problem
from mlflow_cost_desktop.gui.toolkit.screen_room import fit_screen
from mlflow_cost_desktop.gui.toolkit.settings import Settings
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.startup import fast_start, garbage

RECOVER, DISCARD, LATER = "&Recover", "&Discard", "Decide &later"
STEP = QPoint(32, 32)
"""How far a further window stands from the one before it."""


class Application(QApplication):
    """The program, which the system tells of itself, and on macOS of files to open.

    `system_changed` follows where colors or the font of the system may have changed.
    """

    file_asked = Signal(Path)
    system_changed = Signal()

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        garbage.leave_to_the_window()
        self._garbage_timer = QTimer(self)
        self._garbage_timer.timeout.connect(_collect)
        self._garbage_timer.start(garbage.EVERY_MS)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_asked.emit(Path(event.file()))
            return True
        if event.type() in (QEvent.Type.ThemeChange, QEvent.Type.ApplicationFontChange):
            self.system_changed.emit()
        return super().event(event)


def _collect() -> None:
    if fast_start.is_over():
        garbage.collect_what_is_due()


class Windows(QObject):
    """All windows of this program.

    Args:
        make: makes a window with the article's team in it.
        recovery: the folder of recovery copies.
    """

    def __init__(self, make: Callable[[], MainWindow], settings: Settings, recovery: Path) -> None:
        super().__init__()
        self.make = make
        self._settings = settings
        self._recovery = recovery
        self.remembers_places = True
        self.open_windows: list[MainWindow] = []

    def new(self) -> MainWindow:
        """Another window, placed where the last one stood, or beside the one in front."""
        window = self.make()
        self._place(window)
        self.open_windows.append(window)
        window.new_window_asked.connect(self.show_new)
        # Later: the program that it was dragged from waits while a question is open here.
        window.files_dropped.connect(
            lambda paths: QTimer.singleShot(0, window, lambda: self._open_dropped(window, paths))
        )
        window.file_asked.connect(lambda path: self.open([path]))
        window.scenario_asked.connect(self.show_scenario)
        window.compare_menu.others = lambda: self._others(window)
        window.closed.connect(lambda: self._forget(window))
        window.open_regions = self._open_regions
        window.prices_changed.connect(lambda: self._follow_prices(window))
        return window

    def _open_regions(self) -> list[str]:
        return [window.session.scenario.region_id for window in self.open_windows]

    def _others(self, window: MainWindow) -> list[tuple[str, Scenario]]:
        """What is open in all other windows, by name and file."""
        return [
            (f"{other.session.scenario.name} ({other.document.title})", other.session.scenario)
            for other in self.open_windows
            if other is not window
        ]

    def show_scenario(self, scenario: Scenario) -> MainWindow:
        """A scenario in a window of its own, as work that was not saved."""
        window = self.new()
        window.session.open(scenario, is_saved=False)
        window.show()
        return window

    def _follow_prices(self, first: MainWindow) -> None:
        """Let all other windows follow what one has changed."""
        for window in self.open_windows:
            if window is not first:
                window.follow_prices()

    def show_new(self) -> MainWindow:
        window = self.new()
        window.show()
        return window

    def start(self, paths: Sequence[Path]) -> None:
        """Offer what a crash has left, then open the files that were named."""
        recovered = self.offer_recovered()
        self.open([path for path in paths if path.absolute() not in recovered])

    def open(self, paths: Sequence[Path]) -> None:
        """Open files, each in a window of its own; one that is open comes to the front.

        A file that can't be opened is told of in a window that is there, and makes none.
        """
        for path in paths:
            window = self._window_of(path)
            if window:
                window.raise_()
                window.activateWindow()
                continue
            try:
                self._fill_free_window(partial(_load, path=path))
            except UserError as error:
                show_problem(self.open_windows[-1], error)

    def offer_recovered(self) -> set[Path]:
        """Ask what is to become of each abandoned recovery copy; the files recovered."""
        recovered: set[Path] = set()
        for copy in abandoned(self._recovery):
            parent = self.open_windows[-1]
            try:
                file = copy.read()
                answer = _ask_about(parent, copy, file.scenario.name)
                is_left = answer == LATER
                if answer == RECOVER:
                    window = self._fill_free_window(partial(_recover, file=file, copy=copy))
                    is_left = not window.autosave.keep()  # the old copy is the only one then
                    if copy.origin.path:
                        recovered.add(copy.origin.path.absolute())
            except UserError as error:
                self._set_aside(parent, copy, error)
                continue
            if is_left:
                copy.leave()
            else:
                copy.discard()
        return recovered

    def keep_work(self) -> bool:
        """Write a recovery copy of all unsaved work, now; whether there was some, all kept."""
        changed = [window for window in self.open_windows if window.document.is_changed]
        kept = [window.autosave.keep() for window in changed]
        return bool(kept) and all(kept)

    def _set_aside(self, parent: MainWindow, copy: Abandoned, error: UserError) -> None:
        try:
            aside = copy.set_aside()
        except OSError:
            copy.leave()
            show_problem(parent, error)
            return
        show_problem(
            parent,
            UserError(
                "A recovery copy of unsaved work can't be read",
                f"It was kept as {aside}. {error.title}.",
            ),
        )

    def _open_dropped(self, window: MainWindow, paths: list[Path]) -> None:
        first, *others = paths
        window.document.open_instead(first)
        self.open(others)

    def _window_of(self, path: Path) -> MainWindow | None:
        wanted = os.path.realpath(path)  # `resolve` stumbles over links that lead in a circle
        for window in self.open_windows:
            if window.document.path and os.path.realpath(window.document.path) == wanted:
                return window
        return None

    def _fill_free_window(self, fill: Callable[[MainWindow], bool]) -> MainWindow:
        """Fill the window in which nothing has been done yet, or a new one.

        Args:
            fill: whether it did; a new window is shown only then.
        """
        window = next((one for one in self.open_windows if one.document.is_untouched), None)
        window = window or self.new()
        is_filled = False
        try:
            is_filled = fill(window)
        finally:
            if is_filled:
                window.show()
            elif not window.isVisible():
                window.close()
        return window

    def _place(self, window: MainWindow) -> None:
        if self.open_windows:
            before = self.open_windows[-1]
            window.resize(before.size())
            window.move(before.pos() + STEP)
        else:
            window.restoreGeometry(self._settings.layout("window"))
        fit_screen(window)
        # After the window has its size: a change of it parts the room anew.
        for name, part in window.remembered_parts.items():
            part.restoreState(self._settings.layout(name))

    def _forget(self, window: MainWindow) -> None:
        if window not in self.open_windows:
            return
        self.open_windows.remove(window)
        if self.remembers_places and window.isVisible():
            self._settings.remember_layout("window", window.saveGeometry())
            for name, part in window.remembered_parts.items():
                self._settings.remember_layout(name, part.saveState())
        window.deleteLater()


def _load(window: MainWindow, path: Path) -> bool:
    return window.document.load(path)


def _recover(window: MainWindow, file: ScenarioFile, copy: Abandoned) -> bool:
    window.document.recover(file, copy.origin)
    return True


def _ask_about(parent: MainWindow, copy: Abandoned, scenario_name: str) -> str:
    day = parent.session.figures.day(f"{copy.time:%Y-%m-%d}")
    what = f"“{copy.origin.path.name}”" if copy.origin.path else f"“{scenario_name}”, never saved,"
    return ask_which(
        parent,
        f"{what} has changes that were not saved",
        f"The program ended before they were saved, at {copy.time:%H:%M} on {day}. Recovered, "
        "they are unsaved changes again; discarded, they are gone for good.",
        (RECOVER, DISCARD),
        LATER,
    )
