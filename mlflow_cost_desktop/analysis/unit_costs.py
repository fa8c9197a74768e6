"""What a user, a gigabyte and a run cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value


class UnitCosts(NamedTuple):
    """The whole effective cost, in USD a month, divided by what it is for; none without any."""

    user: Value
    gb: Value | None
    run: Value | None

    @property
    def named(self) -> dict[str, float | None]:
        """The costs by what they are of."""
        costs = {"user": self.user, "gb": self.gb, "run": self.run}
        return {name: None if cost is None else float(cost) for name, cost in costs.items()}

    def in_words(self, currency: Currency) -> Iterator[str]:
        """`$131.97 a month for each user`."""
        yield f"{_cost(self.user, currency)} a month for each user"
        if self.gb is not None:
            yield f"{_cost(self.gb, currency)} a month for each GB kept"
        if self.run is not None:
            yield f"{_cost(self.run, currency)} for each run"

    def in_short(self, currency: Currency) -> Iterator[str]:
        """`$131.97 a user`, for a line of figures a month."""
        named = {"a user": self.user, "a GB": self.gb, "a run": self.run}
        for unit, cost in named.items():
            if cost is not None:
                yield f"{_cost(cost, currency)} {unit}"


def _cost(usd: Value, currency: Currency) -> str:
    """To the cent; what is less than half of one is no zero."""
    shown = currency.converted(float(usd))
    if 0 < shown < 0.005:
        return f"less than {currency.symbol}0.01"
    return currency.money(float(usd))


def unit_costs(scenario: Scenario, estimate: Estimate) -> UnitCosts:
    """The scenario's unit costs, from its estimate."""
    total = estimate.effective_cost
    stored, runs = scenario.artifact_store.stored_gb, scenario.team.runs_per_month
    return UnitCosts(
        user=total / scenario.team.users,
        gb=total / stored if stored else None,
        run=total / runs if runs else None,
    )
