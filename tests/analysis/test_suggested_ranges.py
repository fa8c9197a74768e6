"""Suggested ranges: sources, judgment marked as such, and only what matters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlflow_cost_desktop.analysis.suggested_ranges import edits_for_suggested, suggested_ranges
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.shipped_lists import read_ranges
from mlflow_cost_desktop.model.fields.paths import places, replace
from mlflow_cost_desktop.model.ranges import Range, fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from tests.analysis.test_uncertainty import FILE, RATE, US_EAST

KNOWN = read_ranges(resources_dir())
INCIDENT = "labor.tasks.incidents.hours"


def suggested(scenario: Scenario) -> dict[str, Range]:
    return {one.path: one for one in suggested_ranges(scenario, US_EAST, KNOWN)}


def test_each_known_range_is_of_a_number_and_has_a_source_with_its_date() -> None:
    numbers = {place.path for place in places(Scenario()) if place.spec.is_number}
    assert {one.path for one in KNOWN} <= numbers
    for one in KNOWN:
        is_judgment = "judgment" in one.source.lower()
        is_dated = "20" in one.source or "undated" in one.source
        assert is_judgment or is_dated, one.path


def test_known_ranges_hold_the_defaults() -> None:
    defaults = {place.path: place.value for place in places(Scenario())}
    for one in KNOWN:
        if value := defaults[one.path]:
            assert fault_of_range(Scenario(), one.around(float(value))) == "", one.path


def test_inputs_that_matter_have_one() -> None:
    found = suggested(FILE)
    assert found[INCIDENT] == Range(
        path=INCIDENT, low=4.0, high=8.0, reads="p10p90",
        source="Judgment (2026-11-23): 4 to 8 h each",
    )  # fmt: skip
    engineer = found["labor.platform_engineer_usd"]
    assert (engineer.low, engineer.high) == pytest.approx((91.4 * 0.556, 91.4 * 1.727), rel=1e-5)
    assert "labor.data_scientist_usd" not in found  # nobody of that role does a task
    assert "labor.tasks.sign_on.hours" not in found  # passwords are MLflow's own
    assert "labor.overhead" not in found  # rates are typed


def test_none_goes_further_up_than_counts() -> None:
    assert suggested(FILE)["usage.hours"].high == FILE.hours_in_month == 720.0
    beyond = replace(FILE, "usage.hours", 744.0)
    assert suggested(beyond)["usage.hours"].high == 744.0


def test_what_has_a_range_keeps_it_and_other_cases_get_none() -> None:
    other = replace(replace(FILE, "ranges", (RATE,)), INCIDENT, 20.0)
    found = suggested(other)
    assert RATE.path not in found
    assert INCIDENT not in found
    edits = edits_for_suggested(other, tuple(found.values()))
    assert edits.applied(other).ranges == (RATE, *found.values())


def test_a_damaged_list_is_told(tmp_path: Path) -> None:
    for text in ("", "[1]", json.dumps([{"path": "a", "low": 1.0}])):
        (tmp_path / "ranges.json").write_text(text)
        with pytest.raises(UserError, match="list of ranges"):
            read_ranges(tmp_path)
