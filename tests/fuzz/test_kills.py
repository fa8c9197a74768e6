"""A process that is killed while it saves leaves the old file or the new one, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = int(os.environ.get("MLFLOW_COST_KILLS", "100"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")
def test_kills_at_random_moments_lose_nothing() -> None:
    script = Path(__file__).with_name("kills.py")
    answer = subprocess.run(
        [sys.executable, str(script), str(ROUNDS)], check=False, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    counts = json.loads(answer.stdout)
    assert counts["small"] + counts["large"] == counts["rounds"] == ROUNDS
    assert (counts["lost"], counts["copies lost"]) == (0, 0)
    assert counts["interrupted"] > 0, "no kill came in the middle of a save"
    assert counts["small"] and counts["large"] and counts["copies"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")
def test_kills_in_the_middle_of_an_update_leave_prices_whole() -> None:
    script, rounds = Path(__file__).with_name("update_kills.py"), ROUNDS // 10
    answer = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.update_kills", str(rounds)],
        check=False, capture_output=True, text=True, cwd=script.parents[2],
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr + answer.stdout
    counts = json.loads(answer.stdout)
    assert counts["bundled"] + counts["first"] + counts["second"] == counts["rounds"] == rounds
