"""A price by its key, for one key or for many at once."""

import math
from functools import partial

import numpy as np
import pytest

from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import Price, Tier, flat, unknown
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.support import BOOK, NOTHING, listed, own_rate


def test_a_key_is_words_joined_by_slashes() -> None:
    price = BOOK.price("ec2", "m5.large", "on_demand")
    assert price.sku_id == "ec2/m5.large/on_demand"
    assert (price.usd, price.unit, price.state) == (0.096, "h", "listed")


def test_what_no_source_holds_is_unknown_and_never_zero() -> None:
    price = BOOK.price("ec2", "m5.huge", "on_demand")
    assert price.state == "unknown"
    assert price.sku_id == "ec2/m5.huge/on_demand"
    assert math.isnan(float(price.usd))


def test_many_keys_at_once() -> None:
    price = BOOK.price("ec2", np.array(["m5.large", "m5.huge", "t3.medium"]), "on_demand")
    np.testing.assert_equal(price.usd, [0.096, np.nan, 0.0416])
    assert (price.unit, price.upfront_usd) == ("h", None)


def test_arrays_in_two_places_are_broadcast() -> None:
    types = np.array([["m5.large"], ["t3.medium"]])
    options = np.array(["on_demand", "1y/standard/partial_upfront"])
    price = BOOK.price("ec2", types, options)
    np.testing.assert_equal(price.usd, [[0.096, 0.029], [0.0416, np.nan]])
    np.testing.assert_equal(price.upfront_usd, [[0.0, 256.0], [0.0, 0.0]])


def test_tiers_have_no_single_figure() -> None:
    price = BOOK.price("s3", "standard", "storage")
    assert price.is_tiered
    with pytest.raises(ValueError, match="tiers"):
        _ = price.usd
    with pytest.raises(ValueError, match="tiers"):
        BOOK.price("s3", np.array(["standard"]), "storage")


def test_a_price_within_one_of_its_tiers() -> None:
    price = BOOK.price("transfer", "internet")
    part = price.of_tier(price.tiers[1])
    assert (part.usd, part.is_tiered, part.date) == (0.085, False, price.date)


def test_a_free_quantity_counts_as_tiers() -> None:
    assert Price("x", "h", flat(1.0), free_quantity=750.0).is_tiered


def test_upfront_part_as_a_price_of_its_own() -> None:
    part = BOOK.price("ec2/m5.large/1y/standard/partial_upfront").upfront("instance")
    assert (part.usd, part.unit, part.upfront_usd) == (256.0, "instance", None)


def test_hours_that_are_free_make_no_upfront_free() -> None:
    price = Price("x", "h", flat(0.01), upfront_usd=125.0, free_quantity=100.0)
    assert price.upfront("instance").free_quantity == 0.0


def test_own_rates_come_before_the_books_prices_and_take_their_unit() -> None:
    own = own_rate("ec2/m5.large/on_demand", (0.0, 0.05))
    book = BOOK.with_own_rates({own.sku_id: own.as_price})
    price = book.price("ec2", "m5.large", "on_demand")
    assert (price.usd, price.unit, price.state) == (0.05, "h", "own")
    assert BOOK.price("ec2", "m5.large", "on_demand").usd == 0.096  # the book itself is unchanged
    np.testing.assert_equal(
        book.price("ec2", np.array(["m5.large", "t3.medium"]), "on_demand").usd, [0.05, 0.0416]
    )


def test_an_own_rate_makes_an_unknown_price_known() -> None:
    own = own_rate("ec2/m5.large/on_demand", (0.0, 0.05))
    assert NOTHING.with_own_rates({own.sku_id: own.as_price}).price(own.sku_id).usd == 0.05


def test_of_own_rates_only_those_asked_for_are_made() -> None:
    made: list[str] = []

    def make(sku_id: str) -> Price:
        made.append(sku_id)
        return Price(sku_id, "", flat(0.05), state="own")

    book = BOOK.with_own_rates({sku_id: partial(make, sku_id) for sku_id in ("a", "b", "c")})
    assert (book.price("b").usd, made) == (0.05, ["b"])


def test_a_book_yields_its_prices() -> None:
    book = PriceBook(AWS, "r", "R", {"a": listed("a", "h", 1.0), "b": listed("b", "h", 2.0)})
    assert [price.sku_id for price in book] == ["a", "b"]


def test_an_unknown_price_names_its_key() -> None:
    assert unknown("a/b").sku_id == "a/b"
    assert unknown("a/b").tiers[0].end == math.inf
    assert flat(2.0) == (Tier(0.0, math.inf, 2.0),)
