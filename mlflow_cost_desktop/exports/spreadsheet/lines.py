"""The sheet of lines: quantity × price less what is taken off, as formulas that live on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.spreadsheet.workbook import Ref, Sheet, letter
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Beyond, InTier
from mlflow_cost_desktop.model.components import COMPONENTS, INFRASTRUCTURE
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.prices.price import PriceOrigin
from mlflow_cost_desktop.wording.prices import dated_source

HEADS = (
    "Part",
    "Line",
    "Quantity",
    "Unit",
    "Price of a unit, USD",
    "Commitment discount, %",
    "Negotiated discount, %",
    "USD a month",
    "Paid once, spread over months",
    "Arithmetic",
    "Price",
    "Whose",
    "Source and date",
)
WIDTHS = (16, 46, 14, 16, 14, 13, 13, 14, 13, 60, 11, 12, 44)
PART, QUANTITY, PRICE, REDUCTION, DISCOUNT, COST, SPREAD, WHOSE = 0, 2, 4, 5, 6, 7, 8, 11
FIRST = 1
"""The row below the heads."""

ORIGINS: dict[PriceOrigin, str] = {
    "provider": "provider",
    "own_rate": "your rate",
    "own_line": "your line",
    "labor": "own people",
    "plan": "plan",
    "field": "input",
}


@dataclass(frozen=True)
class Lines:
    """Where the lines stand.

    Attributes:
        sheet: their sheet.
        last: the row of the last one.
        rows: the row of each, by line and part.
    """

    sheet: Sheet
    last: int
    rows: dict[tuple[str, str], int]

    def cost_of(self, charge: Charge) -> Ref:
        """The cell of a line's cost."""
        return Ref(self.sheet.name, self.rows[charge.line, charge.part], COST)

    def cost(self, component: str = "", *, only_spread: bool = False) -> str:
        """The formula of what lines cost together, those without a price left out.

        Args:
            component: the part that they belong to; all where it is empty.
            only_spread: whether only those count that are paid once.
        """
        where: list[tuple[int, str]] = [(PART, f'"{COMPONENTS[component]}"')] if component else []
        if only_spread:
            where.append((SPREAD, '">0"'))
        if not where:
            return f"SUM({self._column(COST)})"
        tests = ",".join(f"{self._column(column)},{test}" for column, test in where)
        return f"SUMIFS({self._column(COST)},{tests})"

    def invoices(self, *, only_spread: bool = False) -> str:
        """The formula of what lines of all parts but labor cost."""
        return "+".join(self.cost(part, only_spread=only_spread) for part in INFRASTRUCTURE)

    def _column(self, column: int) -> str:
        return self.sheet.range(column, FIRST, self.last)


def write_lines(sheet: Sheet, facts: Facts) -> Lines:
    """Every line that has a quantity; those that follow others stand below them."""
    follows = {line.id: line for line in facts.scenario.own_lines if line.is_percentage}

    def leader(charge: Charge) -> OwnLine | None:
        return follows.get(charge.group) if charge.origin == "own_line" else None

    first = [charge for charge in facts.charges if leader(charge) is None]
    after = [charge for charge in facts.estimate.charges if leader(charge) is not None]
    sheet.heads(0, HEADS, WIDTHS)
    sheet.keep(1, 2)
    rows = {(c.line, c.part): at for at, c in enumerate((*first, *after), FIRST)}
    for charge in (*first, *after):
        _write(sheet, rows[charge.line, charge.part], charge, facts.price_book.provider.name)
    for charge in after:
        line = leader(charge)
        if line is not None:
            _follow(sheet, charge, line, rows, FIRST + len(first) - 1)
    last = max(FIRST + len(rows) - 1, FIRST)
    sheet.filter(0, last, len(HEADS))
    total = float(facts.estimate.effective_cost)
    sheet.text(last + 2, 1, "Per month")
    found = Lines(sheet, last, rows)
    sheet.formula(last + 2, COST, found.cost(), total, "sum")
    return found


def _write(sheet: Sheet, row: int, charge: Charge, provider: str) -> None:
    price = charge.price
    sheet.text(row, PART, COMPONENTS[charge.component])
    sheet.text(row, 1, charge.description)
    sheet.number(row, QUANTITY, float(charge.pricing_quantity))
    sheet.text(row, 3, charge.pricing_unit)
    sheet.number(row, PRICE, float(price.usd), "price")
    sheet.number(row, REDUCTION, float(charge.reduction))
    sheet.number(row, DISCOUNT, float(charge.discount * price.discountable))
    cost = "{q}*{p}*(1-{r}/100)*(1-{d}/100)".format(
        q=f"{letter(QUANTITY)}{row + 1}",
        p=f"{letter(PRICE)}{row + 1}",
        r=f"{letter(REDUCTION)}{row + 1}",
        d=f"{letter(DISCOUNT)}{row + 1}",
    )
    value: float | str = float(charge.effective_cost)
    if price.state == "unknown":  # until somebody types a price
        cost = f'IF(ISNUMBER({letter(PRICE)}{row + 1}),{cost},"unpriced")'
        value = "unpriced"
    sheet.formula(row, COST, cost, value)
    if charge.spread is not None:
        sheet.number(row, SPREAD, float(charge.spread.months))
    sheet.text(row, 9, charge.explanation)
    sheet.text(row, 10, price.state)
    sheet.text(row, WHOSE, ORIGINS.get(charge.origin, charge.origin))
    sheet.text(row, 12, dated_source(price, provider, PLAIN))


def _follow(
    sheet: Sheet,
    charge: Charge,
    line: OwnLine,
    rows: dict[tuple[str, str], int],
    last: int,
) -> None:
    """The quantity of a line that is a part of others: a formula over the lines above it."""
    (factor,) = charge.factors
    costs = sheet.range(COST, FIRST, last)
    if line.by == "percent":
        base = _sum_of(costs, sheet.range(PART, FIRST, last), map(COMPONENTS.get, line.parts))
    else:
        whose = ORIGINS["provider"], ORIGINS["own_rate"]
        base = _sum_of(costs, sheet.range(WHOSE, FIRST, last), whose)
    if isinstance(factor, InTier):
        tier = factor.tier
        upper = base if tier.end == float("inf") else f"MIN({base},{tier.end!r})"
        base = f"MAX(0,{upper}-{tier.begin!r})"
    elif isinstance(factor, Beyond):
        steps = [
            f"{letter(COST)}{row + 1}"
            for (name, _), row in rows.items()
            if name.startswith(f"{charge.component}/{line.id}/") and name != charge.line
        ]
        base = f"MAX(0,{float(factor.inner.value)!r}-SUM({','.join(steps)}))"
    row = rows[charge.line, charge.part]
    sheet.formula(row, QUANTITY, base, float(charge.pricing_quantity), "number")


def _sum_of(costs: str, of: str, names: Iterable[str | None]) -> str:
    found = [f'SUMIFS({costs},{of},"{name}")' for name in names]
    return f"({'+'.join(found)})" if found else "0"
