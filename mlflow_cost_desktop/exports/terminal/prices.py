"""Prices of a region as a table, JSON or CSV."""

from __future__ import annotations

import json
import math
from typing import Any

from mlflow_cost_desktop.exports.plain_text import columns, wrapped
from mlflow_cost_desktop.exports.terminal.about import CURRENCY, as_csv
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.prices.price import Price, Tier
from mlflow_cost_desktop.prices.price_book import PriceBook

PRICE_COLUMNS = (
    "provider_id",
    "region_id",
    "sku_id",
    "unit",
    "tier_from",
    "tier_to",
    "usd",
    "upfront_usd",
    "state",
    "rule",
    "source",
    "date",
)
WIDTH = 100


def matching(price_book: PriceBook, text: str) -> list[Price]:
    """Prices whose SKU holds every word of a text, whatever their case."""
    # Each word once: a SKU holds few of however many different ones.
    words = set(text.lower().split())
    lowered = ((price, price.sku_id.lower()) for price in price_book)
    return [price for price, sku_id in lowered if all(word in sku_id for word in words)]


def prices_json(price_book: PriceBook, prices: list[Price]) -> str:
    """Prices as a JSON object; the last tier's `end` is null."""
    document = {
        "provider_id": price_book.provider.id,
        "region_id": price_book.region_id,
        "region_name": price_book.region_name,
        "currency": CURRENCY,
        "prices": [_as_object(price) for price in prices],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def prices_csv(price_book: PriceBook, prices: list[Price]) -> str:
    """Prices as CSV, a row for each tier."""
    rows: list[list[Any]] = [
        [
            price_book.provider.id,
            price_book.region_id,
            price.sku_id,
            price.unit,
            tier.begin,
            None if tier.end == math.inf else tier.end,
            tier.usd,
            price.upfront_usd,
            price.state,
            price.rule,
            price.source,
            price.date,
        ]
        for price in prices
        for tier in price.tiers
    ]
    return as_csv(PRICE_COLUMNS, rows, none="No price is as asked for.")


def prices_table(price_book: PriceBook, prices: list[Price]) -> str:
    """Prices as a table, a line for each tier; rules stand below it by number."""
    if not prices:
        return f"No price of {price_book.region_name} matches.\n"
    rules = {rule: f"[{at}]" for at, rule in enumerate(dict.fromkeys(_rules(prices)), start=1)}
    header = ("SKU", "Tier", "USD", "Unit", "Upfront", "State", "Source", "Date")
    rows = [
        (
            price.sku_id,
            _tier_in_words(tier),
            PLAIN.unit_price(float(tier.usd)),
            price.unit,
            "" if price.upfront_usd is None else PLAIN.unit_price(float(price.upfront_usd)),
            f"{price.state} {rules.get(price.rule, '')}".rstrip(),
            price.source,
            price.date,
        )
        for price in prices
        for tier in price.tiers
    ]
    right = (False, False, True, False, True, False, False, False)
    lines = columns((header, *rows), right)
    for rule, number in rules.items():
        lines += ["", *wrapped(f"{number} {rule}", WIDTH, "    ")]
    return "\n".join(lines) + "\n"


def _rules(prices: list[Price]) -> list[str]:
    return [price.rule for price in prices if price.rule]


def _as_object(price: Price) -> dict[str, Any]:
    return {
        "sku_id": price.sku_id,
        "unit": price.unit,
        "tiers": [
            {
                "begin": tier.begin,
                "end": None if tier.end == math.inf else tier.end,
                "usd": tier.usd,
            }
            for tier in price.tiers
        ],
        "upfront_usd": price.upfront_usd,
        "state": price.state,
        "rule": price.rule,
        "source": price.source,
        "date": price.date,
    }


def _tier_in_words(tier: Tier) -> str:
    if tier.begin == 0 and tier.end == math.inf:
        return ""
    if tier.end == math.inf:
        return f"from {PLAIN.exact(tier.begin)}"
    return f"{PLAIN.exact(tier.begin)} to {PLAIN.exact(tier.end)}"
