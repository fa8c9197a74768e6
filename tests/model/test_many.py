"""Names of sizes as arrays: an estimate of many is the estimate of each, whatever the option."""

from collections.abc import Iterator

import numpy as np
import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import Place, drawn, replace, swept
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import InstanceType, PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import PRICES, SCENARIOS, changed, leaves, own_rate

BOOK = Shelf(PRICES / "aws").book("us-east-1")
KNOWN = ("m5.large", "t3.medium", "t4g.medium", "m6g.large", "r5.large", "c5.large", "m7g.large")
UNKNOWN = "m9.large"
TOTALS = ("list_cost", "contracted_cost", "effective_cost", "billed_cost", "horizon_total")


def names_for(place: Place) -> list[str]:
    """Sizes that are sold, and one that nobody knows where any may be typed."""
    if place.spec.choices:
        return list(place.spec.choices)
    prefix = "db." if place.spec.chooser and "class" in place.spec.chooser.name else ""
    return [f"{prefix}{name}" for name in (*KNOWN, UNKNOWN)]


def cases() -> Iterator[tuple[str, str]]:
    for name, scenario in SCENARIOS.items():
        if name == "own rates":  # of which some have tiers, see below
            continue
        for place in leaves(scenario):
            if place.spec.takes_many and not place.spec.is_number:
                yield name, place.path


CASES = list(cases())


def figures(outcome: Estimate) -> dict[str, Value]:
    totals: dict[str, Value] = {total: getattr(outcome, total) for total in TOTALS}
    counts = {"unpriced": outcome.unpriced, "estimated": outcome.estimated}
    return totals | counts | outcome.by_component


def assert_each(scenario: Scenario, path: str, names: list[str], book: PriceBook) -> None:
    at_once = figures(estimate(swept(scenario, path, np.array(names)), book))
    singles = [figures(estimate(replace(scenario, path, name), book)) for name in names]
    for figure, many in at_once.items():
        expected = np.array([single[figure] for single in singles], dtype=float)
        actual = np.broadcast_to(np.asarray(many, dtype=float), expected.shape)
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-9, err_msg=figure)


@pytest.mark.parametrize(("name", "path"), CASES)
def test_many_sizes_at_once_are_each_by_itself(name: str, path: str) -> None:
    scenario = SCENARIOS[name]
    place = next(place for place in leaves(scenario) if place.path == path)
    assert_each(scenario, path, names_for(place), BOOK)


def test_every_kind_of_size_was_tried() -> None:
    assert {path for _, path in CASES} >= {
        "server.ec2.instance_type",
        "server.fargate.size",
        "server.kubernetes.node.machine.instance_type",
        "metadata_store.rds.instance_class",
        "metadata_store.aurora.instance_class",
        "metadata_store.self_hosted.machine.instance_type",
        "artifact_store.minio.node.machine.instance_type",
    }


def test_surplus_credits_are_billed_of_t_types_among_others() -> None:
    scenario = changed(
        SCENARIOS["on demand"],
        server__ec2__surplus_vcpu_hours=10.0,
        own_rates=(),
    )
    assert_each(scenario, "server.ec2.instance_type", ["m5.large", "t3.medium"], BOOK)
    database = changed(
        scenario,
        metadata_store__rds__instance_class="db.t3.medium",
        metadata_store__rds__surplus_credits=10.0,
        own_rates=(own_rate("rds_credits/mysql/t3", (0.0, 0.075)),),
    )
    path = "metadata_store.rds.instance_class"
    assert_each(database, path, ["db.m5.large", "db.t3.medium", "db.t4g.medium"], BOOK)
    many = estimate(swept(database, path, np.array(["db.m5.large", "db.t3.medium"])), BOOK)
    credits = next(c for c in many.charges if c.word == "surplus_credits" and "metadata" in c.line)
    np.testing.assert_allclose(credits.effective_cost, [0.0, 0.75])


def test_an_own_rate_with_tiers_is_not_one_of_many() -> None:
    names = np.array(["m5.large", "t3.medium"])
    with pytest.raises(UserError, match="ec2/m5.large/on_demand has tiers or a free quantity"):
        estimate(swept(SCENARIOS["own rates"], "server.ec2.instance_type", names), BOOK)


def test_sizes_and_draws_together() -> None:
    types = np.array([["m5.large", "t3.medium"]])
    replicas = np.array([[1.0], [3.0]])
    scenario = changed(SCENARIOS["article"], horizon_months=2.0)
    values = {"server.ec2.instance_type": types, "server.ec2.replicas": replicas}
    outcome = estimate(drawn(scenario, values), BOOK)
    hours = outcome.charges[0]
    single = np.asarray(hours.price.usd) * 720.0
    np.testing.assert_allclose(hours.effective_cost, single * replicas)


def test_a_line_of_many_sizes_counts_them_in_its_words() -> None:
    machines = {f"x{n}.large": InstanceType(f"x{n}.large", 2, 8, "x86_64") for n in range(1500)}
    book = PriceBook(AWS, "us-east-1", "US East", {}, machines)
    outcome = estimate(
        swept(SCENARIOS["article"], "server.ec2.instance_type", np.array(list(machines))), book
    )
    assert outcome.charges[0].description == "Instance hours (any of 1,500, on demand)"
