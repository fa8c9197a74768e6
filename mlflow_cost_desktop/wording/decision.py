"""The decision in words: what hosting costs, host or buy, how sure that is, what would turn it.

Made once for the first page of the report, the spreadsheet's summary and the top of the Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from mlflow_cost_desktop.analysis.alternatives import Alternatives
from mlflow_cost_desktop.analysis.flips import Flips
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import Offer
from mlflow_cost_desktop.analysis.tornado import Tornado
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.figures import Figures, at_least, one_line, whole
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import NONE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.flips import (
    bound_in_words,
    factor_in_words,
    group_in_words,
    relative_in_words,
)
from mlflow_cost_desktop.wording.totals import left_out
from mlflow_cost_desktop.wording.uncertainty import (
    SWUNG,
    bar_in_words,
    place_in_words,
    short_place_in_words,
    worked_out,
)
from mlflow_cost_desktop.wording.verdict import IN_SHORT, mark

Words: TypeAlias = tuple[tuple[str, bool], ...]
"""Parts of a sentence, each with whether it stands out."""

SAME = 0.005
"""USD a month that are no difference."""


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
    total, infrastructure, labor = dollars_that_add_up(
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
        low, high = (scenario.currency.dollars(sure.percentiles[at], figures) for at in (10, 90))
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
    monthly = currency.dollars(float(offer.bought.effective_cost), figures)
    costs = f"{name}{marked} for {seats} costs {at_least(monthly, offer.bought.gaps)} a month, "
    usd = float(offer.difference)
    if abs(usd) < SAME:
        return (("Hosting and buying cost the same:", True), (f" {costs}as much.", False))
    side = "Buying is cheaper" if usd < 0 else "Hosting yourself is cheaper"
    if offer.too_small:
        side = "The plan is too small, and cheaper" if usd < 0 else "Host it yourself"
    less = f"{currency.dollars(abs(usd), figures)} {'less' if usd < 0 else 'more'}"
    tail = (".", False)
    if offer.own.gaps or offer.bought.gaps:
        tail = (", without the lines that have no known price.", False)
    return (f"{side}:", True), (f" {costs}", False), (less, True), tail


def turns_in_words(found: Flips, figures: Figures) -> Iterator[Turn]:
    """Where the verdict turns by one input alone, the nearest first; else by several at once."""
    then = "hosting yourself is cheaper" if found.difference < 0 else "buying is cheaper"
    for flip in found.flips:
        yield Turn(
            place_in_words(flip.place),
            worked_out(flip.place.spec, flip.now, figures),
            bound_in_words(flip, figures),
            "the plan is too small" if flip.is_too_small else then,
        )
    if not found.flips:
        for group in found.groups:
            name = group_in_words(group)
            yield Turn(
                f"{name[:1].upper()}{name[1:]}", "× 1", factor_in_words(group, figures), then
            )


def cheapest_in_words(found: Alternatives, held: Held, figures: Figures) -> str:
    """`Hosted the cheapest way that fits it costs $548 a month: … less than now, … more than …`.

    Empty where nothing else fits, or something lacks a price.
    """
    difference = found.difference(found.found[0]) if found.found else None
    if difference is None:
        return ""
    if difference > -SAME:
        return "As chosen it is hosted the cheapest way that fits."
    best, currency = found.found[0], found.now.scenario.currency
    cost, less = (currency.dollars(usd, figures) for usd in (best.cost, -difference))
    words = f"Hosted the cheapest way that fits it costs {cost} a month: {less} less than as chosen"
    if held.offer and held.offer.bought and not (held.offer.bought.gaps or held.offer.too_small):
        usd = best.cost - float(held.offer.bought.effective_cost)
        side = "more" if usd > 0 else "less"
        words += f", {currency.dollars(abs(usd), figures)} {side} than the plan"
    return f"{words}."


def unsure_in_words(
    scenario: Scenario, swings: Tornado, turns: Flips | None, figures: Figures
) -> Iterator[str]:
    """What can be said of an estimate whose inputs have no range: what moves and what turns it."""
    yield "No input has a range yet, so nobody can say how likely that is."
    bar = next((bar for bar in swings.bars if all(move.now for move in bar.moves)), None)
    if bar:
        ends = (bar.cost_low, bar.lacks_low), (bar.cost_high, bar.lacks_high)
        low, high = (
            at_least(scenario.currency.dollars(usd, figures), lacks) for usd, lacks in sorted(ends)
        )
        name = short_place_in_words(bar.moves[0].place)
        if bar.is_product:
            name = bar_in_words(bar)
        yield f"At {SWUNG} of what matters most, {name}, it is {low} to {high} a month."
    if turns is None or not turns.difference:
        return
    if not turns.flips:
        yield "No single input turns the verdict, whatever its value."
    elif far := relative_in_words(turns.flips[0], figures):
        name = short_place_in_words(turns.flips[0].place)
        yield f"What turns the verdict first is {name}, {far}."


def doubts_in_words(estimate: Estimate, held: Held) -> Iterator[str]:
    """On what else the answer hangs: gaps, estimated prices, a doubtful plan."""
    if gaps := left_out(estimate):
        yield gaps
    if estimated := int(estimate.estimated):
        has = "line has" if estimated == 1 else "lines have"
        yield f"{estimated} {has} an estimated price."
    if held.offer and held.offer.bought and (doubt := _doubt(held.offer)):
        yield doubt


def _doubt(offer: Offer) -> str:
    if offer.plan.certainty != "doubtful":
        return ""
    return f"The price of {one_line(offer.plan.name)} is doubtful: ask the vendor."


def dollars_that_add_up(
    currency: Currency, figures: Figures, total: float, *parts: float
) -> list[str]:
    """A total and its parts in one form: to the cent where whole figures would not add up."""
    shown = [currency.converted(usd) for usd in (total, *parts)]
    adds_up = whole(shown[0]) == sum(map(whole, shown[1:]))
    in_words = currency.dollars if adds_up and min(shown) >= 100.0 else currency.money
    return [in_words(usd, figures) for usd in (total, *parts)]
