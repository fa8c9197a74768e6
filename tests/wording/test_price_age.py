"""The age of prices: told when it is beyond the limit, or unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.price_age import Reading, age_of, old_in_short, old_in_words
from tests.support import ARTICLE, BOOK

NOTHING = PriceBook(AWS, "us-east-1", "US East (N. Virginia)", {})
DAY = date(2026, 1, 31)  # of all prices of BOOK


def dated(day: str) -> Estimate:
    prices = {key: replace(price, date=day) for key, price in BOOK.listed.items()}
    return estimate(ARTICLE, replace(BOOK, listed=prices))


@pytest.mark.parametrize(
    ("days", "limit", "words"),
    [
        (0, 90, ""),
        (90, 90, ""),
        (91, 90, "prices up to 3 months old"),
        (400, 90, "prices up to 13 months old"),
        (31, 30, "prices up to 31 days old"),
        (400, 3650, ""),
    ],
)
def test_prices_are_old_beyond_the_limit(days: int, limit: int, words: str) -> None:
    reading = Reading(DAY + timedelta(days=days), limit)
    assert old_in_short(dated(DAY.isoformat()), reading) == words
    sentence = old_in_words(dated(DAY.isoformat()), reading, PLAIN)
    assert bool(sentence) is bool(words)
    if words:
        assert sentence.startswith("The oldest price, of 2026-01-31, is ")


@pytest.mark.parametrize("day", ["", "long ago", "2026-13-01"])
def test_an_unknown_age_warns(day: str) -> None:
    outcome = dated(day)
    reading = Reading(DAY)
    age = age_of(outcome, reading)
    assert age is not None and age.days is None and age.is_old
    assert old_in_short(outcome, reading) == "prices of unknown age"
    assert "Nobody says how old" in old_in_words(outcome, reading, PLAIN)


def test_a_month_alone_is_taken_for_its_first_day() -> None:
    age = age_of(dated("2026-01"), Reading(date(2026, 1, 31)))
    assert age is not None and age.days == 30


def test_without_a_provider_price_there_is_no_age() -> None:
    assert age_of(estimate(ARTICLE, NOTHING), Reading(DAY)) is None
    assert old_in_short(estimate(ARTICLE, NOTHING), Reading(DAY)) == ""


def test_a_clock_behind_the_prices_makes_them_new() -> None:
    age = age_of(dated("2026-01-31"), Reading(date(2025, 1, 1)))
    assert age is not None and age.days == 0
