"""Under which keys of the price book the machines of a chooser stand."""

from mlflow_cost_desktop.model.scenario import Scenario


def machine_keys(scenario: Scenario) -> dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """By chooser: the key before a machine's name, what the name begins with, the key behind."""
    rds, aurora = scenario.metadata_store.rds, scenario.metadata_store.aurora
    return {
        "ec2_instance_type": (("ec2",), "", ("on_demand",)),
        "rds_instance_class": (("rds", rds.engine), "db.", (rds.deployment, "on_demand")),
        "aurora_instance_class": (
            ("aurora", aurora.engine),
            "db.",
            (aurora.configuration, "on_demand"),
        ),
    }
