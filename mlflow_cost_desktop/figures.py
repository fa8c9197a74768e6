"""Figures in words: quantities, money, unit prices and days.

They are the same in every locale, in files, exports and on the command line; a window may have
them written in its reader's manner (`write_figures`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

CENT = Decimal("0.01")

JOINERS = "\u200c\u200d"
"""They shape letters of Persian, Hindi and others, and join emoji."""

UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
"""Control characters, marks that turn the direction of a text, and ends of lines."""


def one_line(text: str) -> str:
    """A stranger's text as it can stand in a label: what is unseen in it becomes a space."""
    if text.isprintable():
        return text
    return "".join(" " if category(c) in UNSEEN and c not in JOINERS else c for c in text)


class Figures(NamedTuple):
    """How figures are written: between thousands, before decimals, and a day given as ISO.

    Handed to whoever writes text. `PLAIN` is for all that leaves the window but the clipboard.
    """

    group: str = ","
    point: str = "."
    day: Callable[[str], str] = str
    by_two: bool = False
    """Whether thousands are grouped by two above the first, as in India; read, not written."""

    def separated(self, text: str) -> str:
        """Figures written `1,234.5`, and no other commas and points, in this format."""
        if (self.group, self.point) == (",", "."):
            return text
        return text.translate({ord(","): self.group, ord("."): self.point})

    def digits(self, number: float) -> str:
        """A number as it is typed: all its digits, nothing between thousands."""
        return _exact(number).replace(",", "").replace(".", self.point)

    def exact(self, number: float) -> str:
        """A number with thousands separators and all its digits, never in scientific notation."""
        return self.separated(_exact(number))

    def money(self, usd: float) -> str:
        """An amount to the cent, rounded half up."""
        rounded = cents(usd)
        sign = "−" if rounded < 0 else ""
        return self.separated(f"{sign}${abs(rounded):,.2f}")

    def amount(self, usd: float) -> str:
        """Money in a column whose title names the currency."""
        return self.money(usd).replace("$", "")

    def dollars(self, usd: float) -> str:
        """Money for a sentence: whole dollars, but small amounts to the cent."""
        return self.separated(f"${whole(usd):,}") if usd >= 100.0 else self.money(usd)

    def unit_price(self, usd: float) -> str:
        """A price of one unit with all its digits, and cents where it has any."""
        text = _exact(usd)
        units, point, fraction = text.partition(".")
        return self.separated(f"${units}.{fraction:0<2}" if point else f"${units}")

    def short_money(self, usd: float) -> str:
        """An amount where there is little room: to the cent, millions to a tenth."""
        for limit, letter in ((1e9, "B"), (1e6, "M")):
            if abs(usd) >= limit:
                return f"{self.unit_price(float(f'{usd / limit:.1f}'))}{letter}"
        return self.money(usd)


PLAIN = Figures()

# Like the context of `decimal`: each thread begins with the plain manner.
_manner: ContextVar[Figures] = ContextVar("manner", default=PLAIN)


def write_figures(manner: Figures) -> None:
    """Write figures in a reader's manner from now on, in this thread."""
    _manner.set(manner)


@contextmanager
def plain_figures() -> Generator[None]:
    """For what leaves the window: figures as they are in every locale."""
    token = _manner.set(PLAIN)
    try:
        yield
    finally:
        _manner.reset(token)


def separated(text: str) -> str:
    """Figures written `1,234.5`, and no other commas and points, in the reader's manner."""
    return _manner.get().separated(text)


def unseparated(text: str) -> str:
    """Figures in the reader's manner, written `1,234.5` again."""
    manner = _manner.get()
    if manner is PLAIN:
        return text
    return text.translate({ord(manner.group): ",", ord(manner.point): "."})


def day(date: str) -> str:
    """An ISO date in the reader's manner; shorter ones stay as they are."""
    return _manner.get().day(date)


def exact(number: float) -> str:
    """A number with thousands separators and all its digits, never in scientific notation."""
    return _manner.get().exact(number)


@lru_cache(maxsize=2048)  # of a bill's figures, most stay from one edit to the next
def _exact(number: float) -> str:
    rounded = float(f"{number:.12g}")
    if rounded == int(rounded) and abs(rounded) < 1e15:
        return f"{int(rounded):,}".replace("-", "−")
    return f"{Decimal(repr(rounded)).normalize():,f}".replace("-", "−")


def money(usd: float) -> str:
    """An amount to the cent, rounded half up, as exports print it."""
    return _manner.get().money(usd)


def amount(usd: float) -> str:
    """Money in a column whose title names the currency."""
    return money(usd).replace("$", "")


def cents(usd: float) -> Decimal:
    """An amount as it is printed, for adding up what the reader sees."""
    return Decimal(repr(float(usd))).quantize(CENT, ROUND_HALF_UP)


def dollars(usd: float) -> str:
    """Money for a sentence: whole dollars, but small amounts to the cent."""
    return _manner.get().dollars(usd)


def whole(number: float) -> Decimal:
    """A number rounded half up to a whole one."""
    return Decimal(repr(float(number))).quantize(Decimal(1), ROUND_HALF_UP)


def unit_price(usd: float) -> str:
    """A price of one unit with all its digits, and cents where it has any."""
    return _manner.get().unit_price(usd)


COUNTED = frozenset(
    [
        *("day", "deployment", "instance", "line", "month", "node", "object", "pod", "request"),
        *("alarm", "balancer", "direction", "endpoint", "gateway", "key", "listener rule"),
        *("metric", "secret", "zone", "address", "query"),
        *("run", "seat", "snapshot", "task", "team", "time", "unit", "user", "volume", "week"),
    ]
)
"""Units that are words of the program's own; a user's units and symbols stay as they are."""

IRREGULAR = {"address": "addresses", "query": "queries"}


def plural(value: float, unit: str) -> str:
    """A unit as it follows a number: "1 instance", "2 instances", "720 h"."""
    if value == 1 or unit not in COUNTED:
        return unit
    return IRREGULAR.get(unit, f"{unit}s")


def short_money(usd: float) -> str:
    """An amount where there is little room: to the cent, millions to a tenth."""
    return _manner.get().short_money(usd)


ACRONYMS = frozenset(
    {"acu", "alb", "db", "ebs", "ec2", "ecs", "efs", "eks", "gb", "iops", "kms", "lcu"}
    | {"nat", "nlb", "rds", "s3", "vcpu", "vpc"}
)


def sku_in_words(sku_id: str) -> str:
    """The key of a price for a reader: `ec2/m5.large/on_demand` is "EC2 · m5.large · on demand"."""
    parts = (part.replace("_", " ").split() for part in sku_id.split("/"))
    return " · ".join(
        " ".join(word.upper() if word in ACRONYMS else word for word in part) for part in parts
    )
