"""Measures the program against named floors, all in one run: a table, and JSON if asked for.

    python benchmarks/run.py [--json FILE] [--quick]

Every time is a median, and a figure and its floor take turns, so that what else the machine
does falls on both. See docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
from answers import books, cases, draws, sweeps, turns
from measuring import QUICK, Child, Effort, Figure, milliseconds, started

BARE = "bare pyqtgraph window"
REDRAW = "plain pyqtgraph redraw"
EDIT_AIM = 0.4
"""How many times a redraw an edit may take."""

LONGER_MS = {"over_time": 10.0, "compare": 20.0}
"""How much longer where 60 months, or six scenarios, are shown instead of the charts of one."""


def main() -> int:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description="Measure the program against named floors.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="each once: whether it runs at all")
    arguments = parser.parse_args()
    effort = QUICK if arguments.quick else Effort()
    started, qt = starts(effort)
    answers = [*sweeps(effort), draws(effort), *cases(effort), turns(effort)]
    figures = [*started, *repaints(effort), *answers, *books(effort)]
    machine = {
        "system": platform.system(),
        "machine": platform.machine(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "load_average": list(os.getloadavg()) if hasattr(os, "getloadavg") else None,
    }
    versions = {
        "mlflow_cost_desktop": version("mlflow-cost-desktop"),
        "python": platform.python_version(),
        "qt": qt["qt"],
        "pyside6": version("PySide6-Essentials"),
        "pyqtgraph": version("pyqtgraph"),
        "numpy": np.__version__,
        "pydantic": version("pydantic"),
    }
    print_table(figures)
    print(
        f"\n{machine['cores']} cores, {machine['processor'] or machine['machine']}; "
        f"Python {versions['python']}, Qt {versions['qt']} on {qt['platform']}, "
        f"pyqtgraph {versions['pyqtgraph']}, numpy {versions['numpy']}"
    )
    if arguments.quick:
        print("A quick run: its figures say nothing.")
    if arguments.json:
        answer = {
            "quick": arguments.quick,
            "machine": machine,
            "platform": qt["platform"],
            "versions": versions,
            "figures": [figure.as_json() for figure in figures],
        }
        arguments.json.write_text(json.dumps(answer, indent=2) + "\n", encoding="utf-8")
    return 0


# What is measured


def starts(effort: Effort) -> tuple[list[Figure], dict[str, str]]:
    """From asking for a process to the first paint, and the memory that it took."""
    seconds: dict[str, list[float]] = {"program": [], "bare": []}
    charts: list[float] = []
    peaks: dict[str, list[int]] = {"program": [], "bare": []}
    qt: dict[str, str] = {}
    # The first of each warms the disk cache and writes the byte code.
    for turn in range(effort.warm_ups + effort.starts):
        for kind in seconds:
            answer = started(kind)
            if turn >= effort.warm_ups:
                seconds[kind].append(answer["seconds"])
                if kind == "program":
                    charts.append(answer["charts_seconds"])
                if answer["peak_bytes"]:
                    peaks[kind].append(answer["peak_bytes"])
            qt = {name: answer[name] for name in ("qt", "platform")}
    figures = [
        Figure(
            "start",
            "Start to first paint",
            milliseconds(seconds["program"]),
            "ms",
            BARE,
            milliseconds(seconds["bare"]),
            aim=1.3,
        ),
        Figure(
            "start_charts",
            "Start to charts painted",
            milliseconds(charts),
            "ms",
            BARE,
            milliseconds(seconds["bare"]),
            aim=1.6,
        ),
    ]
    if all(peaks.values()):
        mib = {kind: median(found) / 2**20 for kind, found in peaks.items()}
        figures.append(
            Figure("peak_memory", "Peak memory", mib["program"], "MiB", BARE, mib["bare"], aim=1.25)
        )
    return figures, qt


def repaints(effort: Effort) -> list[Figure]:
    """From a change to everything repainted."""
    kinds = {
        "drag": ("drag", "Drag of the marker, a position", 0.35, None),
        "usage_hours": ("edit_usage_hours", "Edit of usage hours to repainted", EDIT_AIM, None),
        "stored_gb": ("edit_stored_gb", "Edit of stored GB to repainted", EDIT_AIM, None),
        "region": ("region_switch", "Region switch to repainted", None, 100.0),
        "over_time": ("edit_over_time", "Edit to 60 months repainted", None, None),
        "compare": ("edit_compare", "Edit to six scenarios repainted", None, None),
    }
    figures: list[Figure] = []
    with Child("repaint.py", "program") as program:
        sizes = [",".join(map(str, size)) for size in program.first["sizes"]]
        with Child("repaint.py", "floor", *sizes) as floor:
            for kind, (key, title, aim, limit) in kinds.items():
                edits: list[float] = []
                redraws: list[float] = []
                is_drag = kind == "drag"
                changes = effort.positions if is_drag else effort.changes
                for _ in range(effort.drags if is_drag else effort.rounds):
                    edits += program.ask(f"{kind} {changes}")
                    redraws += floor.ask(f"{kind} {changes}")
                times = milliseconds(edits), milliseconds(redraws)
                if kind in LONGER_MS:
                    limit = EDIT_AIM * times[1] + LONGER_MS[kind]
                figures.append(Figure(key, title, times[0], "ms", REDRAW, times[1], aim, limit))
    return figures


# How it is shown


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def print_table(figures: Sequence[Figure]) -> None:
    """One line a figure."""
    rows = [("figure", "measured", "floor", "", "ratio", "aim", "")]
    for figure in figures:
        ratio, aim = figure.ratio, f"≤ {figure.aim:g}" if figure.aim is not None else ""
        if figure.limit is not None:
            aim = f"≤ {figure.limit:.0f} {figure.unit}"
        rows.append(
            (
                figure.title,
                f"{figure.value:.1f} {figure.unit}",
                figure.floor or "",
                f"{figure.floor_value:.1f} {figure.unit}" if figure.floor_value else "",
                f"{ratio:.2f}" if ratio is not None else "",
                aim,
                {True: "met", False: "NOT MET", None: ""}[figure.met],
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if at in NUMBERS else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


NUMBERS = {1, 3, 4, 5}
"""The columns of the table that stand to the right."""


if __name__ == "__main__":
    sys.exit(main())
