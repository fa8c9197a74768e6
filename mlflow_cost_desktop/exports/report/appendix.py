"""What the report rests on: inputs and where each came from, sources of prices, what is missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.exports.assumptions import Assumption, Given, assumptions
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts, count
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    AMBER,
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    SMALL,
    Spans,
)
from mlflow_cost_desktop.exports.sources import by_source
from mlflow_cost_desktop.exports.stated import NOT_A_QUOTATION, ROUNDING, stated
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.wording.own_prices import rate_in_words, unit_of_rate
from mlflow_cost_desktop.wording.price_age import old_in_words
from mlflow_cost_desktop.wording.totals import not_included

INPUTS = (Column("Input", 210.0), Column("Value", 290.0), Column("", 190.0, right=True))
SOURCES = (Column("Source", 390.0), Column("Prices of", 190.0), Column("Lines", 110.0, right=True))
STATED = (Column("This report", 190.0), Column("", 500.0))


def assumed(pages: Pages, facts: Facts) -> None:
    """Inputs that differ from the default, then the others in short; own rates."""
    given = Given(facts.scenario)
    found = list(assumptions(facts.scenario, given))
    pages.heading("Assumptions", keep=120.0)
    origins = "typed by the author, a default, or a default that is a judgment"
    preset = (
        f", or of the preset “{given.name}”, which comes with the program" if given.name else ""
    )
    pages.text(f"Each value is {origins}{preset}.", BODY_MUTED)
    pages.gap(6.0)
    rows: list[Row] = []
    for heading, some in groupby((a for a in found if a.differs), key=lambda one: one.heading):
        rows.append(Row(([(printable(heading), BODY_BOLD)],), shade=True, keep=True))
        rows += [_input_row(one) for one in some]
    if rows:
        pages.table(INPUTS, rows)
    pages.heading("Inputs left at their defaults", keep=60.0)
    for heading, some in groupby((a for a in found if not a.differs), key=lambda one: one.heading):
        words = [_in_short(one) for one in some]
        pages.text([(f"{heading}  ", BODY_BOLD), (f"{'; '.join(words)}.", BODY)], BODY)
        pages.gap(4.0)
    founded = [one for one in found if one.basis and not one.is_item]
    if founded:
        pages.heading("What defaults are based on", keep=40.0)
    for one in founded:
        basis = one.basis.removeprefix("Default: ")
        pages.bullet(f"{one.title}: {basis}", SMALL, "–", BODY_MUTED)
    _own_rates(pages, facts)


def _in_short(one: Assumption) -> str:
    """`Users: 5 users (judgment)`; of an item of a list, as a task, its name alone."""
    judged = " (judgment)" if one.origin == "judgment" else ""
    return f"{one.title}{judged}" if one.is_item else f"{one.title}: {one.value}{judged}"


def _input_row(one: Assumption) -> Row:
    origin = f"{one.origin}; default {one.default}" if one.default else one.origin
    return Row(([(one.title, BODY)], [(one.value, BODY)], [(origin, BODY_MUTED)]))


def _own_rates(pages: Pages, facts: Facts) -> None:
    rates = facts.scenario.own_rates
    if not rates:
        return
    columns = (Column("Your rates, USD", 300.0), Column("Region", 120.0), Column("Rate", 270.0))
    pages.gap(16.0)
    pages.table(columns, [Row(_rate_cells(facts, rate)) for rate in rates])


def _rate_cells(facts: Facts, rate: OwnRate) -> tuple[Spans, Spans, Spans]:
    unit = unit_of_rate(rate, facts.price_book, facts.estimate)
    words = rate_in_words(rate, unit, PLAIN)
    region = rate.region_beside(facts.price_book)
    return [(rate.sku_id, BODY)], [(region, BODY)], [(words, BODY)]


def flow(pages: Pages, facts: Facts) -> None:
    """Where prices come from, in words, with how they reached us."""
    rows = [
        Row(
            (
                [(printable(source.name), BODY), *((place, SMALL) for place in source.places)],
                [(source.dates, BODY)],
                [(str(source.lines), BODY)],
            )
        )
        for source in by_source(facts)
    ]
    if not rows:
        return
    pages.heading("Sources of prices", keep=90.0)
    pages.table(SOURCES, rows)
    if old := old_in_words(facts.estimate, facts.reading, PLAIN):
        pages.gap(6.0)
        pages.bullet(old, BODY, "!", replace(BODY_BOLD, color=AMBER))


def about(pages: Pages, facts: Facts) -> None:
    """What every export states: on every report, whatever its parts are."""
    book = facts.price_book
    pages.heading("Not included", keep=60.0)
    pages.text("Unless it is among your own lines:", BODY_MUTED)
    pages.gap(3.0)
    for text in not_included(facts.scenario):
        pages.bullet(f"{text[:1].upper()}{text[1:]}.", BODY, "–", BODY_MUTED)
    pages.heading("About this report", keep=150.0)
    pages.text(NOT_A_QUOTATION, BODY_BOLD)
    pages.gap(3.0)
    pages.table(
        STATED,
        [
            Row(([(label, BODY_MUTED)], [(words, BODY)]))
            for label, words in stated(facts)
            if label != "Not included"
        ],
    )
    pages.gap(6.0)
    pages.text(
        f"Made with MLflow Cost {__version__} from {book.provider.name} prices, which are in USD. "
        f"1\u00a0TB = 1,024\u00a0GB. The estimate has {count(len(facts.charges), 'line')}. "
        f"{ROUNDING} What is paid once is spread over its months in the monthly cost, and paid in "
        "the month in which it is due in cash.",
        BODY,
    )
    pages.gap(6.0)
    pages.text(
        "MLflow is a trademark of LF Projects, LLC. This program is not affiliated with it, with "
        f"{book.provider.name} or with any vendor.",
        SMALL,
    )
