"""Every field can be reached, read and replaced by its path."""

import numpy as np
import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.fields.declaration import Model, specs
from mlflow_cost_desktop.model.fields.paths import (
    Place,
    active_at,
    differ_only_at,
    drawn,
    get,
    place_at,
    places,
    replace,
    spec_at,
    swept,
)
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from tests.shared.places import PLACES, every_place
from tests.support import ARTICLE, LINE_ONCE, RICH, changed


@every_place
def test_a_place_is_found_at_its_path(place: Place) -> None:
    assert get(RICH, place.path) == place.value
    assert spec_at(RICH, place.path) is place.spec
    assert place_at(RICH, place.path) == place


@every_place
def test_the_same_value_again_makes_an_equal_scenario(place: Place) -> None:
    assert replace(RICH, place.path, place.value) == RICH


def test_replace_changes_one_field_and_leaves_the_rest() -> None:
    after = replace(RICH, "server.ec2.replicas", 5.0)
    assert after.server.ec2.replicas == 5.0
    assert RICH.server.ec2.replicas == 2.0
    assert replace(after, "server.ec2.replicas", 2.0) == RICH
    assert after.metadata_store is RICH.metadata_store


@pytest.mark.parametrize("path", ["server", "server.ec2.nothing", "labor.tasks.gone.hours", "x"])
def test_there_is_no_place_where_no_input_is(path: str) -> None:
    assert place_at(RICH, path) is None


def test_items_of_a_list_are_named_by_their_id() -> None:
    after = replace(RICH, "labor.tasks.upgrades.hours", 9.0)
    assert [task.hours for task in after.labor.tasks] == [24.0, 9.0, 1.5, 1.0, 6.0]
    assert get(RICH, "own_lines.audit") == LINE_ONCE


@pytest.mark.parametrize(
    "path",
    [
        "",
        "usage.minutes",
        "usage.hours.more",
        "labor.tasks.nobody.hours",
        "labor.tasks.upgrades",
        "labor.tasks.upgrades.salary",
        "own_rates.0",
        "model_config",
        "__class__",
        "x" * 5000,
    ],
)
def test_a_path_that_leads_nowhere(path: str) -> None:
    with pytest.raises(UserError, match="There is no field") as caught:
        replace(RICH, path, 1.0)
    assert len(caught.value.title) < 120
    with pytest.raises(UserError, match="There is no field"):
        swept(RICH, path, np.array([1.0]))
    with pytest.raises(UserError, match="There is no field"):
        spec_at(RICH, path)


def test_swept_puts_an_array_in_one_field() -> None:
    values = np.array([1.0, 2.0])
    at = swept(RICH, "labor.tasks.patches.hours", values)
    assert get(at, "labor.tasks.patches.hours") is values
    assert at.labor.tasks[0] is RICH.labor.tasks[0]
    assert RICH.labor.tasks[2].hours == 1.5


def test_swept_numbers_are_not_below_their_field_s_lower_bound() -> None:
    hours = swept(RICH, "usage.hours", np.array([-5.0, 10.0, 2000.0]))
    np.testing.assert_array_equal(get(hours, "usage.hours"), [0.0, 10.0, 2000.0])
    users = swept(RICH, "team.users", np.array([0.0, 2.5]))
    np.testing.assert_array_equal(get(users, "team.users"), [1.0, 2.5])


def test_what_counts_whole_things_is_drawn_as_whole_things() -> None:
    at = drawn(
        RICH,
        {
            "team.users": np.array([[0.2, 2.4999, 2.5, 3.5, 1e9]]),
            "labor.tasks.patches.times": np.array([[-1.0], [1.5]]),
        },
    )
    np.testing.assert_array_equal(get(at, "team.users"), [[1.0, 2.0, 3.0, 4.0, 100_000.0]])
    np.testing.assert_array_equal(get(at, "labor.tasks.patches.times"), [[0.0], [1.5]])
    assert get(RICH, "labor.tasks.patches.times") == 4.0


def test_which_numbers_count_whole_things() -> None:
    units = {p.spec.unit.text for p in PLACES.values() if p.spec.unit and p.spec.counts_whole}
    assert {"user", "team", "instance", "pod", "node", "task", "gateway", "zone"} <= units
    plan = {name: spec.counts_whole for name, spec in specs(ManagedPlan).items()}
    assert plan["included_seats"]
    assert plan["most_seats"]
    others = {p.spec.unit.text for p in PLACES.values() if p.spec.unit and not p.spec.counts_whole}
    assert not units & others
    assert {"time", "h", "GB", "$ / h"} <= others


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("region_id", "Region takes one value at a time, not many at once"),
        ("server.ec2.purchase", "Purchase option takes one value at a time"),
        ("artifact_store.s3.storage_class", "Storage class takes one value at a time"),
        ("network.destination", "Other region takes one value at a time"),
        ("server.ec2", "EC2 instance takes one value at a time"),
    ],
)
def test_choices_refuse_many_at_once(path: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        swept(RICH, path, np.array(["eu-west-1", "us-east-1"]))
    assert "each of the values by itself" in caught.value.advice
    with pytest.raises(UserError, match=words):
        drawn(RICH, {path: np.array(["eu-west-1"])})


def test_only_what_is_chosen_is_active() -> None:
    assert not PLACES["usage.hours_per_day"].active
    assert PLACES["usage.hours"].active
    assert not PLACES["server.ec2.term"].active
    assert not PLACES["metadata_store.rds.iops"].active
    gp3 = changed(RICH, metadata_store__rds__storage_type="gp3")
    assert {p.path for p in places(gp3) if p.active} - {
        p.path for p in places(RICH) if p.active
    } == {"metadata_store.rds.iops", "metadata_store.rds.throughput"}


def test_a_number_of_zero_makes_what_hangs_on_it_mean_nothing() -> None:
    def is_active(scenario: Scenario, path: str) -> bool:
        return next(place.active for place in places(scenario) if place.path == path)

    ec2 = "server.ec2."
    for path, beside in (
        ("peak_hours", "peak_replicas"),
        ("root_volume.type", "root_volume_gb"),
        ("root_volume.iops", "root_volume_gb"),
    ):
        without = replace(RICH, ec2 + beside, 0.0)
        assert is_active(RICH, ec2 + path) and not is_active(without, ec2 + path)
        assert active_at(RICH, ec2 + path) == ec2 + path
        assert active_at(without, ec2 + path) == ec2 + beside
    serverless = changed(RICH, metadata_store__option="aurora")
    assert active_at(serverless, "metadata_store.aurora.peak_hours") == (
        "metadata_store.aurora.capacity"
    ), "what hangs on a field that means nothing leads to what that one hangs on"


def test_what_hangs_on_a_number_is_shown_while_that_is_zero() -> None:
    def shown(scenario: Scenario) -> set[str]:
        return {place.path for place in places(scenario) if place.shown}

    without = replace(RICH, "server.ec2.root_volume_gb", 0.0)
    assert shown(without) == shown(RICH)
    active = {place.path for place in places(without) if place.active}
    assert active < shown(without)
    assert "server.ec2.term" not in shown(RICH), "what hangs on a choice is not"
    assert "server.fargate.peak_hours" not in shown(RICH), "nor what is of another option"


def test_a_property_may_tell_whether_a_field_matters() -> None:
    credits = "server.ec2.surplus_vcpu_hours"
    burst = changed(RICH, server__ec2__instance_type="t3.medium")
    found = [p.active for s in (RICH, burst) for p in places(s) if p.path == credits]
    assert found == [False, True]
    assert active_at(RICH, credits) == credits, "no input stands for it"


def test_groups_are_the_headings_on_the_way() -> None:
    assert PLACES["region_id"].group == ()
    assert PLACES["server.ec2.replicas"].group == ("Server",)
    assert PLACES["labor.tasks.upgrades.hours"].group == ("Maintenance", "Version upgrades")
    assert PLACES["own_lines.firewall.usd"].group == ("Firewall",)


def test_places_of_the_defaults_hold_the_defaults() -> None:
    for place in places(Scenario()):
        if not place.path.startswith("labor.tasks."):  # a task's defaults differ by task
            assert place.value == place.spec.default, place.path


def test_a_scenario_survives_its_json() -> None:
    assert Scenario.model_validate_json(RICH.model_dump_json()) == RICH
    assert issubclass(Scenario, Model)
    assert ARTICLE != RICH


def test_a_number_says_in_what_it_is_counted() -> None:
    path = "labor.tasks.upgrades.times"
    assert spec_at(RICH, path).per == "a year"
    once = replace(RICH, "labor.tasks.upgrades.period", "once")
    assert spec_at(once, path).per == "at the start"
    assert next(place for place in places(once) if place.path == path).spec.per == "at the start"
    assert spec_at(once, "labor.tasks.upgrades.hours").per == ""


@every_place
def test_what_a_number_counts_up_to_is_a_number_of_the_scenario(place: Place) -> None:
    if name := place.spec.counts_up_to:
        assert float(getattr(RICH, name)) > 0.0


@pytest.mark.parametrize("path", ["usage.hours", "name", "labor.tasks.patches.hours", "discount"])
def test_what_differs_at_one_place_alone(path: str) -> None:
    scenario = Scenario()
    edited = replace(scenario, path, "x" if path == "name" else 7.0)
    assert differ_only_at(scenario, scenario, path)
    assert differ_only_at(scenario, edited, path)
    assert differ_only_at(scenario, edited.model_copy(deep=True), path)
    assert not differ_only_at(scenario, edited, "team.users")
    assert not differ_only_at(scenario, replace(edited, "team.users", 77.0), path)
    fewer = replace(edited, "labor.tasks", edited.labor.tasks[1:])
    assert not differ_only_at(scenario, fewer, path)
