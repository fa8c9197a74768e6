"""What a comparison with a managed plan says: the same in window, PDF and terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import Offer
from mlflow_cost_desktop.figures import Figures, at_least, one_line, plural, write
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import (
    COMPONENT,
    NONE,
    TOO_SMALL,
    ManagedPlan,
    PlanState,
)
from mlflow_cost_desktop.wording.totals import LACKS

if TYPE_CHECKING:  # what would turn it is looked for once figures rest
    from mlflow_cost_desktop.analysis.flips import Flips

STATES: dict[PlanState, str] = {"ask": "ask", "closed": "closed", "unknown": "unknown"}
"""What stands in a column in place of a figure."""

WITHOUT_FIGURE: dict[PlanState, str] = {
    "ask": "No public price: ask the vendor, and type what you were offered.",
    "closed": "No longer sold; kept for its history.",
    "unknown": "The price is unknown until you type a figure, or say that the plan is free.",
}
IN_SHORT: dict[PlanState, str] = {
    "ask": "ask the vendor",
    "closed": "no longer sold",
    "unknown": "price unknown",
}


def cost_in_words(offer: Offer, currency: Currency, figures: Figures) -> str:
    """`180.00`, or why there is no figure."""
    if offer.bought is None:
        return STATES[offer.plan.price_state]
    return at_least(currency.amount(float(offer.bought.effective_cost), figures), offer.bought.gaps)


def difference_in_words(offer: Offer, currency: Currency, figures: Figures) -> str:
    """`−120.00` where the plan is cheaper, `+120.00` where it costs more."""
    if offer.bought is None:
        return ""
    usd = float(offer.difference)
    return f"{'−' if usd < 0 else '+'}{currency.amount(abs(usd), figures)}"


def verdict(offer: Offer, currency: Currency, figures: Figures) -> Iterator[str]:
    """The two totals, their difference and its parts."""
    if offer.bought is None:
        yield WITHOUT_FIGURE[offer.plan.price_state]
        return

    def money(usd: float, lacks: object = False) -> str:
        return at_least(currency.money(usd, figures), lacks)

    monthly, lacks = float(offer.bought.effective_cost), offer.bought.gaps
    stays = monthly - offer.fees - offer.one_off
    yield (
        f"{money(offer.fees)} for the plan + {money(stays, lacks)} that stays with you + "
        f"{money(offer.one_off)} for moving in and out = {money(monthly, lacks)} a month, "
        f"{_than(offer, currency, figures)}."
    )
    months = float(offer.own.horizon_months)
    yield (
        f"Over {figures.quantity(months, 'month')} "
        f"{money(float(offer.bought.horizon_total), lacks)} against "
        f"{money(float(offer.own.horizon_total), offer.own.gaps)}. The difference: infrastructure "
        f"{_more_or_less(float(offer.infrastructure_difference), currency, figures)}, maintenance "
        f"{_more_or_less(float(offer.labor_difference), currency, figures)} a month."
    )
    if unpriced := int(offer.own.unpriced):
        lines = plural(unpriced, "line")
        yield f"This scenario's total is too low: {unpriced} {lines} without a known price."
    for why in offer.too_small:
        yield f"Too small for this team: {write(why, figures)}."
    if offer.caveats:
        yield " ".join(write(caveat.text, figures) for caveat in offer.caveats)


def marks(offer: Offer) -> tuple[str, ...]:
    """What qualifies a plan's figure, each in a word or two, to stand beside it."""
    lacks = offer.bought is not None and (offer.own.gaps or offer.bought.gaps)
    return (*offer.marks, LACKS) if lacks else offer.marks


def mark(offer: Offer) -> str:
    """The same in one text."""
    return ", ".join(marks(offer))


def unfit_in_words(found: Iterable[Offer]) -> Iterator[str]:
    """Plans that don't fit, by why: `No longer sold: Neptune.ai (not MLflow)`."""
    kinds: dict[str, list[str]] = {}
    for offer in found:
        state = offer.plan.price_state
        why = IN_SHORT[state] if offer.bought is None else f"{TOO_SMALL} for this team"
        others = ", ".join(words for words in marks(offer) if words != TOO_SMALL)
        name = one_line(offer.plan.name)
        kinds.setdefault(why, []).append(f"{name} ({others})" if others else name)
    for why, names in kinds.items():
        yield f"{why[:1].upper()}{why[1:]}: {', '.join(names)}"


def source_in_words(offer: Offer, figures: Figures) -> str:
    """Where a plan's price is from, with the date; an edited one's source is the user."""
    if offer.plan.source:
        return f"Source: {_dated(offer.plan, figures)}."
    words = "Your figure" if offer.plan.has_figure else "Your plan"
    if not offer.shipped:
        return f"{words}."
    return f"{words}. Before your change: {_dated(offer.shipped, figures)}."


def _dated(plan: ManagedPlan, figures: Figures) -> str:
    dated = f", {figures.day(plan.date)}" if plan.date and plan.date not in plan.source else ""
    return f"{plan.source}{dated}"


def parts(offer: Offer) -> Iterator[str]:
    """What the plan replaces and what stays."""
    if offer.bought is None:
        return
    yield f"Replaces: {_lines(offer, replaced=True) or 'nothing'}."
    yield f"Stays with you: {_lines(offer, replaced=False) or 'nothing'}."


def _lines(offer: Offer, *, replaced: bool) -> str:
    charges = offer.replaced if replaced else offer.stays
    names: dict[str, None] = {}
    for charge in charges:
        if charge.is_worth_showing and charge.component != COMPONENT:
            whole = charge.component != "labor"
            names[COMPONENTS[charge.component] if whole else charge.description] = None
    return ", ".join(names)


class Headline(NamedTuple):
    """What stands beside the total.

    Attributes:
        name: the plan and what it costs, `Comet Pro, 5 seats: $191.96`.
        difference: `$467.90 cheaper`; empty where there is no figure.
        holds: which input is the nearest to turning that, or why there is no figure.
        marks: what qualifies the figure, `not MLflow, doubtful`.
    """

    name: str
    difference: str = ""
    holds: str = ""
    marks: str = ""


def held_in_words(
    held: Held, seats: float, turns: Flips | None, currency: Currency, figures: Figures
) -> Headline:
    """What a scenario is held against, for its `seats`; `turns` are what would turn the verdict."""
    offer = held.offer
    if offer is None:
        nothing = "Held against nothing" if held.choice == NONE else "No managed plan fits"
        return Headline(nothing, marks=_instead(held))
    marked = ", ".join(filter(None, (mark(offer), _instead(held))))
    name = f"{offer.plan.name}, {figures.quantity(seats, 'seat')}"
    if offer.bought is None:
        return Headline(name, "", IN_SHORT[offer.plan.price_state], marked)
    total = at_least(currency.money(float(offer.bought.effective_cost), figures), offer.bought.gaps)
    usd = float(offer.difference)
    difference = f"{currency.money(abs(usd), figures)} {'cheaper' if usd < 0 else 'costlier'}"
    holds = ""
    if turns is not None and not offer.too_small:
        from mlflow_cost_desktop.wording.flips import nearest_in_words

        holds = nearest_in_words(turns, figures)
    return Headline(f"{name}: {total}", difference, holds, marked)


def _instead(held: Held) -> str:
    return f"“{held.choice}” is gone" if held.is_gone else ""


def _than(offer: Offer, currency: Currency, figures: Figures) -> str:
    usd = float(offer.difference)
    own = at_least(currency.money(float(offer.own.effective_cost), figures), offer.own.gaps)
    if abs(usd) < 0.005:
        return f"as much as this scenario, {own}"
    word = "cheaper" if usd < 0 else "costlier"
    return f"{currency.money(abs(usd), figures)} {word} than this scenario's {own}"


def _more_or_less(usd: float, currency: Currency, figures: Figures) -> str:
    return f"{currency.money(abs(usd), figures)} {'less' if usd < 0 else 'more'}"
