"""Presets: written by the program, whole, and told apart by which a scenario began with."""

import json
from pathlib import Path

import jsonschema
import pytest

from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.samples import nearest_sample, samples
from mlflow_cost_desktop.files.scenario_file import as_bytes, read_scenario
from mlflow_cost_desktop.files.schema import schema_bytes
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.labor.tasks import COUNTS
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import changed

SAMPLES = ("article-2024", "hobby", "large", "regulated")


def sample(name: str) -> Path:
    return resources_dir() / "scenarios" / f"{name}.mlcost"


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


def test_each_preset_is_nearest_to_itself_also_after_an_edit() -> None:
    presets = list(samples())
    assert len(presets) == 4
    for preset in presets:
        assert nearest_sample(preset) == preset
        assert nearest_sample(changed(preset, name="Ours", team__users=77.0)) == preset


def test_a_scenario_of_defaults_has_none() -> None:
    assert nearest_sample(Scenario()) is None
