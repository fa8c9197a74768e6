"""The sheets of what is asked of an estimate: how sure, side by side, the cheapest that fit."""

from __future__ import annotations

from mlflow_cost_desktop.analysis.comparison import PARTS
from mlflow_cost_desktop.analysis.differing_inputs import differing_inputs, inputs_of_all
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.spreadsheet.workbook import Sheet, letter
from mlflow_cost_desktop.figures import PLAIN, write
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.ranges import fault_of_range
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    hosting_in_words,
    notes_in_words,
)
from mlflow_cost_desktop.wording.comparison import (
    NO_PRICE,
    conventions_in_words,
    head_in_words,
    input_in_words,
    value_of,
)
from mlflow_cost_desktop.wording.growth import NOT_USED, name_in_words
from mlflow_cost_desktop.wording.uncertainty import (
    chances_in_words,
    shape_in_words,
    source_in_words,
)

RANGE_HEADS = ("Input", "Low", "Likely", "High", "Shape", "Moves with", "Where from", "Path")


def write_ranges(sheet: Sheet, facts: Facts, found: Uncertainty) -> None:
    """Percentiles, chances, and the ranges that they come from."""
    sheet.heads(0, ("At most, in so many of 100 cases", "USD a month"), (40, 16, 14, 14, 26, 16))
    row = 1
    for at, usd in found.percentiles.items():
        sheet.number(row, 0, float(at))
        sheet.number(row, 1, usd, "money")
        row += 1
    for label, usd in (
        ("Mean", found.moments.mean),
        ("Standard deviation", found.moments.deviation),
    ):
        sheet.text(row, 0, label)
        sheet.number(row, 1, usd, "money")
        row += 1
    draws = f"{PLAIN.exact(found.draws)} draws with seed {facts.scenario.seed}."
    for words in (*chances_in_words(found, PLAIN), draws):
        row += 1
        sheet.wide(row, (0, 5), words, 120)
    row += 2
    sheet.heads(row, RANGE_HEADS)
    for one in facts.scenario.ranges:
        row += 1
        fault = fault_of_range(facts.scenario, one)
        sheet.text(row, 0, name_in_words(facts.scenario, one.path))
        sheet.number(row, 1, one.low)
        if not fault:
            sheet.number(row, 2, float(get(facts.scenario, one.path)))
        sheet.number(row, 3, one.high)
        sheet.text(row, 4, shape_in_words(one))
        sheet.text(row, 5, one.moves_with)
        sheet.text(row, 6, f"{NOT_USED}: {fault}" if fault else source_in_words(one))
        sheet.text(row, 7, one.path)


ALTERNATIVE_HEADS = (
    "Rank",
    "How it is hosted",
    "Region",
    "Committed",
    *(f"{title}, USD" for title in COMPONENTS.values()),
    "In all, USD a month",
    "More than now, USD a month",
    "To mind",
)
FIRST_PART = 4
"""The column of the first part's cost."""


def write_alternatives(sheet: Sheet, facts: Facts) -> None:
    """The scenario as it is, and below it the cheapest ways that fit, the cheapest first."""
    found = facts.alternatives
    sheet.heads(0, ALTERNATIVE_HEADS, (7, 60, 16, 11, *([14] * (len(COMPONENTS) + 2)), 90))
    sheet.keep(1, 2)
    total = FIRST_PART + len(COMPONENTS)
    first, last, in_all = map(letter, (FIRST_PART, total - 1, total))
    for row, one in enumerate((found.now, *found.found), 1):
        if row == 1:
            sheet.text(row, 0, "now")
        else:
            sheet.number(row, 0, float(row - 1))
        sheet.text(row, 1, hosting_in_words(one))
        sheet.text(row, 2, one.price_book.region_id)
        sheet.text(row, 3, commitment_in_words(one.months))
        for column, name in enumerate(COMPONENTS, FIRST_PART):
            sheet.number(row, column, float(one.estimate.by_component[name]), "money")
        sheet.formula(row, total, f"SUM({first}{row + 1}:{last}{row + 1})", one.cost)
        difference = found.difference(one)
        if row > 1 and difference is not None:
            sheet.formula(row, total + 1, f"{in_all}{row + 1}-{in_all}2", difference)
        if row > 1:
            sheet.text(row, total + 2, notes_in_words(found, one, PLAIN))


def write_comparison(sheet: Sheet, facts: Facts) -> None:
    """Lines side by side, what they come to, and the inputs that differ."""
    found = facts.comparison
    names = [column.name for column in found.columns]
    count = len(names)
    more = [f"{name}: more than the first, USD" for name in names[1:]]
    heads = ("Part", "Line", *(f"{name}, USD a month" for name in names), *more)
    sheet.heads(0, heads, (18, 44, *([20] * (2 * count - 1))))
    sheet.keep(1, 2)
    sheet.text(1, 1, "Region, month, horizon", "muted")
    for at, column in enumerate(found.columns):
        sheet.text(1, 2 + at, head_in_words(column, PLAIN), "muted")
    row = 2
    for line in found.rows:
        sheet.text(row, 0, PARTS[line.component])
        sheet.text(row, 1, write(line.name, PLAIN))
        for at, cell in enumerate(line.cells):
            if cell is not None and not cell.is_unpriced:
                sheet.number(row, 2 + at, cell.cost, "money")
            elif cell is not None:
                sheet.text(row, 2 + at, "no known price")
        for at in range(1, count):
            if line.lacks_price(at):
                sheet.text(row, 1 + count + at, NO_PRICE)
            else:
                _write_more(sheet, row, at, count, line.difference(at))
        row += 1
    sheet.text(row, 1, "Per month", "sum")
    for at, column in enumerate(found.columns):
        cells = f"{letter(2 + at)}3:{letter(2 + at)}{row}"
        sheet.formula(row, 2 + at, f"SUM({cells})", column.cost, "sum")
    for at in range(1, count):
        _write_more(sheet, row, at, count, found.difference(at))
    if words := conventions_in_words(found, PLAIN):
        row += 1
        sheet.text(row, 1, words, "muted")
    row += 2
    sheet.text(row, 1, "Inputs that differ", "head")
    for one in differing_inputs(inputs_of_all(found.columns)):
        row += 1
        sheet.text(row, 1, input_in_words(one, found.columns[0]))
        for at, (value, column) in enumerate(zip(one.values, found.columns, strict=True)):
            sheet.text(row, 2 + at, value_of(value, column, PLAIN))


def _write_more(sheet: Sheet, row: int, at: int, count: int, usd: float) -> None:
    """What a column costs more than the first one."""
    formula = f"{letter(2 + at)}{row + 1}-{letter(2)}{row + 1}"
    sheet.formula(row, 1 + count + at, formula, usd)
