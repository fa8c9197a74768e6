"""Which servers can mount a volume, and which keep a file on a disk of their own."""

from collections.abc import Iterator

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.model.scenario import Scenario


def mounting_notices(scenario: Scenario) -> Iterator[Notice]:
    """Who can mount the volume on which artifacts are kept."""
    if scenario.artifact_store.option != "ebs":
        return
    server = scenario.server
    unmounted = {
        "fargate": "a Fargate task loses its volume when it stops",
        "own_machine": "a machine of your own can't mount one",
        "none": "clients can't reach a volume without a server",
    }.get(server.option)
    if server.option == "kubernetes" and server.kubernetes.runs_on == "fargate":
        unmounted = "pods on Fargate can't mount one"
    elif server.option == "kubernetes" and server.kubernetes.node.kind == "own_machine":
        unmounted = "a machine of your own can't mount one"
    if unmounted:
        yield Notice(
            "artifact_store.option", f"Artifacts on EBS need one lasting server: {unmounted}."
        )
        return
    replicas = server.ec2.replicas + server.ec2.peak_replicas
    if server.option == "kubernetes":
        # How many pods a cluster of MLflow's own runs is not asked.
        replicas = server.kubernetes.replicas if server.kubernetes.runs_on == "shared" else 1.0
    if replicas > 1:
        yield Notice(
            "artifact_store.option",
            Text(
                "An EBS volume is mounted by one server at a time: {} replicas can't share it. "
                "Use S3, or EFS, which they can share.",
                replicas,
            ),
        )


def file_notices(scenario: Scenario) -> Iterator[Notice]:
    """Whether there is one lasting disk for the file."""
    if scenario.metadata_store.option != "sqlite":
        return
    server = scenario.server
    lost = {
        "fargate": "a Fargate task loses its disk when it stops",
        "kubernetes": "a pod loses its disk when it moves to another node",
        "none": "there is no server whose disk could hold the file",
    }.get(str(server.option))
    if lost:
        yield Notice("metadata_store.option", f"SQLite needs one lasting server: {lost}.")
        return
    if server.option == "own_machine":
        replicas = server.own_machine.replicas
    else:
        replicas = server.ec2.replicas + server.ec2.peak_replicas
    if replicas > 1:
        yield Notice(
            "metadata_store.option",
            Text(
                "Each of {} replicas would have a SQLite file of its own, with other experiments "
                "in it.",
                replicas,
            ),
        )
    if server.option == "ec2" and server.ec2.root_volume_gb == 0:
        yield Notice(
            "server.ec2.root_volume_gb",
            "SQLite's file is on the server's disk, of which nothing is counted yet.",
        )
