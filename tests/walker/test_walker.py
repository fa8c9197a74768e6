"""A short walk through the window, and whether a walk finds what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.walker.shrinking import shortest
from tests.walker.steps import Step

ROOT = Path(__file__).parent.parent.parent

FAULT = """
import sys
from mlflow_cost_desktop.gui.toolkit.tab_order import reach_after
from mlflow_cost_desktop.gui.window import main_window
from PySide6.QtCore import Qt
from tests.walker.__main__ import main

def come_last(part):
    inside = []
    before = window = part.window()
    widget = window.nextInFocusChain()
    while widget and widget is not window:
        if not part.isAncestorOf(widget):
            before = widget
        elif widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            inside.append(widget)
        widget = widget.nextInFocusChain()
    reach_after(before, inside)

main_window.come_last = come_last
main(sys.argv[1:])
"""
"""As it once was: PySide took each widget for a child of the one before it, and lost its action."""


def _walk(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_nothing_is_wrong_along_a_short_walk(seed: str, tmp_path: Path) -> None:
    # By hand for longer: see docs/development.md.
    bounds = ("--steps", "60", "--minutes", "1", "--tries", "8")
    arguments = ("--seed", seed, *bounds, "--keep", str(tmp_path))
    walked = _walk("-m", "tests.walker", *arguments)
    assert walked.returncode == 0, f"{walked.stdout}\n{walked.stderr}"


def test_a_walk_finds_an_action_that_is_deleted_too_early() -> None:
    for seed in range(1, 9):
        walked = _walk("-c", FAULT, "--seed", str(seed), "--steps", "150", "--json")
        told = json.loads(walked.stdout.splitlines()[-1])
        if "QAction" in told["wrong"] and "already deleted" in told["wrong"]:
            return
    raise AssertionError("the fault was put back, and no walk came upon it")


def test_the_shortest_way_is_found() -> None:
    tried: list[Sequence[Step]] = []
    steps = [Step("key", at / 100, 0.0, 0.0) for at in range(60)]

    def happens(way: Sequence[Step]) -> bool:
        tried.append(way)
        return steps[7] in way and steps[41] in way and way.index(steps[7]) < way.index(steps[41])

    assert list(shortest(steps, happens, most=200)) == [steps[7], steps[41]]
    assert len(tried) <= 200
    assert len(shortest(steps, happens, most=3)) < len(steps)
