"""How sure a decision is, in words: how likely, what moves it, what it rests on, what is doubtful.

Said of every estimate, whether its inputs have ranges or not: the first page answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import floor
from typing import NamedTuple

from mlflow_cost_desktop.analysis.flips import Flip, Flips, GroupFlip
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import Offer
from mlflow_cost_desktop.analysis.tornado import Tornado
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.figures import Figures, at_least, one_line
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.amounts import adding_up, written
from mlflow_cost_desktop.wording.decision import condition_in_words
from mlflow_cost_desktop.wording.flips import bound_in_words, group_in_words, percent_in_words
from mlflow_cost_desktop.wording.totals import left_out
from mlflow_cost_desktop.wording.turns import (
    NOTHING_TURNS,
    SAME,
    beaten_in_words,
    is_near,
    nearest,
    nearest_of_cheapest,
    side_in_words,
    turn_title,
)
from mlflow_cost_desktop.wording.uncertainty import (
    SWUNG,
    bar_in_words,
    budget_in_words,
    cases_in_words,
    moves_in_words,
    short_place_in_words,
    worked_out,
)

LOPSIDED = 1.5
"""How many times as far a range reaches to one side as to the other, for that to be explained."""

GRADES = ((0.95, "Almost certain"), (0.75, "Likely"), (0.0, "Open"))
"""What is said of a verdict that holds in so many parts of the cases, or more."""


HOW_FAR = "How far from turning"


class Sure(NamedTuple):
    """A point of how sure it is, and the sentences that answer it."""

    title: str
    words: str


class Grounds(NamedTuple):
    """What a month's cost rests on, in parts of it.

    Attributes:
        typed, given, judgment: by its amounts: typed for this team, as the preset or a default
            has them, or a default that nobody measured.
        listed, estimated, hourly, own: by its prices: a provider's list, estimated from it, what
            an hour of own people costs, or other prices of one's own.
        provider: whose list that is.
        has_preset: whether the scenario is like one that comes with the program.
    """

    typed: float
    given: float
    judgment: float
    listed: float
    estimated: float
    hourly: float
    own: float
    provider: str
    has_preset: bool


def likely_in_words(found: Uncertainty, held: Held, figures: Figures) -> Sure | None:
    """How likely the verdict is, and what buying saves in eight cases of ten; none without a plan.

    `Likely: buying is cheaper in 99 of 100 cases, by $18 to $663 in eight of ten.`
    """
    if found.plan is None:
        return None
    amount = written(found.scenario.currency, figures, found.percentiles[50])
    said = [f"{_verdict(found, held)}{_saving(found, held, amount)}."]
    if small := found.too_small_share:
        cases = cases_in_words(small)
        said.append(f"{cases[:1].upper()}{cases[1:]} {one_line(found.plan.name)} is too small.")
    return Sure("The verdict", " ".join(said))


def amount_in_words(
    found: Uncertainty, swings: Tornado, suggested: Sequence[Range], figures: Figures
) -> Sure:
    """Between which amounts eight cases of ten lie, and what varies in them.

    Args:
        swings: the cost at both ends of each range.
        suggested: the ranges that were drawn from where none is typed; else none.
    """
    amount = written(found.scenario.currency, figures, found.percentiles[50])
    low, high = (at_least(amount(found.percentiles[at]), found.unpriced) for at in (10, 90))
    far = _why_lopsided(found, swings, figures)
    said = [f"In eight cases of ten hosting costs {low} to {high} a month{far}."]
    if (budget := budget_in_words(found, figures)) is not None:
        said.append(budget)
    if suggested:
        guessed = sum("judgment" in one.source.lower() for one in suggested)
        said.append(
            f"Ranges: none typed, {len(suggested)} suggested, {guessed} of them by judgment."
        )
    else:
        said.append(f"Ranges: {len(found.values)} typed.")
    return Sure("The amount", " ".join(filter(None, said)))


def _verdict(found: Uncertainty, held: Held) -> str:
    share = found.plan_share
    if share is None or held.offer is None:
        return ""
    difference = float(held.offer.difference)
    holds = share if difference < 0 else 1.0 - share
    grade = next(words for least, words in GRADES if holds >= least)
    if condition := condition_in_words(found.scenario, held.offer):
        grade = f"{grade}, {condition}"
    return f"{grade}: {side_in_words(difference).lower()} is cheaper {cases_in_words(holds)}"


def _saving(found: Uncertainty, held: Held, amount: Callable[[float], str]) -> str:
    """What the cheaper side saves: `, by $148 to $550 in eight of ten`.

    `; in eight of ten buying costs $18 more to $663 less` where it is dearer in some of these.
    """
    if found.savings is None or held.offer is None:
        return ""
    sign = 1.0 if float(held.offer.difference) < 0.0 else -1.0
    low, high = sorted((sign * found.savings[10], sign * found.savings[90]))
    if low > 0.0:
        return f", by {amount(low)} to {amount(high)} in eight of ten"
    ends = (f"{amount(abs(usd))} {'less' if sign * usd > 0.0 else 'more'}" for usd in (low, high))
    return f"; in eight of ten buying costs {' to '.join(ends)}"


def _why_lopsided(found: Uncertainty, swings: Tornado, figures: Figures) -> str:
    """`, the upper end mostly by Artifacts kept (…)`: what makes it far; empty where none is."""
    up = found.percentiles[90] - swings.cost
    down = swings.cost - found.percentiles[10]
    if max(up, down) < LOPSIDED * min(up, down) or not swings.bars:
        return ""
    sign = 1.0 if up > down else -1.0
    bar = max(swings.bars, key=lambda bar: sign * (bar.cost_low + bar.cost_high))
    if sign * (bar.cost_low + bar.cost_high - 2.0 * swings.cost) <= 0.0:
        return ""
    end = "upper" if up > down else "lower"
    return (
        f", the {end} end mostly by {bar_in_words(bar)} "
        f"({moves_in_words(bar, figures, has_ranges=True)})"
    )


def moved_in_words(scenario: Scenario, swings: Tornado, figures: Figures) -> Sure | None:
    """What moves the total most, and by how much; none where nothing does."""
    bar = next((bar for bar in swings.bars if all(move.now for move in bar.moves)), None)
    if bar is None:
        return None
    amount = written(scenario.currency, figures, swings.cost)
    ends = (bar.cost_low, bar.lacks_low), (bar.cost_high, bar.lacks_high)
    low, high = (at_least(amount(usd), lacks) for usd, lacks in sorted(ends))
    move = bar.moves[0]
    if bar.is_product or len(bar.moves) > 1:
        name = bar_in_words(bar)
    else:
        now = worked_out(move.place.spec, move.now, figures)
        name = f"{short_place_in_words(move.place)}, now {now}"
    at = "between the ends of its range" if swings.has_ranges else f"at {SWUNG}"
    return Sure("What moves it most", f"{name}: {at} a month costs {low} to {high}.")


def turning_in_words(found: Flips, of_cheapest: Flips | None, figures: Figures) -> Sure | None:
    """How far the verdict is from turning; none where there is none.

    Args:
        of_cheapest: the same against the cheapest way to host it, where there is one.
    """
    if abs(found.difference) < SAME:
        return None
    first = nearest(found)
    if first is None:
        return Sure(HOW_FAR, NOTHING_TURNS)
    wins, loses = beaten_in_words(found)
    near = wins[:1].upper() if is_near(first) else f"Far: {wins[:1]}"
    point = _turning_point(found, first, figures)
    words = f"{near}{wins[1:]} beats {loses} with {point}"
    best = nearest_of_cheapest(found, of_cheapest)
    if of_cheapest and best:
        of_best = _turning_point(of_cheapest, best, figures)
        name = _turned(found, first)
        is_same = _turned(of_cheapest, best) == name
        of_best = of_best.removeprefix(f"{name} ") if is_same else f"with {of_best}"
        words += f", alternative 1 {of_best}"
    return Sure(HOW_FAR, f"{words}.")


def _turned(found: Flips, one: Flip | GroupFlip) -> str:
    return group_in_words(one) if isinstance(one, GroupFlip) else turn_title(found, one)


def _turning_point(found: Flips, one: Flip | GroupFlip, figures: Figures) -> str:
    name = _turned(found, one)
    if isinstance(one, GroupFlip):
        return f"{name} {percent_in_words(one.factor - 1.0, figures)}"
    far = "" if one.relative is None else f" ({percent_in_words(one.relative, figures)})"
    return f"{name} {bound_in_words(one, figures)}{far}"


OWN_TIME = 1.0 / 3.0
"""Of the total, from which on it is said what would be if own people's time were free."""


def free_time_in_words(
    currency: Currency, estimate: Estimate, held: Held, figures: Figures
) -> Sure | None:
    """What both ways cost if own people's time is paid anyway; none where it is a lesser part.

    `Hosting costs $218 and buying $458 a month: hosting yourself is cheaper.`
    """
    own, bought = estimate, held.offer and held.offer.bought
    total = float(own.effective_cost)
    if not bought or own.gaps or bought.gaps or float(own.labor) < OWN_TIME * total:
        return None
    hosting, buying = (float(one.effective_cost - one.labor) for one in (own, bought))
    # As the first sentence has it, in which both parts add up.
    _, first, _ = adding_up(currency, figures, total, hosting, float(own.labor))
    words = f"Hosting costs {first} and buying {written(currency, figures, total)(buying)} a month"
    more = buying - hosting
    if abs(more) >= SAME:
        words += f": {side_in_words(more).lower()} is cheaper"
    return Sure("If own time were free", f"{words}.")


def grounds_in_words(grounds: Grounds) -> Sure:
    """What of the total rests on what: amounts first, then prices."""
    amounts = [
        ("judgment", grounds.judgment),
        ("preset" if grounds.has_preset else "defaults", grounds.given),
        ("typed", grounds.typed),
    ]
    prices = [
        (grounds.provider, grounds.listed),
        ("estimates", grounds.estimated),
        ("own people", grounds.hourly),
        ("own prices", grounds.own),
    ]
    nothing = "" if grounds.typed else ", typed 0 %"
    words = f"Amounts: {_shares(amounts)}{nothing}. Prices: {_shares(prices)}."
    return Sure("What it rests on", words)


def _shares(parts: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {percent(share)}" for name, share in parts if share)


def percent(share: float) -> str:
    """A part in whole percents."""
    whole = floor(100.0 * share + 0.5)
    return "< 1 %" if share > 0.0 and not whole else f"{whole} %"


def doubts_in_words(scenario: Scenario, estimate: Estimate, held: Held) -> Iterator[Sure]:
    """On what else the answer hangs: gaps, estimated prices, a plan's price."""
    said = [left_out(estimate)]
    if estimated := int(estimate.estimated):
        has = "line has" if estimated == 1 else "lines have"
        said.append(f"{estimated} {has} an estimated price.")
    if words := " ".join(filter(None, said)):
        yield Sure("What lacks a price", words)
    if held.offer and held.offer.bought:
        doubts = [_doubt(held.offer), _elsewhere(scenario, held.offer)]
        if words := " ".join(filter(None, doubts)):
            yield Sure("The plan’s price", words)


def _doubt(offer: Offer) -> str:
    if offer.plan.certainty != "doubtful":
        return ""
    return f"The price of {one_line(offer.plan.name)} is doubtful: ask the vendor."


def _elsewhere(scenario: Scenario, offer: Offer) -> str:
    """Whether the plan can be bought at its price where the scenario is; empty where it can."""
    there, here = offer.plan.region_id, scenario.region_id
    if not there or there == here:
        return ""
    words = (
        f"It is that of {there}; whether it is sold in {here}, and "
        "for how much, is not known: ask the vendor."
    )
    more = -float(offer.difference)
    if more <= 0.0 or offer.fees <= 0.0:
        return words
    times = floor(10.0 * (offer.fees + more) / offer.fees) / 10.0
    return f"{words} Buying stays cheaper up to {times:g} times that price."
