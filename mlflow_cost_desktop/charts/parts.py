"""The total by its parts, stacked, over the range of one input."""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from functools import partial

import numpy as np

from mlflow_cost_desktop.analysis.sweep import Curve, Values
from mlflow_cost_desktop.charts.axes import Axis
from mlflow_cost_desktop.charts.chart import Area, Chart, Mark, Reading, Series, Table
from mlflow_cost_desktop.charts.costs import (
    LEFT_OUT,
    PLAN,
    Amounts,
    leaving,
    marker,
    plan_column,
    plan_in_words,
    plan_line,
    plan_series,
    reach_of,
    table_of,
    table_values,
    title,
    x_axis,
    y_axis,
)
from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.prices.price import is_something


def parts_chart(curve: Curve, figures: Figures, hidden: Set[str] = frozenset()) -> Chart:
    """What the total is made of at every value, and the plan that is held against it.

    Parts whose keys are `hidden` are left out: the others stand on each other without them.
    """
    amounts = Amounts(curve.currency, figures)
    parts = _parts(curve)
    series = tuple(map(_series, parts))
    shown = [part for part in parts if part not in hidden]
    below = np.zeros(curve.values.shape)
    marks: list[Mark] = []
    for part in shown:
        above = below + amounts.converted(np.asarray(curve.sweep.by_component[part]))
        marks.append(Area(_series(part), curve.values, below, above))
        below = above
    highest = float(_sum(curve, shown, len(parts)).max(initial=0.0))
    if curve.plan and len(curve.plan.values):
        series = (*series, plan_series(curve.plan))
        if PLAN not in hidden:
            marks.append(plan_line(curve.plan, amounts))
            highest = max(highest, reach_of(curve.plan, float(curve.sweep.total.max())))
    x, cost = x_axis(curve, figures), _cost(curve, shown, len(parts))
    y = y_axis(curve, max(highest, cost), figures)
    if curve.plan and PLAN not in hidden:
        marks += leaving(curve.plan, y, amounts)
    return Chart(
        title(curve.question, curve.scenario),
        x,
        y,
        series,
        tuple(marks),
        marker(curve, cost, figures, is_incomplete=_lacks(curve, shown)),
        partial(_in_words, curve, x, amounts, shown, PLAN not in hidden),
        partial(_table, curve, x, amounts, shown, PLAN not in hidden),
        partial(_reading, curve, x, amounts, shown),
        frozenset(hidden),
        ". ".join(filter(None, (_note(curve, shown), amounts.rate))),
    )


def moved_chart(chart: Chart, curve: Curve, figures: Figures) -> Chart:
    """The chart of the same sweep and plan, of which the scenario stands elsewhere."""
    amounts, parts = Amounts(curve.currency, figures), _parts(curve)
    shown = [part for part in parts if part not in chart.hidden]
    cost = _cost(curve, shown, len(parts))
    return dataclasses.replace(
        chart,
        marker=marker(curve, cost, figures, is_incomplete=_lacks(curve, shown)),
        in_words=partial(_in_words, curve, chart.x, amounts, shown, PLAN not in chart.hidden),
        table=partial(_table, curve, chart.x, amounts, shown, PLAN not in chart.hidden),
        read=partial(_reading, curve, chart.x, amounts, shown),
    )


def _cost(curve: Curve, shown: list[str], of: int) -> float:
    """What some of `of` parts cost together where the scenario stands, USD."""
    if len(shown) == of:
        return curve.current_cost
    return float(np.interp(curve.current_x, curve.values, _sum(curve, shown, of)))


def _parts(curve: Curve) -> list[str]:
    """Those that cost anything, from the bottom."""
    return [part for part, cost in curve.sweep.by_component.items() if is_something(cost)]


def _lacks(curve: Curve, shown: list[str]) -> bool:
    """Whether what the shown parts cost together leaves out a line; parts of nothing count."""
    return bool(curve.sweep.gaps - (set(_parts(curve)) - set(shown)))


def _note(curve: Curve, shown: list[str]) -> str:
    return LEFT_OUT if _lacks(curve, shown) else ""


def _series(part: str) -> Series:
    return Series(part, COMPONENTS[part], (COLORS[part], COLORS[part]), part=part)


def _sum(curve: Curve, parts: list[str], of: int) -> Values:
    """What some of `of` parts cost together, USD."""
    if len(parts) == of:
        return curve.sweep.total
    costs = (np.asarray(curve.sweep.by_component[part]) for part in parts)
    return np.zeros(curve.values.shape) + sum(costs)


def _total_name(curve: Curve, shown: list[str]) -> str:
    return "Total" if len(shown) == len(_parts(curve)) else "Total of these"


def _in_words(
    curve: Curve,
    axis: Axis,
    amounts: Amounts,
    shown: list[str],
    shows_plan: bool,
    first: float,
    last: float,
) -> str:
    here = curve.at(np.array([first, curve.current_x, last]))
    lacks = _lacks(here, shown)
    costs = map(float, _sum(here, shown, len(_parts(curve))))
    low, current, high = (at_least(amounts.money(cost), lacks) for cost in costs)
    parts = ", ".join(COMPONENTS[part] for part in shown)
    of = "The total by its parts" if len(shown) == len(_parts(curve)) else f"The sum of {parts}"
    middle = f"{current} a month at the current {axis.words(curve.current_x)}, "
    return (
        f"{of}: {low} a month at {axis.words(first)}, "
        f"{middle if first <= curve.current_x <= last else ''}"
        f"{high} at {axis.words(last)}."
        f"{plan_in_words(curve, axis, amounts, first, last) if shows_plan else ''}"
    )


def _table(
    curve: Curve,
    axis: Axis,
    amounts: Amounts,
    shown: list[str],
    shows_plan: bool,
    first: float,
    last: float,
) -> Table:
    here = curve.at(table_values(curve, first, last, axis))
    columns: list[tuple[str, object]] = [
        *((COMPONENTS[part], here.sweep.by_component[part]) for part in shown),
        (_total_name(curve, shown), _sum(here, shown, len(_parts(curve)))),
    ]
    if here.plan and shows_plan:
        columns.append((here.plan.label, plan_column(here)))
    return table_of(here, axis, amounts, columns, _note(here, shown))


def _reading(curve: Curve, axis: Axis, amounts: Amounts, shown: list[str], x: float) -> Reading:
    here = curve.at(np.array([x]))
    values = {
        part: amounts.money(float(np.ravel(here.sweep.by_component[part])[0])) for part in shown
    }
    if here.plan:
        held = here.plan.total
        values[PLAN] = amounts.money(float(held[0])) if len(held) else TOO_SMALL
    total = amounts.money(float(_sum(here, shown, len(_parts(curve)))[0]))
    total = at_least(total, _lacks(here, shown))
    return Reading(axis.words(x), values, (_total_name(curve, shown), total))
