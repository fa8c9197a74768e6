"""Maintenance labor: the hours that keep a deployment going, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Per, unit_of
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    OnlyIf,
    Section,
    Unit,
    differing,
)
from mlflow_cost_desktop.model.labor.access import Access
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.labor.rates import Rates, Role
from mlflow_cost_desktop.model.labor.tasks import COUNTS, Task
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, SERVER, Notice
from mlflow_cost_desktop.prices.price import Price, Value, flat

FORGONE = (
    "What the hours of upkeep would have brought elsewhere, a line of its own. Zero by default: "
    "judgment, the sources know no figure that holds for everybody."
)


class Labor(Rates):
    """Who does the work, what for, and the tasks."""

    experience_factor: Annotated[
        float,
        Unit("×", step=0.1),
        Effect("more", "work takes longer without operations background"),
        Field(
            ge=1,
            le=10,
            title="Without experience",
            description="How many times as long a task takes somebody without operations "
            "background. Default: 1.5, judgment.",
        ),
    ] = 1.5
    opportunity: Annotated[
        Literal["hour", "month"],
        Section("Opportunity cost"),
        Labels({"hour": "By the hour of upkeep", "month": "By the month"}),
        Field(title="Counted", description=FORGONE),
    ] = "hour"
    opportunity_usd_per_hour: Annotated[
        float,
        Unit("$ / h"),
        OnlyIf("opportunity", ("hour",)),
        Effect("more", "each hour of upkeep forgoes it"),
        Field(
            ge=0,
            le=100_000,
            title="Value forgone",
            description=f"{FORGONE} Set-up and exit are not counted.",
        ),
    ] = 0.0
    opportunity_usd_per_month: Annotated[
        float,
        Unit("$ / month", step=100),
        OnlyIf("opportunity", ("month",)),
        Effect("more", "it is forgone each month"),
        Field(ge=0, le=1e9, title="Value forgone", description=FORGONE),
    ] = 0.0
    access: Annotated[Access, Field(title="Access and compliance")] = Access()
    tasks: Annotated[tuple[Task, ...], differing("id"), Field(max_length=100, title="Tasks")] = (
        DEFAULT_TASKS
    )

    def charges(self, terms: Terms) -> Iterator[Charge]:
        """Hours and fees of each task that is needed, and what the hours forgo."""
        hours: dict[Role, Price] = {}
        for task in self._needed(terms):
            if task.role not in hours:
                hours[task.role] = self.hour(task.role)
            yield from task.charges(terms, hours[task.role], self.experience_factor)
        yield self._opportunity_cost(terms)

    def upkeep_hours(self, terms: Terms) -> Value:
        """Hours a month of all tasks that come again and again."""
        hours = (task.upkeep_hours(terms, self.experience_factor) for task in self._needed(terms))
        return sum(hours, 0.0)

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """Paths are relative to the component."""
        if not any(task.takes_time for task in self._needed(terms)):
            yield Notice("tasks", "No hours of upkeep: somebody will do this work all the same.")
        counted = {task.counts for task in self.tasks if task.takes_time}
        # Whoever has no task for a host has said so by removing it.
        hosts = {SERVER, OWN_INSTANCES, OWN_MACHINES}
        for duty in sorted(terms.duties - counted - hosts):
            when = COUNTS[duty][:1].lower() + COUNTS[duty][1:]
            yield Notice("tasks", f"No hours are counted {when}: add a task for that work.")
        for notice in self.access.notices():
            yield Notice(f"access.{notice.path}", notice.text)

    def _needed(self, terms: Terms) -> list[Task]:
        return [task for task in self.tasks if task.is_needed(terms)]

    def _opportunity_cost(self, terms: Terms) -> Charge:
        if self.opportunity == "month":
            quantity = (Amount(1.0, "month"),)
            usd, path = self.opportunity_usd_per_month, "opportunity_usd_per_month"
        else:
            hours = Amount(12.0 * self.upkeep_hours(terms), "h a year")
            quantity = (hours, Per(12.0, "month", "h"))
            usd, path = self.opportunity_usd_per_hour, "opportunity_usd_per_hour"
        is_default = isinstance(usd, float) and usd == 0.0
        price = Price(
            "labor/opportunity",
            unit_of(quantity),
            flat(usd),
            state="own",
            origin="labor",
            source="default: nothing is forgone" if is_default else "yours",
        )
        return Charge("Opportunity cost", quantity, price, line="opportunity/cost", path=path)
