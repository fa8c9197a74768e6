"""One input over a range: what every part of the deployment costs at each value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.axes import HOURS, SIZES, TB, Scale
from mlflow_cost_desktop.analysis.managed_plans import with_plan
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import replace, swept
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Sweep:
    """Effective cost in USD a month at each value of one input: in all, and by component.

    Components that the input does not move are floats.
    """

    path: str
    values: Values
    total: Values
    by_component: dict[str, Value]


def sweep(scenario: Scenario, price_book: PriceBook, path: str, values: Values) -> Sweep:
    """The estimate at each of `values` of the field at `path`.

    Raises:
        UserError: if there is no such field.
    """
    return _summed(path, values, estimate(swept(scenario, path, values), price_book))


def _summed(path: str, values: Values, costs_at: Estimate) -> Sweep:
    costs = costs_at.by_component
    by_component = {
        name: cost if isinstance(cost, np.ndarray) else float(cost) for name, cost in costs.items()
    }
    floats = sum(cost for cost in by_component.values() if isinstance(cost, float))
    arrays = [cost for cost in by_component.values() if isinstance(cost, np.ndarray)]
    total = arrays[0] + floats if arrays else np.full(values.shape, floats)
    for array in arrays[1:]:
        total += array
    return Sweep(path, values, total, by_component)


@dataclass(frozen=True, slots=True)
class Question:
    """What a chart asks: which input it varies, and the part that has options along it.

    Attributes:
        title: of the chart.
        x_label: what the input is called along the axis.
        path: the input.
        part: the component whose options are compared.
        scale: how the input's figures are rounded and called.
    """

    title: str
    x_label: str
    path: str
    part: str
    scale: Scale

    def asked(self, scenario: Scenario) -> Scenario:
        """The scenario in which the input counts as typed."""
        by_schedule = self is BY_USAGE and scenario.usage.by != "hours"
        return replace(scenario, "usage.by", "hours") if by_schedule else scenario

    def current(self, scenario: Scenario) -> float:
        """Where the scenario stands along the axis."""
        if self is BY_USAGE:
            return float(scenario.usage.factor(scenario.hours_in_month).value)
        return scenario.artifact_store.stored_gb

    def upper(self, scenario: Scenario) -> float:
        """Where the axis ends: the whole month, or some times what is stored."""
        if self is BY_USAGE:
            return scenario.hours_in_month
        return storage_range(scenario.artifact_store.stored_gb)

    def values(self, scenario: Scenario) -> Values:
        """The points of the axis: from 0 as far as suits the scenario."""
        return np.linspace(0.0, self.upper(scenario), POINTS)


BY_USAGE = Question("Cost by usage hours", "usage hours per month", "usage.hours", "server", HOURS)
BY_STORAGE = Question(
    "Cost by artifact storage",
    "artifact storage",
    "artifact_store.stored_gb",
    "artifact_store",
    SIZES,
)

POINTS = 481
"""About a point for every two pixels of a wide window: bends stand where their tiers begin."""


@dataclass(frozen=True)
class PlanCurve:
    """A managed plan with what stays with the buyer, at the values that it has room for.

    `total` is in USD a month.
    """

    name: str
    values: Values
    total: Values


@dataclass(frozen=True)
class Curve:
    """A chart's contents: a sweep of its question, and where the scenario stands.

    `plan` is what is held against it, if anything is.
    """

    question: Question
    sweep: Sweep
    current_x: float
    current_cost: float
    currency: Currency
    plan: PlanCurve | None = None

    @property
    def values(self) -> Values:
        """The points of the axis."""
        return self.sweep.values


def curve(
    question: Question,
    scenario: Scenario,
    price_book: PriceBook,
    current: Estimate,
    values: Values | None = None,
    plan: ManagedPlan | None = None,
) -> Curve:
    """Cost against a question's input at some values, by default along the whole axis.

    `current` is the scenario's own estimate, `plan` what is held against it.
    """
    if values is None:
        values = question.values(scenario)
    asked = swept(question.asked(scenario), question.path, values)
    own = estimate(asked, price_book)
    return Curve(
        question,
        _summed(question.path, values, own),
        question.current(scenario),
        float(current.effective_cost),
        scenario.currency,
        _plan_curve(question, asked, price_book, plan, own, values) if plan else None,
    )


def _plan_curve(
    question: Question,
    asked: Scenario,
    price_book: PriceBook,
    plan: ManagedPlan,
    own: Estimate,
    values: Values,
) -> PlanCurve:
    total = with_plan(asked, price_book, plan, own).effective_cost
    room = np.ones(values.shape, dtype=bool)
    if question is BY_STORAGE and plan.most_gb is not None and "artifact_store" in plan.replaced:
        room = values <= plan.most_gb
    return PlanCurve(plan.name, values[room], np.broadcast_to(total, values.shape)[room])


def storage_range(stored_gb: float) -> float:
    """A round upper end, GB, that shows at least four times what is stored."""
    upper = 100.0
    steps = (2.0, 2.5, 2.0)  # 100, 200, 500, 1000, …
    turn = 0
    while upper < 4.0 * stored_gb:
        if upper == 500.0:
            upper, turn = TB, 0  # from here in TB of 1,024 GB
        else:
            upper *= steps[turn % 3]
            turn += 1
    return upper
