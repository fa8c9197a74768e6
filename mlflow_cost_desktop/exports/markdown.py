"""An estimate as Markdown that fits a wiki or a pull request: long parts are folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from mlflow_cost_desktop.analysis.projection import PlanOverTime
from mlflow_cost_desktop.exports.assumptions import Assumption, Given, assumptions
from mlflow_cost_desktop.exports.decision import Decision
from mlflow_cost_desktop.exports.markdown_beside import alternatives, comparison
from mlflow_cost_desktop.exports.markup import escaped, table
from mlflow_cost_desktop.exports.parts import ALL, PARTS, in_order
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts, share
from mlflow_cost_desktop.exports.sources import by_source
from mlflow_cost_desktop.exports.stated import notes, stated, title
from mlflow_cost_desktop.figures import PLAIN, at_least, plural
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.month_names import months_in_words
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.both_ways import both_ways
from mlflow_cost_desktop.wording.decision import Words
from mlflow_cost_desktop.wording.growth import (
    due_in_words,
    name_in_words,
    remarks_by_month,
    rule_in_words,
    sizes_in_words,
)
from mlflow_cost_desktop.wording.prices import dated_source
from mlflow_cost_desktop.wording.uncertainty import (
    chances_in_words,
    range_in_words,
    source_in_words,
    uncertainty_in_words,
)
from mlflow_cost_desktop.wording.unit_costs import unit_costs_in_words
from mlflow_cost_desktop.wording.verdict import (
    cost_in_words,
    difference_in_words,
    mark,
    unfit_in_words,
)

ROOM = 65_536
"""Characters of a comment or a description on GitHub."""


def markdown(facts: Facts, parts: Collection[str] = ALL) -> str:
    """The document; parts that are too long for a pull request are replaced by a sentence."""
    makers: dict[str, Callable[[Facts], Iterator[str]]] = {
        "summary": _summary,
        "money": _money,
        "lines": _lines,
        "months": _months,
        "uncertainty": _ranges,
        "comparison": comparison,
        "plans": _plans,
        "alternatives": alternatives,
        "assumptions": _assumptions,
        "sources": _sources,
    }
    texts = {name: "\n".join(makers[name](facts)) for name in in_order(parts) if name in makers}
    made = {name: text for name, text in texts.items() if text}
    head = f"# {escaped(title(facts))}: cost of self-hosting MLflow\n"
    about = "\n".join(_about(facts))
    while sum(len(text) + 2 for text in made.values()) + len(head) + len(about) > ROOM:
        longest = max(made, key=lambda name: len(made[name]))
        made[longest] = (
            f"## {PARTS[longest]}\n\nThis part has no room in {ROOM:,} characters: the "
            "spreadsheet and the PDF have it.\n"
        )
    return "\n".join((head, *made.values(), about))


def _strong(words: Words) -> str:
    return "".join(f"**{escaped(text)}**" if strong else _inner(text) for text, strong in words)


def _inner(text: str) -> str:
    """Words within a sentence, of which blanks at either end stay."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escaped(text)}{after}"


def _money_of(facts: Facts, usd: float, lacks: object) -> str:
    return at_least(facts.currency.amount(usd, PLAIN), lacks)


def _money_cells(facts: Facts, effective: float, invoices: float, time: float) -> tuple[str, ...]:
    gaps = facts.estimate.gaps
    lacks = gaps, gaps - {"labor"}, "labor" in gaps
    each = zip((effective, invoices, time), lacks, strict=True)
    return tuple(_money_of(facts, float(usd), lack) for usd, lack in each)


def _summary(facts: Facts) -> Iterator[str]:
    decision = Decision.of(facts)
    yield f"{_strong(decision.cost)}{_strong(decision.verdict)}"
    yield ""
    if decision.cheapest:
        yield f"- {escaped(decision.cheapest)}"
    for point, words in decision.sureness:
        yield f"- **{point}**: {escaped(words)}"
    yield ""
    offer = facts.held.offer
    ways = both_ways(facts.scenario, facts.estimate, offer and offer.bought, PLAIN)
    heads = ("", *(escaped(f"{head.title} ({head.beneath})") for head in ways.heads))
    named = [tuple(map(escaped, row)) for row in ways.rows]
    yield from table(heads, named, (False, *(True for _ in ways.heads)))
    yield ""
    estimate, code = facts.estimate, facts.currency.heading
    total = float(estimate.effective_cost)
    rows = [
        (COMPONENTS[name], share(float(cost), total), _money_of(facts, cost, name in estimate.gaps))
        for name, cost in ((n, float(c)) for n, c in estimate.by_component.items())
    ]
    rows.append(("**Per month**", "", f"**{_money_of(facts, total, estimate.gaps)}**"))
    yield from table(("Part", "Share", f"{escaped(code)} a month"), rows, (False, True, True))
    if decision.turns:
        note = f" {escaped(decision.turns_note)}" if decision.turns_note else ""
        yield f"\nWhat would change it, each by itself:{note}\n"
        turns = [tuple(map(escaped, turn)) for turn in decision.turns]
        yield from table(("If", "now", "turns at", "then"), turns, (False, True, True, False))
    yield ""


def _money(facts: Facts) -> Iterator[str]:
    along, currency = facts.projection, facts.currency
    yield f"## {PARTS['money']}\n"
    rows: list[tuple[str, ...]] = []
    for year in along.years:
        time = year.cash_by_component["labor"]
        name = months_in_words(facts.scenario.start, year.first_month, year.last_month)
        figures = _money_cells(facts, year.effective, year.cash - time, time)
        rows.append((escaped(name), *figures))
    time = float(along.cash_by_component["labor"].sum())
    figures = _money_cells(facts, along.effective_total, along.cash_total - time, time)
    horizon = PLAIN.quantity(float(facts.scenario.horizon_months), "month")
    rows.append((f"**{horizon}**", *(f"**{figure}**" for figure in figures)))
    unit = escaped(currency.heading)
    heads = ("Months", f"Effective, {unit}", f"Invoices, {unit}", f"Own people’s time, {unit}")
    yield from table(heads, rows, (False, True, True, True))
    yield ""
    for month in dict.fromkeys(due.month for due in along.due):
        yield f"- Paid in month {month} only: {escaped(due_in_words(along, month))}"
    for words in unit_costs_in_words(facts.scenario, facts.estimate, PLAIN):
        yield f"- {escaped(words)}"
    yield ""


def _lines(facts: Facts) -> Iterator[str]:
    yield f"## {PARTS['lines']}\n"
    for name, heading in COMPONENTS.items():
        charges = [charge for charge in facts.charges if charge.component == name]
        if not charges:
            continue
        subtotal = PLAIN.amount(float(facts.estimate.by_component[name]))
        total = at_least(subtotal, name in facts.estimate.gaps)
        lines = f"{len(charges)} {plural(len(charges), 'line')}"
        yield f"<details><summary>{heading}: USD {total} a month, {lines}</summary>\n"
        rows = [_line(facts, charge) for charge in charges]
        heads = ("Line", "Arithmetic", "Price", "USD a month")
        yield from table(heads, rows, (False, False, False, True))
        yield "\n</details>\n"
    empty = sum(1 for charge in facts.estimate.charges if charge.pricing_quantity == 0)
    if empty:
        yield f"{empty} more {plural(empty, 'line')} of which nothing is used.\n"


def _line(facts: Facts, charge: Charge) -> tuple[str, ...]:
    # Arithmetic is code: its signs are no markup there, but for those that end it, or the cell.
    arithmetic = printable(charge.explanation).replace("`", "'").replace("|", "/")
    state = "" if charge.price.state in ("listed", "own") else f"{charge.price.state}, "
    source = dated_source(charge.price, facts.price_book.provider.name, PLAIN)
    cost = "**no known price**"
    if not charge.is_unpriced:
        cost = PLAIN.amount(float(charge.effective_cost))
    price = escaped(f"{state}{source}".removesuffix(", "))
    return escaped(charge.description), f"`{arithmetic}`", price, cost


def _every_month(facts: Facts) -> Iterator[str]:
    along, held = facts.projection, facts.projection.held
    time = along.cash_by_component["labor"]
    remarks = remarks_by_month(along, PLAIN)
    rows: list[tuple[str, ...]] = []
    for at in range(along.months):
        row = (
            str(at + 1),
            *_money_cells(facts, along.effective[at], along.cash[at] - time[at], time[at]),
            *([_of_plan(facts, held, at)] if held else []),
            escaped(remarks.get(at + 1, "")),
        )
        is_turn = at + 1 == along.turns_in_month
        rows.append(tuple(cell and f"**{cell}**" for cell in row) if is_turn else row)
    unit = escaped(facts.currency.heading)
    money = [f"Effective, {unit}", f"Invoices, {unit}", f"Own people’s time, {unit}"]
    if held:
        money.append(f"{escaped(sizes_in_words(held, has_months=False))}, {unit}")
    rights = (True, *(True for _ in money), False)
    yield from table(("Month", *money, "What happens"), rows, rights)


def _of_plan(facts: Facts, held: PlanOverTime, at: int) -> str:
    usd = float(held.effective[at])
    if usd != usd:
        return TOO_SMALL
    return at_least(facts.currency.amount(usd, PLAIN), held.has_gaps)


def _months(facts: Facts) -> Iterator[str]:
    scenario = facts.scenario
    if not scenario.growth:
        return
    yield f"## {PARTS['months']}\n"
    for rule in scenario.growth:
        name = name_in_words(scenario, rule.path)
        yield f"- {escaped(f'{name} {rule_in_words(scenario, rule, PLAIN)}')}"
    yield "\n<details><summary>Every month</summary>\n"
    yield from _every_month(facts)
    yield "\n</details>\n"


def _plans(facts: Facts) -> Iterator[str]:
    if not facts.managed:
        return
    yield f"## {PARTS['plans']}\n"
    fitting = [offer for offer in facts.managed if offer.fits]
    currency = facts.currency
    rows = [
        (
            escaped(offer.plan.name),
            escaped(cost_in_words(offer, currency, PLAIN)),
            escaped(difference_in_words(offer, currency, PLAIN)),
            escaped(mark(offer)),
        )
        for offer in fitting
    ]
    unit = escaped(currency.heading)
    heads = ("Plan that fits", f"{unit} a month", "Difference", "To mind")
    yield from table(heads, rows, (False, True, True, False))
    for words in unfit_in_words(offer for offer in facts.managed if not offer.fits):
        yield f"\n{escaped(words)}."
    yield ""


def _ranges(facts: Facts) -> Iterator[str]:
    found, scenario = facts.uncertainty, facts.scenario
    if found is None:
        return
    yield f"## {PARTS['uncertainty']}\n"
    figure, rest = uncertainty_in_words(found, PLAIN)
    yield f"- {escaped(f'{figure} {rest}')}"
    yield from (f"- {escaped(words)}" for words in chances_in_words(found, PLAIN))
    yield f"- {PLAIN.exact(found.draws)} draws with seed {scenario.seed}\n"
    rows = [
        tuple(
            map(
                escaped,
                (
                    name_in_words(scenario, one.path),
                    range_in_words(scenario, one, PLAIN),
                    source_in_words(one),
                ),
            )
        )
        for one in scenario.ranges
    ]
    yield from table(("Input", "Range", "Where from"), rows, (False,) * 3)
    yield ""


def _assumptions(facts: Facts) -> Iterator[str]:
    given = Given(facts.scenario)
    found = list(assumptions(facts.scenario, given))
    yield f"## {PARTS['assumptions']}\n"
    if given.name:
        yield f"preset: as in “{escaped(given.name)}”, which comes with the program.\n"
    differs = [one for one in found if one.differs]
    heads = ("Part", "Input", "Value", "From", "Default")
    rows = [(*_assumption(one), escaped(one.default)) for one in differs]
    yield from table(heads, rows, (False,) * 5)
    rest = [_assumption(one) for one in found if not one.differs]
    yield f"\n<details><summary>{len(rest)} inputs as they are by default</summary>\n"
    yield from table(heads[:4], rest, (False,) * 4)
    yield "\n</details>\n"


def _assumption(one: Assumption) -> tuple[str, ...]:
    return escaped(one.heading), escaped(one.title), escaped(one.value), one.origin


def _sources(facts: Facts) -> Iterator[str]:
    yield f"## {PARTS['sources']}\n"
    for source in by_source(facts):
        lines = f"{source.lines} {plural(source.lines, 'line')}"
        yield f"- {escaped(source.name)}, of {source.dates}: {lines}"
    for notice in warnings(facts.scenario, facts.price_book, facts.estimate, facts.plans):
        yield f"- Worth knowing: {escaped(notice.text)}"
    yield ""


def _about(facts: Facts) -> Iterator[str]:
    """What every document states, whatever its parts are."""
    yield "## About these figures\n"
    yield from (f"- {label}: {escaped(words)}" for label, words in stated(facts))
    yield from (f"- {escaped(note)}" for note in notes(facts))
    yield ""
