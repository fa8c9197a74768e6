"""Objects of two sizes in S3: requests, minimum sizes, monitoring and moves follow both."""

import pytest

from mlflow_cost_desktop.model.artifact_store.storage_class import Objects
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.model.artifact_store.helpers import cost, kept
from tests.support import BOOK

TIERED = {"s3__storage_class": "intelligent_tiering"}


def line(word: str, **values: object) -> Charge:
    charges = estimate(kept(**values), BOOK).charges
    return next(c for c in charges if c.component == "artifact_store" and c.word == word)


def test_only_large_objects_are_monitored() -> None:
    # A public case: 53.8 million objects of 2.4 MiB beside 971 million of 122 KiB.
    large, small, large_kb, small_kb = 53.82e6, 971e6, 2.4 * 1024, 122.0
    gigabytes = (large * large_kb + small * small_kb) / 1_048_576
    percent = 100 * small / (large + small)
    sizes: dict[str, object] = {
        "s3__object_kb": large_kb,
        "s3__small_percent": percent,
        "s3__small_kb": small_kb,
    }
    monitoring = line("monitoring", stored_gb=gigabytes, **TIERED, **sizes)
    assert monitoring.effective_cost == pytest.approx(134.55)
    # One average of both would have monitored them all.
    average = float(Objects(large_kb, percent, small_kb).average_kb)
    alike = line("monitoring", stored_gb=gigabytes, **TIERED, s3__object_kb=average)
    assert alike.effective_cost == pytest.approx((large + small) * 0.0025 / 1000)


def test_small_objects_are_no_small_part_where_they_are_all() -> None:
    alone = Objects(10_000.0, 100.0, 0.5)
    assert (alone.average_kb, alone.large_part.value) == (0.5, 0.0)
    assert alone.billed_size.value == 256.0
    none = Objects(64.0)
    assert (none.average_kb, none.large_part.value, none.billed_size.value) == (64.0, 1.0, 2.0)


@pytest.mark.parametrize("kilobytes", [0.036, 0.665])
def test_files_of_some_bytes_are_taken(kilobytes: float) -> None:
    # MLflow's own small files have 37 to 681 bytes.
    assert cost(stored_gb=1.0, s3__object_kb=kilobytes) == pytest.approx(0.023)
    small = cost(stored_gb=1.0, s3__object_kb=kilobytes, s3__storage_class="standard_ia")
    assert small == pytest.approx(0.0125 * 128 / kilobytes)


@pytest.mark.parametrize("objects", [1_000_000, 3_500])
def test_a_lifecycle_into_tiering_is_a_request_for_each_object(objects: int) -> None:
    moved: dict[str, object] = {
        "s3__object_kb": 512.0,
        "s3__lifecycle__storage_class": "intelligent_tiering",
        "s3__lifecycle__moved_gb": objects * 512 / 1_048_576,
    }
    assert line("lifecycle_moves", **moved).effective_cost == pytest.approx(objects * 1e-5)
    # Those that are small stay where they are.
    with_small = line("lifecycle_moves", s3__small_percent=50.0, **moved)
    assert with_small.effective_cost == pytest.approx(objects * 1e-5)
    stays = line("storage", s3__small_percent=50.0, s3__small_kb=0.001, **moved)
    assert float(stays.effective_cost) == pytest.approx(1024 * 0.5 * 0.023, rel=1e-4)


@pytest.mark.parametrize(("requests", "usd"), [(655_360.0, 3.2768), (20_000.0, 0.1)])
def test_the_first_upload_is_paid_once(requests: float, usd: float) -> None:
    upload = line("first_requests", s3__first_requests=requests)
    assert upload.billed_cost == pytest.approx(usd)
    assert upload.cash(2) == 0
    assert upload.effective_cost == pytest.approx(usd / 36)
