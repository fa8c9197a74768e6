"""How sure a scenario's cost is, as a table, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.exports.plain_text import columns, printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import about, as_csv
from mlflow_cost_desktop.figures import PLAIN, at_least
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.growth import name_in_words
from mlflow_cost_desktop.wording.totals import left_out_of_all
from mlflow_cost_desktop.wording.uncertainty import (
    chances_in_words,
    range_in_words,
    source_in_words,
    uncertainty_in_words,
)

WIDTH = 100


def uncertainty_json(found: Uncertainty, plans: Sequence[ManagedPlan] = ()) -> str:
    """The cases as a JSON object in USD; figures are unrounded.

    `plans` are those that come with the program.
    """
    document = {
        "about": about(found.scenario, found.price_book),
        "draws": found.draws,
        "seed": found.scenario.seed,
        "mean": found.moments.mean,
        "sd": found.moments.deviation,
        "percentiles": {str(at): usd for at, usd in found.percentiles.items()},
        "cheaper": _cheaper(found),
        "budget": found.scenario.budget_usd,
        "below_budget": _below_budget(found),
        "ranges": [one.model_dump() for one in found.scenario.ranges],
        "unpriced": found.unpriced,
        "warnings": [n.text for n in warnings(found.scenario, found.price_book, plans=plans)],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _cheaper(found: Uncertainty) -> dict[str, Any] | None:
    if found.plan is None:
        return None
    return {
        "plan": found.plan.id,
        "name": found.plan.name,
        "share": found.plan_share,
        "too_small": found.too_small_share,
    }


def _below_budget(found: Uncertainty) -> float | None:
    budget = found.scenario.budget_usd
    return None if budget is None else found.share_up_to(budget)


def uncertainty_csv(found: Uncertainty) -> str:
    """A row for each figure; shares are parts of all cases, costs USD a month."""
    rows: list[list[Any]] = [
        ["draws", found.draws],
        ["seed", found.scenario.seed],
        ["mean", found.moments.mean],
        ["sd", found.moments.deviation],
        *([f"p{at}", usd] for at, usd in found.percentiles.items()),
        ["plan_cheaper", found.plan_share],
        ["below_budget", _below_budget(found)],
        ["unpriced", found.unpriced],
    ]
    return as_csv(("figure", "value"), rows, about(found.scenario, found.price_book))


def uncertainty_table(found: Uncertainty, plans: Sequence[ManagedPlan] = ()) -> str:
    """The middle, how likely what is, and the ranges.

    `plans` are those that come with the program.
    """
    scenario, book = found.scenario, found.price_book
    figure, rest = uncertainty_in_words(found, PLAIN)
    lines = [
        printable(scenario.name),
        f"{book.region_name} ({book.region_id})",
        "",
        *wrapped(f"{figure} {rest}", WIDTH, "  "),
    ]
    for words in chances_in_words(found, PLAIN):
        lines += wrapped(words, WIDTH, "  ")
    currency = scenario.currency

    def amount(usd: float) -> str:
        return at_least(currency.amount(usd, PLAIN), found.unpriced)

    rows = [("In so many of 100 cases at most", f"{currency.heading} / month")]
    rows += [(str(at), amount(usd)) for at, usd in found.percentiles.items()]
    rows += [
        ("on average", amount(found.moments.mean)),
        ("standard deviation", currency.amount(found.moments.deviation, PLAIN)),
    ]
    lines += ["", *columns(rows, (True, True)), "", *_ranges(found)]
    lines.append(f"{PLAIN.exact(found.draws)} draws with seed {scenario.seed}.")
    if found.unpriced:
        lines.append(left_out_of_all(found.unpriced))
    for notice in warnings(scenario, book, plans=plans):
        lines += wrapped(f"! {printable(notice.text)}", WIDTH, "  ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _ranges(found: Uncertainty) -> Iterator[str]:
    scenario = found.scenario
    if not scenario.ranges:
        yield "No input has a range; --range PATH=LOW:HIGH gives it one."
        return
    yield "Ranges"
    for one in scenario.ranges:
        name = printable(name_in_words(scenario, one.path))
        words = f"{name}: {printable(range_in_words(scenario, one, PLAIN))}"
        said = wrapped(f"{words}; {printable(source_in_words(one))}", WIDTH - 2, "  ")
        yield from (f"  {line}" for line in said)
