"""Garbage is collected in the thread of the window alone.

Python collects in whatever thread happens to make the object that is one too many. What it finds
may hold widgets, timers or menus, and Qt's objects must go in the thread that they live in: one
that went in the thread of an export or of a search for alternatives ended the program.
"""

from __future__ import annotations

import gc

EVERY_MS = 1000
"""How often the window's thread looks."""


def leave_to_the_window() -> None:
    """Let no thread collect by itself."""
    gc.disable()


def collect_what_is_due() -> None:
    """What Python would have collected by now; to be called in the window's thread."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation] > 0:
            gc.collect(generation)
            return
