"""Walk by hand: `python -m tests.walker --seed 7 --minutes 3`, or several seeds one after another.

Each seed walks in a process of its own. Where something is wrong, its seed, what it is and the
shortest way to it are printed, and the way is kept in a file that `--replay` takes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.walker.shrinking import shortest
from tests.walker.steps import Step
from tests.walker.walk import Walked, random_steps, walk

MOST_STEPS = 1_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Walk, or replay a way; 1 where something was wrong."""
    asked = parser().parse_args(argv)
    if asked.replay:
        return _tell(walk(_read(asked.replay), _note if asked.json else _pass), asked.json)
    if asked.json:
        steps = random_steps(asked.seed, asked.steps, asked.minutes * 60)
        return _tell(walk(steps, _note), True)
    found = 0
    for seed in range(asked.seed, asked.seed + asked.seeds):
        begun = time.monotonic()
        walked = _in_a_process(
            ["--seed", seed, "--steps", asked.steps, "--minutes", asked.minutes, "--json"]
        )
        spent = time.monotonic() - begun
        print(f"seed {seed}: {len(walked.steps)} steps in {spent:.0f} s", flush=True)
        if walked.wrong:
            found += 1
            _tell_shortest(seed, walked, asked.keep, asked.tries)
    return 1 if found else 0


def parser() -> argparse.ArgumentParser:
    """What may be typed."""
    parser = argparse.ArgumentParser(prog="python -m tests.walker", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first")
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    parser.add_argument("--steps", type=int, default=MOST_STEPS, help="of each seed, at most")
    parser.add_argument("--minutes", type=float, default=1.0, help="of each seed, at most")
    parser.add_argument("--replay", type=Path, help="a file with steps")
    parser.add_argument("--tries", type=int, default=80, help="of a shorter way, at most")
    parser.add_argument("--keep", type=Path, default=Path(), help="the folder for files of steps")
    parser.add_argument("--json", action="store_true", help="walk here, and print what happened")
    return parser


def _note(step: Step) -> None:
    print(json.dumps(dataclasses.astuple(step)), flush=True)


def _pass(_: Step) -> None:
    pass


def _tell(walked: Walked, as_json: bool) -> int:
    if as_json:
        print(json.dumps(dataclasses.asdict(walked)), flush=True)
    else:
        print("\n".join((*walked.words, walked.wrong or "Nothing was wrong.")), flush=True)
    # Not by the interpreter's way out: Qt has nothing left that is worth to be ended in order.
    sys.stdout.flush()
    os._exit(1 if walked.wrong else 0)


def _tell_shortest(seed: int, walked: Walked, folder: Path, tries: int) -> None:
    print(f"seed {seed}: {walked.wrong}", flush=True)
    kept = folder / f"walk-{seed}.json"

    def happens(steps: Sequence[Step]) -> bool:
        again = _in_a_process(["--replay", _kept(kept, steps), "--json"])
        return again.kind == walked.kind

    steps = shortest(walked.steps, happens, tries)
    again = _in_a_process(["--replay", _kept(kept, steps), "--json"])
    ways = "\n".join(f"  {words}" for words in (again.words or walked.words))
    print(f"The shortest way, in {kept}:\n{ways}\n{again.wrong or '(not every time)'}", flush=True)


def _kept(path: Path, steps: Sequence[Step]) -> Path:
    path.write_text(json.dumps([dataclasses.astuple(step) for step in steps]), encoding="utf-8")
    return path


def _read(path: Path) -> list[Step]:
    return [Step(*one) for one in json.loads(path.read_text(encoding="utf-8"))]


def _in_a_process(arguments: Sequence[object]) -> Walked:
    command = [sys.executable, "-m", "tests.walker", *map(str, arguments)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    if told and isinstance(told[-1], dict):
        steps = tuple(Step(**one) for one in told[-1]["steps"])
        return Walked(steps, tuple(told[-1]["words"]), told[-1]["wrong"])
    steps = tuple(Step(*one) for one in told)
    words = tuple(f"{step}" for step in steps)
    return Walked(steps, words, f"{answer.stderr[-3000:]}\nthe process ended: {answer.returncode}")


if __name__ == "__main__":
    sys.exit(main())
