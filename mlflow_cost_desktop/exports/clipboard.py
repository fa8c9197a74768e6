"""Lines of an estimate and cash by month, for pasting into a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from mlflow_cost_desktop.analysis.comparison import PARTS, Comparison
from mlflow_cost_desktop.analysis.differing_inputs import Difference
from mlflow_cost_desktop.analysis.projection import Projection
from mlflow_cost_desktop.analysis.regions import RegionCost
from mlflow_cost_desktop.exports.plain_text import harmless
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.stated import stated_in_short
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.wording.comparison import (
    TOTALS,
    input_in_words,
    region_in_words,
    value_of,
)
from mlflow_cost_desktop.wording.growth import remarks_by_month
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
REGION_HEADINGS = ("Region", "Id", "{} a month", "Difference, {}", "Mind")
CASH_HEADINGS = ("Month", "Cash, USD", "What happens")


def charges_text(
    charges: Iterable[Charge], provider: str, currency: Currency, figures: Figures
) -> str:
    """Some lines, tabs between plain figures; what is unknown is empty.

    Args:
        provider: whose price book it is, as documents call it.
        currency: the one that the reader sees; beside USD where it is another.
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
            *_converted((charge.effective_cost, charge.billed_cost), currency, figures),
        )
        for charge in charges
    ]
    beside = _headings(("{} a month", "{} in month 1"), currency)
    return _tabbed((*CHARGE_HEADINGS, *beside), rows)


def cash_text(along: Projection, figures: Figures) -> str:
    """Cash by month, as `charges_text`."""
    currency, remarks = along.scenario.currency, remarks_by_month(along, figures)
    rows = [
        (
            str(month),
            figures.digits(usd),
            harmless(remarks.get(month, "")),
            *_converted((usd,), currency, figures),
        )
        for month, usd in enumerate(along.cash.tolist(), 1)
    ]
    return _tabbed((*CASH_HEADINGS, *_headings(("Cash, {}",), currency)), rows)


def with_grounds(table: str, facts: Sequence[Facts]) -> str:
    """A table with tabs, and below an empty row a sentence on what each scenario rests on."""
    said = "".join(f"{harmless(stated_in_short(one))}\n" for one in facts)
    return f"{table}\n{said}" if said else table


def _headings(templates: tuple[str, ...], currency: Currency) -> tuple[str, ...]:
    """What stands above the same figures in the reader's currency, the last with its rate."""
    if currency.is_usd:
        return ()
    *others, last = (template.format(currency.code) for template in templates)
    return (*others, harmless(f"{last} ({currency.rate_in_words(PLAIN)})"))


def _converted(costs: tuple[Value, ...], currency: Currency, figures: Figures) -> tuple[str, ...]:
    """Costs of USD in the reader's currency; nothing where that is USD."""
    if currency.is_usd:
        return ()
    return tuple(_plain(cost * currency.rate, figures) for cost in costs)


def comparison_text(found: Comparison, figures: Figures) -> str:
    """Scenarios side by side: lines, then each column's totals, plain figures with tabs between.

    They are a month's in the currency of the first scenario, as everywhere in a comparison; what
    is unknown is empty.
    """
    currency = found.columns[0].scenario.currency
    names = [harmless(column.name) for column in found.columns]
    rate = currency.rate_in_words(PLAIN)
    told = f" ({rate})" if rate else ""
    headings = ["Part", harmless(f"Line, {currency.shown} a month{told}"), *names]
    for name in names[1:]:
        headings += [f"{name}: difference", f"{name}: by price", f"{name}: by quantity"]
    others = range(1, len(names))
    rows: list[tuple[str, ...]] = []
    for row in found.rows:
        cells = [
            "" if cell is None or cell.is_unpriced else _plain(cell.cost * currency.rate, figures)
            for cell in row.cells
        ]
        for at in others:
            apart = row.difference(at), *row.effects(at)
            cells += [_plain(usd * currency.rate, figures) for usd in apart]
        rows.append((PARTS[row.component], harmless(row.name), *cells))
    for title, attribute in TOTALS:
        costs = [float(getattr(column, attribute)) * currency.rate for column in found.columns]
        cells = [_plain(cost, figures) for cost in costs]
        for cost in costs[1:]:
            cells += [_plain(cost - costs[0], figures), "", ""]
        rows.append(("", title, *cells))
    return _tabbed(tuple(headings), rows)


def inputs_text(found: Comparison, differences: Iterable[Difference]) -> str:
    """The inputs that differ, in plain words: a row each, with what stands in every column."""
    columns = found.columns
    rows = [
        (
            harmless(input_in_words(one, columns[0])),
            *(
                harmless(value_of(value, column, PLAIN))
                for value, column in zip(one.values, columns, strict=True)
            ),
        )
        for one in differences
    ]
    return _tabbed(("Input", *(harmless(column.name) for column in columns)), rows)


def regions_text(
    found: Iterable[RegionCost], here: float, currency: Currency, figures: Figures
) -> str:
    """A scenario in some regions, as `comparison_text`.

    Args:
        here: what it costs in its own, USD a month.
        currency: the scenario's.
    """
    rows = [
        (
            harmless(region.name),
            region.region_id,
            "" if region.problem else _plain(region.cost * currency.rate, figures),
            "" if region.problem else _plain((region.cost - here) * currency.rate, figures),
            harmless(region_in_words(region, PLAIN)),
        )
        for region in found
    ]
    rate = currency.rate_in_words(PLAIN)
    headings = [heading.format(currency.shown) for heading in REGION_HEADINGS]
    if rate:
        headings[-2] = harmless(f"{headings[-2]} ({rate})")
    return _tabbed(tuple(headings), rows)


def _plain(value: Value, figures: Figures) -> str:
    number = float(value)
    # A spreadsheet takes no other minus for one.
    return "" if math.isnan(number) else figures.digits(number).replace("−", "-")


def _tabbed(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))
