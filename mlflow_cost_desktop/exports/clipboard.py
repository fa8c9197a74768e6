"""Lines of the bill and cash by month, for pasting into a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterable

from mlflow_cost_desktop.analysis.cash import CashPlan, due_in_words
from mlflow_cost_desktop.exports.plain_text import harmless
from mlflow_cost_desktop.figures import exact, plain_figures
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.prices.price import Value

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
CASH_HEADINGS = ("Month", "Cash, USD", "Due")


def charges_text(charges: Iterable[Charge], decimal_point: str = ".") -> str:
    """Some lines, tabs between plain figures; what is unknown is empty.

    Args:
        decimal_point: as the spreadsheet reads figures.
    """
    rows = [
        (
            COMPONENTS[charge.component],
            harmless(charge.description),
            _plain(charge.pricing_quantity, decimal_point),
            harmless(charge.pricing_unit),
            _plain(charge.price.usd, decimal_point),
            _plain(charge.effective_cost, decimal_point),
            _plain(charge.billed_cost, decimal_point),
            harmless(" ".join(part for part in (charge.price.source, charge.price.date) if part)),
        )
        for charge in charges
    ]
    return _tabbed(CHARGE_HEADINGS, rows)


def cash_text(plan: CashPlan, decimal_point: str = ".") -> str:
    """Cash by month, as `charges_text`."""
    rows = [
        (str(month.month), _plain(month.usd, decimal_point), harmless(due_in_words(month)))
        for month in plan.months
    ]
    return _tabbed(CASH_HEADINGS, rows)


def _plain(value: Value, decimal_point: str) -> str:
    number = float(value)
    if math.isnan(number):
        return ""
    with plain_figures():
        return exact(number).replace(",", "").replace(".", decimal_point)


def _tabbed(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))
