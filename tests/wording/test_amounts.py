"""Amounts side by side: all whole or all to the cent, and parts that add up as they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.wording.amounts import adding_up, more

DOLLAR = Currency()
YEN = Currency(code="JPY", per_usd=150.0, date="2026-11-01")
EURO = Currency(code="EUR", per_usd=0.92, date="2026-11-01")


def number(words: str) -> Decimal:
    return Decimal("".join(c for c in words.replace("−", "-") if c in "-.0123456789"))


@given(
    st.lists(st.floats(-50.0, 5_000.0), min_size=1, max_size=7),
    st.sampled_from([DOLLAR, EURO, YEN]),
    st.sampled_from([0.0, 1e4]),
)
def test_parts_add_up_as_they_are_written(
    parts: list[float], currency: Currency, largest: float
) -> None:
    total, *each = adding_up(currency, PLAIN, sum(parts), *parts, largest=largest)
    assert sum(map(number, each)) == number(total)
    assert len({"." in words for words in (total, *each)}) == 1
    coin = 0.01 if "." in total else 1.0
    for words, part in zip(each, parts, strict=True):
        assert abs(float(number(words)) - currency.converted(part)) <= coin + 1e-9


def test_a_small_total_is_whole_beside_a_large_one() -> None:
    assert adding_up(DOLLAR, PLAIN, 95.4, 1.18, 60.93, 33.29) == [
        "$95.40",
        "$1.18",
        "$60.93",
        "$33.29",
    ]
    small = adding_up(DOLLAR, PLAIN, 95.4, 1.18, 60.93, 33.29, largest=254.1)
    assert small == ["$95", "$1", "$61", "$33"]
    assert adding_up(DOLLAR, PLAIN, 0.01, 0.005, 0.005) == ["$0.01", "$0.01", "$0.00"]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (660.0, 539.4, "−$121"),
        (539.4, 660.0, "+$121"),
        (660.1, 660.3, "+$0.20"),
        (5.0, 5.0, "$0.00"),
    ],
)
def test_how_much_more_is_that_of_what_is_written(one: float, other: float, words: str) -> None:
    assert more(DOLLAR, PLAIN, 660.0, one, other) == words
