"""The commitments that are suggested for what is bought on demand."""

from typing import NamedTuple, TypeAlias

Changes: TypeAlias = tuple[tuple[str, object], ...]
"""New values by the names, or paths, of fields."""

RESERVATION = "A one-year reservation without upfront payment"
RESERVED: Changes = (
    ("purchase", "reserved"),
    ("term", "1y"),
    ("offering", "standard"),
    ("payment", "no_upfront"),
)
RESERVED_DATABASE: Changes = (("commitment", "1y_no_upfront"),)


class Way(NamedTuple):
    """A commitment in words, and the fields beside a purchase option that make it.

    `discount` names the field beside them whose percent it is bought at, where that is typed.
    """

    words: str
    changes: Changes
    discount: str = ""


WAYS: dict[str, Way] = {
    "server.ec2.purchase": Way(RESERVATION, RESERVED),
    "server.fargate.purchase": Way(
        "A one-year Compute Savings Plan",
        (("purchase", "reserved_typed"), ("term", "1y"), ("payment", "no_upfront")),
        "plan_discount",
    ),
    "server.kubernetes.node.machine.purchase": Way(RESERVATION, RESERVED),
    "metadata_store.rds.commitment": Way(RESERVATION, RESERVED_DATABASE),
    "metadata_store.aurora.commitment": Way(RESERVATION, RESERVED_DATABASE),
    "metadata_store.aurora.serverless_plan": Way(
        "A Database Savings Plan", (("serverless_plan", "savings_plan"),), "serverless_discount"
    ),
    "metadata_store.self_hosted.machine.purchase": Way(RESERVATION, RESERVED),
    "metadata_store.self_hosted.node.machine.purchase": Way(RESERVATION, RESERVED),
    "artifact_store.minio.node.machine.purchase": Way(RESERVATION, RESERVED),
}
"""By the field that says how something is bought: the commitment that is offered for it."""
