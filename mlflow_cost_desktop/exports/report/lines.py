"""The report's lines: each with its arithmetic, so that a stranger can recompute it."""

from __future__ import annotations

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
from mlflow_cost_desktop.wording.growth import due_in_words
from mlflow_cost_desktop.wording.prices import dated_source

COLUMNS = (
    Column("Line and its arithmetic", 362.0),
    Column("Price", 238.0),
    Column("USD / month", 90.0, right=True),
)

CASH_COLUMNS = (
    Column("When", 190.0),
    Column("Due besides every month's lines", 380.0),
    Column("USD paid", 120.0, right=True),
)

NOTHING: Spans = ()


def _text(text: str, style: Style) -> Spans:
    return [(text, style)]


def flow(pages: Pages, facts: Facts) -> None:
    """The table of lines from the top of a page, and the rules behind estimated prices."""
    pages.page_break()
    pages.heading("The estimate, line by line")
    rows = [row for name in COMPONENTS for row in _component(facts, name)]
    rows += _total(facts)
    pages.table(COLUMNS, rows)
    _cash(pages, facts)
    _rules(pages, facts)


def _component(facts: Facts, name: str) -> Iterator[Row]:
    charges = [charge for charge in facts.estimate.charges if charge.component == name]
    subtotal = float(facts.estimate.by_component[name])
    cost = _text(at_least(PLAIN.amount(subtotal), name in facts.estimate.gaps), BODY_BOLD)
    cells = (_text(COMPONENTS[name], BODY_BOLD), NOTHING, cost)
    yield Row(cells, swatch=COLORS[name], shade=True, keep=bool(charges))
    printed = [charge for charge in charges if charge.pricing_quantity != 0]
    for charge in printed:
        yield Row((_line(charge), _price(facts, charge), _cost(charge)))
    yield from _rounding([float(charge.known_cost) for charge in printed], subtotal, "lines")
    empty = [printable(charge.description) for charge in charges if charge.pricing_quantity == 0]
    if empty:
        yield Row(([(f"Nothing used, nothing to pay: {'; '.join(empty)}.", SMALL)],))


def _line(charge: Charge) -> Spans:
    return [(printable(charge.description), BODY), (printable(charge.explanation), SMALL)]


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


def _cost(charge: Charge) -> Spans:
    if charge.is_unpriced:
        return [("unpriced", replace(BODY_BOLD, color=ALERT))]
    return [(PLAIN.amount(float(charge.effective_cost)), BODY)]


def _rounding(printed: Sequence[float], total: float, what: str) -> Iterator[Row]:
    """A line for the cents by which rounded figures miss their rounded sum."""
    difference = cents(total) - sum(map(cents, printed))
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
    yield from _rounding([float(cost) for cost in estimate.by_component.values()], total, "parts")
    cells = (
        _text(label, BODY_BOLD),
        NOTHING,
        _text(at_least(PLAIN.amount(total), estimate.unpriced), BODY_BOLD),
    )
    yield Row(cells, strong_rule=True)
    currency = facts.currency
    if not currency.is_usd:
        at_rate = f"In {currency.code}, at {currency.rate_in_words(PLAIN)}"
        figure = _text(at_least(currency.amount(total, PLAIN), estimate.unpriced), BODY_BOLD)
        yield Row((_text(at_rate, BODY), NOTHING, figure))


def _cash(pages: Pages, facts: Facts) -> None:
    """What is paid in which month, where months differ; those that are alike share a row."""
    along = facts.projection
    special = dict.fromkeys(due.month for due in along.due)
    if not special or along.other_months is None:
        return  # where other months differ, too, the page on time tells of all
    alike: dict[tuple[float, str], list[str]] = {}
    for month in special:
        key = float(along.cash[month - 1]), due_in_words(along, month)
        alike.setdefault(key, []).append(str(month))
    rows = [
        Row(
            (
                _text(_months(months), BODY),
                _text(printable(due), SMALL),
                _text(at_least(PLAIN.amount(usd), facts.estimate.gaps), BODY),
            )
        )
        for (usd, due), months in alike.items()
    ]
    for what, usd in (
        ("Every other month", along.other_months),
        ("First year", along.years[0].cash),
        (f"All {count(along.months, 'month')}", along.cash_total),
    ):
        figure = at_least(PLAIN.amount(float(usd)), facts.estimate.gaps)
        rows.append(Row((_text(what, BODY), NOTHING, _text(figure, BODY))))
    pages.heading("Cash", keep=120.0)
    pages.table(CASH_COLUMNS, [*(replace(row, keep=True) for row in rows[:-1]), rows[-1]])


def _months(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"Month {numbers[0]}"
    return f"Months {', '.join(numbers[:-1])} and {numbers[-1]}"


def _rules(pages: Pages, facts: Facts) -> None:
    if facts.rules:
        pages.heading("Prices with a rule behind them", keep=72.0)
    for number, rule in enumerate(facts.rules, start=1):
        pages.bullet(printable(rule), BODY, f"[{number}]", BODY_MUTED)
