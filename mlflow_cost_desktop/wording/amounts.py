"""Amounts that stand side by side in sentences: all whole, or all to the cent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import floor

from mlflow_cost_desktop.figures import Figures, whole
from mlflow_cost_desktop.model.currency import Currency

LEAST_WHOLE = 100.0
"""Amounts are whole where the largest of them is no less, in the reader's currency."""


def written(currency: Currency, figures: Figures, largest: float) -> Callable[[float], str]:
    """How amounts of USD are written that stand beside a largest one."""
    is_whole = currency.converted(abs(largest)) >= LEAST_WHOLE
    form = currency.whole if is_whole else currency.money
    return partial(form, figures=figures)


def apart(currency: Currency, figures: Figures, largest: float, one: float, other: float) -> str:
    """By how much two amounts differ as they are written beside the largest one.

    To the cent where they are written alike.
    """
    shown = [int(whole(currency.converted(usd))) for usd in (one, other)]
    if currency.converted(abs(largest)) < LEAST_WHOLE or shown[0] == shown[1]:
        return currency.money(abs(one - other), figures)
    return currency.whole(abs(shown[0] - shown[1]) / currency.rate, figures)


def adding_up(currency: Currency, figures: Figures, total: float, *parts: float) -> list[str]:
    """A total and its parts, which add up to it as they are written.

    What is lacking to the whole total goes to the parts that were cut most.
    """
    if currency.converted(total) < LEAST_WHOLE:
        return [currency.money(usd, figures) for usd in (total, *parts)]
    shown = [currency.converted(usd) for usd in parts]
    rounded = [floor(part) for part in shown]
    lacking = int(whole(currency.converted(total))) - sum(rounded)
    for at in sorted(range(len(parts)), key=lambda at: rounded[at] - shown[at])[:lacking]:
        rounded[at] += 1
    each = [total, *(part / currency.rate for part in rounded)]
    return [currency.whole(usd, figures) for usd in each]
