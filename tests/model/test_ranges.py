"""Ranges: which are used, and what is drawn from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlflow_cost_desktop.model.ranges import (
    Range,
    default_shape,
    draws,
    fault_of_range,
    used_ranges,
)
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed

ENGINEER, HOURS, USERS = (
    "labor.platform_engineer_usd",
    "labor.tasks.incidents.hours",
    "team.users",
)
STORED = "artifact_store.stored_gb"


def ranged(path: str, low: float, high: float, **fields: Any) -> Range:
    return Range.model_validate({"path": path, "low": low, "high": high, **fields})


RATE, INCIDENT = ranged(ENGINEER, 70.0, 130.0), ranged(HOURS, 3.0, 12.0)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (RATE, ""),
        (ranged(ENGINEER, 91.4, 91.4), ""),
        (ranged(ENGINEER, 100.0, 130.0), "low end is above"),
        (ranged(ENGINEER, 70.0, 80.0), "high end is below"),
        (ranged(STORED, 0.0, 5000.0, shape="lognormal"), "begins above zero"),
        (ranged("server.gone", 1.0, 2.0), "no such input"),
        (ranged("region_id", 1.0, 2.0), "only numbers have ranges"),
        (ranged("horizon_months", 12.0, 60.0), "counted by"),
        (ranged("hours_in_month", 700.0, 740.0), "counted by"),
        (ranged("team.runs_per_month", 1.0, 2.0), "nothing is typed"),
    ],
)
def test_a_range_that_makes_no_sense_is_told_and_kept(asked: Range, words: str) -> None:
    fault = fault_of_range(ARTICLE, asked)
    assert words in fault
    assert bool(fault) == bool(words)
    scenario = changed(ARTICLE, ranges=(asked, INCIDENT))
    assert used_ranges(scenario, scenario.ranges) == ((INCIDENT,) if words else (asked, INCIDENT))
    told = [notice.text for notice in warnings(scenario, BOOK) if notice.path == "ranges"]
    title = {ENGINEER: "Maintenance · Platform engineer", "server.gone": "server.gone"}
    assert len(told) == bool(words)
    for text in told:
        assert text.endswith(f"” is not used: {fault}. It is kept.")
        assert text.startswith(f"The range of “{title.get(asked.path, '')}")


def test_a_new_range_leaves_the_draws_of_others_alone() -> None:
    alone = draws(ARTICLE, (RATE,), 1, 1000)
    together = draws(ARTICLE, (INCIDENT, RATE), 1, 1000)
    assert np.array_equal(alone[ENGINEER], together[ENGINEER])
    assert together[ENGINEER].shape == (1, 1000)
    assert not np.array_equal(alone[ENGINEER], draws(ARTICLE, (RATE,), 2, 1000)[ENGINEER])
    assert abs(np.corrcoef(together[ENGINEER][0], together[HOURS][0])[0, 1]) < 0.1


def test_two_scenarios_meet_the_same_draws() -> None:
    other = changed(ARTICLE, artifact_store__stored_gb=9000.0, team__users=50.0)
    one, two = (draws(scenario, (RATE, INCIDENT), 1, 500) for scenario in (ARTICLE, other))
    assert all(np.array_equal(one[path], two[path]) for path in (ENGINEER, HOURS))


def test_each_equal_part_of_a_distribution_is_met_once() -> None:
    (found,) = draws(ARTICLE, (ranged(ENGINEER, 50.0, 150.0, shape="uniform"),), 1, 100).values()
    assert np.sort(found[0]) == pytest.approx(np.arange(50.5, 150.0))


def test_inputs_of_a_group_are_high_together() -> None:
    group = [
        ranged(path, low, high, moves_with="People")
        for path, low, high in ((ENGINEER, 70.0, 130.0), (HOURS, 3.0, 12.0))
    ]
    found = draws(ARTICLE, group, 1, 1000)
    assert (np.argsort(found[ENGINEER][0]) == np.argsort(found[HOURS][0])).all()
    assert (
        abs(np.corrcoef(found[ENGINEER][0], draws(ARTICLE, (RATE,), 1, 1000)[ENGINEER][0])[0, 1])
        < 0.2
    )


def test_draws_are_fitted_to_their_fields() -> None:
    users = ranged(USERS, -20.0, 9.0, shape="uniform")
    kept = draws(ARTICLE, (users, ranged("discount", -50.0, 0.0)), 1, 200)
    assert set(np.unique(kept[USERS]).tolist()) == {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0}
    assert set(np.unique(kept["discount"]).tolist()) == {0.0}


def test_the_shape_that_suits_three_points() -> None:
    assert default_shape(3.0, 6.0, 12.0) == "pert"
    assert default_shape(3.0, 6.0, 18.0) == "lognormal"
    assert default_shape(0.0, 6.0, 18.0) == "pert"
