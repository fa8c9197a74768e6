"""Scenarios side by side: their lines by identity, and what makes the difference to the first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mlflow_cost_desktop.analysis.managed_plans import with_plan
from mlflow_cost_desktop.analysis.projection import IN_YEAR, projection
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.charges.lines import Line, by_line
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import COMPONENT, ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

MOST_COLUMNS = 6
"""How many scenarios stand side by side at most: more can't be read."""

PARTS = {**COMPONENTS, COMPONENT: "Managed plan"}
"""Names of what lines are grouped by, in their order."""

LEAST_STEP = 0.005
"""USD a month: what rounds to nothing is no step of its own."""


@dataclass(frozen=True, eq=False)
class Column:
    """A scenario as it stands beside others, at its own month, horizon and prices.

    Attributes:
        estimate: of the scenario itself or, with a plan, of the plan and what stays with the
            buyer.
        plan: what takes the place of the scenario's own hosting, if anything.
        shipped: the plans that come with the program, of which the plan may name a larger one.
    """

    name: str
    scenario: Scenario
    price_book: PriceBook
    estimate: Estimate
    plan: ManagedPlan | None = None
    shipped: tuple[ManagedPlan, ...] = ()

    def named(self, name: str) -> Column:
        """The same under another name."""
        return self if name == self.name else dataclasses.replace(self, name=name)

    @property
    def cost(self) -> float:
        """The effective cost, USD a month; lines without a price are left out of all figures."""
        return float(self.estimate.effective_cost)

    @property
    def gaps(self) -> frozenset[str]:
        """The parts of which a line lacks a price."""
        return self.estimate.gaps

    def lacks(self, total: str) -> bool:
        """Whether a total, by the name of its attribute here, leaves out a line."""
        lacking = [charge for charge in self.estimate.charges if charge.is_unpriced]
        if total == "labor":
            return any(charge.component == "labor" for charge in lacking)
        if total == "infrastructure":
            return any(charge.component != "labor" for charge in lacking)
        if total in ("one_off", "recurring"):
            return any(_is_once(charge) == (total == "one_off") for charge in lacking)
        return bool(lacking)

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """What each line costs by its identity, without those that would be nothing anyway."""
        lines = by_line(self.estimate.charges)
        return {
            name: Cell.of(line)
            for name, line in lines.items()
            if any(part.is_worth_showing for part in line.parts)
        }

    @cached_property
    def first_year_cash(self) -> float:
        """What is paid in the first twelve months, USD, as the scenario's rules say."""
        if not self.scenario.growth:
            return float(self.estimate.first_year_cash)
        along = projection(self.scenario, self.price_book, self.plan, self.shipped)
        if along.held:
            return float(along.held.cash[:IN_YEAR].sum())
        return along.years[0].cash

    @property
    def labor(self) -> float:
        """What own people's time costs, USD a month."""
        return float(self.estimate.labor)

    @property
    def infrastructure(self) -> float:
        """All else, USD a month; what a plan's vendor charges counts here."""
        return self.cost - self.labor

    @cached_property
    def one_off(self) -> float:
        """What is paid once and spread over the horizon, USD a month."""
        return sum(float(c.known_cost) for c in self.estimate.charges if _is_once(c))

    @property
    def recurring(self) -> float:
        """All else, USD a month; commitments are renewed and count here."""
        return self.cost - self.one_off


def _is_once(charge: Charge) -> bool:
    return charge.spread is not None and not charge.spread.renewed


class Cell(NamedTuple):
    """A line of one column.

    Attributes:
        name: its words there.
        cost: USD a month, zero where a price is unknown.
        quantity: how many units a month.
        is_unpriced: whether a part of it has no known price.
    """

    name: str
    cost: float
    quantity: float
    unit: str
    is_unpriced: bool

    @classmethod
    def of(cls, line: Line) -> Cell:
        """A line of floats."""
        return cls(
            line.name,
            sum(float(part.known_cost) for part in line.parts),
            float(line.quantity),
            line.parts[0].pricing_unit,
            any(part.is_unpriced for part in line.parts),
        )


class Effects(NamedTuple):
    """What of a difference comes from other prices, and what from other quantities; USD."""

    price: float
    quantity: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line over all columns.

    Attributes:
        line: its identity, `component/group/word`.
        cells: one for each column, none where that has no such line.
    """

    line: str
    cells: tuple[Cell | None, ...]

    @property
    def component(self) -> str:
        return self.line.partition("/")[0]

    @property
    def name(self) -> str:
        """Its words; without what varies where the columns differ in that: `Instance hours`."""
        names = [cell.name for cell in self.cells if cell]
        if all(name == names[0] for name in names):
            return names[0]
        short = [name.partition(" (")[0] for name in names]
        return short[0] if all(name == short[0] for name in short) else names[0]

    def cost(self, at: int) -> float:
        """USD a month in a column; zero without the line, or without its price."""
        cell = self.cells[at]
        return cell.cost if cell else 0.0

    def difference(self, at: int) -> float:
        """What a column costs more than the first, USD a month."""
        return self.cost(at) - self.cost(0)

    def is_only_in_one(self, at: int) -> bool:
        """Whether either the first or that column has the line, and the other has not."""
        return (self.cells[at] is None) != (self.cells[0] is None)

    def is_in_neither(self, at: int) -> bool:
        """Whether neither the first nor that column has the line."""
        return self.cells[at] is None and self.cells[0] is None

    def lacks_price(self, at: int) -> bool:
        """Whether the difference leaves something out, since a price is unknown."""
        return any(
            cell is not None and cell.is_unpriced for cell in (self.cells[0], self.cells[at])
        )

    def effects(self, at: int) -> Effects:
        """The difference to the first column by the midpoint rule: both add up to it.

        A line that only one of them has, or that is counted in another unit there, is another
        quantity; one whose price is unknown in either is another price.
        """
        first, other = self.cells[0], self.cells[at]
        difference = self.difference(at)
        if self.lacks_price(at):
            return Effects(difference, 0.0)
        if first is None or other is None or first.unit != other.unit:
            return Effects(0.0, difference)
        if not first.quantity or not other.quantity:
            return Effects(0.0, difference)
        prices = first.cost / first.quantity, other.cost / other.quantity
        by_price = (prices[1] - prices[0]) * (first.quantity + other.quantity) / 2.0
        return Effects(by_price, difference - by_price)


class Step(NamedTuple):
    """A part of what lies between two totals.

    Attributes:
        line: the identity of the line; empty for several lines together.
        component: the part; empty for several.
        effect: USD a month.
    """

    title: str
    component: str
    line: str
    effect: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Columns side by side, at least one; all differences are to the first.

    Amounts are shown in the first one's currency.
    """

    columns: tuple[Column, ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The lines that any column has, by part, in the order of the columns' lines."""
        order = list(PARTS)
        lines = dict.fromkeys(line for column in self.columns for line in column.cells)
        ordered = sorted(lines, key=lambda line: order.index(line.partition("/")[0]))
        return tuple(
            Row(line, tuple(column.cells.get(line) for column in self.columns)) for line in ordered
        )

    @cached_property
    def _by_part(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.component, []).append(row)
        return found

    def rows_of(self, component: str) -> Sequence[Row]:
        """The lines of a part."""
        return self._by_part.get(component, ())

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that any column has lines of, in their order."""
        return tuple(self._by_part)

    @cached_property
    def _subtotals(self) -> dict[str, list[float]]:
        each = range(len(self.columns))
        return {
            part: [sum(row.cost(at) for row in rows) for at in each]
            for part, rows in self._by_part.items()
        }

    def subtotal(self, component: str, at: int) -> float:
        """What a part costs in a column, USD a month."""
        return self._subtotals[component][at]

    def difference(self, at: int) -> float:
        """What a column costs more than the first, USD a month."""
        return self.columns[at].cost - self.columns[0].cost

    def effects(self, at: int, component: str = "") -> Effects:
        """What other prices and other quantities make of a difference, of a part or of all."""
        rows = self.rows_of(component) if component else self.rows
        found = [row.effects(at) for row in rows]
        return Effects(sum(one.price for one in found), sum(one.quantity for one in found))

    def lacks_price(self, at: int, component: str = "") -> bool:
        """Whether a difference leaves out a line, of a part or of all, without a known price."""
        gaps = self.columns[0].gaps | self.columns[at].gaps
        return component in gaps if component else bool(gaps)

    def steps(self, at: int) -> tuple[Step, ...]:
        """From the first column's total to another's, line by line; they add up."""
        return tuple(
            Step(row.name, row.component, row.line, row.difference(at))
            for row in self.rows
            if row.difference(at)
        )

    def steps_by_part(self, at: int) -> tuple[Step, ...]:
        """The same, part by part."""
        found = (
            Step(PARTS[part], part, "", self.subtotal(part, at) - self.subtotal(part, 0))
            for part in self.parts
        )
        return tuple(step for step in found if abs(step.effect) >= LEAST_STEP)


def folded(steps: Sequence[Step], most: int) -> tuple[Step, ...]:
    """Steps of which the largest stand for themselves, the others together at the end.

    What rounds to nothing is always among the others, and shown only with some that do not.
    """
    told = [step for step in steps if abs(step.effect) >= LEAST_STEP]
    kept = set(told)
    if len(told) > most:
        kept = set(sorted(told, key=lambda step: -abs(step.effect))[: most - 1])
    rest = [step for step in steps if step not in kept]
    shown = [step for step in steps if step in kept]
    left = sum(step.effect for step in rest)
    if len(told) > most or abs(left) >= LEAST_STEP:
        shown.append(Step(f"{len(rest)} other lines", "", "", left))
    return tuple(shown)


def column(
    name: str,
    scenario: Scenario,
    price_book: PriceBook,
    plan: ManagedPlan | None = None,
    shipped: Sequence[ManagedPlan] = (),
    own: Estimate | None = None,
) -> Column:
    """A scenario as a column; with a plan, the plan and what stays with the buyer.

    Pure.

    Args:
        plan: one of which it is known what it costs.
        own: the scenario's estimate, where it was made already.
    """
    outcome = own or estimate(scenario, price_book)
    if plan:
        outcome = with_plan(scenario, price_book, plan, outcome)
    return Column(name, scenario, price_book, outcome, plan, tuple(shipped))


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of which none stands twice: the second is numbered."""
    found: list[str] = []
    for name in names:
        number, made = 2, name
        while made in found:
            made, number = f"{name} ({number})", number + 1
        found.append(made)
    return tuple(found)
