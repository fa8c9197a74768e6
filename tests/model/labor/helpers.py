"""What labor costs in a scenario, and how it is explained."""

from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.labor.tasks import Task
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, changed


def estimated(scenario: Scenario, **values: object) -> Estimate:
    return estimate(changed(scenario, **values), BOOK)


def explanations(outcome: Estimate) -> dict[str, str]:
    return {c.description: c.explanation for c in outcome.charges if c.component == "labor"}


def with_task(task: Task, **values: object) -> dict[str, str]:
    return explanations(estimated(ARTICLE, labor__tasks=(task,), **values))
