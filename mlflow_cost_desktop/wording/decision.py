"""The decision in words: what hosting costs, host or buy, what would turn it.

Made once for the first page of the report, the spreadsheet's summary and the top of the Markdown;
how sure it is stands in `sureness.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, log
from typing import NamedTuple, TypeAlias

from mlflow_cost_desktop.analysis.alternatives import Alternatives
from mlflow_cost_desktop.analysis.flips import MOVING, RATES, Flip, Flips, GroupFlip
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.figures import Figures, at_least, one_line
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.managed_plan import NONE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.amounts import adding_up, apart, written
from mlflow_cost_desktop.wording.flips import (
    bound_in_words,
    factor_in_words,
    flip_in_words,
    group_in_words,
    percent_in_words,
    relative_in_words,
)
from mlflow_cost_desktop.wording.uncertainty import cases_in_words, place_in_words, worked_out
from mlflow_cost_desktop.wording.verdict import IN_SHORT, mark

Words: TypeAlias = tuple[tuple[str, bool], ...]
"""Parts of a sentence, each with whether it stands out."""

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


def spoken(words: Words) -> str:
    """A sentence without what stands out."""
    return "".join(text for text, _ in words)


def cost_in_words(
    scenario: Scenario, estimate: Estimate, sure: Uncertainty | None, figures: Figures
) -> Words:
    """`Hosting MLflow yourself costs $660 a month ($610–$840): $218 for infrastructure and …`.

    Args:
        sure: what it costs in many cases, where inputs have ranges.
    """
    total, infrastructure, labor = adding_up(
        scenario.currency,
        figures,
        float(estimate.effective_cost),
        float(estimate.infrastructure),
        float(estimate.labor),
    )
    infrastructure = at_least(infrastructure, estimate.infrastructure_has_gaps)
    labor = at_least(labor, "labor" in estimate.gaps)
    span = ""
    if sure is not None:
        amount = written(scenario.currency, figures, float(estimate.effective_cost))
        low, high = (amount(sure.percentiles[at]) for at in (10, 90))
        span = f" ({at_least(f'{low}–{high}', sure.unpriced)} in eight cases of ten):"
    own = f"{labor} for maintenance by own people"
    return (
        ("Hosting MLflow yourself costs ", False),
        (f"{at_least(total, estimate.gaps)} a month{'' if span else ':'}", True),
        (f"{span} {infrastructure} for infrastructure and {own}. ", False),
    )


def verdict_in_words(scenario: Scenario, held: Held, figures: Figures) -> Words:
    """Host or buy, against what, and by how much: `Buying is cheaper: … costs …, $121 less.`"""
    offer, currency = held.offer, scenario.currency
    if offer is None:
        if held.choice == NONE:
            return (("It is held against no managed plan.", False),)
        return (("Host it yourself:", True), (" no managed plan fits this team.", False))
    name = one_line(offer.plan.name)
    marked = f" ({mark(offer)})" if mark(offer) else ""
    if offer.bought is None:
        why = IN_SHORT[offer.plan.price_state]
        return ((f"{name}, which it is held against, has no figure: {why}.", False),)
    seats = figures.quantity(scenario.team.users, "user")
    bought, usd = float(offer.bought.effective_cost), float(offer.difference)
    own = float(offer.own.effective_cost)
    monthly = at_least(written(currency, figures, own)(bought), offer.bought.gaps)
    costs = f"{name}{marked} for {seats} costs {monthly} a month, "
    if abs(usd) < SAME:
        return (("Hosting and buying cost the same:", True), (f" {costs}as much.", False))
    side = f"{side_in_words(usd)} is cheaper"
    if offer.too_small:
        side = "The plan is too small, and cheaper" if usd < 0 else "Host it yourself"
    by = apart(currency, figures, own, own, bought)
    less = f"{by} {'less' if usd < 0 else 'more'}"
    tail = (".", False)
    if offer.own.gaps or offer.bought.gaps:
        tail = (", without the lines that have no known price.", False)
    return (f"{side}:", True), (f" {costs}", False), (less, True), tail


def side_in_words(difference: float) -> str:
    """Who is cheaper, by what the plan costs more: `Buying`, `Hosting yourself`."""
    return "Buying" if difference < 0 else "Hosting yourself"


# --- What would turn it ------------------------------------------------------------


def turns_in_words(
    found: Flips, figures: Figures, larger: Callable[[Flip], str] = lambda flip: ""
) -> Iterator[Turn]:
    """Where the verdict turns by one input alone, or by several in proportion: the nearest first.

    Those that are far are told only where none is near.

    Args:
        larger: of a plan that becomes too small, what its larger one says to that.
    """
    near = [one for one in _turning(found) if is_near(one)]
    then = f"{side_in_words(-found.difference).lower()} is cheaper"
    for one in near[:MOST_TURNS] or list(_turning(found))[:MOST_FAR]:
        if isinstance(one, GroupFlip):
            name = group_in_words(one)
            at = f"{factor_in_words(one, figures)} ({percent_in_words(one.factor - 1.0, figures)})"
            yield Turn(f"{name[:1].upper()}{name[1:]}", "× 1", at, then)
            continue
        far = relative_in_words(one, figures)
        yield Turn(
            turn_title(found, one),
            worked_out(one.place.spec, one.now, figures),
            f"{bound_in_words(one, figures)}{f' ({far})' if far else ''}",
            (larger(one) or "the plan is too small") if one.is_too_small else then,
        )


def turns_note_in_words(found: Flips, figures: Figures) -> str:
    """What is to be known of all that would turn the verdict; empty where that is plain."""
    every = list(_turning(found))
    if not every:
        return NOTHING_TURNS
    near = [one for one in every if is_near(one)]
    if not near:
        return FAR
    if all(isinstance(one, Flip) and one.is_too_small for one in near):
        wins = side_in_words(-found.difference).lower()
        return f"No input within four times, or a quarter, of what it is makes {wins} cheaper."
    return ""


def _turning(found: Flips) -> Iterator[Flip | GroupFlip]:
    """Inputs, and several together, by how near they are, each once.

    A task's hours and how often it comes turn at the same product; one rate alone is all rates.
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
    groups = [
        one
        for one in found.groups
        if not (one.key in (RATES, MOVING) and round(one.factor - 1.0, 3) in told)
    ]
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


# --- The cheapest way to host it ---------------------------------------------------


def cheapest_in_words(
    found: Alternatives, held: Held, turns: Flips | None, share: float | None, figures: Figures
) -> str:
    """What the cheapest way to host it costs, and whether the verdict holds against that, too.

    Empty where nothing else fits, or something lacks a price.

    Args:
        turns: what would turn the verdict against the cheapest way.
        share: in which part of the cases the plan is cheaper than that; none where inputs have
            no ranges.
    """
    difference = found.difference(found.found[0]) if found.found else None
    if difference is None:
        return ""
    if difference > -SAME:
        return "As chosen it is hosted the cheapest way that fits."
    best, currency = found.found[0], found.now.scenario.currency
    now, cost = found.now.cost, best.cost
    less = apart(currency, figures, now, now, cost)
    at = f"{written(currency, figures, now)(cost)} a month, {less} less than as chosen"
    plain = f"Hosted the cheapest way that fits (alternative 1) it costs {at}."
    offer = held.offer
    if not (offer and offer.bought) or offer.bought.gaps or offer.too_small:
        return plain
    bought = float(offer.bought.effective_cost)
    more = bought - cost
    if abs(more) < SAME:
        return f"{plain} The plan costs as much."
    side, by = side_in_words(more), apart(currency, figures, now, bought, cost)
    cases = ""
    if share is not None:
        cases = f" and {cases_in_words(share if more < 0 else 1.0 - share)}"
    if float(offer.difference) * more < 0.0:
        return f"{plain} Against that the verdict turns: {side.lower()} is cheaper, by {by}{cases}."
    words = f"{plain} {side} is cheaper than that, too, by {by}{cases}"
    first = nearest(turns) if turns else None
    return f"{words}{_until(first, figures)}."


def _until(first: Flip | GroupFlip | None, figures: Figures) -> str:
    """Up to where the verdict holds; empty where that is far."""
    if first is None or not is_near(first):
        return ""
    if isinstance(first, GroupFlip):
        return f", unless {group_in_words(first)} {factor_in_words(first, figures)}"
    return f", unless {flip_in_words(first, figures)}"
