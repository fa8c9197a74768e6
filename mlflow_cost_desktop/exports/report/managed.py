"""The report's comparison: self-host, or buy a managed plan."""

from __future__ import annotations

from collections.abc import Sequence

from mlflow_cost_desktop.analysis.managed_plans import Offer
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED, SMALL
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.managed_plan import YOUR_FIGURE
from mlflow_cost_desktop.wording.flips import flips_in_words
from mlflow_cost_desktop.wording.verdict import (
    cost_in_words,
    difference_in_words,
    held_in_words,
    marks,
    parts,
    source_in_words,
    unfit_in_words,
    verdict,
)


def flow(pages: Pages, facts: Facts) -> None:
    """The plans that fit, with their caveats; of the others the names."""
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
    fitting = [offer for offer in found if offer.fits]
    if fitting:
        _table(pages, facts, fitting)
    _others(pages, [offer for offer in found if not offer.fits])
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


def _others(pages: Pages, found: Sequence[Offer]) -> None:
    """In a line each kind: too small, to be asked, no longer sold."""
    for words in unfit_in_words(found):
        pages.gap(4.0)
        pages.text(f"{printable(words)}.", SMALL)


def _aside(offer: Offer) -> str:
    said = ", ".join(words for words in marks(offer) if words != YOUR_FIGURE)  # the source says so
    caveats = " ".join(caveat.text for caveat in offer.caveats)
    source = printable(source_in_words(offer, PLAIN))
    return " · ".join(filter(None, (said, printable(caveats), source)))


def _held(pages: Pages, facts: Facts) -> None:
    scenario, held = facts.scenario, facts.held
    pages.gap(8.0)
    offer = held.offer
    words = held_in_words(held, scenario.team.users, None, scenario.currency, PLAIN)
    if offer is None:
        pages.text(f"{words.name}.", BODY_BOLD)
        return
    marked = f" ({words.marks})" if words.marks else ""
    pages.text(f"Held against this scenario: {printable(offer.plan.name + marked)}", BODY_BOLD)
    said = [*verdict(offer, scenario.currency, PLAIN), *parts(offer)]
    if facts.flips:
        said += map(printable, flips_in_words(facts.flips, PLAIN))
    said += [printable(offer.plan.note), printable(source_in_words(offer, PLAIN))]
    for words in filter(None, said):
        pages.bullet(words, BODY, "–", BODY_MUTED)
