"""Quantities that keep their operands: what a charge multiplies its price with.

A closed handful. Each computes on floats or numpy arrays and can say itself in words, so that
the explanation comes from the same operands as the cost; words are made of floats only, when they
are asked for. Data classes and not named tuples, which are equal to any tuple of the same values:
a share is no extra.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.figures import Figures, plural
from mlflow_cost_desktop.prices.price import Tier, Value

ALMOST = 1.0 + 1e-12
"""For 24 h × 7 days × month ÷ 168, which is the month but for its last digit."""

MEASURED = ("vCPU", "GB", "ACU", "LCU")
"""What is billed by the hour in units such as vCPU-h; of instances, hours alone are the unit."""


class Factor(Protocol):
    """A quantity that keeps its operands."""

    @property
    def value(self) -> Value: ...

    @property
    def unit(self) -> str: ...

    def words(self, figures: Figures) -> str:
        """The factor as it stands in the explanation, for floats."""
        ...


@dataclass(frozen=True, slots=True)
class Amount:
    """A plain quantity: `720 h`."""

    value: Value
    unit: str

    def words(self, figures: Figures) -> str:
        return in_words(self.value, self.unit, figures)


@dataclass(frozen=True, slots=True)
class Per:
    """A divisor: `÷ 12 months`; `unit` is the quotient's, where it has another than before."""

    divisor: Value
    what: str
    unit: str = ""

    @property
    def value(self) -> Value:
        return 1.0 / self.divisor

    def words(self, figures: Figures) -> str:
        return f"÷ {in_words(self.divisor, self.what, figures)}"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What goes beyond an allowance: `(180 GB − 100 GB free)`."""

    inner: Factor
    allowance: Value
    what: str

    @property
    def unit(self) -> str:
        return self.inner.unit

    @property
    def value(self) -> Value:
        return np.maximum(self.inner.value - self.allowance, 0.0)

    def words(self, figures: Figures) -> str:
        if not scalar(self.allowance):
            return self.inner.words(figures)
        allowed = f"{in_words(self.allowance, self.unit, figures)} {self.what}"
        if scalar(self.inner.value) > scalar(self.allowance):
            return f"({self.inner.words(figures)} − {allowed})"
        return f"0 {plural(0, self.unit)} [{self.inner.words(figures)} within {allowed}]"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A quantity with a billed minimum: `20 GB [minimum, 5 GB asked]`."""

    asked: Factor
    minimum: Value
    why: str = "minimum"

    @property
    def unit(self) -> str:
        return self.asked.unit

    @property
    def value(self) -> Value:
        return np.maximum(self.asked.value, self.minimum)

    def words(self, figures: Figures) -> str:
        if scalar(self.asked.value) >= scalar(self.minimum):
            return self.asked.words(figures)
        least = in_words(self.minimum, self.unit, figures)
        return f"{least} [{self.why}, {self.asked.words(figures)} asked]"


@dataclass(frozen=True, slots=True)
class AtMost:
    """A quantity that is cut off: `720 h [all there are, 730 h asked]`."""

    asked: Factor
    maximum: Factor

    @property
    def unit(self) -> str:
        return self.asked.unit

    @property
    def value(self) -> Value:
        return np.minimum(self.asked.value, self.maximum.value)

    def words(self, figures: Figures) -> str:
        if scalar(self.asked.value) <= scalar(self.maximum.value) * ALMOST:
            return self.asked.words(figures)
        most = in_words(self.maximum.value, self.unit, figures)
        return f"{most} [all there are, {self.asked.words(figures)} asked]"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a quantity, or more than all of it: `30 % [infrequent]`; no word for 100 %."""

    percent: Value
    what: str
    unit: str = ""

    @property
    def value(self) -> Value:
        return self.percent / 100.0

    def words(self, figures: Figures) -> str:
        percent = scalar(self.percent)
        return "" if percent == 100.0 else f"{figures.exact(percent)} % [{self.what}]"


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of all: `(1 − 30 % [moved])`."""

    without: Factor
    unit: str = ""

    @property
    def value(self) -> Value:
        return 1.0 - self.without.value

    def words(self, figures: Figures) -> str:
        return f"(1 − {self.without.words(figures)})"


@dataclass(frozen=True, slots=True)
class Portion:
    """A share that is worked out: `70 % [not moved]`, or its operands where that has no end."""

    of: Factor
    what: str
    unit: str = ""

    @property
    def value(self) -> Value:
        return self.of.value

    def words(self, figures: Figures) -> str:
        percent = 100.0 * scalar(self.of.value)
        if math.isclose(percent, short := round(percent, 4), rel_tol=1e-12):
            return Share(short, self.what).words(figures)
        return f"{self.of.words(figures)} [{self.what}]"


@dataclass(frozen=True, slots=True)
class BilledAs:
    """Things billed as larger than they are: `(128 KB ÷ 64 KB) [each is billed as 128 KB]`.

    Of things of several sizes, `size` is what they have on average and `billed` what is billed.
    """

    size: Value
    least: float
    of: str
    unit: str = ""
    billed: Value | None = None

    @property
    def _as(self) -> Value:
        return np.maximum(self.least, self.size) if self.billed is None else self.billed

    @property
    def value(self) -> Value:
        return self._as / self.size

    def words(self, figures: Figures) -> str:
        billed, size = scalar(self._as), scalar(self.size)
        if billed == size:
            return ""
        least = in_words(self.least, self.of, figures)
        which = "each is" if billed == self.least else "small ones are"
        ratio = f"{in_words(billed, self.of, figures)} ÷ {in_words(size, self.of, figures)}"
        return f"({ratio}) [{which} billed as {least}]"


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest of several: `(1,000 GB ÷ 730 h) [at least (10 connections ÷ 25)]`."""

    parts: tuple[Factor, ...]
    unit: str = ""

    @property
    def value(self) -> Value:
        return reduce(np.maximum, (part.value for part in self.parts))

    def words(self, figures: Figures) -> str:
        ordered = sorted(self.parts, key=lambda part: -scalar(part.value))
        others = [part.words(figures) for part in ordered[1:] if scalar(part.value)]
        most = f"{ordered[0].words(figures)} {self.unit}".rstrip()
        return f"{most} [at least {' and '.join(others)}]" if others else most


@dataclass(frozen=True, slots=True)
class Sum:
    """Quantities of one unit added up: `(140 h + 20 h)`; those that are nothing are not named."""

    of: tuple[Factor, ...]

    @property
    def unit(self) -> str:
        return self.of[0].unit

    @property
    def value(self) -> Value:
        return sum((factor.value for factor in self.of[1:]), self.of[0].value)

    def words(self, figures: Figures) -> str:
        some = [factor for factor in self.of if scalar(factor.value)] or list(self.of[:1])
        if len(some) == 1:
            return some[0].words(figures)
        # A product needs no brackets within a sum.
        parts = (
            times(f.factors, figures) if isinstance(f, Together) else f.words(figures) for f in some
        )
        return f"({' + '.join(parts)})"


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """All or nothing: `× 0 [none is sold below 400 GB]`, and no word where it is all."""

    holds: Value
    otherwise: str
    unit: str = ""

    @property
    def value(self) -> Value:
        return self.holds

    def words(self, figures: Figures) -> str:
        return "" if scalar(self.holds) else f"0 [{self.otherwise}]"


@dataclass(frozen=True, slots=True)
class Extra:
    """A multiplier with its reason: `1.5 [without operations background]`."""

    value: Value
    why: str
    unit: str = ""

    def words(self, figures: Figures) -> str:
        return f"{figures.exact(scalar(self.value))} [{self.why}]"


@dataclass(frozen=True, slots=True)
class Together:
    """Several factors as one quantity: `(2 instances × 720 h)`."""

    factors: tuple[Factor, ...]

    @property
    def unit(self) -> str:
        return unit_of(self.factors)

    @property
    def value(self) -> Value:
        return product(factor.value for factor in self.factors)

    def words(self, figures: Figures) -> str:
        words = times(self.factors, figures)
        named = [factor for factor in self.factors if factor.words(figures)]
        return words if len(named) == 1 else f"({words})"


@dataclass(frozen=True, slots=True)
class InTier:
    """The part of a quantity that falls into a tier: `(60,000 GB − 51,200 GB)`.

    `before` is what other lines, which have the same price, have taken already.
    """

    inner: Factor
    tier: Tier
    before: Value = 0.0

    @property
    def unit(self) -> str:
        return self.inner.unit

    @property
    def value(self) -> Value:
        if not isinstance(self.before, np.ndarray) and self.before == 0:
            return self._up_to(self.inner.value)
        return self._up_to(self.before + self.inner.value) - self._up_to(self.before)

    def _up_to(self, quantity: Value) -> Value:
        """How much of a quantity, counted from nothing, falls into the tier."""
        begin, end = self.tier.begin, self.tier.end
        if begin == 0:
            return np.minimum(quantity, end)
        if end == math.inf:
            return np.maximum(quantity - begin, 0.0)
        return np.clip(quantity, begin, end) - begin

    def words(self, figures: Figures) -> str:
        if scalar(self.before):
            taken = in_words(round(scalar(self.before), 4), self.unit, figures)  # a remark
            last = scalar(self.before) + scalar(self.inner.value)
            if scalar(self.before) >= self.tier.begin and last <= self.tier.end:
                return f"{self.inner.words(figures)} [after {taken} of other lines]"
            part = in_words(self.value, self.unit, figures)
            return f"{part} [of {self.inner.words(figures)}, after {taken} of other lines]"
        whole = scalar(self.inner.value)
        begin, end = self.tier.begin, self.tier.end
        start = in_words(begin, self.unit, figures)
        if whole <= begin and begin > 0:
            return f"0 {plural(0, self.unit)} [all within the first {start}]"
        top = self.inner.words(figures) if whole <= end else in_words(end, self.unit, figures)
        of = "" if whole <= end else f" [of {self.inner.words(figures)}]"
        return f"({top} − {start}){of}" if begin > 0 else f"{top}{of}"


def product(values: Iterable[Value]) -> Value:
    """Floats are multiplied first, so that an array of a million points is gone through once."""
    scalar = 1.0
    array: NDArray[np.float64] | None = None
    for value in values:
        if isinstance(value, np.ndarray):
            array = value if array is None else array * value
        elif value == 0:
            return 0.0  # whatever the other factors are, arrays of a sweep included
        else:
            scalar *= value
    if array is None:
        return scalar
    return array if scalar == 1.0 else array * scalar


def unit_of(factors: tuple[Factor, ...]) -> str:
    """The unit of a product: of what is measured by the hour, else of the last that has one."""
    units: list[str] = []
    for factor in factors:
        if isinstance(factor, Per) and factor.unit:
            units.clear()  # the quotient has a unit of its own
        if factor.unit:
            units.append(factor.unit)
    if "h" in units:
        units.extend([f"{unit}-h" for unit in units if unit in MEASURED])
    return units[-1] if units else "unit"


def times(factors: tuple[Factor, ...], figures: Figures) -> str:
    """Factors in words: `2 times × 4 h ÷ 12 months`."""
    text = ""
    for words in filter(None, (factor.words(figures) for factor in factors)):
        text += words if not text else f" {words}" if words.startswith("÷") else f" × {words}"
    return text


def tier_in_words(tier: Tier, unit: str, figures: Figures) -> str:
    """How a line names its tier: ` (first 50 TB)`, empty where there is one for all."""
    if tier.begin == 0 and tier.end == math.inf:
        return ""
    if tier.begin == 0:
        return f" (first {_size(tier.end, unit, figures)})"
    if tier.end == math.inf:
        return f" (over {_size(tier.begin, unit, figures)})"
    return f" (next {_size(tier.end - tier.begin, unit, figures)})"


def _size(value: float, unit: str, figures: Figures) -> str:
    unit = unit.removesuffix("-month")
    if unit == "GB" and value >= 1024 and value % 1024 == 0:
        return f"{figures.exact(value / 1024)} TB"
    return in_words(value, unit, figures)


def in_words(value: Value, unit: str, figures: Figures) -> str:
    """A quantity with its unit: `720 h`."""
    return figures.quantity(scalar(value), unit)


def scalar(value: Value) -> float:
    """The one figure that words are made of.

    Raises:
        TypeError: for an array of several.
    """
    return float(value)
