"""The report's first page, which decides: the answer, how sure it is, what turns it, options."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.analysis.options import compare
from mlflow_cost_desktop.analysis.sweep import BY_USAGE, curve
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.options import options_chart
from mlflow_cost_desktop.charts.over_time import OverTime, over_time_chart
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.decision import Decision
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.options import ABOVE, TIGHT, options
from mlflow_cost_desktop.exports.report.pages import (
    LEFT,
    RIGHT,
    WIDTH,
    Column,
    Pages,
    Row,
)
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
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.wording.both_ways import DIFFERENCE, both_ways
from mlflow_cost_desktop.wording.chart_notes import options_note, over_time_note, parts_note
from mlflow_cost_desktop.wording.growth import chart_words
from mlflow_cost_desktop.wording.price_age import age_in_words, old_in_short
from mlflow_cost_desktop.wording.sureness import HOW_FAR

NAME = Style(20, bold=True, leading=1.25)
ASIDE = Style(11.5, color=MUTED, leading=1.32)
OLD = replace(ASIDE, color=AMBER)
ANSWER = Style(16, leading=1.42)
ANSWER_BOLD = replace(ANSWER, bold=True)
WAY = 115.0
"""Px of a column of what both ways cost."""
WANTED, LEAST = 150.0, 100.0
"""Px of a chart's height: how each option is hosted is told in fewer words for the first, and one
that has not even the second goes on the next page."""
APART = 12.0
"""Px above it."""
POINT = 120.0
"""Px of the titles of what is said of how sure it is."""
WIDEST_ASIDE = 345.0
"""Px of what stands beside the scenario's name, at most."""
FIGURE = Style(15, bold=True, leading=1.25)


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
    _both_ways(pages, facts)
    _sureness(pages, decision)
    _turns(pages, facts, decision)
    chart, words = _chosen_chart(facts)
    note = Paragraph(words, SMALL, WIDTH)
    options(pages, facts, APART + WANTED + note.height)
    _chart(pages, chart, note)


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


def _both_ways(pages: Pages, facts: Facts) -> None:
    """What hosting and buying cost, the first year with its parts."""
    offer = facts.held.offer
    found = both_ways(facts.scenario, facts.estimate, offer and offer.bought, PLAIN)
    columns = [
        Column("", 110.0),
        *(Column(head.title, WAY, right=True, beneath=head.beneath) for head in found.heads),
    ]
    # Totals stand out; what the first year is made of stands between them.
    strong = [not head.title.startswith(("=", "+")) for head in found.heads]
    rows: list[Row] = []
    for name, *cells in found.rows:
        total, part = (BODY_MUTED, BODY_MUTED) if name == DIFFERENCE else (FIGURE, BODY)
        figures = [
            [(words, total if is_strong else part)]
            for words, is_strong in zip(cells, strong, strict=True)
        ]
        title = BODY_MUTED if name == DIFFERENCE else BODY_BOLD
        rows.append(Row(([(name, title)], *figures)))
    pages.table(columns, rows, TIGHT)


def _sureness(pages: Pages, decision: Decision) -> None:
    """What is said of how sure it is, each point beside its title."""
    pages.heading("How sure is that?", keep=60.0, above=ABOVE)
    for title, said in decision.sureness:
        if title == HOW_FAR and decision.turns:
            continue  # the table below says it
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
    if decision.turns_note and not decision.turns:
        pages.text(decision.turns_note, BODY)
    if not decision.turns:
        return
    columns = (
        Column("If", 215.0),
        Column("now", 80.0, right=True),
        Column("turning point", 150.0, right=True),
        Column("then", 245.0),
    )
    rows = [Row(tuple([(printable(words), BODY)] for words in turn)) for turn in decision.turns]
    pages.table(columns, rows, TIGHT)


def _chart(pages: Pages, chart: Chart, note: Paragraph) -> None:
    """As high as the page has room for."""
    pages.gap(APART)
    height = min(pages.room - note.height, 250.0)
    if height < LEAST:
        height = 250.0

    def paint(painter: QPainter, y: float) -> None:
        paint_chart(painter, QRectF(LEFT, y, WIDTH, height), chart)
        note.paint(painter, LEFT, y + height)

    pages.place(height + note.height, paint)


def _chosen_chart(facts: Facts) -> tuple[Chart, str]:
    """Cost over time if something grows; options if nothing is committed; else by usage.

    And what is to be known of it beside the table above.
    """
    held = facts.held
    plan = held.plan and held.plan.model_copy(update={"name": printable(held.plan.name)})
    if facts.scenario.growth:
        found = facts.projection
        month = found.turns_in_month or found.months
        shown = OverTime(found, "effective", month, *chart_words(found, PLAIN))
        return over_time_chart(shown, PLAIN), over_time_note(found)
    scenario, book, estimate = facts.scenario, facts.price_book, facts.estimate
    if not any(charge.term for charge in facts.charges):
        found = compare(BY_USAGE, scenario, book, estimate, plan=plan)
        if len(found.lines) > 1:
            return _titled(options_chart(found, PLAIN)), options_note(found, PLAIN)
    along = curve(BY_USAGE, scenario, book, estimate, plan=plan)
    return _titled(parts_chart(along, PLAIN)), parts_note(along, PLAIN)


def _titled(chart: Chart) -> Chart:
    """The chart with what stands along its axis in its title alone."""
    return replace(chart, title=f"Cost by {chart.x.title}", x=replace(chart.x, title=""))
