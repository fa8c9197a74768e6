"""Machines that are bought: what they cost, when it is paid, and the work that hangs on them."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, NOTHING, changed

OWN = changed(ARTICLE, server__option="own_machine", labor__tasks=DEFAULT_TASKS)


def bill(scenario: Scenario = OWN, **values: object) -> Estimate:
    return estimate(changed(scenario, **values), BOOK)


def said(**values: object) -> str:
    return " ".join(notice.text for notice in warnings(changed(OWN, **values), BOOK))


def tasks_of(**values: object) -> set[str]:
    """The tasks that count."""
    scenario = changed(ARTICLE, labor__tasks=DEFAULT_TASKS, **values)
    return {c.group for c in estimate(scenario, BOOK).charges if c.component == "labor"}


def test_it_is_paid_when_it_is_bought_and_again_when_it_is_replaced() -> None:
    outcome = bill(server__own_machine__machine__months=24.0, horizon_months=60.0)
    usual = float(outcome.other_months)
    paid = np.ravel(outcome.cash(outcome.months)) - usual
    bought = {month for month, usd in enumerate(paid, 1) if usd >= 3000}
    assert bought == {1, 25, 49}


def test_months_of_use_that_are_no_whole_number_are_paid_in_the_month_in_which_they_end() -> None:
    outcome = bill(server__own_machine__machine__months=1.5, horizon_months=6.0, labor__tasks=())
    (purchase,) = (c for c in outcome.charges if c.word == "machine_purchase")
    paid = np.ravel(purchase.cash(outcome.months))
    # Bought after 0, 1.5, 3 and 4.5 months: in the first, second, fourth and fifth.
    assert paid.tolist() == [3000, 3000, 0, 3000, 3000, 0]
    assert purchase.paid_within(6.0) == 4 * 3000


def test_no_price_of_a_provider_is_asked_for_and_no_discount_taken() -> None:
    nowhere = estimate(OWN, NOTHING)
    here = bill(server__discount=50.0)
    assert nowhere.by_component["server"] == here.by_component["server"]
    assert "server" not in nowhere.gaps
    states = {c.price.source for c in here.charges if c.component == "server"}
    assert states == {"default: judgment"}
    typed = bill(server__own_machine__machine__space_usd=51.0)
    (space,) = (c.price.source for c in typed.charges if c.word == "machine_space")
    assert space == "yours"


def test_what_is_left_at_the_end_of_the_horizon_is_said() -> None:
    assert "used for 60 months, longer than the horizon" in said()
    assert "longer than the horizon" not in said(horizon_months=60.0)
    assert "No machine" in said(server__own_machine__replicas=0.0)


def test_switched_off_it_saves_energy_alone() -> None:
    running = {c.word: c.effective_cost for c in bill(usage__hours=72.0).charges}
    off = bill(usage__hours=72.0, server__own_machine__runs="usage_hours")
    ratio = {c.word: c.effective_cost / running[c.word] for c in off.charges if running[c.word]}
    assert ratio.pop("machine_energy") == pytest.approx(0.1)
    assert set(ratio.values()) == {1.0}


def test_the_disks_of_a_bought_machine_come_with_its_price() -> None:
    own: dict[str, object] = {
        "metadata_store__option": "self_hosted",
        "metadata_store__self_hosted__runs_on": "own_machine",
    }
    words = {
        c.word
        for c in estimate(changed(OWN, **own), BOOK).charges
        if c.component == "metadata_store"
    }
    assert words == {"machine_purchase", "machine_energy", "machine_space", "machine_support"}
    assert "no backups are counted" in said(**own)
    assert changed(OWN, **own).metadata_store.chosen.is_sold_by("nobody")
    assert not changed(OWN, metadata_store__option="self_hosted").metadata_store.chosen.is_sold_by(
        "nobody"
    )


def test_a_store_whose_disks_are_too_small_is_said() -> None:
    own: dict[str, object] = {
        "artifact_store__option": "minio",
        "artifact_store__minio__runs_on": "own_machines",
    }
    # 1,024 GB ÷ 12 × 16 ÷ 80 % = 1,707 GB
    assert "1,707 GB of disks are needed" in said(**own, artifact_store__minio__disk_gb=400.0)
    assert "of disks are needed" not in said(**own, artifact_store__minio__disk_gb=427.0)
    assert "No machine: nobody can read" in said(**own, artifact_store__minio__machines=0.0)


def test_volumes_of_the_provider_can_t_be_mounted() -> None:
    assert "a machine of your own can't mount one" in said(artifact_store__option="ebs")


# --- Labor that hangs on the hosting ------------------------------------------


OF_SERVERS = {"upgrades", "patches", "monitoring"}
KUBERNETES: dict[str, object] = {
    "server__option": "kubernetes",
    "server__kubernetes__control_plane": "none",
}
OWN_NODE: dict[str, object] = {**KUBERNETES, "server__kubernetes__node__kind": "own_machine"}


@pytest.mark.parametrize(
    ("values", "instances", "machines"),
    [
        ({"server__option": "ec2"}, True, False),
        ({"server__option": "fargate"}, False, False),
        (KUBERNETES, False, False),
        ({**KUBERNETES, "server__kubernetes__runs_on": "alone"}, True, False),
        ({**OWN_NODE, "server__kubernetes__runs_on": "alone"}, True, True),
        (OWN_NODE, True, True),
        ({**OWN_NODE, "server__kubernetes__runs_on": "fargate"}, False, False),
        ({"server__option": "own_machine"}, True, True),
        ({"server__option": "fargate", "metadata_store__option": "self_hosted"}, True, False),
        (
            {
                "server__option": "fargate",
                "artifact_store__option": "minio",
                "artifact_store__minio__runs_on": "own_machines",
            },
            True,
            True,
        ),
        ({"server__option": "fargate", "artifact_store__option": "minio"}, False, False),
    ],
)
def test_who_has_instances_or_machines_looks_after_them(
    values: dict[str, object], instances: bool, machines: bool
) -> None:
    counted = tasks_of(**values)
    assert counted >= OF_SERVERS
    assert ("operating_system" in counted, "hardware" in counted) == (instances, machines)


def test_without_a_server_nothing_of_one_is_kept() -> None:
    assert not tasks_of(server__option="none") & {*OF_SERVERS, "operating_system", "hardware"}
    # The public case: the article's five tasks cost $441.77 whatever the hosting was.
    assert bill(ARTICLE).labor == pytest.approx(441.77, abs=0.005)
    assert bill(ARTICLE, server__option="none").labor == pytest.approx(243.73, abs=0.005)


def test_a_share_of_a_position_sweeps_like_hours() -> None:
    by_share = changed(OWN, labor__tasks=(DEFAULT_TASKS[3].model_copy(update={"by": "position"}),))
    shares = np.array([0.0, 50.0, 100.0])
    labor = estimate(swept(by_share, "labor.tasks.monitoring.position", shares), BOOK).labor
    np.testing.assert_allclose(labor, shares / 100 * 2080 / 12 * 91.4)
