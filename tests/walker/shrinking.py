"""The shortest way to what was wrong: steps are left out as long as it still happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.walker.steps import Step

Try = Callable[[Sequence[Step]], bool]


def shortest(steps: Sequence[Step], happens: Try, most: int) -> Sequence[Step]:
    """A way from which no step can be left out, or the best after so many tries."""
    size, tried = max(len(steps) // 2, 1), 0
    while True:
        at = 0
        is_shorter = False
        while at < len(steps):
            if tried >= most:
                return steps
            without = [*steps[:at], *steps[at + size :]]
            tried += 1
            if len(without) < len(steps) and happens(without):
                steps, is_shorter = without, True
            else:
                at += size
        if size == 1 and not is_shorter:
            return steps
        if not is_shorter or size > len(steps):
            size = max(size // 2, 1)
