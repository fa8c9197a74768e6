"""What would turn the verdict against a plan, as a table, JSON or CSV."""

from __future__ import annotations

import json
from typing import Any

from mlflow_cost_desktop.analysis.flips import Flip, Flips
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.exports.plain_text import columns, printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import about, as_csv
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.flips import (
    bound_in_words,
    factor_in_words,
    flips_in_words,
    group_in_words,
    relative_in_words,
)
from mlflow_cost_desktop.wording.uncertainty import place_in_words, worked_out
from mlflow_cost_desktop.wording.verdict import held_in_words

WIDTH = 100

COLUMNS = ("path", "title", "unit", "now", "at", "relative")
"""A flip's keys in JSON and columns in CSV."""


def _row(flip: Flip) -> dict[str, Any]:
    unit = flip.place.spec.unit
    cells = (
        *(flip.place.path, place_in_words(flip.place), unit.text if unit else ""),
        *(flip.now, flip.at, flip.relative),
    )
    return dict(zip(COLUMNS, cells, strict=True))


NO_VERDICT = "There is no verdict that could turn"


def flips_object(found: Flips | None) -> dict[str, Any]:
    """The flips for JSON; None and empty where nothing is held against whose cost is known."""
    if found is None:
        return {"against": None, "difference": None, "flips": [], "groups": [], "unpriced": 0}
    return {
        "against": found.plan.id,
        "difference": found.difference,
        "flips": [{**_row(flip), "plan_too_small": flip.is_too_small} for flip in found.flips],
        "groups": [
            {"title": group_in_words(group), "factor": group.factor} for group in found.groups
        ],
        "unpriced": found.unpriced,
    }


def flips_json(found: Flips | None, scenario: Scenario, book: PriceBook) -> str:
    """The flips as a JSON object, the nearest first; `difference` in USD a month."""
    document = {"about": about(scenario, book), **flips_object(found)}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def flips_csv(found: Flips | None, scenario: Scenario, book: PriceBook) -> str:
    """A row for each flip; where there is none, why."""
    rows = [list(_row(flip).values()) for flip in found.flips] if found else []
    none = " ".join(flips_in_words(found, PLAIN)) if found else f"{NO_VERDICT}."
    return as_csv(COLUMNS, rows, about(scenario, book), none)


def flips_table(found: Flips | None, held: Held, scenario: Scenario, book: PriceBook) -> str:
    """The verdict in sentences, and every flip."""
    lines = [printable(scenario.name), f"{book.region_name} ({book.region_id})", ""]
    if found is None:
        words = held_in_words(held, scenario.team.users, None, scenario.currency, PLAIN)
        lines.append(f"{words.name}: {NO_VERDICT[:1].lower()}{NO_VERDICT[1:]}.")
        return "\n".join(lines) + "\n"
    for words in flips_in_words(found, PLAIN):
        lines += wrapped(words, WIDTH, "  ")
    if found.flips:
        rows = [("Input", "Now", "Turns", "Change")]
        rows += [
            (
                printable(place_in_words(flip.place)),
                worked_out(flip.place.spec, flip.now, PLAIN),
                bound_in_words(flip, PLAIN),
                relative_in_words(flip, PLAIN),
            )
            for flip in found.flips
        ]
        lines += ["", *columns(rows, (False, True, False, True))]
    if found.groups:
        rows = [("Together", "Factor")]
        rows += [(group_in_words(one), factor_in_words(one, PLAIN)) for one in found.groups]
        lines += ["", *columns(rows, (False, True))]
    return "\n".join(line.rstrip() for line in lines) + "\n"
