"""Load balancers and their capacity units, each figure worked out by hand."""

import pytest

from tests.model.network.helpers import line
from tests.support import ARTICLE, changed


@pytest.mark.parametrize(
    ("dimension", "value", "units"),
    [
        ("processed_gb", 1_440.0, 2.0),  # in 720 h
        ("new_connections", 100.0, 4.0),  # ÷ 25
        ("active_connections", 15_000.0, 5.0),  # ÷ 3,000
        ("requests", 300.0, 6.0),  # × (30 − 10) ÷ 1,000
    ],
)
def test_capacity_units_are_those_of_the_largest_dimension(
    dimension: str, value: float, units: float
) -> None:
    balanced = changed(
        ARTICLE,
        network__load_balancer__kind="alb",
        network__load_balancer__processed_gb=720.0,
        network__load_balancer__rules=30.0,
    )
    busier = changed(balanced, **{f"network__load_balancer__{dimension}": value})
    charge = line(busier, "Application load balancer, capacity units")
    assert charge.effective_cost == pytest.approx(units * 720 * 0.008)


@pytest.mark.parametrize("rules", [0.0, 1.0, 10.0])
def test_ten_rules_are_free(rules: float) -> None:
    balanced = changed(
        ARTICLE,
        network__load_balancer__kind="alb",
        network__load_balancer__requests=1_000.0,
        network__load_balancer__rules=rules,
    )
    assert line(balanced, "Application load balancer, capacity units").effective_cost == 0


def test_a_capacity_unit_says_what_it_is_larger_than() -> None:
    balanced = changed(
        ARTICLE,
        network__load_balancer__kind="nlb",
        network__load_balancer__processed_gb=1_440.0,
        network__load_balancer__new_connections=400.0,
    )
    assert line(balanced, "Network load balancer, capacity units").explanation == (
        "(1,440 GB ÷ 720 h ÷ 1 GB an hour) LCU [at least (400 connections a second ÷ "
        "800 connections a second)] × 720 h × $0.006 / LCU-h = $8.64"
    )
