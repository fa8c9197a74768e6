"""Scenario files come back as they were saved, and a broken one is refused with a sentence."""

import contextlib
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files import migrations
from mlflow_cost_desktop.files.migrations import SCHEMA_VERSION, STEPS, migrate, with_paths_renamed
from mlflow_cost_desktop.files.scenario_file import (
    SavedFigures,
    as_bytes,
    figures_of,
    read_scenario,
    write_scenario,
)
from mlflow_cost_desktop.files.schema import FILE_NAME, schema_bytes
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import Place, places, replace
from mlflow_cost_desktop.model.labor.tasks import COUNTS
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.ranges import SEED
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import BOOK

SAVED = SavedFigures(
    price_dates=("2025-10-22", "2026-07-20"),
    effective_cost=218.09,
    lines={"server/ec2/hours": 218.09, "server/ec2/root_volume": None},
)
OWN = Scenario(
    own_rates=(
        OwnRate(
            sku_id="s3/standard/storage",
            provider_id="aws",
            region_id="us-east-1",
            tiers=(RateTier(usd=0.02), RateTier(begin=1000.0, usd=0.01)),
            free_quantity=5.0,
        ),
        OwnRate(
            sku_id="ec2/m5.large/1y/standard/partial_upfront",
            provider_id="aws",
            region_id="us-east-1",
            tiers=(RateTier(usd=0.0143),),
            upfront_usd=125.0,
        ),
    ),
    own_lines=(OwnLine(id="firewall", name="Brandmauer “Süd” 🧱", usd=12.5),),
)
SAMPLES = ("article-2024", "hobby", "large", "regulated")


def sample(name: str) -> Path:
    return resources_dir() / "scenarios" / f"{name}.mlcost"


# --- What is written comes back ---------------------------------------------------


def values_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Any value that a field takes."""
    if spec.choices:
        return st.sampled_from(spec.choices)
    if spec.is_number:
        numbers = st.floats(spec.lower, spec.upper)
        return st.none() | numbers if spec.optional else numbers
    if spec.chooser:
        regions = {"region": ["eu-west-1", "x"], "destination": ["eu-west-1", "x"]}
        return st.sampled_from(regions.get(spec.chooser.name, ["db.t3.a"]))
    if spec.kind is bool:
        return st.booleans()
    return st.text(min_size=1, max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> Scenario:
    scenario = OWN
    for place in draw(st.lists(st.sampled_from(list(places(OWN))), max_size=12)):
        scenario = replace(scenario, place.path, draw(values_of(place.spec)))
    return scenario


@given(edited(), st.none() | st.tuples(st.text(), st.text()), st.floats(-1e15, 1e15))
def test_what_was_saved_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    scenario: Scenario,
    dates: tuple[str, str] | None,
    cost: float,
) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.mlcost"
    saved = SavedFigures(price_dates=dates, effective_cost=cost)
    write_scenario(path, scenario, saved)
    file = read_scenario(path)
    assert (file.scenario, file.saved) == (scenario, saved)
    assert path.read_bytes() == as_bytes(file.scenario, file.saved)


def test_every_field_is_saved(tmp_path: Path) -> None:
    for place in places(OWN):
        is_saved(tmp_path, place)


def is_saved(tmp_path: Path, place: Place) -> None:
    spec = place.spec
    if spec.choices:
        value: Any = spec.choices[-1]
    elif spec.kind is bool:
        value = not place.value
    elif spec.is_number:
        value = 0.5 * ((spec.lower or 0.0) + (spec.upper or 1.0))
    else:
        regions = {"region": "eu-west-1", "destination": "eu-west-1"}
        value = regions.get(spec.chooser.name if spec.chooser else "", "db.x")
    scenario = replace(OWN, place.path, value)
    write_scenario(tmp_path / "a", scenario, SAVED)
    assert read_scenario(tmp_path / "a").scenario == scenario


def test_the_envelope(tmp_path: Path) -> None:
    write_scenario(tmp_path / "a", OWN, SAVED)
    text = (tmp_path / "a").read_text(encoding="utf-8")
    document = json.loads(text)
    assert list(document) == ["format", "schema_version", "program_version", "saved", "scenario"]
    assert document["saved"] == {
        "price_dates": ["2025-10-22", "2026-07-20"],
        "effective_cost": 218.09,
        "lines": {"server/ec2/hours": 218.09, "server/ec2/root_volume": None},
    }
    assert list(document["scenario"]) == list(Scenario.model_fields)
    assert document["scenario"]["server"]["ec2"]["instance_type"] == "m5.large"
    assert "Brandmauer “Süd” 🧱" in text
    assert '\n    "hours_in_month": 730.0,\n' in text
    assert text.endswith("}\n")


def test_whole_numbers_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    text = as_bytes(Scenario(), SAVED).decode().replace("730.0", "730")
    (tmp_path / "a").write_bytes(text.encode("utf-8-sig"))
    assert read_scenario(tmp_path / "a").scenario == Scenario()


def test_a_scenario_that_could_not_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    rates = tuple(
        OwnRate(
            sku_id="s" * 200,
            provider_id="aws",
            region_id=f"r{number}",
            tiers=tuple(RateTier(begin=at / 3.0, usd=1.0 / 3.0) for at in range(50)),
        )
        for number in range(1000)
    )
    with pytest.raises(UserError, match="larger than 4 MB"):
        write_scenario(path, Scenario(own_rates=rates), SAVED)
    assert path.read_bytes() == b"old"


def test_full_disk_leaves_the_saved_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mlcost"
    write_scenario(path, Scenario(), SAVED)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="the disk is full"):
        write_scenario(path, OWN, SAVED)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.mlcost"]


# --- What is refused ---------------------------------------------------------------

Change = Callable[[dict[str, Any]], object]


def refusal(path: Path) -> str:
    """The sentence for a file that can't be opened; it names the file and leaves it alone."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError) as caught:
        read_scenario(path)
    sentence = str(caught.value)
    assert f"“{path.name[:80]}” in {path.parent}" in sentence
    assert "Nothing was changed" in sentence
    assert len(sentence) < 1000
    assert before == (path.read_bytes() if path.is_file() else None)
    return sentence


def refused(tmp_path: Path, data: bytes | str) -> str:
    path = tmp_path / "a.mlcost"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return refusal(path)


def changed(change: Change) -> str:
    document = json.loads(as_bytes(OWN, SAVED))
    change(document)
    return json.dumps(document)


def test_missing_file(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "missing.mlcost")
    (tmp_path / "file").touch()
    assert "there is no such file" in refusal(tmp_path / "file" / "below")


def test_folder(tmp_path: Path) -> None:
    assert "it is a folder" in refusal(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="there are no such files on Windows")
def test_device_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "it is a device and not a file" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["n" * 300, "a\0b"])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="name is too long|no file can have this name"):
        read_scenario(tmp_path / name)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "a").touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", denied)
        with pytest.raises(UserError, match="you have no permission to read it"):
            read_scenario(tmp_path / "a")


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "large.mlcost"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(UserError, match="it is larger than 4 MB"):
        read_scenario(path)


def test_a_file_that_grows_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mlcost"
    path.write_bytes(b" " * (4 * 1024 * 1024 + 1))
    small = os.stat(__file__)

    def stat_before(*_: object, **__: object) -> os.stat_result:
        return small

    monkeypatch.setattr(Path, "stat", stat_before)
    with pytest.raises(UserError, match="it is larger than 4 MB"):
        read_scenario(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \n\t", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b'{"format": "\xff"}', "it is not UTF-8 text (byte 13)"),
        ('{"a": 1}'.encode("utf-16"), "it is not UTF-8 text"),
        (b"name: x", "it is not JSON (line 1, column 1)"),
        (b'{"a": 1,\n  b}', "it is not JSON (line 2, column 3)"),
        (b"{} {}", "it is not JSON (line 1, column 4)"),
        (b'{"a": [1, 2', "it breaks off (line 1, column 12)"),
        (b'{"a": "tex', "it breaks off (line 1, column 7)"),
        (b'{"a": NaN}', "NaN stands in it"),
        (b'{"a": -Infinity}', "-Infinity stands in it"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number in it has 5,000 digits"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "the field c stands twice"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "it is nested too deeply"),
        (b"[]", "it is JSON, but not a scenario"),
        (b"3", "it is JSON, but not a scenario"),
        (b"null", "it is JSON, but not a scenario"),
        (b"{}", "it is JSON, but not a scenario"),
        (b'{"format": "other", "schema_version": 1}', "it is JSON, but not a scenario"),
    ],
)
def test_not_a_scenario_file(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, data)


def test_truncated_anywhere(tmp_path: Path) -> None:
    whole = as_bytes(OWN, SAVED)
    for end in range(0, len(whole) - 2, 37):
        refused(tmp_path, whole[:end])


@pytest.mark.parametrize("depth", [150, 250, 900])
def test_nested_too_deeply_in_one_field(tmp_path: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    text = as_bytes(OWN, SAVED).decode().replace('"firewall"', deep)
    assert "firewall" not in text
    refused(tmp_path, text)


def test_half_a_character(tmp_path: Path) -> None:
    text = as_bytes(OWN, SAVED).decode().replace("Untitled", r"\ud83e")
    assert "half a character" in refused(tmp_path, text)


def put(*path: str | int, value: object) -> Change:
    def change(document: dict[str, Any]) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


EC2 = ("scenario", "server", "ec2")
REPLICAS = "Replicas (scenario.server.ec2.replicas)"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.pop("schema_version"), "its schema_version is missing"),
        (put("schema_version", value="1"), "its schema_version is not a whole number"),
        (put("schema_version", value=True), "its schema_version is not a whole number"),
        (put("schema_version", value=1.0), "its schema_version is not a whole number"),
        (put("schema_version", value=0), "its schema_version is not a whole number"),
        (put("schema_version", value=-7), "its schema_version is not a whole number"),
        (lambda d: d.pop("scenario"), "Scenario (scenario): it is missing"),
        (lambda d: d.pop("saved"), "Figures when saved (saved): it is missing"),
        (put("scenario", value=[]), "Scenario (scenario): it must be a group of fields"),
        (put("extra", value=1), "extra: this version knows no such field"),
        (put(*EC2, "colour", value=1), "scenario.server.ec2.colour: this version knows no"),
        (put(*EC2, "replicas", value="2"), f"{REPLICAS}: it must be a number"),
        (put(*EC2, "replicas", value=True), f"{REPLICAS}: it must be a number"),
        (put(*EC2, "replicas", value=None), f"{REPLICAS}: it must be a number"),
        (put(*EC2, "replicas", value=-1), f"{REPLICAS}: it must be at least 0"),
        (put(*EC2, "replicas", value=1e9), f"{REPLICAS}: it must be at most 1,000"),
        (put(*EC2, "replicas", value=10**350), f"{REPLICAS}: it must be a finite number"),
        (put(*EC2, "purchase", value="gift"), "Purchase option (scenario.server.ec2.purchase)"),
        (put(*EC2, "instance_type", value=3), "Instance type (scenario.server.ec2.instance_type)"),
        (put("scenario", "name", value="n" * 121), "Name (scenario.name): it must be at most 120"),
        (
            put("scenario", "labor", "tasks", 1, "hours", value=-1),
            "Hours each (scenario.labor.tasks.upgrades.hours): it must be at least 0",
        ),
        (put("scenario", "labor", "tasks", 1, value=3), "scenario.labor.tasks.item 2"),
        (put("scenario", "labor", "tasks", value={}), "Tasks (scenario.labor.tasks): it must be"),
        (
            put("scenario", "own_rates", 0, "tiers", 1, "begin", value=0.0),
            "its tiers must begin at 0 and rise",
        ),
        (
            put("scenario", "labor", "tasks", 1, "id", value="set_up"),
            "“set_up” stands in it twice",
        ),
        (put("saved", "price_dates", value=["2025-01-01"]), "Price dates (saved.price_dates"),
        (put("x" * 100_000, value=1), "…: this version knows no such field"),
        (put("\x1b[31m", value=1), "�[31m: this version knows no such field"),
    ],
)
def test_wrong_contents(tmp_path: Path, change: Change, words: str) -> None:
    assert words in refused(tmp_path, changed(change))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.data())
def test_anything_anywhere_opens_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    document = json.loads(as_bytes(OWN, SAVED))
    holder: Any = document
    while True:
        steps = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        step = data.draw(st.sampled_from(steps))
        inner = holder[step]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        holder = inner
    holder[step] = data.draw(ANYTHING)
    path = tmp_path_factory.getbasetemp() / "anything.mlcost"
    path.write_text(json.dumps(document), encoding="utf-8")
    with contextlib.suppress(UserError):
        write_scenario(path, read_scenario(path).scenario, SAVED)


def test_number_beyond_what_a_computer_counts(tmp_path: Path) -> None:
    text = as_bytes(OWN, SAVED).decode().replace('"replicas": 1.0', '"replicas": 1e999')
    assert f"{REPLICAS}: it must be a finite number" in refused(tmp_path, text)


def test_only_the_first_faults_are_named(tmp_path: Path) -> None:
    def many(document: dict[str, Any]) -> None:
        for name in "abcdefg":
            document[name] = 1

    assert "; and 4 more" in refused(tmp_path, changed(many))


def test_newer_file_is_refused_before_it_is_looked_into(tmp_path: Path) -> None:
    newer = {"format": "mlflow-cost-scenario", "schema_version": SCHEMA_VERSION + 1, "new": []}
    sentence = refused(tmp_path, json.dumps({**newer, "program_version": "9.0"}))
    assert "was made by a newer version of the program (9.0)" in sentence
    assert "install a newer version" in sentence


# --- Older files, the schema, and the samples ------------------------------------------


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_files_of_every_schema_version_open(checkout: Path, version: int) -> None:
    # A version without its file fails here: add tests/data/scenario-v<n>.mlcost.
    path = checkout / "tests" / "data" / f"scenario-v{version}.mlcost"
    assert json.loads(path.read_bytes())["schema_version"] == version
    read_scenario(path)


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


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ([{"path": "team.users"}, {"path": "team.users"}], "“team.users” stands in it twice"),
        ([{"path": "team.users", "by": "leaps"}], "it must be one of"),
        ([{"path": "team.users", "values": [{"month": 1, "value": 3.0}]}], "at least 2"),
        ([{"path": "team.users", "kept_months": 0.0}], "at least 1"),
        ([{"path": ""}], "it must not be empty"),
    ],
)
def test_rules_that_are_none_are_refused(tmp_path: Path, growth: object, words: str) -> None:
    assert words in refused(tmp_path, changed(put("scenario", "growth", value=growth)))
    assert "start" in refused(tmp_path, changed(put("scenario", "start", value="2027-13")))


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


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ([{"path": "team.users", "low": 1.0, "high": 9.0}] * 2, "stands in it twice"),
        ([{"path": "team.users", "low": 1.0}], "high"),
        ([{"path": "team.users", "low": 1.0, "high": 9.0, "shape": "bell"}], "one of"),
        ([{"path": "", "low": 1.0, "high": 9.0}], "it must not be empty"),
    ],
)
def test_ranges_that_are_none_are_refused(tmp_path: Path, ranges: object, words: str) -> None:
    assert words in refused(tmp_path, changed(put("scenario", "ranges", value=ranges)))
    assert "seed" in refused(tmp_path, changed(put("scenario", "seed", value=-1)))


def test_schema_is_current() -> None:
    # To write it anew: python -m mlflow_cost_desktop.files.schema
    assert (resources_dir() / FILE_NAME).read_bytes() == schema_bytes()


def test_schema_holds_titles_bounds_and_units() -> None:
    ec2 = json.loads(schema_bytes())["$defs"]["Ec2"]["properties"]
    assert ec2["replicas"]["title"] == "Replicas"
    assert (ec2["replicas"]["minimum"], ec2["replicas"]["maximum"]) == (0, 1000)
    assert ec2["peak_hours"]["x-unit"] == "h"


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_follow_the_schema(name: str) -> None:
    schema = json.loads(schema_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(sample(name).read_bytes())
    jsonschema.validate(document, schema)
    document["scenario"]["server"]["ec2"]["replicas"] = -1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_have_tasks_for_whatever_is_chosen(name: str) -> None:
    tasks = read_scenario(sample(name)).scenario.labor.tasks
    assert {task.counts for task in tasks} == set(COUNTS)
    per_deployment = {task.id for task in tasks if task.per == "deployment"}
    assert {"upgrades", "patches", "database_backups"} <= per_deployment


def test_there_are_no_other_samples() -> None:
    folder = resources_dir() / "scenarios"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_written_by_the_program(name: str) -> None:
    file = read_scenario(sample(name))
    assert as_bytes(file.scenario, file.saved, file.program_version) == sample(name).read_bytes()


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_have_every_price_and_nothing_to_warn_of(name: str) -> None:
    file = read_scenario(sample(name))
    book = Shelf(pricing_dir() / "aws").book(file.scenario.region_id)
    outcome = estimate(file.scenario, book)
    assert outcome.unpriced == 0
    assert warnings(file.scenario, book) == ()
    assert figures_of(outcome, book.edition) == file.saved
