"""Files of older schemas open, and come to what they did."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files import migrations
from mlflow_cost_desktop.files.envelope import SavedFigures, figures_of
from mlflow_cost_desktop.files.migrations import SCHEMA_VERSION, STEPS, migrate, with_paths_renamed
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.files.schema import FILE_NAME, schema_bytes
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.own import RateTier
from mlflow_cost_desktop.model.ranges import SEED
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.files.helpers import SAVED
from tests.support import BOOK


def test_files_of_every_schema_version_come_to_the_same(checkout: Path) -> None:
    shelf = Shelf(pricing_dir() / "aws")
    totals: list[float] = []
    for version in range(1, SCHEMA_VERSION + 1):
        path = checkout / "tests" / "data" / f"scenario-v{version}.mlcost"
        scenario = read_scenario(path).scenario
        outcome = estimate(scenario, shelf.book(scenario.region_id))
        totals.append(float(outcome.effective_cost))
    assert totals == pytest.approx([totals[0]] * SCHEMA_VERSION)


def test_the_file_of_version_1(checkout: Path) -> None:
    file = read_scenario(checkout / "tests" / "data" / "scenario-v1.mlcost")
    scenario = file.scenario
    assert file.program_version == "0.1.0"
    assert file.saved == SavedFigures(
        price_dates=("2025-04-05", "2026-07-28"), effective_cost=2804.78
    )
    assert scenario.name == "Von Hand geprüft – “alt”"
    assert scenario.region_id == "eu-central-1"
    assert scenario.usage.weeks_per_month == 4.0
    assert scenario.server.ec2.payment == "partial_upfront"
    assert scenario.metadata_store.discount == 7.5
    assert scenario.network.transfer_out_gb == 350.0
    assert scenario.network.free_transfer_gb == 0.0
    assert scenario.labor.tasks[-2].note == "Each quarter."
    assert scenario.own_rates[0].tiers[1] == RateTier(begin=1000.0, usd=0.01)
    assert scenario.own_lines[0].period == "once"


def test_tasks_of_schema_2_hang_on_the_server_and_instances_have_one_of_no_hours() -> None:
    def migrated(*tasks: dict[str, Any]) -> list[dict[str, Any]]:
        data: dict[str, Any] = {"scenario": {"labor": {"tasks": list(tasks)}}}
        found: list[dict[str, Any]] = migrate(data, 2)["scenario"]["labor"]["tasks"]
        return found

    found = migrated({"id": "upgrades"}, {"id": "patches", "counts": "roles"}, {"id": "visits"})
    assert [task.get("counts") for task in found] == ["server", "roles", None, "own_instances"]
    assert found[-1]["hours"] == 0
    own = {"id": "operating_system", "hours": 3.0}
    assert migrated(own) == [own]
    assert migrate({"scenario": {"labor": {"tasks": 7}}}, 2)["scenario"]["labor"] == {"tasks": 7}


def test_what_a_file_of_schema_2_by_hand_leaves_out_is_what_it_was_then() -> None:
    """Whoever wrote nothing of tasks and usage meant the defaults of that day."""
    for written in ({}, {"labor": {}, "usage": {}}, {"labor": {"rates": "salary"}}):
        found = migrate({"scenario": dict(written)}, 2)["scenario"]
        assert found["usage"] == {"by": "hours"}
        tasks = {task["id"]: task for task in found["labor"]["tasks"]}
        assert len(tasks) == 17
        assert tasks["upgrades"]["counts"] == "server"
        assert tasks["operating_system"]["hours"] == 0.0
        assert "hardware" not in tasks
        scenario = Scenario.model_validate_json(json.dumps(found))
        assert scenario.usage.hours == 730.0
    kept = {"usage": {"by": "schedule"}, "labor": {"tasks": []}}
    found = migrate({"scenario": kept}, 2)["scenario"]
    assert found["usage"] == {"by": "schedule"}
    assert [task["id"] for task in found["labor"]["tasks"]] == ["operating_system"]
    assert migrate({"scenario": {"usage": 5, "labor": 6}}, 2)["scenario"]["usage"] == 5


def test_what_was_typed_for_all_databases_is_each_one_s_part() -> None:
    def migrated(store: object, **labor: object) -> Any:
        data = {"scenario": {"metadata_store": store, "labor": {"access": labor}}}
        return migrate(data, 2)["scenario"]["metadata_store"]

    rds = {"instances": 4, "storage_gb": 200.0, "backup_gb": 300, "surplus_credits": 8.0}
    assert migrated({"rds": rds})["rds"] == {
        **rds,
        "storage_gb": 50.0,
        "backup_gb": 75.0,
        "surplus_credits": 2.0,
    }
    teams = {"separation": "deployments", "teams": 5.0}
    assert migrated({"rds": rds}, **teams)["rds"]["storage_gb"] == 10.0
    aurora = {"instances": 2.0, "storage_gb": 60.0, "surplus_credits": 10.0}
    assert migrated({"option": "aurora", "aurora": aurora})["aurora"] == {
        **aurora,
        "surplus_credits": 5.0,
    }
    found = migrated({"option": "aurora", "aurora": aurora}, separation="deployments")["aurora"]
    assert found["storage_gb"] == 30.0
    assert found["surplus_credits"] == 2.5
    assert found["io_millions"] == 0.0
    # What is left out was a total, too; what was not chosen costs nothing.
    own = migrated({"option": "self_hosted"}, separation="deployments")
    assert own == {"option": "self_hosted", "self_hosted": {"storage_gb": 15.0}}


@pytest.mark.parametrize("wrong", ["x", None, True, -3, 0, 10**399, 1e300, [], {}])
def test_what_is_wrong_of_databases_the_reader_says(wrong: Any) -> None:
    for store in (
        wrong,
        {"rds": wrong},
        {"rds": {"instances": wrong, "storage_gb": 5.0}},
        {"rds": {"instances": 3, "storage_gb": wrong, "surplus_credits": wrong}},
    ):
        data = {"scenario": {"metadata_store": store}}
        with contextlib.suppress(ValidationError):
            Scenario.model_validate_json(json.dumps(migrate(data, 2)["scenario"]))


@pytest.mark.parametrize("instances", [1.0, 3.0])
@pytest.mark.parametrize("teams", [1.0, 2.0, 7.0])
def test_databases_of_schema_2_cost_what_they_did(instances: float, teams: float) -> None:
    """By hand: at least 20 GB for each, and backups beyond all that is provisioned."""
    for storage, backups in ((5.0, 10.0), (500.0, 900.0)):
        rds = {"instances": instances, "storage_gb": storage, "backup_gb": backups}
        data: dict[str, Any] = {"scenario": {"metadata_store": {"option": "rds", "rds": rds}}}
        data["scenario"]["labor"] = {"access": {"separation": "deployments", "teams": teams}}
        scenario = Scenario.model_validate_json(json.dumps(migrate(data, 2)["scenario"]))
        costs = {c.line: float(c.effective_cost) for c in estimate(scenario, BOOK).charges}
        provisioned = max(storage, 20.0 * instances * teams)
        assert costs["metadata_store/rds/storage"] == pytest.approx(0.115 * provisioned)
        beyond = max(0.0, backups - provisioned)
        assert costs["metadata_store/rds/backups"] == pytest.approx(0.095 * beyond, abs=1e-9)


def test_plans_of_schema_2_that_were_free_say_so() -> None:
    def migrated(**plan: object) -> dict[str, Any]:
        data: dict[str, Any] = {"scenario": {"plans": [{"name": "Plan", **plan}]}}
        (found,) = migrate(data, 2)["scenario"]["plans"]
        return found

    free = "wandb_free", "comet_free", "clearml_community", "dagshub_individual"
    for plan_id in free:
        assert migrated(id=plan_id)["price"] == "free"
        assert migrated(id=plan_id, price="public", base_usd=0.0)["price"] == "free"
        # With a figure of the user's, or asked for, it is no free plan.
        assert migrated(id=plan_id, price="public", seat_usd=3.0)["price"] == "public"
        assert migrated(id=plan_id, price="ask")["price"] == "ask"
    assert "price" not in migrated(id="ours")
    # The names of choices are no ids of plans; nothing of the plan is lost.
    assert migrated(id="none", base_usd=5.0) == {"name": "Plan", "id": "none_plan", "base_usd": 5.0}
    assert migrate({"scenario": {"plans": "none"}}, 2)["scenario"]["plans"] == "none"


def test_rates_of_schema_2_are_for_the_provider_s_prices_as_they_are_called_now() -> None:
    def migrated(rate: object) -> object:
        (found,) = migrate({"scenario": {"own_rates": [rate]}}, 2)["scenario"]["own_rates"]
        return found

    rate = {"sku_id": "ecr/storage", "region_id": "us-east-1"}
    named = {**rate, "sku_id": "registry/storage", "provider_id": "aws"}
    assert migrated(rate) == named
    assert migrated({**rate, "sku_id": "ipv4/idle"}) == {**named, "sku_id": "ipv4/idle"}
    assert migrated({"sku_id": 5}) == {"sku_id": 5, "provider_id": "aws"}
    assert migrated("none") == "none"


@pytest.mark.parametrize("version", [1, 2])
def test_older_files_are_held_against_the_best_plan(checkout: Path, version: int) -> None:
    file = read_scenario(checkout / "tests" / "data" / f"scenario-v{version}.mlcost")
    assert file.scenario.held_against == "auto"


def test_every_older_version_has_its_step() -> None:
    assert list(STEPS) == list(range(1, SCHEMA_VERSION))


def test_steps_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 3)
    steps = {1: lambda d: {**d, "a": 1}, 2: lambda d: {**d, "b": d["a"] + 1}}
    monkeypatch.setattr(migrations, "STEPS", steps)
    assert migrate({"schema_version": 1}, 1) == {"schema_version": 3, "a": 1, "b": 2}
    assert migrate({"a": 5}, 2) == {"schema_version": 3, "a": 5, "b": 6}


def test_lists_of_paths_follow_what_was_moved() -> None:
    renamed = {"artifact_store.transfer_out_gb": "network.transfer_out_gb", "server": "host"}
    scenario = {
        "changes": [
            {"path": "artifact_store.transfer_out_gb", "rate": 5},
            {"path": "server.ec2.replicas", "rate": 1},
            {"path": "servers.ec2", "inner": [{"path": "server"}]},
            {"path": 5},
        ],
        "path": "server",
    }
    followed = with_paths_renamed({"format": "x", "scenario": scenario}, renamed)
    assert followed["format"] == "x"
    assert followed["scenario"] == {
        "changes": [
            {"path": "network.transfer_out_gb", "rate": 5},
            {"path": "host.ec2.replicas", "rate": 1},
            {"path": "servers.ec2", "inner": [{"path": "host"}]},
            {"path": 5},
        ],
        "path": "server",
    }
    assert with_paths_renamed({"scenario": 3}, renamed) == {"scenario": 3}
    assert with_paths_renamed({}, renamed) == {}


def test_lists_of_paths_follow_the_step_from_version_1() -> None:
    store = {"transfer_out_gb": 5.0, "stored_gb": 1.0}
    changes = [{"path": "artifact_store.transfer_out_gb"}, {"path": "artifact_store.stored_gb"}]
    data = {"scenario": {"artifact_store": store, "changes": changes}}
    assert migrate(data, 1)["scenario"]["changes"] == [
        {"path": "network.transfer_out_gb"},
        {"path": "artifact_store.stored_gb"},
    ]


def test_words_of_older_files_are_kept_as_they_are(checkout: Path, tmp_path: Path) -> None:
    file = read_scenario(checkout / "tests" / "data" / "schema-2" / "article-2024.mlcost")
    write_scenario(tmp_path / "a", file.scenario, file.saved)
    assert read_scenario(tmp_path / "a").saved.charges == file.saved.charges


def test_files_of_version_2_are_those_of_aws() -> None:
    rates = [{"sku_id": "a"}, 5]
    migrated = migrate({"scenario": {"region_id": "x", "own_rates": rates}}, 2)
    assert migrated["scenario"]["provider_id"] == "aws"
    assert migrated["scenario"]["own_rates"] == [{"sku_id": "a", "provider_id": "aws"}, 5]
    assert migrate({"scenario": {"own_rates": 3}}, 2)["scenario"]["own_rates"] == 3
    assert migrate({"scenario": 3}, 2)["scenario"] == 3


def test_a_rate_says_of_which_provider_it_is(checkout: Path, tmp_path: Path) -> None:
    document = json.loads((checkout / "tests/data/scenario-v3.mlcost").read_bytes())
    rates = document["scenario"]["own_rates"]
    assert {rate["provider_id"] for rate in rates} == {"aws"}
    del rates[0]["provider_id"]
    (tmp_path / "a").write_text(json.dumps(document))
    with pytest.raises(UserError, match="provider_id"):
        read_scenario(tmp_path / "a")


def test_the_file_of_version_3_names_the_lines_of_that_of_version_2(checkout: Path) -> None:
    older, newer = (
        read_scenario(checkout / "tests" / "data" / f"scenario-v{n}.mlcost") for n in (2, 3)
    )
    later: dict[str, object] = {"start": "", "growth": (), "ranges": (), "seed": SEED}
    newest = newer.scenario.model_copy(update={**later, "budget_usd": None})
    assert newest == older.scenario
    book = Shelf(pricing_dir() / "aws").book(newer.scenario.region_id)
    outcome = estimate(older.scenario, book)
    assert newer.saved.lines
    assert list(newer.saved.lines) == list(figures_of(outcome).lines or {})


def test_what_changes_over_time_is_in_the_file(checkout: Path, tmp_path: Path) -> None:
    file = read_scenario(checkout / "tests/data/scenario-v3.mlcost")
    assert file.scenario.start == "2027-01"
    assert [(rule.path, rule.by) for rule in file.scenario.growth] == [
        ("artifact_store.stored_gb", "add"),
        ("prices", "percent"),
        ("network.transfer_out_gb", "with"),
        ("team.users", "table"),
    ]
    write_scenario(tmp_path / "a", file.scenario, SAVED)
    assert read_scenario(tmp_path / "a").scenario == file.scenario


def test_what_changes_over_time_follows_inputs_that_were_moved(
    checkout: Path,
) -> None:
    document = json.loads((checkout / "tests/data/scenario-v3.mlcost").read_bytes())
    moved = with_paths_renamed(document, {"team": "people", "artifact_store": "artifacts"})
    rules = moved["scenario"]["growth"]
    assert [rule["path"] for rule in rules] == [
        "artifacts.stored_gb", "prices", "network.transfer_out_gb", "people.users"
    ]  # fmt: skip
    assert rules[2]["with_path"] == "people.users"


def test_ranges_are_in_the_file(checkout: Path, tmp_path: Path) -> None:
    file = read_scenario(checkout / "tests/data/scenario-v3.mlcost")
    assert [(one.path, one.shape, one.reads) for one in file.scenario.ranges] == [
        ("labor.platform_engineer_usd", "triangle", "p10p90"),
        ("artifact_store.stored_gb", "lognormal", "extremes"),
    ]
    assert (file.scenario.seed, file.scenario.budget_usd) == (7, 900.0)
    write_scenario(tmp_path / "a", file.scenario, SAVED)
    assert read_scenario(tmp_path / "a").scenario == file.scenario


def test_ranges_follow_inputs_that_were_moved(checkout: Path) -> None:
    document = json.loads((checkout / "tests/data/scenario-v3.mlcost").read_bytes())
    moved = with_paths_renamed(document, {"labor": "people", "artifact_store": "artifacts"})
    assert [one["path"] for one in moved["scenario"]["ranges"]] == [
        "people.platform_engineer_usd", "artifacts.stored_gb"
    ]  # fmt: skip


def test_schema_is_current() -> None:
    # To write it anew: python -m mlflow_cost_desktop.files.schema
    assert (resources_dir() / FILE_NAME).read_bytes() == schema_bytes()
