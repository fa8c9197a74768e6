"""Measures the frozen program against the same program in a virtual environment, in turns.

    python benchmarks/frozen.py FOLDER [--rounds 11]

FOLDER is what `packaging/make.py frozen` was given: it holds both. Start to first paint is taken
from outside, alike for both: from asking for the process until no sampled pixel of a screen in
memory, as large as the window, is black any more. Needs Xvfb and xwininfo; see
docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
from building.display import Display  # noqa: E402  (found by the line above)

# The frozen program's own, which both can read.
SAMPLE = Path("_internal/mlflow_cost_desktop/resources/scenarios/article-2024.mlcost")
AIMS = {"first paint": 1.2, "estimate": 1.5}
SECONDS = 60


def main() -> int:
    """Measure, print a table; the exit status is 1 where an aim is not met."""
    parser = argparse.ArgumentParser(description="Measure the frozen program.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=11)
    arguments = parser.parse_args()
    frozen = arguments.folder.resolve() / "mlflow-cost"
    environment = arguments.folder.resolve() / "work" / "environment" / "bin"
    met = True
    with tempfile.TemporaryDirectory() as home, Display() as screen:
        for what, measure in (("first paint", first_paint), ("estimate", estimate)):
            taken: dict[Path, list[float]] = {frozen: [], environment: []}
            for number in range(arguments.rounds + 1):
                for folder in taken:
                    seconds = measure(folder, frozen / SAMPLE, home, screen)
                    if number:  # the first of each warms the disk cache
                        taken[folder].append(seconds)
            ours, floor = (1000 * median(times) for times in taken.values())
            met &= ours / floor <= AIMS[what]
            print(
                f"{what:12} frozen {ours:7.1f} ms, environment {floor:7.1f} ms, "
                f"ratio {ours / floor:.2f}, aim ≤ {AIMS[what]}"
            )
    return 0 if met else 1


def estimate(folder: Path, sample: Path, home: str, screen: Display) -> float:
    """Seconds that the command line takes for the article's team."""
    begun = perf_counter()
    subprocess.run(
        [folder / "mlflow-cost", "estimate", sample],
        check=True,
        stdout=subprocess.DEVNULL,
        env=variables(home, screen),
    )
    return perf_counter() - begun


def first_paint(folder: Path, sample: Path, home: str, screen: Display) -> float:
    """Seconds until the window with a file, which covers the screen, is painted all over."""
    begun = perf_counter()
    window = subprocess.Popen(
        [folder / "mlflow-cost-desktop", sample],
        env=variables(home, screen),
        stdin=subprocess.DEVNULL,
    )
    try:
        while not screen.is_covered():
            if perf_counter() - begun > SECONDS or window.poll() is not None:
                sys.exit(f"{folder} shows no window.")
            sleep(0.002)
        seconds = perf_counter() - begun
    finally:
        window.terminate()
        window.wait()
    while screen.is_covered():
        sleep(0.01)
    return seconds


def variables(home: str, screen: Display) -> dict[str, str]:
    """The environment of a new user on that screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return kept | {"HOME": home, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}


if __name__ == "__main__":
    sys.exit(main())
