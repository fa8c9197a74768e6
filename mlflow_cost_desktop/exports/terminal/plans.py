"""Managed plans beside a scenario, as a table, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mlflow_cost_desktop.analysis.flips import flips
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import Offer
from mlflow_cost_desktop.exports.plain_text import columns, printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import about, as_csv
from mlflow_cost_desktop.exports.terminal.estimate import (
    CURRENCY,
    CURRENCY_COLUMNS,
    charge_row,
    in_currency,
    rate_of,
)
from mlflow_cost_desktop.exports.terminal.flips import flips_object
from mlflow_cost_desktop.exports.terminal.held import held_json
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.managed_plan import YOUR_FIGURE
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.flips import flips_in_words
from mlflow_cost_desktop.wording.verdict import (
    cost_in_words,
    difference_in_words,
    held_in_words,
    mark,
    parts,
    source_in_words,
    verdict,
)

WIDTH = 100

PLAN_COLUMNS = (
    "id",
    "name",
    "software",
    "price",
    "certainty",
    "fits",
    "effective_cost",
    "difference",
    "infrastructure_difference",
    "labor_difference",
    "horizon_total",
    "plan_fees",
    "one_off",
    "too_small",
    "caveats",
    "source",
    "date",
    "held_against",
    "unpriced_lines",
)
"""A plan's keys in JSON and columns in CSV; docs/command-line.md explains each."""


def plans_table(scenario: Scenario, book: PriceBook, found: Sequence[Offer], held: Held) -> str:
    """The plans, and in sentences what the one held against, or the only one, comes to."""
    currency = scenario.currency
    rows = [("Plan", f"{currency.heading} / month", "Difference", "", "id")]
    for offer in found:
        cells = cost_in_words(offer, currency, PLAIN), difference_in_words(offer, currency, PLAIN)
        is_held = offer.plan.id == held.plan_id
        aside = ", ".join(filter(None, ("held against" if is_held else "", mark(offer))))
        rows.append((printable(offer.plan.name), *cells, aside, offer.plan.id))
    lines = [printable(scenario.name), f"{book.region_name} ({book.region_id})"]
    rate = currency.rate_in_words(PLAIN)
    lines += [printable(rate), ""] if rate else [""]
    lines += columns(rows, (False, True, True, False, False))
    told = _told_of(found, held)
    if told is None:
        words = held_in_words(held, scenario.team.users, None, currency, PLAIN)
        lines += ["", f"{words.name}."]
    if told:
        lines.append("")
        for sentence in _told(scenario, book, told):
            lines += wrapped(sentence, WIDTH, "  ")
    return "\n".join(lines) + "\n"


def _told_of(found: Sequence[Offer], held: Held) -> Offer | None:
    """The plan of which all is told: the only one, or the one held against.

    What the verdict turns on takes hundreds of estimates: with many plans, each, it would take
    minutes.
    """
    return found[0] if len(found) == 1 else held.offer


def _told(scenario: Scenario, book: PriceBook, offer: Offer) -> Iterator[str]:
    yield f"{offer.plan.name}:"
    yield from verdict(offer, scenario.currency, PLAIN)
    yield from parts(offer)
    if offer.bought is not None:
        yield from flips_in_words(flips(scenario, book, offer.plan), PLAIN)
    if offer.plan.note:
        yield offer.plan.note
    yield source_in_words(offer, PLAIN)


def plans_json(scenario: Scenario, book: PriceBook, found: Sequence[Offer], held: Held) -> str:
    """The plans as a JSON object; figures are unrounded USD, null where there is no price."""
    told = _told_of(found, held)
    document = {
        "about": about(scenario, book),
        "scenario": scenario.name,
        "provider_id": book.provider.id,
        "region_id": book.region_id,
        "users": scenario.team.users,
        "stored_gb": scenario.artifact_store.stored_gb,
        "horizon_months": scenario.horizon_months,
        "unpriced_lines": int(estimate(scenario, book).unpriced),
        "currency": CURRENCY,
        "display_currency": rate_of(scenario.currency),
        "held_against": held_json(held),
        "plans": [
            {
                **_row(offer, held),
                "charges": [charge_row(charge) for charge in offer.bought.charges]
                if offer.bought
                else [],
                **_turning(scenario, book, offer, is_told=offer is told),
            }
            for offer in found
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


NO_PLANS = "No managed plan is known."


def plans_csv(scenario: Scenario, book: PriceBook, found: Sequence[Offer], held: Held) -> str:
    """A row for each plan; figures without a price are empty."""
    currency, stated = scenario.currency, about(scenario, book)
    rows = [list(_row(offer, held).values()) for offer in found]
    if currency.is_usd:
        return as_csv(PLAN_COLUMNS, rows, stated, NO_PLANS)
    for offer, row in zip(found, rows, strict=True):
        row += in_currency(currency, offer.bought and float(offer.bought.effective_cost))
    return as_csv((*PLAN_COLUMNS, *CURRENCY_COLUMNS), rows, stated, NO_PLANS)


def _row(offer: Offer, held: Held) -> dict[str, Any]:
    bought, plan = offer.bought, offer.plan
    figures: tuple[float | None, ...] = (None,) * 7
    if bought is not None:
        figures = (
            float(bought.effective_cost),
            float(offer.difference),
            float(offer.infrastructure_difference),
            float(offer.labor_difference),
            float(bought.horizon_total),
            offer.fees,
            offer.one_off,
        )
    small = "; ".join(offer.too_small)
    sure = plan.certainty if bought else ""
    named = plan.id, plan.name, plan.software, plan.price_state, sure
    caveats = " ".join(caveat.text for caveat in offer.caveats)
    origin = plan.source or YOUR_FIGURE, plan.date
    is_held = plan.id == held.plan_id
    unpriced = None if bought is None else int(bought.unpriced)
    cells = (*named, offer.fits, *figures, small, caveats, *origin, is_held, unpriced)
    return dict(zip(PLAN_COLUMNS, cells, strict=True))


def _turning(scenario: Scenario, book: PriceBook, offer: Offer, *, is_told: bool) -> dict[str, Any]:
    """What a plan's verdict turns on; null where not all is told of the plan."""
    if not is_told:
        return {"flips": None, "groups": None}
    turns = flips_object(flips(scenario, book, offer.plan) if offer.bought else None)
    return {"flips": turns["flips"], "groups": turns["groups"]}
