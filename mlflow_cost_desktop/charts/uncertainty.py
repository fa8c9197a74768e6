"""How sure the total is: how often each cost comes, or how often it is at most so much."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.sweep import round_step
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty, percentiles
from mlflow_cost_desktop.charts.axes import Axis, counted, level_above, money_axis
from mlflow_cost_desktop.charts.chart import (
    Area,
    Bar,
    Chart,
    Mark,
    Marker,
    Reading,
    Rule,
    Series,
    Table,
)
from mlflow_cost_desktop.charts.costs import LEFT_OUT, PLAN, Amounts
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.figures import Figures, at_least

Values: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["likelihood", "at_most"]

TITLES: dict[Kind, str] = {
    "likelihood": "How often a month costs what",
    "at_most": "How often a month costs at most what",
}

COST = "cost"
"""In place of an input's path: the marker reads a cost, and edits nothing."""

OWN = "own"
"""The key of the cases in which hosting it yourself is cheaper."""

BARS, POINTS = 48, 193

HEADROOM = 1.45
"""Times the highest bar: words of rules stand above all of them."""

WITHIN = (0.5, 99.5)
"""Percentiles between which the axis lies: a log-normal shape has cases far off."""


def _percent_label(figures: Figures, percent: float, _: float) -> str:
    return f"{figures.exact(round(percent, 4))} %"


PERCENT = replace(counted("%"), label=_percent_label)
"""Of all cases."""

MARKED = (10, 50, 90)
"""Percentiles that stand in the chart."""


@dataclass(frozen=True)
class HowSure:
    """What a chart of cases is made of, and where its marker stands, USD a month."""

    found: Uncertainty
    kind: Kind
    cost: float


def uncertainty_chart(shown: HowSure, figures: Figures, hidden: Set[str] = frozenset()) -> Chart:
    """How the cases are spread, colored by which of scenario and plan is cheaper in them."""
    found, currency = shown.found, shown.found.scenario.currency
    amounts = Amounts(currency, figures)
    x = _axis(found, figures)
    groups = _groups(found)
    series = tuple(groups)
    shares = [_shares(shown, x, of) for of in groups.values()]
    marks: list[Mark] = []
    below = np.zeros(_places(shown, x).shape)
    for one, share in zip(series, shares, strict=True):
        if one.key in hidden:
            continue
        marks += _drawn(shown, x, one, below, below + share)
        below = below + share
    leads = shown.kind == "at_most"  # above the curve, which rises
    highest = 100.0 if leads else float(below.max(initial=0.0)) * HEADROOM
    for at in reversed(MARKED) if leads else MARKED:  # the highest has least room
        usd = found.percentiles[at]
        cost = at_least(amounts.dollars(usd), found.unpriced)
        marks.append(Rule(currency.converted(usd), f"P{at} {cost}", leads=leads))
    budget = found.scenario.budget_usd
    if budget is not None and x.lower <= currency.converted(budget) <= x.upper:
        words = f"budget {amounts.dollars(budget)}"
        marks.append(Rule(currency.converted(budget), words, leads=leads))
    here = currency.converted(shown.cost)
    return Chart(
        TITLES[shown.kind],
        x,
        Axis("", "%", PERCENT, 0.0, level_above(max(highest, 1e-3)), figures),
        series,
        tuple(marks),
        Marker(
            COST,
            here,
            float(np.interp(here, _places(shown, x), below)),
            f"{amounts.dollars(shown.cost)} · at most in "
            f"{_percent(100 * found.share_up_to(shown.cost), figures)}",
            x.lower,
            x.upper,
        ),
        partial(_in_words, shown, amounts),
        partial(_table, shown, x, amounts),
        partial(_reading, shown, x, amounts),
        frozenset(hidden),
        ". ".join(filter(None, (amounts.rate, LEFT_OUT if found.unpriced else ""))),
    )


def _axis(found: Uncertainty, figures: Figures) -> Axis:
    """Costs between the ends that are shown, at round figures."""
    currency = found.scenario.currency
    low, high = (
        currency.converted(usd) for usd in percentiles(found.cost, WITHIN).tolist()
    )  # fmt: skip
    if found.plan_cost is None and high - low < 1e-6 * max(high, 1.0):
        low, high = 0.9 * low, 1.1 * high + 1.0
    step = round_step(max(high - low, 1e-3 * max(high, 1.0)) / 10.0)
    lower = max(np.floor(low / step) * step, 0.0)
    upper = np.ceil(high / step) * step
    title = f"cost a month, {figures.exact(found.draws)} draws"
    axis = money_axis(currency, upper, figures, lower=float(lower), title=title)
    return Axis(axis.title, axis.unit, axis.scale, float(lower), float(upper), figures)


def _groups(found: Uncertainty) -> dict[Series, NDArray[np.bool_]]:
    """Which cases belong to each series."""
    is_plan = found.is_plan_cheaper
    color = COLORS["server"]
    if is_plan is None or found.plan is None:
        every = np.ones(found.draws, dtype=bool)
        return {Series(OWN, "All cases", (color, color)): every}
    return {
        Series(OWN, "Hosting is cheaper", (color, color)): ~is_plan,
        Series(PLAN, f"{found.plan.name} is cheaper", PLAN_COLORS): is_plan,
    }


def _places(shown: HowSure, x: Axis) -> Values:
    """Where heights are known: the middle of each bar, or points of the curve."""
    if shown.kind == "at_most":
        return np.linspace(x.lower, x.upper, POINTS)
    edges = np.linspace(x.lower, x.upper, BARS + 1)
    return (edges[1:] + edges[:-1]) / 2.0


def _shares(shown: HowSure, x: Axis, cases: NDArray[np.bool_]) -> Values:
    """Which percent of all cases are some of these: in each bar, or up to each point."""
    found = shown.found
    cost = found.cost[cases] * found.scenario.currency.rate
    if shown.kind == "likelihood":
        counts, _ = np.histogram(cost, BARS, (x.lower, x.upper))
    else:
        counts = np.searchsorted(np.sort(cost), _places(shown, x), side="right")
    return 100.0 * counts / found.draws


def _drawn(shown: HowSure, x: Axis, one: Series, below: Values, above: Values) -> list[Mark]:
    if shown.kind == "at_most":
        return [Area(one, _places(shown, x), below, above)]
    edges = np.linspace(x.lower, x.upper, BARS + 1).tolist()
    hair = 0.06 * (edges[1] - edges[0])
    heights = zip(below.tolist(), above.tolist(), strict=True)
    return [
        Bar(one, edges[at] + hair, edges[at + 1] - hair, low, high)
        for at, (low, high) in enumerate(heights)
        if high > low
    ]


# In words


def _percent(value: float, figures: Figures) -> str:
    rounded = float(f"{value:.2g}") if value < 10.0 else round(value, 1)
    return f"{figures.exact(rounded)} %"


def _in_words(shown: HowSure, amounts: Amounts, first: float, last: float) -> str:
    found = shown.found
    spread = ", ".join(
        f"{at_least(amounts.dollars(usd), found.unpriced)} in {at} of 100"
        for at, usd in found.percentiles.items()
    )
    sentences = [f"{TITLES[shown.kind]}, of {amounts.figures.exact(found.draws)} cases"]
    sentences.append(f"At most {spread}")
    if found.plan and found.plan_share is not None:
        share = _percent(100 * found.plan_share, amounts.figures)
        sentences.append(f"{found.plan.name} is cheaper in {share} of the cases")
    up_to = _percent(100 * found.share_up_to(shown.cost), amounts.figures)
    sentences.append(f"At the marker, {amounts.money(shown.cost)}: at most that in {up_to}")
    return f"{'. '.join(sentences)}."


def _table(shown: HowSure, x: Axis, amounts: Amounts, first: float, last: float) -> Table:
    """Round costs, with how many cases cost no more, and in how many of them the plan wins."""
    found = shown.found
    rate = found.scenario.currency.rate
    here = found.scenario.currency.converted(shown.cost)
    costs = sorted({*x.ticks(first, last, 12), min(max(here, first), last)})
    columns = [
        np.array([np.mean(found.cost * rate <= cost) for cost in costs]) * 100.0
    ]  # fmt: skip
    headings = ["At most", "Cases"]
    is_plan = found.is_plan_cheaper
    if is_plan is not None and found.plan:
        within = [is_plan & (found.cost * rate <= cost) for cost in costs]
        columns.append(np.array([np.mean(of) for of in within]) * 100.0)
        headings.append(f"of them {found.plan.name} cheaper")
    rows = tuple(
        (x.words(cost), *(_percent(float(column[at]), amounts.figures) for column in columns))
        for at, cost in enumerate(costs)
    )
    numbers = tuple(
        (cost, *(float(column[at]) for column in columns)) for at, cost in enumerate(costs)
    )
    units = (x.unit, *("%" for _ in columns))
    current = int(np.argmin(np.abs(np.array(costs) - here)))
    note = ". ".join(filter(None, (amounts.note, LEFT_OUT if found.unpriced else "")))
    return Table(tuple(headings), rows, current, numbers, units, note)


def _reading(shown: HowSure, x: Axis, amounts: Amounts, at: float) -> Reading:
    found = shown.found
    places = _places(shown, x)
    nearest = int(np.argmin(np.abs(places - at)))
    values = {
        one.key: _percent(float(_shares(shown, x, cases)[nearest]), amounts.figures)
        for one, cases in _groups(found).items()
    }
    share = found.share_up_to(at / found.scenario.currency.rate)
    return Reading(x.words(at), values, ("At most", _percent(100 * share, amounts.figures)))
