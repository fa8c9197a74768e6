"""The cheapest ways that fit: worked figures, and an exhaustive search that finds none cheaper."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from mlflow_cost_desktop.analysis.alternatives import (
    MOST,
    Alternative,
    Alternatives,
    Search,
    alternatives,
    regions_asked,
)
from mlflow_cost_desktop.analysis.aws.hosting import HOSTING
from mlflow_cost_desktop.analysis.candidates import HOSTED, Pricer
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.needs import Needs
from mlflow_cost_desktop.model.option import Component
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.naive_search import Naive
from tests.shared.random_scenarios import floors_of, random_scenario
from tests.support import PRICES, changed, own_rate

BOOKS = Shelf(PRICES / "aws")
US_EAST = BOOKS.book("us-east-1")
ARTICLE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario

RANDOM_SCENARIOS = 20


def searched(
    scenario: Scenario, book: PriceBook = US_EAST, most: int = MOST, *parts: str
) -> Alternatives:
    search = Search(scenario, book, most, parts or HOSTED)
    return alternatives(search, {book.region_id: lambda: book})


def with_needs(scenario: Scenario = ARTICLE, **needs: object) -> Scenario:
    return changed(scenario, **{f"needs__{name}": value for name, value in needs.items()})


def server_costs(found: Alternatives, kind: str) -> list[float]:
    return [
        round(float(one.estimate.by_component["server"]), 3)
        for one in found.found
        if one.kinds[0] == kind
    ]


def test_every_option_is_known_to_the_search() -> None:
    for part in HOSTED:
        component: Component = getattr(Scenario(), part)
        for name in component.option_names:
            assert type(getattr(component, name)) in HOSTING


@pytest.mark.parametrize("seed", range(RANDOM_SCENARIOS))
def test_no_exhaustive_search_finds_anything_cheaper(seed: int) -> None:
    scenario = random_scenario(Random(seed))
    naive = Naive(scenario, US_EAST, floors_of(scenario, US_EAST))
    minima = naive.minima()
    found = searched(scenario, most=30)
    now = float(estimate(scenario, US_EAST).effective_cost)
    # The kind that is there now is not listed where nothing of it is cheaper.
    here = found.now.kinds, found.now.months
    expected = sorted(
        cost for key, (cost, _) in minima.items() if key != here or abs(cost - now) > 1e-6
    )
    assert [one.cost for one in found.found] == pytest.approx(expected[:30], abs=1e-6)
    for one in found.found:
        assert one.cost == pytest.approx(minima[one.kinds, one.months][0], abs=1e-6)


def test_what_is_listed_is_what_applying_it_comes_to() -> None:
    found = searched(ARTICLE)
    assert len(found.found) == MOST
    for one in found.found:
        applied = one.edits.applied(ARTICLE)
        assert applied == one.scenario
        assert one.cost == float(estimate(applied, US_EAST).effective_cost)
    costs = [one.cost for one in found.found]
    assert costs == sorted(costs)


def test_needs_are_written_down_with_what_is_applied() -> None:
    """What was asked for stays asked for, whatever is chosen then."""
    best = searched(ARTICLE).found[0]
    needs = best.scenario.needs
    assert (needs.vcpu, needs.memory_gib) == (2.0, 8.0)
    assert (needs.db_vcpu, needs.db_memory_gib) == (2.0, 8.0)
    assert (needs.burstable, needs.zones, needs.artifact_zones) == ("no", 1.0, 3.0)
    again = searched(best.scenario)
    assert again.asked.likes.keys() == searched(ARTICLE).asked.likes.keys()
    assert again.now.cost == best.cost
    # The same is found again, but for the one that is there now.
    before = [one.cost for one in searched(ARTICLE, most=4).found][1:]
    assert [one.cost for one in again.found[:3]] == pytest.approx(before)


def test_lines_of_a_part_are_those_of_the_whole() -> None:
    for seed in range(60):
        scenario = random_scenario(Random(seed))
        outcome = estimate(scenario, US_EAST)
        pricer = Pricer(scenario, US_EAST)
        assert pricer.network()[0] == pytest.approx(float(outcome.by_component["network"]))
        assert pricer.labor(scenario) == pytest.approx(float(outcome.by_component["labor"]))


@pytest.mark.parametrize(
    ("asked", "is_left"),
    [
        ({"commitment_months": 0.0}, lambda one: one.months == 0),
        ({"architecture": "x86_64"}, lambda one: one.traits[0].architecture in ("x86_64", "")),
        ({"estimated": False}, lambda one: not one.estimate.estimated),
        ({"zones": 2.0}, lambda one: one.traits[1].zones >= 2),
        ({"vcpu": 4.0, "memory_gib": 16.0}, lambda one: one.traits[0].memory_gib >= 16),
        ({"burstable": "no"}, lambda one: not one.traits[0].is_burstable),
        ({"archive": False}, lambda one: not one.traits[2].is_archived),
    ],
)
def test_needs_are_met(asked: dict[str, Any], is_left: Callable[[Alternative], bool]) -> None:
    found = searched(with_needs(**asked)).found
    assert found
    assert all(is_left(one) for one in found)


def test_without_floors_a_small_one_wins() -> None:
    tiny = with_needs(vcpu=1.0, memory_gib=1.0, burstable="yes", commitment_months=0.0)
    assert server_costs(searched(tiny), "ec2")[0] == pytest.approx(720 * 0.0084, abs=1e-3)


def test_a_file_is_for_one_writer_on_one_lasting_server() -> None:
    alone = with_needs(writers=1.0)
    with_file = [one for one in searched(alone, most=60).found if one.kinds[1] == "sqlite"]
    assert with_file
    assert {one.kinds[0] for one in with_file} == {"ec2"}
    assert not [one for one in searched(ARTICLE, most=60).found if one.kinds[1] == "sqlite"]
    several = replace(alone, "server.ec2.replicas", 2.0)
    assert not [one for one in searched(several, most=60).found if one.kinds[1] == "sqlite"]


def test_archives_only_where_they_are_allowed() -> None:
    found = searched(with_needs(archive=True, read_back_gb=1.0))
    assert found.found[0].traits[2].is_archived
    store = found.found[0].scenario.artifact_store
    assert store.s3.retrieved_gb == 1.0


def test_one_part_alone() -> None:
    found = searched(ARTICLE, US_EAST, MOST, "metadata_store")
    assert {one.kinds[0] for one in found.found} == {"ec2"}
    assert {edit.path.partition(".")[0] for edit in found.found[0].edits.changing.edits} == {
        "metadata_store",
        "needs",
    }


def test_machines_of_unknown_size_are_kept_until_a_size_is_typed() -> None:
    unknown = replace(ARTICLE, "server.ec2.instance_type", "m9.large")
    assert not searched(unknown).found  # without a price of the one, nothing is known of the whole
    bought = replace(ARTICLE, "server.option", "own_machine")
    assert {one.kinds[0] for one in searched(bought).found} == {"own_machine"}
    typed = with_needs(bought, vcpu=2.0, memory_gib=8.0)
    assert searched(typed).found[0].kinds[0] != "own_machine"


def test_own_rates_with_tiers_are_asked_for_one_by_one() -> None:
    rate = own_rate("ec2/m6g.large/on_demand", (0.0, 0.001), (100.0, 0.0005), free=10.0)
    scenario = replace(with_needs(commitment_months=0.0), "own_rates", (rate,))
    best = searched(scenario).found[0]
    assert best.scenario.server.ec2.instance_type == "m6g.large"
    assert server_costs(searched(scenario), "ec2")[0] == pytest.approx(0.1 + 610 * 0.0005)


def test_the_present_way_is_not_listed() -> None:
    best = searched(ARTICLE).found[0].scenario
    assert all(one.scenario.server != best.server or one.kinds for one in searched(best).found)
    assert all(one.edits.changing for one in searched(best).found)


class TestRegions:
    """Several regions, one after the other."""

    def test_names(self) -> None:
        known = ("eu-west-1", "us-east-1", "us-gov-east-1", "us-west-2")
        provider = BOOKS.provider
        asked = {
            (): ("us-east-1",),
            ("this",): ("us-east-1",),
            ("all",): ("us-east-1", "eu-west-1", "us-west-2"),
            ("europe",): ("eu-west-1",),
            ("north_america",): ("us-east-1", "us-west-2"),
            ("us-gov-east-1", "this"): ("us-east-1", "us-gov-east-1"),
            ("govcloud",): ("us-gov-east-1",),
        }
        for words, regions in asked.items():
            scenario = replace(ARTICLE, "needs.regions", words)
            assert regions_asked(scenario, provider, known) == regions

    def test_each_is_added_to_what_was_found(self) -> None:
        scenario = replace(ARTICLE, "needs.regions", ("all",))
        regions = regions_asked(scenario, BOOKS.provider, BOOKS.regions)
        told: list[Alternatives] = []
        search = Search(scenario, US_EAST)
        found = alternatives(
            search, {region: lambda region=region: BOOKS.book(region) for region in regions},
            told.append,
        )  # fmt: skip
        assert [one.done for one in told] == [1, 2, 3, 4, 5]
        assert told[0].found[0].cost >= found.found[0].cost
        assert all(one.considered > 0 for one in told)
        elsewhere = [one for one in found.found if one.scenario.region_id != "us-east-1"]
        for one in elsewhere:
            assert one.edits.values["region_id"] == one.price_book.region_id
            book = BOOKS.book(one.scenario.region_id)
            assert one.cost == float(estimate(one.edits.applied(scenario), book).effective_cost)

    def test_none_is_undercut_by_one_region_alone(self) -> None:
        scenario = replace(ARTICLE, "needs.regions", ("all",))
        regions = regions_asked(scenario, BOOKS.provider, BOOKS.regions)
        books = {region: lambda region=region: BOOKS.book(region) for region in regions}
        found = alternatives(Search(scenario, US_EAST), books)
        each = [
            one.cost
            for region in regions
            for one in searched(
                replace(scenario, "region_id", region), BOOKS.book(region), 30
            ).found
        ]  # fmt: skip
        cheapest = min(each)
        assert found.found[0].cost == pytest.approx(cheapest)

    def test_where_a_part_has_no_price_is_left_out_and_said(self) -> None:
        empty = PriceBook(BOOKS.provider, "nowhere-1", "Nowhere", {}, US_EAST.instance_types)
        books = {"us-east-1": lambda: US_EAST, "nowhere-1": lambda: empty}
        found = alternatives(Search(ARTICLE, US_EAST), books)
        assert found.without == ("nowhere-1",)
        assert found.found


def test_needs_of_files_without_them_are_open() -> None:
    assert Scenario().needs == Needs()
