"""The report's comparison: self-host, or buy a managed plan."""

from __future__ import annotations

from collections.abc import Sequence

from mlflow_cost_desktop.analysis.managed_plans import Offer, break_evens, flips
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED, SMALL
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.managed_plan import YOUR_FIGURE
from mlflow_cost_desktop.wording.unit_costs import unit_costs_in_words
from mlflow_cost_desktop.wording.verdict import (
    break_evens_in_words,
    cost_in_words,
    difference_in_words,
    flips_in_words,
    held_in_words,
    marks,
    parts,
    source_in_words,
    verdict,
)


def flow(pages: Pages, facts: Facts) -> None:
    """What a user, a gigabyte and a run cost, and the plans beside the scenario."""
    pages.heading("What a unit costs", keep=60.0)
    for words in unit_costs_in_words(facts.scenario, facts.estimate, PLAIN):
        pages.bullet(words, BODY, "–", BODY_MUTED)
    found = facts.managed
    if not found:
        return
    pages.heading("Self-host or buy", keep=150.0)
    pages.text(
        "Each plan with what stays with the buyer, priced for this scenario's users, storage and "
        "hours, with the work of moving in and out. Plans are no part of the total above.",
        BODY_MUTED,
    )
    pages.gap(6.0)
    _table(pages, facts, found)
    _held(pages, facts)


def _table(pages: Pages, facts: Facts, found: Sequence[Offer]) -> None:
    currency = facts.scenario.currency
    columns = (
        Column("Plan", 390.0),
        Column(f"{currency.heading} / month", 150.0, right=True),
        Column("Difference", 150.0, right=True),
    )
    rows = [
        Row(
            (
                [(printable(offer.plan.name), BODY), (_aside(offer), SMALL)],
                [(cost_in_words(offer, currency, PLAIN), BODY)],
                [(difference_in_words(offer, currency, PLAIN), BODY_MUTED)],
            )
        )
        for offer in found
    ]
    pages.table(columns, rows)


def _aside(offer: Offer) -> str:
    small = "; ".join(offer.too_small)
    said = ", ".join(words for words in marks(offer) if words != YOUR_FIGURE)  # the source says so
    return " · ".join(filter(None, (said, small, printable(source_in_words(offer, PLAIN)))))


def _held(pages: Pages, facts: Facts) -> None:
    scenario, book, held = facts.scenario, facts.price_book, facts.held
    pages.gap(8.0)
    offer = held.offer
    words = held_in_words(held, scenario.team.users, None, scenario.currency, PLAIN)
    if offer is None:
        pages.text(f"{words.name}.", BODY_BOLD)
        return
    marked = f" ({words.marks})" if words.marks else ""
    pages.text(f"Held against this scenario: {printable(offer.plan.name + marked)}", BODY_BOLD)
    said = [*verdict(offer, scenario.currency, PLAIN), *parts(offer)]
    if held.plan:
        said += break_evens_in_words(break_evens(scenario, book, held.plan), PLAIN)
        said.append(flips_in_words(flips(scenario, book, held.plan), PLAIN))
    said.append(printable(offer.plan.note))
    for words in filter(None, said):
        pages.bullet(words, BODY, "–", BODY_MUTED)
