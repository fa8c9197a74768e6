"""Which price books apply, and what an update changes, as a table and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlflow_cost_desktop.exports.plain_text import columns, printable, wrapped
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.prices.book_file import LazyPrices
from mlflow_cost_desktop.prices.editions import BUNDLED, Edition
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.proposal import Doubt, Move, Outcome, Proposal
from mlflow_cost_desktop.wording.price_update import (
    doubt_in_words,
    edition_in_words,
    not_read_in_words,
    outcome_in_words,
    share_in_words,
)

WIDTH = 100
MOST_MOVES = 10
"""The largest of them are listed."""

MOST_REFUSED = 20
"""Lines of what stays as it was in the table; JSON has all."""


@dataclass(frozen=True)
class Updated:
    """What an update makes of a region.

    Attributes:
        edition: the book that was taken over; None where nothing was.
        effect: what a scenario costs a month before and after, USD; None where none was named.
    """

    proposal: Proposal
    outcome: Outcome
    edition: Edition | None
    doubts: Sequence[Doubt]
    effect: tuple[float, float] | None = None


def status_json(books: Sequence[tuple[PriceBook, Edition | None]], limit_days: int) -> str:
    """Every region with the book that applies."""
    document = {
        "limit_days": limit_days,
        "regions": [_book_object(book, edition) for book, edition in books],
    }
    return _written(document)


def status_table(books: Sequence[tuple[PriceBook, Edition | None]], *, is_all: bool) -> str:
    """The regions with a fetched book, or all; of what days their prices are."""
    shown = [(book, edition) for book, edition in books if is_all or edition is not None]
    lines: list[str] = []
    if shown:
        header = ("Region", "Name", "Prices of", "Book")
        rows = [
            (book.region_id, book.region_name, _days(book), edition_in_words(edition, PLAIN))
            for book, edition in shown
        ]
        lines = columns((header, *rows), (False,) * len(header))
    others = len(books) - len(shown)
    if others:
        which = "All other regions" if shown else "All regions"
        lines += [f"{which} ({others}): {edition_in_words(None, PLAIN)}."]
    return "\n".join(lines) + "\n"


def update_json(updates: Sequence[Updated], *, is_trial: bool) -> str:
    """What changed in each region."""
    regions = [_update_object(updated) for updated in updates]
    not_read = list(updates[0].proposal.price_list.not_read)
    return _written({"dry_run": is_trial, "regions": regions, "not_read": not_read})


def update_table(updates: Sequence[Updated], *, is_trial: bool) -> str:
    """What changed in each region, with the largest moves and what stays as it was."""
    lines: list[str] = []
    for updated in updates:
        lines += [*_region_lines(updated), ""]
    lines += wrapped(not_read_in_words(updates[0].proposal.price_list), WIDTH, "  ")
    if is_trial:
        lines.append("Nothing was changed (--dry-run).")
    return "\n".join(lines).rstrip() + "\n"


def _region_lines(updated: Updated) -> list[str]:
    book, outcome = updated.proposal.book, updated.outcome
    words = f"{book.region_name} ({book.region_id}): {outcome_in_words(outcome, PLAIN)}"
    lines = wrapped(words, WIDTH, "  ")
    if updated.effect:
        before, after = map(PLAIN.money, updated.effect)
        lines.append(f"  The scenario, a month: {before} → {after}")
    moves = outcome.moves[:MOST_MOVES]
    if moves:
        rows = [
            (f"  {move.key}", PLAIN.unit_price(move.before), PLAIN.unit_price(move.after),
             share_in_words(move, PLAIN))
            for move in moves
        ]  # fmt: skip
        lines += columns((("  Largest moves", "Before", "Now", "Change"), *rows),
                         (False, True, True, True))  # fmt: skip
    refused = list(outcome.refused.items())
    for key, why in refused[:MOST_REFUSED]:
        lines += wrapped(f"  Stays as before: {key}: {printable(why)}", WIDTH, "    ")
    if len(refused) > MOST_REFUSED:
        lines.append(f"  … and {len(refused) - MOST_REFUSED} more; --format json has all.")
    return lines


def _book_object(book: PriceBook, edition: Edition | None) -> dict[str, Any]:
    note: Mapping[str, Any] = edition.note if edition else {}
    files: list[dict[str, Any]] = note.get("files") or []
    dates = book.listed.dates if isinstance(book.listed, LazyPrices) else None
    return {
        "region_id": book.region_id,
        "version": edition.id if edition else BUNDLED,
        "published": max((str(file.get("published", "")) for file in files), default=None),
        "fetched": edition.fetched.isoformat(timespec="seconds") if edition else None,
        "sha256": note.get("sha256"),
        "new": note.get("new"),
        "changed": note.get("changed"),
        "gone": note.get("gone"),
        "refused": note.get("refused", []),
        "price_dates": dates,
        "files": files,
    }


def _update_object(updated: Updated) -> dict[str, Any]:
    proposal, outcome, edition = updated.proposal, updated.outcome, updated.edition
    files = [source._asdict() for _, source in proposal.gathered.read]
    effect = updated.effect
    return {
        "region_id": proposal.region_id,
        "version": edition.id if edition else None,
        "published": max((file["published"] for file in files), default=None),
        "fetched": edition.fetched.isoformat(timespec="seconds") if edition else None,
        "sha256": edition.note.get("sha256") if edition else None,
        "new": len(outcome.new),
        "changed": len(outcome.moves),
        "gone": len(outcome.gone),
        "refused": [{"key": key, "why": why} for key, why in outcome.refused.items()],
        "asked": [
            {"key": doubt.id, "kind": doubt.kind, "why": doubt_in_words(doubt)}
            for doubt in updated.doubts
        ],
        "moves": [_move_object(move) for move in outcome.moves[:MOST_MOVES]],
        "effective_cost": {"before": effect[0], "after": effect[1]} if effect else None,
        "files": files,
    }


def _move_object(move: Move) -> dict[str, Any]:
    percent = 100.0 * move.share
    return {
        "key": move.key,
        "before": move.before,
        "after": move.after,
        "percent": percent if math.isfinite(percent) else None,
    }


def _days(book: PriceBook) -> str:
    dates = book.listed.dates if isinstance(book.listed, LazyPrices) else None
    return " to ".join(dict.fromkeys(dates)) if dates else "unknown"


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
