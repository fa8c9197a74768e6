"""The report's page on what it costs over the months, where something changes over time."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlflow_cost_desktop.analysis.projection import Projection
from mlflow_cost_desktop.charts.over_time import OverTime, over_time_chart
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import LEFT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED, Spans
from mlflow_cost_desktop.figures import PLAIN, at_least
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.month_names import (
    month_in_words,
    months_in_words,
    short_month,
    until_month,
)
from mlflow_cost_desktop.wording.growth import (
    cash_in_words,
    chart_words,
    due_in_words,
    ends_in_words,
    name_in_words,
    projection_in_words,
    reasons_in_words,
    rule_in_words,
    sizes_in_words,
    verdict_in_words,
)

CHART = 270.0
"""Px of the chart's height."""

MOST_DUE = 12
"""Months with something due that are told one by one."""

YEARS = 5
"""How many years of months stand side by side."""

TIGHT = 2.0
"""Px above and below the words of a month."""


def flow(pages: Pages, facts: Facts) -> None:
    """Sentence, chart, years, and what changes; nothing where all months are alike."""
    if not facts.scenario.growth:
        return
    found = facts.projection
    pages.page_break()
    pages.heading("Over time", keep=CHART)
    figure, rest = projection_in_words(found, PLAIN)
    pages.text([(f"{figure} ", BODY_BOLD), (rest, BODY)], BODY)
    pages.text(f"{cash_in_words(found, PLAIN)}.", BODY)
    if found.held:
        sizes = sizes_in_words(found.held, facts.scenario.start)
        words = f"Held against {sizes}. {verdict_in_words(found, PLAIN)}."
        pages.text(printable(words), BODY)
    pages.gap(12.0)
    _chart(pages, found)
    pages.gap(12.0)
    _years(pages, facts, found)
    _rules(pages, found)
    _months(pages, facts, found)


def _chart(pages: Pages, found: Projection) -> None:
    chart = over_time_chart(
        OverTime(
            found, "effective", found.turns_in_month or found.months, *chart_words(found, PLAIN)
        ),
        PLAIN,
    )

    def paint(painter: QPainter, y: float) -> None:
        paint_chart(painter, QRectF(LEFT, y, WIDTH, CHART), chart)

    pages.place(CHART, paint)


def _years(pages: Pages, facts: Facts, found: Projection) -> None:
    currency, start, held = facts.currency, found.scenario.start, found.held
    parts = found.parts_of_months

    gaps = found.estimate.gaps

    def cell(usd: float, lacks: object = False, *, is_bold: bool = False) -> Spans:
        words = TOO_SMALL if usd != usd else at_least(currency.amount(usd, PLAIN), lacks)
        return [(words, BODY_BOLD if is_bold else BODY)]

    columns = [
        Column("Months", 190.0),
        Column("Effective", 120.0, right=True),
        Column("Cash", 120.0, right=True),
        Column("of it own people’s time", 130.0, right=True),
    ]
    if held:
        columns.append(Column("Plan, effective", 130.0, right=True))
    rows: list[Row] = []
    for year in found.years:
        cells = [
            [(months_in_words(start, year.first_month, year.last_month), BODY)],
            cell(year.effective, gaps),
            cell(year.cash, gaps),
            cell(year.cash_by_component["labor"], "labor" in gaps),
        ]
        if held:
            within = slice(year.first_month - 1, year.last_month)
            cells.append(cell(float((held.effective * parts)[within].sum()), held.has_gaps))
        rows.append(Row(tuple(cells)))
    months = PLAIN.quantity(float(found.scenario.horizon_months), "month")
    labor = float(found.cash_by_component["labor"].sum())
    whole = [
        [(f"{months}, {currency.code if not currency.is_usd else 'USD'}", BODY_BOLD)],
        cell(found.effective_total, gaps, is_bold=True),
        cell(found.cash_total, gaps, is_bold=True),
        cell(labor, "labor" in gaps, is_bold=True),
    ]
    if held:
        usd = float((held.effective * parts).sum())
        whole.append(cell(usd, held.has_gaps, is_bold=True))
    rows.append(Row(tuple(whole), strong_rule=True))
    pages.table(columns, rows)


def _rules(pages: Pages, found: Projection) -> None:
    scenario = found.scenario
    pages.heading("What changes over time", keep=60.0)
    for rule in scenario.growth:
        first, last = ends_in_words(found, rule, PLAIN)
        ends = f": {first} at first, {last} in the last month" if first and last else ""
        name = name_in_words(scenario, rule.path)
        words = f"{name} {rule_in_words(scenario, rule, PLAIN)}{ends}"
        pages.bullet(printable(words), BODY, "–", BODY_MUTED)
    for name, title in COMPONENTS.items():
        if why := reasons_in_words(found, name, PLAIN):
            pages.bullet(f"{title} changes by: {printable(why)}", BODY, "–", BODY_MUTED)
    due = list(dict.fromkeys(one.month for one in found.due))
    for month in due[:MOST_DUE]:
        when = month_in_words(scenario.start, month)
        words = printable(due_in_words(found, month))
        pages.bullet(f"Paid only in {when}: {words}", BODY, "–", BODY_MUTED)
    if len(due) > MOST_DUE:
        pages.bullet(
            f"{len(due) - MOST_DUE} more months with payments of their own.", BODY, "–", BODY_MUTED
        )


def _months(pages: Pages, facts: Facts, found: Projection) -> None:
    """Cash of every month: a row for each month of a year, and the years side by side."""
    start, gaps = found.scenario.start, found.estimate.gaps
    pages.heading("Cash by month", keep=120.0)
    for begin in range(0, len(found.years), YEARS):
        years = found.years[begin : begin + YEARS]
        columns = [Column("Month", 100.0)]
        for year in years:
            title = until_month(start, year.first_month, year.last_month)
            columns.append(Column(title, 118.0, right=True))
        rows: list[Row] = []
        for at in range(years[0].last_month - years[0].first_month + 1):
            name = short_month(start, years[0].first_month + at).split()[0] if start else at + 1
            cells: list[Spans] = [[(f"{name}", BODY)]]
            for month in (year.first_month + at for year in years):
                words = ""
                if month <= found.months:
                    usd = float(found.cash[month - 1])
                    words = at_least(facts.currency.amount(usd, PLAIN), gaps)
                cells.append([(words, BODY)])
            rows.append(Row(tuple(cells)))
        pages.table(columns, rows, TIGHT)
        pages.gap(8.0)
