"""Scenario files come back as they were saved, whole or not at all."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.scenario_file import as_bytes, read_scenario, write_scenario
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import Place, places, replace
from mlflow_cost_desktop.model.own import OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from tests.files.helpers import OWN, SAVED


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
