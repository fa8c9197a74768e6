"""Lines and costs of a scenario, to be checked with a pencil."""

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.support import ARTICLE, BOOK, changed


def estimated(scenario: Scenario, book: PriceBook = BOOK, **values: object) -> Estimate:
    return estimate(changed(scenario, **values), book)


def line(outcome: Estimate, description: str) -> Charge:
    """The line of this description, or the one whose description begins so."""
    begins = [c for c in outcome.charges if c.description.startswith(description)]
    (found,) = [c for c in begins if c.description == description] or begins
    return found


def cost(outcome: Estimate, description: str) -> str:
    return PLAIN.money(float(line(outcome, description).effective_cost))


RESERVED = changed(
    ARTICLE,
    usage__hours=160.0,
    server__ec2__purchase="reserved",
    server__ec2__payment="partial_upfront",
    labor__tasks=(),
)
