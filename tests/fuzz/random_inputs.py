"""Anything at random to everything that reads: files, numbers, the command line.

    python -m tests.fuzz.random_inputs [INPUTS] [SEED]

Needs nothing that is not installed for the tests. Each input is read, or answered with one clear
sentence; whatever else comes out of it ends the run with what was put in. Prints the counts.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlflow_cost_desktop.cli.main import DONE, FAILED
from mlflow_cost_desktop.cli.main import main as run
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.fields.paths import places
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.reading import UnreadError, read_number, read_plain
from tests.fuzz.mutations import SEEDS, change_bytes, exchange, sound_documents
from tests.fuzz.reader import LONGEST_SENTENCE, opens, scratch_folder

LETTERS = (
    *"0123456789" * 3,
    *"..,,' +-*/()%$€eEkKmMgGtTbBhH",
    *(
        "GB",
        "TB",
        "h",
        " / ",
        "1e",
        "e400",
        "nan",
        "inf",
        "0x",
        "\u00a0",
        "\u202f",
        "٣",
        "−",
        "\u202e",
    ),
)
UNITS = ("", "GB", "$ / h", "%", "user", "h", "$ / month")
FIGURES = (PLAIN, Figures(".", ","), Figures("\u202f", ","), Figures(by_two=True))
VERBS: tuple[tuple[str, ...], ...] = (
    ("estimate",),
    ("estimate", "--format", "json"),
    ("estimate", "--format", "csv"),
    ("plans",),
    ("flips",),
    ("prices",),
    ("project",),
    ("fields",),
)
OPTIONS = (
    "--set",
    "--rate",
    "--line",
    "--match",
    "--months",
    "--plan",
    "--format",
    "--all",
    "--cash",
    "--x",
)


@dataclass
class Fuzz:
    """A fuzzer with its chance, its folder and what it has counted."""

    chance: random.Random
    folder: Path
    counts: Counter[str] = field(default_factory=Counter[str])
    sound: list[Any] = field(default_factory=sound_documents)
    paths: list[str] = field(default_factory=lambda: [place.path for place in places(Scenario())])

    def file(self) -> None:
        """A file that nobody wrote."""
        chance = self.chance
        if chance.random() < 0.4:
            data = change_bytes(chance.choice(SEEDS).read_bytes(), chance)
        else:
            document = json.loads(json.dumps(chance.choice(self.sound)))
            for _ in range(chance.choice((1, 1, 2, 5))):
                exchange(document, chance)
            data = json.dumps(document).encode()
        self._tried("file", data, lambda: opens(data, self.folder))

    def number(self) -> None:
        """A text that may be a number."""
        text = self._text()
        figures, unit = self.chance.choice(FIGURES), self.chance.choice(UNITS)

        def read() -> bool:
            try:
                is_plain = self.chance.random() < 0.3
                found = read_plain(text) if is_plain else read_number(text, figures, unit)
            except UnreadError as error:
                if len(error.sentence) > LONGEST_SENTENCE:
                    raise AssertionError("a sentence without end") from error
                return False
            assert math.isfinite(found), found
            return True

        self._tried("number", (text, figures, unit), read)

    def command(self) -> None:
        """A line that may be a command; none that writes a file."""
        chance = self.chance
        line = [*chance.choice(VERBS)]
        if line[0] not in ("prices", "fields"):
            line.append(str(chance.choice(SEEDS)))
        for _ in range(chance.choice((0, 1, 1, 2))):
            line.append(chance.choice(OPTIONS))
            if chance.random() < 0.8:
                path = chance.choice((*self.paths, "own_lines.l0.usd", "x"))
                line.append(chance.choice((f"{path}={self._text()}", path, self._text())))

        def answer() -> bool:
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = run(line)
            said = err.getvalue()
            assert status in (DONE, FAILED), status
            assert "Traceback" not in said and len(said) <= 4 * LONGEST_SENTENCE, said
            assert status == DONE or said.strip(), "nothing was said"
            return status == DONE

        self._tried("command", line, answer)

    def _text(self) -> str:
        return "".join(self.chance.choices(LETTERS, k=self.chance.choice((1, 2, 3, 5, 8, 13))))

    def _tried(self, kind: str, given: object, read: Callable[[], bool]) -> None:
        try:
            is_read = read()
        except BaseException:
            print(f"{kind}: {given!r}", file=sys.stderr)
            raise
        self.counts[f"{kind}s read" if is_read else f"{kind}s refused"] += 1


def fuzz(inputs: int, seed: int, tell: Callable[[Counter[str]], None]) -> Counter[str]:
    """Try so many inputs: of twenty, twelve numbers and seven files, and one command line."""
    folder = scratch_folder()
    try:
        one = Fuzz(random.Random(seed), folder)
        kinds = (*[one.number] * 12, *[one.file] * 7, one.command)
        for done in range(1, inputs + 1):
            kinds[done % len(kinds)]()
            if done % 20_000 == 0:
                tell(one.counts)
        return one.counts
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Fuzz, and print the counts."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begun = time.monotonic()
    counts = fuzz(inputs, seed, lambda so_far: print(json.dumps(so_far), flush=True))
    print(json.dumps(counts), f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
