"""The tasks of keeping MLflow going, and how their hours are counted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge, Spread
from mlflow_cost_desktop.model.factors import Amount, Per
from mlflow_cost_desktop.model.fields import Effect, Labels, Model, Unit
from mlflow_cost_desktop.model.terms import Terms
from mlflow_cost_desktop.prices.price_book import Price


class Task(Model):
    """Work that comes once, or some times a month or a year."""

    id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    note: Annotated[str, Field(max_length=500)] = ""
    hours: Annotated[
        float,
        Unit("h"),
        Effect("more", "hours are paid"),
        Field(ge=0, le=100_000, title="Hours each", description="Working hours each time."),
    ] = 1.0
    times: Annotated[
        float,
        Unit("time"),
        Effect("more", "each time takes its hours"),
        Field(ge=0, le=10_000, title="How often", description="Times in the period."),
    ] = 1.0
    period: Annotated[
        Literal["once", "month", "year"],
        Labels({"once": "Once", "month": "A month", "year": "A year"}),
        Field(
            title="Period",
            description="Work that is done once is spread over the horizon in the monthly cost, "
            "and paid in the first month.",
        ),
    ] = "year"
    role: Annotated[
        Literal["platform_engineer", "data_scientist"],
        Labels({"platform_engineer": "Platform engineer", "data_scientist": "Data scientist"}),
        Field(title="Done by", description="Whose hourly rate is paid."),
    ] = "platform_engineer"

    def charge(self, terms: Terms, rate: Price) -> Charge:
        """The task's line, at an hourly rate."""
        factors = (Amount(self.times, "time"), Amount(self.hours, "h"))
        if self.period == "once":
            months = terms.horizon_months
            return Charge(self.name, (*factors, Per(months, "month")), rate, spread=Spread(months))
        if self.period == "year":
            return Charge(self.name, (*factors, Per(12.0, "month")), rate)
        return Charge(self.name, factors, rate)


DEFAULT_TASKS = (
    Task(
        id="set_up",
        name="Set-up",
        note="Judgement, between 8 h and 40 h in two published accounts.",
        hours=24.0,
        times=1.0,
        period="once",
    ),
    Task(
        id="upgrades",
        name="Version upgrades",
        note="The article: once or twice a year. Hours: judgement, 2 to 6 h each with database "
        "migration, staging test and roll-back plan.",
        hours=4.0,
        times=2.0,
        period="year",
    ),
    Task(
        id="patches",
        name="Security patches",
        note="Judgement: 1 to 2 h each, four a year.",
        hours=1.5,
        times=4.0,
        period="year",
    ),
    Task(
        id="monitoring",
        name="Monitoring and right-sizing",
        note="Judgement; with the other tasks about the 4 h a month of a published account.",
        hours=1.0,
        times=1.0,
        period="month",
    ),
    Task(
        id="incidents",
        name="Connectivity and incidents",
        note="Judgement: 4 to 8 h each, 2 to 6 a year.",
        hours=6.0,
        times=4.0,
        period="year",
    ),
)
