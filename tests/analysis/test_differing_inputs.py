"""The inputs that differ between scenarios: those that mean something, each once."""

from __future__ import annotations

import dataclasses

from mlflow_cost_desktop.analysis.comparison import column
from mlflow_cost_desktop.analysis.differing_inputs import (
    Difference,
    differing_inputs,
    inputs_of_all,
)
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, changed, own_rate


def between(*scenarios: Scenario) -> dict[str, Difference]:
    columns = [column("", scenario, BOOK) for scenario in scenarios]
    return {one.path: one for one in differing_inputs(inputs_of_all(columns))}


def values(one: Difference) -> list[object]:
    return [value.value if value else None for value in one.values]


def test_one_number_differs() -> None:
    (found,) = between(ARTICLE, changed(ARTICLE, artifact_store__stored_gb=700.0)).values()
    assert (found.path, values(found)) == ("artifact_store.stored_gb", [1024.0, 700.0])
    assert found.known.titles[0] == "Artifact store"


def test_nothing_differs_but_the_name() -> None:
    other = changed(ARTICLE, name="Other", author="Somebody", currency__code="EUR")
    assert between(ARTICLE, other) == {}


def test_another_option_brings_its_inputs() -> None:
    found = between(ARTICLE, changed(ARTICLE, server__option="fargate"))
    assert values(found["server.option"]) == ["ec2", "fargate"]
    assert values(found["server.ec2.instance_type"])[1] is None
    assert values(found["server.fargate.size"])[0] is None
    # What is zero where it means something is as good as not there.
    assert all(any(v not in (None, 0.0, False) for v in values(one)) for one in found.values())


def test_rates_and_rules_of_one_s_own() -> None:
    rate = own_rate("ec2/m5.large/on_demand", (0.0, 0.09))
    far = own_rate("ec2/m5.large/on_demand", (0.0, 0.09), region_id="eu-west-1")
    rule = Growth(path="team.users", amount=1.0)
    other = changed(ARTICLE, own_rates=(rate, far), growth=(rule,))
    found = between(ARTICLE, other)
    assert {path: values(one) for path, one in found.items()} == {
        "own_rates.ec2/m5.large/on_demand": [None, rate],
        "growth.team.users": [None, rule],
    }


def test_three_columns_have_three_values() -> None:
    others = [changed(ARTICLE, team__users=float(users)) for users in (5, 9)]
    found = between(ARTICLE, *others)["team.users"]
    assert values(found) == [ARTICLE.team.users, 5.0, 9.0]


def test_one_scenario_at_two_regions_differs_by_them_and_by_rates_of_its_own() -> None:
    rate = own_rate("ec2/m5.large/on_demand", (0.0, 0.09))
    here = changed(ARTICLE, own_rates=(rate,))
    there = changed(here, region_id="eu-west-1")
    far = dataclasses.replace(BOOK, region_id="eu-west-1")
    columns = [column("", here, BOOK), column("", there, far), column("", here, BOOK)]
    found = {one.path: values(one) for one in differing_inputs(inputs_of_all(columns))}
    assert found == {
        "region_id": ["us-east-1", "eu-west-1", "us-east-1"],
        "own_rates.ec2/m5.large/on_demand": [rate, None, rate],
    }
