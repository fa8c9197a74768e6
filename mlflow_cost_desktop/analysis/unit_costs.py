"""What a user, a gigabyte and a run cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value


class UnitCosts(NamedTuple):
    """The whole effective cost, in USD a month, divided by what it is for; NaN without any.

    Arrays where the cost or what it is for is one.
    """

    user: Value
    gb: Value
    run: Value

    @property
    def named(self) -> dict[str, float | None]:
        """The costs by what they are the cost of: user, gb, run; none where there is none of it.

        Of floats.
        """
        costs = {name: float(cost) for name, cost in self._asdict().items()}
        return {name: None if np.isnan(cost) else cost for name, cost in costs.items()}


def unit_costs(scenario: Scenario, estimate: Estimate) -> UnitCosts:
    """The scenario's unit costs, from its estimate."""
    total = estimate.effective_cost
    return UnitCosts(
        user=_each(total, scenario.team.users),
        gb=_each(total, scenario.artifact_store.stored_gb),
        run=_each(total, scenario.team.runs_per_month),
    )


def _each(total: Value, count: Value | None) -> Value:
    """A total by how many there are; NaN where there are none, or nobody knows."""
    number = np.asarray(np.nan if count is None else count)
    return (total / np.where(number > 0, number, np.nan))[()]
