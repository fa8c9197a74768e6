"""Months of the horizon in words: by their names where the scenario says which is the first."""

from __future__ import annotations

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_in_words(start: str, month: int) -> str:
    """`Nov 2028`, or `month 23` where months have numbers only; the first is 1.

    Args:
        start: the first month as `2027-01`, or nothing.
    """
    return short_month(start, month) if start else f"month {month}"


def short_month(start: str, month: int) -> str:
    """The same along an axis or in a column: `Nov 2028`, `23`."""
    if not start:
        return str(month)
    year, at = _of(start, month)
    return f"{NAMES[at]} {year}"


def numbered_month(start: str, month: int) -> str:
    """`month 21 (Sep 2028)`: for a month that is talked of."""
    return f"month {month} ({short_month(start, month)})" if start else f"month {month}"


def months_in_words(start: str, first: int, last: int) -> str:
    """The head of a column of months: `2027`, `Mar 2027 – Feb 2028`, `Year 2`, `Months 25–30`."""
    if not start:
        is_year = last - first == 11
        return f"Year {(first + 11) // 12}" if is_year else f"Months {first}–{last}"
    begins, ends = _of(start, first), _of(start, last)
    if (begins[1], ends[1]) == (0, 11) and begins[0] == ends[0]:
        return str(begins[0])
    return f"{short_month(start, first)} – {short_month(start, last)}"


def until_month(start: str, first: int, last: int) -> str:
    """The same where there is little room: `2027`, `to Feb 2028`."""
    words = months_in_words(start, first, last)
    return f"to {short_month(start, last)}" if " – " in words else words


def next_month(today: str) -> str:
    """The month after that of a day, `2026-11-28` → `2026-12`: with which months get names."""
    year, at = _of(today[:7], 2)
    return f"{year}-{at + 1:02}"


def _of(start: str, month: int) -> tuple[int, int]:
    """Year, and the month in it from 0 on."""
    year, first = map(int, start.split("-"))
    after = first - 1 + month - 1
    return year + after // 12, after % 12
