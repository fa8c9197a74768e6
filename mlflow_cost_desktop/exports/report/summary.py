"""The report's first page: the answer, its parts, and how it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, curve
from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.charts.parts import parts_chart
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts, count, share
from mlflow_cost_desktop.exports.report.pages import LEFT, RIGHT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    ALERT,
    AMBER,
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    MUTED,
    RULE,
    SMALL,
    Paragraph,
    Style,
)
from mlflow_cost_desktop.figures import PLAIN, at_least, cents
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.decision import dollars_that_add_up
from mlflow_cost_desktop.wording.price_age import old_in_short
from mlflow_cost_desktop.wording.prices import price_dates
from mlflow_cost_desktop.wording.totals import left_out
from mlflow_cost_desktop.wording.verdict import mark

NAME = Style(20, bold=True, leading=1.25)
ASIDE = Style(11.5, color=MUTED, leading=1.32)
OLD = replace(ASIDE, color=AMBER)
ANSWER = Style(16, leading=1.5)
ANSWER_BOLD = replace(ANSWER, bold=True)
FIGURE = Style(22, bold=True, leading=1.25)


def flow(pages: Pages, facts: Facts) -> None:
    """From the header to the charts."""
    _header(pages, facts)
    _answer(pages, facts)
    _tiles(pages, facts)
    _parts(pages, facts)
    _four_costs(pages, facts)
    _notices(pages, facts)
    _charts(pages, facts)


def _header(pages: Pages, facts: Facts) -> None:
    book, scenario = facts.price_book, facts.scenario
    author = printable(scenario.author)
    words = (
        f"{facts.created:%Y-%m-%d}{f' · {author}' if author else ''}",
        f"{book.region_name} {book.region_id} · {facts.currency.rate_in_words(PLAIN) or 'USD'}",
        f"{_price_dates(facts)}month of {PLAIN.exact(scenario.hours_in_month)} h",
    )
    old = old_in_short(facts.estimate, facts.reading)
    if old:
        words = (*words, old[:1].upper() + old[1:])
    aside = min(max(map(ASIDE.width, words)) + 2.0, 330.0)
    styles = [OLD if text.lower() == old else ASIDE for text in words]
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


def _price_dates(facts: Facts) -> str:
    dates = price_dates(facts.estimate, PLAIN)
    return f"prices of {dates} · " if dates else ""


def _answer(pages: Pages, facts: Facts) -> None:
    estimate = facts.estimate
    total, infrastructure, labor = dollars_that_add_up(
        facts.currency,
        PLAIN,
        float(estimate.effective_cost),
        float(estimate.infrastructure),
        float(estimate.labor),
    )
    total = at_least(total, estimate.gaps)
    infrastructure = at_least(infrastructure, estimate.infrastructure_has_gaps)
    labor = at_least(labor, "labor" in estimate.gaps)
    spans = [
        ("Hosting MLflow yourself costs ", ANSWER),
        (f"{total} a month:", ANSWER_BOLD),
        (f" {infrastructure} for infrastructure and {labor} for maintenance.", ANSWER),
    ]
    if estimate.unpriced:
        spans.append((f" {left_out(estimate)}", replace(ANSWER_BOLD, color=ALERT)))
    pages.text(spans, ANSWER)
    if estimate.estimated:
        one = estimate.estimated == 1
        pages.text(
            f"The price of {count(int(estimate.estimated), 'line')} is estimated, by "
            f"{'a rule that is' if one else 'rules that are'} explained below the lines.",
            replace(BODY, color=AMBER),
        )
    pages.gap(12.0)


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
            _paint_tile(painter, QRectF(LEFT + index * (width + 14.0), y, width, 80.0), tile)

    pages.place(80.0, paint)
    pages.gap(14.0)


def _paint_tile(painter: QPainter, area: QRectF, tile: tuple[str, str, str]) -> None:
    painter.setPen(QPen(QColor(RULE), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 7.0, 7.0)
    inner = area.width() - 30.0
    top = area.top() + 12.0
    for text, style, height in zip(tile, (ASIDE, FIGURE, ASIDE), (15.0, 27.0, 15.0), strict=True):
        fitted = style.fitted(text, inner)
        words = Paragraph(text, fitted, inner + 10.0)
        words.paint(painter, area.left() + 15.0, top + (height - words.height) / 2.0)
        top += height


def _parts(pages: Pages, facts: Facts) -> None:
    costs = {name: float(cost) for name, cost in facts.estimate.by_component.items()}
    total = sum(costs.values())
    if total:
        pages.place(14.0, lambda painter, y: _paint_bar(painter, y, costs, total))
        pages.gap(8.0)
    columns = (
        Column("Part", 190.0),
        Column("Runs as", 240.0),
        Column("Share", 110.0, right=True),
        Column(f"{facts.currency.heading} / month", 150.0, right=True),
    )
    rows = [
        Row(
            (
                [(COMPONENTS[name], BODY)],
                [(_runs_as(facts, name), BODY_MUTED)],
                [(share(cost, total), BODY)],
                [(_amount(facts, cost, name in facts.estimate.gaps), BODY)],
            ),
            swatch=COLORS[name],
        )
        for name, cost in costs.items()
    ]
    rows.append(
        Row(
            (
                [("Per month", BODY_BOLD)],
                [(_rounding(facts, list(costs.values())), BODY_MUTED)],
                [],
                [
                    (
                        _amount(
                            facts, float(facts.estimate.effective_cost), facts.estimate.unpriced
                        ),
                        BODY_BOLD,
                    )
                ],
            ),
            strong_rule=True,
        )
    )
    pages.table(columns, rows)


def _amount(facts: Facts, usd: float, is_incomplete: object) -> str:
    return at_least(facts.currency.amount(usd, PLAIN), is_incomplete)


def _rounding(facts: Facts, costs: Sequence[float]) -> str:
    shown = facts.currency.converted
    printed = sum(cents(shown(cost)) for cost in costs)
    differs = printed != cents(shown(float(facts.estimate.effective_cost)))
    return f"rounded parts add up to {PLAIN.amount(float(printed))}" if differs else ""


def _runs_as(facts: Facts, component: str) -> str:
    part = getattr(facts.scenario, component)
    if component == "labor":
        return count(len(part.tasks), "task")
    if not hasattr(part, "option"):
        return ""
    return spec_at(facts.scenario, f"{component}.option").label(part.option)


def _paint_bar(painter: QPainter, y: float, costs: dict[str, float], total: float) -> None:
    rounded = QPainterPath()
    rounded.addRoundedRect(QRectF(LEFT, y, WIDTH, 14.0), 3.0, 3.0)
    painter.setClipPath(rounded)
    left = LEFT
    for name, cost in costs.items():
        width = WIDTH * cost / total
        painter.fillRect(QRectF(left, y, width, 14.0), QColor(COLORS[name]))
        if left > LEFT and width > 0.0:  # apart in gray too
            painter.fillRect(QRectF(left - 0.5, y, 1.0, 14.0), QColor("#FFFFFF"))
        left += width


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
                fitted = (
                    replace(look, size=10.0) if look is ASIDE else look.fitted(text, width - 14.0)
                )
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


def _notices(pages: Pages, facts: Facts) -> None:
    notices = warnings(facts.scenario, facts.price_book, facts.estimate, facts.plans)
    if not notices:
        return
    pages.heading("Worth knowing", keep=36.0)
    for notice in notices:
        pages.bullet(printable(notice.text), BODY, "!", replace(BODY_BOLD, color=AMBER))
