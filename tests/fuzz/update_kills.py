"""Kills real processes in the middle of updating prices, and looks at what they leave.

    python tests/fuzz/update_kills.py [ROUNDS] [SEED]

A process serves two price lists. Each round forks another, which fetches one of the two after the
other on the command line, without end, and is killed after a random moment. The prices that apply
must then be those of before or of one of the lists, whole. Needs a system with `fork` (not
Windows).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

from mlflow_cost_desktop.cli import arguments, price_update
from mlflow_cost_desktop.cli.main import main as command
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.loopback import serving
from tests.shared.price_list import write_list
from tests.support import PRICES

REGION = "us-east-1"
M5, DATABASE = "ec2/m5.large/on_demand", "rds/mysql/db.m5.large/single_az/on_demand"
LISTS = {
    "first": (Decimal("0.106"), Decimal("0.181")),
    "second": (Decimal("0.116"), Decimal("0.191")),
}
"""Two prices of services that stand in files of their own: both are old, or both are new."""


def main() -> int:
    """Run the rounds and print the counts; 1 where prices were lost or half."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        counts = kill(Path(folder), rounds, random.Random(seed))
    print(json.dumps(counts))
    return 1 if counts["lost"] else 0


def kill(folder: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    """What applied after each kill.

    `bundled`, `first` and `second` count the prices that applied, `lost` those that were none of
    them or fewer than before; `on the way` the kills that left a part of a file, `half written`
    those that left a book that was not taken over yet.
    """
    _use(folder)
    os.environ["no_proxy"] = "127.0.0.1"
    server, addresses = _serve(folder)
    try:
        _use(folder / "trial")
        _update(addresses[0])
        begun = time.perf_counter()
        _update(addresses[1])
        longest = time.perf_counter() - begun
        _use(folder)
        counts: Counter[str] = Counter(rounds=rounds)
        had_fetched = False
        for _ in range(rounds):
            order = addresses if chance.random() < 0.5 else addresses[::-1]
            child = os.fork()
            if child == 0:
                _update_without_end(order)
            time.sleep(chance.uniform(0.0, longest))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            found = _applying(folder)
            is_lost = found == "bundled" and had_fetched
            had_fetched = had_fetched or found in LISTS
            counts["lost" if is_lost else found] += 1
            counts["on the way"] += any((folder / "downloads").glob("*.part"))
            counts["half written"] += any((folder / "fetched").glob("*/.new-*"))
        for address in addresses:  # whoever comes next is held up by nothing
            _update(address)
        if _applying(folder) != "second":
            counts["lost"] += 1
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
    names = ("rounds", "bundled", "first", "second", "lost", "on the way", "half written")
    return {name: counts[name] for name in names}


def _use(folder: Path) -> None:
    """Make the command line read the small price book, and keep all of its own in a folder."""
    arguments.pricing_dir = lambda: PRICES
    arguments.prices_dir = lambda: folder / "fetched"
    for name in ("downloads", "settings", "state"):
        setattr(price_update, f"{name}_dir", lambda name=name: folder / name)


def _serve(folder: Path) -> tuple[int, list[str]]:
    """A process that serves both lists, until it is killed, and their addresses."""
    book = Shelf(PRICES / "aws").book(REGION)
    for name, (machine, database) in LISTS.items():
        new = {M5: machine, DATABASE: database}
        write_list(folder / "lists" / name, [book], lambda key, usd, new=new: new.get(key, usd))
    reads, writes = os.pipe()
    server = os.fork()
    if server == 0:
        with serving(folder / "lists") as loopback:
            os.write(writes, loopback.address.encode())
            while True:
                time.sleep(60)
    os.close(writes)
    address = os.read(reads, 100).decode()
    os.close(reads)
    return server, [f"{address}/{name}" for name in LISTS]


def _update(address: str) -> None:
    words = ["prices", "update", "--from", address, "--region", REGION]
    with contextlib.redirect_stdout(io.StringIO()):
        status = command(words)
    if status:
        raise RuntimeError(f"the update from {address} failed")


def _update_without_end(addresses: list[str]) -> None:
    try:
        while True:
            for address in addresses:
                _update(address)
    finally:
        os._exit(1)


def _applying(folder: Path) -> str:
    """Which prices apply, or `lost`; every book that is there must be whole."""
    shelf = Shelf(PRICES / "aws", fetched=folder / "fetched")
    assert shelf.editions is not None
    book, bundled = shelf.book(REGION), Shelf(PRICES / "aws").book(REGION)
    try:
        books = [shelf.fetched_book(REGION, one) for one in shelf.editions.of(REGION)]
    except UserError:
        return "lost"
    if any({price.sku_id for price in one} != {price.sku_id for price in bundled} for one in books):
        return "lost"
    pair = tuple(Decimal(str(book.price(*key.split("/")).usd)) for key in (M5, DATABASE))
    if not books:
        return "bundled"
    return next((name for name, prices in LISTS.items() if prices == pair), "lost")


if __name__ == "__main__":
    sys.exit(main())
