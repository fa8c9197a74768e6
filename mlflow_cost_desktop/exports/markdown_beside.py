"""The parts of the Markdown in which others stand beside the scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlflow_cost_desktop.analysis.alternatives import Alternative
from mlflow_cost_desktop.analysis.asked import in_words
from mlflow_cost_desktop.analysis.comparison import PARTS as GROUPS
from mlflow_cost_desktop.analysis.comparison import Comparison, Row
from mlflow_cost_desktop.analysis.differing_inputs import differing_inputs, inputs_of_all
from mlflow_cost_desktop.exports.markup import escaped, table
from mlflow_cost_desktop.exports.parts import PARTS
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN, at_least, write
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    difference_in_words,
    notes_in_words,
    searched_for_in_words,
    summary_in_words,
)
from mlflow_cost_desktop.wording.comparison import (
    NO_PRICE,
    ONLY_IN_ONE,
    TOTALS,
    comparison_in_words,
    conventions_in_words,
    head_in_words,
    input_in_words,
    share_in_words,
    signed,
    value_of,
)


def comparison(facts: Facts) -> Iterator[str]:
    """Sentences, lines by part and the inputs that differ; nothing where nothing is compared."""
    if not facts.beside:
        return
    found = facts.comparison
    yield f"## {PARTS['comparison']}\n"
    for at in range(1, len(found.columns)):
        figure, rest = comparison_in_words(found, at, PLAIN)
        told = f"{rest}: {share_in_words(found, at, PLAIN)}."
        yield f"- **{escaped(figure)}** {escaped(told)}"
    if words := conventions_in_words(found, PLAIN):
        yield f"\n{escaped(words)}"
    yield ""
    yield from table(*_side_by_side(found))
    yield "\n<details><summary>Inputs that differ</summary>\n"
    yield from _inputs(found)
    yield "\n</details>\n"


def _side_by_side(found: Comparison) -> tuple[list[str], list[list[str]], list[bool]]:
    """Heads, rows and sides: each scenario and, but for the first, its difference to that."""
    unit = found.columns[0].scenario.currency.shown
    heads, counted = [f"{unit} a month"], ["Counts by"]
    for at, column in enumerate(found.columns):
        heads += [escaped(column.name), "Difference"] if at else [escaped(column.name)]
        counted += [escaped(head_in_words(column, PLAIN)), ""] if at else [
            escaped(head_in_words(column, PLAIN))
        ]  # fmt: skip
    rows = [counted]
    for part in found.parts:
        rows.append(
            _figures(
                found,
                GROUPS[part],
                lambda at, part=part: found.subtotal(part, at),
                lambda at, part=part: part in found.columns[at].gaps,
            )
        )
        rows += [_line(found, row) for row in found.rows_of(part)]
    for title, attribute in TOTALS:
        rows.append(
            _figures(
                found,
                title,
                lambda at, attribute=attribute: float(getattr(found.columns[at], attribute)),
                lambda at, attribute=attribute: found.columns[at].lacks(attribute),
            )
        )
    return heads, rows, [False, *(True for _ in heads[1:])]


def _figures(
    found: Comparison, title: str, cost: Callable[[int], float], lacks: Callable[[int], bool]
) -> list[str]:
    """A subtotal or a total of each scenario, with its difference to the first."""
    currency = found.columns[0].scenario.currency
    cells = [f"**{title}**"]
    for at in range(len(found.columns)):
        cells.append(f"**{at_least(currency.amount(cost(at), PLAIN), lacks(at))}**")
        if at:
            lacking = lacks(at) or lacks(0)
            usd = cost(at) - cost(0)
            cells.append(f"**{signed(usd, currency, PLAIN, is_incomplete=lacking)}**")
    return cells


def _line(found: Comparison, row: Row) -> list[str]:
    currency = found.columns[0].scenario.currency
    cells = [escaped(write(row.name, PLAIN))]
    for at, cell in enumerate(row.cells):
        if cell is None:
            cells.append("–")
        else:
            cells.append(NO_PRICE if cell.is_unpriced else currency.amount(cell.cost, PLAIN))
        if not at:
            continue
        if row.is_in_neither(at):
            cells.append("")
        elif row.is_only_in_one(at):
            cells.append(ONLY_IN_ONE)
        else:
            lacks = row.lacks_price(at)
            cells.append(signed(row.difference(at), currency, PLAIN, is_incomplete=lacks))
    return cells


def _inputs(found: Comparison) -> Iterator[str]:
    differences = differing_inputs(inputs_of_all(found.columns))
    if not differences:
        yield "None."
        return
    heads = ["Input", *(escaped(column.name) for column in found.columns)]
    rows = [
        [
            escaped(input_in_words(one, found.columns[0])),
            *(
                escaped(value_of(value, column, PLAIN))
                for value, column in zip(one.values, found.columns, strict=True)
            ),
        ]
        for one in differences
    ]
    yield from table(heads, rows, [False for _ in heads])


def alternatives(facts: Facts) -> Iterator[str]:
    """The two cheapest ways that fit beside the scenario; nothing where nothing else fits."""
    found = facts.alternatives
    if not found.found:
        return
    yield f"## {PARTS['alternatives']}\n"
    yield f"{escaped(summary_in_words(found, PLAIN))}\n"
    yield f"{escaped(searched_for_in_words(found, PLAIN))}\n"
    columns = (found.now, *found.found)
    parts = ("Server", "Metadata store", "Artifact store")
    rows = [
        [title, *(escaped(in_words(one.options[at])) for one in columns)]
        for at, title in enumerate(parts)
    ]
    rows.append(["Committed", *(commitment_in_words(one.months) for one in columns)])
    rows += [
        [title, *(_cost(facts, one, name) for one in columns)] for name, title in COMPONENTS.items()
    ]
    totals = (
        at_least(facts.currency.amount(one.cost, PLAIN), one.estimate.unpriced) for one in columns
    )
    rows.append(["**Total a month**", *(f"**{total}**" for total in totals)])
    rows.append(
        ["Difference", "", *(difference_in_words(found, one, PLAIN) for one in found.found)]
    )
    heads = [escaped(facts.currency.heading), "Now", "1", "2"][: len(columns) + 1]
    yield from table(heads, rows, [False, *(True for _ in columns)])
    yield ""
    for rank, one in enumerate(found.found, 1):
        if told := notes_in_words(found, one, PLAIN):
            yield f"- {rank}: {escaped(told)}."
    yield ""


def _cost(facts: Facts, one: Alternative, part: str) -> str:
    usd = float(one.estimate.by_component[part])
    return at_least(facts.currency.amount(usd, PLAIN), part in one.estimate.gaps)
