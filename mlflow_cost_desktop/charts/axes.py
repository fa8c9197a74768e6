"""The axes of charts: round numbers along them, and what those are called."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from mlflow_cost_desktop.analysis.sweep import STORAGE, TB, USAGE, Question, round_step
from mlflow_cost_desktop.figures import PLAIN, Figures, plural
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import places_at, spec_at
from mlflow_cost_desktop.model.scenario import Scenario

PB = 1024.0 * TB


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of an axis are rounded and called.

    It is what it does, so of the same there is one: charts with equal axes stay as they stand.

    Attributes:
        ticks: round values from a lower to an upper end, about so many of them.
        label: what a tick is called on an axis that ends at the second figure.
        words: a value with its unit, as in a sentence.
        step: the round step that is nearest above a rough one.
        has_names: whether they are no figures but things, each with its name.
    """

    ticks: Callable[[float, float, int], list[float]]
    label: Callable[[Figures, float, float], str]
    words: Callable[[Figures, float], str]
    step: Callable[[float], float]
    has_names: bool = False

    def snapped(self, value: float, worth: float, lower: float, upper: float) -> float:
        """A value rounded to the step that `worth` is (a pixel's, say), between two ends."""
        step = self.step(worth)
        return upper if value >= upper else min(max(round(value / step) * step, lower), upper)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a chart, and how much of it there is to see.

    Attributes:
        title: what stands along it.
        unit: in what its values are, for the head of a column: `h`, `GB`, `EUR`.
        is_log: whether equal factors are equally long; its lower end is then above zero.
    """

    title: str
    unit: str
    scale: Scale
    lower: float
    upper: float
    figures: Figures = PLAIN
    is_log: bool = False

    def ticks(self, lower: float, upper: float, count: int) -> list[float]:
        """Round values between two ends, about so many of them."""
        return (log_ticks if self.is_log else self.scale.ticks)(lower, upper, count)

    def label(self, value: float, upper: float) -> str:
        """What a tick is called where `upper` ends what is seen."""
        return self.scale.label(self.figures, value, value if self.is_log else upper)

    def words(self, value: float) -> str:
        """A value with its unit, as in a sentence."""
        return self.scale.words(self.figures, value)


def ticks_between(lower: float, upper: float, count: int = 5) -> list[float]:
    """Round values from `lower` to `upper`, about `count` of them."""
    if not upper > lower:
        return [lower]
    step = round_step((upper - lower) / count)
    first, last = math.ceil(lower / step - 1e-9), math.floor(upper / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def log_ticks(lower: float, upper: float, count: int = 5) -> list[float]:
    """Powers of ten between two ends above zero; with 2 and 5 times each where these are few."""
    if not upper > lower > 0.0:
        return [lower]
    first, last = math.floor(math.log10(lower)), math.ceil(math.log10(upper))
    for factors in ((1.0, 2.0, 5.0), (1.0, 5.0), (1.0,)):
        found = [n * 10.0**power for power in range(first, last + 1) for n in factors]
        found = [tick for tick in found if lower * 0.999 <= tick <= upper * 1.001]
        if len(found) <= count + 1:
            break
    if len(found) >= 2:
        return found[:: -(-len(found) // (count + 1))]
    return ticks_between(lower, upper, count)  # so near that they are as good as even


def whole_ticks(lower: float, upper: float, count: int = 5) -> list[float]:
    """Round values of what there is no half of."""
    return [tick for tick in ticks_between(lower, upper, count) if tick == round(tick)]


def level_above(highest: float, count: int = 5) -> float:
    """The first of about so many round levels that is not below `highest`."""
    if not highest > 0.0:
        return 1.0
    step = round_step(highest / count)
    return math.ceil(highest / step - 1e-9) * step


def level_below(lowest: float) -> float:
    """The last of 1, 2 and 5 times a power of ten that is not above `lowest`, above zero."""
    power = 10.0 ** math.floor(math.log10(lowest))
    return max(n * power for n in (1.0, 2.0, 5.0) if n * power <= lowest * 1.001)


# Money


def money_label(figures: Figures, amount: float, upper: float) -> str:
    """`$250`, `$2.5k`, `$1.2M`, in the unit that suits the axis."""
    sign = "−" if amount < 0 else ""
    for limit, unit, letter in ((1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if upper >= limit and amount != 0:
            return f"{sign}${figures.exact(round(abs(amount) / unit, 3))}{letter}"
    return f"{sign}${figures.exact(round(abs(amount), 3))}"


def money_axis(
    currency: Currency, upper: float, figures: Figures, *, lower: float = 0.0, title: str = ""
) -> Axis:
    """Amounts of a currency, from `lower` to a round level not below `upper`."""
    return Axis(title, currency.code, money(currency.symbol), lower, level_above(upper), figures)


@lru_cache
def money(symbol: str) -> Scale:
    """Amounts of a currency, called by its symbol."""

    def label(figures: Figures, amount: float, upper: float) -> str:
        return money_label(figures, amount, upper).replace("$", symbol)

    def words(figures: Figures, amount: float) -> str:
        return figures.money(amount).replace("$", symbol)

    return Scale(ticks_between, label, words, round_step)


# Sizes


def size_ticks(lower_gb: float, upper_gb: float, count: int = 5) -> list[float]:
    """Round values of gigabytes, terabytes or petabytes, in GB."""
    unit = _size_unit(upper_gb)[0]
    return [tick * unit for tick in ticks_between(lower_gb / unit, upper_gb / unit, count)]


def size_label(figures: Figures, gb: float, upper_gb: float) -> str:
    """Gigabytes in the unit that suits the axis."""
    if gb == 0:
        return "0"
    unit, name = _size_unit(upper_gb)
    return f"{figures.exact(round(gb / unit, 4))} {name}"


def size_words(figures: Figures, gb: float) -> str:
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


SIZES = Scale(size_ticks, size_label, size_words, _binary_step)


# Hours and everything else


def _exact_label(figures: Figures, value: float, _: float) -> str:
    return figures.exact(round(value, 4))


HOURS = Scale(
    ticks_between,
    _exact_label,
    lambda figures, hours: f"{figures.exact(round(hours, 1))} h",
    round_step,
)


@lru_cache
def counted(unit: str, *, is_whole: bool = False) -> Scale:
    """Any other unit: `5 users`, `12.5 %`, `$91.4 / h`; whole numbers where there is no half."""

    def words(figures: Figures, value: float) -> str:
        number = figures.exact(round(value, 4))
        if "$" in unit:
            return unit.replace("$", f"${number}", 1)
        return f"{number} {plural(value, unit)}".strip()

    def step(rough: float) -> float:
        return max(round_step(rough), 1.0) if is_whole else round_step(rough)

    return Scale(whole_ticks if is_whole else ticks_between, _exact_label, words, step)


@lru_cache
def named(names: tuple[str, ...]) -> Scale:
    """Things in a row, the first at zero: for bars that stand for something each."""

    def ticks(lower: float, upper: float, _: int = 5) -> list[float]:
        return [float(at) for at in range(len(names)) if lower <= at <= upper]

    def name(at: float) -> str:
        return names[min(max(round(at), 0), len(names) - 1)]

    return Scale(
        ticks,
        lambda figures, at, _: name(at),
        lambda figures, at: name(at),
        lambda rough: 1.0,
        has_names=True,
    )


# Inputs


def input_scale(question: Question, scenario: Scenario) -> Scale:
    """How the values of a question's input are rounded and called."""
    unit = spec_at(scenario, question.path).unit
    if question.path == USAGE:
        return HOURS
    if unit and unit.text == "GB":
        return SIZES
    return counted(unit.text if unit else "", is_whole=question.is_whole(scenario))


NAMES = {USAGE: "usage hours", STORAGE: "artifact storage"}


def input_name(path: str, scenario: Scenario) -> str:
    """What an input is called in a title: `usage hours`, `users`, `replicas (Server)`."""
    if path in NAMES:
        return NAMES[path]
    title = spec_at(scenario, path).title
    if title[1:2].islower():
        title = title[0].lower() + title[1:]
    group = _group_of(path, scenario)
    return f"{title} ({group})" if group else title


def _group_of(path: str, scenario: Scenario) -> str:
    root, *inside = path.split(".")
    if root == "team" or not inside:
        return ""
    place = next(place for place in places_at(scenario, root) if place.path == path)
    return place.group[-1]


def input_axis(
    question: Question, scenario: Scenario, lower: float, upper: float, figures: Figures
) -> Axis:
    """The axis of a question's input between two ends."""
    name = input_name(question.path, scenario)
    title = f"{name} per month" if question.path == USAGE else name
    unit = spec_at(scenario, question.path).unit
    shown = "h" if question.path == USAGE else unit.text if unit else ""
    return Axis(title, shown, input_scale(question, scenario), lower, upper, figures)
