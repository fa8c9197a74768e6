"""Why a common choice lost: one reason each, held against the book."""

from __future__ import annotations

from random import Random

import pytest

from mlflow_cost_desktop.analysis.alternatives import Search
from mlflow_cost_desktop.analysis.asked import in_words
from mlflow_cost_desktop.analysis.candidates import FILE
from mlflow_cost_desktop.analysis.why_not import IN_WORDS, WhyNot, why_not
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from tests.analysis.test_alternatives import ARTICLE, US_EAST, with_needs
from tests.shared.random_scenarios import random_scenario


def lost(scenario: Scenario = ARTICLE) -> dict[str, WhyNot]:
    return {one.choice: one for one in why_not(Search(scenario, US_EAST))}


def test_each_ground() -> None:
    found = lost()
    assert found["EC2 t3.medium"].reason == "4 GiB is less than the 8 asked for"
    assert found["EC2 t4g.large"].reason.startswith("burstable")
    assert found["EC2 m5.large (reserved 3 years, standard, no upfront)"].reason == (
        "binds for 36 months, longer than the 12 allowed"
    )
    assert found["S3 Glacier Deep Archive"].reason == (
        "what is kept must be restored before it can be read"
    )
    assert found["SQLite on the server’s disk"].reason == (
        "one writer at a time, and 5 write at once"
    )
    convertible = found["EC2 m5.large (reserved 1 year, convertible, no upfront)"]
    assert (convertible.ground, convertible.cost) == ("unknown", None)
    assert "ec2/m5.large/1y/convertible/no_upfront" in convertible.reason
    assert found["EC2 m5.large (spot)"].cost is None
    file = lost(with_needs(replace(ARTICLE, "server.option", "fargate"), writers=1.0))
    assert file["SQLite on the server’s disk"].ground == "server"
    assert file["SQLite on the server’s disk"].reason == IN_WORDS[FILE]
    listed = lost(with_needs(estimated=False))
    plan = "EC2 m5.large (EC2 Instance Savings Plan 1 year, no upfront)"
    assert (listed[plan].ground, listed[plan].reason) == ("estimated", "its price is estimated")


def test_what_is_not_known_is_never_dearer() -> None:
    for seed in range(12):
        for one in why_not(Search(random_scenario(Random(seed)), US_EAST)):
            if one.ground == "dearer":
                assert one.cost is not None
            assert one.reason
            assert (one.cost is None) or one.cost >= 0


def test_dearer_by_what_it_costs_more_than_the_best_of_its_part() -> None:
    found = lost()["Fargate x86 2 vCPU · 8 GB"]
    search = Search(ARTICLE, US_EAST)
    best = min(
        (one for one in why_not(search) if one.ground == "dearer" and one.part == "server"),
        key=lambda one: one.cost or 0.0,
    )
    assert found.cost is not None
    assert best.cost is not None
    assert best.cost <= found.cost
    assert "dearer than EC2 m6g.large" in found.reason or "dearer than EC2 m5.large" in found.reason


def test_the_chosen_one_is_none_of_them() -> None:
    chosen = in_words(ARTICLE.server.chosen)
    assert chosen not in lost()
    assert all(one.part in ("metadata_store", "artifact_store") for one in lost(
        replace(ARTICLE, "server.option", "own_machine")
    ).values())  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_one_line_each(seed: int) -> None:
    found = why_not(Search(random_scenario(Random(seed)), US_EAST))
    names = [(one.part, one.choice) for one in found]
    assert len(names) == len(set(names))
