"""The report's page of money: invoices and own people's time apart, once and every month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlflow_cost_desktop.analysis.projection import YearCost
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, curve
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import LEFT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    AMBER,
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    MUTED,
    SMALL,
    Paragraph,
    Spans,
    Style,
)
from mlflow_cost_desktop.figures import PLAIN, at_least, cents
from mlflow_cost_desktop.model.month_names import month_in_words, months_in_words
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.growth import due_in_words
from mlflow_cost_desktop.wording.uncertainty import SWUNG, bar_in_words, moves_in_words
from mlflow_cost_desktop.wording.unit_costs import unit_costs_in_words
from mlflow_cost_desktop.wording.verdict import mark

ASIDE = Style(10.0, color=MUTED, leading=1.32)
MOST_DUE = 12
"""Months with something due that are told one by one."""


def flow(pages: Pages, facts: Facts) -> None:
    """What is paid when, by whom; the four costs; how the total moves; what is to be known."""
    pages.page_break()
    pages.heading("The money", keep=120.0)
    _years(pages, facts)
    _due(pages, facts)
    _four_costs(pages, facts)
    pages.heading("What a unit costs", keep=40.0)
    for words in unit_costs_in_words(facts.scenario, facts.estimate, PLAIN):
        pages.bullet(words, BODY, "–", BODY_MUTED)
    _sensitivity(pages, facts)
    _notices(pages, facts)
    _charts(pages, facts)


def _years(pages: Pages, facts: Facts) -> None:
    along, unit = facts.projection, facts.currency.heading
    pages.text(
        "Invoices are cash that goes to others; own people’s time is paid as salaries, whatever "
        "they work on. Effective cost spreads what is paid once over its months.",
        BODY_MUTED,
    )
    pages.gap(6.0)
    columns = (
        Column(f"{unit}", 190.0),
        Column("Invoices", 115.0, right=True),
        Column("Own people’s time", 130.0, right=True),
        Column("Together", 125.0, right=True),
        Column("Effective", 130.0, right=True),
    )
    start = facts.scenario.start
    month = YearCost(
        0,
        1,
        1,
        {name: float(cost[0]) for name, cost in along.by_component.items()},
        {name: float(cost[0]) for name, cost in along.cash_by_component.items()},
    )
    named = [(month_in_words(start, 1).capitalize(), month)] if along.months > 1 else []
    named += [
        (months_in_words(start, year.first_month, year.last_month), year) for year in along.years
    ]
    rows = [Row(tuple(_cells(facts, name, _told(year), BODY))) for name, year in named]
    months = PLAIN.quantity(float(facts.scenario.horizon_months), "month")
    whole = YearCost(
        0,
        1,
        along.months,
        {
            name: float((cost * along.parts_of_months).sum())
            for name, cost in along.by_component.items()
        },
        {name: float(cost.sum()) for name, cost in along.cash_by_component.items()},
    )
    rows.append(Row(tuple(_cells(facts, months, _told(whole), BODY_BOLD)), strong_rule=True))
    once, once_own = _once(facts)
    total, labor = float(facts.estimate.effective_cost), float(facts.estimate.labor)
    for name, invoices, own in (
        ("A month’s share of what is paid once", once, once_own),
        ("Every month’s own", total - labor - once, labor - once_own),
    ):
        rows.append(Row(tuple(_cells(facts, name, (invoices, own, None, invoices + own), BODY))))
    pages.table(columns, rows)


Told: TypeAlias = tuple[float, float, float | None, float]
"""Invoices, own people's time, both together, effective cost; USD."""


def _told(cost: YearCost) -> Told:
    time = cost.cash_by_component["labor"]
    return cost.cash - time, time, cost.cash, cost.effective


def _cells(facts: Facts, name: str, told: Told, look: Style) -> Iterator[Spans]:
    gaps = facts.estimate.gaps
    yield [(name, look)]
    for usd, lacks in zip(told, (gaps - {"labor"}, "labor" in gaps, gaps, gaps), strict=True):
        yield [("" if usd is None else _amount(facts, usd, lacks), look)]


def _once(facts: Facts) -> tuple[float, float]:
    """What a month bears of invoices and of own people's time that come once."""
    spread = [charge for charge in facts.charges if charge.spread is not None]
    own = sum(float(charge.known_cost) for charge in spread if charge.component == "labor")
    return sum(float(charge.known_cost) for charge in spread) - own, own


def _amount(facts: Facts, usd: float, lacks: object) -> str:
    return at_least(facts.currency.amount(usd, PLAIN), lacks)


def _due(pages: Pages, facts: Facts) -> None:
    along = facts.projection
    months = list(dict.fromkeys(due.month for due in along.due))
    if months:
        pages.gap(6.0)
    for month in months[:MOST_DUE]:
        usd = sum(due.usd for due in along.due if due.month == month)
        words = f"{facts.currency.money(usd, PLAIN)}, {printable(due_in_words(along, month))}"
        when = month_in_words(facts.scenario.start, month)
        pages.bullet(f"Paid only in {when}: {words}", BODY, "–", BODY_MUTED)
    if len(months) > MOST_DUE:
        more = f"{len(months) - MOST_DUE} more months with payments of their own."
        pages.bullet(more, BODY, "–", BODY_MUTED)


def _four_costs(pages: Pages, facts: Facts) -> None:
    estimate = facts.estimate
    costs = (
        ("List", estimate.list_cost, "on demand, without discount"),
        ("Contracted", estimate.contracted_cost, "less the negotiated discount"),
        ("Effective", estimate.effective_cost, "after commitments, spread evenly"),
        ("Billed", estimate.billed_cost, "cash in the first month"),
    )
    if len({cents(float(cost)) for _, cost, _ in costs}) == 1:
        return
    pages.heading("One month, counted four ways")
    width = WIDTH / 4.0

    def paint(painter: QPainter, y: float) -> None:
        for index, (title, cost, note) in enumerate(costs):
            left = LEFT + index * width + 8.0
            figure = at_least(facts.currency.money(float(cost), PLAIN), estimate.gaps)
            style = BODY_BOLD if title == "Effective" else BODY
            for text, look, at in (
                (title, BODY_MUTED, 0.0),
                (figure, style, 16.0),
                (note, ASIDE, 32.0),
            ):
                fitted = look if look is ASIDE else look.fitted(text, width - 14.0)
                Paragraph(text, fitted, width - 8.0, max_lines=1).paint(painter, left, y + at)

    pages.place(46.0, paint)


def _charts(pages: Pages, facts: Facts) -> None:
    held = facts.held
    plan = held.plan and held.plan.model_copy(update={"name": printable(held.plan.name)})
    charts = [
        parts_chart(
            curve(question, facts.scenario, facts.price_book, facts.estimate, plan=plan), PLAIN
        )
        for question in (BY_USAGE, BY_STORAGE)
    ]
    pages.gap(24.0)
    width = (WIDTH - 24.0) / 2.0
    marked = f" ({mark(held.offer)})" if held.offer and mark(held.offer) else ""
    dashed = f"Dashed: {plan.name}{marked}, with what stays with the buyer." if plan else ""
    note = Paragraph(dashed, SMALL, WIDTH)
    room = pages.room - note.height
    height = min(room, 290.0) if room > 210.0 else 290.0

    def paint(painter: QPainter, y: float) -> None:
        for index, chart in enumerate(charts):
            left = LEFT + index * (width + 24.0)
            paint_chart(painter, QRectF(left, y, width, height), chart)
        note.paint(painter, LEFT, y + height)

    pages.place(height + note.height, paint)


MOST_BARS = 6


def _sensitivity(pages: Pages, facts: Facts) -> None:
    """Which inputs matter most: a month at the low and at the high end of each."""
    found = facts.tornado
    if not found.bars:
        return
    ends = "the ends of its range" if found.has_ranges else SWUNG
    pages.heading(f"What matters most: a month with each input at {ends}", keep=90.0)
    columns = (
        Column("Input", 250.0),
        Column("Between", 240.0, right=True),
        Column(f"{facts.currency.heading}, low end", 100.0, right=True),
        Column("high end", 100.0, right=True),
    )
    rows = [
        Row(
            (
                [(printable(bar_in_words(bar)), BODY)],
                [(moves_in_words(bar, PLAIN, has_ranges=found.has_ranges), BODY_MUTED)],
                [(_amount(facts, bar.cost_low, bar.lacks_low), BODY)],
                [(_amount(facts, bar.cost_high, bar.lacks_high), BODY)],
            )
        )
        for bar in found.bars[:MOST_BARS]
    ]
    pages.table(columns, rows)


def _notices(pages: Pages, facts: Facts) -> None:
    notices = warnings(facts.scenario, facts.price_book, facts.estimate, facts.plans)
    if not notices:
        return
    pages.heading("Worth knowing", keep=36.0)
    for notice in notices:
        pages.bullet(printable(notice.text), BODY, "!", replace(BODY_BOLD, color=AMBER))
