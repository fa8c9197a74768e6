"""What fuzzing begins with, and how a sound file becomes one that nobody wrote."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEEDS = (
    *(ROOT / "resources" / "scenarios").glob("*.mlcost"),
    *(ROOT / "tests" / "data").rglob("*.mlcost"),
    *(HERE / "corpus").iterdir(),
)
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, -1e308, 10**300, 1e-320, "", "x", "nan", [], {}),
    *([[]], [None], [{}], {"": 0}, {"id": "a"}, "\x00", "\x1b[31m", "\u202e", "=1+1", "<b>x</b>"),
    *("../../x", "9" * 400, "x" * 200, [0] * 300, {"option": "ec2"}, "s3", "2", "ec2"),
)


def sound_documents() -> list[Any]:
    """The scenario files among the seeds."""
    return [json.loads(seed.read_bytes()) for seed in SEEDS if seed.suffix == ".mlcost"]


def exchange(document: Any, chance: random.Random) -> None:
    """Put something else in the place of one value, leave it out, or add one."""
    holder = document
    while isinstance(holder, dict | list) and holder:
        step = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        inner = holder[step]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
            holder = inner
            continue
        what = chance.random()
        if what < 0.15:
            del holder[step]
        elif what < 0.3 and isinstance(holder, dict):
            holder[chance.choice(("extra", "id", "option", "name", "é"))] = _nasty(chance)
        elif what < 0.4 and isinstance(holder, list):
            holder.append(copy.deepcopy(inner))
        else:
            holder[step] = _nasty(chance)
        return


def change_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes blindly: others, doubled, left out, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(changed) + 1)
        until = min(at + chance.choice((0, 1, 4, 64)), len(changed))
        new = (b"", chance.randbytes(chance.choice((1, 4))), bytes(changed[at:until]) * 2)
        changed[at:until] = chance.choice(new)
    if chance.random() < 0.1:
        del changed[chance.randrange(len(changed) + 1) :]
    return bytes(changed)


def _nasty(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(NASTY))
