"""A line of a scenario by its description."""

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import BOOK


def line(scenario: Scenario, description: str) -> Charge:
    found = [c for c in estimate(scenario, BOOK).charges if c.description == description]
    assert len(found) == 1, description
    return found[0]
