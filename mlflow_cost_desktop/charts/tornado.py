"""What matters most: a bar for each input, from the cost at its low end to that at its high end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import partial

import numpy as np

from mlflow_cost_desktop.analysis.sweep import round_step
from mlflow_cost_desktop.analysis.tornado import Bar as Swing
from mlflow_cost_desktop.analysis.tornado import Tornado
from mlflow_cost_desktop.charts.axes import Axis, money_axis, named
from mlflow_cost_desktop.charts.chart import Bar, Chart, Mark, Reading, Rule, Series, Table
from mlflow_cost_desktop.charts.costs import LEFT_OUT, Amounts
from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.currency import Currency

TITLE = "What matters most"

LOW = Series("low", "At its low end", (COLORS["server"], COLORS["server"]))
HIGH = Series("high", "At its high end", (COLORS["labor"], COLORS["labor"]))

MOST = 10
"""Bars in the chart; its table has all of them."""

HALF = 0.36
"""Of a row: half the height of its bar."""

ROOM = 1.3
"""Rows above the bars: for what names the rules."""

LONGEST = 42
"""Letters of a name beside its bar."""


@dataclass(frozen=True)
class Named:
    """A tornado with its words.

    Attributes:
        names, ends: of each bar, what it is called and between which ends it is moved.
        plan: what is held against it, and what that costs, USD a month; none where nothing is.
    """

    tornado: Tornado
    currency: Currency
    names: tuple[str, ...]
    ends: tuple[str, ...]
    plan: tuple[str, float] | None = None

    @property
    def shown(self) -> tuple[Swing, ...]:
        """The bars that have room, the widest first."""
        return self.tornado.bars[:MOST]


def tornado_chart(named_: Named, figures: Figures, hidden: Set[str] = frozenset()) -> Chart:
    """The widest bars, from the top down, around the cost of now."""
    found, currency = named_.tornado, named_.currency
    amounts = Amounts(currency, figures)
    x = _axis(named_, figures)
    bars = named_.shown
    count = max(len(bars), 1)
    marks: list[Mark] = []
    for at, bar in enumerate(bars):
        height = float(count - 1 - at)
        for series, cost in ((LOW, bar.cost_low), (HIGH, bar.cost_high)):
            if series.key in hidden:
                continue
            left, right = sorted(map(currency.converted, (cost, found.cost)))
            marks.append(Bar(series, left, right, height - HALF, height + HALF))
    marks += _rules(named_, amounts, x)
    names = tuple(_short(name) for name in reversed(named_.names[:count])) or ("",)
    y = Axis("", "", named(names), -0.6, count - 0.4 + ROOM, figures)
    rest = len(found.bars) - len(bars)
    more = f"{rest} more inputs matter less: see the table" if rest > 0 else ""
    return Chart(
        TITLE,
        x,
        y,
        (LOW, HIGH),
        tuple(marks),
        None,
        lambda first, last: _in_words(named_, amounts),
        lambda first, last: _table(named_, amounts),
        partial(_reading, named_, x),
        frozenset(hidden),
        ". ".join(filter(None, (amounts.rate, _left_out(found), more))),
    )


def _rules(named_: Named, amounts: Amounts, x: Axis) -> Iterator[Rule]:
    """Where the cost of now and that of the plan stand: each with its words on the far side."""
    found = named_.tornado
    cost = named_.currency.converted(found.cost)
    plan = named_.currency.converted(named_.plan[1]) if named_.plan else cost
    now = at_least(amounts.dollars(found.cost), found.unpriced)
    yield Rule(cost, f"now {now}", leads=plan > cost)
    if named_.plan and x.lower <= plan <= x.upper:
        name, usd = named_.plan
        dollars = amounts.dollars(usd)
        yield Rule(plan, f"{name} {dollars}", leads=plan < cost, short=f"plan {dollars}")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _axis(named_: Named, figures: Figures) -> Axis:
    found, currency = named_.tornado, named_.currency
    costs = [found.cost]
    for bar in named_.shown:
        costs += [bar.cost_low, bar.cost_high]
    if named_.plan:
        costs.append(named_.plan[1])
    low, high = (currency.converted(usd) for usd in (min(costs), max(costs)))
    step = round_step(max(high - low, 1e-3 * max(high, 1.0)) / 8.0)
    lower = float(max(np.floor(low / step) * step, min(low, 0.0)))
    upper = float(np.ceil(high / step) * step)
    axis = money_axis(currency, upper, figures, lower=lower, title="cost a month")
    return Axis(axis.title, axis.unit, axis.scale, lower, max(upper, lower + step), figures)


def _in_words(named_: Named, amounts: Amounts) -> str:
    found = named_.tornado
    said = [
        f"{name}, {ends}: {' to '.join(_costs(bar, amounts.dollars))}"
        for name, ends, bar in zip(named_.names, named_.ends, named_.shown, strict=False)
    ]
    each = "; ".join(said) or "no input matters"
    now = at_least(amounts.money(found.cost), found.unpriced)
    return f"{TITLE}: {now} a month now, and with one input moved: {each}."


def _left_out(found: Tornado) -> str:
    return LEFT_OUT if found.unpriced else ""


def _costs(bar: Swing, written: Callable[[float], str]) -> tuple[str, str]:
    """What it costs at both ends, with what that leaves out."""
    return (
        at_least(written(bar.cost_low), bar.lacks_low),
        at_least(written(bar.cost_high), bar.lacks_high),
    )


def _table(named_: Named, amounts: Amounts) -> Table:
    currency = named_.currency
    rows = zip(named_.names, named_.ends, named_.tornado.bars, strict=True)
    cells = tuple((name, ends, *_costs(bar, amounts.money)) for name, ends, bar in rows)
    numbers = tuple(
        (np.nan, np.nan, currency.converted(bar.cost_low), currency.converted(bar.cost_high))
        for bar in named_.tornado.bars
    )
    code = "USD" if currency.is_usd else currency.code
    headings = ("Input", "Ends", "Cost at the low end", "Cost at the high end")
    note = ". ".join(filter(None, (amounts.note, _left_out(named_.tornado))))
    return Table(headings, cells, 0, numbers, ("", "", code, code), note)


def _reading(named_: Named, x: Axis, at: float) -> Reading:
    """Which inputs reach a cost."""
    usd = at / named_.currency.rate
    reach = [
        name
        for name, bar in zip(named_.names, named_.tornado.bars, strict=True)
        if min(bar.cost_low, bar.cost_high) <= usd <= max(bar.cost_low, bar.cost_high)
    ]
    notes = (f"reached by {', '.join(reach[:3])}",) if reach else ()
    return Reading(x.words(at), {}, notes=notes)
