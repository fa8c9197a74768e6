"""Figures in words: quantities, money and unit prices, the same in every locale."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def exact(number: float) -> str:
    """A number with thousands separators and all its digits, never in scientific notation."""
    rounded = float(f"{number:.12g}")
    if rounded == int(rounded) and abs(rounded) < 1e15:
        return f"{int(rounded):,}".replace("-", "−")
    return f"{Decimal(repr(rounded)).normalize():,f}".replace("-", "−")


def money(usd: float) -> str:
    """An amount to the cent, rounded half up, as exports print it."""
    cents = Decimal(repr(float(usd))).quantize(CENT, ROUND_HALF_UP)
    sign = "−" if cents < 0 else ""
    return f"{sign}${abs(cents):,.2f}"


def unit_price(usd: float) -> str:
    """A price of one unit with all its digits, and cents where it has any."""
    text = exact(usd)
    whole, point, fraction = text.partition(".")
    return f"${whole}.{fraction:0<2}" if point else f"${whole}"


def plural(value: float, unit: str) -> str:
    """A unit as it follows a number: "1 instance", "2 instances", "720 h"."""
    if unit.startswith(("thousand ", "ten thousand ", "million ")):
        return unit
    word = unit.split(" ", maxsplit=1)[0]
    is_word = len(word) >= 3 and word.isalpha() and word.islower()
    if value == 1 or not is_word or word.endswith("s"):
        return unit
    return f"{word}s{unit[len(word) :]}"
