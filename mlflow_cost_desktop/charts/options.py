"""Every way to host a part as a line of the total, with the crossings and where tiers begin."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

import numpy as np

from mlflow_cost_desktop.analysis.options import Crossing, Options
from mlflow_cost_desktop.analysis.options import Line as OptionLine
from mlflow_cost_desktop.charts.axes import Axis
from mlflow_cost_desktop.charts.chart import Chart, Line, Mark, Point, Reading, Rule, Series, Table
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
from mlflow_cost_desktop.charts.palette import LINE_COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL

DASHES = ((), (6.0, 3.0), (1.5, 2.0), (6.0, 2.0, 1.5, 2.0))
"""In widths of the pen; the first line is solid, and so is the one that is chosen."""

NEAR = 0.02
"""How far from a crossing it is told, in parts of the axis."""


def options_chart(options: Options, figures: Figures, hidden: Set[str] = frozenset()) -> Chart:
    """The total with each option at every value, but for those whose keys are `hidden`."""
    amounts = Amounts(options.currency, figures)
    x = x_axis(options, figures)
    series = _series(options)
    marks: list[Mark] = [
        Rule(edge.x, f"tier from {x.words(edge.x)}")
        for edge in options.edges
        if edge.x <= options.values[-1]
    ]
    lines = [
        Line(one, options.values, amounts.converted(line.total))
        for one, line in zip(series, options.lines, strict=True)
        if one.key not in hidden
    ]
    marks += sorted(lines, key=lambda line: line.series.is_strong)  # the chosen one over all
    highest = max((float(line.y.max()) for line in lines), default=0.0) / options.currency.rate
    highest = max(highest, options.current_cost)
    if options.plan and len(options.plan.values):
        series = (*series, plan_series(options.plan))
        if PLAN not in hidden:
            marks.append(plan_line(options.plan, amounts))
            highest = max(highest, reach_of(options.plan, highest))
    y = y_axis(options, highest, figures)
    if options.plan and PLAN not in hidden:
        marks += leaving(options.plan, y, amounts)
    crossings = [one for one in options.crossings if not {one.before, one.after} & hidden]
    marks += [
        Point(
            crossing.x,
            options.currency.converted(crossing.cost),
            f"{x.words(crossing.x)} · {amounts.dollars(crossing.cost)}",
        )
        for crossing in crossings
    ]
    unpriced = ", ".join(options.unpriced)
    no_price = f"No known price: {unpriced}" if unpriced else ""
    notes = [amounts.rate, no_price, _note(options)]
    return Chart(
        title(options.question, options.scenario),
        x,
        y,
        series,
        tuple(marks),
        marker(options, options.current_cost, figures, is_incomplete=options.is_incomplete),
        partial(_in_words, options, x, amounts, hidden, crossings),
        partial(_table, options, x, amounts, hidden),
        partial(_reading, options, x, amounts, crossings),
        frozenset(hidden),
        ". ".join(filter(None, notes)),
    )


def _note(options: Options) -> str:
    return LEFT_OUT if any(line.is_incomplete for line in options.lines) else ""


def _cost(line: OptionLine, at: int, amounts: Amounts) -> str:
    return at_least(amounts.money(float(line.total[at])), line.is_incomplete)


def _series(options: Options) -> tuple[Series, ...]:
    return tuple(
        Series(
            line.name,
            line.name,
            _both(LINE_COLORS[at % len(LINE_COLORS)]),
            is_line=True,
            dashes=() if line.is_chosen else DASHES[at % len(DASHES)],
            is_strong=line.is_chosen,
        )
        for at, line in enumerate(options.lines)
    )


def _both(color: str) -> tuple[str, str]:
    """A color that is the same on a light and on a dark ground."""
    return color, color


def crossing_in_words(crossing: Crossing, axis: Axis, amounts: Amounts) -> str:
    """`ECS Fargate = EC2 on demand at 312 h, $214`."""
    return (
        f"{crossing.before} = {crossing.after} at {axis.words(crossing.x)}, "
        f"{amounts.dollars(crossing.cost)}"
    )


def _in_words(
    options: Options,
    axis: Axis,
    amounts: Amounts,
    hidden: Set[str],
    crossings: list[Crossing],
    first: float,
    last: float,
) -> str:
    here = options.at(np.array([first, last]))
    lines = "; ".join(
        f"{line.name}{' (chosen)' if line.is_chosen else ''} "
        f"from {_cost(line, 0, amounts)} to {_cost(line, -1, amounts)}"
        for line in here.lines
        if line.name not in hidden
    )
    sentences = [
        f"The total by option, from {axis.words(first)} to {axis.words(last)}: {lines}",
        f"{at_least(amounts.money(options.current_cost), options.is_incomplete)} "
        f"a month at the current "
        f"{axis.words(options.current_x)}",
    ]
    found = [crossing for crossing in crossings if first <= crossing.x <= last]
    told = "; ".join(crossing_in_words(crossing, axis, amounts) for crossing in found)
    sentences.append(f"Crossings: {told}" if told else "No lines cross")
    if options.unpriced:
        sentences.append(f"No known price: {', '.join(options.unpriced)}")
    held = plan_in_words(options, axis, amounts, first, last) if PLAN not in hidden else ""
    return f"{'. '.join(sentences)}.{held}"


def _table(
    options: Options, axis: Axis, amounts: Amounts, hidden: Set[str], first: float, last: float
) -> Table:
    here = options.at(table_values(options, first, last, axis))
    columns: list[tuple[str, object]] = [
        (f"{line.name} (chosen)" if line.is_chosen else line.name, line.total)
        for line in here.lines
        if line.name not in hidden
    ]
    if here.plan and PLAN not in hidden:
        columns.append((here.plan.label, plan_column(here)))
    return table_of(here, axis, amounts, columns, _note(options))


def _reading(
    options: Options, axis: Axis, amounts: Amounts, crossings: list[Crossing], x: float
) -> Reading:
    here = options.at(np.array([x]))
    values = {line.name: _cost(line, 0, amounts) for line in here.lines}
    if here.plan:
        held = here.plan.total
        values[PLAN] = amounts.money(float(held[0])) if len(held) else TOO_SMALL
    reach = float(options.values[-1] - options.values[0]) * NEAR
    notes = tuple(
        crossing_in_words(crossing, axis, amounts)
        for crossing in crossings
        if abs(crossing.x - x) <= reach
    )
    return Reading(axis.words(x), values, notes=notes)
