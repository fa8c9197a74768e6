"""The tasks of keeping MLflow going, and how their hours are counted."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.factors import Amount, Extra, Factor, Per, Share, product
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Effect,
    Labels,
    Model,
    OnlyIf,
    Period,
    Unit,
)
from mlflow_cost_desktop.model.labor.rates import HOURS_IN_YEAR, ROLES, Role
from mlflow_cost_desktop.prices.price import Price, Value, flat, is_something

COUNTS = {
    "always": "Always",
    "server": "With a tracking server",
    "own_instances": "With instances of your own",
    "own_machines": "With machines that you bought",
    "self_hosted_database": "With a self-hosted database",
    "self_hosted_store": "With a self-hosted object store",
    "per_team": "With one deployment per team",
    "sign_on": "With OAuth or LDAP",
    "roles": "With roles",
    "own_keys": "With keys of your own",
    "compliance": "When evidence is asked for",
}

PERIODS = {"once": "at the start", "month": "a month", "year": "a year", "at_end": "at the end"}
"""How often a task comes, as it follows a number of times."""

BY_HOURS = OnlyIf("by", ("hours",))
IF_WORKED = OnlyIf("work", (str(0.0),), otherwise=True)


class Task(Model):
    """Work that comes once, or some times a month or a year."""

    id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    name: Annotated[str, Field(min_length=1, max_length=80), ONE_LINE]
    note: Annotated[str, Field(max_length=500), ONE_LINE] = ""
    by: Annotated[
        Literal["hours", "position"],
        Labels({"hours": "Hours each time", "position": "Share of a full-time position"}),
        Field(
            title="Work given by",
            description="Hours each time, or what part of a full-time position it takes, all the "
            "time.",
        ),
    ] = "hours"
    position: Annotated[
        float,
        Unit("%", step=5),
        OnlyIf("by", ("position",)),
        Effect("more", "hours are paid"),
        Field(
            ge=0,
            le=10_000,
            title="Of a full-time position",
            description="100 % is one position: 2,080 h a year, as the BLS counts them. 10 % is a "
            "judgment.",
        ),
    ] = 10.0
    hours: Annotated[
        float,
        Unit("h"),
        BY_HOURS,
        Effect("more", "hours are paid"),
        Field(ge=0, le=100_000, title="Hours each", description="Working hours each time."),
    ] = 1.0
    times: Annotated[
        float,
        Unit("time"),
        Period("period", PERIODS),
        BY_HOURS,
        Effect("more", "each time takes its hours"),
        Field(ge=0, le=10_000, title="How often", description="Times in the period."),
    ] = 1.0
    period: Annotated[
        Literal["once", "month", "year", "at_end"],
        Labels(
            {
                "once": "Once, at the start",
                "month": "A month",
                "year": "A year",
                "at_end": "Once, at the end",
            }
        ),
        BY_HOURS,
        Field(
            title="Period",
            description="Work that is done once is spread over the horizon in the monthly cost, "
            "and paid in the first or the last month.",
        ),
    ] = "year"
    role: Annotated[
        Role,
        Labels(ROLES),
        IF_WORKED,
        Field(title="Done by", description="Whose hourly rate is paid."),
    ] = "platform_engineer"
    background: Annotated[
        Literal["operations", "none"],
        Labels({"operations": "Has run servers before", "none": "Without operations background"}),
        IF_WORKED,
        Field(
            title="Experience",
            description="Somebody without operations background takes longer, by the factor "
            "below the hourly rates.",
        ),
    ] = "operations"
    outside: Annotated[
        Literal["none", "fees"],
        Labels({"none": "None", "fees": "Fees each time"}),
        BY_HOURS,
        Field(
            title="Outside help",
            description="Whether others are paid for it too: a consultant, a penetration test.",
        ),
    ] = "none"
    fees_usd: Annotated[
        float,
        Unit("$", step=100),
        OnlyIf("outside", ("fees",)),
        Effect("more", "fees are paid each time"),
        Field(
            ge=0,
            le=1e9,
            title="Fees each",
            description="What others are paid each time. No default: the sources know no price.",
        ),
    ] = 0.0
    per: Annotated[
        Literal["all", "deployment", "user"],
        Labels({"all": "All teams together", "deployment": "Each deployment", "user": "Each user"}),
        Field(
            title="Done for",
            description="Each deployment: as many times as there are deployments, one per team or "
            "one for all. Each user: for everybody of the team.",
        ),
    ] = "all"
    counts: Annotated[
        Literal[
            "always", "server", "own_instances", "own_machines", "self_hosted_database",
            "self_hosted_store", "per_team", "sign_on", "roles", "own_keys", "compliance",
        ],
        Labels(COUNTS),
        Field(
            title="Counts",
            description="When the task is needed; otherwise it costs nothing and keeps its hours.",
        ),
    ] = "always"  # fmt: skip

    @property
    def work(self) -> Value:
        """What it takes, zero where it takes nobody's time: a share of a position, or hours."""
        return self.position if self.by == "position" else self.hours

    @property
    def takes_time(self) -> bool:
        """Whether hours are counted."""
        return is_something(self.work) and (self.by == "position" or is_something(self.times))

    def is_needed(self, terms: Terms) -> bool:
        """Whether the scenario's choices call for it."""
        return self.counts == "always" or self.counts in terms.duties

    @property
    def is_upkeep(self) -> bool:
        """Whether it comes again and again."""
        return self.by == "position" or self.period in ("month", "year")

    def upkeep_hours(self, terms: Terms, slowness: Value) -> Value:
        """Hours a month, for as long as the deployment lives."""
        return product(f.value for f in self._hours(terms, slowness)) if self.is_upkeep else 0.0

    def charges(self, terms: Terms, hour: Price, slowness: Value) -> Iterator[Charge]:
        """Its hours and what others are paid for it.

        Args:
            hour: what an hour of its role costs.
            slowness: how many times as long it takes without operations background.
        """
        path = f"tasks.{self.id}"
        spread = None
        if not self.is_upkeep:
            spread = Spread(terms.horizon_months, at_end=self.period == "at_end")
        hours = self._hours(terms, slowness)
        yield Charge(
            self.name,
            hours,
            hour,
            spread=spread,
            line=f"{self.id}/hours",
            path=f"{path}.{'position' if self.by == 'position' else 'hours'}",
        )
        if self.outside == "none" or self.by == "position":
            return
        fee = Price(
            f"labor/{self.id}/fees",
            "time",
            flat(self.fees_usd),
            state="own",
            origin="labor",
            source="yours",
        )
        times = (*self._times(terms), *self._per_month(terms))
        yield Charge(
            f"{self.name}: outside fees",
            times,
            fee,
            spread=spread,
            line=f"{self.id}/fees",
            path=f"{path}.fees_usd",
        )

    def _each(self, terms: Terms) -> tuple[Factor, ...]:
        if self.per == "deployment":
            return terms.each
        return (Amount(terms.users, "user"),) if self.per == "user" else ()

    def _times(self, terms: Terms) -> tuple[Factor, ...]:
        return (*self._each(terms), Amount(self.times, "time"))

    def _hours(self, terms: Terms, slowness: Value) -> tuple[Factor, ...]:
        slower = ()
        if self.background == "none":
            slower = (Extra(slowness, "without operations background"),)
        if self.by == "position":
            share = Share(self.position, "of a full-time position")
            year = (Amount(HOURS_IN_YEAR, "h"), *slower, Per(12.0, "month"))
            return (*self._each(terms), share, *year)
        hours = Amount(self.hours, "h")
        return (*self._times(terms), hours, *slower, *self._per_month(terms))

    def _per_month(self, terms: Terms) -> tuple[Per, ...]:
        if not self.is_upkeep:
            return (Per(terms.horizon_months, "month"),)
        return (Per(12.0, "month"),) if self.period == "year" else ()
