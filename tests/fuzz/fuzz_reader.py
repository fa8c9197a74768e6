"""Coverage-guided fuzzing of the reader of scenario files, with atheris.

    pip install atheris          # not among the extras: it has wheels for few systems
    python tests/fuzz/fuzz_reader.py -max_total_time=300

Begins with the sample scenarios, the stored file of each schema version and `corpus/`. Half of
the inputs are bytes changed blindly, half a sound file of which one value was exchanged. Ends
with the counts; an input that breaks a promise of `reader.opens` stops it and is kept beside.
"""

# pyright: reportAttributeAccessIssue=false, reportUnnecessaryTypeIgnoreComment=false

from __future__ import annotations

import atexit
import json
import random
import shutil
import sys
import time
from pathlib import Path

import atheris  # pyright: ignore[reportMissingImports]  # installed by who fuzzes

with atheris.instrument_imports(include=["mlflow_cost_desktop", "json"]):
    import mlflow_cost_desktop.files.scenario_file  # noqa: F401  # so that it is instrumented

sys.path.insert(0, str(Path(__file__).parent))
from mutations import SEEDS, exchange, sound_documents  # pyright: ignore[reportImplicitRelativeImport]  # a script
from reader import opens, scratch_folder  # pyright: ignore[reportImplicitRelativeImport]  # a script

folder = scratch_folder()
counts = {"inputs": 0, "opened": 0, "refused": 0}
sound = sound_documents()


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Change bytes blindly, or exchange one value of a sound file."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return bytes(atheris.Mutate(data, max_size))
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = json.loads(json.dumps(chance.choice(sound)))
    for _ in range(chance.choice((1, 1, 2, 5))):
        exchange(document, chance)
    return json.dumps(document).encode()[:max_size]


def try_one(data: bytes) -> None:
    """One input."""
    counts["inputs"] += 1
    counts["opened" if opens(data, folder) else "refused"] += 1
    if counts["inputs"] % 20_000 == 0:
        print(json.dumps(counts), flush=True)


def main() -> None:
    """Fuzz until libFuzzer's own limits end it."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS):
        shutil.copy(seed, corpus / f"{number}-{seed.name}")
    arguments = [sys.argv[0], "-max_len=20000", "-timeout=20", *sys.argv[1:], str(corpus)]
    atheris.Setup(arguments, try_one, custom_mutator=mutate)
    begun = time.monotonic()
    atexit.register(lambda: print(json.dumps(counts), f"{time.monotonic() - begun:.0f} s"))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
