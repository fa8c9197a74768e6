"""Test data of labor: prices, and scenarios that make every input of it matter."""

from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.labor.tasks import Task
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Price
from tests.shared.making import ARTICLE, ONE_TASK, changed

PRICES: tuple[Price, ...] = ()

ASSESSMENT = Task(
    id="assessment",
    name="Assessment",
    hours=16.0,
    outside="fees",
    fees_usd=4000.0,
    role="security",
    counts="compliance",
)
EXIT = Task(
    id="leave",
    name="Leave",
    hours=16.0,
    outside="fees",
    fees_usd=500.0,
    period="at_end",
    background="none",
)
PEOPLE = Task(id="people", name="People", hours=0.1, period="month", per="user", counts="roles")
UPGRADES = Task(id="upgrades", name="Upgrades", hours=4.0, times=2.0, per="deployment")

DEFAULTS = changed(ARTICLE, labor__tasks=DEFAULT_TASKS)
"""A new scenario's tasks, in the article's month."""

SCENARIOS: dict[str, Scenario] = {
    "access": changed(
        ONE_TASK,
        labor__access__sign_on="plugin",
        labor__access__separation="roles",
        labor__access__encryption="own_keys",
        labor__access__compliance="asked",
        labor__opportunity_usd_per_hour=50.0,
        labor__tasks=(
            ASSESSMENT,
            EXIT,
            PEOPLE,
            Task(id="keys", name="Keys", hours=4.0, counts="own_keys"),
            Task(id="sign_on", name="Sign-on", hours=3.0, times=4.0, counts="sign_on"),
        ),
    ),
    "teams": changed(
        ONE_TASK,
        team__runs_per_month=5000.0,
        labor__access__separation="deployments",
        labor__opportunity="month",
        labor__opportunity_usd_per_month=300.0,
        labor__tasks=(UPGRADES, Task(id="visits", name="Visits", counts="per_team")),
    ),
    "salaries": changed(
        ONE_TASK,
        labor__rates="salary",
        labor__tasks=(
            UPGRADES,
            Task(id="science", name="Science", role="data_scientist"),
            Task(id="safety", name="Safety", role="security"),
        ),
    ),
}

THRESHOLDS: set[float] = set()
"""Values at which a formula turns that is no tier, allowance or input of a scenario."""
