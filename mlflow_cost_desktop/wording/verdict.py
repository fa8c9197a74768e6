"""What a comparison with a managed plan says: the same in window, PDF and terminal."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.analysis.managed_plans import BreakEven, Offer, Turn
from mlflow_cost_desktop.figures import day, exact, plural
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import COMPONENT, ManagedPlan

STATES = {"ask": "ask", "closed": "closed"}
TURNS_SAID = 3


def cost_in_words(offer: Offer, currency: Currency) -> str:
    """`180.00`, or why there is no figure."""
    if offer.bought is None:
        return STATES[offer.plan.price]
    return currency.amount(float(offer.bought.effective_cost))


def difference_in_words(offer: Offer, currency: Currency) -> str:
    """`−120.00` where the plan is cheaper, `+120.00` where it costs more."""
    if offer.bought is None:
        return ""
    usd = float(offer.difference)
    return f"{'−' if usd < 0 else '+'}{currency.amount(abs(usd))}"


def verdict(offer: Offer, currency: Currency) -> Iterator[str]:
    """The two totals, their difference and its parts."""
    if offer.bought is None:
        yield {
            "ask": "No public price: ask the vendor, and type what you were offered.",
            "closed": "No longer sold; kept for its history.",
        }[offer.plan.price]
        return
    money = currency.money
    monthly = float(offer.bought.effective_cost)
    stays = monthly - offer.fees - offer.one_off
    yield (
        f"{money(offer.fees)} for the plan + {money(stays)} that stays with you + "
        f"{money(offer.one_off)} for moving in and out = {money(monthly)} a month, "
        f"{_than(offer, currency)}."
    )
    months = float(offer.own.horizon_months)
    yield (
        f"Over {exact(months)} {plural(months, 'month')} {money(float(offer.bought.horizon_total))}"
        f" against {money(float(offer.own.horizon_total))}. The difference: infrastructure "
        f"{_more_or_less(float(offer.infrastructure_difference), currency)}, labor "
        f"{_more_or_less(float(offer.labor_difference), currency)} a month."
    )
    if unpriced := int(offer.own.unpriced):
        lines = plural(unpriced, "line")
        yield f"This scenario's total is too low: {unpriced} {lines} without a known price."
    for why in offer.too_small:
        yield f"Too small for this team: {why}."
    if offer.caveats:
        yield " ".join(offer.caveats)


def mark(offer: Offer) -> str:
    """What sets a plan's figure apart in a list, in a word or two."""
    if offer.bought is None:
        return ""
    marks = {
        "too small": bool(offer.too_small),
        "not MLflow": offer.plan.software == "other",
        "doubtful": offer.plan.certainty == "doubtful",
    }
    return ", ".join(words for words, holds in marks.items() if holds)


def source_in_words(plan: ManagedPlan) -> str:
    """Where a plan's price is from, with the date; empty where it is the user's own."""
    if not plan.source:
        return ""
    dated = f", {day(plan.date)}" if plan.date and plan.date not in plan.source else ""
    return f"Source: {plan.source}{dated}."


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


def break_evens_in_words(found: tuple[BreakEven, ...]) -> Iterator[str]:
    """`The plan wins above 4.2 h of upkeep saved a month (now 4.2)`."""
    for turn in found:
        side = "above" if turn.wins_above else "below"
        now = exact(round(turn.now, 1))
        yield f"The plan wins {side} {_quantity(turn)} (now {now})."


def _quantity(turn: BreakEven) -> str:
    number = exact(round(turn.at, 1))
    return {
        "users": f"{number} seats",
        "artifacts": f"{number} GB of artifacts",
        "usage": f"{number} h of usage a month",
        "upkeep saved": f"{number} h of upkeep saved a month",
    }[turn.what]


def turns_in_words(found: tuple[Turn, ...]) -> str:
    """Which single assumption turns the verdict."""
    if not found:
        return "No single input turns the verdict, halved or doubled."
    said = "; ".join(
        f"{turn.title}, from {exact(round(turn.now, 2))} to {exact(round(turn.then, 2))} "
        f"{plural(turn.then, turn.unit)}".rstrip()
        for turn in found[:TURNS_SAID]
    )
    rest = len(found) - TURNS_SAID
    return f"Turns the verdict by itself: {said}{f'; {rest} more' if rest > 0 else ''}."


def headline(
    offer: Offer, seats: float, turn: BreakEven | None, currency: Currency
) -> tuple[str, str, str]:
    """A plan with its cost, the difference, and from how many seats the plan wins."""
    assert offer.bought is not None
    total = currency.money(float(offer.bought.effective_cost))
    marked = mark(offer)
    name = f"{offer.plan.name} ({marked})" if marked else offer.plan.name
    first = f"{name}, {exact(seats)} {plural(seats, 'seat')}: {total}"
    usd = float(offer.difference)
    difference = f"{currency.money(abs(usd))} {'cheaper' if usd < 0 else 'costlier'}"
    most = offer.plan.most_seats
    if turn is None:
        return first, difference, f"up to its {exact(most)} seats" if most else "at any size"
    edge = int(turn.at)
    upper = f"to {exact(most)} seats" if most else "seats up"
    side = f"from {edge + 1} {upper}" if turn.wins_above else f"from {edge} seats down"
    return first, difference, side if usd < 0 else f"· cheaper {side}"


def _than(offer: Offer, currency: Currency) -> str:
    usd = float(offer.difference)
    own = currency.money(float(offer.own.effective_cost))
    if abs(usd) < 0.005:
        return f"as much as this scenario, {own}"
    word = "cheaper" if usd < 0 else "costlier"
    return f"{currency.money(abs(usd))} {word} than this scenario's {own}"


def _more_or_less(usd: float, currency: Currency) -> str:
    return f"{currency.money(abs(usd))} {'less' if usd < 0 else 'more'}"
