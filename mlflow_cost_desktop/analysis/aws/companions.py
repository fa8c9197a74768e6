"""The companions that the choices of a part usually come with."""

from typing import NamedTuple

from mlflow_cost_desktop.analysis.aws.ways import Changes
from mlflow_cost_desktop.model.scenario import Scenario


class Companion(NamedTuple):
    words: str
    changes: Changes
    costs_by_traffic: bool = False


LOAD_BALANCER = Companion("a load balancer", (("network.load_balancer.kind", "alb"),), True)
ADDRESS = Companion("a public address", (("network.public_addresses", 1.0),))
# An application load balancer stands in two zones at least.
ADDRESSES = Companion("a public address in two zones", (("network.public_addresses", 2.0),))
LOGS = Companion("logs in CloudWatch", (("network.logs.used", True),))
SECRET = Companion(
    "a secret for the password and a key of your own", (("network.secrets.used", True),)
)
CONTAINERS: dict[str, str] = {"fargate": "Tasks on Fargate", "kubernetes": "Pods"}
NAT = Companion("a NAT gateway", (("network.nat.used", True),), True)


def usual_companions(scenario: Scenario, component: str) -> tuple[str, list[Companion]]:
    """What the choices of a component usually come with, unless it is there already."""
    network = scenario.network
    server = scenario.server.option
    balanced = network.load_balancer.kind != "none"
    addressed = network.public_addresses > 0
    if component == "server" and server in CONTAINERS:
        wanted = [
            *([] if balanced else [LOAD_BALANCER]),
            *([] if addressed else [ADDRESSES]),
            LOGS,
        ]
        return f"{CONTAINERS[server]} usually come with", wanted
    if component == "server" and server == "ec2" and scenario.server.ec2.replicas > 1:
        wanted = [*([] if balanced else [LOAD_BALANCER]), *([] if addressed else [ADDRESSES])]
        return "Several replicas usually come with", wanted
    if component == "server" and server == "ec2" and scenario.server.ec2.replicas > 0:
        return "A server usually comes with", [] if addressed or balanced else [ADDRESS]
    if component == "metadata_store" and scenario.metadata_store.option in ("rds", "aurora"):
        return "A database usually comes with", [SECRET]
    if component == "labor" and scenario.labor.access.encryption == "own_keys":
        return "Encryption by keys of your own comes with", [SECRET]
    if component == "network" and balanced and not network.endpoints.used:
        return "Servers in private subnets behind a load balancer usually reach out by", [NAT]
    return "", []
