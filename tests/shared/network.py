"""Test data of the network: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price
from tests.shared.making import TB, listed

PRICES: tuple[Price, ...] = (
    listed(
        "transfer/internet",
        "GB",
        (0.0, 0.09),
        (10 * TB, 0.085),
        (50 * TB, 0.07),
        (150 * TB, 0.05),
    ),
)

SCENARIOS: dict[str, Scenario] = {}

THRESHOLDS: set[float] = set()
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
