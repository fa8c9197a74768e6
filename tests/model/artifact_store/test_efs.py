"""Artifacts on EFS."""

from mlflow_cost_desktop.model.warnings import warnings
from tests.model.artifact_store.helpers import kept
from tests.support import BOOK


def test_what_is_read_from_infrequent_access_is_read() -> None:
    read = kept(option="efs", efs__read_gb=9.0, efs__infrequent_read_gb=10.0)
    assert [n.path for n in warnings(read, BOOK) if "Less is read" in n.text] == [
        "artifact_store.efs.read_gb"
    ]
