"""MinIO: data, parity and pods."""

import pytest

from mlflow_cost_desktop.model.warnings import warnings
from tests.model.artifact_store.helpers import cost, kept
from tests.support import BOOK, changed


def test_minio_keeps_data_and_parity() -> None:
    """Raw space is what is usable ÷ the part that data has of all volumes, and some is free."""
    raw = {"option": "minio", "stored_gb": 900.0, "minio__pods": 0.0, "minio__filled": 90.0}
    assert cost(**raw) == pytest.approx(900 / 0.9 * 16 / 12 * 0.08)
    half = {"minio__data_volumes": 8.0, "minio__parity_volumes": 8.0}
    assert cost(**raw, **half) == pytest.approx(900 / 0.9 * 2 * 0.08)
    # Half of a machine of 8 GiB each, of which 80 % can be used, with its disk of 20 GB.
    pods = {**raw, "stored_gb": 0.0, "minio__pods": 4.0}
    assert cost(**pods) == pytest.approx(4 * 0.5 / 0.8 * (730 * 0.096 + 20 * 0.08))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("data_volumes", 13.0, "at most 16 volumes"),
        ("parity_volumes", 0.0, "loses artifacts"),
        ("data_volumes", 3.0, "as many volumes for parity"),
        ("pods", 0.0, "nobody can read or write"),
        ("memory_request", 9.0, "do not fit on a node"),
    ],
)
def test_what_minio_does_not_take(field: str, value: float, says: str) -> None:
    made = kept(option="minio", **{f"minio__{field}": value})
    said = [n for n in warnings(made, BOOK) if n.path.startswith("artifact_store.minio")]
    assert len(said) == 1
    assert says in said[0].text
    assert not [
        n for n in warnings(kept(option="minio"), BOOK) if n.path.startswith("artifact_store")
    ]


def test_machines_of_minio_that_leave_too_soon_or_stay_too_long() -> None:
    spot = kept(option="minio", minio__node__machine__purchase="spot")
    assert [n.path for n in warnings(spot, BOOK) if "two minutes" in n.text] == [
        "artifact_store.minio.node.machine.purchase"
    ]
    bound = changed(
        kept(option="minio", minio__node__machine__purchase="reserved_typed"), horizon_months=6.0
    )
    assert [n.path for n in warnings(bound, BOOK) if "12 months" in n.text] == [
        "artifact_store.minio.node.machine.term"
    ]
