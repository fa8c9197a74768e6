"""Artifacts on EBS volumes."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.model.artifact_store.helpers import kept, store
from tests.support import BOOK, changed


def test_each_deployment_has_a_volume_of_its_own() -> None:
    """Gigabytes are a total over the teams, IOPS and what changes are each volume's."""
    one = kept(
        option="ebs",
        ebs__volume__iops=4_000.0,
        ebs__snapshots__per_day=1.0,
        ebs__snapshots__changed_gb=0.0,
    )
    three = changed(one, labor__access__separation="deployments", labor__access__teams=3.0)
    more = store(estimate(three, BOOK)) - store(estimate(one, BOOK))
    assert more == pytest.approx(2 * 1_000 * 0.005)
