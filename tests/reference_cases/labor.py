"""Published cases in which labor is a part."""

from typing import Any

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.labor.tasks import Task
from mlflow_cost_desktop.prices.price import Value
from tests.reference_cases.translation import Case, Translation

HOURS_IN_MONTH = 730.0


def three_years(inputs: dict[str, Any]) -> Translation:
    """All is given in USD for the whole term: work as fees once, the rest by month and hour."""
    months = float(inputs["term_months"])
    made = Translation("us-east-1")
    made.values |= {
        "horizon_months": months,
        "labor__opportunity": "month",
        "labor__opportunity_usd_per_month": inputs["opportunity_usd"] / months,
        "labor__tasks": tuple(
            Task(
                id=name,
                name=name,
                hours=0.0,
                period="once",
                outside="fees",
                fees_usd=float(inputs[f"{name}_usd"]),
            )
            for name in ("setup", "maintenance", "migration")
        ),
        "server__ec2__replicas": 1.0,
    }
    made.rate("ec2/m5.large/on_demand", (0.0, inputs["infra_usd"] / months / HOURS_IN_MONTH))
    return made


def server_and_labor(outcome: Estimate) -> Value:
    return outcome.by_component["server"] + outcome.labor


PASSED: dict[str, Case] = {"ML-09": (three_years, server_and_labor)}
