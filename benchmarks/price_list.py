"""Measures reading AWS's price list against a bare scan by `csv.reader`, all in one run.

    PYTHONPATH=. python benchmarks/price_list.py [--quick]

Files of the genuine columns are generated: one of EC2 of 300 MB, and all of a region, about 500 MB,
handed out by a server on the loopback address. Figure and floor take turns. See
docs/performance.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.request import ProxyHandler, build_opener

from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.aws.offer_file import read_offer
from mlflow_cost_desktop.prices.aws.price_list import PLANS, AwsPriceList
from mlflow_cost_desktop.prices.network import Server
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.prices.update import gather
from tests.shared.loopback import serving
from tests.shared.price_list import offer_path, write_list

REGION = "us-east-1"
MB = 1_000_000
SPEED_AIM, MEMORY_AIM, UPDATE_AIM = 0.8, 60.0, 3.0

DECOYS = (
    ("Linux", "Windows"),
    ("Linux", "SUSE"),
    ("Linux", "RHEL"),
    ("BoxUsage", "DedicatedUsage"),
    ("BoxUsage", "UnusedBox"),
)
"""What a row of use becomes to be of none, as most rows of the genuine file are."""


def main() -> int:
    """Generate, measure, print; the status is 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description="Measure reading AWS's price list.")
    parser.add_argument("--quick", action="store_true", help="small files: whether it runs at all")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.memory_of:
        print(json.dumps(memory_of(arguments.memory_of)))
        return 0
    scale, rounds = (0.01, 1) if arguments.quick else (1.0, 3)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_list(root, [Shelf(pricing_dir() / "aws").book(REGION)])
        files = {"AmazonEC2": 300, PLANS: 140, "AmazonRDS": 60}
        for service, size in files.items():
            swell(root / offer_path(service, REGION), round(size * MB * scale))
        figures = [
            speed(root / offer_path("AmazonEC2", REGION), rounds),
            memory(root / offer_path("AmazonEC2", REGION)),
            update(root, rounds),
        ]
    for title, value, unit, aim, is_met in figures:
        print(f"{title:<58} {value:>8.2f} {unit:<4} aim {aim:<8} {'met' if is_met else 'MISSED'}")
    return 0 if arguments.quick or all(figure[-1] for figure in figures) else 1


Figure = tuple[str, float, str, str, bool]


def speed(path: Path, rounds: int) -> Figure:
    """How fast a file of EC2 is read, in parts of the speed of a bare scan."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        bare.append(seconds(lambda: scan(path)))
        ours.append(seconds(lambda: read_offer(path, "AmazonEC2", REGION, lambda _: None)))
    ratio = median(bare) / median(ours)
    mb = path.stat().st_size / MB
    title = f"{mb:.0f} MB of EC2 read ({mb / median(ours):.0f} MB/s), speed of a scan"
    return title, ratio, "×", f"≥ {SPEED_AIM}", ratio >= SPEED_AIM


def memory(path: Path) -> Figure:
    """What reading it takes beyond the program's own memory, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--memory-of", str(path)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    before, after = json.loads(done.stdout)
    mib = (after - before) / 2**20
    return "Memory beyond the program's own", mib, "MiB", f"< {MEMORY_AIM}", mib < MEMORY_AIM


def memory_of(path: Path) -> tuple[int, int]:
    """The memory of this process before reading a file, and the most while it did; bytes."""
    Shelf(pricing_dir() / "aws").book(REGION)
    before, _ = used()
    read_offer(path, "AmazonEC2", REGION, lambda _: None)
    return before, used()[1]


def used() -> tuple[int, int]:
    """The memory of this process now, and the most that it ever had; bytes."""
    # Not by `getrusage`, which counts what the parent had when this process was made.
    status = Path("/proc/self/status")
    if not status.exists():
        raise SystemExit("Only Linux tells the memory of a process so that it can be compared.")
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    now, most = (int(lines[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def update(root: Path, rounds: int) -> Figure:
    """A region's full update against reading its bytes from the server and scanning them."""
    os.environ["no_proxy"] = "127.0.0.1"
    ours: list[float] = []
    bare: list[float] = []
    files = sorted(root.rglob("*.csv"))
    size = sum(path.stat().st_size for path in files) / MB
    with serving(root) as loopback, tempfile.TemporaryDirectory() as folder:
        opener = build_opener(ProxyHandler({}))

        def floor() -> None:
            for path in files:
                url = f"{loopback.address}/{path.relative_to(root).as_posix()}"
                with opener.open(url) as answer:
                    while answer.read(1 << 18):
                        pass
                scan(path)

        def whole() -> None:
            origin = Server(loopback.address, Path(folder))
            gather(AwsPriceList(), origin, [REGION], date(2026, 11, 28), lambda _: None)

        for _ in range(rounds):
            bare.append(seconds(floor))
            ours.append(seconds(whole))
    ratio = median(ours) / median(bare)
    title = f"{size:.0f} MB of a region updated ({median(ours):.1f} s), times the floor"
    return title, ratio, "×", f"≤ {UPDATE_AIM}", ratio <= UPDATE_AIM


def scan(path: Path) -> None:
    """A bare scan: every field taken apart, and nothing done with it."""
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def swell(path: Path, size: int) -> None:
    """Fill a file up with rows that are of no use, until it has about so many bytes."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = lines[6:]
    decoys: list[str] = []
    for row in rows[:4000]:
        for before, after in DECOYS:
            if before in row:
                decoys.append(row.replace(before, after))
    if not decoys:  # of RDS: another engine
        engines = ("Aurora MySQL", "Aurora PostgreSQL", "MySQL", "PostgreSQL", "MariaDB")
        for row in rows:
            for engine in engines:
                row = row.replace(f'"{engine}"', '"Oracle"')
            decoys.append(row)
    block = "".join(decoys)
    left = size - path.stat().st_size
    with path.open("a", encoding="utf-8", newline="") as file:
        while left > 0:
            file.write(block)
            left -= len(block)


if __name__ == "__main__":
    sys.exit(main())
