"""What matters most: worked figures, rows of tasks, and inputs without effect."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.tornado import Bar, Tornado, tornado
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.uncertainty import (
    bar_in_words,
    moves_in_words,
    without_effect_in_words,
)
from tests.support import BOOK, SCENARIOS
from tests.support import PRICES as FIXED_PRICES

FILE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
US_EAST = Shelf(FIXED_PRICES / "aws").book("us-east-1")
ENGINEER, HOURS, TIMES, STORED, USAGE = (
    "labor.platform_engineer_usd",
    "labor.tasks.incidents.hours",
    "labor.tasks.incidents.times",
    "artifact_store.stored_gb",
    "usage.hours",
)
FOUR = (
    Range(path=ENGINEER, low=70.0, high=130.0),
    Range(path=HOURS, low=3.0, high=12.0),
    Range(path=STORED, low=512.0, high=4096.0),
    Range(path=USAGE, low=160.0, high=720.0),
)


def with_ranges(*ranges: Range) -> Scenario:
    return replace(FILE, "ranges", ranges)


def by_path(found: Tornado) -> dict[str, Bar]:
    return {bar.path: bar for bar in found.bars}


def test_four_ranges() -> None:
    found = tornado(with_ranges(*FOUR), US_EAST)
    assert found.cost == pytest.approx(float(estimate(FILE, US_EAST).effective_cost))
    assert found.has_ranges
    moved = {
        bar.path: (bar.cost_low - found.cost, bar.cost_high - found.cost) for bar in found.bars
    }
    assert moved[ENGINEER] == pytest.approx((-103.433, 186.567), abs=5e-4)
    assert moved[HOURS] == pytest.approx((-91.4, 182.8))
    assert moved[STORED] == pytest.approx((-11.776, 70.656))
    assert moved[USAGE] == pytest.approx((-53.76, 0.0))
    assert list(moved) == [ENGINEER, HOURS, STORED, USAGE]  # the widest first


def test_hours_and_times_of_a_task_are_one_row() -> None:
    often = Range(path=TIMES, low=2.0, high=8.0)
    found = tornado(with_ranges(*FOUR[:2], often), US_EAST)
    bar = by_path(found)[HOURS]
    assert [move.place.path for move in bar.moves] == [HOURS, TIMES]
    assert bar.cost_low - found.cost == pytest.approx(91.4 * (3 * 2 - 6 * 4) / 12)
    assert bar.cost_high - found.cost == pytest.approx(91.4 * (12 * 8 - 6 * 4) / 12)
    assert bar_in_words(bar) == "Connectivity and incidents · Hours × how often"
    words = moves_in_words(bar, PLAIN, has_ranges=True)
    assert words == "3 h – 12 h × 2 times – 8 times a year"


def test_a_range_without_effect_is_folded() -> None:
    found = tornado(with_ranges(Range(path="team.users", low=1.0, high=9.0)), US_EAST)
    assert found.bars == ()
    assert without_effect_in_words(found) == "Without effect between their ends: Team · Users."


def test_without_ranges_all_inputs_are_moved_by_a_tenth() -> None:
    found = tornado(FILE, US_EAST)
    bars = by_path(found)
    assert not found.has_ranges
    engineer = bars[ENGINEER]
    assert engineer.cost_high - found.cost == pytest.approx(0.1 * 441.7667, abs=1e-4)
    assert engineer.cost_low - found.cost == pytest.approx(-0.1 * 441.7667, abs=1e-4)
    incidents = bars[HOURS]
    assert incidents.is_product
    assert moves_in_words(incidents, PLAIN, has_ranges=False) == "±10 %"
    assert incidents.cost_high - found.cost == pytest.approx(0.1 * 91.4 * 24 / 12)
    assert TIMES not in bars
    # One step up where the value is zero.
    assert bars["discount"].moves[0].high == 1.0
    assert bars["discount"].cost_high < found.cost == pytest.approx(bars["discount"].cost_low)
    still = {place.path for place in found.without_effect}
    assert "labor.tasks.sign_on.hours" in still  # of a duty that does not apply
    assert not still & bars.keys()
    assert not any(path.startswith(("horizon", "hours_in")) for path in still | bars.keys())


def test_a_task_that_takes_no_time_yet_is_moved_one_step() -> None:
    def moved(hours: float, times: float) -> list[tuple[str, float]]:
        scenario = replace(replace(FILE, HOURS, hours), TIMES, times)
        (bar,) = (b for b in tornado(scenario, US_EAST).bars if b.path in (HOURS, TIMES))
        assert not bar.is_product
        return [(move.place.path, move.high) for move in bar.moves]

    assert moved(0.0, 4.0) == [(HOURS, 1.0)]
    assert moved(6.0, 0.0) == [(TIMES, 1.0)]
    assert moved(0.0, 0.0) == [(HOURS, 1.0), (TIMES, 1.0)]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_each_bar_is_an_estimate_of_its_own(scenario: Scenario) -> None:
    found = tornado(scenario, BOOK)
    assert found.cost == pytest.approx(float(estimate(scenario, BOOK).effective_cost))
    for bar in found.bars[:6]:
        high = scenario
        for move in bar.moves:
            high = replace(high, move.place.path, move.high)
        assert bar.cost_high == pytest.approx(float(estimate(high, BOOK).effective_cost))


@pytest.mark.parametrize(("hours", "ends"), [(720.0, (648.0, 720.0)), (680.0, (612.0, 720.0))])
def test_an_input_goes_no_further_up_than_it_counts(
    hours: float, ends: tuple[float, float]
) -> None:
    bar = by_path(tornado(replace(FILE, USAGE, hours), US_EAST))[USAGE]
    assert (bar.moves[0].low, bar.moves[0].high) == pytest.approx(ends)
    # Beyond it, more hours cost nothing.
    beyond = estimate(replace(FILE, USAGE, 792.0), US_EAST).effective_cost
    assert bar.cost_high == pytest.approx(float(beyond))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_number_that_counts_is_in_a_row_or_without_effect(name: str) -> None:
    found = tornado(SCENARIOS[name], BOOK)
    moved = [move.place.path for bar in found.bars for move in bar.moves]
    told = {*moved, *(place.path for place in found.without_effect)}
    numbers = {place.path for place in numbers_that_count(SCENARIOS[name])}
    asked = {path for path in numbers if not path.startswith("plans.")}
    assert told <= asked
    # Of a task one stands for both.
    assert {path.replace(".times", ".hours") for path in told} == {
        path.replace(".times", ".hours") for path in asked
    }
