"""The report's first page, which decides: the answer, its options, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.analysis.alternatives import Alternative
from mlflow_cost_desktop.analysis.options import compare
from mlflow_cost_desktop.analysis.sweep import BY_USAGE, curve
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.options import options_chart
from mlflow_cost_desktop.charts.over_time import OverTime, over_time_chart
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.decision import Decision
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts, count, share
from mlflow_cost_desktop.exports.report.pages import LEFT, RIGHT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    AMBER,
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    MUTED,
    RULE,
    SMALL,
    Paragraph,
    Spans,
    Style,
)
from mlflow_cost_desktop.figures import PLAIN, at_least, cents
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import COMPONENT as PLAN
from mlflow_cost_desktop.wording.alternatives import hosting_in_words, notes_in_words
from mlflow_cost_desktop.wording.growth import turn_in_words
from mlflow_cost_desktop.wording.price_age import age_in_words, old_in_short

NAME = Style(20, bold=True, leading=1.25)
ASIDE = Style(11.5, color=MUTED, leading=1.32)
OLD = replace(ASIDE, color=AMBER)
ANSWER = Style(16, leading=1.5)
ANSWER_BOLD = replace(ANSWER, bold=True)
OPTION = 128.0
"""Px of an option's column."""
TILE = 70.0
"""Px of the height of a figure's box."""
LEAST = 150.0
"""Px of the height of a chart that finds room on the page."""
BAR = 14.0
"""Px of the height of the bar of parts."""
FIGURE = Style(22, bold=True, leading=1.25)

SWATCHES = {**COLORS, PLAN: PLAN_COLORS[0]}


def header(pages: Pages, facts: Facts) -> None:
    """Name, author, day, region, currency, month and age of the prices: on every report."""
    book, scenario = facts.price_book, facts.scenario
    author = printable(scenario.author)
    words = (
        f"{facts.created:%Y-%m-%d}{f' · {author}' if author else ''}",
        f"{book.region_name} {book.region_id} · {facts.currency.rate_in_words(PLAIN) or 'USD'}",
        f"month of {PLAIN.exact(scenario.hours_in_month)} h",
        age_in_words(facts.estimate, facts.reading, book.provider.name),
    )
    words = tuple(filter(None, words))
    old = words[-1] if old_in_short(facts.estimate, facts.reading) else ""
    aside = min(max(map(ASIDE.width, words)) + 2.0, 330.0)
    styles = [OLD if text == old else ASIDE for text in words]
    asides = [
        Paragraph(text, style, aside, right=True, max_lines=1)
        for text, style in zip(words, styles, strict=True)
    ]
    rest = WIDTH - aside - 24.0
    name = Paragraph(printable(scenario.name) or "Untitled", NAME, rest, max_lines=2)
    beneath = Paragraph(f"Cost of self-hosting MLflow · MLflow Cost {__version__}", ASIDE, rest)

    def paint(painter: QPainter, y: float) -> None:
        name.paint(painter, LEFT, y)
        beneath.paint(painter, LEFT, y + name.height)
        for index, line in enumerate(asides):
            line.paint(painter, RIGHT - aside, y + 1.0 + index * line.height)

    pages.place(max(name.height + beneath.height, 16.0 * len(asides)), paint)
    pages.gap(14.0)


def flow(pages: Pages, facts: Facts) -> None:
    """The decision: answer, options beside each other, what would turn it, and one chart."""
    decision = Decision.of(facts)
    pages.bookmark("The decision")
    _answer(pages, decision)
    _tiles(pages, facts)
    _bar(pages, facts)
    _turns(pages, facts, decision)
    _options(pages, facts)
    _chart(pages, facts)


def _answer(pages: Pages, decision: Decision) -> None:
    spans = [
        (printable_within(text), ANSWER_BOLD if is_strong else ANSWER)
        for text, is_strong in (*decision.cost, *decision.verdict)
    ]
    pages.text(spans, ANSWER)
    pages.gap(4.0)
    if decision.cheapest:
        pages.text(printable(decision.cheapest), BODY)
        pages.gap(2.0)
    pages.text(" ".join(map(printable, decision.sureness)), BODY_MUTED)
    pages.gap(10.0)


def printable_within(text: str) -> str:
    """A part of a sentence, whose blanks at either end stay."""
    if not text.strip():
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{printable(text)}{after}"


def _tiles(pages: Pages, facts: Facts) -> None:
    estimate = facts.estimate

    def dollars(usd: float) -> str:
        return at_least(facts.currency.dollars(usd, PLAIN), estimate.gaps)

    month, horizon = float(estimate.effective_cost), float(estimate.horizon_months)
    months = int(min(12.0, horizon))
    at_start = float(add_up(c.known(c.cash(1)) for c in estimate.charges if c.spread is not None))
    first = {1: "First month", 12: "First year"}.get(months, f"First {months} months")
    infrastructure = share(float(estimate.infrastructure), month)
    tiles = (
        (
            "Per month",
            dollars(month),
            f"{infrastructure} infrastructure · {share(float(estimate.labor), month)} maintenance",
        ),
        (
            f"{first}, cash",
            dollars(float(estimate.first_year_cash)),
            f"with {facts.currency.dollars(at_start, PLAIN)} paid at the start"
            if at_start
            else "no payment at the start",
        ),
        (
            f"{PLAIN.exact(horizon)} month{'' if horizon == 1 else 's'}",
            dollars(float(estimate.horizon_total)),
            f"{PLAIN.exact(horizon)} × "
            f"{at_least(facts.currency.money(month, PLAIN), estimate.gaps)}",
        ),
    )
    width = (WIDTH - 2 * 14.0) / 3.0

    def paint(painter: QPainter, y: float) -> None:
        for index, tile in enumerate(tiles):
            _paint_tile(painter, QRectF(LEFT + index * (width + 14.0), y, width, TILE), tile)

    pages.place(TILE, paint)
    pages.gap(14.0)


def _paint_tile(painter: QPainter, area: QRectF, tile: tuple[str, str, str]) -> None:
    painter.setPen(QPen(QColor(RULE), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 7.0, 7.0)
    inner = area.width() - 30.0
    top = area.top() + (TILE - 57.0) / 2.0
    for text, style, height in zip(tile, (ASIDE, FIGURE, ASIDE), (15.0, 27.0, 15.0), strict=True):
        fitted = style.fitted(text, inner)
        words = Paragraph(text, fitted, inner + 10.0)
        words.paint(painter, area.left() + 15.0, top + (height - words.height) / 2.0)
        top += height


def _bar(pages: Pages, facts: Facts) -> None:
    costs = {name: float(cost) for name, cost in facts.estimate.by_component.items()}
    total = sum(costs.values())
    if total:
        height = BAR + 16.0
        pages.place(height, lambda painter, y: _paint_bar(painter, y, costs, total))


def _turns(pages: Pages, facts: Facts, decision: Decision) -> None:
    if facts.held.plan is None:
        return
    pages.heading("What would change this", keep=60.0)
    if not decision.turns:
        pages.text("No single input turns the verdict, whatever its value.", BODY)
        return
    columns = (
        Column("If", 262.0),
        Column("now", 100.0, right=True),
        Column("turning point", 158.0, right=True),
        Column("then", 170.0, right=True),
    )
    rows = [
        Row(([(turn.title, BODY)], [(turn.now, BODY)], [(turn.at, BODY)], [(turn.then, BODY)]))
        for turn in decision.turns
    ]
    pages.table(columns, rows)


def _options(pages: Pages, facts: Facts) -> None:
    """This scenario, the cheapest that fit, and the plan it is held against, part by part."""
    own, bought = facts.estimate, facts.held.offer and facts.held.offer.bought
    others = facts.alternatives.found
    named = [("this scenario", own)]
    named += [(f"alternative {rank}", one.estimate) for rank, one in enumerate(others, 1)]
    if bought and facts.held.plan:
        named.append((printable(facts.held.plan.name), bought))
    pages.heading("Options", keep=170.0)
    columns = [
        Column(f"{facts.currency.heading} / month", WIDTH - OPTION * len(named)),
        *(Column(name, OPTION, right=True) for name, _ in named),
    ]
    rows = [
        Row((([(title, BODY)]), *_costs(facts, name, named)), swatch=SWATCHES[name])
        for name, title in (*COMPONENTS.items(), (PLAN, "The vendor’s charges"))
        if any(c.component == name and c.is_worth_showing for _, one in named for c in one.charges)
    ]
    total = float(own.effective_cost)
    costs = [float(one.effective_cost) for _, one in named]
    words = [
        _amount(facts, usd, one.gaps) for usd, (_, one) in zip(costs, named, strict=True)
    ]  # fmt: skip
    rounding = [(text, SMALL) for text in [_rounding(facts)] if text]
    rows.append(
        Row(
            (
                [("Per month", BODY_BOLD), *rounding],
                *([(text, BODY_BOLD)] for text in words),
            ),
            strong_rule=True,
        )
    )
    if len(named) > 1:
        differences = [[(_signed(facts, usd - total), BODY_MUTED)] for usd in costs[1:]]
        rows.append(Row(([("Difference from this scenario", BODY_MUTED)], [], *differences)))
    pages.table(columns, rows)
    pages.gap(5.0)
    _hosted(pages, facts, others)


def _costs(facts: Facts, part: str, named: Sequence[tuple[str, Estimate]]) -> Iterator[Spans]:
    """What a part costs in each option."""
    for _, estimate in named:
        usd = sum(float(c.known_cost) for c in estimate.charges if c.component == part)
        yield [(_amount(facts, usd, part in estimate.gaps), BODY)]


def _hosted(pages: Pages, facts: Facts, others: Sequence[Alternative]) -> None:
    """How this scenario and each alternative is hosted, and what is to be minded of it, in short.

    The section on alternatives tells all of it.
    """
    found = facts.alternatives
    tasks = {c.group for c in facts.charges if c.component == "labor" and c.costs_something}
    told = [f"This scenario: {hosting_in_words(found.now)}; {count(len(tasks), 'task')}."]
    for rank, one in enumerate(others, 1):
        mind = notes_in_words(found, one, PLAIN)
        words = f"Alternative {rank}: {hosting_in_words(one)}"
        told.append(f"{words}. To mind: {mind}." if mind else f"{words}.")
    for words in told:
        short = Paragraph(printable(words), SMALL, WIDTH, max_lines=2)
        pages.place(short.height, partial(_paint_text, short))


def _paint_text(text: Paragraph, painter: QPainter, y: float) -> None:
    text.paint(painter, LEFT, y)


def _signed(facts: Facts, usd: float) -> str:
    sign = "" if abs(usd) < 0.005 else "−" if usd < 0 else "+"
    return f"{sign}{facts.currency.amount(abs(usd), PLAIN)}"


def _amount(facts: Facts, usd: float, is_incomplete: object) -> str:
    return at_least(facts.currency.amount(usd, PLAIN), is_incomplete)


def _rounding(facts: Facts) -> str:
    shown, estimate = facts.currency.converted, facts.estimate
    printed = sum(cents(shown(float(cost))) for cost in estimate.by_component.values())
    differs = printed != cents(shown(float(estimate.effective_cost)))
    return f"rounded parts add up to {PLAIN.amount(float(printed))}" if differs else ""


def _paint_bar(painter: QPainter, y: float, costs: dict[str, float], total: float) -> None:
    """The parts to scale, each with its name below where that has room."""
    painter.save()
    rounded = QPainterPath()
    rounded.addRoundedRect(QRectF(LEFT, y, WIDTH, BAR), 3.0, 3.0)
    painter.setClipPath(rounded)
    left, lefts = LEFT, dict[str, float]()
    for name, cost in costs.items():
        width = WIDTH * cost / total
        lefts[name] = left
        painter.fillRect(QRectF(left, y, width, BAR), QColor(COLORS[name]))
        if left > LEFT and width > 0.0:  # apart in gray too
            painter.fillRect(QRectF(left - 0.5, y, 1.0, BAR), QColor("#FFFFFF"))
        left += width
    painter.restore()
    for name, title in COMPONENTS.items():
        if SMALL.width(title) + 4.0 <= WIDTH * costs.get(name, 0.0) / total:
            Paragraph(title, SMALL, WIDTH).paint(painter, lefts[name], y + BAR + 2.0)


def _chart(pages: Pages, facts: Facts) -> None:
    """Cost over time if something grows; options if nothing is committed; else by usage."""
    chart = _chosen_chart(facts)
    pages.gap(16.0)
    height = min(pages.room, 250.0) if pages.room > LEAST else 250.0

    def paint(painter: QPainter, y: float) -> None:
        paint_chart(painter, QRectF(LEFT, y, WIDTH, height), chart)

    pages.place(height, paint)


def _chosen_chart(facts: Facts) -> Chart:
    held = facts.held
    plan = held.plan and held.plan.model_copy(update={"name": printable(held.plan.name)})
    if facts.scenario.growth:
        found = facts.projection
        month = found.turns_in_month or found.months
        return over_time_chart(OverTime(found, "effective", month, turn_in_words(found)), PLAIN)
    scenario, book, estimate = facts.scenario, facts.price_book, facts.estimate
    if not any(charge.term for charge in facts.charges):
        found = compare(BY_USAGE, scenario, book, estimate, plan=plan)
        if len(found.lines) > 1:
            return options_chart(found, PLAIN)
    return parts_chart(curve(BY_USAGE, scenario, book, estimate, plan=plan), PLAIN)
