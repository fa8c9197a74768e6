"""A short walk through the window, and whether a walk finds what is wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.charts.plot import PlotView
from mlflow_cost_desktop.gui.dialogs.price_update import PriceUpdateDialog
from mlflow_cost_desktop.gui.toolkit.search_box import SearchBox
from mlflow_cost_desktop.gui.window.windows import Windows
from tests.gui import conftest
from tests.walker.shrinking import shortest
from tests.walker.steps import TEXTS, Step, keys_of
from tests.walker.walk import Walked, Walker, random_steps
from tests.walker.watch import children, is_at_rest, pictures_left

T = TypeVar("T")

# The program's windows at the prices of the tests, as the tests of the window have them.
windows = conftest.windows
_fixed_prices = conftest._fixed_prices
_english_figures = conftest._english_figures

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _to(wanted: T, among: Sequence[T]) -> float:
    """The fraction at which something is chosen."""
    return (among.index(wanted) + 0.5) / len(among)


def _walked(windows: Windows, folder: Path, steps: Iterator[Step]) -> Walked:
    folder.mkdir()
    windows.open_windows[-1].activateWindow()
    return Walker(windows, folder).walk(steps, lambda _: None)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_wrong_along_a_short_walk(windows: Windows, tmp_path: Path, seed: int) -> None:
    walked = _walked(windows, tmp_path / "files", random_steps(seed, 40))
    way = "\n".join(walked.words)
    shorter = f"The shortest way: python -m tests.walker --seed {seed} --steps 40"
    assert not walked.wrong, f"{way}\n{walked.wrong}\n{shorter}"


def _search(windows: Windows, let_go: bool) -> Iterator[Step]:
    keys = keys_of(windows.open_windows[0])
    yield Step("key", _to("Ctrl+F", keys), 0.0, 0.0)
    if let_go:  # as PySide once did, which took the action for a part of what had gone
        (box,) = windows.open_windows[0].findChildren(SearchBox)
        shiboken6.invalidate(box.cross)
    yield Step("write", 0.0, _to("abc", TEXTS), 0.0)


@pytest.mark.parametrize("let_go", [False, True])
def test_a_walk_finds_an_action_that_is_deleted_too_early(
    windows: Windows, tmp_path: Path, let_go: bool
) -> None:
    walked = _walked(windows, tmp_path / "files", _search(windows, let_go))
    assert ("already deleted" in walked.wrong) is let_go, walked.wrong
    assert bool(walked.wrong) is let_go, walked.wrong


def test_a_walk_asks_nobody_beyond_this_machine(windows: Windows, tmp_path: Path) -> None:
    window = windows.open_windows[0]
    told: list[str] = []

    def steps() -> Iterator[Step]:
        yield Step("wait", 0.0, 0.0, 0.0)
        window.update_prices_action.trigger()
        (dialog,) = window.findChildren(PriceUpdateDialog)
        dialog.fetch.click()
        while not dialog.fetch.isEnabled():
            QTest.qWait(10)
        told.append(dialog.problem.text())
        dialog.close()
        yield Step("wait", 0.0, 0.0, 0.0)

    walked = _walked(windows, tmp_path / "files", steps())
    assert not walked.wrong, walked.wrong
    assert "there is no network" in told[0]


def test_what_comes_once_is_told_from_what_gathers(windows: Windows, qtbot: QtBot) -> None:
    window = windows.open_windows[0]
    qtbot.waitUntil(lambda: is_at_rest(window))
    before = children(window)
    header = window.lines.table.header()
    QLabel(header.viewport())  # as Qt has one where a column was dragged
    assert children(window) == before
    canvas = window.usage_chart.canvas
    assert not pictures_left(window)
    PlotView(canvas, canvas.look, 1.0)
    assert pictures_left(window)
    QLabel(window.lines)
    assert children(window) - before == Counter({"QLabel": 1})


@pytest.mark.skipif(sys.platform == "win32", reason="it has no clock of the processor")
def test_a_step_ends_by_the_processor_s_clock_and_says_where_it_hung() -> None:
    hang = (
        "from tests.walker.walk import _end_after\n"
        "import time\n"
        "_end_after(0.2)\n"
        "time.sleep(1)  # of another program's time: no fault of the step\n"
        "print('slept', flush=True)\n"
        "def hang():\n"
        "    while True: pass\n"
        "hang()\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", hang],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert answer.returncode == -signal.SIGPROF, answer.stderr
    assert answer.stdout == "slept\n"
    assert "in hang" in answer.stderr


def test_the_shortest_way_is_found() -> None:
    tried: list[Sequence[Step]] = []
    steps = [Step("key", at / 100, 0.0, 0.0) for at in range(60)]

    def happens(way: Sequence[Step]) -> bool:
        tried.append(way)
        return steps[7] in way and steps[41] in way and way.index(steps[7]) < way.index(steps[41])

    assert list(shortest(steps, happens, most=200)) == [steps[7], steps[41]]
    assert len(tried) <= 200
    assert len(shortest(steps, happens, most=4)) == 45, "the best after so many tries"
