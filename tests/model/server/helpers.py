"""The article's business hours, the server's lines and what is said of them."""

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed

OFFICE = changed(ARTICLE, usage__hours=160.0)
"""The article's business hours."""


def lines(scenario: Scenario) -> dict[str, Charge]:
    charges = estimate(scenario, BOOK).charges
    return {c.description: c for c in charges if c.component == "server" and c.is_worth_showing}


def server(scenario: Scenario) -> str:
    return PLAIN.money(float(estimate(scenario, BOOK).by_component["server"]))


def said(scenario: Scenario) -> dict[str, str]:
    return {notice.path: notice.text for notice in warnings(scenario, BOOK)}
