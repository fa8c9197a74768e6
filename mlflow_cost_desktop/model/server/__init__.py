"""The tracking server: what serves the UI and the API."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.fields import Labels
from mlflow_cost_desktop.model.option import Component, Discount
from mlflow_cost_desktop.model.server.ec2 import Ec2


class Server(Component):
    """The tracking server and the ways to run it."""

    option: Annotated[
        Literal["ec2"],
        Labels({"ec2": "EC2 instance"}),
        Field(title="Hosting", description="How the tracking server runs."),
    ] = "ec2"
    ec2: Annotated[Ec2, Field(title="EC2 instance")] = Ec2()
    discount: Discount = None
