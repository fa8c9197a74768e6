"""Kills real processes in the middle of saving, and looks at what they leave.

    python tests/fuzz/kills.py [ROUNDS] [SEED]

Each round forks a process that saves one of two scenarios after the other to one file, without
end, and kills it after a random moment. The file must then be one of the two, whole. Needs a
system with `fork` (not Windows).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.recovery import Origin, RecoveryCopy, abandoned
from mlflow_cost_desktop.files.scenario_file import as_bytes
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.model.scenario import Scenario

FIGURES = SavedFigures(price_dates=None, effective_cost=0.0)
SMALL = Scenario(name="small")
LARGE = Scenario(
    name="large",
    own_lines=tuple(OwnLine(id=f"l{number}", name="n" * 80) for number in range(200)),
)
DATA = tuple(as_bytes(scenario, FIGURES) for scenario in (SMALL, LARGE))
"""What is saved, made once, so that a process spends its time in writing."""
SAVES = 4
"""As many pairs of saves take place before the latest kill: every moment of one is hit."""


def main() -> int:
    """Run the rounds and print the counts; 1 where a file was lost."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        counts = kill(Path(folder), rounds, random.Random(seed))
    print(json.dumps(counts))
    return 1 if counts["lost"] or counts["copies lost"] else 0


def kill(folder: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    """What was found after each kill.

    `small` and `large` count the file that was there, whole; `interrupted` those kills that
    came in the middle of a save, as the unfinished file beside it shows; `copies` the recovery
    copies that were found and read.
    """
    path = folder / "budget.mlcost"
    whole = {DATA[0]: "small", DATA[1]: "large"}
    begun = time.perf_counter()
    for _ in range(SAVES):
        _save(path, RecoveryCopy(folder / "begin"), 0)
    longest = time.perf_counter() - begun
    counts: Counter[str] = Counter(rounds=rounds)
    for _ in range(rounds):
        order = (0, 1) if chance.random() < 0.5 else (1, 0)
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            _save_without_end(path, folder / "recovery", order, writes)
        os.read(reads, 1)  # it has begun
        os.close(reads)
        os.close(writes)
        time.sleep(chance.uniform(0.0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        counts[whole.get(path.read_bytes(), "lost")] += 1
        for left in folder.glob(".*.tmp"):
            counts["interrupted"] += 1
            left.unlink()
        for copy in abandoned(folder / "recovery"):
            is_whole = copy.read().scenario in (SMALL, LARGE) and copy.origin.path in (None, path)
            counts["copies" if is_whole else "copies lost"] += 1
            copy.discard()
    names = ("rounds", "small", "large", "lost", "interrupted", "copies", "copies lost")
    return {name: counts[name] for name in names}


def _save_without_end(path: Path, recovery: Path, order: tuple[int, ...], writes: int) -> None:
    try:
        copy = RecoveryCopy(recovery)
        os.write(writes, b"!")
        while True:
            for which in order:
                _save(path, copy, which)
    finally:
        os._exit(1)


def _save(path: Path, copy: RecoveryCopy, which: int) -> None:
    if which == 0:
        copy.write(SMALL, FIGURES, Origin(path, "digest"))
    write_atomically(path, DATA[which])


if __name__ == "__main__":
    sys.exit(main())
