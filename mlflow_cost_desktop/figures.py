"""Figures in words: quantities, money, unit prices and days, in the format of whoever reads them.

How they are written is a value, `Figures`, which is handed to whoever writes text. A sentence
that is made before it is known who reads it is a `Text`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from unicodedata import category

CENT = Decimal("0.01")
EVERY_DIGIT = Context(prec=400)
"""Enough for the largest number there is, to the cent."""

LEAST_WRITTEN, MOST_WRITTEN = 1e-9, 1e15
"""Where numbers are typed, those beyond are written in powers of ten."""

JOINERS = "\u200c\u200d"
"""They shape letters of Persian, Hindi and others, and join emoji."""

UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
"""Control characters, marks that turn the direction of a text, and ends of lines."""


def one_line(text: str) -> str:
    """A stranger's text as it can stand in a label: what is unseen in it becomes a space."""
    if text.isprintable():
        return text
    return "".join(" " if _is_unseen(c) else c for c in text)


def _is_unseen(c: str) -> bool:
    is_no_character = ord(c) & 0xFFFE == 0xFFFE  # Qt reads one at a start as a mark of byte order
    return is_no_character or (category(c) in UNSEEN and c not in JOINERS)


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
        """A number as it is typed: nothing between thousands, and no more than a dozen zeros."""
        if number and not LEAST_WRITTEN <= abs(number) < MOST_WRITTEN:
            text = f"{number:.12g}".replace("-", "−", 1) if number < 0 else f"{number:.12g}"
        else:
            text = _exact(number).replace(",", "")
        return text.replace(".", self.point)

    def quantity(self, number: float, unit: str) -> str:
        """A number with its unit: `720 h`, `1 instance`, `2 instances`."""
        return f"{self.exact(number)} {plural(number, unit)}".rstrip()

    def exact(self, number: float) -> str:
        """A number with thousands separators and all its digits, never in scientific notation."""
        return self.separated(_exact(number))

    def money(self, usd: float, *, in_cents: bool = True) -> str:
        """An amount to the cent, rounded half up; whole where its currency has no cents."""
        rounded = cents(usd) if in_cents else whole(usd)
        sign = "−" if rounded < 0 else ""
        return self.separated(f"{sign}${abs(rounded):,f}")

    def amount(self, usd: float, *, in_cents: bool = True) -> str:
        """Money in a column whose title names the currency."""
        return self.money(usd, in_cents=in_cents).replace("$", "")

    def dollars(self, usd: float, *, in_cents: bool = True) -> str:
        """Money for a sentence: whole dollars, but small amounts to the cent."""
        return self.money(usd, in_cents=in_cents and usd < 100.0)

    def unit_price(self, usd: float) -> str:
        """A price of one unit with all its digits, and cents where it has any."""
        text = _exact(usd)
        units, point, fraction = text.partition(".")
        return self.separated(f"${units}.{fraction:0<2}" if point else f"${units}")

    def short_money(self, usd: float, *, in_cents: bool = True) -> str:
        """An amount where there is little room: to the cent, millions to a tenth."""
        for limit, letter in ((1e9, "B"), (1e6, "M")):
            if abs(usd) >= limit:
                return f"{self.unit_price(float(f'{usd / limit:.1f}'))}{letter}"
        return self.money(usd, in_cents=in_cents)


PLAIN = Figures()
"""The same in every locale: in files, exports and on the command line."""

Part: TypeAlias = str | float | Callable[[Figures], str]
"""What stands in a `Text`: words, a number (all its digits), or what writes itself."""


class Text(str):
    """A sentence with figures in it, which is written plainly until it is asked for otherwise.

    As a string it is plain: whoever knows of no other format reads and compares it as one.
    `write` gives it in another. `Text("{} of {}", used, whole)`; values may be texts, too.
    """

    __slots__ = ("_named", "_template", "_values")

    def __new__(cls, template: str, *values: Part, **named: Part) -> Text:
        text = super().__new__(cls, _filled(template, values, named, PLAIN))
        text._template, text._values, text._named = template, values, named
        return text

    def __getnewargs_ex__(self) -> tuple[Any, ...]:  # for copies, and errors that are pickled
        return (self._template, *self._values), self._named

    def written(self, figures: Figures) -> str:
        """The sentence in a format."""
        return _filled(self._template, self._values, self._named, figures)


def _filled(
    template: str, values: tuple[Part, ...], named: dict[str, Part], figures: Figures
) -> str:
    return template.format(
        *(write(value, figures) for value in values),
        **{name: write(value, figures) for name, value in named.items()},
    )


def write(value: Part, figures: Figures) -> str:
    """A text, a number or what writes itself, in a format; words without figures as they are."""
    if isinstance(value, Text):
        return value.written(figures)
    if isinstance(value, str):
        return value
    return value(figures) if callable(value) else figures.exact(value)


@lru_cache(maxsize=2048)  # of an estimate's figures, most stay from one edit to the next
def _exact(number: float) -> str:
    rounded = float(f"{number:.12g}")
    if rounded == int(rounded) and abs(rounded) < 1e15:
        return f"{int(rounded):,}".replace("-", "−")
    return f"{Decimal(repr(rounded)).normalize():,f}".replace("-", "−")


def cents(usd: float) -> Decimal:
    """An amount as it is printed, for adding up what the reader sees."""
    return Decimal(repr(float(usd))).quantize(CENT, ROUND_HALF_UP, EVERY_DIGIT)


def whole(number: float) -> Decimal:
    """A number rounded half up to a whole one."""
    return Decimal(repr(float(number))).quantize(Decimal(1), ROUND_HALF_UP, EVERY_DIGIT)


MORE = "+ ?"
"""Stands behind a total that leaves out a line without a known price."""


def at_least(total: str, is_incomplete: object) -> str:
    """A total as it is written: `412.10 + ?` where a line of it has no known price."""
    return f"{total} {MORE}" if is_incomplete else total


COUNTED = frozenset(
    [
        *("day", "deployment", "instance", "line", "month", "node", "object", "pod", "request"),
        *(
            "alarm",
            "dashboard",
            "balancer",
            "direction",
            "endpoint",
            "gateway",
            "key",
            "machine",
            "listener rule",
        ),
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
