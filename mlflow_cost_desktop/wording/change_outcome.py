"""What comes of a change over time: its input, all months, the verdict, and what is much."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlflow_cost_desktop.analysis.projection import Projection
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.growth import PRICES, Growth, price_change
from mlflow_cost_desktop.model.month_names import month_in_words
from mlflow_cost_desktop.wording.growth import (
    ends_in_words,
    leaving_in_words,
    short_name,
    verdict_in_words,
)
from mlflow_cost_desktop.wording.inputs import value_in_words

MUCH = 20.0
"""Times today's value: what becomes more than that is pointed out."""


def outcome_in_words(
    grown: Projection, without: Projection, rule: Growth, figures: Figures, reached: float = 0.0
) -> Iterator[str]:
    """Sentences on what a rule leads to, and how it were without it.

    Args:
        reached: after how many months a goal is reached, where one is set.
    """
    yield _input_in_words(grown, rule, figures)
    if reached and reached < grown.months - 1 and rule.until_month is None:
        months = figures.quantity(reached, "month")
        yield f"It goes on after {months}; if it does not, write that into “Ends after”, too."
    leaving = leaving_in_words(grown.scenario, rule, figures)
    if leaving:
        yield f"{leaving[:1].upper()}{leaving[1:]}."

    def dollars(of: Projection) -> str:
        currency = of.scenario.currency
        return at_least(currency.dollars(of.effective_total, figures), of.unpriced)

    if grown.effective_total == without.effective_total:
        yield (
            f"Hosting yourself costs the same with this change and without, {dollars(grown)} in "
            f"all {grown.months} months."
        )
    else:
        yield (
            f"All {grown.months} months then cost {dollars(grown)}; without this change "
            f"{dollars(without)}."
        )
    verdict, other = (verdict_in_words(one, figures) for one in (grown, without))
    if verdict:
        yield f"{verdict}{'' if verdict == other else f'; without this change: {other}'}."


def _input_in_words(grown: Projection, rule: Growth, figures: Figures) -> str:
    """`Users: 10 users in Dec 2026 → 20 users in Nov 2029, month 36, in a step every 12 months.`"""
    first, last = ends_in_words(grown, rule, figures)
    start = grown.scenario.start
    ends = (
        f"{first} in {month_in_words(start, 1)} → {last} in {month_in_words(start, grown.months)}"
    )
    words = f"{short_name(grown.scenario, rule.path)}: {ends}"
    if start:
        words += f", month {grown.months}"
    if rule.by not in ("add", "percent"):
        return f"{words}."
    if rule.per == "year":
        words += ", in a step every 12 months"
    until = rule.until_month
    if until is not None and until < grown.months:
        words += f"; nothing is added after {month_in_words(start, until)}"
    return f"{words}."


def caution_in_words(grown: Projection, rule: Growth, figures: Figures) -> str:
    """What an input comes to that nobody may have meant; empty where it is plausible.

    `Users can be 100,000 users at the most: that is reached in Mar 2028, and stays.`
    """
    scenario, name = grown.scenario, short_name(grown.scenario, rule.path)
    along, said = _along(grown, rule), ""
    if rule.path != PRICES:
        spec = spec_at(scenario, rule.path)
        for bound, words in ((spec.upper, "most"), (spec.lower, "least")):
            if bound is not None and along[-1] == bound != along[0]:
                month = month_in_words(scenario.start, int(np.argmax(along == bound)) + 1)
                value = value_in_words(spec, bound, figures)
                said = f"{value} is the {words} that it can be: reached in {month}."
    if along[0] > 0.0 and along[-1] > MUCH * along[0]:
        times = figures.exact(float(round(along[-1] / along[0])))
        said = " ".join(filter(None, (f"That is {times} times what it is today.", said)))
    return f"{name}: {said[:1].lower()}{said[1:]}" if said else ""


def _along(grown: Projection, rule: Growth) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if rule.path == PRICES:
        return np.broadcast_to(price_change((rule,), grown.months), (grown.months, 1))[:, 0]
    return grown.values[rule.path][:, 0]
