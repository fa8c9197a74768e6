"""The options side by side, part by part: this scenario, the cheapest that fit, and the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtGui import QPainter

from mlflow_cost_desktop.analysis.alternatives import Alternative, Alternatives
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
from mlflow_cost_desktop.figures import PLAIN, at_least, cents
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import COMPONENT as PLAN
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    hosting_in_short,
    notes_in_short,
    server_in_short,
    servers_told_apart,
    within,
    work_in_words,
)
from mlflow_cost_desktop.wording.verdict import mark

OPTION, PLAN_OPTION = 124.0, 166.0
"""Px of an option's column, and of a plan's, which has a longer name."""
ABOVE, TIGHT = 10.0, 1.0
"""Px above a heading, and around the words of a table's row: a page that decides is full."""

ROUNDED = "added up before rounding"
ELSEWHERE = "How each is hosted, and what to mind: see Alternatives."

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
    unit = f"{facts.currency.heading} / month"
    columns.insert(0, Column(unit, rest, beneath=ROUNDED if _misses(facts, named) else ""))
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
    rows.append(
        Row(
            ([("Per month", BODY_BOLD)], *([(text, BODY_BOLD)] for text in words)), strong_rule=True
        )
    )
    if len(named) > 1:
        differences = [[(_signed(facts, usd - total), BODY_MUTED)] for usd in costs[1:]]
        rows.append(Row(([("Difference", BODY_MUTED)], [], *differences)))
    pages.table(columns, rows, TIGHT)
    pages.gap(4.0)
    _hosted(pages, facts, others, below)


def _costs(facts: Facts, part: str, named: Sequence[tuple[str, Estimate]]) -> Iterator[Spans]:
    """What a part costs in each option; a dash where an option has nothing of it."""
    for _, estimate in named:
        if not any(c.component == part and c.is_worth_showing for c in estimate.charges):
            yield [("–", BODY_MUTED)]
            continue
        usd = sum(float(c.known_cost) for c in estimate.charges if c.component == part)
        yield [(_amount(facts, usd, part in estimate.gaps), BODY)]


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
        work = "".join(f"; {within(why)}" for why in work_in_words(found, one))
        words = f"Alternative {rank}: {hosting_in_short(one)}{bound}{work}."
        told.append((words, notes_in_short(found, one, PLAIN)))
    told = [(printable(words), tuple(map(printable, notes))) for words, notes in told]
    ways = [[_fitting(words, notes, lines) for words, notes in told] for lines in (2, 1)]
    work = "".join(f" {printable(why)}." for why in _work(found))
    ways.append([Paragraph(f"{ELSEWHERE}{work}", SMALL, WIDTH)])
    room = pages.room - below
    fitting = (way for way in ways if sum(words.height for words in way) <= room)
    for words in next(fitting, ways[-1]):
        pages.place(words.height, partial(_paint_text, words))


def _work(found: Alternatives) -> Iterator[str]:
    """Why maintenance differs: `Alternatives 1 and 2: less work: Operating system`."""
    told: dict[tuple[str, ...], list[str]] = {}
    for rank, one in enumerate(found.found, 1):
        told.setdefault(work_in_words(found, one), []).append(str(rank))
    for why, ranks in told.items():
        if why:
            name = "Alternatives" if len(ranks) > 1 else "Alternative"
            yield f"{name} {' and '.join(ranks)}: {'; '.join(map(within, why))}"


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


def _signed(facts: Facts, usd: float) -> str:
    sign = "" if abs(usd) < 0.005 else "−" if usd < 0 else "+"
    return f"{sign}{facts.currency.amount(abs(usd), PLAIN)}"


def _amount(facts: Facts, usd: float, is_incomplete: object) -> str:
    return at_least(facts.currency.amount(usd, PLAIN), is_incomplete)


def _misses(facts: Facts, named: Sequence[tuple[str, Estimate]]) -> bool:
    """Whether some total, or a difference to the first, is not that of the figures as printed."""

    def printed(usd: float) -> Decimal:
        return cents(facts.currency.converted(usd))

    first = float(named[0][1].effective_cost)
    for _, one in named:
        total, parts = float(one.effective_cost), dict[str, float]()
        for charge in one.charges:
            known = float(charge.known_cost)
            parts[charge.component] = parts.get(charge.component, 0.0) + known
        if sum(map(printed, parts.values())) != printed(total):
            return True
        if printed(total) - printed(first) != printed(total - first):
            return True
    return False
