"""The decision in words: what hosting costs, host or buy, how sure that is, what would turn it.

Made once for the first page of the report, the spreadsheet's summary and the top of the Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import BreakEven, Offer
from mlflow_cost_desktop.figures import Figures, at_least, one_line, whole
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import NONE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.price_age import Reading, age_in_words
from mlflow_cost_desktop.wording.totals import left_out
from mlflow_cost_desktop.wording.verdict import IN_SHORT, mark

Words: TypeAlias = tuple[tuple[str, bool], ...]
"""Parts of a sentence, each with whether it stands out."""

SAME = 0.005
"""USD a month that are no difference."""

INPUTS = {
    "users": ("Users", "user"),
    "artifacts": ("Artifacts kept", "GB"),
    "usage": ("Usage a month", "h"),
    "upkeep saved": ("Upkeep that the plan saves, a month", "h"),
}


class Turn(NamedTuple):
    """An input at whose value the verdict turns, each in words.

    Attributes:
        relative: by what part of its present value it would have to change; infinite from zero.
    """

    title: str
    now: str
    at: str
    then: str
    relative: float


def spoken(words: Words) -> str:
    """A sentence without what stands out."""
    return "".join(text for text, _ in words)


def cost_in_words(scenario: Scenario, estimate: Estimate, figures: Figures) -> Words:
    """`Hosting MLflow yourself costs $660 a month: $218 for infrastructure and $442 for …`."""
    total, infrastructure, labor = dollars_that_add_up(
        scenario.currency,
        figures,
        float(estimate.effective_cost),
        float(estimate.infrastructure),
        float(estimate.labor),
    )
    infrastructure = at_least(infrastructure, estimate.infrastructure_has_gaps)
    labor = at_least(labor, "labor" in estimate.gaps)
    return (
        ("Hosting MLflow yourself costs ", False),
        (f"{at_least(total, estimate.gaps)} a month", True),
        (f": {infrastructure} for infrastructure and {labor} for own people’s time.", False),
    )


def verdict_in_words(scenario: Scenario, held: Held, figures: Figures) -> Words:
    """Host or buy, against what, and by how much: `Buying is cheaper: … costs …, $121 less.`"""
    offer, currency = held.offer, scenario.currency
    if offer is None:
        if held.choice == NONE:
            return (("It is held against no managed plan.", False),)
        return (("Host it yourself", True), (": no managed plan fits this team.", False))
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
        return (("Hosting and buying cost the same", True), (f": {costs}as much.", False))
    side = "Buying is cheaper" if usd < 0 else "Hosting yourself is cheaper"
    if offer.too_small:
        side = "The plan is too small, and cheaper" if usd < 0 else "Host it yourself"
    less = f"{currency.dollars(abs(usd), figures)} {'less' if usd < 0 else 'more'}"
    tail = (".", False)
    if offer.own.gaps or offer.bought.gaps:
        tail = (", without the lines that have no known price.", False)
    return (side, True), (f": {costs}", False), (less, True), tail


def turns_in_words(found: Sequence[BreakEven], held: Held, figures: Figures) -> tuple[Turn, ...]:
    """Where the verdict turns by one input alone, the nearest first."""
    offer = held.offer
    if offer is None or offer.bought is None:
        return ()
    turns = [_turn(one, float(offer.difference), figures) for one in found]
    return tuple(sorted(turns, key=lambda turn: abs(turn.relative)))


def _turn(one: BreakEven, difference: float, figures: Figures) -> Turn:
    title, unit = INPUTS[one.what]
    at = one.at
    if one.what == "users":  # the first whole number on the other side
        is_above = one.at >= one.now
        at = float(int(one.at) + 1) if is_above else float(-(-one.at // 1) - 1)
        at = max(at, 0.0)
    then = "hosting yourself is cheaper" if difference < 0 else "buying is cheaper"
    relative = (one.at - one.now) / one.now if one.now else float("inf")
    return Turn(
        title, _rounded(one.now, unit, figures), _rounded(at, unit, figures), then, relative
    )


def _rounded(value: float, unit: str, figures: Figures) -> str:
    """A figure at the digits that mean something."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
    return figures.quantity(round(value, digits), unit)


def sureness_in_words(
    estimate: Estimate, held: Held, reading: Reading, provider: str
) -> Iterator[str]:
    """What the answer's weight hangs on: gaps, estimated prices, their age, a doubtful plan."""
    if gaps := left_out(estimate):
        yield gaps
    if estimated := int(estimate.estimated):
        has = "line has" if estimated == 1 else "lines have"
        yield f"{estimated} {has} an estimated price."
    if age := age_in_words(estimate, reading, provider):
        yield f"Prices: {age}."
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
