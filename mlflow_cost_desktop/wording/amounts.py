"""Amounts that stand side by side in sentences: all whole, or all to the cent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import floor

from mlflow_cost_desktop.figures import Figures, whole
from mlflow_cost_desktop.model.currency import WHOLE, Currency

LEAST_WHOLE = 100.0
"""Amounts are whole where the largest of them is no less, in the reader's currency."""


def written(currency: Currency, figures: Figures, largest: float) -> Callable[[float], str]:
    """How amounts of USD are written that stand beside a largest one."""
    form = currency.whole if _are_whole(currency, largest) else currency.money
    return partial(form, figures=figures)


def _are_whole(currency: Currency, largest: float) -> bool:
    return currency.shown in WHOLE or currency.converted(abs(largest)) >= LEAST_WHOLE


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

    What is lacking to the total goes to the parts that were cut most.
    """
    each = 1.0 if _are_whole(currency, total) else 100.0
    shown = [currency.converted(usd) * each for usd in parts]
    cut = [floor(part) for part in shown]
    lacking = int(whole(currency.converted(total) * each)) - sum(cut)
    for at in sorted(range(len(parts)), key=lambda at: cut[at] - shown[at])[:lacking]:
        cut[at] += 1
    form = written(currency, figures, total)
    return [form(usd) for usd in (total, *(part / each / currency.rate for part in cut))]
