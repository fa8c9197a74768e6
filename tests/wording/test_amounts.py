"""Amounts side by side: all whole or all to the cent, and parts that add up as they are written."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.wording.amounts import adding_up

DOLLAR = Currency()
YEN = Currency(code="JPY", per_usd=150.0, date="2026-11-01")
EURO = Currency(code="EUR", per_usd=0.92, date="2026-11-01")


def number(words: str) -> Decimal:
    return Decimal("".join(c for c in words.replace("−", "-") if c in "-.0123456789"))


@given(
    st.lists(st.floats(-50.0, 5_000.0), min_size=1, max_size=7),
    st.sampled_from([DOLLAR, EURO, YEN]),
)
def test_parts_add_up_as_they_are_written(parts: list[float], currency: Currency) -> None:
    total, *each = adding_up(currency, PLAIN, sum(parts), *parts)
    assert sum(map(number, each)) == number(total)
    assert len({"." in words for words in (total, *each)}) == 1
    coin = 0.01 if "." in total else 1.0
    for words, part in zip(each, parts, strict=True):
        assert abs(float(number(words)) - currency.converted(part)) <= coin + 1e-9


def test_cents_add_up_as_well() -> None:
    assert adding_up(DOLLAR, PLAIN, 0.01, 0.005, 0.005) == ["$0.01", "$0.01", "$0.00"]
