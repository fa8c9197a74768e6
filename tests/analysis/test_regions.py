"""A scenario in every region: the cheapest first, those that lack prices apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mlflow_cost_desktop.analysis.regions import regions
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import PRICES, changed

FILE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
SHELF = Shelf(PRICES / "aws")
OWN = estimate(FILE, SHELF.book("us-east-1"))


def test_each_region_is_the_estimate_there() -> None:
    found = regions(FILE, OWN, SHELF)
    assert {region.region_id for region in found} == set(SHELF.regions)
    for region in found:
        book = SHELF.book(region.region_id)
        there = estimate(replace(FILE, "region_id", region.region_id), book)
        assert region.cost == pytest.approx(float(there.effective_cost))
        assert sum(region.by_component.values()) == pytest.approx(region.cost)
    costs = {region.region_id: region.cost for region in found}
    assert costs["eu-central-1"] - costs["us-east-1"] == pytest.approx(38.696)
    whole = [region.cost for region in found if region.is_comparable]
    assert whole == sorted(whole)


def test_some_regions_alone() -> None:
    found = regions(FILE, OWN, SHELF, ["eu-west-1", "us-east-1"])
    assert [region.region_id for region in found] == ["us-east-1", "eu-west-1"]
    assert [region.continent for region in found] == ["North America", "Europe"]


def with_a_gap(tmp_path: Path, region_id: str, *keys: str) -> Shelf:
    folder = tmp_path / "aws"
    shutil.copytree(PRICES / "aws", folder)
    file = folder / f"{region_id}.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(keys)), encoding="utf-8")
    return Shelf(folder)


def test_a_region_that_lacks_a_price_is_last_and_says_of_what(tmp_path: Path) -> None:
    shelf = with_a_gap(tmp_path, "us-east-2", "ec2/m5.large/on_demand,")
    *_, last = found = regions(FILE, OWN, shelf)
    assert (last.region_id, last.is_comparable) == ("us-east-2", False)
    assert last.lacking == ("Instance hours (m5.large, on demand)",)
    assert last.gaps == {"server"}
    assert last.cost < found[0].cost


def test_what_lacks_everywhere_does_not_set_a_region_apart(tmp_path: Path) -> None:
    unknown = changed(FILE, server__ec2__instance_type="m9.large")
    own = estimate(unknown, SHELF.book("us-east-1"))
    found = regions(unknown, own, SHELF)
    assert all(region.is_comparable for region in found)
    assert all(region.gaps == {"server"} for region in found)


def test_a_damaged_price_file_is_a_sentence(tmp_path: Path) -> None:
    shelf = with_a_gap(tmp_path, "eu-west-1")
    (tmp_path / "aws" / "eu-west-1.csv").write_text("key\n", encoding="utf-8")
    *others, last = regions(FILE, OWN, shelf)
    assert last.region_id == "eu-west-1"
    assert "eu-west-1.csv is damaged" in last.problem
    assert not any(region.problem for region in others)
