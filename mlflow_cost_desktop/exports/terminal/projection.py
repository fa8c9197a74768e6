"""What a scenario costs over the months, as a table, JSON or CSV."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from mlflow_cost_desktop.analysis.projection import PlanOverTime, Projection
from mlflow_cost_desktop.exports.plain_text import printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import CURRENCY, about, as_csv
from mlflow_cost_desktop.figures import PLAIN, at_least
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.month_names import month_in_words, months_in_words, short_month
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.growth import (
    cash_in_words,
    due_in_words,
    ends_in_words,
    name_in_words,
    projection_in_words,
    remarks_by_month,
    rule_in_words,
    sizes_in_words,
    verdict_in_words,
)
from mlflow_cost_desktop.wording.totals import left_out_of_all

WIDTH = 100
FIGURE = 11


def projection_json(found: Projection, plans: Sequence[ManagedPlan] = ()) -> str:
    """The months as a JSON object in USD; figures are unrounded, null where they are unknown.

    `plans` are those that come with the program.
    """
    start = found.scenario.start
    document = {
        "about": about(found.scenario, found.price_book),
        "scenario": found.scenario.name,
        "region_id": found.price_book.region_id,
        "hours_in_month": found.scenario.hours_in_month,
        "horizon_months": found.scenario.horizon_months,
        "currency": CURRENCY,
        "start": start,
        "months": [
            {
                "month": at + 1,
                "name": short_month(start, at + 1) if start else "",
                "effective": float(found.effective[at]),
                "cash": float(found.cash[at]),
                "by_component": {
                    name: float(cost[at]) for name, cost in found.by_component.items()
                },
                "cash_by_component": {
                    name: float(cost[at]) for name, cost in found.cash_by_component.items()
                },
                "values": {path: float(of[at, 0]) for path, of in found.values.items()},
            }
            for at in range(found.months)
        ],
        "totals": {"effective": found.effective_total, "cash": found.cash_total},
        "by_year": [
            {
                "year": year.year,
                "first_month": year.first_month,
                "last_month": year.last_month,
                "effective": year.effective,
                "cash": year.cash,
            }
            for year in found.years
        ],
        "due": [
            {
                "month": due.month,
                "description": due.description,
                "component": due.component,
                "usd": due.usd,
            }
            for due in found.due
        ],
        "growth": [rule.model_dump() for rule in found.scenario.growth],
        "held_against": _held_json(found),
        "unpriced": found.unpriced,
        "warnings": [
            notice.text for notice in warnings(found.scenario, found.price_book, plans=plans)
        ],
    }  # fmt: skip
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _held_json(found: Projection) -> dict[str, Any] | None:
    held = found.held
    if held is None:
        return None
    parts = found.parts_of_months
    return {
        "plan": held.plan.id,
        "name": held.plan.name,
        "sizes": [
            {"from_month": month, "plan": plan.id, "name": plan.name} for month, plan in held.sizes
        ],
        "too_small_from": held.too_small_from,
        "too_small": "; ".join(held.too_small_in(month)) if (month := held.too_small_from) else "",
        "months": [
            {
                "month": at + 1,
                "plan": size and size.id,
                "effective": _known(float(held.effective[at])),
                "cash": _known(float(held.cash[at])),
            }
            for at, size in enumerate(map(held.size_in, range(1, found.months + 1)))
        ],
        "totals": {
            "effective": _known(float((held.effective * parts).sum())),
            "cash": _known(float(held.cash.sum())),
        },
        "turns_in_month": found.turns_in_month,
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def projection_csv(found: Projection) -> str:
    """A row for each month; figures that are not known are empty."""
    held, start, paths = found.held, found.scenario.start, tuple(found.values)
    remarks = remarks_by_month(found, PLAIN)
    header = (
        *("month", "name", "effective", "cash"),
        *found.by_component,
        *(f"{name}_cash" for name in found.by_component),
        *paths,
        *("plan_effective", "plan_cash", "what_happens"),
    )
    rows: list[list[Any]] = [
        [
            at + 1,
            short_month(start, at + 1) if start else "",
            float(found.effective[at]),
            float(found.cash[at]),
            *(float(cost[at]) for cost in found.by_component.values()),
            *(float(found.cash_by_component[name][at]) for name in found.by_component),
            *(float(found.values[path][at, 0]) for path in paths),
            *((_known(held.effective[at]), _known(held.cash[at])) if held else (None, None)),
            remarks.get(at + 1, ""),
        ]
        for at in range(found.months)
    ]
    return as_csv(header, rows, about(found.scenario, found.price_book))


# The table


def projection_table(found: Projection, plans: Sequence[ManagedPlan] = ()) -> str:
    """A row for each year, what is due when, what changes, and the plan beside it.

    `plans` are those that come with the program.
    """
    scenario, book = found.scenario, found.price_book
    figure, rest = projection_in_words(found, PLAIN)
    lines = [
        printable(scenario.name),
        f"{book.region_name} ({book.region_id})",
        "",
        *wrapped(f"{figure} {rest}", WIDTH, "  "),
        *wrapped(f"{cash_in_words(found, PLAIN)}.", WIDTH, "  "),
        "",
        *_years(found),
    ]
    held = found.held
    if held:
        lines += ["", *_held(found, held)]
    if found.due:
        lines += ["", "Paid in some months only"]
        for month in dict.fromkeys(due.month for due in found.due):
            when = month_in_words(scenario.start, month).capitalize()
            lines += _indented(f"{when}: {printable(due_in_words(found, month))}")
    lines += ["", *_rules(found)]
    if found.unpriced:
        lines.append(left_out_of_all(found.unpriced))
    for notice in warnings(scenario, book, plans=plans):
        lines += wrapped(f"! {printable(notice.text)}", WIDTH, "  ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _years(found: Projection) -> Iterator[str]:
    start, gaps = found.scenario.start, found.estimate.gaps
    lacks = (*(name in gaps for name in COMPONENTS), bool(gaps), bool(gaps))
    rows = {
        months_in_words(start, year.first_month, year.last_month): _cells(
            (*year.by_component.values(), year.effective, year.cash), lacks
        )
        for year in found.years
    }
    parts = [
        float((cost * found.parts_of_months).sum()) for cost in found.by_component.values()
    ]  # fmt: skip
    whole = _cells((*parts, found.effective_total, found.cash_total), lacks)
    heads = [*(title.split()[0] for title in COMPONENTS.values()), "Effective", "Cash"]
    widths = [
        max(FIGURE, *map(len, column)) for column in zip(*rows.values(), whole, strict=True)
    ]  # fmt: skip
    yield from _row("USD", heads, widths)
    yield "─" * WIDTH
    for name, cells in rows.items():
        yield from _row(name, cells, widths)
    yield "─" * WIDTH
    months = PLAIN.quantity(float(found.scenario.horizon_months), "month")
    yield from _row(months, whole, widths)


def _cells(costs: Sequence[float], lacks: Sequence[bool]) -> list[str]:
    return [at_least(PLAIN.amount(cost), lack) for cost, lack in zip(costs, lacks, strict=True)]


def _row(name: str, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    figures = "".join(f" {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    room = WIDTH - len(figures)
    if len(name) > room:
        yield name
        name = ""
    yield f"{name:<{room}}{figures}"


def _held(found: Projection, held: PlanOverTime) -> Iterator[str]:
    sizes = sizes_in_words(held, found.scenario.start)
    yield from wrapped(f"Held against {printable(sizes)}", WIDTH, "  ")
    if held.too_small_from is None:
        effective = float((held.effective * found.parts_of_months).sum())
        cash = float(held.cash.sum())
        in_all, of_cash = (at_least(PLAIN.money(usd), held.has_gaps) for usd in (effective, cash))
        yield f"  {in_all} in all, {of_cash} of cash"
    yield from _indented(f"{printable(verdict_in_words(found, PLAIN))}.")


def _rules(found: Projection) -> Iterator[str]:
    scenario = found.scenario
    if not scenario.growth:
        yield "Nothing changes over time; --grow PATH=RULE lets an input change."
        return
    yield "What changes over time"
    for rule in scenario.growth:
        first, last = ends_in_words(found, rule, PLAIN)
        ends = f": {first} to {last}" if first and last else ""
        name = printable(name_in_words(scenario, rule.path))
        yield from _indented(f"{name} {printable(rule_in_words(scenario, rule, PLAIN))}{ends}")


def _indented(words: str) -> list[str]:
    return [f"  {line}" for line in wrapped(words, WIDTH - 2, "  ")]
