"""Round numbers along an axis, and what they are called."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from mlflow_cost_desktop.figures import Figures

TB = 1024.0
PB = 1024.0 * TB


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of an axis are rounded and called.

    Attributes:
        ticks: round values from a lower to an upper end, about so many of them.
        label: what a tick is called on an axis that ends at the second figure.
        words: a value with its unit, as in a sentence.
        step: the round step that is nearest above a rough one.
    """

    ticks: Callable[[float, float, int], list[float]]
    label: Callable[[float, float, Figures], str]
    words: Callable[[float, Figures], str]
    step: Callable[[float], float]

    def snapped(self, value: float, worth: float, upper: float) -> float:
        """A value rounded to the step that `worth` is (a pixel's, say), from 0 to `upper`."""
        step = self.step(worth)
        return upper if value >= upper else min(max(round(value / step) * step, 0.0), upper)


def round_step(rough: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(n * power for n in (1.0, 2.0, 2.5, 5.0, 10.0) if n * power >= rough * 0.999)


def ticks_between(lower: float, upper: float, count: int = 5) -> list[float]:
    """Round values from `lower` to `upper`, about `count` of them."""
    if not upper > lower:
        return [lower]
    step = round_step((upper - lower) / count)
    first, last = math.ceil(lower / step - 1e-9), math.floor(upper / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def ticks(upper: float, count: int = 5) -> list[float]:
    """Round values from 0 to at most `upper`, about `count` of them."""
    return ticks_between(0.0, upper, count)


def levels_up_to(highest: float, count: int = 5) -> list[float]:
    """Round values from 0 to the first that is not below `highest`."""
    return levels_around(0.0, highest, count)


def levels_around(lowest: float, highest: float, count: int = 5) -> list[float]:
    """Round values from the last that is not above `lowest` to the first not below `highest`."""
    if not highest > lowest:
        highest = lowest + 1.0
    step = round_step((highest - lowest) / count)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    return [n * step for n in range(first, last + 1)]


def size_ticks(lower_gb: float, upper_gb: float, count: int = 5) -> list[float]:
    """Round values of gigabytes, terabytes or petabytes, in GB."""
    unit = _size_unit(upper_gb)[0]
    return [tick * unit for tick in ticks_between(lower_gb / unit, upper_gb / unit, count)]


def money_label(usd: float, upper_usd: float, figures: Figures) -> str:
    """`$250`, `$2.5k`, `$1.2M`, in the unit that suits the axis."""
    for limit, unit, letter in ((1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if upper_usd >= limit and usd != 0:
            return f"${figures.exact(round(usd / unit, 3))}{letter}"
    return f"${figures.exact(round(usd, 3))}"


def size_label(gb: float, upper_gb: float, figures: Figures) -> str:
    """Gigabytes in the unit that suits the axis."""
    if gb == 0:
        return "0"
    unit, name = _size_unit(upper_gb)
    return f"{figures.exact(round(gb / unit, 4))} {name}"


def size_words(gb: float, figures: Figures) -> str:
    """`512 GB`, `1.25 TB`, `1,400 GB`, `48.83 TB`: few terabytes in GB, unless they are round."""
    unit, name = _size_unit(gb, inclusive=True)
    if unit == TB and gb < 10 * TB and gb % (TB / 4):
        unit, name = 1.0, "GB"
    return f"{figures.exact(round(gb / unit, 2))} {name}"


def _size_unit(upper_gb: float, *, inclusive: bool = False) -> tuple[float, str]:
    if upper_gb > PB or (inclusive and upper_gb == PB):
        return PB, "PB"
    return (TB, "TB") if upper_gb > TB or (inclusive and upper_gb == TB) else (1.0, "GB")


def _binary_step(rough_gb: float) -> float:
    """Powers of two: of these, whole terabytes are multiples."""
    return 2.0 ** math.ceil(math.log2(rough_gb))


HOURS = Scale(
    ticks_between,
    lambda hours, upper, figures: figures.exact(round(hours, 3)),
    lambda hours, figures: f"{figures.exact(round(hours, 1))} h",
    round_step,
)
SIZES = Scale(size_ticks, size_label, size_words, _binary_step)
