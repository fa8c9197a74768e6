"""An estimate as a table for a terminal of 100 columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from mlflow_cost_desktop.analysis.held_against import held_against
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.analysis.projection import Projection, projection
from mlflow_cost_desktop.analysis.suggestions import suggestions
from mlflow_cost_desktop.analysis.unit_costs import unit_costs
from mlflow_cost_desktop.exports.plain_text import (
    cells_of,
    printable,
    to_left,
    to_right,
    wrapped,
)
from mlflow_cost_desktop.figures import MORE, PLAIN, plural
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price import PriceState, Value
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.growth import due_in_words
from mlflow_cost_desktop.wording.own_prices import own_in_words
from mlflow_cost_desktop.wording.price_age import Reading, old_in_short, old_in_words
from mlflow_cost_desktop.wording.prices import price_dates
from mlflow_cost_desktop.wording.totals import gaps_in_words
from mlflow_cost_desktop.wording.verdict import held_in_words

WIDTH = 100
NAME, QUANTITY, PRICE, COST, MARK = 48, 24, 11, 11, 2
MARKS: dict[PriceState, str] = {"listed": "", "own": "*", "estimated": "~", "unknown": "?"}
LEGEND = {
    "*": "your own rate or a default",
    "~": "estimated price",
    "?": "no known price, not in the totals",
}


def estimate_table(
    scenario: Scenario,
    price_book: PriceBook,
    plans: Sequence[ManagedPlan] = (),
    *,
    zero_lines: bool = False,
    cash: bool = False,
    reading: Reading | None = None,
) -> str:
    """The lines by part, its totals, and what the reader should know.

    Args:
        plans: those that come with the program.
        zero_lines: also the lines that cost nothing.
        cash: also what is paid in which month.
        reading: when it is read, by which the age of its prices is told; today where left out.
    """
    outcome = estimate(scenario, price_book)
    reading = reading or Reading.now()
    old = old_in_short(outcome, reading)
    where = f"{price_book.region_name} ({price_book.region_id}){f' · {old}' if old else ''}"
    lines = [printable(scenario.name), where, ""]
    lines.append(_row("USD a month", "Quantity", "Unit price", "Cost"))
    lines.append("─" * WIDTH)
    for name, title in COMPONENTS.items():
        lines += _part(outcome, name, title, zero_lines)
    lines += _totals(outcome)
    lines += _unit_costs(scenario, outcome)
    lines += _in_currency(scenario.currency, outcome)
    lines += _held_against(scenario, price_book, outcome, plans)
    if cash:
        lines += _cash(projection(scenario, price_book), bool(outcome.gaps))
    lines.append("")
    for note in _notes(scenario, price_book, outcome, plans, reading):
        lines += wrapped(note, WIDTH, "  ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _part(outcome: Estimate, name: str, title: str, zero_lines: bool) -> Iterator[str]:
    charges = [charge for charge in outcome.charges if charge.component == name]
    shown = [charge for charge in charges if zero_lines or charge.is_worth_showing]
    yield title
    for charge in shown:
        yield from _line(charge)
    hidden = len(charges) - len(shown)
    aside = f" ({hidden} {plural(hidden, 'line')} of $0.00 not shown)" if hidden else ""
    yield _sum(f"  Subtotal{aside}", outcome.by_component[name], name in outcome.gaps)
    yield ""


def _line(charge: Charge) -> Iterator[str]:
    usd, cost = float(charge.price.usd), float(charge.effective_cost)
    amount, unit = float(charge.pricing_quantity), printable(charge.pricing_unit)
    quantity = f"{_short(amount)} {plural(amount, unit)}"
    cells = (
        quantity,
        "unknown" if math.isnan(usd) else PLAIN.unit_price(usd),
        "unknown" if math.isnan(cost) else PLAIN.money(cost),
        MARKS[charge.price.state],
    )
    first, *rest = wrapped(charge.description, NAME - 2, "  ")
    if cells_of(quantity) > QUANTITY:  # a long unit of the user's own stands below the name
        rest += wrapped(quantity, NAME - 2, "  ")
        cells = ("", *cells[1:])
    yield _row(f"  {first}", *cells)
    yield from (f"  {line}" for line in rest)


def _row(name: str, quantity: str, price: str, cost: str, mark: str = "") -> str:
    figures = f"{to_right(quantity, QUANTITY)} {price:>{PRICE}} {cost:>{COST}}"
    return f"{to_left(name, NAME)} {figures} {mark:<{MARK}}".rstrip()


def _totals(outcome: Estimate) -> Iterator[str]:
    months = float(outcome.horizon_months)
    monthly = float(outcome.effective_cost)
    yield "─" * WIDTH
    lacks = bool(outcome.gaps)
    figures = [
        ("Effective cost a month", monthly, lacks),
        ("  of it infrastructure", outcome.infrastructure, outcome.infrastructure_has_gaps),
        ("  of it maintenance", outcome.labor, "labor" in outcome.gaps),
        ("A year", monthly * 12.0, lacks),
        (f"Over {PLAIN.quantity(months, 'month')}", outcome.horizon_total, lacks),
        ("List cost a month, without discounts", outcome.list_cost, lacks),
        ("Contracted cost a month, without commitments", outcome.contracted_cost, lacks),
        ("Billed in the first month", outcome.billed_cost, lacks),
        ("Billed in the first year", outcome.first_year_cash, lacks),
    ]
    for name, usd, is_incomplete in figures:
        yield _sum(name, usd, is_incomplete)


def _sum(name: str, usd: Value, is_incomplete: bool) -> str:
    """A total, with the sign for what it lacks."""
    return _row(name, "", "", PLAIN.money(float(usd)), MORE if is_incomplete else "")


def _cash(along: Projection, lacks: bool) -> Iterator[str]:
    yield ""
    yield _row("Cash", "", "", "")
    yield "─" * WIDTH
    more = f" {MORE}" if lacks else ""
    for month in dict.fromkeys(due.month for due in along.due):
        words = f"Month {month}: {due_in_words(along, month)}"
        first, *rest = wrapped(words, NAME + 24, "  ")
        name = to_left(first, NAME + QUANTITY + PRICE + 2)
        yield f"{name} {PLAIN.money(float(along.cash[month - 1])):>{COST}}{more}"
        yield from rest
    if along.other_months is None:
        yield _row("Other months differ: mlflow-cost project lists them", "", "", "")
    else:
        yield _sum("Every other month", along.other_months, lacks)
    yield _sum("First year", along.years[0].cash, lacks)
    yield _sum(f"All {along.months} months", along.cash_total, lacks)


def _unit_costs(scenario: Scenario, outcome: Estimate) -> Iterator[str]:
    names = {"user": "For each user", "gb": "For each GB kept", "run": "For each run"}
    for name, usd in unit_costs(scenario, outcome).named.items():
        if usd is not None:
            yield _sum(names[name], usd, bool(outcome.gaps))


def _in_currency(currency: Currency, outcome: Estimate) -> Iterator[str]:
    if not currency.is_usd:
        yield _row(f"In {currency.code}, {currency.rate_in_words(PLAIN)}", "", "", "")
        for name, usd in (
            ("  effective cost a month", outcome.effective_cost),
            (f"  over {PLAIN.exact(float(outcome.horizon_months))} months", outcome.horizon_total),
        ):
            gap = MORE if outcome.gaps else ""
            yield _row(name, "", "", currency.money(float(usd), PLAIN), gap)


def _held_against(
    scenario: Scenario, price_book: PriceBook, outcome: Estimate, plans: Sequence[ManagedPlan]
) -> Iterator[str]:
    """The managed plan beside the total, what it costs, and what qualifies that."""
    held = held_against(scenario, offers(scenario, price_book, plans, outcome))
    offer = held.offer
    if offer is None:
        return
    said = held_in_words(held, scenario.team.users, None, Currency(), PLAIN)
    cost = PLAIN.money(float(offer.bought.effective_cost)) if offer.bought else said.holds
    gap = f" {MORE}" if offer.bought and offer.bought.gaps else ""
    yield ""
    first, *rest = wrapped(f"Held against {printable(offer.plan.name)}", NAME + 24, "  ")
    yield f"{to_left(first, NAME + QUANTITY)} {cost:>{PRICE + COST + 1}}{gap}"
    yield from rest
    for words in filter(None, (said.difference, said.marks)):
        yield from (f"  {line}" for line in wrapped(words, WIDTH - 2, "  "))


def _notes(
    scenario: Scenario,
    price_book: PriceBook,
    outcome: Estimate,
    plans: Sequence[ManagedPlan],
    reading: Reading,
) -> Iterator[str]:
    usage = float(scenario.usage.factor(scenario.hours_in_month).value)
    yield f"A month of {PLAIN.exact(scenario.hours_in_month)} h, {_short(usage)} h of usage."
    if dates := price_dates(outcome, PLAIN):
        yield f"{price_book.provider.name}'s prices in this estimate are of {dates}."
    if old := old_in_words(outcome, reading, PLAIN):
        yield f"! {old}"
    if count := gaps_in_words(outcome):
        yield f"{count}."
    seen = {MARKS[charge.price.state] for charge in outcome.charges if charge.effective_cost != 0}
    legend = "; ".join(f"{mark} {words}" for mark, words in LEGEND.items() if mark in seen)
    if legend:
        yield f"{legend}."
    if any(charge.reduction or charge.discount for charge in outcome.charges):
        yield "Unit prices are before discounts, costs after them."
    yield from own_in_words(scenario, price_book, outcome, PLAIN)
    for notice in warnings(scenario, price_book, outcome, plans):
        yield f"! {notice.text}"
    for suggestion in suggestions(scenario, price_book):
        yield f"+ {COMPONENTS[suggestion.component]}: {suggestion.text}"


def _short(number: float) -> str:
    """A quantity at a length that suits a column."""
    return PLAIN.exact(round(number, 2) if number >= 1 else float(f"{number:.4g}"))
