"""What artifacts cost to keep, where formulas turn, and what the reader is told."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.artifact_store.storage_class import CLASSES
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import BOOK, TB, changed

EMPTY = changed(Scenario(), labor__tasks=(), metadata_store__option="sqlite")


def kept(**values: object) -> Scenario:
    return changed(EMPTY, **{f"artifact_store__{path}": value for path, value in values.items()})


def store(outcome: Estimate) -> float:
    return float(outcome.by_component["artifact_store"])


def cost(**values: object) -> float:
    return store(estimate(kept(**values), BOOK))


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


def test_a_million_sizes_at_once() -> None:
    sizes = np.linspace(0.0, 1e6, 1_000_000)
    at_once = estimate(swept(kept(), "artifact_store.stored_gb", sizes), BOOK)
    assert np.shape(at_once.effective_cost) == sizes.shape


def test_every_class_is_a_variant() -> None:
    variants = dict(kept().artifact_store.s3.variants())
    assert [made.storage_class for made in variants.values()] == list(CLASSES)
    assert list(variants)[:2] == ["S3 Standard", "S3 Intelligent-Tiering"]


def test_files_and_volumes() -> None:
    assert cost(option="efs", efs__infrequent=75.0) == pytest.approx(256 * 0.3 + 768 * 0.016)
    assert cost(option="efs", efs__throughput="bursting", efs__infrequent=75.0) == pytest.approx(
        256 * 0.3 + 768 * 0.025
    )
    assert cost(option="ebs") == pytest.approx(1_280 * 0.08)
    assert cost(option="ebs", stored_gb=0.0) == 0.0


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


def test_what_is_read_from_infrequent_access_is_read() -> None:
    read = kept(option="efs", efs__read_gb=9.0, efs__infrequent_read_gb=10.0)
    assert [n.path for n in warnings(read, BOOK) if "Less is read" in n.text] == [
        "artifact_store.efs.read_gb"
    ]


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
