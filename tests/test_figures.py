"""Figures in words: no scientific notation, and money rounded half up."""

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.figures import PLAIN, Figures, Text, one_line, plural, write


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (720.0, "720"),
        (1024.0, "1,024"),
        (1234567.5, "1,234,567.5"),
        (0.1 + 0.2, "0.3"),
        (121.66666666666667, "121.666666667"),
        (0.0000166667, "0.0000166667"),
        (1e-9, "0.000000001"),
        (1e15, "1,000,000,000,000,000"),
        (2.5e15, "2,500,000,000,000,000"),
        (1e21, "1,000,000,000,000,000,000,000"),
        (-1.5, "−1.5"),
    ],
)
def test_a_number_with_all_its_digits(number: float, words: str) -> None:
    assert PLAIN.exact(number) == words


@given(st.floats(-1e30, 1e30))
def test_no_number_is_written_in_powers_of_ten(number: float) -> None:
    words = PLAIN.exact(number)
    assert set(words) <= set("0123456789,.−")
    assert float(words.replace(",", "").replace("−", "-")) == pytest.approx(number, rel=1e-11)


@pytest.mark.parametrize(
    ("usd", "words"),
    [
        (69.12, "$69.12"),
        (0.0, "$0.00"),
        (0.004, "$0.00"),
        (0.005, "$0.01"),
        (0.125, "$0.13"),
        (2.675, "$2.68"),  # half up, though the nearest float lies below
        (41.472, "$41.47"),
        (1234567.895, "$1,234,567.90"),
        (-0.001, "$0.00"),
        (-12.5, "−$12.50"),
        (1e21, "$1,000,000,000,000,000,000,000.00"),
    ],
)
def test_money_to_the_cent(usd: float, words: str) -> None:
    assert PLAIN.money(usd) == words


@given(st.floats(0, 1e12))
def test_money_is_within_half_a_cent(usd: float) -> None:
    printed = Decimal(PLAIN.money(usd).replace("$", "").replace(",", ""))
    assert abs(printed - Decimal(repr(usd))) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("usd", "words"),
    [
        (0.096, "$0.096"),
        (0.1, "$0.10"),
        (5.0, "$5"),
        (0.0000166667, "$0.0000166667"),
        (1234.5, "$1,234.50"),
    ],
)
def test_a_unit_price_keeps_its_digits(usd: float, words: str) -> None:
    assert PLAIN.unit_price(usd) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, "instance", "instance"),
        (2, "instance", "instances"),
        (0, "request", "requests"),
        (0.5, "month", "months"),
        (720, "h", "h"),
        (3, "GB", "GB"),
        (3, "day", "days"),
        (3, "GB-month", "GB-month"),
        (3, "seat of the plan", "seat of the plan"),  # not a word of the program's own
        (2, "box", "box"),
        (3, "hours", "hours"),
        (2, "", ""),
    ],
)
def test_a_unit_as_it_follows_a_number(value: float, unit: str, words: str) -> None:
    assert plural(value, unit) == words


# --- In another format --------------------------------------------------------

GERMAN = Figures(".", ",", lambda date: ".".join(reversed(date.split("-"))))


def test_figures_and_days_in_a_readers_format() -> None:
    assert GERMAN.exact(1234567.5) == "1.234.567,5"
    assert GERMAN.money(1234.5) == "$1.234,50"
    assert GERMAN.amount(1234.5) == "1.234,50"
    assert GERMAN.dollars(12345.0) == "$12.345"
    assert GERMAN.short_money(2_500_000.0) == "$2,50M"
    assert GERMAN.unit_price(0.096) == "$0,096"
    assert GERMAN.unit_price(1500.5) == "$1.500,50"
    assert GERMAN.digits(1500.5) == "1500,5"
    assert GERMAN.quantity(1500.5, "month") == "1.500,5 months"
    assert GERMAN.day("2025-10-02") == "02.10.2025"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e-24, "1e-24"),
        (1.5e-10, "1,5e-10"),
        (1e-9, "0,000000001"),
        (1e15, "1e+15"),
        (-1e20, "−1e+20"),
    ],
)
def test_beyond_a_dozen_zeros_numbers_are_typed_in_powers_of_ten(number: float, text: str) -> None:
    assert GERMAN.digits(number) == text


def test_a_text_is_plain_and_is_written_in_any_format() -> None:
    inner = Text("{} GB of {what}", 1024.0, what="a {name}, 1,5")
    text = Text("{} at {} a month", inner, lambda figures: figures.money(1234.5))
    assert text == "1,024 GB of a {name}, 1,5 at $1,234.50 a month"
    assert write(text, GERMAN) == "1.024 GB of a {name}, 1,5 at $1.234,50 a month"
    assert write("1,024 of a stranger's", GERMAN) == "1,024 of a stranger's"


def test_a_text_survives_copies_and_other_processes() -> None:
    text = Text("{} of {what}", 1024.0, what="{name}")
    for other in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text)):
        assert other == text
        assert write(other, GERMAN) == "1.024 of {name}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ünïcode – 漢字 👩‍🔬", "Ünïcode – 漢字 👩‍🔬"),
        ("a\nb\r\tc", "a b  c"),
        ("\u202egnp.exe\u202c", " gnp.exe "),
        ("\ufffea\uffffb", " a b"),
        ("a\u2028b\u2029c\u2066d\ufeff", "a b c d "),
        ("\x1b[31mred\x00\x85", " [31mred  "),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_is_unseen_in_a_text_becomes_a_space(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_can_be_written(number: float) -> None:
    for form in (PLAIN.exact, PLAIN.money, PLAIN.amount, PLAIN.dollars, PLAIN.unit_price):
        assert form(number)
    assert PLAIN.short_money(number)
    assert PLAIN.digits(number)
