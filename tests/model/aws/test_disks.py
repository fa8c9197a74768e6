"""Which servers can mount a volume."""

import pytest

from mlflow_cost_desktop.model.warnings import warnings
from tests.model.artifact_store.helpers import kept
from tests.support import BOOK, changed


@pytest.mark.parametrize("field", ["replicas", "peak_replicas"])
def test_replicas_cannot_share_a_volume(field: str) -> None:
    several = changed(kept(option="ebs"), **{f"server__ec2__{field}": 2.0})
    said = [n.text for n in warnings(several, BOOK) if n.path == "artifact_store.option"]
    assert len(said) == 1
    assert "can't share it" in said[0]
    shared = changed(several, artifact_store__option="efs")
    assert not [n for n in warnings(shared, BOOK) if n.path == "artifact_store.option"]


def test_pods_of_which_a_cluster_of_its_own_is_not_asked_share_no_volume() -> None:
    alone = changed(
        kept(option="ebs"),
        server__option="kubernetes",
        server__kubernetes__runs_on="alone",
        server__kubernetes__replicas=3.0,
    )
    assert not [n for n in warnings(alone, BOOK) if n.path == "artifact_store.option"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"server__option": "none"}, "without a server"),
        ({"server__option": "fargate"}, "loses its volume"),
        (
            {"server__option": "kubernetes", "server__kubernetes__runs_on": "fargate"},
            "can't mount one",
        ),
        (
            {"server__option": "kubernetes", "server__kubernetes__replicas": 2.0},
            "2 replicas can't share it",
        ),
    ],
)
def test_a_volume_needs_one_lasting_server(values: dict[str, object], says: str) -> None:
    made = changed(kept(option="ebs"), **values)
    said = [n.text for n in warnings(made, BOOK) if n.path == "artifact_store.option"]
    assert len(said) == 1
    assert says in said[0]
