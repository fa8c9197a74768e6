"""The report's lines: each with its arithmetic, so that a stranger can recompute it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts, count
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    ALERT,
    AMBER,
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    SMALL,
    Spans,
    Style,
)
from mlflow_cost_desktop.figures import PLAIN, at_least, cents
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.wording.prices import arithmetic, dated_source

LONG = re.compile(r"(?<![\d.])[1-9][\d,]*\.\d{8,}")
"""A figure of at least 1 that has more decimals than anybody typed."""

EXACT = 8
"""Significant digits of a figure in the arithmetic: whoever recomputes it comes to the cent."""

NOTHING: Spans = ()


def _text(text: str, style: Style) -> Spans:
    return [(text, style)]


def flow(pages: Pages, facts: Facts) -> None:
    """The table of lines from the top of a page, and the rules behind estimated prices."""
    pages.page_break()
    pages.heading("The estimate, line by line")
    rows = [row for name in COMPONENTS for row in _component(facts, name)]
    rows += _total(facts)
    columns = (
        Column("Line and its arithmetic", 362.0),
        Column("Price", 228.0),
        Column(f"{facts.currency.heading} / month", 100.0, right=True),
    )
    pages.table(columns, rows)
    _rules(pages, facts)


def _component(facts: Facts, name: str) -> Iterator[Row]:
    charges = [charge for charge in facts.estimate.charges if charge.component == name]
    subtotal = float(facts.estimate.by_component[name])
    cost = _text(
        at_least(facts.currency.amount(subtotal, PLAIN), name in facts.estimate.gaps), BODY_BOLD
    )
    cells = (_text(COMPONENTS[name], BODY_BOLD), NOTHING, cost)
    yield Row(cells, swatch=COLORS[name], shade=True, keep=bool(charges))
    printed = [charge for charge in charges if charge.pricing_quantity != 0]
    for charge in printed:
        yield Row((_line(facts, charge), _price(facts, charge), _cost(facts, charge)))
    yield from _rounding(facts, [float(charge.known_cost) for charge in printed], subtotal, "lines")
    empty = [printable(charge.description) for charge in charges if charge.pricing_quantity == 0]
    if empty:
        yield Row(([(f"Nothing used, nothing to pay: {'; '.join(empty)}.", SMALL)],))


def _line(facts: Facts, charge: Charge) -> Spans:
    words = shortened(arithmetic(charge, facts.currency, PLAIN))
    return [(printable(charge.description), BODY), (printable(words), SMALL)]


def shortened(words: str) -> str:
    """Arithmetic without digits that only come of dividing: `4.1666667 h`, `$0.0000004`."""
    return LONG.sub(lambda found: f"{float(found[0].replace(',', '')):,.{EXACT}g}", words)


def _price(facts: Facts, charge: Charge) -> Spans:
    """What kind of price it is, and where it is from."""
    price = charge.price
    mark = f" [{facts.rules.index(price.rule) + 1}]" if price.rule else ""
    origin = dated_source(price, facts.price_book.provider.name, PLAIN)
    if price.state == "unknown":
        return [("no known price", replace(BODY, color=ALERT)), (price.sku_id, SMALL)]
    if price.state == "estimated":
        return [(f"estimated{mark}", replace(BODY, color=AMBER)), (origin, SMALL)]
    if price.state == "listed":
        return [(f"list price{mark}", BODY), (origin, SMALL)]
    kind, _, rest = price.source.partition(": ")
    return [(kind, BODY), (rest, SMALL)]


def _cost(facts: Facts, charge: Charge) -> Spans:
    if charge.is_unpriced:
        return [("unpriced", replace(BODY_BOLD, color=ALERT))]
    return [(facts.currency.amount(float(charge.effective_cost), PLAIN), BODY)]


def _rounding(facts: Facts, printed: Sequence[float], total: float, what: str) -> Iterator[Row]:
    """A line for the cents by which rounded figures miss their rounded sum."""
    shown = facts.currency.converted
    difference = cents(shown(total)) - sum(cents(shown(usd)) for usd in printed)
    if difference:
        words = f"Rounding: the sum is made before the {what} are rounded to the cent"
        sign = "+" if difference > 0 else ""
        figure = f"{sign}{PLAIN.amount(float(difference))}"
        yield Row((_text(words, SMALL), NOTHING, _text(figure, BODY_MUTED)))


def _total(facts: Facts) -> Iterator[Row]:
    estimate = facts.estimate
    total = float(estimate.effective_cost)
    label = "Per month"
    if estimate.unpriced:
        without = count(float(estimate.unpriced), "line")
        label += (
            f", without {without} that {'has' if estimate.unpriced == 1 else 'have'} no known price"
        )
    yield from _rounding(
        facts, [float(cost) for cost in estimate.by_component.values()], total, "parts"
    )
    cells = (
        _text(label, BODY_BOLD),
        NOTHING,
        _text(at_least(facts.currency.amount(total, PLAIN), estimate.unpriced), BODY_BOLD),
    )
    yield Row(cells, strong_rule=True)


def _rules(pages: Pages, facts: Facts) -> None:
    if facts.rules:
        pages.heading("Prices with a rule behind them", keep=72.0)
    for number, rule in enumerate(facts.rules, start=1):
        pages.bullet(printable(rule), BODY, f"[{number}]", BODY_MUTED)
