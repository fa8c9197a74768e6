"""A SQLite file."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "for a person, not for a team"),
        ({"server__ec2__replicas": 2.0}, "Each of 2 replicas"),
    ],
)
def test_sqlite_is_not_for_teams(values: dict[str, object], words: str) -> None:
    disk = {"server__ec2__root_volume_gb": 30.0}
    scenario = changed(ARTICLE, metadata_store__option="sqlite", **{**disk, **values})
    assert any(words in w.text for w in warnings(scenario, BOOK))
    assert not any("disk, of which" in w.text for w in warnings(scenario, BOOK))
    without = changed(scenario, server__ec2__root_volume_gb=0.0)
    assert any("disk, of which" in w.text for w in warnings(without, BOOK))
    assert float(estimate(scenario, BOOK).by_component["metadata_store"]) == 0.0
