"""Amounts by which something changes, as they were meant: 0.8333… a month is 5 in 6 months."""

from __future__ import annotations

import math
from fractions import Fraction

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.growth import Growth

MOST_SHARED = 60
"""Months, or years, in which a whole amount may come."""


def shared_out(amount: float, *, is_counted: bool = False) -> Fraction | None:
    """The whole amount that comes in so many months or years: 0.8333… is 5 in 6.

    Nothing where the amount is as well said by itself, or is no such share.

    Args:
        is_counted: whether it is of whole things, of which 0.5 is better said as 1 in 2.
    """
    if amount == shortened(amount) and not (is_counted and amount % 1.0):
        return None
    share = Fraction(amount).limit_denominator(MOST_SHARED)
    return share if share and math.isclose(share, amount, rel_tol=1e-11) else None


TIMES = {2.0: "doubles", 0.5: "halves", 3.0: "triples", 10.0: "grows tenfold"}


def times_in_words(rule: Growth, figures: Figures) -> str:
    """`doubles every 24 months`, where a percentage with many digits says that; else empty."""
    each = 1.0 + rule.amount / 100.0
    if rule.amount == shortened(rule.amount) or each <= 0.0:
        return ""
    for factor, verb in TIMES.items():
        steps = math.log(factor) / math.log(each)
        if steps >= 1.5 and math.isclose(steps, round(steps), rel_tol=1e-9):
            return f"{verb} every {figures.exact(float(round(steps)))} {rule.per}s"
    return ""


def shortened(amount: float) -> float:
    """An amount at the digits that are read; one that is typed mostly has no more."""
    return round(amount, 4) if abs(amount) >= 0.01 else float(f"{amount:.3g}")
