"""Pods on Kubernetes: what their share of a node costs, whatever the node is paid with."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.model.aws.machine import Machine
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    AtMost,
    Beyond,
    Factor,
    Largest,
    Per,
    Sum,
    Together,
)
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
)
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, Notice
from mlflow_cost_desktop.model.own_machine import OwnMachine
from mlflow_cost_desktop.prices.price import Price, Value, flat

_PAYS = "a pod pays for the larger one of its shares of a node's vCPU and memory"

CpuRequest: TypeAlias = Annotated[
    float,
    Unit("vCPU", step=0.25),
    Effect("more", _PAYS),
    Field(
        ge=0,
        le=1000,
        title="CPU request of a pod",
        description="What Kubernetes keeps free for each pod. The article's server requests 0.5.",
    ),
]
MemoryRequest: TypeAlias = Annotated[
    float,
    Unit("GiB"),
    Effect("more", _PAYS),
    Field(
        ge=0,
        le=10_000,
        title="Memory request of a pod",
        description="What Kubernetes keeps free for each pod. The article's server requests 2.",
    ),
]
UsablePercent: TypeAlias = Annotated[
    float,
    Unit("%", step=5),
    Effect("less", "the rest of each node is paid with the pods that use it"),
    Field(
        ge=1,
        le=100,
        title="Usable part of a node",
        description="What the system's own pods leave of a node and the cluster manages to fill. "
        "80 is a judgment.",
    ),
]
"""Fields of options whose pods share nodes."""


class Node(Model):
    """A node of a cluster: an EC2 machine, one that was bought, or any other by its price."""

    kind: Annotated[
        Literal["ec2", "own_machine", "own_price"],
        Section("Node"),
        Labels(
            {
                "ec2": "An EC2 machine",
                "own_machine": "A machine of your own",
                "own_price": "Your own price",
            }
        ),
        Field(
            title="Node",
            description="An EC2 machine at its price; a machine that you buy, by what it costs; "
            "or your own price per node and hour: for machines of another provider, or as your "
            "platform team bills them.",
        ),
    ] = "ec2"
    disk_type: Annotated[
        Literal["gp3", "gp2"],
        OnlyIf("kind", ("ec2",)),
        Labels({"gp3": "General purpose (gp3)", "gp2": "General purpose (gp2)"}),
        Field(
            title="Disk type",
            description="EKS gives a node gp3 unless told otherwise; older node groups have gp2.",
        ),
    ] = "gp3"
    disk_gb: Annotated[
        float,
        Unit("GB", step=10),
        OnlyIf("kind", ("ec2",)),
        Effect("more", "a pod pays for the node's disk by the same share"),
        Field(
            ge=0,
            le=65_536,
            title="Disk of a node",
            description="EKS gives a node of a managed group 20 GB unless told otherwise.",
        ),
    ] = 20.0
    hourly_usd: Annotated[
        float,
        Unit("$ / h", step=0.01),
        OnlyIf("kind", ("own_price",)),
        Effect("more", "a pod pays for its share of the node"),
        Field(
            ge=0,
            le=1000,
            title="Price of a node",
            description="All that the node costs an hour. 0.10 is a judgment, about what "
            "a machine of 2 vCPU and 8 GiB costs at AWS.",
        ),
    ] = 0.10
    vcpu: Annotated[
        float,
        Unit("vCPU"),
        OnlyIf("kind", ("own_price", "own_machine")),
        Effect("less", "a pod's share of a larger node is smaller"),
        Field(
            ge=0.1,
            le=10_000,
            title="CPU of a node",
            description="Its threads, as Kubernetes counts them.",
        ),
    ] = 2.0
    memory_gib: Annotated[
        float,
        Unit("GiB"),
        OnlyIf("kind", ("own_price", "own_machine")),
        Effect("less", "a pod's share of a larger node is smaller"),
        Field(ge=0.1, le=100_000, title="Memory of a node", description="Its whole memory."),
    ] = 8.0
    machine: Annotated[Machine, OnlyIf("kind", ("ec2",)), Field(title="EC2 machine")] = Machine()
    own: Annotated[
        OwnMachine, OnlyIf("kind", ("own_machine",)), Field(title="Machine of your own")
    ] = OwnMachine()

    def size(self, terms: Terms) -> tuple[Value, Value] | None:
        """Its vCPU and GiB, or those of many machines; none where nobody knows any."""
        if self.kind != "ec2":
            return self.vcpu, self.memory_gib
        vcpu, memory_gib = terms.prices.machine_sizes(self.machine.instance_type)
        return None if np.all(np.isnan(vcpu)) else (vcpu, memory_gib)

    @property
    def duties(self) -> frozenset[str]:
        """The work on a machine that was bought; others are looked after with their cluster."""
        return self.duties_alone if self.kind == "own_machine" else frozenset()

    @property
    def duties_alone(self) -> frozenset[str]:
        """The work on nodes that nobody else uses; those with a price have it in the price."""
        if self.kind == "own_machine":
            return frozenset({OWN_INSTANCES, OWN_MACHINES})
        return frozenset({OWN_INSTANCES}) if self.kind == "ec2" else frozenset()

    def share(self, terms: Terms, *pods: tuple[Value, Value]) -> Factor:
        """The part of a node that a pod takes: the largest of its parts of vCPU and memory.

        Args:
            terms: as for an option.
            pods: vCPU and GiB of a pod; of several, the largest share counts.

        A node whose size nobody knows is taken as a whole.
        """
        size = self.size(terms)
        if size is None:
            return Amount(1.0, "")
        units = ("vCPU", "GiB")
        parts: list[Factor] = [
            Together((Amount(asked, unit), Per(_known(whole), unit)))
            for pod in pods
            for asked, whole, unit in zip(pod, size, units, strict=True)
        ]
        if np.any(np.isnan(size[0])):
            parts.append(Amount(np.where(np.isnan(size[0]), 1.0, 0.0), ""))
        return Largest(tuple(parts))

    def lines(
        self,
        terms: Terms,
        what: str,
        node_hours: tuple[Factor, ...],
        nodes: tuple[Factor, ...],
        path: str = "",
    ) -> Iterator[Charge]:
        """The lines of whole nodes, or of parts of nodes.

        Args:
            terms: as for an option.
            what: the name of the line of hours.
            node_hours: factors of the node-hours that are billed in a month.
            nodes: factors of the nodes that are there for a month.
            path: the input behind the lines.
        """
        if self.kind == "own_price":
            price = self._own_price()
            yield Charge(f"{what} (your price)", node_hours, price, line="node_hours", path=path)
            return
        if self.kind == "own_machine":
            yield from self.own.lines(terms, node_hours, nodes, "node.own.")
            return
        yield from self.machine.hour_lines(terms, node_hours, nodes, what, "node_hours", path)
        yield Charge(
            f"Node disks ({self.disk_type})",
            (*nodes, Amount(self.disk_gb, "GB")),
            terms.price("ebs", self.disk_type, "storage"),
            line="node_disks",
            path="node.disk_gb",
        )

    def notices(self, terms: Terms, pod: tuple[float, float]) -> Iterator[Notice]:
        """What makes no sense for pods that request so much vCPU and GiB.

        Paths are relative to the node; an empty one means the node itself.
        """
        if self.kind == "own_machine":
            yield from self.own.notices(terms, "own.")
        if self.size(terms) is None:
            yield Notice(
                "machine.instance_type",
                "The size of this machine is not known: each pod is billed a whole node.",
            )
        elif self.share(terms, pod).value > 1:
            yield Notice(
                "", "A pod's requests do not fit on a node; Kubernetes would not start it."
            )

    def _own_price(self) -> Price:
        return Price(
            "your-node/hour",
            "h",
            flat(self.hourly_usd),
            state="own",
            origin="field",
            source="your node",
        )

    def share_lines(
        self,
        terms: Terms,
        what: str,
        pods: tuple[Factor, ...],
        share_hours: Factor,
        usable_percent: Value,
        path: str = "",
    ) -> Iterator[Charge]:
        """The lines of pods that share nodes with others.

        Args:
            terms: as for an option.
            what: the name of the line of hours.
            pods: factors of how many there are.
            share_hours: hours a month times the share of a node; see `share_hours`.
            usable_percent: of a node, percent that pods can use.
            path: the input behind the lines.
        """
        node_hours = (*pods, share_hours, Per(usable_percent / 100.0, "usable"))
        nodes = (*node_hours, Per(terms.hours_in_month, "h", "node"))
        yield from self.lines(terms, what, node_hours, nodes, path)


def _known(size: Value) -> Value:
    """A size, without end where nobody knows it."""
    return np.where(np.isnan(size), np.inf, size)[()]


def share_hours(
    hours: Factor, share: Factor, hours_at_limits: Value = 0.0, limit_share: Factor | None = None
) -> Factor:
    """Hours times the share of a node: that of the limits for some of them, else the requests'."""
    if limit_share is None:
        return Together((hours, share))
    return Sum(
        (
            Together((Beyond(hours, hours_at_limits, "at the limits"), share)),
            Together((AtMost(Amount(hours_at_limits, "h"), hours), limit_share)),
        )
    )
