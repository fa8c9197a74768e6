"""The metadata store on a database that the team runs itself."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.aws.machine import Machine, commitment_notices
from mlflow_cost_desktop.model.aws.pods import (
    CpuRequest,
    MemoryRequest,
    Node,
    UsablePercent,
    share_hours,
)
from mlflow_cost_desktop.model.aws.volume import Snapshots, Volume
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Factor
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    OnlyIf,
    Section,
    Unit,
    only_with,
)
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, Notice, Option
from mlflow_cost_desktop.model.own_machine import OwnMachine
from mlflow_cost_desktop.prices.aws.provider import AWS

ON_VOLUMES = OnlyIf("has_own_disks", ("False",))


class SelfHosted(Option):
    """PostgreSQL or MySQL on an instance, on Kubernetes or on a machine that was bought."""

    sold_by = frozenset({AWS.id})

    runs_on: Annotated[
        Literal["ec2", "kubernetes", "own_machine"],
        Section("Database"),
        Labels(
            {
                "ec2": "EC2 instance",
                "kubernetes": "Kubernetes",
                "own_machine": "A machine of your own",
            }
        ),
        Field(
            title="Runs on",
            description="Where the database runs. Backups, restore tests and updates are then "
            "the team's work, says the article; they are tasks of the maintenance tab.",
        ),
    ] = "ec2"
    standby: Annotated[
        Literal["none", "standby"],
        Labels({"none": "None", "standby": "One standby"}),
        Field(
            title="Standby",
            description="A second machine with a volume of its own, to which the database "
            "replicates and which takes over when the first one fails.",
        ),
    ] = "none"
    runs: Annotated[
        Literal["whole_month", "usage_hours"],
        Labels({"whole_month": "The whole month", "usage_hours": "The usage hours"}),
        Field(
            title="Runs",
            description="Whether the database is stopped outside the usage hours. Its volume is "
            "billed all the same.",
        ),
    ] = "whole_month"
    cpu_request: Annotated[CpuRequest, OnlyIf("runs_on", ("kubernetes",))] = 0.5
    memory_request: Annotated[MemoryRequest, OnlyIf("runs_on", ("kubernetes",))] = 2.0
    usable_percent: Annotated[UsablePercent, OnlyIf("runs_on", ("kubernetes",))] = 80.0
    storage_gb: Annotated[
        float,
        Section("Storage"),
        Unit("GB", step=10),
        ON_VOLUMES,
        Effect("more", "volumes and snapshots are billed by the GB"),
        Field(
            ge=0,
            le=1_000_000,
            title="Storage",
            description="Size of each database's volume; a standby has one of the same size. A "
            "few tens of GB are enough for many experiments, says the article. The disks of a "
            "machine of your own come with its price.",
        ),
    ] = 30.0
    machine: Annotated[Machine, OnlyIf("runs_on", ("ec2",)), Field(title="EC2 instance")] = (
        Machine()
    )
    node: Annotated[Node, OnlyIf("runs_on", ("kubernetes",)), Field(title="Node")] = Node()
    own: Annotated[
        OwnMachine, OnlyIf("runs_on", ("own_machine",)), Field(title="Machine of your own")
    ] = OwnMachine()
    volume: Annotated[Volume, only_with("storage_gb"), Field(title="Volume")] = Volume()
    snapshots: Annotated[Snapshots, ON_VOLUMES, Field(title="Snapshots")] = Snapshots()

    def is_sold_by(self, provider_id: str) -> bool:
        return self.has_own_disks or super().is_sold_by(provider_id)

    @property
    def has_own_disks(self) -> bool:
        """Whether its data lies on the disks of a machine that was bought."""
        on_own_node = self.runs_on == "kubernetes" and self.node.kind == "own_machine"
        return self.runs_on == "own_machine" or on_own_node

    @property
    def duties(self) -> frozenset[str]:
        host = {
            "ec2": frozenset({OWN_INSTANCES}),
            "kubernetes": self.node.duties,
            "own_machine": frozenset({OWN_INSTANCES, OWN_MACHINES}),
        }
        return host[self.runs_on] | {"self_hosted_database"}

    def charges(self, terms: Terms) -> Iterator[Charge]:
        running, copies = self._running(terms), self._copies(terms)
        if self.runs_on == "ec2":
            hours = self.machine.billed_hours(terms, running)
            yield from self.machine.hour_lines(
                terms, (*copies, hours), copies, path="machine.instance_type"
            )
        elif self.runs_on == "own_machine":
            yield from self.own.lines(terms, (*copies, running), copies, "own.")
        else:
            share = self.node.share(terms, (self.cpu_request, self.memory_request))
            yield from self.node.share_lines(
                terms,
                "Share of nodes",
                copies,
                share_hours(running, share),
                self.usable_percent,
                path="cpu_request",
            )
        if self.has_own_disks:
            return
        size = Amount(self.storage_gb, "GB")
        yield from self.volume.charges(terms, size, capacity=copies, path="storage_gb")
        yield from self.snapshots.charges(terms, size, capacity=terms.each, path="snapshots")

    def _running(self, terms: Terms) -> Factor:
        return terms.whole_month if self.runs == "whole_month" else terms.usage

    def _copies(self, terms: Terms) -> tuple[Factor, ...]:
        """Databases, standbys among them."""
        unit = {"ec2": "instance", "kubernetes": "pod", "own_machine": "machine"}[self.runs_on]
        return (*terms.each, Amount(2.0 if self.standby == "standby" else 1.0, unit))

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.has_own_disks:
            yield from self._notices_of_own(terms)
            return
        yield from self.volume.notices(self.storage_gb, "storage_gb", "volume")
        if self.storage_gb == 0:
            yield Notice("storage_gb", "No storage: the database has nowhere to keep its data.")
        if self.snapshots.per_day == 0:
            yield Notice(
                "snapshots.per_day",
                "No snapshots: what is lost with the volume can't be restored.",
            )
        if self.runs_on == "kubernetes":
            yield from self._notices_of_pods(terms)
            if self.node.kind == "own_price":
                return
        machine, path = (
            (self.machine, "machine")
            if self.runs_on == "ec2"
            else (self.node.machine, "node.machine")
        )
        if machine.purchase == "spot":
            yield Notice(
                f"{path}.purchase",
                "AWS takes spot capacity back at two minutes' notice: the database would be down, "
                "and what it had not yet written to its volume lost.",
            )
        if machine.is_committed:
            # What a shared node does while the database is stopped is paid by others.
            running = self._running(terms) if self.runs_on == "ec2" else terms.whole_month
            for notice in commitment_notices(machine.term, terms, running.value):
                yield Notice(f"{path}.{notice.path}", notice.text)

    def _notices_of_own(self, terms: Terms) -> Iterator[Notice]:
        if self.runs_on == "kubernetes":
            yield from self._notices_of_pods(terms)
        else:
            yield from self.own.notices(terms, "own.")
        yield Notice(
            "runs_on",
            "On a machine of your own no backups are counted: add a line of your own for where "
            "they are kept.",
        )

    def _notices_of_pods(self, terms: Terms) -> Iterator[Notice]:
        if self.node.kind == "own_machine":
            yield from self.node.own.notices(terms, "node.own.")
        if self.node.size(terms) is None:
            yield Notice(
                "node.machine.instance_type",
                "The size of this machine is not known: each pod is billed a whole node.",
            )
        elif self.node.share(terms, (self.cpu_request, self.memory_request)).value > 1:
            yield Notice(
                "cpu_request", "The requests do not fit on a node; Kubernetes would not start it."
            )
