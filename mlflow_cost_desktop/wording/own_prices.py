"""The user's own rates, lines and discounts in sentences, as every printed estimate names them."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.figures import Figures, plural
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.components import COMPONENTS, INFRASTRUCTURE
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.totals import gaps_in_words


def own_in_words(
    scenario: Scenario, price_book: PriceBook, estimate: Estimate, figures: Figures
) -> Iterator[str]:
    """A sentence for all discounts, one for each rate of the region, one for all lines."""
    yield from discounts_in_words(scenario, figures)
    for rate in scenario.own_rates:
        if rate.is_for(price_book):
            words = rate_in_words(rate, unit_of_rate(rate, price_book, estimate), figures)
            yield f"Your rate: {rate.sku_id} at {words}."
    if scenario.own_lines:
        yield f"Your own lines: {'; '.join(line.name for line in scenario.own_lines)}."


def discounts_in_words(scenario: Scenario, figures: Figures) -> Iterator[str]:
    """`Negotiated discount: 10 % off the provider's prices, 5 % for Server.`, if there is any."""
    parts = [
        f"{figures.exact(float(scenario.discount_of(name)))} % for {COMPONENTS[name]}"
        for name in INFRASTRUCTURE
        if scenario.discount_of(name) != scenario.discount
    ]
    if scenario.discount:
        parts.insert(0, f"{figures.exact(scenario.discount)} % off the provider's prices")
    if parts:
        yield f"Negotiated discount: {', '.join(parts)}."


def unit_of_rate(rate: OwnRate, price_book: PriceBook, estimate: Estimate) -> str:
    """The unit of the price that a rate stands for, empty where that is not known."""
    listed = price_book.listed.get(rate.sku_id)
    lines = (c for c in estimate.charges if c.price.sku_id == rate.sku_id and c.spread is None)
    return listed.unit if listed else next((c.pricing_unit for c in lines), "")


def rate_in_words(rate: OwnRate, unit: str, figures: Figures) -> str:
    """A rate for a reader, its unit being the price's: `$0.09 / GB after 100 GB free`."""
    counted = unit.removesuffix("-month")
    tiers = ", ".join(
        f"{figures.unit_price(tier.usd)} from {figures.quantity(tier.begin, counted)} on"
        if tier.begin
        else f"{figures.unit_price(tier.usd)} / {unit}".removesuffix(" / ")
        for tier in rate.tiers
    )
    free = rate.free_quantity
    after = f" after {figures.quantity(free, counted)} free" if free else ""
    once = "" if rate.upfront_usd is None else f", {figures.unit_price(rate.upfront_usd)} upfront"
    return f"{tiers}{after}{once}"


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
    return ", ".join(filter(None, (gaps_in_words(estimate), in_words)))
