"""Which input stands behind a line of the bill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import active_at, places
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, RICH, SCENARIOS


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("replicas", "server.ec2.replicas"),
        ("discount", "server.discount"),
        ("usage.hours", "usage.hours"),
        ("no_such_field", ""),
        ("", ""),
    ],
)
def test_a_path_is_looked_for_from_the_option_outwards(path: str, found: str) -> None:
    server = estimate(ARTICLE, BOOK).charges[0]
    assert ARTICLE.field_behind(replace(server, path=path)) == found


def test_an_own_line_names_its_quantity() -> None:
    (firewall,) = (c for c in estimate(RICH, BOOK).charges if c.description == "Firewall")
    assert RICH.field_behind(firewall) == "own_lines.firewall.quantity"


def test_tiers_keep_the_path_of_their_line() -> None:
    s3 = next(c for c in estimate(ARTICLE, BOOK).charges if "S3" in c.description)
    tiers = replace(s3, path="stored_gb", price=BOOK.price("s3", "standard", "storage"))
    fields = {ARTICLE.field_behind(tier) for tier in tiers.by_tier("artifact_store", 0.0)}
    assert fields == {"artifact_store.stored_gb"}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_what_lines_name_is_an_input_that_counts(scenario: Scenario) -> None:
    active = {place.path for place in places(scenario) if place.active}
    named = [c for c in estimate(scenario, BOOK).charges if c.path]
    fields = {c: scenario.field_behind(c) for c in named}
    assert {fields[c] for c in named if c.is_worth_showing} <= active
    assert {active_at(scenario, path) for path in fields.values()} <= active
