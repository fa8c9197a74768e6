"""S3's storage classes: small objects, minimums and restores."""

import pytest

from tests.model.artifact_store.helpers import cost
from tests.support import TB


def test_tiers_count_once_for_all_lines_in_standard() -> None:
    """What stays and the names of what was archived are one quantity to AWS."""
    half = {"stored_gb": 100 * TB, "s3__lifecycle__storage_class": "glacier_flexible"}
    names = 50 * TB * 8 / 2_500
    overhead = 50 * TB * 32 / 2_500
    assert cost(**half) == pytest.approx(
        51_200 * 0.023 + names * 0.022 + (50 * TB + overhead) * 0.0036
    )


@pytest.mark.parametrize(
    ("kb", "standard_ia", "intelligent_tiering", "moved"),
    [
        # 1,024 GB are 1,073,741,824 KB. Under 128 KB: billed as 128 KB; not monitored, always in
        # frequent access; not moved.
        (127.0, 12.8 * 128 / 127, 23.552, 23.552),
        (
            128.0,
            12.8,
            1_024 * (0.5 * 0.023 + 0.2 * 0.0125 + 0.3 * 0.004) + 8_388.608 * 0.0025,
            512 * (0.023 + 0.004),
        ),
    ],
)
def test_small_objects(
    kb: float, standard_ia: float, intelligent_tiering: float, moved: float
) -> None:
    assert cost(s3__object_kb=kb, s3__storage_class="standard_ia") == pytest.approx(standard_ia)
    assert cost(s3__object_kb=kb, s3__storage_class="intelligent_tiering") == pytest.approx(
        intelligent_tiering
    )
    assert cost(s3__object_kb=kb, s3__lifecycle__storage_class="glacier_instant") == pytest.approx(
        moved
    )


@pytest.mark.parametrize(("days", "left"), [(0.0, 90), (30.0, 60), (89.0, 1), (90.0, 0), (91.0, 0)])
def test_the_rest_of_the_minimum_is_billed(days: float, left: float) -> None:
    cold = {"stored_gb": 0.0, "s3__storage_class": "glacier_instant"}
    early = cost(**cold, s3__early_gb=100.0, s3__early_days=days)
    assert early == pytest.approx(100 * left * 24 / 730 * 0.004)


def test_archived_objects_are_restored() -> None:
    archived = {"s3__storage_class": "glacier_flexible", "s3__retrieved_gb": 10.0}
    copies = 10 * 24 / 730 * 0.023
    without = cost(s3__storage_class="glacier_flexible")
    thousand = 10 * TB * TB / 2_500 / 1_000
    assert cost(**archived) - without == pytest.approx(10 * 0.01 + thousand * 0.05 + copies)
    assert cost(**archived, s3__restore="bulk") - without == pytest.approx(copies)
    assert cost(**archived, s3__restore="expedited") - without == pytest.approx(
        10 * 0.03 + thousand * 10 + copies
    )
