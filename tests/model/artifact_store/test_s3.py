"""Artifacts in S3: tiers, classes and what the reader is told."""

import pytest

from mlflow_cost_desktop.model.artifact_store.storage_class import CLASSES
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.artifact_store.helpers import cost, kept
from tests.support import BOOK, TB


def test_a_terabyte_in_standard() -> None:
    assert cost() == pytest.approx(23.552)
    assert cost(superseded=50.0) == pytest.approx(23.552 * 1.5)


@pytest.mark.parametrize(
    ("gb", "usd"),
    [
        (50 * TB - 1, 51_199 * 0.023),
        (50 * TB, 51_200 * 0.023),
        (50 * TB + 1, 51_200 * 0.023 + 0.022),
        (500 * TB + 1, 51_200 * 0.023 + 460_800 * 0.022 + 0.021),
    ],
)
def test_tiers_of_standard(gb: float, usd: float) -> None:
    assert cost(stored_gb=gb) == pytest.approx(usd)


def test_every_class_is_a_variant() -> None:
    variants = dict(kept().artifact_store.s3.variants())
    assert [made.storage_class for made in variants.values()] == list(CLASSES)
    assert list(variants)[:2] == ["S3 Standard", "S3 Intelligent-Tiering"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"s3__storage_class": "glacier_deep"}, "MLflow's UI can't show them"),
        ({"s3__storage_class": "standard_ia", "s3__object_kb": 100.0}, "as 128 KB"),
        ({"s3__storage_class": "intelligent_tiering", "s3__object_kb": 9.0}, "saves nothing"),
        ({"s3__lifecycle__storage_class": "glacier_flexible"}, "must be restored"),
        ({"s3__lifecycle__storage_class": "standard_ia", "s3__object_kb": 9.0}, "counted as moved"),
        (
            {"s3__lifecycle__storage_class": "onezone_ia", "s3__lifecycle__after_days": 29.0},
            "before day 30",
        ),
        (
            {"s3__storage_class": "standard_ia", "s3__lifecycle__storage_class": "standard_ia"},
            "a colder class only",
        ),
        (
            {
                "s3__storage_class": "onezone_ia",
                "s3__lifecycle__storage_class": "glacier_instant",
            },
            "moves nothing from S3 One Zone-IA",
        ),
        (
            {
                "s3__lifecycle__storage_class": "glacier_deep",
                "s3__lifecycle__retrieved_gb": 1.0,
                "s3__lifecycle__restore": "expedited",
            },
            "no expedited restore",
        ),
        (
            {"s3__storage_class": "intelligent_tiering", "s3__idle_90": 60.0},
            "was not read for 30 either",
        ),
        (
            {"s3__storage_class": "onezone_ia", "s3__early_gb": 1.0, "s3__early_days": 29.0},
            "billed to day 30",
        ),
        (
            {"s3__storage_class": "onezone_ia", "s3__early_gb": 1.0, "s3__early_days": 30.0},
            "nothing is deleted early",
        ),
    ],
)
def test_what_the_reader_is_told(values: dict[str, object], says: str) -> None:
    said = [notice for notice in warnings(kept(**values), BOOK) if says in notice.text]
    assert len(said) == 1
    assert said[0].path.startswith("artifact_store.s3.")
