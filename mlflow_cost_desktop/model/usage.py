"""How many hours a month the deployment is in use."""

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.charges.factors import Amount, AtMost, Factor, Per, Together
from mlflow_cost_desktop.model.fields.declaration import (
    CountsUpTo,
    Effect,
    Empty,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
)
from mlflow_cost_desktop.prices.price import Value

HOURS_IN_WEEK = 168.0


class Usage(Model):
    """The whole month, hours a month, or a schedule."""

    by: Annotated[
        Literal["whole_month", "hours", "schedule"],
        Section("Usage"),
        Labels(
            {
                "whole_month": "The whole month",
                "hours": "Hours a month",
                "schedule": "A weekly schedule",
            }
        ),
        Field(
            title="Usage given by",
            description="The tracking server runs, and is billed on demand, for these hours. The "
            "whole month is every hour of it, however long it is.",
        ),
    ] = "whole_month"
    hours: Annotated[
        float,
        Unit("h / month", step=10),
        CountsUpTo("hours_in_month"),
        OnlyIf("by", ("hours",)),
        Effect("more", "what can be stopped is billed by the hour"),
        Field(
            ge=0,
            le=1000,
            title="Usage",
            description="Hours a month in which the deployment is needed; more than the month "
            "has are not billed.",
        ),
    ] = 730.0
    hours_per_day: Annotated[
        float,
        Unit("h"),
        OnlyIf("by", ("schedule",)),
        Effect("more", "the schedule has more hours"),
        Field(ge=0, le=24, title="Hours a day", description="The article's office day has 8."),
    ] = 8.0
    days_per_week: Annotated[
        float,
        Unit("day"),
        OnlyIf("by", ("schedule",)),
        Effect("more", "the schedule has more hours"),
        Field(ge=0, le=7, title="Days a week", description="Days on which it is needed."),
    ] = 5.0
    weeks_per_month: Annotated[
        float | None,
        Unit("week"),
        OnlyIf("by", ("schedule",)),
        Empty("hours in month ÷ 168"),
        Effect("more", "the schedule has more hours"),
        Field(
            ge=0,
            le=5,
            title="Weeks a month",
            description="Empty: the hours in the month ÷ 168. The article counts 4.",
        ),
    ] = None

    def factor(self, hours_in_month: Value) -> Factor:
        """Hours a month, at most those that the month has."""
        return AtMost(self.asked(hours_in_month), Amount(hours_in_month, "h"))

    def asked(self, hours_in_month: Value) -> Factor:
        """Hours a month as described, before they are cut off at the month's length."""
        if self.by == "whole_month":
            return Amount(hours_in_month, "h")
        if self.by == "hours":
            return Amount(self.hours, "h")
        days, hours = Amount(self.days_per_week, "day"), Amount(self.hours_per_day, "h")
        return Together((days, self._weeks(hours_in_month), hours))

    def _weeks(self, hours_in_month: Value) -> Factor:
        if self.weeks_per_month is not None:
            return Amount(self.weeks_per_month, "week")
        return Together((Amount(hours_in_month, "h"), Per(HOURS_IN_WEEK, "h a week", "week")))
