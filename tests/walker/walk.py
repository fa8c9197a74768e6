"""A walk through the real window: random, or replayed, until something is wrong."""

from __future__ import annotations

import faulthandler
import gc
import random
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from unittest.mock import patch

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QThread,
    QThreadPool,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QTreeWidget

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.model.fields.declaration import specs
from tests.support import PRICES
from tests.walker.steps import SIZES, Done, Hands, Step, click_entry, random_step, take
from tests.walker.watch import Watch, children, is_at_rest, pictures_left, rows_left

IGNORED = ("This plugin does not support", "Mouse event ")
"""What the platform without a screen says of itself, and the tests' pointer of one that nothing
takes: where a list has closed below it."""

LONGEST_STEP, LONGEST_END = 60.0, 300.0
"""Seconds of the processor after which a step hangs, or the end of a walk: a slow or busy machine
is no fault."""

STANDING = ("type", "click", "hover", "wait")
"""Kinds of steps by which nothing may move, neither at once nor by an answer that comes later."""

TURNS = 16
"""Turns of the event loop after which a step has reached all: what needs another height tells what
lies around it, a turn for each level, and is given it from there."""

BACK_EVERY = 40
"""Steps, after which all is undone and done again."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The steps that were taken, in words, and what was wrong after the last, if something was."""

    steps: tuple[Step, ...]
    words: tuple[str, ...]
    wrong: str

    @property
    def kind(self) -> str:
        """What is wrong without its figures: the same for every way to the same fault."""
        first = self.wrong.strip().splitlines()[-1] if self.wrong else ""
        return "".join(" " if one.isdigit() else one for one in first)[:60]


class Walker:
    """Walks through windows of its own, with files and settings in a folder that is thrown away."""

    def __init__(self, windows: Windows, folder: Path) -> None:
        self._windows = windows
        self._faults: list[str] = []
        self._hands = Hands(lambda: windows.open_windows, folder)
        self._watch = Watch(lambda: windows.open_windows)

    def walk(self, steps: Iterable[Step], begin: Callable[[Step], None]) -> Walked:
        """Take steps until something is wrong, or there are no more; `begin` hears of each."""
        taken: list[Step] = []
        words: list[str] = []
        wrong = ""
        with self._watching():
            self._come_to_rest()  # until the charts are there
            for step in steps:
                taken.append(step)
                begin(step)
                said, wrong = self._step(step, look_back=len(taken) % BACK_EVERY == 0)
                words.append(said)
                if wrong:
                    break
            else:
                looks = (self._watch.look_back(one) for one in self._windows.open_windows)
                wrong = next(filter(None, looks), "")
        return Walked(tuple(taken), tuple(words), wrong)

    def _step(self, step: Step, *, look_back: bool) -> tuple[str, str]:
        if not self._windows.open_windows:
            self._windows.show_new()
            self._settle()
        window = self._hands.window
        self._hands.come_back()
        if step.kind in STANDING:
            self._come_to_rest()
        self._watch.before(window)
        done: Done | None = None
        try:
            with self._answering(step):
                done = take(self._hands, step)
                self._settle()
            if step.kind in STANDING:
                self._come_to_rest()
        except Exception:
            self._faults.append(traceback.format_exc())
        words = done.words if done else f"({step.kind}: nothing to do)"
        wrong = self._faults[0] if self._faults else ""
        if not wrong:
            wrong = self._watch.after(window, done or Done("", may_move=True))
        if not wrong and look_back and window in self._windows.open_windows:
            wrong = self._watch.look_back(window)
            self._settle()
        return words, wrong or (self._faults[0] if self._faults else "")

    def _settle(self) -> None:
        for _ in range(TURNS):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _come_to_rest(self) -> None:
        """Wait until all answers are there: what a step does is the same on every machine."""
        while not all(is_at_rest(window) for window in self._windows.open_windows):
            QTest.qWait(10)
        self._settle()

    @contextmanager
    def _answering(self, step: Step) -> Iterator[None]:
        """Answer the questions that a step waits for: any of their buttons, any entry."""
        asked = 0

        def answer() -> None:
            nonlocal asked
            if QThread.currentThread().loopLevel() == 0:
                return  # nothing waits: what stands open is for the next step
            asked += 1
            popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
            if isinstance(popup, QMenu):
                click_entry(popup, step) if asked < 3 else popup.close()
            elif isinstance(modal, QMessageBox):
                buttons = modal.buttons()
                at = int(step.c * len(buttons) + asked - 1) % len(buttons)
                buttons[at].click()
            elif isinstance(modal, QDialog) and asked > 3:
                modal.reject()

        timer = QTimer()
        timer.timeout.connect(answer)
        timer.start(0)
        try:
            yield
        finally:
            timer.stop()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Hear of every exception and warning, and let no dialog of the system come up."""

        def hear(
            kind: type[BaseException], fault: BaseException, trace: TracebackType | None
        ) -> None:
            self._faults.append("".join(traceback.format_exception(kind, fault, trace)))

        def hear_qt(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
            if kind == QtMsgType.QtFatalMsg:  # the process ends with it
                print(text, file=sys.stderr, flush=True)
            is_told = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
            if is_told and not text.startswith(IGNORED):
                self._faults.append(f"Qt says: {text}")

        before = qInstallMessageHandler(hear_qt)
        try:
            with (
                patch.object(QFileDialog, "getOpenFileName", self._hands.file),
                patch.object(QFileDialog, "getOpenFileNames", self._hands.files),
                patch.object(QFileDialog, "getSaveFileName", self._hands.file),
                patch.object(QDesktopServices, "openUrl", lambda _: True),
                patch.object(socket, "getaddrinfo", _no_network),
                patch.object(sys, "excepthook", hear),
            ):
                yield
                QThreadPool.globalInstance().waitForDone()  # else it would find the network again
        finally:
            qInstallMessageHandler(before)

    def end(self) -> str:
        """What has gathered in the first window, and what is left when all are closed."""
        with self._answering(Step("end", 0.0, 0.0, 0.0)):
            self._close_dialogs()
        old = self._windows.open_windows[0] if self._windows.open_windows else None
        wrong = self._grown(old) if old else ""
        for window in list(self._windows.open_windows):
            QThreadPool.globalInstance().waitForDone()
            window.session.mark_saved(window.session.scenario)
            window.close()
        self._settle()
        gc.collect()
        left = [type(one).__name__ for one in QApplication.topLevelWidgets()]
        if not wrong and "MainWindow" in left:
            wrong = "a window is left that was closed"
        return wrong or (self._faults[0] if self._faults else "")

    def _grown(self, old: MainWindow) -> str:
        """Whether a window that was walked through has become larger than a fresh one."""
        fresh = self._windows.show_new()
        for window in (old, fresh):
            self._tour(window)
        more = children(old) - children(fresh)
        if sum(more.values()) > 0:
            return f"the window has gathered {dict(more)}"
        return rows_left(old) or pictures_left(old)

    def _tour(self, window: MainWindow) -> None:
        """The article's team, every tab, option and view: all that a window can be made of."""
        window.resize(*SIZES[1])  # where both charts are in sight
        window.session.open(read_scenario(next(iter(window.samples.values()))).scenario)
        for at, tab in enumerate(TABS):
            window.tab_bar.setCurrentIndex(at)
            component = getattr(window.session.scenario, tab, None)
            if component is not None and hasattr(component, "option"):
                before = component.option
                for option in (*specs(type(component))["option"].choices, before):
                    window.session.edit(f"{tab}.option", option)
            for listed in window.inputs.tab(tab).findChildren(QTreeWidget):
                for row in (listed.topLevelItemCount() - 1, 0):  # the form of the first, made anew
                    listed.setCurrentIndex(listed.model().index(row, 0))
            window.inputs.tab(tab).suggestions.refresh()
            self._settle()
        for wanted in window.compared.wanted:
            window.compared.remove(wanted)
        window.open_compare()  # which is there once somebody has compared something
        self._come_to_rest()
        for view in reversed(range(window.views.switch.count())):
            window.views.switch.setCurrentIndex(view)
            self._come_to_rest()
        for _ in range(2):  # menus that are filled when they open, and those below
            for menu in window.findChildren(QMenu):
                menu.aboutToShow.emit()
            self._settle()

    def _close_dialogs(self) -> None:
        for _ in range(20):
            front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if front is None:
                break
            front.close()
            self._settle()
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog):
                one.close()
        self._settle()


def _no_network(*_: object, **__: object) -> None:
    """What every look-up of a name comes to: a walk asks nobody beyond this machine."""
    raise socket.gaierror(socket.EAI_NONAME, "a walk has no network")


def _end_after(seconds: float) -> None:
    """End the process, with what its threads do, after so long of the processor; 0 takes it back.

    Windows has no such clock: there a step that hangs is waited for.
    """
    if sys.platform != "win32":
        faulthandler.register(signal.SIGPROF, chain=True)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def random_steps(seed: int, most: int, seconds: float = float("inf")) -> Iterator[Step]:
    """Steps by chance: the same for the same seed."""
    chance, until = random.Random(seed), time.monotonic() + seconds
    for _ in range(most):
        if time.monotonic() > until:
            return
        yield random_step(chance)


def walk(steps: Iterable[Step], begin: Callable[[Step], None]) -> Walked:
    """Walk through the program in this process, which has no other application.

    Args:
        begin: hears of each step before it is taken, which may end the process.
    """
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        for name in ("settings", "state", "documents", "log", "prices"):
            (folder / name).mkdir()
            setattr(paths, f"{name}_dir", lambda name=name: folder / name)
        paths.pricing_dir = lambda: PRICES
        files = folder / "files"
        files.mkdir()
        (files / "damaged.mlcost").write_bytes(b'{"schema": 1, "scenario": [')
        faulthandler.enable()
        application = QApplication.instance() or app.make_app()
        assert isinstance(application, QApplication)
        windows = app.make_windows(application)
        window = windows.show_new()
        window.activateWindow()
        QTest.qWaitForWindowExposed(window)
        walker = Walker(windows, files)

        def guarded(step: Step) -> None:
            _end_after(LONGEST_STEP)
            begin(step)

        walked = walker.walk(steps, guarded)
        if not walked.wrong:
            _end_after(LONGEST_END)
            walked = replace(walked, wrong=walker.end())
        _end_after(0.0)
        if walked.wrong:
            for left in list(windows.open_windows):
                left.session.mark_saved(left.session.scenario)
                left.close()
        return walked
