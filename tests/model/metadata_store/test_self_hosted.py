"""A database that the team runs itself."""

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.metadata_store.helpers import STORE, lines
from tests.support import ARTICLE, BOOK, changed


def test_a_standby_has_a_machine_and_a_volume_and_no_snapshots() -> None:
    own = lines(
        option="self_hosted",
        self_hosted__standby="standby",
        self_hosted__snapshots__per_day=1.0,
        self_hosted__snapshots__changed_gb=0.0,
    )
    assert (
        own["Instance hours (m5.large, on demand)"].describe_quantity(PLAIN)
        == "2 instances × 720 h"
    )
    assert own["Volume (gp3)"].describe_quantity(PLAIN) == "2 instances × 30 GB"
    assert own["Snapshots (the first, in full)"].describe_quantity(PLAIN) == "30 GB"


def test_each_team_s_database_has_the_storage_that_is_typed() -> None:
    teams = {"labor__access__separation": "deployments", "labor__access__teams": 3.0}
    own = changed(ARTICLE, metadata_store__option="self_hosted", **teams)
    charges = [c for c in estimate(own, BOOK).charges if c.component == "metadata_store"]
    hours, volume, *_ = charges
    assert volume.describe_quantity(PLAIN) == "3 deployments × 1 instance × 30 GB"
    assert hours.describe_quantity(PLAIN) == "3 deployments × 1 instance × 720 h"


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"snapshots__per_day": 0.0}, "snapshots.per_day", "can't be restored"),
        ({"storage_gb": 0.0}, "storage_gb", "nowhere to keep"),
        ({"machine__purchase": "reserved", "runs": "usage_hours"}, "machine.purchase", "every"),
        ({"runs_on": "kubernetes", "cpu_request": 3.0}, "cpu_request", "do not fit on a node"),
        (
            {"runs_on": "kubernetes", "node__machine__purchase": "spot"},
            "node.machine.purchase",
            "two minutes' notice",
        ),
    ],
)
def test_what_makes_no_sense_of_a_database_of_one_s_own(
    values: dict[str, object], path: str, words: str
) -> None:
    own: dict[str, object] = {"snapshots__per_day": 1.0, **values}
    prefixed = {f"self_hosted__{name}": value for name, value in own.items()}
    scenario = changed(
        ARTICLE,
        usage__hours=160.0,
        **{f"{STORE}{name}": value for name, value in prefixed.items()},
        metadata_store__option="self_hosted",
    )
    found = {
        w.path.removeprefix("metadata_store.self_hosted."): w.text
        for w in warnings(scenario, BOOK)
        if w.path.startswith("metadata_store.")
    }
    assert list(found) == [path]
    assert words in found[path]
