"""What would turn a decision, in words: where, from what, and who is cheaper then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf, log
from typing import NamedTuple

from mlflow_cost_desktop.analysis.flips import Flip, Flips, GroupFlip
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.wording.flips import (
    bound_in_words,
    factor_in_words,
    group_in_words,
    percent_in_words,
    relative_in_words,
)
from mlflow_cost_desktop.wording.uncertainty import place_in_words, worked_out

SAME = 0.005
"""USD a month that are no difference."""

REACH = 4.0
"""An input may well be so many times what it is, or a part of it as small; beyond that is far."""

MOST_TURNS, MOST_FAR = 4, 2
"""So many are told, the nearest first; and so many where all of them are far."""

FAR = (
    "Nothing near turns the verdict: each of these would have to be more than four times, or less "
    "than a quarter of, what it is."
)
NOTHING_TURNS = "No single input turns the verdict, whatever its value."


class Turn(NamedTuple):
    """An input, what it is now, from where on the verdict turns, and to what; each in words."""

    title: str
    now: str
    at: str
    then: str


def side_in_words(difference: float) -> str:
    """Who is cheaper, by what the plan costs more: `Buying`, `Hosting yourself`."""
    return "Buying" if difference < 0 else "Hosting yourself"


def turns_in_words(
    found: Flips,
    of_cheapest: Flips | None,
    figures: Figures,
    larger: Callable[[Flip], str] = lambda flip: "",
) -> Iterator[Turn]:
    """Where the verdict turns by one input alone, or by several in proportion: the nearest first.

    Those that are far are told only where no cost turns near. Each says what is cheaper from
    there on; before them stands the nearest against the cheapest way to host, which turns before.

    Args:
        of_cheapest: the same against the cheapest way to host it, where there is one.
        larger: of a plan that becomes too small, what its larger one says to that.
    """
    most = MOST_TURNS
    first = nearest_of_cheapest(found, of_cheapest)
    if of_cheapest and first and is_near(first):
        yield _turn(of_cheapest, first, "alternative 1 beats buying", figures)
        most -= 1
    near = [one for one in _turning(found) if is_near(one)]
    told = near[:most] or list(_turning(found))[:MOST_FAR]
    if (real := nearest(found)) and _are_too_small(told):
        told = [*told[: MOST_TURNS - 1], real]
    for one in told:
        then = " beats ".join(beaten_in_words(found))
        if isinstance(one, Flip) and one.is_too_small:
            then = larger(one) or "the plan is too small"
        yield _turn(found, one, then, figures)


def _turn(found: Flips, one: Flip | GroupFlip, then: str, figures: Figures) -> Turn:
    if isinstance(one, GroupFlip):
        name = group_in_words(one)
        at = f"{factor_in_words(one, figures)} ({percent_in_words(one.factor - 1.0, figures)})"
        return Turn(f"{name[:1].upper()}{name[1:]}", "× 1", at, then)
    far = relative_in_words(one, figures)
    now = worked_out(one.place.spec, one.now, figures)
    at = f"{bound_in_words(one, figures)}{f' ({far})' if far else ''}"
    return Turn(turn_title(found, one), now, at, then)


def beaten_in_words(found: Flips) -> tuple[str, str]:
    """Who is cheaper beyond a turn, and than whom."""
    ways = ("hosting as chosen", "buying")
    return ways if found.difference < 0 else (ways[1], ways[0])


def nearest_of_cheapest(found: Flips, of_cheapest: Flips | None) -> Flip | GroupFlip | None:
    """What makes the cheapest way to host it cheaper than buying first.

    None where buying is not cheaper than both, or nothing makes it so.
    """
    if of_cheapest is None or max(found.difference, of_cheapest.difference) > -SAME:
        return None
    return nearest(of_cheapest)


def turns_note_in_words(found: Flips, figures: Figures) -> str:
    """What is to be known of all that would turn the verdict; empty where that is plain."""
    every = list(_turning(found))
    if not every:
        return NOTHING_TURNS
    near = [one for one in every if is_near(one)]
    if not near:
        return FAR
    if _are_too_small(near):
        wins, _ = beaten_in_words(found)
        return f"No input within four times, or a quarter, of what it is makes {wins} cheaper."
    return ""


def _are_too_small(found: Sequence[Flip | GroupFlip]) -> bool:
    """Whether in all of them the plan has no room, so that no cost turns."""
    return all(isinstance(one, Flip) and one.is_too_small for one in found)


def _turning(found: Flips) -> Iterator[Flip | GroupFlip]:
    """Inputs, and several together, by how near they are, each once.

    A task's hours and how often it comes turn at the same product; one rate alone is all rates, and
    all hours.
    """
    paths = {flip.place.path for flip in found.flips}
    flips = [
        flip
        for flip in found.flips
        if not (
            flip.place.path.endswith(".times")
            and f"{flip.place.path.removesuffix('.times')}.hours" in paths
        )
    ]
    told = {round(flip.relative, 3) for flip in flips if flip.relative is not None}
    groups = [one for one in found.groups if round(one.factor - 1.0, 3) not in told]
    yield from sorted([*flips, *groups], key=_distance)


def _distance(one: Flip | GroupFlip) -> float:
    """How far that is: a half is as far as twice as much."""
    if isinstance(one, GroupFlip):
        factor = one.factor
    else:
        factor = one.at / one.now if one.now else 0.0
    return abs(log(factor)) if factor > 0.0 else inf


def is_near(one: Flip | GroupFlip) -> bool:
    """Whether the verdict turns within reach of what an input is now."""
    return _distance(one) <= log(REACH)


def nearest(found: Flips) -> Flip | GroupFlip | None:
    """What makes the other side cheaper first; none where nothing does."""
    turning = (one for one in _turning(found) if not (isinstance(one, Flip) and one.is_too_small))
    return next(turning, None)


def turn_title(found: Flips, flip: Flip) -> str:
    """An input's name; of leaving, that moving into and out of a plan takes as long."""
    title = place_in_words(flip.place)
    task = next(
        (one for one in found.scenario.labor.tasks if flip.place.path == task_hours(one.id)), None
    )
    plan = found.plan
    follows = plan.migration_hours is None or plan.exit_hours is None
    if task is not None and follows and task.period == "at_end" and not task.is_upkeep:
        return f"{title}, of moving into and out of the plan, too"
    return title


def task_hours(task_id: str) -> str:
    """The path of a task's hours."""
    return f"labor.tasks.{task_id}.hours"
