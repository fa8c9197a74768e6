"""A price by its key, for one key or for many at once."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import Price, Tier, flat, in_short, unknown
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
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


def test_many_keys_say_of_each_what_it_is() -> None:
    book = Shelf(pricing_dir() / "aws").book("us-east-1")
    own = own_rate("ec2/t3.medium/1y/standard/no_upfront", (0.0, 0.05))
    book = book.with_own_rates({own.sku_id: own.as_price})
    names = np.array([["m5.large", "t3.medium", "m5.huge"]])
    many = book.price("ec2", names, "1y", "instance_savings_plan", "no_upfront")
    assert many.each is not None
    assert many.each.states.tolist() == [["estimated", "estimated", "unknown"]]
    np.testing.assert_equal(many.estimated, [[1.0, 1.0, 0.0]])
    many = book.price("ec2", names, "1y", "standard", "no_upfront")
    singles = [book.price("ec2", name, "1y", "standard", "no_upfront") for name in names[0]]
    assert many.each is not None
    assert many.each.states.tolist() == [[price.state for price in singles]]
    assert many.each.sources.tolist() == [[price.source for price in singles]]
    assert many.each.dates.tolist() == [[price.date for price in singles]]
    assert many.each.origins.tolist() == [[price.origin for price in singles]]
    assert set(many.each.origins[0]) == {"provider", "own_rate"}
    assert (many.state, many.origin, many.source, many.date) == ("several", "several", "", "")
    assert many.has_key
    np.testing.assert_equal(many.discountable, [[price.discountable for price in singles]])
    dates = {price.date for price in singles if price.state in ("listed", "estimated")}
    assert set(many.provider_dates) == dates
    assert dates


def test_prices_that_are_known_in_some_places_only() -> None:
    price = BOOK.price("ec2/m5.large/on_demand")
    assert price.only_where(np.array([True, True])) is price
    some = price.only_where(np.array([True, False]))
    np.testing.assert_equal(some.usd, [0.096, np.nan])
    assert some.each is not None
    assert some.each.states.tolist() == ["listed", "unknown"]
    assert some.each.dates.tolist() == [price.date, ""]
    assert (some.state, some.origin, some.date) == ("several", "several", "")
    own = replace(price, state="own", origin="own_rate").only_where(np.array([True, False]))
    assert own.each is not None
    assert own.each.origins.tolist() == ["own_rate", "provider"]
    many = BOOK.price("ec2", np.array(["m5.large", "m9.large", "t3.medium"]), "on_demand")
    fewer = many.only_where(np.array([True, True, False]))
    assert fewer.each is not None
    assert fewer.each.states.tolist() == ["listed", "unknown", "unknown"]


def test_an_array_of_names_in_words() -> None:
    assert in_short("m5.large") == "m5.large"
    assert in_short(np.full(1200, "m5.large")) == "any of 1,200"


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
    with pytest.raises(UserError, match="price of s3/standard/storage has tiers"):
        BOOK.price("s3", np.array(["standard"]), "storage")


def test_a_price_within_one_of_its_tiers() -> None:
    price = BOOK.price("transfer", "internet")
    part = price.in_tiers[1]
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
