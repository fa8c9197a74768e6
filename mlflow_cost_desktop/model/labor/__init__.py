"""Maintenance labor: the hours that keep a deployment going, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.fields import Effect, Model, Section, Unit, differing
from mlflow_cost_desktop.model.labor.tasks import DEFAULT_TASKS, Task
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.model.terms import Terms
from mlflow_cost_desktop.prices.price_book import Price, Value, flat

LOADED = (
    "Loaded hourly rate: the wage with the employer's benefits and taxes. Default: {wage} an "
    "hour × 1.429, the employer's total compensation ÷ wages in US private industry. Office, "
    "equipment, recruiting and idle time are not in it."
)
BLS = "BLS OEWS May 2024 × BLS ECEC March 2026"


class Labor(Model):
    """Who does the work, and the tasks."""

    platform_engineer_usd: Annotated[
        float,
        Section("Hourly rates"),
        Unit("$ / h"),
        Effect("more", "hours are paid"),
        Field(
            ge=0,
            le=10_000,
            title="Platform engineer",
            description=LOADED.format(wage="$63.98 (BLS, software developers, median, May 2024)"),
        ),
    ] = 91.4
    data_scientist_usd: Annotated[
        float,
        Unit("$ / h"),
        Effect("more", "hours are paid"),
        Field(
            ge=0,
            le=10_000,
            title="Data scientist",
            description=LOADED.format(wage="$54.13 (BLS, data scientists, median, May 2024)"),
        ),
    ] = 77.4
    tasks: Annotated[tuple[Task, ...], differing("id"), Field(max_length=100, title="Tasks")] = (
        DEFAULT_TASKS
    )

    def charges(self, terms: Terms) -> Iterator[Charge]:
        """A line for each task."""
        for task in self.tasks:
            yield task.charge(terms, self._rate(task.role))

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """Paths are relative to the component."""
        if not any(task.hours > 0 and task.times > 0 for task in self.tasks):
            yield Notice("tasks", "No hours of upkeep: somebody will do this work all the same.")

    def _rate(self, role: str) -> Price:
        usd: Value = getattr(self, f"{role}_usd")
        default = type(self).model_fields[f"{role}_usd"].default
        is_default = isinstance(usd, float) and usd == default
        return Price(
            f"labor/{role}",
            "h",
            flat(usd),
            state="own",
            source=f"default rate: {BLS}" if is_default else "your rate",
            date="2026-03" if is_default else "",
        )
