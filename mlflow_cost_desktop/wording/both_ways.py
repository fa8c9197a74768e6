"""What hosting and buying cost, side by side: a month, the first year with its parts, all months.

Made once for the first page of the report and the top of the Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.amounts import adding_up, apart, written

HOSTING, BUYING, DIFFERENCE = "Hosting yourself", "Buying", "Difference"


class Head(NamedTuple):
    """A column's title, and what is said below it."""

    title: str
    beneath: str


class BothWays(NamedTuple):
    """Columns, and a row for each way to get MLflow.

    Attributes:
        heads: of the figures; the row's name stands before them.
        rows: of each way its name and its figures; the last of two is what buying costs more.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]


class _Way(NamedTuple):
    """What one way costs in USD.

    Attributes:
        month: effective.
        cash: in the first year, or in the horizon where that is shorter.
        start, running, later: its parts: paid at the start, month by month, and once later.
        horizon: of all months.
        at_end: of it what is paid once after the first year.
        lacks_once, lacks_running: whether something that is paid once, or month by month, has no
            known price.
    """

    month: float
    cash: float
    start: float
    running: float
    later: float
    horizon: float
    at_end: float
    lacks_once: bool
    lacks_running: bool

    @property
    def has_gaps(self) -> bool:
        return self.lacks_once or self.lacks_running

    @classmethod
    def of(cls, estimate: Estimate) -> _Way:
        months = min(12.0, float(estimate.horizon_months))
        once = [charge for charge in estimate.charges if charge.spread is not None]
        start = float(add_up(charge.known_cash(1) for charge in once))
        later = float(add_up(charge.known_within(months) for charge in once)) - start
        cash = float(estimate.first_year_cash)
        return cls(
            float(estimate.effective_cost),
            cash,
            start,
            cash - start - later,
            later,
            float(estimate.horizon_total),
            _at_end(once, float(estimate.horizon_months)),
            any(charge.is_unpriced for charge in once),
            any(c.is_unpriced for c in estimate.charges if c.spread is None),
        )


def _at_end(once: Iterable[Charge], months: float) -> float:
    """What is paid once in the last month of more than a year."""
    if months <= 12.0:
        return 0.0
    ends = (charge for charge in once if charge.spread and charge.spread.at_end)
    return float(add_up(charge.known_within(months) for charge in ends))


def both_ways(
    scenario: Scenario, own: Estimate, bought: Estimate | None, figures: Figures
) -> BothWays:
    """What hosting costs, and buying where its price is known; parts add up as they are written.

    A horizon of no more than a year is the first year, and has no column of its own.
    """
    ways = [_Way.of(one) for one in (own, bought) if one is not None]
    has_later = any(abs(way.later) >= 0.005 for way in ways)
    horizon = float(own.horizon_months)
    months = figures.quantity(min(12.0, horizon), "month")
    paid = "without growth" if scenario.growth else "all that is paid"
    heads = [
        Head("A month", "one-offs spread"),
        Head("First year, cash" if horizon > 12.0 else f"{months}, cash", paid),
        Head("= at the start", "set-up, upfront"),
        Head("+ monthly", "bills and time"),
    ]
    if has_later:
        heads.append(Head("+ once, later", "renewals, leaving"))
    if horizon > 12.0:
        alike = "without growth" if scenario.growth else "all months alike"
        if any(abs(way.at_end) >= 0.005 for way in ways):
            alike = "without growth; with leaving" if scenario.growth else "all, with leaving"
        heads.append(Head(figures.quantity(horizon, "month"), alike))
    form = written(scenario.currency, figures, max(way.month for way in ways))

    def amount(usd: float, way: _Way) -> str:
        return at_least(form(usd), way.has_gaps)

    rows: list[tuple[str, ...]] = [
        (name, amount(way.month, way), *_cells(way, has_later, horizon > 12.0, scenario, figures))
        for name, way in zip((HOSTING, BUYING), ways, strict=False)
    ]
    if len(ways) > 1:
        rows.append((DIFFERENCE, *_apart(ways, has_later, horizon > 12.0, scenario, figures)))
    return BothWays(tuple(heads), tuple(rows))


def _cells(
    way: _Way, has_later: bool, has_horizon: bool, scenario: Scenario, figures: Figures
) -> Iterator[str]:
    currency = scenario.currency
    parts = (way.start, way.running, *([way.later] if has_later else []))
    cash, *each = adding_up(currency, figures, way.cash, *parts)
    yield at_least(cash, way.has_gaps)
    lacks = (way.lacks_once, way.lacks_running, way.lacks_once)
    yield from (at_least(words, lack) for words, lack in zip(each, lacks, strict=False))
    if has_horizon:
        yield at_least(written(currency, figures, way.horizon)(way.horizon), way.has_gaps)


def _apart(
    ways: list[_Way], has_later: bool, has_horizon: bool, scenario: Scenario, figures: Figures
) -> Iterator[str]:
    own, bought = ways

    def differ(of: Callable[[_Way], float]) -> str:
        usd = of(bought) - of(own)
        sign = "" if abs(usd) < 0.005 else "−" if usd < 0 else "+"
        largest = of(own)
        return f"{sign}{apart(scenario.currency, figures, largest, of(own), of(bought))}"

    yield differ(lambda way: way.month)
    yield differ(lambda way: way.cash)
    yield from ("", "", *([""] if has_later else []))
    if has_horizon:
        yield differ(lambda way: way.horizon)
