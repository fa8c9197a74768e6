"""The user's own rates, lines and discounts in sentences, as every printed bill names them."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.figures import exact, plural
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.components import COMPONENTS, INFRASTRUCTURE
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook


def own_in_words(scenario: Scenario, price_book: PriceBook, bill: Estimate) -> Iterator[str]:
    """A sentence for all discounts, one for each rate of the region, one for all lines."""
    yield from discounts_in_words(scenario)
    for rate in scenario.own_rates:
        if rate.region_id == price_book.region_id:
            yield f"Your rate: {rate.sku_id} at {rate_in_words(rate, price_book, bill)}."
    if scenario.own_lines:
        yield f"Your own lines: {'; '.join(line.name for line in scenario.own_lines)}."


def discounts_in_words(scenario: Scenario) -> Iterator[str]:
    """`Negotiated discount: 10 % off the provider's prices, 5 % for Server.`, if there is any."""
    parts = [
        f"{exact(float(scenario.discount_of(name)))} % for {COMPONENTS[name]}"
        for name in INFRASTRUCTURE
        if scenario.discount_of(name) != scenario.discount
    ]
    if scenario.discount:
        parts.insert(0, f"{exact(scenario.discount)} % off the provider's prices")
    if parts:
        yield f"Negotiated discount: {', '.join(parts)}."


def rate_in_words(rate: OwnRate, price_book: PriceBook, bill: Estimate) -> str:
    """A rate with the unit of the price that it stands for, where that is known."""
    listed = price_book.listed.get(rate.sku_id)
    lines = (c for c in bill.charges if c.price.sku_id == rate.sku_id and c.spread is None)
    unit = listed.unit if listed else next((c.pricing_unit for c in lines), "")
    return rate.in_words(unit)


def other_prices_in_words(estimate: Estimate) -> str:
    """`1 line without a price, 2 lines of your own`; empty where every provider's is listed.

    Rates of work are always the user's, and not counted.
    """
    own = sum(
        1
        for charge in estimate.charges
        if charge.price.state == "own" and charge.component != "labor" and charge.effective_cost
    )
    in_words = f"{own} {plural(own, 'line')} with a price of your own" if own else ""
    return ", ".join(filter(None, (estimate.gaps_in_words, in_words)))
