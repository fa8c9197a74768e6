"""What documents state of a scenario, worked out once for all tests that ask."""

from datetime import datetime

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.scenario import Scenario
from tests.shared.once import once
from tests.support import BOOK, PRICES

CREATED = datetime(2026, 11, 28)
PLANS = read_plans(PRICES / "managed")


@once
def facts_of(scenario: Scenario) -> Facts:
    """The facts of a scenario at the prices of the tests, beside the plans of the tests."""
    return Facts.of(scenario, BOOK, CREATED, PLANS)
