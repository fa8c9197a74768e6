"""One input over a range: what every part of the deployment costs at each value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields import replace, swept
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook, Value

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
    costs = estimate(swept(scenario, path, values), price_book).by_component
    by_component = {
        name: cost if isinstance(cost, np.ndarray) else float(cost) for name, cost in costs.items()
    }
    floats = sum(cost for cost in by_component.values() if isinstance(cost, float))
    arrays = [cost for cost in by_component.values() if isinstance(cost, np.ndarray)]
    total = arrays[0] + floats if arrays else np.full(values.shape, floats)
    for array in arrays[1:]:
        total += array
    return Sweep(path, values, total, by_component)


@dataclass(frozen=True)
class Curve:
    """A chart's contents: a sweep, the range it is shown in, and where the scenario stands."""

    title: str
    x_label: str
    sweep: Sweep
    current_x: float
    current_cost: float


POINTS = 481
"""About a point for every two pixels of a wide window: bends stand where their tiers begin."""


def usage_curve(scenario: Scenario, price_book: PriceBook, current: Estimate) -> Curve:
    """Cost against usage hours, from none to the whole month; `current` is the scenario's own."""
    typed = replace(scenario, "usage.by", "hours")
    hours = np.linspace(0.0, scenario.hours_in_month, POINTS)
    return Curve(
        "Cost by usage hours",
        "usage hours per month",
        sweep(typed, price_book, "usage.hours", hours),
        float(scenario.usage.factor(scenario.hours_in_month).value),
        float(current.effective_cost),
    )


def storage_curve(scenario: Scenario, price_book: PriceBook, current: Estimate) -> Curve:
    """Cost against artifact storage, from none to some times what is stored.

    `current` is the scenario's own estimate.
    """
    stored = scenario.artifact_store.stored_gb
    gigabytes = np.linspace(0.0, storage_range(stored), POINTS)
    return Curve(
        "Cost by artifact storage",
        "artifact storage",
        sweep(scenario, price_book, "artifact_store.stored_gb", gigabytes),
        stored,
        float(current.effective_cost),
    )


def storage_range(stored_gb: float) -> float:
    """A round upper end, GB, that shows at least four times what is stored."""
    upper = 100.0
    steps = (2.0, 2.5, 2.0)  # 100, 200, 500, 1000, …
    turn = 0
    while upper < 4.0 * stored_gb:
        if upper == 500.0:
            upper, turn = 1024.0, 0  # from here in TB of 1,024 GB
        else:
            upper *= steps[turn % 3]
            turn += 1
    return upper
