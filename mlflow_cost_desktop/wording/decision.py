"""The decision in words: what hosting costs, and host or buy.

Made once for the first page of the report, the spreadsheet's summary and the top of the Markdown;
how sure it is stands in `sureness.py`, and what would turn it in `turns.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from mlflow_cost_desktop.analysis.alternatives import Alternatives
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import Offer
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.figures import Figures, at_least, one_line
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.managed_plan import NONE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.amounts import adding_up, apart, written
from mlflow_cost_desktop.wording.turns import SAME, Turn, side_in_words
from mlflow_cost_desktop.wording.uncertainty import cases_in_words
from mlflow_cost_desktop.wording.verdict import IN_SHORT, mark

Words: TypeAlias = tuple[tuple[str, bool], ...]
"""Parts of a sentence, each with whether it stands out."""


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
    if condition := condition_in_words(scenario, offer):
        side = f"{condition[:1].upper()}{condition[1:]}, {side[:1].lower()}{side[1:]}"
    if offer.too_small:
        side = "The plan is too small, and cheaper" if usd < 0 else "Host it yourself"
    by = apart(currency, figures, own, own, bought)
    less = f"{by} {'less' if usd < 0 else 'more'}"
    tail = (".", False)
    if offer.own.gaps or offer.bought.gaps:
        tail = (", without the lines that have no known price.", False)
    return (f"{side}:", True), (f" {costs}", False), (less, True), tail


def condition_in_words(scenario: Scenario, offer: Offer) -> str:
    """`if sold in eu-central-1`: on what it hangs that buying is cheaper; else empty."""
    is_elsewhere = offer.plan.region_id not in ("", scenario.region_id)
    is_cheaper = offer.bought is not None and float(offer.difference) <= -SAME
    return f"if sold in {scenario.region_id}" if is_elsewhere and is_cheaper else ""


def where_sold(scenario: Scenario, offer: Offer) -> Iterator[Turn]:
    """That buying hangs on whether the plan is sold here, beside what would change a decision."""
    if condition_in_words(scenario, offer):
        title = f"The plan is sold in {scenario.region_id}"
        yield Turn(title, "not known", "if it is not", "host it yourself")


# --- The cheapest way to host it ---------------------------------------------------


def cheapest_in_words(
    found: Alternatives, held: Held, share: float | None, figures: Figures
) -> str:
    """What the cheapest way to host it costs, and whether the verdict holds against that, too.

    Empty where nothing else fits, or something lacks a price.

    Args:
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
    at = f"{written(currency, figures, now)(cost)} a month"
    plain = f"Hosted the cheapest way (alternative 1): {at}."
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
        of_side = share if more < 0 else 1.0 - share
        cases = f"{' and' if of_side >= 0.5 else ', but only'} {cases_in_words(of_side)}"
    if float(offer.difference) * more < 0.0:
        return f"{plain} Against that the verdict turns: {side.lower()} is cheaper, by {by}{cases}."
    return f"{plain} {side} is still cheaper, by {by}{cases}."
