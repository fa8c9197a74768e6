"""Data that leaves the region."""

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed


def test_transfer_to_the_scenario_s_own_region_is_not_billed_but_said() -> None:
    here = changed(ARTICLE, network__destination="us-east-1", network__region_gb=100.0)
    assert not any(c.description.startswith("Transfer to") for c in estimate(here, BOOK).charges)
    assert "network.destination" in {notice.path for notice in warnings(here, BOOK)}
