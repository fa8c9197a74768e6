"""The way from one scenario's total to another's: a bar for each step, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Literal, TypeAlias

from mlflow_cost_desktop.analysis.comparison import Comparison, Step, folded
from mlflow_cost_desktop.charts.axes import Axis, money_axis, named
from mlflow_cost_desktop.charts.chart import Bar, Chart, Label, Mark, Reading, Series, Table
from mlflow_cost_desktop.charts.costs import LEFT_OUT, Amounts
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.figures import Figures, at_least, write
from mlflow_cost_desktop.model.managed_plan import COMPONENT

By: TypeAlias = Literal["parts", "lines"]

MOST_STEPS = 8
"""Bars between the two totals at most; what is left stands together in the last."""

LEAST_ROWS = 6
"""Rows that the plot has room for at least, so that few bars are no blocks."""

MOST_NAME = 30
"""Characters of a bar's name."""

HALF = 0.34
"""Of a bar's thickness, in rows."""

ROOM = 1.16
"""How far the axis reaches beyond the longest bar: for the amount beside it."""

TOTALS = Series("total", "Total", ("#626B7A", "#8A929E"))
SEVERAL = Series("several", "Several parts", ("#8A8A8A", "#A8A8A8"))


@dataclass(frozen=True, eq=False, slots=True)
class Waterfall:
    """What is charted.

    Attributes:
        at: the column that the way leads to.
        by: whether each step is a part of the estimate or a line.
    """

    comparison: Comparison
    at: int
    by: By = "parts"

    @property
    def steps(self) -> tuple[Step, ...]:
        """From the first column's total to the other's; they add up."""
        if self.by == "parts":
            return self.comparison.steps_by_part(self.at)
        return folded(self.comparison.steps(self.at), MOST_STEPS)

    @property
    def totals(self) -> tuple[float, float]:
        """What the first column costs, and the other; USD a month."""
        columns = self.comparison.columns
        return columns[0].cost, columns[self.at].cost


def waterfall_chart(shown: Waterfall, figures: Figures) -> Chart:
    """A bar for each step between two totals, which stand above and below them."""
    columns, steps = shown.comparison.columns, shown.steps
    amounts = Amounts(columns[0].scenario.currency, figures)
    first, last = shown.totals
    names = [columns[0].name, *(_title(step, figures) for step in steps), columns[shown.at].name]
    levels = list(accumulate((step.effect for step in steps), initial=first))
    top = len(names) - 1
    marks: list[Mark] = []

    def add(row: int, series: Series, begin: float, end: float, text: str) -> None:
        rate = amounts.currency.rate
        low, high = sorted((begin * rate, end * rate))
        marks.append(Bar(series, low, high, top - row - HALF, top - row + HALF))
        marks.append(Label(high, float(top - row), text, is_beside=True))

    lacks = [bool(columns[at].gaps) for at in (0, shown.at)]
    add(0, TOTALS, 0.0, first, at_least(amounts.money(first), lacks[0]))
    for row, (step, level) in enumerate(zip(steps, levels, strict=False), 1):
        text = amounts.currency.signed_money(step.effect, figures)
        add(row, _series(step), level, level + step.effect, text)
    add(top, TOTALS, 0.0, last, at_least(amounts.money(last), lacks[1]))
    highest = max((*levels, last, 1.0)) * ROOM
    return Chart(
        _heading(shown),
        money_axis(amounts.currency, amounts.currency.converted(highest), figures),
        _names_axis([_cut(name) for name in names], figures),
        (),  # each bar has its name beside it
        tuple(marks),
        None,
        partial(_in_words, shown, amounts),
        partial(_table, shown, amounts),
        partial(_reading, amounts),
        note=". ".join(filter(None, (amounts.rate, LEFT_OUT if any(lacks) else ""))),
    )


def _heading(shown: Waterfall) -> str:
    columns = shown.comparison.columns
    return f"From “{columns[0].name}” to “{columns[shown.at].name}”"


def _names_axis(names: Sequence[str], figures: Figures) -> Axis:
    """An upright axis with a row for each name, the first on top."""
    top = len(names) - 1
    lower = min(-0.5, top + 0.5 - LEAST_ROWS)
    return Axis("", "", named(tuple(reversed(names))), lower, top + 0.5, figures)


def _series(step: Step) -> Series:
    if not step.component:
        return SEVERAL
    colors = PLAN_COLORS if step.component == COMPONENT else (COLORS[step.component],) * 2
    return Series(step.component, step.component, (colors[0], colors[1]), part=step.component)


def _title(step: Step, figures: Figures) -> str:
    return write(step.title, figures)


def _cut(name: str) -> str:
    return name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"


def _in_words(shown: Waterfall, amounts: Amounts, first: float, last: float) -> str:
    columns = shown.comparison.columns
    totals = [
        at_least(amounts.money(usd), columns[at].gaps)
        for usd, at in zip(shown.totals, (0, shown.at), strict=True)
    ]
    told = ", ".join(
        f"{_title(step, amounts.figures)} "
        f"{amounts.currency.signed_money(step.effect, amounts.figures)}"
        for step in shown.steps
    )
    return (
        f"From {totals[0]} a month with “{columns[0].name}” to {totals[1]} with "
        f"“{columns[shown.at].name}”: {told or 'nothing differs'}."
    )


def _table(shown: Waterfall, amounts: Amounts, first: float, last: float) -> Table:
    columns, steps = shown.comparison.columns, shown.steps
    begin, end = shown.totals
    levels = list(accumulate((step.effect for step in steps), initial=begin))[1:]
    told = [
        (columns[0].name, None, begin),
        *(
            (_title(step, amounts.figures), step.effect, level)
            for step, level in zip(steps, levels, strict=True)
        ),
        (columns[shown.at].name, None, end),
    ]
    rows = tuple(
        (
            name,
            "" if usd is None else amounts.currency.signed_money(usd, amounts.figures),
            amounts.money(level),
        )
        for name, usd, level in told
    )
    rate, nothing = amounts.currency.rate, float("nan")
    numbers = tuple(
        (nothing, nothing if usd is None else usd * rate, level * rate) for _, usd, level in told
    )
    code = "USD" if amounts.currency.is_usd else amounts.currency.code
    left_out = LEFT_OUT if columns[0].gaps or columns[shown.at].gaps else ""
    note = ". ".join(filter(None, (amounts.note, left_out)))
    return Table(("Step", "Change", "Total"), rows, 0, numbers, ("", code, code), note)


def _reading(amounts: Amounts, x: float) -> Reading:
    return Reading(amounts.money(x / amounts.currency.rate), {})
