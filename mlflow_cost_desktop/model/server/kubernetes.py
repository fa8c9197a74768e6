"""The tracking server as pods on Kubernetes."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field

from mlflow_cost_desktop.model.aws.fargate_sizes import next_size
from mlflow_cost_desktop.model.aws.pods import (
    CpuRequest,
    MemoryRequest,
    Node,
    UsablePercent,
    share_hours,
)
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, AtLeast, Factor, Share
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    OnlyIf,
    Section,
    Unit,
    Whole,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice, Option

FOR_KUBERNETES_GB = 0.25
"""Memory that EKS on Fargate adds to every pod for Kubernetes' own components."""


class Kubernetes(Option):
    """Pods that share a cluster's nodes, a cluster of their own, or EKS on Fargate."""

    runs_on: Annotated[
        Literal["shared", "alone", "fargate"],
        Section("Pods"),
        Labels(
            {
                "shared": "Nodes shared with others",
                "alone": "A cluster for MLflow alone",
                "fargate": "EKS on Fargate",
            }
        ),
        Field(
            title="Runs on",
            description="On shared nodes a pod pays for its share of a node; a cluster for "
            "MLflow alone is paid as a whole; on Fargate a pod pays for the next size sold.",
        ),
    ] = "shared"
    replicas: Annotated[
        float,
        Unit("pod"),
        Whole(),
        OnlyIf("runs_on", ("shared", "fargate")),
        Effect("more", "each pod is paid for"),
        Field(
            ge=0,
            le=1000,
            title="Replicas",
            description="Pods that run side by side for the usage hours.",
        ),
    ] = 1.0
    cpu_request: Annotated[CpuRequest, OnlyIf("runs_on", ("shared", "fargate"))] = 0.5
    memory_request: Annotated[MemoryRequest, OnlyIf("runs_on", ("shared", "fargate"))] = 2.0
    hours_at_limits: Annotated[
        float,
        Unit("h", step=10),
        OnlyIf("runs_on", ("shared",)),
        Effect("more", "a pod at its limits takes a larger share of the node"),
        Field(
            ge=0,
            le=1000,
            title="Hours at the limits",
            description="Hours a month in which the pods use their limits; at most the usage "
            "hours. In the others they pay for their requests.",
        ),
    ] = 0.0
    cpu_limit: Annotated[
        float,
        Unit("vCPU", step=0.25),
        only_with("hours_at_limits"),
        Effect("more", "a pod at its limits takes a larger share of the node"),
        Field(
            ge=0,
            le=1000,
            title="CPU limit of a pod",
            description="The most that a pod may use. The article's server is limited to 2.",
        ),
    ] = 2.0
    memory_limit: Annotated[
        float,
        Unit("GiB"),
        only_with("hours_at_limits"),
        Effect("more", "a pod at its limits takes a larger share of the node"),
        Field(
            ge=0,
            le=10_000,
            title="Memory limit of a pod",
            description="The most that a pod may use. The article's server is limited to 8.",
        ),
    ] = 8.0
    usable_percent: Annotated[UsablePercent, OnlyIf("runs_on", ("shared",))] = 80.0
    nodes: Annotated[
        float,
        Unit("node"),
        Whole(),
        OnlyIf("runs_on", ("alone",)),
        Effect("more", "each node is billed"),
        Field(
            ge=0,
            le=1000,
            title="Nodes",
            description="Machines of the cluster; what MLflow leaves of them is paid all the "
            "same. Two keep the server running while one is replaced.",
        ),
    ] = 2.0
    nodes_run: Annotated[
        Literal["whole_month", "usage_hours"],
        OnlyIf("runs_on", ("alone",)),
        Labels({"whole_month": "The whole month", "usage_hours": "The usage hours"}),
        Field(
            title="Nodes run",
            description="Whether the nodes are stopped outside the usage hours; under a "
            "commitment they are billed all the same.",
        ),
    ] = "whole_month"
    control_plane: Annotated[
        Literal["eks", "eks_extended", "none"],
        Labels(
            {
                "eks": "EKS, standard support",
                "eks_extended": "EKS, extended support",
                "none": "Not billed",
            }
        ),
        Field(
            title="Control plane",
            description="EKS bills each cluster by the hour, and six times as much while its "
            "Kubernetes version is in extended support, which begins 14 months after its "
            "release. Not billed: a cluster that you run yourself.",
        ),
    ] = "eks"
    control_plane_percent: Annotated[
        float,
        Unit("%", step=5),
        OnlyIf("control_plane", ("eks", "eks_extended")),
        OnlyIf("runs_on", ("shared", "fargate")),
        Effect("more", "MLflow bears a larger part of the cluster's price"),
        Field(
            ge=0,
            le=100,
            title="MLflow's part of the control plane",
            description="Percent of the cluster's price that MLflow bears. 10 is a judgment: a "
            "cluster shared by ten systems.",
        ),
    ] = 10.0
    node: Annotated[Node, OnlyIf("runs_on", ("shared", "alone")), Field(title="Node")] = Node()

    @property
    def duties(self) -> frozenset[str]:
        if self.runs_on == "fargate":
            return frozenset()
        return self.node.duties_alone if self.runs_on == "alone" else self.node.duties

    def charges(self, terms: Terms) -> Iterator[Charge]:
        if self.runs_on == "shared":
            yield from self._shared(terms)
        elif self.runs_on == "alone":
            yield from self._alone(terms)
        else:
            yield from self._on_fargate(terms)
        if self.control_plane != "none":
            yield from self._control_plane(terms)

    def _shared(self, terms: Terms) -> Iterator[Charge]:
        requests = self.cpu_request, self.memory_request
        limits = self.cpu_limit, self.memory_limit
        hours = share_hours(
            terms.usage,
            self.node.share(terms, requests),
            self.hours_at_limits,
            # Kubernetes refuses limits below the requests.
            self.node.share(terms, limits, requests),
        )
        yield from self.node.share_lines(
            terms, "Share of nodes", self._pods(terms), hours, self.usable_percent, "replicas"
        )

    def _alone(self, terms: Terms) -> Iterator[Charge]:
        nodes = (*terms.each, Amount(self.nodes, "node"))
        hours = self._node_hours(terms)
        yield from self.node.lines(terms, "Node hours", (*nodes, hours), nodes, "nodes")

    def _node_hours(self, terms: Terms) -> Factor:
        running = terms.whole_month if self.nodes_run == "whole_month" else terms.usage
        is_ec2 = self.node.kind == "ec2"
        return self.node.machine.billed_hours(terms, running) if is_ec2 else running

    def _on_fargate(self, terms: Terms) -> Iterator[Charge]:
        memory_gb = self.memory_request + FOR_KUBERNETES_GB
        sold_vcpu, sold_gb = next_size(self.cpu_request, memory_gb)
        for what, part, asked, sold, unit in (
            ("vCPU", "vcpu", self.cpu_request, sold_vcpu, "vCPU"),
            ("Memory", "memory", memory_gb, sold_gb, "GB"),
        ):
            size = AtLeast(Amount(asked, unit), sold, "next size sold")
            yield Charge(
                f"{what} hours (EKS on Fargate)",
                (*self._pods(terms), terms.usage, size),
                terms.price("eks_fargate", part),
                line=f"{part}_hours",
                path="replicas",
            )

    def _pods(self, terms: Terms) -> tuple[Factor, ...]:
        return (*terms.each, Amount(self.replicas, "pod"))

    def _control_plane(self, terms: Terms) -> Iterator[Charge]:
        part = Share(self.control_plane_percent, "of the cluster")
        hours = (*terms.each, *(() if self.runs_on == "alone" else (part,)), terms.whole_month)
        yield Charge(
            "EKS control plane",
            hours,
            terms.price("eks", "cluster"),
            line="control_plane",
            path="control_plane",
        )
        if self.control_plane == "eks_extended":
            yield Charge(
                "EKS extended support",
                hours,
                terms.price("eks", "extended_support"),
                line="extended_support",
                path="control_plane",
            )

    def out_of_support(self) -> Self:
        """With a Kubernetes version for which EKS asks the price of extended support."""
        if self.control_plane != "eks":
            return self
        return self.model_copy(update={"control_plane": "eks_extended"})

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.runs_on == "alone":
            if self.nodes == 0:
                yield Notice("nodes", "No node: nobody can open the tracking server's UI.")
            if self.node.kind == "own_machine":
                yield from self.node.own.notices(terms, "node.own.")
        else:
            if self.replicas == 0:
                yield Notice("replicas", "No pod: nobody can open the tracking server's UI.")
        if self.runs_on == "shared":
            yield from self._notices_of_shared(terms)
        if self.runs_on == "fargate":
            yield from self._notices_of_fargate()
        elif self.node.kind == "ec2":
            yield from self._notices_of_nodes(terms)

    def _notices_of_shared(self, terms: Terms) -> Iterator[Notice]:
        for notice in self.node.notices(terms, (self.cpu_request, self.memory_request)):
            yield Notice(f"node.{notice.path}".rstrip("."), notice.text)
        is_below = self.cpu_limit < self.cpu_request or self.memory_limit < self.memory_request
        if self.hours_at_limits > 0 and is_below:
            yield Notice(
                "cpu_limit",
                "Kubernetes refuses limits below the requests; the requests are billed.",
            )
        if self.hours_at_limits > terms.usage.value:
            yield Notice(
                "hours_at_limits",
                "Hours at the limits are more than the usage hours; only those are billed.",
            )

    def _notices_of_fargate(self) -> Iterator[Notice]:
        memory_gb = self.memory_request + FOR_KUBERNETES_GB
        vcpu, sold_gb = next_size(self.cpu_request, memory_gb)
        if vcpu < self.cpu_request or sold_gb < memory_gb:
            yield Notice(
                "cpu_request",
                "Fargate sells no size for such a pod: the largest has 16 vCPU and 120 GB.",
            )

    def _notices_of_nodes(self, terms: Terms) -> Iterator[Notice]:
        # What a shared node does outside the usage hours is paid by others.
        running = terms.whole_month.value
        if self.runs_on == "alone" and self.nodes_run == "usage_hours":
            running = terms.usage.value
        count, what = (self.nodes, "node") if self.runs_on == "alone" else (self.replicas, "pod")
        for notice in self.node.machine.purchase_notices(terms, running, count, what):
            yield Notice(f"node.machine.{notice.path}", notice.text)
