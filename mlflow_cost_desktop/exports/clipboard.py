"""Lines of an estimate and cash by month, for pasting into a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterable

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


def _plain(value: Value, figures: Figures) -> str:
    number = float(value)
    return "" if math.isnan(number) else figures.digits(number)


def _tabbed(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))
