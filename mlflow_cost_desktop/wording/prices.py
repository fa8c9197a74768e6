"""A price in words: what a unit costs, where that comes from, and of what day it is."""

from __future__ import annotations

from collections.abc import Mapping

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.charges.factors import tier_in_words
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.prices.price import Price, PriceState

STATE_WORDS: dict[PriceState, str] = {
    "listed": "",
    "own": "",
    "estimated": "estimated",
    "unknown": "no price known",
}


def price_in_words(charge: Charge, figures: Figures) -> str:
    """A line's unit price, less what is taken off: `$0.096 / h − 5 %`."""
    if charge.price.state == "unknown":
        return STATE_WORDS["unknown"]
    less = "".join(f" − {figures.exact(percent)} %" for percent in charge.cuts.values())
    return f"{figures.unit_price(float(charge.price.usd))} / {charge.pricing_unit}{less}"


def arithmetic(charge: Charge, currency: Currency, figures: Figures) -> str:
    """A line's arithmetic in the currency that is shown: `… × $0.096 / h × €0.92 / $ = €63.59`.

    Without a figure in dollars on the way: rounded to the cent, it would be another of yen.
    """
    if currency.is_usd or charge.price.state == "unknown":
        return charge.explain(figures)
    rate = f"{currency.symbol}{figures.exact(currency.rate)} / $"
    cost = currency.money(float(charge.effective_cost), figures)
    return f"{charge.operands(figures)} × {rate} = {cost}"


def listed_in_words(price: Price, unit: str, figures: Figures) -> str:
    """What a unit costs, in all tiers: `$0.09 (first 10 TB); $0.085 (next 40 TB) / GB`."""
    tiers = "; ".join(
        f"{figures.unit_price(float(tier.usd))}{tier_in_words(tier, unit, figures)}"
        for tier in price.tiers
    )
    once = ""
    if price.upfront_usd is not None:
        once = f" and {figures.unit_price(float(price.upfront_usd))} upfront"
    return f"{tiers} / {unit}{once}"


def source_in_words(charge: Charge, figures: Figures) -> str:
    """Where a line's price comes from: `Price list · 2025-10-28`."""
    price = charge.price
    state = STATE_WORDS[price.state]
    if price.state in ("own", "unknown"):
        return price.source.partition(":")[0] or state
    return " · ".join(filter(None, (state or "Price list", figures.day(price.date))))


def dated_source(price: Price, provider: str, figures: Figures) -> str:
    """Whose price it is, with the day: `AWS price list · 2025-10-28`.

    By which collection a provider's price came is told with the sources of prices alone.
    """
    is_listed = price.state in ("listed", "estimated")
    source = f"{provider} price list" if is_listed and price.source else price.source
    return " · ".join(filter(None, (source, figures.day(price.date))))


def places_of(price: Price, sources: Mapping[str, str]) -> list[str]:
    """Where the sources of a price are; an estimated one names two: "AWSPW and LEANERCLOUD"."""
    return [sources[name] for name in price.source.split(" and ") if name in sources]


def span_of(first: str, last: str, figures: Figures, to: str = " to ") -> str:
    """Two days (ISO), or the one that both are."""
    return figures.day(first) if first == last else f"{figures.day(first)}{to}{figures.day(last)}"


def price_dates(estimate: Estimate, figures: Figures, to: str = " to ") -> str:
    """The days of an estimate's provider prices; empty where it has none."""
    dates = estimate.price_dates
    return span_of(*dates, figures, to) if dates else ""
