"""Test data of labor: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price

PRICES: tuple[Price, ...] = ()

SCENARIOS: dict[str, Scenario] = {}

THRESHOLDS: set[float] = set()
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
