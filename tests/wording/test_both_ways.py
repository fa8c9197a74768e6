"""Hosting and buying side by side: parts that add up, and no column that says the same twice."""

import re
from datetime import UTC, datetime

import pytest

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.both_ways import BothWays, both_ways
from tests.shared.grouped import grouped
from tests.support import ARTICLE, BOOK, PRICES, SCENARIOS, changed

PLANS = read_plans(PRICES / "managed")


def shown(scenario: Scenario, *, buys: bool = True) -> BothWays:
    facts = Facts.of(scenario, BOOK, datetime(2026, 11, 23, tzinfo=UTC), PLANS)
    offer = facts.held.offer
    return both_ways(scenario, facts.estimate, offer and offer.bought if buys else None, PLAIN)


def dollars(words: str) -> float:
    return float(re.sub(r"[^\d.]", "", words))


@grouped({name: [(name, months) for months in (1.0, 6.0, 12.0, 13.0, 36.0)] for name in SCENARIOS})
def test_the_first_year_is_the_sum_of_its_parts_as_they_are_written(
    name: str, months: float
) -> None:
    found = shown(changed(SCENARIOS[name], horizon_months=months))
    titles = [head.title for head in found.heads]
    parts = [at for at, title in enumerate(titles) if title[0] in "=+"]
    for _, *cells in found.rows[:2]:
        cash = dollars(cells[1])
        assert sum(dollars(cells[at]) for at in parts) == pytest.approx(cash, abs=1e-9)


def test_what_the_article_costs_either_way() -> None:
    found = shown(ARTICLE)
    assert [head.title for head in found.heads] == [
        "A month",
        "First year, cash",
        "= at the start",
        "+ monthly",
        "36 months",
    ]
    assert [row[0] for row in found.rows] == ["Hosting yourself", "Buying", "Difference"]
    own, bought, apart = (row[1:] for row in found.rows)
    for at in (0, 1, 4):
        assert apart[at].startswith("−")
        assert dollars(own[at]) - dollars(bought[at]) == dollars(apart[at])
    assert apart[2] == apart[3] == ""


def test_a_horizon_of_a_year_has_no_second_column_of_it() -> None:
    titles = [head.title for head in shown(changed(ARTICLE, horizon_months=12.0)).heads]
    assert titles[1] == "12 months, cash" and "12 months" not in titles[2:]


def test_what_grows_is_said_to_be_left_out() -> None:
    growing = changed(ARTICLE, growth=(Growth(path="artifact_store.stored_gb", amount=100.0),))
    for scenario, said in ((ARTICLE, False), (growing, True)):
        heads = shown(scenario).heads
        assert [heads[at].beneath.startswith("without growth") for at in (1, -1)] == [said] * 2


def test_without_a_plan_there_is_hosting_alone() -> None:
    assert [row[0] for row in shown(ARTICLE, buys=False).rows] == ["Hosting yourself"]


def test_what_lacks_a_price_is_at_least_so_much() -> None:
    own = shown(changed(ARTICLE, server__ec2__instance_type="m9.large")).rows[0]
    assert [cell.endswith(" + ?") for cell in own[1:]] == [True, True, False, True, True]
