"""The companions of a deployment, each figure worked out by hand."""

import pytest

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed, own_rate


def line(scenario: Scenario, description: str) -> Charge:
    found = [c for c in estimate(scenario, BOOK).charges if c.description == description]
    assert len(found) == 1, description
    return found[0]


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


def test_requests_of_keys_are_free_up_to_twenty_thousand_unless_a_rate_says_otherwise() -> None:
    keys = changed(ARTICLE, network__secrets__used=True, network__secrets__key_requests=20_000.0)
    assert line(keys, "Requests of keys").effective_cost == 0
    more = changed(keys, network__secrets__key_requests=30_000.0)
    assert line(more, "Requests of keys").effective_cost == pytest.approx(0.03)
    own = changed(keys, own_rates=(own_rate("kms/requests", (0.0, 0.05)),))
    assert line(own, "Requests of keys").effective_cost == pytest.approx(0.10)


def test_a_free_quantity_of_an_own_rate_is_taken_off_once() -> None:
    """750 free hours of an address, as an account has them in its first year."""
    addresses = changed(
        ARTICLE,
        network__public_addresses=2.0,
        own_rates=(own_rate("ipv4/in_use", (0.0, 0.005), free=750.0),),
    )
    charge = line(addresses, "Public IPv4 addresses")
    assert charge.effective_cost == pytest.approx((2 * 720 - 750) * 0.005)


def test_transfer_to_the_scenario_s_own_region_is_not_billed_but_said() -> None:
    here = changed(ARTICLE, network__destination="us-east-1", network__region_gb=100.0)
    assert not any(c.description.startswith("Transfer to") for c in estimate(here, BOOK).charges)
    assert "network.destination" in {notice.path for notice in warnings(here, BOOK)}


def test_nothing_is_billed_of_what_is_not_used() -> None:
    network = [c for c in estimate(ARTICLE, BOOK).charges if c.component == "network"]
    assert sum(float(c.effective_cost) for c in network) == 0


def test_each_deployment_has_companions_of_its_own_and_data_are_shared() -> None:
    shared = changed(
        ARTICLE,
        network__public_addresses=1.0,
        network__nat__used=True,
        network__nat__processed_gb=100.0,
        network__logs__used=True,
        network__secrets__used=True,
    )
    by_team = changed(shared, labor__access__separation="deployments", labor__access__teams=3.0)
    for what, times in (
        ("Public IPv4 addresses", 3),
        ("NAT gateway", 3),
        ("Secrets", 3),
        ("Keys", 3),
        ("Addresses of NAT gateways", 3),
        ("Data through NAT gateways", 1),
        ("Logs taken in", 1),
    ):
        once, now = (float(line(s, what).effective_cost) for s in (shared, by_team))
        assert now == pytest.approx(once * times), what


def test_what_is_left_out_is_named_until_it_is_there() -> None:
    assert "NAT gateways" in ARTICLE.network.left_out
    with_nat = changed(ARTICLE, network__nat__used=True).network.left_out
    assert "NAT gateways" not in with_nat
