"""Work in another thread leaves what lives in the window's thread to that one."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QThread, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.toolkit.background import Job, end_background


class Ring(QObject):
    """Refers to itself, so that only a collection lets it go; notes in which thread."""

    def __init__(self, threads: list[bool]) -> None:
        super().__init__()
        self.itself = self
        note_end(self, threads)


def note_end(one: QObject, threads: list[bool]) -> None:
    """Note whether an object goes in the thread of the window."""
    here = threading.get_ident()
    weakref.finalize(one, lambda: threads.append(threading.get_ident() == here))


def test_garbage_of_the_window_never_goes_in_another_thread(qtbot: QtBot) -> None:
    threads: list[bool] = []
    gc.collect()
    for _ in range(20):
        Ring(threads)

    def work() -> list[list[int]]:
        return [[number] for number in range(100 * gc.get_threshold()[0])]

    job = Job(work)
    with qtbot.waitSignal(job.done) as told:
        job.start()
    assert told.args and len(told.args[0]) == 100 * gc.get_threshold()[0]
    assert False not in threads, "they went in the thread of the work"
    qtbot.waitUntil(lambda: len(threads) == 20)  # the window's thread looks now and then
    assert False not in threads


def test_a_job_goes_in_the_thread_that_made_it(qapp: QApplication, qtbot: QtBot) -> None:
    threads: list[bool] = []
    results: list[object] = []
    for number in range(200):
        job = Job(lambda number=number: number)
        note_end(job._outcome, threads)
        job.done.connect(results.append)
        job.start()
        del job  # whoever asked has closed its window
        QTest.qWait(0)
    qtbot.waitUntil(lambda: len(results) == 200)
    end_background()
    gc.collect()
    assert sorted(map(int, map(str, results))) == list(range(200))
    assert threads == [True] * 200


def test_what_goes_wrong_is_told_where_it_was_asked(qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("no such thing")

    told: list[tuple[object, bool]] = []
    job = Job(fail)
    here = QThread.currentThread()
    job.failed.connect(lambda error: told.append((error, QThread.currentThread() is here)))
    job.start()
    qtbot.waitUntil(lambda: bool(told))
    QThreadPool.globalInstance().waitForDone()
    ((error, is_here),) = told
    assert isinstance(error, ValueError) and is_here
