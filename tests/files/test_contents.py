"""What is written: all that counts with its defaults, of other options what was typed."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest

from mlflow_cost_desktop.files.contents import contents
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.scenario_file import as_bytes
from mlflow_cost_desktop.model.fields.declaration import Model
from mlflow_cost_desktop.model.fields.paths import Place, get, places, replace
from mlflow_cost_desktop.model.scenario import Scenario

SAVED = SavedFigures(price_dates=None, effective_cost=0.0)


class Disk(Model):
    gb: float = 10.0
    kind: str = "gp3"


class Small(Model):
    size: float = 1.0
    disk: Disk = Disk()


class Large(Model):
    size: float = 8.0
    disk: Disk = Disk(gb=500.0)


class Machine(Model):
    option: Literal["small", "large"] = "small"
    small: Small = Small()
    large: Large = Large()
    spare: tuple[Disk, ...] = ()


SMALL = {"option": "small", "small": {"size": 1.0, "disk": {"gb": 10.0, "kind": "gp3"}}}


@pytest.mark.parametrize(
    ("machine", "written"),
    [
        (Machine(), {**SMALL, "spare": []}),
        (Machine(spare=(Disk(),)), {**SMALL, "spare": [{"gb": 10.0, "kind": "gp3"}]}),
        (Machine(large=Large(size=9.0)), {**SMALL, "large": {"size": 9.0}, "spare": []}),
        # What a reader fills in for a group that is there are the group's own defaults.
        (
            Machine(large=Large(disk=Disk(gb=500.0, kind="io1"))),
            {**SMALL, "large": {"disk": {"gb": 500.0, "kind": "io1"}}, "spare": []},
        ),
        (Machine(large=Large(disk=Disk())), {**SMALL, "large": {"disk": {}}, "spare": []}),
        (
            Machine(option="large", small=Small(size=2.0)),
            {
                "option": "large",
                "small": {"size": 2.0},
                "large": {"size": 8.0, "disk": {"gb": 500.0, "kind": "gp3"}},
                "spare": [],
            },
        ),
    ],
)
def test_the_chosen_option_whole_and_of_the_others_what_was_typed(
    machine: Machine, written: dict[str, Any]
) -> None:
    assert contents(machine) == written
    assert list(contents(machine)) == list(written)
    assert Machine.model_validate_json(json.dumps(written)) == machine


def _written(scenario: Scenario) -> dict[str, Any]:
    return json.loads(as_bytes(scenario, SAVED))["scenario"]


def _at(document: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(document, list):
            document = next(item for item in document if item["id"] == step)
        else:
            document = document[step]
    return document


def test_every_value_that_counts_is_written() -> None:
    document = _written(Scenario())
    counting = [place for place in places(Scenario()) if place.active]
    assert len(counting) > 30
    for place in counting:
        assert _at(document, place.path) == place.value, place.path


def _other_value(place: Place) -> Any:
    spec = place.spec
    if spec.is_number:
        upper = spec.upper if spec.upper is not None else 1.0
        return spec.lower if place.value != spec.lower else upper
    if spec.kind is bool:
        return not place.value
    return next(choice for choice in spec.choices if choice != place.value)


def test_what_was_typed_in_an_option_is_kept_while_another_is_chosen() -> None:
    scenario = Scenario()
    for place in places(scenario):
        several = place.path.endswith(".option") and len(place.spec.choices) > 1
        if not several:
            continue
        holder = place.path.rpartition(".")[0]
        for other in (choice for choice in place.spec.choices if choice != place.value):
            inside = (
                found
                for found in places(scenario)
                if found.path.startswith(f"{holder}.{other}.")
                and (found.spec.is_number or found.spec.kind is bool or len(found.spec.choices) > 1)
            )
            typed = next(inside, None)
            if typed is None:
                continue  # nothing to type, or only names
            value = _other_value(typed)
            document = _written(replace(scenario, typed.path, value))
            assert _at(document, typed.path) == value
            read = Scenario.model_validate_json(json.dumps(document))
            assert get(read, typed.path) == value


def test_two_versions_differ_by_one_line_for_a_field() -> None:
    before = as_bytes(Scenario(), SAVED).decode().splitlines()
    for path, value in (("usage.hours", 12.0), ("server.ec2.replicas", 3.0), ("name", "Ours")):
        after = as_bytes(replace(Scenario(), path, value), SAVED).decode().splitlines()
        assert len(after) == len(before)
        assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
