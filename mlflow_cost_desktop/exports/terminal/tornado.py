"""Which inputs matter most, as a table, JSON or CSV."""

from __future__ import annotations

import json
from typing import Any

from mlflow_cost_desktop.analysis.tornado import Bar, Tornado
from mlflow_cost_desktop.exports.plain_text import columns, printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import about, as_csv
from mlflow_cost_desktop.figures import PLAIN, at_least
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.totals import left_out_of_all
from mlflow_cost_desktop.wording.uncertainty import (
    bar_in_words,
    moves_in_words,
    without_effect_in_words,
)

WIDTH = 100

COLUMNS = ("path", "title", "low", "high", "cost_low", "cost_high")
"""A bar's keys in JSON and columns in CSV."""


def _row(bar: Bar) -> dict[str, Any]:
    move = bar.moves[0]
    cells = bar.path, bar_in_words(bar), move.low, move.high, bar.cost_low, bar.cost_high
    return dict(zip(COLUMNS, cells, strict=True))


def tornado_json(found: Tornado, scenario: Scenario, book: PriceBook) -> str:
    """The bars as a JSON object in USD a month, the widest first."""
    document = {
        "about": about(scenario, book),
        "cost": found.cost,
        "has_ranges": found.has_ranges,
        "bars": [
            {**_row(bar), "with": [move.place.path for move in bar.moves[1:]]} for bar in found.bars
        ],
        "without_effect": [place.path for place in found.without_effect],
        "unpriced": found.unpriced,
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def tornado_csv(found: Tornado, scenario: Scenario, book: PriceBook) -> str:
    """A row for each bar."""
    rows = [list(_row(bar).values()) for bar in found.bars]
    return as_csv(COLUMNS, rows, about(scenario, book), "No input changes the total.")


def tornado_table(found: Tornado, scenario: Scenario, book: PriceBook) -> str:
    """The bars, each with what the cost is at both ends."""
    currency = scenario.currency
    rows = [("Input", "Ends", f"{currency.heading} at low", "at high")]
    for bar in found.bars:
        ends = moves_in_words(bar, PLAIN, has_ranges=found.has_ranges)
        low = at_least(currency.amount(bar.cost_low, PLAIN), bar.lacks_low)
        high = at_least(currency.amount(bar.cost_high, PLAIN), bar.lacks_high)
        rows.append((printable(bar_in_words(bar)), ends, low, high))
    now = at_least(currency.money(found.cost, PLAIN), found.unpriced)
    lines = [
        printable(scenario.name),
        f"{book.region_name} ({book.region_id})",
        "",
        f"{now} a month, and with one input at an end, everything else as it is:",
        "",
        *columns(rows, (False, False, True, True)),
    ]
    if words := without_effect_in_words(found):
        lines += ["", *wrapped(words, WIDTH, "  ")]
    if found.unpriced:
        lines += ["", left_out_of_all(found.unpriced)]
    if not found.has_ranges:
        lines += ["", "No input has a range: each is moved by ±10 %, one step up from zero."]
    return "\n".join(line.rstrip() for line in lines) + "\n"
