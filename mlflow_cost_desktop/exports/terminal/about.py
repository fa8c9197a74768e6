"""What every answer in JSON and CSV says of itself: whose figures and prices, what is left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from mlflow_cost_desktop.exports.plain_text import harmless
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


ABOUT_COLUMNS = (
    "about_scenario",
    "about_provider_id",
    "about_region_id",
    "about_hours_in_month",
    "about_horizon_months",
    "about_currency",
    "about_display_currency",
    "about_per_usd",
    "about_rate_date",
    "about_prices_from",
    "about_prices_to",
    "about_price_book",
    "about_price_age_days",
    "about_unpriced",
    "about_estimated_lines",
    "about_not_included",
)
"""The last columns of every CSV: each row says of itself what JSON says once."""


def about_cells(stated: Mapping[str, Any]) -> list[Any]:
    """The cells of `ABOUT_COLUMNS`; lists are texts with semicolons.

    Args:
        stated: what `about` says.
    """
    rate: Mapping[str, Any] = stated["display_currency"] or {}
    first, last = stated["price_dates"] or ("", "")
    old: Mapping[str, Any] = stated["price_age"] or {}
    return [
        stated["scenario"],
        stated["provider_id"],
        stated["region_id"],
        stated["hours_in_month"],
        stated["horizon_months"],
        stated["currency"],
        rate.get("code", ""),
        rate.get("per_usd"),
        rate.get("rate_date", ""),
        first,
        last,
        stated["price_book"],
        old.get("days"),
        "; ".join(stated["unpriced"]),
        stated["estimated_lines"],
        "; ".join(stated["not_included"]),
    ]


def as_csv(
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    stated: Mapping[str, Any] | None = None,
    none: str = "",
) -> str:
    """Rows as CSV whose texts no spreadsheet takes for a formula.

    Args:
        stated: what `about` says, which each row has behind its own cells.
        none: why there is no row; it stands in the first cell of one that is empty but for that.
    """
    if none and not rows:
        rows = [[none, *("" for _ in header[1:])]]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    more = about_cells(stated) if stated else []
    writer.writerow([*header, *(ABOUT_COLUMNS if stated else ())])
    for row in rows:
        cells = (*row, *more)
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return file.getvalue()


def age(outcome: Estimate, reading: Reading) -> dict[str, Any] | None:
    """The age of the oldest price that the cost hangs on; `days` is null where it is unknown."""
    found = age_of(outcome, reading)
    return found and {**found._asdict(), "old": found.is_old}


def rate_of(currency: Currency) -> dict[str, Any] | None:
    """The other currency that the user reads figures in, with its rate; None where it is USD."""
    if currency.is_usd:
        return None
    return {"code": currency.code, "per_usd": currency.per_usd, "rate_date": currency.date}
