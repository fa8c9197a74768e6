"""Cost by month: the parts of the total, stacked, and the plan that is held against it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Literal, TypeAlias

import numpy as np

from mlflow_cost_desktop.analysis.projection import PlanOverTime, Projection, Values
from mlflow_cost_desktop.charts.axes import Axis, Scale, money_axis
from mlflow_cost_desktop.charts.chart import (
    Area,
    Chart,
    Label,
    Line,
    Mark,
    Marker,
    Reading,
    Rule,
    Series,
    Table,
)
from mlflow_cost_desktop.charts.costs import HEADROOM, LEFT_OUT, PLAN, Amounts
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.month_names import month_in_words, short_month

Kind: TypeAlias = Literal["effective", "cash", "added_up"]

TITLES: dict[Kind, str] = {
    "effective": "Cost by month",
    "cash": "Cash by month",
    "added_up": "Cash added up",
}

MONTH = "month"
"""In place of an input's path: the marker reads a month, and edits nothing."""

HAIR = 1e-3
"""Of a month: how far apart the ends of a step are, so that each has a place of its own."""

BAND_COLORS = "#5A6270", "#B4BAC6"
"""Of the costs between which eight of ten cases lie, on a light and on a dark ground."""

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Months between ticks."""


@dataclass(frozen=True)
class OverTime:
    """What a chart by month is made of: a projection, and which of its costs.

    Attributes:
        month: where the marker stands; the first is 1.
        turn: the month in which the verdict turns in words, empty where it does not.
        turn_short: the same without the plan's name.
        plan_name: what the plan is, with the sizes that it moves to and when.
        plan_head: the same for a column, without when.
        remarks: what is to be said of some months.
        too_small: from when on the plan has no room, and for what; empty where it always has.
    """

    projection: Projection
    kind: Kind
    month: int
    turn: str = ""
    turn_short: str = ""
    plan_name: str = ""
    plan_head: str = ""
    remarks: Mapping[int, str] = field(default_factory=dict[int, str])
    too_small: str = ""

    @property
    def parts(self) -> dict[str, Values]:
        """What each part that costs anything comes to in each month, USD."""
        found = self.projection
        costs = found.by_component if self.kind == "effective" else found.cash_by_component
        some = {name: cost for name, cost in costs.items() if np.any(cost)}
        return {name: self._as_asked(cost) for name, cost in some.items()}

    @property
    def plan(self) -> Values | None:
        """What the plan comes to in each month, USD; not a number where it has no room."""
        held = self.projection.held
        if held is None:
            return None
        return self._as_asked(held.effective if self.kind == "effective" else held.cash)

    def _as_asked(self, cost: Values) -> Values:
        return np.cumsum(cost) if self.kind == "added_up" else cost

    @property
    def is_stepped(self) -> bool:
        """Whether each month stands by itself: cash has peaks, not slopes."""
        return self.kind == "cash" or self.projection.months == 1


@lru_cache
def months_scale(start: str) -> Scale:
    """Months by name, or by number where they have none."""

    def ticks(lower: float, upper: float, count: int = 5) -> list[float]:
        rough = max((upper - lower) / max(count, 1), 1.0)
        step = next((one for one in STEPS if one >= rough), STEPS[-1])
        first, last = int(np.ceil(lower - 1e-9)), int(np.floor(upper + 1e-9))
        return [float(month) for month in range(first, last + 1) if (month - 1) % step == 0]

    def label(figures: Figures, month: float, _: float) -> str:
        return short_month(start, round(month))

    def words(figures: Figures, month: float) -> str:
        return month_in_words(start, max(round(month), 1))

    return Scale(ticks, label, words, lambda rough: 1.0)


def over_time_chart(shown: OverTime, figures: Figures, hidden: Set[str] = frozenset()) -> Chart:
    """What each month costs by parts; parts whose keys are `hidden` are left out."""
    found, currency = shown.projection, shown.projection.scenario.currency
    amounts = Amounts(currency, figures)
    x = _axis(shown, figures)
    parts = {name: cost for name, cost in shown.parts.items() if name not in hidden}
    series = tuple(map(_series, shown.parts))
    marks: list[Mark] = []
    below = np.zeros(found.months)
    for name, cost in parts.items():
        above = below + amounts.converted(cost)
        marks.append(Area(_series(name), *_drawn(shown, below, above)))
        below = above
    highest = float(below.max(initial=0.0))
    plan = shown.plan
    if plan is not None and found.held and np.any(np.isfinite(plan)):
        of_plan = Series(
            PLAN,
            shown.plan_name,
            PLAN_COLORS,
            is_line=True,
            dashes=(4.0, 3.0),
            aside=", ".join(_plan_marks(found, found.held)),
        )
        series = (*series, of_plan)
        if PLAN not in hidden:
            at, usd = _steps(shown, amounts.converted(plan))
            marks.append(Line(of_plan, at, usd))
            if shown.too_small:
                marks.append(Label(float(at[-1]), float(usd[-1]), shown.too_small))
            highest = max(highest, float(usd.max()))
    band = found.band if shown.kind == "effective" else None
    for key, name, usd in (("p10", "P10", band.low), ("p90", "P90", band.high)) if band else ():
        edge = Series(key, name, BAND_COLORS, is_line=True, dashes=(1.5, 2.0))
        series = (*series, edge)
        if key not in hidden:
            marks.append(Line(edge, np.arange(1.0, found.months + 1.0), amounts.converted(usd)))
            highest = max(highest, float(amounts.converted(usd).max()))
    turn = found.turns_in_month
    if turn is not None and shown.kind == "effective":
        marks.append(Rule(float(turn), shown.turn, short=shown.turn_short))
    total = float(_sum(parts, found.months)[shown.month - 1])
    return Chart(
        TITLES[shown.kind],
        x,
        money_axis(currency, max(highest, 1.0) * HEADROOM, figures),
        series,
        tuple(marks),
        Marker(
            MONTH,
            float(shown.month),
            currency.converted(total),
            f"{x.words(shown.month)} · {at_least(amounts.dollars(total), found.unpriced)}",
            1.0,
            float(found.months),
        ),
        partial(_in_words, shown, x, amounts, frozenset(hidden)),
        partial(_table, shown, x, amounts, frozenset(hidden)),
        partial(_reading, shown, x, amounts, frozenset(hidden)),
        frozenset(hidden),
        ". ".join(filter(None, (amounts.rate, _left_out(found)))),
    )


def _plan_marks(found: Projection, held: PlanOverTime) -> tuple[str, ...]:
    """What qualifies its figures; where it has no room, its line ends."""
    return held.plan.marks(found.scenario.region_id, is_too_small=False)


def _axis(shown: OverTime, figures: Figures) -> Axis:
    months = shown.projection.months
    lower, upper = (0.5, months + 0.5) if shown.is_stepped else (1.0, float(months))
    start = shown.projection.scenario.start
    title = "" if start else "month"  # a name says that it is one
    return Axis(title, "month", months_scale(start), lower, upper, figures)


def _series(name: str) -> Series:
    return Series(name, COMPONENTS[name], (COLORS[name], COLORS[name]), part=name)


def _sum(parts: dict[str, Values], months: int) -> Values:
    return sum(parts.values(), np.zeros(months))


def _drawn(shown: OverTime, below: Values, above: Values) -> tuple[Values, Values, Values]:
    """An area's points: one for each month, or the two ends of each month's step."""
    months = np.arange(1.0, len(above) + 1.0)
    if not shown.is_stepped:
        return months, below, above
    ends = np.ravel(np.column_stack((months - 0.5, months + 0.5 - HAIR)))
    return ends, np.repeat(below, 2), np.repeat(above, 2)


def _steps(shown: OverTime, cost: Values) -> tuple[Values, Values]:
    """A plan's line: it ends where there is no room, and the next size is a step, not a slope."""
    held, months = shown.projection.held, np.arange(1.0, len(cost) + 1.0)
    assert held is not None
    if shown.is_stepped:
        at, _, usd = _drawn(shown, cost, cost)
    else:
        begins = [month for month, _ in held.sizes if month > 1]
        before = [month - 2 for month in begins]
        at = np.concatenate((months, np.array(begins, dtype=float) - HAIR))
        usd = np.concatenate((cost, cost[before]))
        order = np.argsort(at, kind="stable")
        at, usd = at[order], usd[order]
    known = np.isfinite(usd)
    return at[known], usd[known]


# In words


def _shown_parts(shown: OverTime, hidden: frozenset[str]) -> dict[str, Values]:
    return {name: cost for name, cost in shown.parts.items() if name not in hidden}


def _in_words(
    shown: OverTime, axis: Axis, amounts: Amounts, hidden: frozenset[str], first: float, last: float
) -> str:
    found = shown.projection
    total = _sum(_shown_parts(shown, hidden), found.months)
    ends = max(round(first), 1), min(round(last), found.months)
    low, high, here = (
        at_least(amounts.money(float(total[month - 1])), found.unpriced)
        for month in (*ends, shown.month)
    )
    sentences = [
        f"{TITLES[shown.kind]}: {low} in {axis.words(ends[0])}, {high} in {axis.words(ends[1])}",
        f"{here} in {axis.words(shown.month)}, where the marker stands",
    ]
    if shown.kind == "effective" and (words := band_in_words(found, shown.month, amounts)):
        sentences.append(words)
    if shown.turn:
        sentences.append(shown.turn)
    return f"{'. '.join(sentences)}."


def band_in_words(found: Projection, month: int, amounts: Amounts) -> str:
    """Between which costs eight of ten cases lie in a month; empty where nobody knows."""
    if found.band is None:
        return ""
    low, high = (
        at_least(amounts.dollars(float(of[month - 1])), found.unpriced)
        for of in (found.band.low, found.band.high)
    )
    return f"{low} to {high} in eight cases of ten there"


def _table(
    shown: OverTime, axis: Axis, amounts: Amounts, hidden: frozenset[str], first: float, last: float
) -> Table:
    parts, plan = _shown_parts(shown, hidden), shown.plan
    months = [
        month
        for month in range(1, shown.projection.months + 1)
        if first - 0.5 <= month <= last + 0.5
    ]
    found, currency = shown.projection, amounts.currency
    columns = [*parts.values(), _sum(parts, found.months)]
    headings = ["Month", *(COMPONENTS[name] for name in parts), _total_name(shown, hidden)]
    if found.band and shown.kind == "effective":
        columns += [found.band.low, found.band.high]
        headings += ["P10", "P90"]
    if plan is not None and found.held and PLAN not in hidden:
        columns.append(plan)
        headings.append(shown.plan_head)
    has_remarks = any(month in shown.remarks for month in months)
    if has_remarks:
        headings.append("What happens")
    rows = tuple(
        (
            short_month(found.scenario.start, month),
            *(_money(float(column[month - 1]), amounts) for column in columns),
            *([shown.remarks.get(month, "")] if has_remarks else []),
        )
        for month in months
    )
    numbers = tuple(
        (
            float(month),
            *(currency.converted(float(column[month - 1])) for column in columns),
            *([np.nan] if has_remarks else []),
        )
        for month in months
    )
    code = "USD" if currency.is_usd else currency.code
    current = months.index(shown.month) if shown.month in months else 0
    note = ". ".join(filter(None, (amounts.note, _left_out(found))))
    return Table(
        tuple(headings),
        rows,
        current,
        numbers,
        (axis.unit, *(code for _ in columns), *([""] if has_remarks else [])),
        note,
    )


def _left_out(found: Projection) -> str:
    return LEFT_OUT if found.unpriced else ""


def _money(usd: float, amounts: Amounts) -> str:
    return TOO_SMALL if np.isnan(usd) else amounts.money(usd)


def _total_name(shown: OverTime, hidden: frozenset[str]) -> str:
    return "Total of these" if hidden & set(shown.parts) else "Total"


def _reading(
    shown: OverTime, axis: Axis, amounts: Amounts, hidden: frozenset[str], x: float
) -> Reading:
    month = min(max(round(x), 1), shown.projection.months)
    parts = _shown_parts(shown, hidden)
    values = {name: amounts.money(float(cost[month - 1])) for name, cost in parts.items()}
    plan = shown.plan
    if plan is not None:
        values[PLAN] = _money(float(plan[month - 1]), amounts)
    if shown.projection.band and shown.kind == "effective":
        band = shown.projection.band
        for key, usd in (("p10", band.low), ("p90", band.high)):
            values[key] = amounts.money(float(usd[month - 1]))
    usd = float(_sum(parts, shown.projection.months)[month - 1])
    total = at_least(amounts.money(usd), shown.projection.unpriced)
    return Reading(axis.words(month), values, (_total_name(shown, hidden), total))
