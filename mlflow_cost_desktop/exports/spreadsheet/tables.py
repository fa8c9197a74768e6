"""The sheets beside lines and months: the answer, plans, assumptions and sources."""

from __future__ import annotations

from dataclasses import dataclass

from mlflow_cost_desktop.exports.assumptions import Given, assumptions
from mlflow_cost_desktop.exports.decision import Decision
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.sources import by_source
from mlflow_cost_desktop.exports.spreadsheet.lines import Lines
from mlflow_cost_desktop.exports.spreadsheet.months import Months
from mlflow_cost_desktop.exports.spreadsheet.workbook import Look, Ref, Sheet
from mlflow_cost_desktop.exports.stated import notes, stated, title
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.components import COMPONENTS, INFRASTRUCTURE
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.decision import spoken
from mlflow_cost_desktop.wording.totals import gaps_in_words
from mlflow_cost_desktop.wording.verdict import IN_SHORT, mark, source_in_words


@dataclass
class _Cursor:
    """Where the next row of figures goes, and their rate of exchange."""

    sheet: Sheet
    row: int
    rate: Ref | None
    per_usd: float

    def figure(self, label: str, formula: str | None, usd: float, look: Look = "money") -> Ref:
        """A row: its label, USD, and the display currency."""
        sheet, row = self.sheet, self.row
        sheet.text(row, 0, label)
        if formula is None:
            cell = sheet.number(row, 1, usd, look)
        else:
            cell = sheet.formula(row, 1, formula, usd, look)
        if self.rate is not None:
            converted = f"{cell}*{self.rate}"
            sheet.formula(row, 2, converted, usd * self.per_usd, look)
        self.row += 1
        return cell

    def head(self, label: str, currency: str) -> None:
        """A row of heads, with space above it."""
        self.row += 1
        titles = (label, "USD", *([currency] if self.rate else []))
        for column, words in enumerate(titles):
            self.sheet.text(self.row, column, words, "head")
        self.row += 1


def write_summary(
    sheet: Sheet, facts: Facts, lines: Lines | None, months: Months | None, *, has_money: bool
) -> None:
    """The decision, what is stated, and the totals as formulas over lines and months."""
    sheet.widths((44, 18, 18, 60))
    sheet.text(0, 0, f"{title(facts)}: cost of self-hosting MLflow", "title")
    decision = Decision.of(facts)
    row = 2
    for sentence in (decision.cost, decision.verdict):
        sheet.wide(row, (0, 3), spoken(sentence), 130)
        row += 1
    sureness = [f"{name}: {words}" for name, words in decision.sureness]
    for words in filter(None, (decision.cheapest, *sureness, decision.turns_note)):
        sheet.wide(row, (0, 3), words, 130)
        row += 1
    if decision.turns:
        row += 1
        for column, head in enumerate(("What would change it", "Now", "Turns at", "Then")):
            sheet.text(row, column, head, "head")
        row += 1
    for turn in decision.turns:
        for column, words in enumerate((turn.title, turn.now, turn.at, turn.then)):
            sheet.text(row, column, words)
        row += 1
    row += 1
    for label, words in stated(facts):
        sheet.text(row, 0, label, "muted")
        sheet.wide(row, (1, 3), words, 90)
        row += 1
    currency, rate = facts.currency, None
    if not currency.is_usd:
        sheet.text(row, 0, f"{currency.code} for $1", "muted")
        rate = sheet.number(row, 1, currency.rate)
        row += 1
    at = _Cursor(sheet, row, rate, currency.rate)
    total = _write_parts(at, facts, lines)
    if has_money:
        _write_money(at, facts, lines, months, total)


def _write_parts(at: _Cursor, facts: Facts, lines: Lines | None) -> Ref:
    estimate = facts.estimate
    at.head("A month, by part", facts.currency.code)
    first = at.row
    for name, cost in estimate.by_component.items():
        at.figure(COMPONENTS[name], lines and lines.cost(name), float(cost))
    cells = at.sheet.range(1, first, at.row - 1)
    total = at.figure("Per month", f"SUM({cells})", float(estimate.effective_cost), "sum")
    parts = [Ref(at.sheet.name, first + n, 1) for n in range(len(COMPONENTS))]
    infrastructure = "+".join(str(cell) for cell in parts[: len(INFRASTRUCTURE)])
    at.figure("of it infrastructure", infrastructure, float(estimate.infrastructure))
    at.figure("of it own people’s time", str(parts[-1]), float(estimate.labor))
    if gaps := gaps_in_words(estimate):
        at.sheet.text(at.row, 0, gaps, "muted")
        at.row += 1
    return total


def _write_money(
    at: _Cursor, facts: Facts, lines: Lines | None, months: Months | None, total: Ref
) -> None:
    estimate, along = facts.estimate, facts.projection
    at.head("A month, counted four ways", facts.currency.code)
    at.figure("List, on demand, without discount", None, float(estimate.list_cost))
    at.figure("Contracted, less the negotiated discount", None, float(estimate.contracted_cost))
    at.figure("Effective, commitments spread evenly", str(total), float(estimate.effective_cost))
    at.figure("Billed, cash in the first month", None, float(estimate.billed_cost))
    at.head("Recurring and one-off, a month", facts.currency.code)
    once = sum(float(c.known_cost) for c in facts.charges if c.spread is not None)
    spread = lines and lines.cost(only_spread=True)
    one_off = at.figure("Paid once, spread over its months", spread, once)
    recurring = float(estimate.effective_cost) - once
    at.figure("Recurring", f"{total}-{one_off}", recurring)
    words = PLAIN.quantity(float(facts.scenario.horizon_months), "month")
    at.head(f"Over {words}", facts.currency.code)
    labor = float(along.cash_by_component["labor"].sum())
    at.figure("Effective", months and str(months.effective), along.effective_total)
    invoices = months and str(months.invoices)
    at.figure("Invoices, cash", invoices, along.cash_total - labor)
    at.figure("Own people’s time", months and str(months.time), labor)
    at.figure("Cash and time", months and str(months.cash), along.cash_total)
    year = months and str(months.first_year)
    at.figure("of it in the first year", year, along.years[0].cash)


PLAN_HEADS = (
    "Plan",
    "The vendor’s charges, USD a month",
    "Stays with you, USD a month",
    "Moving in and out, USD a month",
    "In all, USD a month",
    "More than hosting yourself, USD a month",
    "Fits",
    "To mind",
    "Source",
)


def write_plans(sheet: Sheet, facts: Facts, lines: Lines | None) -> None:
    """Plans that fit, with their figures; of the others only why not."""
    sheet.heads(0, PLAN_HEADS, (34, 16, 16, 16, 16, 18, 10, 70, 90))
    sheet.keep(1, 1)
    for row, offer in enumerate(facts.managed, 1):
        sheet.text(row, 0, offer.plan.name)
        if offer.fits and offer.bought is not None:
            cost = float(offer.bought.effective_cost)
            sheet.number(row, 1, offer.fees, "money")
            sheet.number(row, 2, cost - offer.fees - offer.one_off, "money")
            sheet.number(row, 3, offer.one_off, "money")
            sheet.formula(row, 4, f"SUM(B{row + 1}:D{row + 1})", cost)
            own = lines.cost() if lines else repr(float(offer.own.effective_cost))
            sheet.formula(row, 5, f"E{row + 1}-{own}", float(offer.difference))
        sheet.text(row, 6, "yes" if offer.fits else "no")
        why = "; ".join(offer.too_small) or IN_SHORT.get(offer.plan.price_state, "")
        caveats = " ".join(caveat.text for caveat in offer.caveats)
        sheet.text(row, 7, " · ".join(filter(None, (mark(offer), why, caveats))))
        sheet.text(row, 8, source_in_words(offer, PLAIN))


ASSUMPTION_HEADS = ("Part", "Input", "Value", "Unit", "In words", "From", "Default", "Based on")


def write_assumptions(sheet: Sheet, facts: Facts) -> None:
    """Every input that matters: those first that are not as everybody's are."""
    given = Given(facts.scenario)
    sheet.heads(0, (*ASSUMPTION_HEADS, "Path"), (18, 34, 14, 14, 40, 11, 18, 60, 44))
    sheet.keep(1, 2)
    found = sorted(assumptions(facts.scenario, given), key=lambda one: not one.differs)
    for row, one in enumerate(found, 1):
        words = (one.heading, one.title, None, one.unit, one.value, one.origin, one.default)
        for column, text in enumerate((*words, one.basis, one.path)):
            if text is not None:
                sheet.text(row, column, text)
        if one.number is not None:
            sheet.number(row, 2, one.number)
    sheet.filter(0, max(len(found), 1), len(ASSUMPTION_HEADS) + 1)
    if given.name:
        words = f"preset: as in “{given.name}”, which comes with the program"
        sheet.text(len(found) + 2, 0, words, "muted")


def write_sources(sheet: Sheet, facts: Facts) -> None:
    """Where prices come from, the rules behind estimates, and what is to be known."""
    sheet.heads(0, ("Source", "Prices of", "Lines", "How it reached us"), (44, 26, 8, 100))
    sheet.keep(1)
    row = 1
    for source in by_source(facts):
        sheet.text(row, 0, source.name)
        sheet.text(row, 1, source.dates)
        sheet.number(row, 2, float(source.lines))
        sheet.text(row, 3, "; ".join(source.places))
        row += 1
    notices = warnings(facts.scenario, facts.price_book, facts.estimate, facts.plans)
    for heading, texts in (
        ("Prices with a rule behind them", facts.rules),
        ("Worth knowing", [notice.text for notice in notices]),
        ("About these figures", [printable(note) for note in notes(facts)]),
    ):
        if texts:
            sheet.text(row + 1, 0, heading, "head")
            row += 2
        for text in texts:
            sheet.wide(row, (0, 3), text, 160)
            row += 1
