"""The benchmarks run and say all that they should; what they say depends on the machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_a_quick_run_measures_everything(checkout: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    script = checkout / "benchmarks" / "run.py"
    done = subprocess.run(
        [sys.executable, str(script), "--quick", "--json", str(file)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(file.read_text(encoding="utf-8"))
    assert {"python", "qt", "pyqtgraph", "numpy"} <= answer["versions"].keys()
    assert {"system", "machine", "cores"} <= answer["machine"].keys()
    figures = {figure["key"]: figure for figure in answer["figures"]}
    aims = {key: figure["aim"] for key, figure in figures.items() if figure["aim"]}
    assert aims == {
        "start": 1.3,
        "start_charts": 1.6,
        "peak_memory": 1.25,
        "drag": 0.35,
        "edit_usage_hours": 0.4,
        "edit_stored_gb": 0.4,
        "sweep_usage_hours": 1.5,
        "sweep_stored_gb": 1.5,
        "draws": 0.45,
        "cases": 4.0,
        "cases_largest": 4.0,
    }
    assert figures["region_switch"]["limit"] == 100.0
    assert figures["flips"]["limit"] == 300.0
    months = figures["edit_over_time"]
    assert months["limit"] == pytest.approx(0.4 * months["floor_value"] + 10.0)
    six = figures["edit_compare"]
    assert six["limit"] == pytest.approx(0.4 * six["floor_value"] + 20.0)
    assert figures["regions"]["limit"] == 600.0
    assert {"first_book", "other_book"} <= figures.keys()
    for figure in figures.values():
        assert figure["value"] > 0
        if figure["floor"]:
            assert figure["ratio"] > 0
            assert figure["title"] in done.stdout


def test_a_quick_run_searches_for_the_cheapest(checkout: Path) -> None:
    script = checkout / "benchmarks" / "alternatives.py"
    done = subprocess.run(
        [sys.executable, str(script), "--quick"],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    one, several, _ = done.stdout.splitlines()
    assert "One region" in one and "aim ≤ 1 s" in one
    assert "regions" in several and "aim ≤ 4 s" in several


def test_a_quick_run_reads_a_price_list(checkout: Path) -> None:
    script = checkout / "benchmarks" / "price_list.py"
    done = subprocess.run(
        [sys.executable, str(script), "--quick"],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    read, memory, updated = done.stdout.splitlines()
    assert " MB of EC2 read" in read and "aim ≥ 0.8" in read
    assert "aim < 60" in memory and "of a region updated" in updated


def test_a_start_by_hand_needs_no_clock_of_a_parent(checkout: Path) -> None:
    script = checkout / "benchmarks" / "start.py"
    done = subprocess.run(
        [sys.executable, str(script), "program"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["charts_seconds"] > 0
