"""An estimate as JSON and CSV: every line with all that stands behind it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from mlflow_cost_desktop.analysis.held_against import held_against
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.analysis.projection import Projection, projection
from mlflow_cost_desktop.analysis.suggestions import Suggestion, suggestions
from mlflow_cost_desktop.analysis.unit_costs import unit_costs
from mlflow_cost_desktop.exports.terminal.about import CURRENCY, about, age, as_csv, rate_of
from mlflow_cost_desktop.exports.terminal.held import held_json
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import INFRASTRUCTURE
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.price_age import Reading
from mlflow_cost_desktop.wording.totals import not_included

CHARGE_COLUMNS = (
    "component",
    "description",
    "sku_id",
    "pricing_quantity",
    "pricing_unit",
    "list_unit_price",
    "list_cost",
    "contracted_cost",
    "effective_cost",
    "billed_cost",
    "explanation",
    "price_state",
    "price_rule",
    "price_source",
    "price_date",
    "negotiated_discount",
    "commitment_discount",
    "line",
    "part",
    "price_origin",
)
"""A line's keys in JSON and columns in CSV; docs/command-line.md explains each."""

CURRENCY_COLUMNS = ("display_currency", "per_usd", "rate_date", "display_effective_cost")
"""Behind those, where the user reads totals in another currency than USD."""


def estimate_json(
    scenario: Scenario,
    price_book: PriceBook,
    plans: Sequence[ManagedPlan] = (),
    reading: Reading | None = None,
) -> str:
    """The estimate as a JSON object; figures are unrounded, and null where they are unknown.

    `plans` are those that come with the program; `reading` is when it is read, by which the age
    of its prices is told, today where it is left out.
    """
    outcome = estimate(scenario, price_book)
    held = held_against(scenario, offers(scenario, price_book, plans, outcome))
    document = {
        "scenario": scenario.name,
        "provider_id": price_book.provider.id,
        "region_id": price_book.region_id,
        "hours_in_month": scenario.hours_in_month,
        "usage_hours": float(scenario.usage.factor(scenario.hours_in_month).value),
        "horizon_months": scenario.horizon_months,
        "currency": CURRENCY,
        "display_currency": _display_currency(scenario.currency, outcome),
        "price_dates": outcome.price_dates,
        "price_book": price_book.edition,
        "price_age": age(outcome, reading or Reading.now()),
        "unpriced_lines": int(outcome.unpriced),
        "estimated_lines": int(outcome.estimated),
        "not_included": list(not_included(scenario)),
        "totals": _totals(outcome),
        "totals_without": sorted(outcome.gaps),
        "held_against": held_json(held),
        "cash": _cash(projection(scenario, price_book)),
        "unit_costs": unit_costs(scenario, outcome).named,
        "discounts": _discounts(scenario),
        "own_rates": [rate.model_dump() for rate in scenario.own_rates],
        "own_lines": [line.model_dump() for line in scenario.own_lines],
        "charges": [charge_row(charge) for charge in outcome.charges],
        "warnings": [notice.text for notice in warnings(scenario, price_book, outcome, plans)],
        "offers": [_as_object(suggestion) for suggestion in suggestions(scenario, price_book)],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


NO_LINES = "No line is chosen."


def estimate_csv(scenario: Scenario, price_book: PriceBook) -> str:
    """The estimate's lines as CSV; unknown figures are empty."""
    outcome = estimate(scenario, price_book)
    return charges_csv(outcome.charges, scenario, price_book, outcome)


def charges_csv(
    charges: Sequence[Charge], scenario: Scenario, price_book: PriceBook, outcome: Estimate
) -> str:
    """Some lines of an estimate as CSV, with the columns of the whole one's."""
    currency, stated = scenario.currency, about(scenario, price_book, outcome)
    rows = [[charge_row(charge)[name] for name in CHARGE_COLUMNS] for charge in charges]
    if currency.is_usd:
        return as_csv(CHARGE_COLUMNS, rows, stated, NO_LINES)
    for row, charge in zip(rows, charges, strict=True):
        row += in_currency(currency, _known(charge.effective_cost))
    return as_csv((*CHARGE_COLUMNS, *CURRENCY_COLUMNS), rows, stated, NO_LINES)


def charge_row(charge: Charge) -> dict[str, str | float | None]:
    """A line by column; None where a figure is unknown."""
    price = charge.price
    cells = (
        charge.component,
        charge.description,
        price.sku_id,
        _known(charge.pricing_quantity),
        charge.pricing_unit,
        _known(charge.list_unit_price),
        _known(charge.list_cost),
        _known(charge.contracted_cost),
        _known(charge.effective_cost),
        _known(charge.billed_cost),
        charge.explanation,
        price.state,
        price.rule,
        price.source,
        price.date,
        float(charge.discount * price.discountable),
        float(charge.reduction),
        charge.line,
        charge.part,
        charge.origin,
    )
    return dict(zip(CHARGE_COLUMNS, cells, strict=True))


def _totals(outcome: Estimate) -> dict[str, Any]:
    return {
        "list_cost": float(outcome.list_cost),
        "contracted_cost": float(outcome.contracted_cost),
        "effective_cost": float(outcome.effective_cost),
        "billed_cost": float(outcome.billed_cost),
        "infrastructure": float(outcome.infrastructure),
        "labor": float(outcome.labor),
        "horizon_total": float(outcome.horizon_total),
        "first_year_cash": float(outcome.first_year_cash),
        "by_component": {name: float(cost) for name, cost in outcome.by_component.items()},
    }


def _cash(along: Projection) -> dict[str, Any]:
    return {
        "first_month": float(along.cash[0]),
        "other_months": along.other_months,
        "first_year": along.years[0].cash,
        "horizon": along.cash_total,
        "by_month": [
            {
                "month": month,
                "usd": usd,
                "due": [
                    {"description": d.description, "component": d.component, "usd": d.usd}
                    for d in along.due
                    if d.month == month
                ],
            }
            for month, usd in enumerate(along.cash.tolist(), 1)
        ],
    }


def _discounts(scenario: Scenario) -> dict[str, float]:
    """The negotiated percent of the whole estimate, and that which counts for each component."""
    by_component = {name: float(scenario.discount_of(name)) for name in INFRASTRUCTURE}
    return {"whole_bill": scenario.discount, **by_component}


def _as_object(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "id": suggestion.id,
        "component": suggestion.component,
        "text": suggestion.text,
        "edits": suggestion.edits.values,
    }


def in_currency(currency: Currency, usd: float | None) -> list[str | float | None]:
    """The cells of `CURRENCY_COLUMNS` for a cost."""
    converted = None if usd is None else currency.converted(usd)
    return [currency.code, currency.per_usd, currency.date, converted]


def _display_currency(currency: Currency, outcome: Estimate) -> dict[str, Any] | None:
    """That currency, and the totals in it."""
    rate = rate_of(currency)
    return rate and {
        **rate,
        "effective_cost": currency.converted(float(outcome.effective_cost)),
        "horizon_total": currency.converted(float(outcome.horizon_total)),
        "first_year_cash": currency.converted(float(outcome.first_year_cash)),
    }


def _known(value: Value) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number
