"""What a user, a gigabyte and a run cost."""

from __future__ import annotations

from typing import NamedTuple

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value


class UnitCosts(NamedTuple):
    """The whole effective cost, in USD a month, divided by what it is for; none without any."""

    user: Value
    gb: Value | None
    run: Value | None

    @property
    def named(self) -> dict[str, float | None]:
        """The costs by what they are the cost of: user, gb, run."""
        costs = {"user": self.user, "gb": self.gb, "run": self.run}
        return {name: None if cost is None else float(cost) for name, cost in costs.items()}


def unit_costs(scenario: Scenario, estimate: Estimate) -> UnitCosts:
    """The scenario's unit costs, from its estimate."""
    total = estimate.effective_cost
    stored, runs = scenario.artifact_store.stored_gb, scenario.team.runs_per_month
    return UnitCosts(
        user=total / scenario.team.users,
        gb=total / stored if stored else None,
        run=total / runs if runs else None,
    )
