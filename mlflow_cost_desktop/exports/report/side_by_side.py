"""The report's page of scenarios side by side, where something is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlflow_cost_desktop.analysis.comparison import PARTS, Comparison
from mlflow_cost_desktop.analysis.comparison import Row as Line
from mlflow_cost_desktop.analysis.differing_inputs import differing_inputs, inputs_of_all
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.charts.waterfall import Waterfall, waterfall_chart
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import LEFT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED, SMALL, Spans
from mlflow_cost_desktop.figures import PLAIN, at_least, write
from mlflow_cost_desktop.model.managed_plan import COMPONENT
from mlflow_cost_desktop.wording.comparison import (
    NO_PRICE,
    ONLY_IN_ONE,
    TOTALS,
    comparison_in_words,
    conventions_in_words,
    effects_in_words,
    head_in_words,
    input_in_words,
    share_in_words,
    signed,
    value_of,
)

CHART = 230.0
"""Px of the chart's height."""

NAMES, MOST_COLUMN = 190.0, 140.0
"""Px of the first column at least, and of a scenario's at most."""

SIDES = 18.0
"""Px of a cell that its words leave free."""

MOST_EFFECTS = 12
"""Lines of which it is told what makes their difference."""


def flow(pages: Pages, facts: Facts) -> None:
    """Sentences, the way to the first other one, lines, what makes differences, and inputs."""
    if not facts.beside:
        return
    found = facts.comparison
    pages.page_break()
    pages.heading("Side by side", keep=CHART)
    for at in range(1, len(found.columns)):
        figure, rest = comparison_in_words(found, at, PLAIN)
        share = share_in_words(found, at, PLAIN)
        pages.text([(f"{figure} ", BODY_BOLD), (f"{printable(rest)}: {share}.", BODY)], BODY)
    if words := conventions_in_words(found, PLAIN):
        pages.text(words, BODY_MUTED)
    pages.gap(12.0)
    chart = waterfall_chart(Waterfall(found, 1), PLAIN)

    def paint(painter: QPainter, y: float) -> None:
        paint_chart(painter, QRectF(LEFT, y, WIDTH, CHART), chart)

    pages.place(CHART, paint)
    pages.gap(12.0)
    _lines(pages, found)
    _effects(pages, found)
    _inputs(pages, found)


def _lines(pages: Pages, found: Comparison) -> None:
    currency = found.columns[0].scenario.currency
    code = currency.shown
    columns = _columns(found, f"{code} a month", are_figures=True)
    pages.table(columns, list(_rows(found)))


def _columns(found: Comparison, first: str, *, are_figures: bool) -> list[Column]:
    """The first column, and one for each scenario."""
    room = min(MOST_COLUMN, (WIDTH - NAMES) / len(found.columns))
    names = [
        BODY_MUTED.elided(printable(column.name), room - SIDES) for column in found.columns
    ]  # fmt: skip
    scenarios = [Column(name, room, right=are_figures) for name in names]
    return [Column(first, WIDTH - room * len(names)), *scenarios]


def _rows(found: Comparison) -> Iterator[Row]:
    yield Row(
        (
            [("Region", SMALL), ("Month", SMALL), ("Horizon", SMALL)],
            *(
                [(word, SMALL) for word in head_in_words(column, PLAIN).split(" · ")]
                for column in found.columns
            ),
        )
    )
    for part in found.parts:
        color = PLAN_COLORS[0] if part == COMPONENT else COLORS[part]
        cells = _cells(
            found,
            lambda at, part=part: found.subtotal(part, at),
            lambda at, part=part: part in found.columns[at].gaps,
        )
        name: Spans = [(PARTS[part], BODY_BOLD)]
        yield Row((name, *cells), swatch=color, shade=True, keep=True)
        for row in found.rows_of(part):
            name = [(printable(write(row.name, PLAIN)), BODY)]
            yield Row((name, *(_cell(found, row, at) for at in range(len(found.columns)))))
    for number, (title, attribute) in enumerate(TOTALS):
        cells = _cells(
            found,
            lambda at, attribute=attribute: float(getattr(found.columns[at], attribute)),
            lambda at, attribute=attribute: found.columns[at].lacks(attribute),
        )
        style = BODY if number else BODY_BOLD
        yield Row(([(title, style)], *cells), strong_rule=not number)


def _cells(
    found: Comparison, cost: Callable[[int], float], lacks: Callable[[int], bool]
) -> list[Spans]:
    """A cost for each column and, below it, its difference to the first."""
    currency = found.columns[0].scenario.currency
    cells: list[Spans] = []
    for at in range(len(found.columns)):
        words = at_least(currency.amount(cost(at), PLAIN), lacks(at))
        incomplete = lacks(at) or lacks(0)
        difference = signed(cost(at) - cost(0), currency, PLAIN, is_incomplete=incomplete)
        cells.append([(words, BODY), (difference, SMALL)] if at else [(words, BODY)])
    return cells


def _cell(found: Comparison, row: Line, at: int) -> Spans:
    currency, cell = found.columns[0].scenario.currency, row.cells[at]
    if cell is None:
        words = "–"
    else:
        words = NO_PRICE if cell.is_unpriced else currency.amount(cell.cost, PLAIN)
    if not at or row.is_in_neither(at):
        return [(words, BODY)]
    if row.is_only_in_one(at):
        return [(words, BODY), (ONLY_IN_ONE, SMALL)]
    lacks = row.lacks_price(at)
    difference = signed(row.difference(at), currency, PLAIN, is_incomplete=lacks)
    return [(words, BODY), (difference, SMALL)]


def _effects(pages: Pages, found: Comparison) -> None:
    """What of the largest differences comes from other prices, and what from other quantities."""
    currency = found.columns[0].scenario.currency
    for at, column in enumerate(found.columns[1:], 1):
        rows = sorted(found.rows, key=lambda row: -abs(row.difference(at)))
        told = [(row, effects_in_words(row.effects(at), currency, PLAIN)) for row in rows]
        told = [(row, words) for row, words in told if words]
        if not told:
            continue
        pages.heading(f"What makes the difference to {printable(column.name)}", keep=40.0)
        for row, words in told[:MOST_EFFECTS]:
            name = f"{PARTS[row.component]} · {printable(write(row.name, PLAIN))}"
            pages.bullet(f"{name}: {words}", BODY, "–", BODY_MUTED)
        if len(told) > MOST_EFFECTS:
            more = f"{len(told) - MOST_EFFECTS} more lines that differ by less."
            pages.bullet(more, BODY, "–", BODY_MUTED)


def _inputs(pages: Pages, found: Comparison) -> None:
    differences = differing_inputs(inputs_of_all(found.columns))
    pages.heading("Inputs that differ", keep=60.0)
    if not differences:
        pages.text("None.", BODY)
        return
    rows = [
        Row(
            (
                [(printable(input_in_words(one, found.columns[0])), BODY)],
                *(
                    [(printable(value_of(value, column, PLAIN)), BODY)]
                    for value, column in zip(one.values, found.columns, strict=True)
                ),
            )
        )
        for one in differences
    ]
    pages.table(_columns(found, "Input", are_figures=False), rows)
