"""Lines of an estimate and cash by month, for pasting into a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterable

from mlflow_cost_desktop.analysis.comparison import PARTS, Comparison
from mlflow_cost_desktop.analysis.projection import Projection
from mlflow_cost_desktop.exports.plain_text import harmless
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.wording.growth import due_in_words
from mlflow_cost_desktop.wording.prices import dated_source

CHARGE_HEADINGS = (
    "Part",
    "Line",
    "Quantity",
    "Unit",
    "Unit price, USD",
    "USD a month",
    "USD in month 1",
    "Price",
)
COLUMN_TOTALS = {
    "Total": "cost",
    "Cash in the first year, USD": "first_year_cash",
    "Infrastructure": "infrastructure",
    "Labor": "labor",
    "Of the month, one-off": "one_off",
    "Of the month, recurring": "recurring",
}
"""What is told of each scenario below its lines, by the attribute that holds it."""

CASH_HEADINGS = ("Month", "Cash, USD", "Due")


def charges_text(charges: Iterable[Charge], provider: str, figures: Figures) -> str:
    """Some lines, tabs between plain figures; what is unknown is empty.

    Args:
        provider: whose price book it is, as documents call it.
        figures: their decimal sign is the one that the spreadsheet reads.
    """
    rows = [
        (
            COMPONENTS[charge.component],
            harmless(charge.description),
            _plain(charge.pricing_quantity, figures),
            harmless(charge.pricing_unit),
            _plain(charge.price.usd, figures),
            _plain(charge.effective_cost, figures),
            _plain(charge.billed_cost, figures),
            harmless(dated_source(charge.price, provider, PLAIN)),
        )
        for charge in charges
    ]
    return _tabbed(CHARGE_HEADINGS, rows)


def cash_text(along: Projection, figures: Figures) -> str:
    """Cash by month, as `charges_text`."""
    rows = [
        (str(month), figures.digits(usd), harmless(due_in_words(along, month)))
        for month, usd in enumerate(along.cash.tolist(), 1)
    ]
    return _tabbed(CASH_HEADINGS, rows)


def comparison_text(found: Comparison, figures: Figures) -> str:
    """Scenarios side by side, as `charges_text`: lines, then each column's totals, USD a month."""
    names = [harmless(column.name) for column in found.columns]
    headings = ["Part", "Line", *names]
    for name in names[1:]:
        headings += [f"{name}: difference", f"{name}: by price", f"{name}: by quantity"]
    others = range(1, len(names))
    rows: list[tuple[str, ...]] = []
    for row in found.rows:
        cells = [
            "" if cell is None or cell.is_unpriced else _plain(cell.cost, figures)
            for cell in row.cells
        ]
        for at in others:
            cells += [_plain(usd, figures) for usd in (row.difference(at), *row.effects(at))]
        rows.append((PARTS[row.component], harmless(row.name), *cells))
    for title, attribute in COLUMN_TOTALS.items():
        usd = [float(getattr(column, attribute)) for column in found.columns]
        cells = [_plain(cost, figures) for cost in usd]
        for cost in usd[1:]:
            cells += [_plain(cost - usd[0], figures), "", ""]
        rows.append(("", title, *cells))
    return _tabbed(tuple(headings), rows)


def _plain(value: Value, figures: Figures) -> str:
    number = float(value)
    # A spreadsheet takes no other minus for one.
    return "" if math.isnan(number) else figures.digits(number).replace("−", "-")


def _tabbed(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))
