"""The report's first page, which decides: the answer, how sure it is, what turns it, options."""

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
from mlflow_cost_desktop.exports.report.pages import (
    LEFT,
    RIGHT,
    WIDTH,
    Column,
    Pages,
    Row,
    paint_swatch,
)
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
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    hosting_in_short,
    notes_in_short,
    server_in_short,
)
from mlflow_cost_desktop.wording.growth import chart_words
from mlflow_cost_desktop.wording.price_age import age_in_words, old_in_short
from mlflow_cost_desktop.wording.verdict import mark

NAME = Style(20, bold=True, leading=1.25)
ASIDE = Style(11.5, color=MUTED, leading=1.32)
OLD = replace(ASIDE, color=AMBER)
ANSWER = Style(16, leading=1.5)
ANSWER_BOLD = replace(ANSWER, bold=True)
OPTION, PLAN_OPTION = 124.0, 166.0
"""Px of an option's column, and of a plan's, which has a longer name."""
TILE = 65.0
"""Px of the height of a figure's box."""
LEAST = 120.0
"""Px of the height of a chart that finds room on the page."""
ABOVE, TIGHT = 14.0, 2.0
"""Px above a heading, and around the words of a table's row: a page that decides is full."""
POINT = 132.0
"""Px of the titles of what is said of how sure it is."""
BAR = 14.0
"""Px of the height of the bar of parts."""
WIDEST_ASIDE = 345.0
"""Px of what stands beside the scenario's name, at most."""
FIGURE = Style(22, bold=True, leading=1.25)

SERVER_ALONE = (
    "In this chart only the server is hosted otherwise, everything else as in this scenario; the "
    "alternatives above change other parts, too."
)
"""Why an option costs another amount in the chart than in the table."""

SWATCHES = {**COLORS, PLAN: PLAN_COLORS[0]}


def header(pages: Pages, facts: Facts) -> None:
    """Name, author, day, region, currency, month and age of the prices: on every report."""
    book, scenario = facts.price_book, facts.scenario
    author = printable(scenario.author)
    age = age_in_words(facts.estimate, facts.reading, book.provider.name)
    month = f"month of {PLAIN.exact(scenario.hours_in_month)} h"
    look = OLD if old_in_short(facts.estimate, facts.reading) else ASIDE
    spans: tuple[Spans, ...] = (
        [(f"{facts.created:%Y-%m-%d}{f' · {author}' if author else ''}", ASIDE)],
        [
            (
                f"{book.region_name} {book.region_id} · "
                f"{facts.currency.rate_in_words(PLAIN) or 'USD'}",
                ASIDE,
            )
        ],
        [(age, look), (f" · {month}", ASIDE)] if age else [(month, ASIDE)],
    )
    widths = (sum(style.width(text) for text, style in line) for line in spans)
    aside = min(max(widths) + 4.0, WIDEST_ASIDE)
    asides = [Paragraph(line, ASIDE, aside, right=True, max_lines=1) for line in spans]
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
    """The decision: answer, how sure, what would turn it, options side by side, and one chart."""
    decision = Decision.of(facts)
    pages.bookmark("The decision")
    _answer(pages, decision)
    _tiles(pages, facts)
    _bar(pages, facts)
    _sureness(pages, decision)
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
    pages.gap(8.0)


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
            "all months like this one" if facts.scenario.growth else "all months alike",
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
        height = BAR + 18.0
        pages.place(height, lambda painter, y: _paint_bar(painter, y, costs, total))


def _sureness(pages: Pages, decision: Decision) -> None:
    """What is said of how sure it is, each point beside its title."""
    pages.heading("How sure is that?", keep=60.0, above=ABOVE)
    for title, said in decision.sureness:
        name = Paragraph(title, BODY_MUTED, POINT)
        words = Paragraph(printable(said), BODY, WIDTH - POINT)

        def paint(painter: QPainter, y: float, name: Paragraph, words: Paragraph) -> None:
            name.paint(painter, LEFT, y)
            words.paint(painter, LEFT + POINT, y)

        pages.place(words.height + 2.0, partial(paint, name=name, words=words))


def _turns(pages: Pages, facts: Facts, decision: Decision) -> None:
    if facts.held.plan is None:
        return
    pages.heading("What would change this", keep=60.0, above=ABOVE)
    if decision.turns_note:
        pages.text(decision.turns_note, BODY)
    if not decision.turns:
        return
    columns = (
        Column("If", 220.0),
        Column("now", 80.0, right=True),
        Column("turning point", 150.0, right=True),
        Column("then", 240.0),
    )
    rows = [Row(tuple([(printable(words), BODY)] for words in turn)) for turn in decision.turns]
    pages.table(columns, rows, TIGHT)


def _options(pages: Pages, facts: Facts) -> None:
    """This scenario, the cheapest that fit, and the plan it is held against, part by part."""
    own, bought = facts.estimate, facts.held.offer and facts.held.offer.bought
    others = facts.alternatives.found
    named = [("this scenario", own)]
    named += [(f"alternative {rank}", one.estimate) for rank, one in enumerate(others, 1)]
    beneath = [server_in_short(one) for one in (facts.alternatives.now, *others)]
    if bought and facts.held.plan:
        named.append((printable(facts.held.plan.name), bought))
        beneath.append(mark(facts.held.offer) if facts.held.offer else "")
    pages.heading("Options", keep=170.0, above=ABOVE)
    columns = [
        Column(name, PLAN_OPTION if one is bought else OPTION, right=True, beneath=printable(words))
        for (name, one), words in zip(named, beneath, strict=True)
    ]
    rest = WIDTH - sum(column.width for column in columns)
    columns.insert(0, Column(f"{facts.currency.heading} / month", rest))
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
        rows.append(Row(([("Difference", BODY_MUTED)], [], *differences)))
    pages.table(columns, rows, TIGHT)
    pages.gap(4.0)
    _hosted(pages, facts, others)


def _costs(facts: Facts, part: str, named: Sequence[tuple[str, Estimate]]) -> Iterator[Spans]:
    """What a part costs in each option; a dash where an option has nothing of it."""
    for _, estimate in named:
        if not any(c.component == part and c.is_worth_showing for c in estimate.charges):
            yield [("–", BODY_MUTED)]
            continue
        usd = sum(float(c.known_cost) for c in estimate.charges if c.component == part)
        yield [(_amount(facts, usd, part in estimate.gaps), BODY)]


def _hosted(pages: Pages, facts: Facts, others: Sequence[Alternative]) -> None:
    """How this scenario and each alternative is hosted, and what is to be minded of it, in short.

    The section on alternatives tells all of it.
    """
    found = facts.alternatives
    tasks = {c.group for c in facts.charges if c.component == "labor" and c.costs_something}
    now = f"This scenario: {hosting_in_short(found.now)}; {count(len(tasks), 'task')}."
    told: list[tuple[str, tuple[str, ...]]] = [(now, ())]
    for rank, one in enumerate(others, 1):
        bound = f"; committed {commitment_in_words(one.months)}" if one.months else ""
        words = f"Alternative {rank}: {hosting_in_short(one)}{bound}."
        told.append((words, notes_in_short(found, one, PLAIN)))
    for words, notes in told:
        short = _fitting(printable(words), [printable(note) for note in notes])
        pages.place(short.height, partial(_paint_text, short))


def _fitting(words: str, notes: Sequence[str], left_out: int = 0) -> Paragraph:
    """Words with as many notes as two lines have room for; none is cut."""
    said = [*notes, *([f"{left_out} more, see Alternatives"] if left_out else [])]
    text = f"{words} To mind: {'; '.join(said)}." if said else words
    fitted = Paragraph(text, SMALL, WIDTH)
    if not notes or fitted.height <= 2.0 * SMALL.size * SMALL.leading + 0.5:
        return fitted
    return _fitting(words, notes[:-1], left_out + 1)


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
    """The parts to scale, and below them the name of each with its share."""
    painter.save()
    rounded = QPainterPath()
    rounded.addRoundedRect(QRectF(LEFT, y, WIDTH, BAR), 3.0, 3.0)
    painter.setClipPath(rounded)
    left = LEFT
    for name, cost in costs.items():
        width = WIDTH * cost / total
        painter.fillRect(QRectF(left, y, width, BAR), QColor(COLORS[name]))
        if left > LEFT and width > 0.0:  # apart in gray too
            painter.fillRect(QRectF(left - 0.5, y, 1.0, BAR), QColor("#FFFFFF"))
        left += width
    painter.restore()
    left = LEFT
    for name, title in COMPONENTS.items():
        if not costs.get(name, 0.0):
            continue
        words = f"{title} {share(costs[name], total)}"
        paint_swatch(painter, left, y + BAR + 6.0, COLORS[name])
        Paragraph(words, SMALL, WIDTH).paint(painter, left + 13.0, y + BAR + 4.0)
        left += 13.0 + SMALL.width(words) + 18.0


def _chart(pages: Pages, facts: Facts) -> None:
    """Cost over time if something grows; options if nothing is committed; else by usage."""
    chart, words = _chosen_chart(facts)
    pages.gap(12.0)
    note = Paragraph(words, SMALL, WIDTH)
    height = min(pages.room - note.height, 250.0)
    if height < LEAST:
        height = 250.0

    def paint(painter: QPainter, y: float) -> None:
        paint_chart(painter, QRectF(LEFT, y, WIDTH, height), chart)
        note.paint(painter, LEFT, y + height)

    pages.place(height + note.height, paint)


def _chosen_chart(facts: Facts) -> tuple[Chart, str]:
    """The chart, and what is to be known of it beside the table above."""
    held = facts.held
    plan = held.plan and held.plan.model_copy(update={"name": printable(held.plan.name)})
    if facts.scenario.growth:
        found = facts.projection
        month = found.turns_in_month or found.months
        chart = over_time_chart(OverTime(found, "effective", month, *chart_words(found)), PLAIN)
        return chart, ""
    scenario, book, estimate = facts.scenario, facts.price_book, facts.estimate
    if not any(charge.term for charge in facts.charges):
        found = compare(BY_USAGE, scenario, book, estimate, plan=plan)
        if len(found.lines) > 1:
            return options_chart(found, PLAIN), SERVER_ALONE
    return parts_chart(curve(BY_USAGE, scenario, book, estimate, plan=plan), PLAIN), ""
