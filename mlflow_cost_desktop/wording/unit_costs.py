"""What a user, a gigabyte and a run cost, in words."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.analysis.unit_costs import unit_costs
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.scenario import Scenario

LONG = {
    "user": "a month for each user",
    "gb": "a month for each GB kept",
    "run": "for each run",
}
SHORT = {"user": "a user", "gb": "a GB", "run": "a run"}


def unit_costs_in_words(scenario: Scenario, estimate: Estimate, figures: Figures) -> Iterator[str]:
    """`$131.97 a month for each user`, one by one; none where there is nothing to divide by."""
    return _named(scenario, estimate, figures, LONG)


def short_unit_costs(scenario: Scenario, estimate: Estimate, figures: Figures) -> Iterator[str]:
    """`$131.97 a user`, for a line of figures a month."""
    return _named(scenario, estimate, figures, SHORT)


def _named(
    scenario: Scenario, estimate: Estimate, figures: Figures, names: dict[str, str]
) -> Iterator[str]:
    for name, usd in unit_costs(scenario, estimate).named.items():
        if usd is not None:
            cost = at_least(_cost(usd, scenario.currency, figures), estimate.gaps)
            yield f"{cost} {names[name]}"


def _cost(usd: float, currency: Currency, figures: Figures) -> str:
    """To the cent; what is less than half of one is no zero."""
    if 0 < currency.converted(usd) < 0.005:
        return f"less than {currency.symbol}{figures.separated('0.01')}"
    return currency.money(usd, figures)
