"""The options side by side, part by part: this scenario, the cheapest that fit, and the plan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QPainter

from mlflow_cost_desktop.analysis.alternatives import Alternative
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts, count
from mlflow_cost_desktop.exports.report.pages import LEFT, WIDTH, Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    SMALL,
    Paragraph,
    Spans,
)
from mlflow_cost_desktop.figures import PLAIN, at_least
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import COMPONENT as PLAN
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    hosting_in_short,
    notes_in_short,
    server_in_short,
    servers_told_apart,
)
from mlflow_cost_desktop.wording.amounts import adding_up, more
from mlflow_cost_desktop.wording.verdict import mark

OPTION, PLAN_OPTION = 124.0, 166.0
"""Px of an option's column, and of a plan's, which has a longer name."""
ABOVE, TIGHT = 11.0, 1.5
"""Px above a heading, and around the words of a table's row: a page that decides is full."""

ELSEWHERE = "How each is hosted, and what is to be minded of it: see Alternatives."

SWATCHES = {**COLORS, PLAN: PLAN_COLORS[0]}


def options(pages: Pages, facts: Facts, below: float) -> None:
    """This scenario, the cheapest that fit, and the plan it is held against, part by part.

    Args:
        below: px that something else needs on the page below it.
    """
    own, bought = facts.estimate, facts.held.offer and facts.held.offer.bought
    others = facts.alternatives.found
    named = [("this scenario", own)]
    named += [(f"alternative {rank}", one.estimate) for rank, one in enumerate(others, 1)]
    beneath = [server_in_short(facts.alternatives.now), *servers_told_apart(others)]
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
    parts = {
        name: title
        for name, title in (*COMPONENTS.items(), (PLAN, "The vendor’s charges"))
        if any(_has(one, name) for _, one in named)
    }
    costs = [float(one.effective_cost) for _, one in named]
    told = [_told(facts, one, list(parts), max(costs)) for _, one in named]
    rows = [
        Row(([(title, BODY)], *(one[name] for one in told)), swatch=SWATCHES[name])
        for name, title in parts.items()
    ]
    rows.append(Row(([("Per month", BODY_BOLD)], *(one[""] for one in told)), strong_rule=True))
    if len(named) > 1:
        differences = [[(_more(facts, max(costs), costs[0], usd), BODY_MUTED)] for usd in costs[1:]]
        rows.append(Row(([("Difference", BODY_MUTED)], [], *differences)))
    pages.table(columns, rows, TIGHT)
    pages.gap(4.0)
    _hosted(pages, facts, others, below)


def _has(one: Estimate, part: str) -> bool:
    return any(c.component == part and c.is_worth_showing for c in one.charges)


def _told(facts: Facts, one: Estimate, parts: Sequence[str], largest: float) -> dict[str, Spans]:
    """What an option costs in all, by an empty name, and by parts that add up to that.

    A dash where it has nothing of a part.
    """
    known = [sum(float(c.known_cost) for c in one.charges if c.component == part) for part in parts]
    total = float(one.effective_cost)
    figures = adding_up(facts.currency, PLAIN, total, *known, largest=largest)
    names, lacks = ("", *parts), (one.gaps, *(part in one.gaps for part in parts))
    told: dict[str, Spans] = {}
    for name, words, lack in zip(names, figures, lacks, strict=True):
        style = BODY if name else BODY_BOLD
        told[name] = [(at_least(_bare(facts, words), lack), style)]
        if name and not _has(one, name):
            told[name] = [("–", BODY_MUTED)]
    return told


def _more(facts: Facts, largest: float, one: float, other: float) -> str:
    return _bare(facts, more(facts.currency, PLAIN, largest, one, other))


def _bare(facts: Facts, words: str) -> str:
    """An amount in a column whose title names the currency."""
    return words.replace(facts.currency.symbol, "")


def _hosted(pages: Pages, facts: Facts, others: Sequence[Alternative], below: float) -> None:
    """How this scenario and each alternative is hosted, and what is to be minded of it, in short.

    The section on alternatives tells all of it; where the page is short of room, one line each,
    or where that is.
    """
    found = facts.alternatives
    tasks = {c.group for c in facts.charges if c.component == "labor" and c.costs_something}
    now = f"This scenario: {hosting_in_short(found.now)}; {count(len(tasks), 'task')}."
    told: list[tuple[str, tuple[str, ...]]] = [(now, ())]
    for rank, one in enumerate(others, 1):
        bound = f"; committed {commitment_in_words(one.months)}" if one.months else ""
        words = f"Alternative {rank}: {hosting_in_short(one)}{bound}."
        told.append((words, notes_in_short(found, one, PLAIN)))
    told = [(printable(words), tuple(map(printable, notes))) for words, notes in told]
    ways = [[_fitting(words, notes, lines) for words, notes in told] for lines in (2, 1)]
    ways.append([Paragraph(ELSEWHERE, SMALL, WIDTH)])
    room = pages.room - below
    fitting = (way for way in ways if sum(words.height for words in way) <= room)
    for words in next(fitting, ways[-1]):
        pages.place(words.height, partial(_paint_text, words))


def _fitting(words: str, notes: Sequence[str], lines: int, left_out: int = 0) -> Paragraph:
    """Words with as many notes as some lines have room for; none is cut."""
    more = "more" if notes else "notes" if left_out > 1 else "note"
    said = [*notes, *([f"{left_out} {more}, see Alternatives"] if left_out else [])]
    text = f"{words} To mind: {'; '.join(said)}." if said else words
    fitted = Paragraph(text, SMALL, WIDTH)
    if not notes or fitted.height <= lines * SMALL.size * SMALL.leading + 0.5:
        return fitted
    return _fitting(words, notes[:-1], lines, left_out + 1)


def _paint_text(text: Paragraph, painter: QPainter, y: float) -> None:
    text.paint(painter, LEFT, y)
