"""What every answer in JSON says of itself: whose figures, whose prices, what they leave out."""

from __future__ import annotations

from typing import Any

from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.price_age import Reading, age_of
from mlflow_cost_desktop.wording.totals import not_included

CURRENCY = "USD"


def about(
    scenario: Scenario, price_book: PriceBook, outcome: Estimate | None = None
) -> dict[str, Any]:
    """Scenario, region, month, horizon, currency with its rate, age of prices, and all gaps.

    Args:
        outcome: what the scenario costs, where that is known already.
    """
    outcome = outcome or estimate(scenario, price_book)
    return {
        "scenario": scenario.name,
        "provider_id": price_book.provider.id,
        "region_id": price_book.region_id,
        "hours_in_month": scenario.hours_in_month,
        "horizon_months": scenario.horizon_months,
        "currency": CURRENCY,
        "display_currency": rate_of(scenario.currency),
        "price_dates": outcome.price_dates,
        "price_book": price_book.edition,
        "price_age": age(outcome, Reading.now()),
        "unpriced": [charge.description for charge in outcome.charges if charge.is_unpriced],
        "estimated_lines": int(outcome.estimated),
        "not_included": list(not_included(scenario)),
    }


def age(outcome: Estimate, reading: Reading) -> dict[str, Any] | None:
    """The age of the oldest price that the cost hangs on; `days` is null where it is unknown."""
    found = age_of(outcome, reading)
    return found and {**found._asdict(), "old": found.is_old}


def rate_of(currency: Currency) -> dict[str, Any] | None:
    """The other currency that the user reads figures in, with its rate; None where it is USD."""
    if currency.is_usd:
        return None
    return {"code": currency.code, "per_usd": currency.per_usd, "rate_date": currency.date}
