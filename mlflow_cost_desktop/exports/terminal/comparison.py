"""Scenarios side by side, and a scenario in all regions, as tables, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mlflow_cost_desktop.analysis.comparison import PARTS, Column, Comparison, Row
from mlflow_cost_desktop.analysis.differing_inputs import (
    Difference,
    Input,
    differing_inputs,
    inputs_of_all,
)
from mlflow_cost_desktop.analysis.regions import RegionCost
from mlflow_cost_desktop.exports.plain_text import columns, printable, wrapped
from mlflow_cost_desktop.exports.terminal.about import ABOUT_COLUMNS, about, about_cells, as_csv
from mlflow_cost_desktop.figures import PLAIN, at_least, write
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.declaration import Model
from mlflow_cost_desktop.wording.comparison import (
    NO_PRICE,
    ONLY_IN_ONE,
    comparison_in_words,
    conventions_in_words,
    effects_in_words,
    head_in_words,
    input_in_words,
    region_in_words,
    share_in_words,
    signed,
    value_of,
)

WIDTH = 100
BESIDE = 2
"""How many scenarios stand beside the first in one table: more would not fit a terminal."""

MOST_NAME, MOST_HEAD, MOST_VALUE = 38, 16, 24
BARS = 20
"""Cells of the longest bar."""

EACH = (
    ("First-year cash", "first_year_cash"),
    ("Infrastructure", "infrastructure"),
    ("Maintenance", "labor"),
    ("One-off", "one_off"),
    ("Recurring", "recurring"),
)
"""What is told of each column below its total, and the attribute that holds it."""


def differences(found: Comparison) -> tuple[Difference, ...]:
    """The inputs in which the columns differ."""
    return differing_inputs(inputs_of_all(found.columns))


# JSON and CSV


def comparison_json(found: Comparison) -> str:
    """The columns as a JSON object in USD; figures are unrounded, null where they are unknown."""
    document = {
        "scenarios": [_scenario(column) for column in found.columns],
        "lines": [_line(row, found) for row in found.rows],
        "inputs": [
            {
                "path": one.path,
                "title": input_in_words(one, found.columns[0]),
                "values": [_value(value) for value in one.values],
            }
            for one in differences(found)
        ],
        "steps": [
            {"title": step.title, "component": step.component, "line": step.line}
            | {"effect": step.effect}
            for step in (found.steps(1) if len(found.columns) > 1 else ())
        ],
        "unpriced": sum(int(column.estimate.unpriced) for column in found.columns),
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _scenario(column: Column) -> dict[str, Any]:
    scenario = column.scenario
    return {
        "name": column.name,
        "about": about(column.scenario, column.price_book),
        "region_id": column.price_book.region_id,
        "hours_in_month": scenario.hours_in_month,
        "horizon_months": scenario.horizon_months,
        "plan": column.plan.id if column.plan else None,
        "effective_cost": column.cost,
        **{name: getattr(column, name) for _, name in EACH},
        "unpriced": int(column.estimate.unpriced),
    }


def _line(row: Row, found: Comparison) -> dict[str, Any]:
    each = range(len(found.columns))
    effects = [row.effects(at) for at in each]
    return {
        "line": row.line,
        "component": row.component,
        "description": row.name,
        "costs": [_cost(row, at) for at in each],
        "states": [_state(row, at) for at in each],
        "differences": [row.difference(at) for at in each],
        "price_effect": [effect.price for effect in effects],
        "quantity_effect": [effect.quantity for effect in effects],
    }


def _cost(row: Row, at: int) -> float | None:
    cell = row.cells[at]
    return None if cell is None or cell.is_unpriced else cell.cost


def _state(row: Row, at: int) -> str:
    cell = row.cells[at]
    return "absent" if cell is None else "unpriced" if cell.is_unpriced else "priced"


def _value(value: Input | None) -> Any:
    if value is None:
        return None
    return value.value.model_dump() if isinstance(value.value, Model) else value.value


CSV_COLUMNS = (
    *("scenario", "name", "line", "component", "description", "cost", "state", "difference"),
    *("price_effect", "quantity_effect"),
)


def comparison_csv(found: Comparison) -> str:
    """A row for each line of each scenario, the first being number 1; unknown costs are empty.

    Each says of its own scenario what every CSV says of one.
    """
    stated = [about_cells(_about(column)) for column in found.columns]
    rows = [
        [
            at + 1,
            column.name,
            row.line,
            row.component,
            row.name,
            _cost(row, at),
            _state(row, at),
            row.difference(at),
            *row.effects(at),
            *stated[at],
        ]
        for at, column in enumerate(found.columns)
        for row in found.rows
    ]
    return as_csv((*CSV_COLUMNS, *ABOUT_COLUMNS), rows)


def _about(column: Column) -> dict[str, Any]:
    return about(column.scenario, column.price_book, column.estimate)


REGION_COLUMNS = (
    *("region_id", "name", "continent", "effective_cost", "difference", "comparable", "lacking"),
    "estimated_lines",
)


def _region(region: RegionCost, here: float) -> dict[str, Any]:
    cost = None if region.problem else region.cost
    lacking = [write(name, PLAIN) for name in region.lacking]
    cells = (
        region.region_id,
        region.name,
        region.continent,
        cost,
        None if cost is None else cost - here,
        region.is_comparable,
        lacking,
        region.estimated,
    )
    return dict(zip(REGION_COLUMNS, cells, strict=True))


def regions_json(column: Column, found: Sequence[RegionCost]) -> str:
    """A scenario in each region, in USD; cost and difference are null where it can't be read."""
    document = {
        "scenarios": [_scenario(column)],
        "regions": [
            {**_region(region, column.cost), "by_component": region.by_component}
            | {"problem": region.problem}
            for region in found
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def regions_csv(column: Column, found: Sequence[RegionCost]) -> str:
    """A row for each region."""
    rows: list[list[Any]] = []
    for region in found:
        cells = _region(region, column.cost)
        cells["lacking"] = "; ".join(cells["lacking"])
        rows.append(list(cells.values()))
    return as_csv(REGION_COLUMNS, rows, _about(column), "No region has prices of this provider.")


# Tables


def comparison_table(found: Comparison) -> str:
    """Lines by part with differences to the first, the inputs that differ, and the way between."""
    first, others = found.columns[0], range(1, len(found.columns))
    lines = [f"Compared with {printable(first.name)} ({head_in_words(first, PLAIN)})"]
    for at in others:
        figure, rest = comparison_in_words(found, at, PLAIN)
        lines += _indented(f"{figure} {rest}: {share_in_words(found, at, PLAIN)}.")
        lines.append(f"    {head_in_words(found.columns[at], PLAIN)}")
    if words := conventions_in_words(found, PLAIN):
        lines += wrapped(f"! {words}", WIDTH, "  ")
    if rate := first.scenario.currency.rate_in_words(PLAIN):
        lines.append(f"  In {first.scenario.currency.code}, {printable(rate)}")
    for begin in range(1, len(found.columns), BESIDE):
        lines += ["", *_table(found, [*others][begin - 1 : begin - 1 + BESIDE])]
    lines += ["", *_effects(found)]
    lines += ["", *_inputs(found)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(found: Comparison, beside: Sequence[int]) -> Iterator[str]:
    currency = found.columns[0].scenario.currency
    shown = (0, *beside)

    def cells(costs: Sequence[str], differences: Sequence[str]) -> list[str]:
        made = [costs[0]]
        for cost, difference in zip(costs[1:], differences, strict=True):
            made += [cost, difference]
        return made

    names = [_cut(printable(found.columns[at].name), MOST_HEAD) for at in shown]
    code = currency.shown
    rows = [[f"{code} a month", *cells(names, ["Difference"] * len(beside))]]
    for part in found.parts:
        costs = [
            at_least(
                currency.amount(found.subtotal(part, at), PLAIN), part in found.columns[at].gaps
            )
            for at in shown
        ]
        changes = [
            signed(
                found.subtotal(part, at) - found.subtotal(part, 0),
                currency,
                PLAIN,
                is_incomplete=found.lacks_price(at, part),
            )
            for at in beside
        ]
        rows.append([PARTS[part], *cells(costs, changes)])
        for row in found.rows_of(part):
            if any(row.cells[at] for at in shown):
                name = f"  {_cut(printable(write(row.name, PLAIN)), MOST_NAME)}"
                written = [_cost_in_words(row, at, currency) for at in shown]
                rows.append([name, *cells(written, [_change(row, at, currency) for at in beside])])
    rows.append(["Total", *cells(*_totals(found, "cost", shown, currency))])
    rows += [[title, *cells(*_totals(found, name, shown, currency))] for title, name in EACH]
    yield from columns(rows, [False, *(True for _ in rows[0][1:])])


def _totals(
    found: Comparison, name: str, shown: Sequence[int], currency: Currency
) -> tuple[list[str], list[str]]:
    usd = [float(getattr(found.columns[at], name)) for at in shown]
    lacks = [found.columns[at].lacks(name) for at in shown]
    costs = [
        at_least(currency.amount(cost, PLAIN), lack) for cost, lack in zip(usd, lacks, strict=True)
    ]
    changes = [
        signed(cost - usd[0], currency, PLAIN, is_incomplete=lack or lacks[0])
        for cost, lack in zip(usd[1:], lacks[1:], strict=True)
    ]
    return costs, changes


def _cost_in_words(row: Row, at: int, currency: Currency) -> str:
    cell = row.cells[at]
    if cell is None:
        return "–"
    return NO_PRICE if cell.is_unpriced else currency.amount(cell.cost, PLAIN)


def _change(row: Row, at: int, currency: Currency) -> str:
    if row.is_in_neither(at):
        return ""
    if row.is_only_in_one(at):
        return ONLY_IN_ONE
    return signed(row.difference(at), currency, PLAIN, is_incomplete=row.lacks_price(at))


def _effects(found: Comparison) -> Iterator[str]:
    """Which lines differ by their price, which by their quantity."""
    currency = found.columns[0].scenario.currency
    for at, column in enumerate(found.columns[1:], 1):
        yield f"What makes the difference to {printable(column.name)}"
        is_empty = True
        for row in found.rows:
            words = effects_in_words(row.effects(at), currency, PLAIN)
            if words:
                is_empty = False
                name = f"{PARTS[row.component]} · {write(row.name, PLAIN)}"
                yield from _indented(f"{name}: {words}")
        if is_empty:
            yield "  nothing"


def _inputs(found: Comparison) -> Iterator[str]:
    differ = differences(found)
    if not differ:
        yield "No inputs differ."
        return
    yield "Inputs that differ"
    names = [_cut(printable(column.name), MOST_VALUE) for column in found.columns]
    for one in differ:
        values = [
            printable(value_of(value, column, PLAIN))
            for value, column in zip(one.values, found.columns, strict=True)
        ]
        told = (
            " → ".join(values)
            if len(values) == 2
            else "; ".join(f"{n}: {v}" for n, v in zip(names, values, strict=True))
        )
        title = printable(input_in_words(one, found.columns[0]))
        yield from _indented(f"{title}: {told}")


def regions_table(column: Column, found: Sequence[RegionCost]) -> str:
    """A row and a bar for each region, the cheapest first; those that lack prices below them."""
    currency = column.scenario.currency
    most = max((region.cost for region in found), default=0.0) or 1.0
    head = ["Region", "", f"{currency.shown} a month", "Difference"]
    rows = [[*head, "", ""]]
    apart: list[str] = []
    for region in found:
        if region.problem:
            apart += _indented(f"{region.region_id}: {region.problem}")
            continue
        words = region_in_words(region, PLAIN)
        if region.lacking:
            apart += _indented(f"{region.region_id}: {words}")
        here = region.region_id == column.price_book.region_id
        bar = "█" * max(round(region.cost / most * BARS), 1)
        rows.append(
            [
                printable(region.name),
                region.region_id,
                at_least(currency.amount(region.cost, PLAIN), region.gaps),
                "here"
                if here
                else signed(
                    region.cost - column.cost, currency, PLAIN, is_incomplete=region.lacking
                ),
                bar,
                "lacks prices" if region.lacking else "",
            ]
        )
    lines = [
        f"{printable(column.name)} in every region ({head_in_words(column, PLAIN)})",
        "",
        *columns(rows, [False, False, True, True, False, False]),
    ]
    if apart:
        lines += ["", "Not comparable, since prices are missing", *apart]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _indented(words: str) -> list[str]:
    return [f"  {line}" for line in wrapped(words, WIDTH - 2, "  ")]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
