"""The tracking server on machines of one's own."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Labels, Section, Unit, Whole
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, Notice, Option
from mlflow_cost_desktop.model.own_machine import OwnMachine


class OnOwnMachine(Option):
    """Machines that were bought, on premises or in a rented rack."""

    replicas: Annotated[
        float,
        Section("Replicas"),
        Unit("machine"),
        Whole(),
        Effect("more", "each machine is paid for"),
        Field(
            ge=0,
            le=1000,
            title="Machines",
            description="Machines that serve MLflow alone, side by side.",
        ),
    ] = 1.0
    runs: Annotated[
        Literal["whole_month", "usage_hours"],
        Labels({"whole_month": "The whole month", "usage_hours": "The usage hours"}),
        Field(
            title="Runs",
            description="Whether the machines are switched off outside the usage hours. That "
            "saves energy; all else is paid all the same.",
        ),
    ] = "whole_month"
    machine: Annotated[OwnMachine, Field(title="Machine")] = OwnMachine()

    @property
    def duties(self) -> frozenset[str]:
        return frozenset({OWN_INSTANCES, OWN_MACHINES})

    def charges(self, terms: Terms) -> Iterator[Charge]:
        machines = (*terms.each, Amount(self.replicas, "machine"))
        running = terms.whole_month if self.runs == "whole_month" else terms.usage
        yield from self.machine.lines(terms, (*machines, running), machines, "machine.")

    def variants(self) -> Iterator[tuple[str, Self]]:
        yield from ()  # its price is the user's: nothing to compare with before it was chosen

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.replicas == 0:
            yield Notice("replicas", "No machine: nobody can open the tracking server's UI.")
        yield from self.machine.notices(terms, "machine.")
