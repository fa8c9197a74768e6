"""Lines are known by identity: one of each in an estimate, whatever they are called."""

import re
from collections import Counter
from dataclasses import replace as with_words
from pathlib import Path

import pytest

from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.charges.lines import Line, by_line
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.at_random import at_random
from tests.support import ARTICLE, BOOK, NOTHING, RICH, SCENARIOS, changed

IDENTITY = re.compile(r"[a-z_]+/[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
PART = re.compile(r"|tier_[1-9]\d*|upfront")
FILES = sorted(
    [
        *(resources_dir() / "scenarios").glob("*.mlcost"),
        *(Path(__file__).resolve().parents[2] / "data" / "by-hand").glob("*.mlcost"),
    ]
)


def check(scenario: Scenario, book: PriceBook) -> None:
    charges = estimate(scenario, book).charges
    twice = [of for of, count in Counter((c.line, c.part) for c in charges).items() if count > 1]
    assert not twice
    for charge in charges:
        assert IDENTITY.fullmatch(charge.line), charge.line
        assert PART.fullmatch(charge.part), charge.part
        assert charge.line.partition("/")[0] == charge.component
        option = getattr(getattr(scenario, charge.component), "option", None)
        if charge.origin != "own_line" and option is not None:
            assert charge.group == option
    for line in by_line(charges).values():
        parts = {charge.part for charge in line.parts}
        assert len(parts) == 1 or "" not in parts or parts == {"", "upfront"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_lines_of_a_file_are_the_same(path: Path) -> None:
    scenario = read_scenario(path).scenario
    check(scenario, Shelf(pricing_dir() / "aws").book(scenario.region_id))


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_two_lines_are_the_same_whatever_is_chosen(name: str) -> None:
    check(SCENARIOS[name], BOOK)
    check(SCENARIOS[name], NOTHING)


@pytest.mark.parametrize("seed", range(60))
def test_no_two_lines_are_the_same_of_scenarios_made_at_random(seed: int) -> None:
    check(at_random(seed, SCENARIOS.values()), BOOK)


def test_own_lines_and_tasks_of_an_option_s_name_are_lines_of_their_own() -> None:
    line = RICH.own_lines[0].model_copy(update={"id": "ec2", "component": "server"})
    task = ARTICLE.labor.tasks[0].model_copy(update={"id": "opportunity"})
    check(changed(ARTICLE, own_lines=(line,), labor__tasks=(task,)), BOOK)


def test_names_given_by_the_user_do_not_change_what_a_line_is() -> None:
    tasks = tuple(t.model_copy(update={"name": "Renamed"}) for t in RICH.labor.tasks)
    lines = tuple(line.model_copy(update={"name": "Renamed"}) for line in RICH.own_lines)
    renamed = changed(RICH, labor__tasks=tasks, own_lines=lines)
    assert [(c.line, c.part) for c in estimate(renamed, BOOK).charges] == [
        (c.line, c.part) for c in estimate(RICH, BOOK).charges
    ]


def test_what_a_line_is_bought_with_does_not_change_what_it_is() -> None:
    reserved = changed(
        ARTICLE, server__ec2__purchase="reserved", server__ec2__payment="partial_upfront"
    )
    hours = by_line(estimate(ARTICLE, BOOK).charges)["server/ec2/hours"]
    committed = by_line(estimate(reserved, BOOK).charges)["server/ec2/hours"]
    assert [part.part for part in committed.parts] == ["", "upfront"]
    assert hours.name != committed.name


def test_renaming_a_description_changes_no_identity() -> None:
    charges = estimate(RICH, BOOK).charges
    renamed = [with_words(charge, name=f"Other {n}") for n, charge in enumerate(charges)]
    assert list(by_line(renamed)) == list(by_line(charges))


def test_a_line_is_its_parts_together() -> None:
    tiers: tuple[Charge, ...] = tuple(
        charge
        for charge in estimate(changed(RICH, artifact_store__stored_gb=600 * 1024.0), BOOK).charges
        if charge.line == "artifact_store/s3/storage"
    )
    line = Line(tiers)
    assert (line.id, line.component) == ("artifact_store/s3/storage", "artifact_store")
    assert line.name == "S3 Standard storage"
    assert len(tiers) == 3
    assert line.quantity == 600 * 1024.0
    assert line.effective_cost == pytest.approx(sum(float(t.effective_cost) for t in tiers))


def test_the_quantity_of_a_committed_line_is_that_of_its_hours() -> None:
    reserved = changed(
        ARTICLE, server__ec2__purchase="reserved", server__ec2__payment="partial_upfront"
    )
    line = by_line(estimate(reserved, BOOK).charges)["server/ec2/hours"]
    hourly, upfront = line.parts
    assert line.quantity == hourly.pricing_quantity
    assert line.effective_cost == hourly.effective_cost + upfront.effective_cost


def test_where_prices_come_from() -> None:
    origins = {c.line: c.origin for c in estimate(SCENARIOS["own rates"], BOOK).charges}
    assert origins["metadata_store/rds/backups"] == "own_rate"
    assert origins["metadata_store/rds/hours"] == "provider"
    assert origins["network/transfer/out"] == "own_rate"
    of_rich = {c.line: c.origin for c in estimate(RICH, BOOK).charges}
    assert of_rich["server/firewall/own_line"] == "own_line"
    assert {of for line, of in of_rich.items() if line.startswith("labor/set_up/")} == {"labor"}
    assert set(COMPONENTS) >= {line.partition("/")[0] for line in of_rich}
