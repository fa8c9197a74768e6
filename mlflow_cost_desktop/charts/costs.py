"""What the charts of costs have in common: amounts in words, the marker, and the plan held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve, PlanCurve, Question, Values
from mlflow_cost_desktop.charts.axes import Axis, input_axis, input_name, money_axis
from mlflow_cost_desktop.charts.chart import Label, Line, Marker, Series, Table
from mlflow_cost_desktop.charts.palette import PLAN_COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.scenario import Scenario

ROWS = 12
"""Round values that a table has at least half of, beside the current one and the crossings."""

HEADROOM = 1.1
"""How far the axis reaches above the highest point at least: room for the marker's tag."""

PLAN = "plan"
"""The key of the managed plan's series."""

DEAREST = 1.6
"""A plan so many times as high as all else is whole in the picture; a dearer one would press the
rest flat, and leaves it at the top."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts of USD in a currency, in words of some format."""

    currency: Currency
    figures: Figures

    def money(self, usd: float) -> str:
        """To the cent."""
        return self.currency.money(usd, self.figures)

    def dollars(self, usd: float) -> str:
        """For a sentence, or where there is little room."""
        return self.currency.dollars(usd, self.figures)

    @property
    def rate(self) -> str:
        """`$1 = €0.92, 2026-11-20`; empty for USD itself."""
        return self.currency.rate_in_words(self.figures)

    @property
    def note(self) -> str:
        """What stands below a table: in which currency it is, at which rate."""
        return f"In {self.currency.code}, {self.rate}" if self.rate else ""

    def converted(self, usd: Values) -> Values:
        """Amounts of the currency."""
        return usd * self.currency.rate


Contents = Curve | Options
"""What a chart of costs is made of: the parts of the total, or the options of a part."""


def title(question: Question, scenario: Scenario) -> str:
    """`Cost by usage hours`."""
    return f"Cost by {input_name(question.path, scenario)}"


def x_axis(contents: Contents, figures: Figures) -> Axis:
    """The input's axis, over all values of the curve."""
    first, last = float(contents.values[0]), float(contents.values[-1])
    return input_axis(contents.question, contents.scenario, first, last, figures)


def y_axis(contents: Contents, highest: float, figures: Figures) -> Axis:
    """Costs from zero to above the highest that is shown, USD."""
    highest = max(highest, 1.0) * HEADROOM
    return money_axis(contents.currency, contents.currency.converted(highest), figures)


def marker(contents: Contents, cost: float, figures: Figures, *, is_incomplete: bool) -> Marker:
    """The scenario's own place, at a cost of USD; it can be moved as far as its input may go."""
    spec = spec_at(contents.scenario, contents.question.path)
    upper = float(contents.values[-1])
    amounts = Amounts(contents.currency, figures)
    return Marker(
        contents.question.path,
        contents.current_x,
        contents.currency.converted(cost),
        at_least(amounts.dollars(cost), is_incomplete),
        float(contents.values[0]),
        upper if spec.upper is None else min(upper, spec.upper),
    )


def plan_series(plan: PlanCurve) -> Series:
    """The plan that is held against the scenario: a dashed line."""
    return Series(
        PLAN,
        plan.name,
        PLAN_COLORS,
        is_line=True,
        dashes=(4.0, 3.0),
        aside=", ".join(plan.marks),
    )


def plan_line(plan: PlanCurve, amounts: Amounts) -> Line:
    """What it costs where it has room for what is stored."""
    return Line(plan_series(plan), plan.values, amounts.converted(plan.total))


def reach_of(plan: PlanCurve, highest: float) -> float:
    """How high a chart reaches for a plan, beside what costs so much at most, USD."""
    dearest = float(plan.total.max())
    return dearest if dearest <= DEAREST * highest else highest


def leaving(plan: PlanCurve, y: Axis, amounts: Amounts) -> Iterator[Label]:
    """Where its line leaves the picture at the top, and up to what; none where it stays."""
    beyond = np.flatnonzero(amounts.converted(plan.total) > y.upper)
    if len(beyond):
        words = f"↑ {plan.name}, up to {amounts.dollars(float(plan.total.max()))}"
        yield Label(float(plan.values[beyond[0]]), y.upper, words)


def plan_column(contents: Contents) -> Values:
    """The plan's cost at each value, USD; not a number where it is too small."""
    held = np.full(contents.values.shape, np.nan)
    if contents.plan:
        held[np.isin(contents.values, contents.plan.values)] = contents.plan.total
    return held


def plan_in_words(
    contents: Contents, axis: Axis, amounts: Amounts, first: float, last: float
) -> str:
    """A sentence on the plan that is held against the scenario, if it has room in what is seen."""
    plan = contents.plan
    if plan is None or not len(plan.values):
        return ""
    low, high = max(first, float(plan.values[0])), min(last, float(plan.values[-1]))
    if low > high:
        return ""
    ends = [float(np.interp(x, plan.values, plan.total)) for x in (low, high)]
    until = f" at {axis.words(high)}, the most it has room for" if high < last else ""
    return (
        f" {plan.label}, dashed, with what stays with you: "
        f"{amounts.money(ends[0])} to {amounts.money(ends[1])}{until}."
    )


LEFT_OUT = "Lines without a known price are left out"
"""Of a chart whose costs lack some."""


def table_values(contents: Contents, first: float, last: float, axis: Axis) -> Values:
    """Round values over a range, its end, the current one, and those of crossings."""
    found = [*axis.ticks(first, last, ROWS), last]
    further = [contents.current_x]
    if isinstance(contents, Options):
        further += [crossing.x for crossing in contents.crossings]
    found += [x for x in further if first <= x <= last]
    return np.unique(np.array(found))


def table_of(
    here: Contents,
    axis: Axis,
    amounts: Amounts,
    columns: Sequence[tuple[str, object]],
    note: str = "",
) -> Table:
    """Columns of USD, by their heads, beside the values that they are of."""

    def in_words(usd: float) -> str:
        return TOO_SMALL if np.isnan(usd) else amounts.money(usd)

    headings = (axis.title[0].upper() + axis.title[1:], *(name for name, _ in columns))
    costs = [np.broadcast_to(np.asarray(cost), here.values.shape).tolist() for _, cost in columns]
    rows = tuple(
        (axis.words(x), *map(in_words, row))
        for x, *row in zip(here.values.tolist(), *costs, strict=True)
    )
    numbers = tuple(
        (x, *(usd * amounts.currency.rate for usd in row))
        for x, *row in zip(here.values.tolist(), *costs, strict=True)
    )
    code = "USD" if amounts.currency.is_usd else amounts.currency.code
    units = (axis.unit, *(code for _ in columns))
    current = int(np.argmin(np.abs(here.values - here.current_x)))
    notes = ". ".join(filter(None, (amounts.note, note)))
    return Table(headings, rows, current, numbers, units, notes)
