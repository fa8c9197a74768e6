"""Test data of the artifact store: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import Price
from tests.shared.making import TB, listed

PRICES: tuple[Price, ...] = (
    listed("ebs/gp3/storage", "GB-month", 0.08),
    listed(
        "s3/standard/storage",
        "GB-month",
        (0.0, 0.023),
        (50 * TB, 0.022),
        (500 * TB, 0.021),
    ),
    listed("s3/standard/put", "thousand requests", 0.005),
    listed("s3/standard/get", "thousand requests", 0.0004),
)

SCENARIOS: dict[str, Scenario] = {}

THRESHOLDS: set[float] = set()
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
