"""Measures the program against named floors, all in one run: a table, and JSON if asked for.

    python benchmarks/run.py [--json FILE] [--quick]

Every time is a median, and a figure and its floor take turns, so that what else the machine
does falls on both. See docs/performance.md.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import IO, Any

import numpy as np
from by_hand import RANGED, ByHand, drawn_by_hand
from numpy.typing import NDArray

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.analysis.flips import flips
from mlflow_cost_desktop.analysis.regions import regions
from mlflow_cost_desktop.analysis.sweep import sweep
from mlflow_cost_desktop.analysis.uncertainty import PERCENTILES, uncertainty
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import drawn, places
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from start import STARTED

Values = NDArray[np.float64]

CASES = 100_000

HERE = Path(__file__).resolve().parent
BARE = "bare pyqtgraph window"
REDRAW = "plain pyqtgraph redraw"
BY_HAND = "numpy by hand"
EDIT_AIM = 0.4
"""How many times a redraw an edit may take."""

LONGER_MS = {"over_time": 10.0, "compare": 20.0}
"""How much longer where 60 months, or six scenarios, are shown instead of the charts of one."""

REGIONS_MS = 600.0
"""Until a scenario is there in all regions, of whose books none was read."""

ONE_BY_ONE = "one total after the other"


@dataclass(frozen=True)
class Effort:
    """How often each thing is measured."""

    starts: int = 11
    rounds: int = 12
    changes: int = 15
    drags: int = 3
    positions: int = 200
    sweeps: int = 15
    books: int = 15


QUICK = Effort(starts=1, rounds=1, changes=3, drags=1, positions=3, sweeps=1, books=1)


@dataclass(frozen=True)
class Figure:
    """Something measured and, where there is one, its floor.

    `aim` is a ratio to the floor, `limit` a figure of its own unit.
    """

    key: str
    title: str
    value: float
    unit: str
    floor: str | None = None
    floor_value: float | None = None
    aim: float | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor it takes."""
        return self.value / self.floor_value if self.floor_value else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; none where there is no aim."""
        if self.limit is not None:
            return self.value <= self.limit
        return None if self.ratio is None or self.aim is None else self.ratio <= self.aim

    def as_json(self) -> dict[str, Any]:
        """The fields, with ratio and whether the aim is met."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


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
    for turn in range(effort.starts + 1):
        for kind in seconds:
            answer = started(kind)
            if turn:
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
            _ms(seconds["program"]),
            "ms",
            BARE,
            _ms(seconds["bare"]),
            aim=1.3,
        ),
        Figure(
            "start_charts",
            "Start to charts painted",
            _ms(charts),
            "ms",
            BARE,
            _ms(seconds["bare"]),
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
                times = _ms(edits), _ms(redraws)
                if kind in LONGER_MS:
                    limit = EDIT_AIM * times[1] + LONGER_MS[kind]
                figures.append(Figure(key, title, times[0], "ms", REDRAW, times[1], aim, limit))
    return figures


def sweeps(effort: Effort) -> Iterator[Figure]:
    """A million points of the estimate against the same written out by hand."""
    samples = paths.resources_dir() / "scenarios"
    scenario = read_scenario(samples / next(iter(app.SAMPLES.values()))).scenario
    book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
    written_out = ByHand.of(scenario, book)
    # Hours reach past the month, gigabytes into the third tier.
    hours, gigabytes = np.linspace(0, 1000, 1_000_000), np.linspace(0, 1e6, 1_000_000)
    for key, title, path, values, by_hand in (
        (
            "sweep_usage_hours",
            "Million usage hours",
            "usage.hours",
            hours,
            written_out.by_usage_hours,
        ),
        (
            "sweep_stored_gb",
            "Million stored GB",
            "artifact_store.stored_gb",
            gigabytes,
            written_out.by_stored_gb,
        ),
    ):
        # The floor must be of the same estimate, or it is none; this also warms up both.
        total = sweep(scenario, book, path, values).total
        if not np.allclose(total, by_hand(values), rtol=1e-12, atol=0):
            raise SystemExit(f"{title}: the estimate by hand is not the program's")
        ours, floor = taking_turns(
            effort.sweeps,
            lambda path=path, values=values: sweep(scenario, book, path, values).total,
            lambda by_hand=by_hand, values=values: by_hand(values),
        )
        yield Figure(key, title, _ms(ours), "ms", BY_HAND, _ms(floor), aim=1.5)


def draws(effort: Effort) -> Figure:
    """All totals of the largest sample with all its numbers drawn, against one after the other."""
    scenario = read_scenario(paths.resources_dir() / "scenarios" / "regulated.mlcost").scenario
    book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
    random = np.random.default_rng(1)
    conventions = ("hours_in_month", "horizon_months", "currency.")
    drawn_values = {
        place.path: place.value * random.uniform(0.8, 1.2, (1, 100_000))
        for place in places(scenario)
        if place.active and place.spec.is_number and place.value is not None
        if not place.path.startswith(conventions)
    }
    scenario = drawn(scenario, drawn_values)

    def in_one_pass() -> list[Value]:
        outcome = estimate(scenario, book)
        totals = outcome.list_cost, outcome.contracted_cost, outcome.effective_cost
        cash = outcome.billed_cost, outcome.first_year_cash
        return [*totals, *cash, *outcome.by_component.values(), outcome.unpriced]

    def one_by_one() -> list[Value]:
        lines = estimate(scenario, book).charges
        return [
            add_up(line.known(line.list_cost) for line in lines),
            add_up(line.known(line.contracted_cost) for line in lines),
            add_up(line.known_cost for line in lines),
            add_up(line.known_cash(1) for line in lines),
            add_up(line.known_within(12.0) for line in lines),
            *(add_up(c.known_cost for c in lines if c.component == name) for name in COMPONENTS),
            add_up(line.is_unpriced for line in lines),
        ]

    for total, expected in zip(in_one_pass(), one_by_one(), strict=True):
        if not np.allclose(total, expected, rtol=1e-9, atol=0):
            raise SystemExit("The totals of draws are not the sums of the lines")
    ours, floor = taking_turns(effort.sweeps, in_one_pass, one_by_one)
    title = "All totals of 100,000 draws"
    return Figure("draws", title, _ms(ours), "ms", ONE_BY_ONE, _ms(floor), aim=0.45)


def cases(effort: Effort) -> Iterator[Figure]:
    """100,000 cases with their percentiles, drawing included, against the same written by hand."""
    samples = paths.resources_dir() / "scenarios"
    for key, title, name in (
        ("cases", "100,000 cases of twelve ranges", "article-2024"),
        ("cases_largest", "100,000 cases of the largest sample", "regulated"),
    ):
        scenario = read_scenario(samples / f"{name}.mlcost").scenario
        book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
        typed = {place.path: place.value for place in numbers_that_count(scenario) if place.value}
        wanted = RANGED if key == "cases" else tuple(typed)
        ranges = tuple(
            Range(path=path, low=0.8 * typed[path], high=1.3 * typed[path]) for path in wanted
        )
        ranged = scenario.model_copy(update={"ranges": ranges})
        spreads = {one.path: (one.low, typed[one.path], one.high) for one in ranges}
        floor = (
            written_out(scenario, book) if key == "cases" else lines_alone(scenario, book, spreads)
        )

        def ours(ranged: Scenario = ranged, book: PriceBook = book) -> Values:
            return np.array(list(uncertainty(ranged, book, count=CASES).percentiles.values()))

        def by_hand(
            floor: Callable[[Any], Values] = floor, spreads: Any = spreads, seed: int = ranged.seed
        ) -> Values:
            cost = floor(drawn_by_hand(seed, spreads, CASES))
            return np.percentile(cost, PERCENTILES, method="hazen")

        if key == "cases" and not np.allclose(ours(), by_hand(), rtol=1e-9, atol=0):
            raise SystemExit(f"{title}: the estimate by hand is not the program's")
        times, floors = taking_turns(effort.sweeps, ours, by_hand)
        yield Figure(key, title, _ms(times), "ms", BY_HAND, _ms(floors), aim=4.0)


def written_out(scenario: Scenario, book: PriceBook) -> Callable[[Any], Values]:
    """The article's estimate of twelve inputs, line by line."""
    return ByHand.of(scenario, book).by_draws


def lines_alone(scenario: Scenario, book: PriceBook, spreads: Any) -> Callable[[Any], Values]:
    """Of any scenario, each line's quantity in all cases times its price, with nothing around it.

    Quantities are worked out before the clock runs: less than this nobody can do.
    """
    values = drawn_by_hand(1, spreads, CASES)
    drawn_scenario = drawn(scenario, {path: of[np.newaxis] for path, of in values.items()})
    lines = [
        (np.asarray(charge.pricing_quantity), np.asarray(charge.list_unit_price))
        for charge in estimate(drawn_scenario, book).charges
    ]

    def cost(_: Any) -> Values:
        total = np.zeros((1, CASES))
        for quantity, price in lines:
            total = total + quantity * price
        return total[0]

    return cost


def turns(effort: Effort) -> Figure:
    """All values at which the verdict against a plan turns, in the slowest of the samples."""
    plan = next(
        p for p in read_plans(paths.pricing_dir() / "managed") if p.id == "sagemaker_small"
    )  # fmt: skip
    slowest = 0.0
    for name in ("article-2024", "regulated", "large", "hobby"):
        scenario = read_scenario(paths.resources_dir() / "scenarios" / f"{name}.mlcost").scenario
        book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
        seconds: list[float] = []
        for _ in range(effort.sweeps):
            start = perf_counter()
            _ = flips(scenario, book, plan).groups
            seconds.append(perf_counter() - start)
        slowest = max(slowest, _ms(seconds))
    return Figure("flips", "All flips of a sample, groups too", slowest, "ms", limit=300.0)


def books(effort: Effort) -> list[Figure]:
    """Reading a region's price book, as at the start and as when another region is chosen."""
    first: list[float] = []
    other: list[float] = []
    for _ in range(effort.books):
        shelf = Shelf(paths.pricing_dir() / "aws")
        start = perf_counter()
        shelf.book("us-east-1")
        between = perf_counter()
        shelf.book("eu-west-1")  # regions, machines and rules are known by now
        other.append(perf_counter() - between)
        first.append(between - start)
    return [
        Figure("first_book", "Region book at the start", _ms(first), "ms"),
        Figure("other_book", "Region book when chosen", _ms(other), "ms"),
        every_region(effort),
    ]


def every_region(effort: Effort) -> Figure:
    """A scenario in each region, whose books are read for it."""
    samples = paths.resources_dir() / "scenarios"
    scenario = read_scenario(samples / next(iter(app.SAMPLES.values()))).scenario
    taken: list[float] = []
    for _ in range(min(effort.books, 5)):
        shelf = Shelf(paths.pricing_dir() / "aws")
        start = perf_counter()
        own = estimate(scenario, shelf.book(scenario.region_id))
        regions(scenario, own, shelf)
        taken.append(perf_counter() - start)
    count = len(Shelf(paths.pricing_dir() / "aws").regions)
    title = f"A scenario in {count} regions, books unread"
    return Figure("regions", title, _ms(taken), "ms", limit=REGIONS_MS)


# How it is measured


def taking_turns(
    times: int, first: Callable[[], object], second: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Seconds of two things that are done alternately."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for work, found in zip((first, second), seconds, strict=True):
            start = perf_counter()
            work()
            found.append(perf_counter() - start)
    return seconds


def started(kind: str) -> dict[str, Any]:
    """What a fresh process says about its window; see start.py."""
    environment = {**child_environment(), STARTED: repr(perf_counter())}
    done = subprocess.run(
        [sys.executable, str(HERE / "start.py"), kind],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


class Child:
    """A process that answers each line with a line of JSON; see repaint.py."""

    def __init__(self, script: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / script), *arguments],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.first = self._answer()

    def ask(self, line: str) -> Any:
        """Send a line, wait for what it is answered with."""
        print(line, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        line = _pipe(self._process.stdout).readline()
        if not line:
            raise SystemExit(f"A window ended early, with status {self._process.wait()}")
        return json.loads(line)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        _pipe(self._process.stdin).close()
        status = self._process.wait()
        if status:
            raise SystemExit(f"A window ended with status {status}")


def child_environment() -> dict[str, str]:
    """The environment of the windows: without a screen they are painted in memory."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users' starts are from byte code
    # Nothing is read or left in the user's own folders, recovery copies least of all.
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        environment[variable] = own_folder()
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if platform.system() == "Linux" and not has_screen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    if environment.get("QT_QPA_PLATFORM") == "offscreen":
        # It has no window manager to pass size hints to, and says so each time.
        environment.setdefault("QT_LOGGING_RULES", "default.warning=false")
    return environment


@cache
def own_folder() -> str:
    """An empty folder for settings and state, which goes with this process."""
    folder = tempfile.TemporaryDirectory(prefix="mlflow-cost-benchmark-")
    atexit.register(folder.cleanup)
    return folder.name


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _ms(seconds: Sequence[float]) -> float:
    return median(seconds) * 1000


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


# How it is shown


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
