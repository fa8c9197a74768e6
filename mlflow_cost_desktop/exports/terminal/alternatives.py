"""The cheapest ways to host a scenario, as a table, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mlflow_cost_desktop.analysis.alternatives import Alternative, Alternatives
from mlflow_cost_desktop.analysis.why_not import WhyNot
from mlflow_cost_desktop.exports.plain_text import printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import about, as_csv
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    cost_in_words,
    difference_in_words,
    faults_now,
    hosting_in_words,
    notes,
    searched_in_words,
    summary_in_words,
)

WIDTH = 100
FIGURE = 11

HEADER = (
    "rank",
    "title",
    "region_id",
    "commitment_months",
    "effective_cost",
    "difference",
    "notes",
)


def alternatives_json(found: Alternatives, lost: Sequence[WhyNot]) -> str:
    """What was found as a JSON object in USD; figures are unrounded, null where unknown."""
    now = found.now
    document = {
        "about": about(now.scenario, now.price_book, now.estimate),
        "now": {
            "title": hosting_in_words(now),
            "region_id": now.price_book.region_id,
            "commitment_months": now.months,
            "effective_cost": now.cost,
            "unpriced": int(now.estimate.unpriced),
            "does_not_meet": faults_now(found),
        },
        "needs": {path.removeprefix("needs."): of for path, of in found.asked.values.items()},
        "considered": found.considered,
        "regions": found.regions,
        "regions_without_prices": list(found.without),
        "alternatives": [
            {"rank": rank, **_json(found, one)} for rank, one in enumerate(found.found, 1)
        ],
        "why_not": [
            {
                "component": one.part,
                "choice": one.choice,
                "effective_cost": one.cost,
                "ground": one.ground,
                "reason": str(one.reason),
            }
            for one in lost
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _json(found: Alternatives, one: Alternative) -> dict[str, Any]:
    return {
        "title": hosting_in_words(one),
        "edits": {edit.path: edit.new for edit in one.edits.changing.edits},
        "region_id": one.price_book.region_id,
        "commitment_months": one.months,
        "effective_cost": one.cost,
        "difference": found.difference(one),
        "notes": [str(note) for note in notes(found, one)],
    }


def alternatives_csv(found: Alternatives) -> str:
    """A row for each alternative; a difference that is not known is empty."""
    rows = [
        [
            rank,
            hosting_in_words(one),
            one.price_book.region_id,
            one.months,
            one.cost,
            found.difference(one),
            "; ".join(str(note) for note in notes(found, one)),
        ]
        for rank, one in enumerate(found.found, 1)
    ]
    now = found.now
    stated = about(now.scenario, now.price_book, now.estimate)
    return as_csv(HEADER, rows, stated, summary_in_words(found, PLAIN))


# The table


def alternatives_table(found: Alternatives, lost: Sequence[WhyNot]) -> str:
    """What was found, the present one where it stands among them, and why others are not there."""
    scenario, book = found.now.scenario, found.now.price_book
    lines = [
        printable(scenario.name),
        f"{book.region_name} ({book.region_id})",
        "",
        *wrapped(summary_in_words(found, PLAIN), WIDTH, ""),
        f"{searched_in_words(found, PLAIN)}.",
        "",
        _row("", scenario.currency.heading, "Difference"),
        "─" * WIDTH,
        *_ranked(found),
    ]
    if found.without:
        words = f"Without all prices, and left out: {', '.join(found.without)}"
        lines += wrapped(words, WIDTH, "  ")
    if lost:
        lines += ["", "Why not …", "─" * WIDTH]
        for one in lost:
            cost = "?" if one.cost is None else scenario.currency.amount(one.cost, PLAIN)
            lines += _wrapped_row(printable(one.choice), cost)
            lines += [f"    {line}" for line in wrapped(str(one.reason), WIDTH - 4, "  ")]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _ranked(found: Alternatives) -> Iterator[str]:
    is_told = False
    for rank, one in enumerate(found.found, 1):
        if not is_told and one.cost > found.now.cost:
            yield from _listed(found, found.now, "–")
            is_told = True
        yield from _listed(found, one, str(rank))
    if not is_told:
        yield from _listed(found, found.now, "–")


def _listed(found: Alternatives, one: Alternative, rank: str) -> Iterator[str]:
    is_now = one is found.now
    region, committed = one.price_book.region_id, commitment_in_words(one.months)
    name = f"{rank:>2}  {printable(hosting_in_words(one))}{' (now)' if is_now else ''}"
    difference = "" if is_now else difference_in_words(found, one, PLAIN)
    yield from _wrapped_row(name, cost_in_words(one, PLAIN), difference)
    yield f"    {region}, committed: {committed}"
    if not is_now:
        for note in dict.fromkeys(notes(found, one)):
            yield from (f"    {line}" for line in wrapped(str(note), WIDTH - 4, "  "))


def _wrapped_row(name: str, *cells: str) -> Iterator[str]:
    room = WIDTH - len(cells) * (FIGURE + 1)
    first, *rest = wrapped(name, room, "    ")
    yield _row(first, *cells)
    yield from rest


def _row(name: str, *cells: str) -> str:
    figures = "".join(f" {cell:>{FIGURE}}" for cell in cells)
    return f"{name:<{WIDTH - len(figures)}}{figures}"
