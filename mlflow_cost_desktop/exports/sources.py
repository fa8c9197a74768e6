"""Where the prices of an estimate come from: in a reader's words, and how they reached us."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.wording.prices import places_of, span_of


class Source(NamedTuple):
    """A source of prices.

    Attributes:
        name: whose prices they are.
        dates: their days, the oldest and the newest.
        lines: how many lines of the estimate have a price of it.
        places: how it reached us: the collections of prices that it came by.
    """

    name: str
    dates: str
    lines: int
    places: tuple[str, ...]


def by_source(facts: Facts) -> Iterator[Source]:
    """The sources of prices that bear a date, by name."""
    known, provider = facts.price_book.sources, facts.price_book.provider.name

    def name(charge: Charge) -> str:
        is_listed = charge.price.state in ("listed", "estimated")
        return f"{provider} price list" if is_listed else charge.price.source

    dated = sorted((c for c in facts.charges if c.price.date), key=name)
    for source, group in groupby(dated, key=name):
        charges = list(group)
        dates = sorted(charge.price.date for charge in charges)
        places = dict.fromkeys(
            f"{charge.price.source}: {place}"
            for charge in charges
            for place in places_of(charge.price, known)
        )
        span = span_of(dates[0], dates[-1], PLAIN)
        yield Source(source, span, len(charges), tuple(places))
