"""The report's comparison: self-host, or buy a managed plan."""

from __future__ import annotations

from collections.abc import Sequence

from mlflow_cost_desktop.analysis.managed_plans import Offer, break_evens, comparable, turns
from mlflow_cost_desktop.analysis.unit_costs import unit_costs
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED, SMALL
from mlflow_cost_desktop.wording.verdict import (
    break_evens_in_words,
    cost_in_words,
    difference_in_words,
    mark,
    parts,
    source_in_words,
    turns_in_words,
    verdict,
)


def flow(pages: Pages, facts: Facts) -> None:
    """What a user, a gigabyte and a run cost, and the plans beside the scenario."""
    pages.heading("What a unit costs", keep=60.0)
    for words in unit_costs(facts.scenario, facts.bill).in_words(facts.scenario.currency):
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
    first = comparable(found)
    if first:
        _first(pages, facts, first)


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
                [(cost_in_words(offer, currency), BODY)],
                [(difference_in_words(offer, currency), BODY_MUTED)],
            )
        )
        for offer in found
    ]
    pages.table(columns, rows)


def _aside(offer: Offer) -> str:
    plan = offer.plan
    small = "; ".join(offer.too_small)
    source = printable(source_in_words(plan)) or "Yours."
    return " · ".join(filter(None, (mark(offer), small, source)))


def _first(pages: Pages, facts: Facts, offer: Offer) -> None:
    scenario, book = facts.scenario, facts.price_book
    pages.gap(8.0)
    pages.text(f"Held against this scenario: {printable(offer.plan.name)}", BODY_BOLD)
    said = [
        *verdict(offer, scenario.currency),
        *parts(offer),
        *break_evens_in_words(break_evens(scenario, book, offer.plan)),
        turns_in_words(turns(scenario, book, offer.plan)),
        printable(offer.plan.note),
    ]
    for words in filter(None, said):
        pages.bullet(words, BODY, "–", BODY_MUTED)
