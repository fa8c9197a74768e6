"""The tracking server: what serves the UI and the API."""

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.fields.declaration import Labels, OnlyIf
from mlflow_cost_desktop.model.option import SERVER, Component, Discount
from mlflow_cost_desktop.model.server.ec2 import Ec2
from mlflow_cost_desktop.model.server.fargate import Fargate
from mlflow_cost_desktop.model.server.kubernetes import Kubernetes
from mlflow_cost_desktop.model.server.none import NoServer
from mlflow_cost_desktop.model.server.own_machine import OnOwnMachine


class Server(Component):
    """The tracking server and the ways to run it."""

    option: Annotated[
        Literal["ec2", "fargate", "kubernetes", "own_machine", "none"],
        Labels(
            {
                "ec2": "EC2",
                "fargate": "ECS Fargate",
                "kubernetes": "Kubernetes",
                "own_machine": "Bought",
                "none": "None",
            }
        ),
        Field(title="Hosting", description="How the tracking server runs."),
    ] = "ec2"
    ec2: Annotated[Ec2, Field(title="EC2 instance")] = Ec2()
    fargate: Annotated[Fargate, Field(title="ECS Fargate")] = Fargate()
    kubernetes: Annotated[Kubernetes, Field(title="Kubernetes")] = Kubernetes()
    own_machine: Annotated[OnOwnMachine, Field(title="Own machine")] = OnOwnMachine()
    none: Annotated[NoServer, Field(title="No server")] = NoServer()
    discount: Annotated[Discount, OnlyIf("option", ("none",), otherwise=True)] = None

    @property
    def duties(self) -> frozenset[str]:
        """The chosen option's, and the work on any server, if there is one."""
        server: frozenset[str] = frozenset() if self.option == "none" else frozenset({SERVER})
        return server | self.chosen.duties
