"""One input over a range: what every part of the deployment costs at each value."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.managed_plans import usage_of, with_plan
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import Place, get, places, replace, spec_at, swept
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]

TB = 1024.0
"""GB."""


@dataclass(frozen=True)
class Sweep:
    """Effective cost in USD a month at each value of one input: in all, and by component.

    Components that the input does not move are floats; those of `gaps` have a line somewhere
    that lacks a price.
    """

    path: str
    values: Values
    total: Values
    by_component: dict[str, Value]
    gaps: frozenset[str] = frozenset()


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
    return Sweep(path, values, total, by_component, costs_at.gaps)


USAGE, STORAGE, USERS = "usage.hours", "artifact_store.stored_gb", "team.users"

COUNTED_IN = frozenset({"user", "instance", "request", "address", "time", "node", "month", "run"})
"""Units of which there are only whole ones."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a chart asks: which input it varies, and the part whose options it can compare.

    Attributes:
        path: the input.
        part: the component whose options are compared along it.
    """

    path: str
    part: str = "server"

    def asked(self, scenario: Scenario) -> Scenario:
        """The scenario in which the input counts as typed."""
        given_otherwise = self.path == USAGE and scenario.usage.by != "hours"
        return replace(scenario, "usage.by", "hours") if given_otherwise else scenario

    def current(self, scenario: Scenario) -> float:
        """Where the scenario stands along the axis."""
        if self.path == USAGE:
            return float(scenario.usage.factor(scenario.hours_in_month).value)
        return float(get(scenario, self.path))

    def ends(self, scenario: Scenario) -> tuple[float, float]:
        """Where the axis begins and ends: the whole month, or some times what there is now."""
        if self.path == USAGE:
            return 0.0, scenario.hours_in_month
        if self.path == STORAGE:
            return 0.0, storage_range(scenario.artifact_store.stored_gb)
        spec, current = spec_at(scenario, self.path), self.current(scenario)
        lower, upper = spec.lower or 0.0, spec.upper
        step = float(spec.unit.step) if spec.unit else 1.0
        wanted = round_step(max(4.0 * current, 10.0 * step, lower + step))
        return lower, min(wanted, upper) if upper is not None else wanted

    def values(self, scenario: Scenario, upper: float | None = None) -> Values:
        """The points of the axis, as far as suits the scenario or to another upper end."""
        first, last = self.ends(scenario)
        return self.points(scenario, first, last if upper is None else upper)

    def points(self, scenario: Scenario, first: float, last: float) -> Values:
        """Points between two values: whole ones where there is no half of a thing."""
        found = np.linspace(first, last, POINTS)
        return np.unique(found.round()) if self.is_whole(scenario) else found

    def is_whole(self, scenario: Scenario) -> bool:
        """Whether the input counts things of which there is no half."""
        unit = spec_at(scenario, self.path).unit
        return unit is not None and unit.text in COUNTED_IN


BY_USAGE, BY_STORAGE = Question(USAGE), Question(STORAGE, "artifact_store")


def choices(scenario: Scenario) -> Iterator[Place]:
    """The inputs that cost can be charted against: every active number that moves it."""
    for place in places(scenario):
        spec = place.spec
        moves = spec.effect is None or spec.effect.costs != "same"
        is_set = place.active and spec.is_number and place.value is not None
        if is_set and moves and place.path.partition(".")[0] not in ("plans", "currency"):
            yield place


POINTS = 481
"""About a point for every two pixels of a wide window: bends stand where their tiers begin."""


@dataclass(frozen=True)
class PlanCurve:
    """A managed plan with what stays with the buyer, at the values that it has room for.

    `total` is in USD a month; `marks` say in a word or two what qualifies it.
    """

    name: str
    values: Values
    total: Values
    marks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`Comet Pro (not MLflow, doubtful)`."""
        return f"{self.name} ({', '.join(self.marks)})" if self.marks else self.name

    def meets(self, values: Values, total: Values) -> tuple[float, ...]:
        """Where it costs the same as something else does at `values`, from the left."""
        apart = self.total - np.interp(self.values, values, total)
        meets = (apart[:-1] * apart[1:] < 0.0) | ((apart[:-1] == 0.0) & (apart[1:] != 0.0))
        at = np.flatnonzero(meets)
        part = apart[at] / (apart[at] - apart[at + 1])
        return tuple((self.values[at] + part * (self.values[at + 1] - self.values[at])).tolist())


@dataclass(frozen=True)
class Curve:
    """A chart's contents: a sweep of its question, and where the scenario stands.

    `current` is the scenario's own estimate; `plan` is what the managed plan `held` against it
    costs, if one is.
    """

    question: Question
    scenario: Scenario
    price_book: PriceBook
    sweep: Sweep
    current_x: float
    current: Estimate
    held: ManagedPlan | None = None
    plan: PlanCurve | None = None

    @property
    def values(self) -> Values:
        """The points of the axis."""
        return self.sweep.values

    @property
    def current_cost(self) -> float:
        """Where the marker stands, USD a month."""
        return float(self.current.effective_cost)

    @property
    def currency(self) -> Currency:
        """The currency in which its costs are shown."""
        return self.scenario.currency

    def at(self, values: Values) -> Curve:
        """The same question at other values."""
        return _curve_at(self, values)

    def moved_to(self, scenario: Scenario, current: Estimate) -> Curve:
        """The same curve for a scenario that differs in nothing but the input along the axis."""
        return dataclasses.replace(
            self,
            scenario=scenario,
            current_x=self.question.current(scenario),
            current=current,
        )


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
    nothing = Sweep(question.path, values, values, {})
    x = question.current(scenario)
    return _curve_at(Curve(question, scenario, price_book, nothing, x, current, plan), values)


def _curve_at(of: Curve, values: Values) -> Curve:
    path = of.question.path
    asked = swept(of.question.asked(of.scenario), path, values)
    own = estimate(asked, of.price_book, of.current)
    held = plan_curve(asked, of.price_book, of.held, own, values) if of.held else None
    return dataclasses.replace(of, sweep=_summed(path, values, own), plan=held)


def plan_curve(
    asked: Scenario,
    price_book: PriceBook,
    plan: ManagedPlan,
    own: Estimate,
    values: Values,
) -> PlanCurve:
    """What a plan costs where it has room; `asked` is the scenario swept over the values.

    Where it has none whatever the value is, it is drawn all the same, and says so.
    """
    total = with_plan(asked, price_book, plan, own).effective_cost
    passed = [limit.is_passed for limit in plan.limits(usage_of(asked))]
    room = np.ones(values.shape, dtype=bool)
    for along in passed:
        if isinstance(along, np.ndarray):
            room &= ~along
    is_too_small = any(one for one in passed if not isinstance(one, np.ndarray))
    return PlanCurve(
        plan.name,
        values[room],
        np.broadcast_to(total, values.shape)[room],
        plan.marks(asked.region_id, is_too_small=is_too_small),
    )


def round_step(rough: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(n * power for n in (1.0, 2.0, 2.5, 5.0, 10.0) if n * power >= rough * 0.999)


def storage_range(stored_gb: float) -> float:
    """A round upper end, GB, that shows at least four times what is stored."""
    upper = 100.0
    steps = (2.0, 2.5, 2.0)  # 100, 200, 500, 1000, …
    step = 0
    while upper < 4.0 * stored_gb:
        if upper == 500.0:
            upper, step = TB, 0  # from here in TB of 1,024 GB
        else:
            upper *= steps[step % 3]
            step += 1
    return upper
