"""One input over a range: what every part of the deployment costs at each value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.estimate import estimate
from mlflow_cost_desktop.model.fields import replace, swept
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook, Value

Values = NDArray[np.float64]

BLOCK = 250_000
"""Points evaluated at once: a block's arrays stay in the processor's cache."""


@dataclass(frozen=True)
class Sweep:
    """Effective cost in USD a month by component, at each value of one input."""

    path: str
    values: Values
    by_component: dict[str, Value]

    @cached_property
    def total(self) -> Values:
        """The cost of all components at each value."""
        floats = sum(cost for cost in self.by_component.values() if isinstance(cost, float))
        arrays = [cost for cost in self.by_component.values() if isinstance(cost, np.ndarray)]
        if not arrays:
            return np.full(self.values.shape, floats)
        total = arrays[0] + floats
        for array in arrays[1:]:
            total += array
        return total


def sweep(scenario: Scenario, price_book: PriceBook, path: str, values: Values) -> Sweep:
    """The estimate at each of `values` of the field at `path`.

    Components that the field does not move stay floats.

    Raises:
        UserError: if there is no such field.
    """
    blocks = [values[at : at + BLOCK] for at in range(0, len(values), BLOCK)] or [values]
    parts = [estimate(swept(scenario, path, block), price_book).by_component for block in blocks]
    return Sweep(
        path,
        values,
        {
            name: np.concatenate(costs) if isinstance(costs[0], np.ndarray) else float(costs[0])
            for name in COMPONENTS
            for costs in [[part[name] for part in parts]]
        },
    )


@dataclass(frozen=True)
class Curve:
    """A chart's contents: a sweep, the range it is shown in, and where the scenario stands."""

    title: str
    x_label: str
    sweep: Sweep
    current_x: float
    current_cost: float


POINTS = 121


def usage_curve(scenario: Scenario, price_book: PriceBook) -> Curve:
    """Cost against usage hours, from none to the whole month."""
    typed = replace(scenario, "usage.by", "hours")
    hours = np.linspace(0.0, scenario.hours_in_month, POINTS)
    return Curve(
        "Cost by usage hours",
        "usage hours per month",
        sweep(typed, price_book, "usage.hours", hours),
        float(scenario.usage.billed(scenario.hours_in_month)),
        float(estimate(scenario, price_book).effective_cost),
    )


def storage_curve(scenario: Scenario, price_book: PriceBook) -> Curve:
    """Cost against artifact storage, from none to some times what is stored."""
    stored = scenario.artifact_store.stored_gb
    gigabytes = np.linspace(0.0, storage_range(stored), POINTS)
    return Curve(
        "Cost by artifact storage",
        "artifact storage",
        sweep(scenario, price_book, "artifact_store.stored_gb", gigabytes),
        stored,
        float(estimate(scenario, price_book).effective_cost),
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
