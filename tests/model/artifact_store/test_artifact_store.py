"""What the ways to keep artifacts have in common."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.artifact_store.helpers import cost, kept
from tests.support import BOOK


def test_a_million_sizes_at_once() -> None:
    sizes = np.linspace(0.0, 1e6, 1_000_000)
    at_once = estimate(swept(kept(), "artifact_store.stored_gb", sizes), BOOK)
    assert np.shape(at_once.effective_cost) == sizes.shape


def test_files_and_volumes() -> None:
    assert cost(option="efs", efs__infrequent=75.0) == pytest.approx(256 * 0.3 + 768 * 0.016)
    assert cost(option="efs", efs__throughput="bursting", efs__infrequent=75.0) == pytest.approx(
        256 * 0.3 + 768 * 0.025
    )
    assert cost(option="ebs") == pytest.approx(1_280 * 0.08)
    assert cost(option="ebs", stored_gb=0.0) == 0.0


def test_a_usual_store_is_left_in_peace() -> None:
    for values in (
        {},
        {"s3__storage_class": "standard_ia"},
        {"s3__lifecycle__storage_class": "glacier_instant"},
        {"option": "ebs"},
        {"option": "efs"},
    ):
        paths = [notice.path for notice in warnings(kept(**values), BOOK)]
        assert not [path for path in paths if path.startswith("artifact_store")]
