"""The report's page on how sure the total is, and on what would turn the verdict."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.tornado import Named, tornado_chart
from mlflow_cost_desktop.charts.uncertainty import HowSure, uncertainty_chart
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.chart_painter import paint_chart
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import LEFT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.ranges import fault_of_range
from mlflow_cost_desktop.wording.growth import NOT_USED, name_in_words
from mlflow_cost_desktop.wording.uncertainty import (
    bar_in_words,
    chances_in_words,
    ends_in_words,
    moves_in_words,
    shape_in_words,
    source_in_words,
    uncertainty_in_words,
    value_at,
    without_effect_in_words,
)

CASES, BAR, AROUND = 230.0, 20.0, 70.0
"""Px of the first chart's height; of each bar of the second, and of what is around them."""


def flow(pages: Pages, facts: Facts) -> None:
    """Sentence, cases, what matters most, and the ranges; nothing where no input has one."""
    found = facts.uncertainty
    if found is None:
        return
    pages.page_break()
    pages.heading("How sure that is", keep=CASES)
    figure, rest = uncertainty_in_words(found, PLAIN)
    pages.text([(f"{figure} ", BODY_BOLD), (rest, BODY)], BODY)
    for words in chances_in_words(found, PLAIN):
        pages.text(printable(words), BODY)
    pages.gap(12.0)
    _chart(pages, uncertainty_chart(HowSure(found, "likelihood", found.percentiles[50]), PLAIN))
    pages.gap(12.0)
    _tornado(pages, facts)
    _ranges(pages, facts, found)


def _chart(pages: Pages, chart: Chart, height: float = CASES) -> None:
    def paint(painter: QPainter, y: float) -> None:
        paint_chart(painter, QRectF(LEFT, y, WIDTH, height), chart)

    pages.place(height, paint)


def _tornado(pages: Pages, facts: Facts) -> None:
    swings, plan = facts.tornado, None
    if facts.held.plan and facts.held.offer and facts.held.offer.bought:
        offer = facts.held.offer
        plan = printable(offer.plan.name), float(facts.held.offer.bought.effective_cost)
    named = Named(
        swings,
        facts.currency,
        tuple(printable(bar_in_words(bar)) for bar in swings.bars),
        tuple(moves_in_words(bar, PLAIN, has_ranges=swings.has_ranges) for bar in swings.bars),
        plan,
    )
    if named.shown:
        _chart(pages, tornado_chart(named, PLAIN), AROUND + BAR * len(named.shown))
    if words := without_effect_in_words(swings):
        pages.text(printable(words), BODY_MUTED)


def _ranges(pages: Pages, facts: Facts, found: Uncertainty) -> None:
    scenario = facts.scenario
    pages.heading("Ranges", keep=60.0)
    columns = (
        Column("Input", 250.0),
        Column("Low – high", 150.0),
        Column("Likely", 90.0, right=True),
        Column("Shape, where from", 200.0),
    )
    rows: list[Row] = []
    for one in scenario.ranges:
        fault = fault_of_range(scenario, one)
        group = f", with “{one.moves_with}”" if one.moves_with else ""
        where = f"{NOT_USED}: {fault}" if fault else source_in_words(one)
        likely = "–"
        if not fault:
            likely = value_at(scenario, one.path, float(get(scenario, one.path)), PLAIN)
        rows.append(
            Row(
                (
                    [(printable(name_in_words(scenario, one.path)), BODY)],
                    [(ends_in_words(scenario, one, PLAIN), BODY)],
                    [(likely, BODY)],
                    [(printable(f"{shape_in_words(one)}{group}; {where}"), BODY_MUTED)],
                )
            )
        )
    pages.table(columns, rows)
    draws = PLAIN.exact(found.draws)
    pages.text(f"{draws} draws with seed {scenario.seed}.", BODY_MUTED)
