"""Options of a chart and offers below forms are alike: the candidates and needs of the search."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.alike import alike_variants
from mlflow_cost_desktop.analysis.alternatives import Search, alternatives, cheapest_of, ways_of
from mlflow_cost_desktop.analysis.asked import asked_of, traits_of
from mlflow_cost_desktop.analysis.candidates import HOSTED, Pricer
from mlflow_cost_desktop.analysis.suggestions import Suggestion, suggestions
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.option import Component
from mlflow_cost_desktop.model.scenario import Scenario
from tests.analysis.test_alternatives import ARTICLE, US_EAST, with_needs
from tests.support import changed


def variants(scenario: Scenario, part: str) -> dict[str, Component]:
    return dict(alike_variants(scenario, US_EAST, part))


def test_pods_and_tasks_have_what_the_server_has() -> None:
    found = variants(ARTICLE, "server")
    terms = ARTICLE.terms(US_EAST)
    for name in ("ECS Fargate", "Kubernetes"):
        has = traits_of(found[name].chosen, terms)
        assert (has.vcpu, has.memory_gib) == (2.0, 8.0)
    several = changed(ARTICLE, server__ec2__replicas=3.0)
    assert variants(several, "server")["ECS Fargate"].chosen.tasks == 3.0  # type: ignore[attr-defined]  # Fargate


def test_what_is_larger_says_its_size() -> None:
    large = with_needs(db_memory_gib=9.0)
    names = set(variants(large, "metadata_store"))
    assert "Amazon RDS" in names  # the chosen one is as it is
    assert any(name.startswith("Aurora (") for name in names)


def test_cold_classes_count_what_is_read_back() -> None:
    read = changed(ARTICLE, artifact_store__s3__get_requests=100_000.0)
    found = variants(read, "artifact_store")
    cold = found["S3 Standard-IA"].chosen
    gigabytes = 100_000.0 * ARTICLE.artifact_store.s3.object_kb / 1_048_576.0
    assert cold.retrieved_gb == pytest.approx(gigabytes)  # type: ignore[attr-defined]  # S3
    assert found["S3 Standard"] == read.artifact_store


def test_archives_say_so() -> None:
    assert "S3 Glacier Deep Archive (restore first)" in variants(ARTICLE, "artifact_store")


@pytest.mark.parametrize("part", HOSTED)
def test_the_best_of_an_option_is_that_of_the_search(part: str) -> None:
    """Without a commitment, a line of the chart costs what the cheapest of its kind does."""
    scenario = with_needs(commitment_months=0.0, architecture="x86_64")
    search = Search(scenario, US_EAST, 60, (part,))
    listed = alternatives(search, {"us-east-1": lambda: US_EAST}).found
    at = HOSTED.index(part)
    for component in variants(scenario, part).values():
        if component.option == getattr(scenario, part).option:
            continue
        other = scenario.model_copy(update={part: component})
        cost = float(estimate(other, US_EAST).effective_cost)
        best = [one.cost for one in listed if one.kinds[at].partition("/")[0] == component.option]
        if best:  # else another part does not suit it
            assert cost == pytest.approx(min(best))


def offered(scenario: Scenario, ending: str) -> Suggestion | None:
    found = (one for one in suggestions(scenario, US_EAST) if one.id.endswith(ending))
    return next(found, None)


def test_a_reservation_that_is_offered_costs_what_the_search_says() -> None:
    offer = offered(ARTICLE, "server.ec2.reservation")
    assert offer is not None
    after = offer.edits.applied(ARTICLE)
    pricer = Pricer(ARTICLE, US_EAST)
    asked = asked_of(ARTICLE, pricer.terms)
    # Among the ways of the search that same one is found, at the same cost to the cent.
    found = [
        best
        for ways in ways_of(asked, pricer, "server")
        if "m5.large" in ways.sizes.tolist() and ways.name == "ec2"
        for best in [cheapest_of(asked, pricer, ways.only(ways.sizes == "m5.large"))]
        if best is not None and best.option == after.server.ec2
    ]
    cost = float(estimate(after, US_EAST).by_component["server"])
    assert [round(best.cost, 2) for best in found] == [round(cost, 2)]


@pytest.mark.parametrize(
    ("need", "value", "ending"),
    [
        ("needs.commitment_months", 0.0, "server.ec2.reservation"),
        ("needs.commitment_months", 6.0, "metadata_store.rds.reservation"),
    ],
)
def test_what_the_needs_leave_out_is_not_offered(need: str, value: float, ending: str) -> None:
    assert offered(ARTICLE, ending) is not None
    assert offered(replace(ARTICLE, need, value), ending) is None


def test_a_discount_that_is_assumed_is_not_offered_where_estimates_do_not_count() -> None:
    tasks = replace(ARTICLE, "server.option", "fargate")
    assert offered(tasks, "server.fargate.reservation") is not None
    assert offered(replace(tasks, "needs.estimated", False), "server.fargate.reservation") is None
