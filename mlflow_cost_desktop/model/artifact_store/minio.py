"""Artifacts in MinIO, an object store of one's own: on Kubernetes or on bought machines."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.aws.machine import commitment_notices
from mlflow_cost_desktop.model.aws.pods import Node, UsablePercent, share_hours
from mlflow_cost_desktop.model.aws.volume import Volume
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Per, Together, scalar
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    OnlyIf,
    Section,
    Unit,
    Whole,
)
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, Notice, Option
from mlflow_cost_desktop.model.own_machine import OwnMachine
from mlflow_cost_desktop.prices.aws.provider import AWS

LARGEST_SET = 16.0
"""The most volumes over which MinIO spreads an object."""

ON_KUBERNETES = OnlyIf("runs_on", ("kubernetes",))
ON_OWN_MACHINES = OnlyIf("runs_on", ("own_machines",))


class Minio(Option):
    """Pods or machines that run all month, and volumes that hold data and parity."""

    sold_by = frozenset({AWS.id})

    runs_on: Annotated[
        Literal["kubernetes", "own_machines"],
        Section("Hosts"),
        Labels({"kubernetes": "Kubernetes", "own_machines": "Machines of your own"}),
        Field(
            title="Runs on",
            description="Pods with volumes, or machines with disks of their own that serve MinIO "
            "alone.",
        ),
    ] = "kubernetes"
    machines: Annotated[
        float,
        Unit("machine"),
        Whole(),
        ON_OWN_MACHINES,
        Effect("more", "each machine is paid for"),
        Field(
            ge=0,
            le=1000,
            title="Machines",
            description="They run the whole month. Four are the fewest that survive the loss of "
            "one.",
        ),
    ] = 4.0
    disk_gb: Annotated[
        float,
        Unit("GB", step=1024),
        ON_OWN_MACHINES,
        Effect("same", "the disks come with the machine's price; it tells whether they suffice"),
        Field(
            ge=0,
            le=1e9,
            title="Disks of a machine",
            description="All of them together, before parity. Judgment: 8,192.",
        ),
    ] = 8_192.0

    data_volumes: Annotated[
        float,
        Section("Size"),
        Unit("volume"),
        Whole(),
        Effect("either", "more of them need less parity for the same data, but each is billed"),
        Field(
            ge=1,
            le=LARGEST_SET,
            title="Data volumes",
            description="Over so many volumes each object is spread; those for parity come on "
            "top. MinIO recommends 12 and 4: three quarters of the raw space are usable.",
        ),
    ] = 12.0
    parity_volumes: Annotated[
        float,
        Unit("volume"),
        Whole(),
        Effect("more", "they are billed as well"),
        Field(
            ge=0,
            le=8,
            title="Parity volumes",
            description="So many volumes may fail at once. MinIO takes 4 of 8 volumes or more.",
        ),
    ] = 4.0
    filled: Annotated[
        float,
        Unit("%", step=5),
        Effect("less", "fuller volumes are smaller ones"),
        Field(
            ge=1,
            le=100,
            title="Filled to",
            description="How full the volumes are: what is free is billed too. 80 % is a judgment.",
        ),
    ] = 80.0
    volume: Annotated[Volume, ON_KUBERNETES, Field(title="Volumes")] = Volume()
    pods: Annotated[
        float,
        Section("Pods"),
        Unit("pod"),
        Whole(),
        ON_KUBERNETES,
        Effect("more", "each pod is paid for"),
        Field(
            ge=0,
            le=1000,
            title="Pods",
            description="They run the whole month. Four with four volumes each are the fewest "
            "that survive the loss of one.",
        ),
    ] = 4.0
    cpu_request: Annotated[
        float,
        Unit("vCPU", step=0.25),
        ON_KUBERNETES,
        Effect("more", "a pod pays for the larger one of its shares of a node"),
        Field(
            ge=0,
            le=1000,
            title="CPU request of a pod",
            description="What Kubernetes keeps free for each pod. 0.5 is a judgment for a team.",
        ),
    ] = 0.5
    memory_request: Annotated[
        float,
        Unit("GiB"),
        ON_KUBERNETES,
        Effect("more", "a pod pays for the larger one of its shares of a node"),
        Field(
            ge=0,
            le=10_000,
            title="Memory request of a pod",
            description="What Kubernetes keeps free for each pod. 4 is a judgment for a team.",
        ),
    ] = 4.0
    usable_percent: Annotated[UsablePercent, ON_KUBERNETES] = 80.0
    node: Annotated[Node, ON_KUBERNETES, Field(title="Node")] = Node()
    own: Annotated[OwnMachine, ON_OWN_MACHINES, Field(title="Machine of your own")] = OwnMachine()

    def is_sold_by(self, provider_id: str) -> bool:
        return self.runs_on == "own_machines" or super().is_sold_by(provider_id)

    @property
    def duties(self) -> frozenset[str]:
        bought = frozenset({OWN_INSTANCES, OWN_MACHINES})
        host = self.node.duties if self.runs_on == "kubernetes" else bought
        return host | {"self_hosted_store"}

    def charges(self, terms: Terms) -> Iterator[Charge]:
        if self.runs_on == "own_machines":
            machines = (Amount(self.machines, "machine"),)
            yield from self.own.lines(terms, (*machines, terms.whole_month), machines, "own.")
            return
        volumes = Amount(self.data_volumes + self.parity_volumes, "volume")
        yield from self.volume.charges(
            terms, self._size(terms), capacity=(volumes,), what="MinIO volume", path="stored_gb"
        )
        share = self.node.share(terms, (self.cpu_request, self.memory_request))
        yield from self.node.share_lines(
            terms,
            "Share of nodes (MinIO)",
            (Amount(self.pods, "pod"),),
            share_hours(terms.whole_month, share),
            self.usable_percent,
            "pods",
        )

    def _size(self, terms: Terms) -> Together:
        """What has to be provisioned on each volume, GB."""
        spread = Per(self.data_volumes, "[data volumes]")
        return Together((*terms.stored, spread, Per(self.filled / 100.0, "[filled]")))

    def notices(self, terms: Terms) -> Iterator[Notice]:
        spread = self.data_volumes + self.parity_volumes
        if spread > LARGEST_SET:
            yield Notice(
                "data_volumes",
                Text(
                    "MinIO spreads an object over at most {} volumes, parity included, "
                    "not over {}.",
                    LARGEST_SET,
                    spread,
                ),
            )
        if self.parity_volumes > self.data_volumes:
            yield Notice(
                "parity_volumes",
                "MinIO takes at most as many volumes for parity as for data.",
            )
        if self.parity_volumes == 0:
            yield Notice("parity_volumes", "Without parity the loss of one volume loses artifacts.")
        if self.runs_on == "own_machines":
            yield from self._notices_of_own_machines(terms)
            return
        if self.pods == 0:
            yield Notice("pods", "No pod: nobody can read or write artifacts.")
        yield from self.volume.notices(scalar(self._size(terms).value), "filled", "volume")
        for notice in self.node.notices(terms, (self.cpu_request, self.memory_request)):
            yield Notice(f"node.{notice.path}".rstrip("."), notice.text)
        if self.node.kind == "ec2":
            yield from self._notices_of_machines(terms)

    def _notices_of_own_machines(self, terms: Terms) -> Iterator[Notice]:
        if self.machines == 0:
            yield Notice("machines", "No machine: nobody can read or write artifacts.")
        each, spread = self._size(terms).value, self.data_volumes + self.parity_volumes
        needed, there = scalar(each * spread), self.machines * self.disk_gb
        if needed > there:
            yield Notice(
                "disk_gb",
                Text(
                    "{} GB of disks are needed, with parity and what stays free; the machines "
                    "have {}.",
                    round(needed),
                    there,
                ),
            )
        yield from self.own.notices(terms, "own.")

    def _notices_of_machines(self, terms: Terms) -> Iterator[Notice]:
        machine = self.node.machine
        if machine.purchase == "spot":
            yield Notice(
                "node.machine.purchase",
                "AWS takes spot capacity back at two minutes' notice: where more pods go at once "
                "than parity makes up for, no artifact can be read or written.",
            )
        if machine.is_committed:
            for notice in commitment_notices(machine.term, terms, terms.whole_month.value):
                yield Notice(f"node.machine.{notice.path}", notice.text)
