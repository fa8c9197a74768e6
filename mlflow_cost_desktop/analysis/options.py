"""The ways to host a part over a range of one input, and where they cross."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlflow_cost_desktop.analysis.sweep import PlanCurve, Question, Values, plan_curve
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

REFINED = 33
"""Points between two of the curve's, where it bends between them."""

EVEN = 1e-9
"""Costs that differ by less, relative to their size, are the same."""


@dataclass(frozen=True)
class Line:
    """One way to host the part: the scenario's total with it, USD a month at each value.

    `is_incomplete`: whether some line of another part lacks a price and is left out.
    """

    name: str
    total: Values
    is_chosen: bool
    is_incomplete: bool = False


class Crossing(NamedTuple):
    """From `x` on, `after` is cheaper than `before`; there both cost `cost` USD a month."""

    x: float
    cost: float
    before: str
    after: str


class Edge(NamedTuple):
    """Where a price's next tier begins, and which line that is."""

    x: float
    description: str


@dataclass(frozen=True)
class Options:
    """A chart's contents: a line for each option, and where the scenario stands.

    Attributes:
        scenarios: the scenario with each line's option, in the order of the lines.
        lines: of the options whose prices are known, as the part lists them.
        unpriced: the names of the others.
        crossings: where the cheapest option changes, and where the chosen one meets another.
        edges: where tiers begin.
        plan: what the managed plan `held` against it costs, if one is.
    """

    question: Question
    scenario: Scenario
    price_book: PriceBook
    scenarios: tuple[Scenario, ...]
    values: Values
    lines: tuple[Line, ...]
    unpriced: tuple[str, ...]
    crossings: tuple[Crossing, ...]
    edges: tuple[Edge, ...]
    current_x: float
    current_cost: float
    held: ManagedPlan | None = None
    plan: PlanCurve | None = None

    @property
    def is_incomplete(self) -> bool:
        """Whether the scenario's own cost leaves out a line."""
        chosen = [line.is_incomplete for line in self.lines if line.is_chosen]
        return any(chosen) or not chosen  # one whose part lacks a price is no line of the chart

    @property
    def currency(self) -> Currency:
        """The currency in which its costs are shown."""
        return self.scenario.currency

    def at(self, values: Values) -> Options:
        """The same lines and crossings at other values."""
        path, book = self.question.path, self.price_book
        lines: list[Line] = []
        for line, scenario in zip(self.lines, self.scenarios, strict=True):
            cost = estimate(swept(scenario, path, values), book).effective_cost
            lines.append(dataclasses.replace(line, total=np.broadcast_to(cost, values.shape)))
        plan = _plan_along(self.question, self.scenario, book, self.held, values)
        return dataclasses.replace(self, values=values, lines=tuple(lines), plan=plan)

    def moved_to(self, scenario: Scenario, current: Estimate) -> Options:
        """The same for a scenario that differs in nothing but the input along the axis."""
        return dataclasses.replace(
            self,
            scenario=scenario,
            current_x=self.question.current(scenario),
            current_cost=float(current.effective_cost),
        )


def compared_parts(scenario: Scenario) -> Iterator[str]:
    """The parts that have options to compare, in the order of the estimate."""
    for part in COMPONENTS:
        component = getattr(scenario, part)
        if hasattr(component, "variants") and len(list(component.variants())) > 1:
            yield part


def compare(
    question: Question,
    scenario: Scenario,
    price_book: PriceBook,
    current: Estimate,
    values: Values | None = None,
    plan: ManagedPlan | None = None,
) -> Options:
    """Each way to host the question's part, everything else as in the scenario.

    At some values of the input, by default along the whole axis; `current` is the scenario's
    own estimate, `plan` what is held against them.
    """
    # It loads all ways to host, for which no curve of the parts has to wait.
    from mlflow_cost_desktop.analysis.alike import alike_variants

    if values is None:
        values = question.values(scenario)
    asked = question.asked(scenario)
    part = getattr(asked, question.part)
    lines: list[Line] = []
    scenarios: list[Scenario] = []
    unpriced: list[str] = []
    edges: dict[float, Edge] = {}
    for name, component in alike_variants(asked, price_book, question.part):
        if component != part and not component.chosen.is_sold_by(price_book.provider.id):
            continue
        variant = asked.model_copy(update={question.part: component})
        outcome = estimate(swept(variant, question.path, values), price_book, current)
        if question.part in outcome.gaps:
            unpriced.append(name)
            continue
        total = np.broadcast_to(outcome.effective_cost, values.shape)
        lines.append(Line(name, total, component == part, bool(outcome.gaps)))
        scenarios.append(variant)
        edges |= {edge.x: edge for edge in _edges(outcome, question.part, values)}
    crossings = _crossings(question, values, lines, scenarios, price_book)
    return Options(
        question,
        scenario,
        price_book,
        tuple(scenarios),
        values,
        tuple(lines),
        tuple(unpriced),
        tuple(crossings),
        tuple(edges[x] for x in sorted(edges)),
        question.current(scenario),
        float(current.effective_cost),
        plan,
        _plan_along(question, scenario, price_book, plan, values),
    )


def _plan_along(
    question: Question,
    scenario: Scenario,
    price_book: PriceBook,
    plan: ManagedPlan | None,
    values: Values,
) -> PlanCurve | None:
    if plan is None:
        return None
    asked = swept(question.asked(scenario), question.path, values)
    return plan_curve(asked, price_book, plan, estimate(asked, price_book), values)


def _edges(outcome: Estimate, part: str, values: Values) -> Iterator[Edge]:
    """Where lines begin to cost something: the next tier, or what is beyond free."""
    for charge in outcome.charges:
        quantity = charge.pricing_quantity
        if charge.component != part or not isinstance(quantity, np.ndarray):
            continue
        billed = np.flatnonzero(quantity > 0)
        first = int(billed[0]) if len(billed) else 0
        if first < 2 or first + 1 == len(values):  # what costs from the start has no edge
            continue
        # Within a tier a quantity grows evenly: back to where it was nothing.
        grown = float(quantity[first + 1] - quantity[first])
        if grown > 0:
            back = float(quantity[first]) / grown * float(values[first + 1] - values[first])
            yield Edge(round(float(values[first]) - back, 6), charge.description)


def _crossings(
    question: Question,
    values: Values,
    lines: list[Line],
    scenarios: list[Scenario],
    price_book: PriceBook,
) -> Iterator[Crossing]:
    """From left to right."""

    def costs(line: int, x: Values) -> Values:
        outcome = estimate(swept(scenarios[line], question.path, x), price_book)
        return np.broadcast_to(outcome.effective_cost, x.shape)

    totals = [line.total for line in lines]
    for left, right, before, after in sorted(_brackets(lines)):
        low, high = float(values[left]), float(values[right])
        gap = totals[before][[left, right]] - totals[after][[left, right]]
        x = _zero(np.array([low, high]), gap)
        cost = costs(before, np.array([x]))[0]
        if abs(cost - costs(after, np.array([x]))[0]) > EVEN * abs(cost):
            # A line bends, or jumps, between the two points.
            fine = np.linspace(low, high, REFINED)
            gap = costs(before, fine) - costs(after, fine)
            change = int(np.argmax(gap > 0))
            x = _zero(fine[change - 1 : change + 1], gap[change - 1 : change + 1])
            cost = costs(after, np.array([x]))[0]
        yield Crossing(x, float(cost), lines[before].name, lines[after].name)


def _zero(x: Values, gap: Values) -> float:
    """Where a difference that grows from below zero to above it is zero."""
    return float(x[0] - gap[0] * (x[1] - x[0]) / (gap[1] - gap[0]))


def _brackets(lines: list[Line]) -> set[tuple[int, int, int, int]]:
    """Between which points which line becomes cheaper than which: left, right, before, after.

    Only where the cheapest line changes or the chosen one takes part: of ten options, most
    crossings are between two that nobody would take.
    """
    if len(lines) < 2:
        return set()
    totals = np.array([line.total for line in lines])
    found: set[tuple[int, int, int, int]] = set()
    for one in range(len(lines)):
        for other in range(one):
            gap = totals[one] - totals[other]
            side = np.sign(np.where(np.abs(gap) > EVEN * np.abs(totals[one]), gap, 0.0))
            apart = np.flatnonzero(side)
            for change in np.flatnonzero(np.diff(side[apart])):
                left, right = int(apart[change]), int(apart[change + 1])
                before, after = (one, other) if side[left] < 0 else (other, one)
                cheapest = totals[:, left].min(), totals[:, right].min()
                changes = (totals[before, left], totals[after, right]) == cheapest
                if changes or lines[one].is_chosen or lines[other].is_chosen:
                    found.add((left, right, before, after))
    return found
