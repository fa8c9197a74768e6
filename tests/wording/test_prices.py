"""Prices, their sources and their days in words."""

from __future__ import annotations

from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.own import OwnRate, RateTier
from mlflow_cost_desktop.wording.own_prices import rate_in_words
from mlflow_cost_desktop.wording.prices import (
    listed_in_words,
    price_dates,
    price_in_words,
    source_in_words,
    span_of,
)
from tests.support import ARTICLE, BOOK, NOTHING, changed

GERMAN = Figures(".", ",", lambda day: ".".join(reversed(day.split("-"))))
OUTCOME = estimate(changed(ARTICLE, discount=7.5), BOOK)


def test_a_price_and_where_it_is_from() -> None:
    line = OUTCOME.charges[0]
    assert price_in_words(line, PLAIN) == "$0.096 / h − 7.5 %"
    assert price_in_words(line, GERMAN) == "$0,096 / h − 7,5 %"
    day = line.price.date
    assert source_in_words(line, PLAIN) == f"Price list · {day}"
    assert source_in_words(line, GERMAN) == f"Price list · {GERMAN.day(day)}"
    unpriced = estimate(ARTICLE, NOTHING).charges[0]
    assert price_in_words(unpriced, PLAIN) == source_in_words(unpriced, PLAIN) == "no price known"


def test_a_price_in_tiers() -> None:
    price = BOOK.price("s3", "standard", "storage")
    assert listed_in_words(price, "GB-month", GERMAN) == (
        "$0,023 (first 50 TB); $0,022 (next 450 TB); $0,021 (over 500 TB) / GB-month"
    )


def test_days() -> None:
    assert span_of("2025-10-02", "2025-10-02", GERMAN) == "02.10.2025"
    assert span_of("2025-10-02", "2025-11-03", PLAIN) == "2025-10-02 to 2025-11-03"
    assert price_dates(estimate(ARTICLE, NOTHING), PLAIN) == ""


def test_a_rate_of_ones_own() -> None:
    rate = OwnRate(
        sku_id="x",
        provider_id="aws",
        region_id="us-east-1",
        tiers=(RateTier(begin=0.0, usd=0.09), RateTier(begin=10_240.0, usd=0.085)),
        free_quantity=100.5,
        upfront_usd=1200.0,
    )
    assert rate_in_words(rate, "GB-month", PLAIN) == (
        "$0.09 / GB-month, $0.085 from 10,240 GB on after 100.5 GB free, $1,200 upfront"
    )
    assert "$0,085 from 10.240 GB on after 100,5 GB free" in rate_in_words(rate, "GB", GERMAN)
