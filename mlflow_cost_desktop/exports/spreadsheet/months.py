"""The sheet of months: what each costs, what is invoiced and what own people's time is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.spreadsheet.lines import Lines
from mlflow_cost_desktop.exports.spreadsheet.workbook import Ref, Sheet, letter
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.months import numbers
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.month_names import short_month
from mlflow_cost_desktop.wording.growth import name_in_words, remarks_by_month, sizes_in_words

NUMBER, NAME, PARTS = 0, 1, 2
EFFECTIVE = PARTS + len(COMPONENTS)
WITHIN, INVOICES, TIME, CASH, PLAN, MORE = (EFFECTIVE + at for at in range(1, 7))
HEADS = (
    "Month",
    "Name",
    *(f"{title}, USD" for title in COMPONENTS.values()),
    "Effective, USD",
    "Of it within the horizon",
    "Invoices, cash, USD",
    "Own people’s time, USD",
    "Cash and time, USD",
)
FIRST = 1
LABOR = "labor"
INVOICED, OWN_TIME = "invoices", "own people’s time"


@dataclass(frozen=True)
class Months:
    """Where sums of the months stand."""

    effective: Ref
    invoices: Ref
    time: Ref
    cash: Ref
    first_year: Ref


def write_months(sheet: Sheet, facts: Facts, lines: Lines | None) -> Months:
    """A row for each month, sums below, and what is due in some months only beside it.

    Without rules of growth all figures follow the lines; with them, they are the program's.
    """
    along = facts.projection
    live = lines if lines is not None and not facts.scenario.growth else None
    grown = list(along.values)
    heads = (
        *HEADS,
        *([f"{sizes_in_words(along.held, has_months=False)}, USD"] if along.held else []),
    )
    names = [name_in_words(facts.scenario, path) for path in grown]
    happens = len(heads) + len(names)
    widths = (8, 18, *([14] * (happens - 2)), 40)
    sheet.heads(0, (*heads, *names, "What happens"), widths)
    sheet.keep(1, 2)
    remarks = remarks_by_month(along, PLAIN)
    due = _write_due(sheet, facts, live, FIRST + along.months + 5)
    for at in range(along.months):
        _write_month(sheet, facts, live, at, due)
        for column, path in enumerate(grown, MORE if along.held else PLAN):
            sheet.number(FIRST + at, column, float(along.values[path][at, 0]))
        look = "strong" if at + 1 == along.turns_in_month else "text"
        sheet.text(FIRST + at, happens, remarks.get(at + 1, ""), look)
    last = FIRST + along.months - 1
    row = last + 1
    sheet.text(row, NUMBER, "In all")
    effective = f"SUMPRODUCT({_cells(EFFECTIVE, last)},{_cells(WITHIN, last)})"
    labor = along.cash_by_component[LABOR]
    year = min(along.months, 12)
    cash = f"SUM({_cells(CASH, FIRST + year - 1)})"
    sheet.text(row + 1, NUMBER, f"First {year} months" if year < 12 else "First year")
    return Months(
        sheet.formula(row, EFFECTIVE, effective, along.effective_total, "sum"),
        sheet.formula(
            row,
            INVOICES,
            f"SUM({_cells(INVOICES, last)})",
            float((along.cash - labor).sum()),
            "sum",
        ),
        sheet.formula(row, TIME, f"SUM({_cells(TIME, last)})", float(labor.sum()), "sum"),
        sheet.formula(row, CASH, f"SUM({_cells(CASH, last)})", along.cash_total, "sum"),
        sheet.formula(row + 1, CASH, cash, along.years[0].cash, "sum"),
    )


def _write_month(
    sheet: Sheet, facts: Facts, live: Lines | None, at: int, due: tuple[int, int]
) -> None:
    along, row = facts.projection, FIRST + at
    start = facts.scenario.start
    sheet.number(row, NUMBER, at + 1.0)
    sheet.text(row, NAME, short_month(start, at + 1) if start else "")
    for column, (name, costs) in enumerate(along.by_component.items(), PARTS):
        _cost(sheet, row, column, live and live.cost(name), float(costs[at]))
    parts = f"SUM({letter(PARTS)}{row + 1}:{letter(EFFECTIVE - 1)}{row + 1})"
    sheet.formula(row, EFFECTIVE, parts, float(along.effective[at]))
    sheet.number(row, WITHIN, float(along.parts_of_months[at]))
    labor = float(along.cash_by_component[LABOR][at])
    invoices = float(along.cash[at]) - labor
    steady = live and f"{live.invoices()}-({live.invoices(only_spread=True)})"
    time = live and f"{live.cost(LABOR)}-{live.cost(LABOR, only_spread=True)}"
    _cost(sheet, row, INVOICES, steady and steady + _due(due, row, INVOICED), invoices)
    _cost(sheet, row, TIME, time and time + _due(due, row, OWN_TIME), labor)
    both = f"{letter(INVOICES)}{row + 1}+{letter(TIME)}{row + 1}"
    sheet.formula(row, CASH, both, float(along.cash[at]))
    if along.held:
        sheet.number(row, PLAN, float(along.held.effective[at]), "money")


def _cost(sheet: Sheet, row: int, column: int, formula: str | None, value: float) -> None:
    if formula is None:
        sheet.number(row, column, value, "money")
    else:
        sheet.formula(row, column, formula, value)


def _write_due(sheet: Sheet, facts: Facts, live: Lines | None, row: int) -> tuple[int, int]:
    """What is due in some months only; its first and its last row."""
    sheet.text(row, NUMBER, "Due in some months only", "title")
    for column, head in enumerate(("Month", "Of", "USD", "Line")):
        sheet.text(row + 1, column, head, "head")
    first = at = row + 2
    months = numbers(facts.projection.months)
    for charge in facts.projection.estimate.charges:
        if charge.spread is None:
            continue
        paid = np.broadcast_to(np.asarray(charge.known_cash(months)), (len(months), 1))[:, 0]
        for month in np.flatnonzero(paid).tolist():
            sheet.number(at, 0, month + 1.0)
            sheet.text(at, 1, OWN_TIME if charge.component == LABOR else INVOICED)
            spread = float(np.max(np.asarray(charge.spread.months)))
            formula = live and f"{live.cost_of(charge)}*{spread!r}"
            _cost(sheet, at, 2, formula, float(paid[month]))
            sheet.text(at, 3, charge.description)
            at += 1
    return first, max(at - 1, first)


def _due(rows: tuple[int, int], row: int, kind: str) -> str:
    first, last = rows[0] + 1, rows[1] + 1
    where = f"$A${first}:$A${last},$A{row + 1},$B${first}:$B${last}"
    return f'+SUMIFS($C${first}:$C${last},{where},"{kind}")'


def _cells(column: int, last: int) -> str:
    name = letter(column)
    return f"{name}{FIRST + 1}:{name}{last + 1}"
