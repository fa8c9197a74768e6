"""What the ways to run the tracking server have in common."""

from tests.model.server.helpers import OFFICE
from tests.support import changed


def test_a_comparison_shows_every_way_to_run_a_server() -> None:
    assert [name for name, _ in OFFICE.server.variants()] == [
        "EC2 on demand",
        "EC2 reserved, 1 year",
        "ECS Fargate",
        "Kubernetes",
    ]


def test_what_was_typed_for_an_option_stays_while_another_is_chosen() -> None:
    typed = changed(OFFICE, server__ec2__replicas=3.0)
    there_and_back = changed(changed(typed, server__option="fargate"), server__option="ec2")
    assert there_and_back == typed
