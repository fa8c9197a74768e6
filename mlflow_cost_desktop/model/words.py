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
    rounded = cents(usd)
    sign = "−" if rounded < 0 else ""
    return f"{sign}${abs(rounded):,.2f}"


def amount(usd: float) -> str:
    """Money in a column whose title names the currency."""
    return money(usd).replace("$", "")


def cents(usd: float) -> Decimal:
    """An amount as it is printed, for adding up what the reader sees."""
    return Decimal(repr(float(usd))).quantize(CENT, ROUND_HALF_UP)


def dollars(usd: float) -> str:
    """Money for a sentence: whole dollars, but small amounts to the cent."""
    return f"${whole(usd):,}" if usd >= 100.0 else money(usd)


def whole(number: float) -> Decimal:
    """A number rounded half up to a whole one."""
    return Decimal(repr(float(number))).quantize(Decimal(1), ROUND_HALF_UP)


def unit_price(usd: float) -> str:
    """A price of one unit with all its digits, and cents where it has any."""
    text = exact(usd)
    whole, point, fraction = text.partition(".")
    return f"${whole}.{fraction:0<2}" if point else f"${whole}"


COUNTED = frozenset({"day", "instance", "line", "month", "request", "task", "time", "unit", "week"})
"""Units that are words of the program's own; a user's units and symbols stay as they are."""


def plural(value: float, unit: str) -> str:
    """A unit as it follows a number: "1 instance", "2 instances", "720 h"."""
    return f"{unit}s" if value != 1 and unit in COUNTED else unit


def short_money(usd: float) -> str:
    """An amount where there is little room: to the cent, millions to a tenth."""
    for limit, letter in ((1e9, "B"), (1e6, "M")):
        if abs(usd) >= limit:
            return f"{unit_price(float(f'{usd / limit:.1f}'))}{letter}"
    return money(usd)
