"""What the companions of a deployment have in common, each figure worked out by hand."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.model.network.helpers import line
from tests.support import ARTICLE, BOOK, NOTHING, changed, own_rate


def test_a_free_quantity_of_an_own_rate_is_taken_off_once() -> None:
    """750 free hours of an address, as an account has them in its first year."""
    addresses = changed(
        ARTICLE,
        network__public_addresses=2.0,
        own_rates=(own_rate("ipv4/in_use", (0.0, 0.005), free=750.0),),
    )
    charge = line(addresses, "Public IPv4 addresses")
    assert charge.effective_cost == pytest.approx((2 * 720 - 750) * 0.005)


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


def test_dashboards_are_free_up_to_three_unless_a_rate_says_otherwise() -> None:
    used = changed(ARTICLE, network__metrics__used=True, network__metrics__dashboards=5.0)

    def cost(scenario: Scenario, book: PriceBook = BOOK) -> float:
        charges = estimate(scenario, book).charges
        return next(float(c.effective_cost) for c in charges if c.line.endswith("/dashboards"))

    assert cost(used) == 6.0
    assert cost(changed(used, network__metrics__dashboards=3.0)) == 0.0
    teams = {"labor__access__separation": "deployments", "labor__access__teams": 3.0}
    assert cost(changed(used, **teams)) == 6.0  # the account's, not each deployment's
    assert cost(changed(used, own_rates=(own_rate("dashboards/dashboard", (0.0, 2.0)),))) == 10.0
    # A price that nobody knows is none where all are free.
    unpriced = estimate(used, NOTHING).unpriced
    free = changed(used, network__metrics__dashboards=3.0)
    assert estimate(free, NOTHING).unpriced == unpriced - 1


PROXIED = changed(
    ARTICLE,
    network__through_server=True,
    network__proxied_gb=1_000.0,
    network__load_balancer__kind="alb",
    network__nat__used=True,
)


def moved(scenario: Scenario) -> set[str]:
    """The lines that the switch makes dearer."""
    off = {
        c.line: float(c.effective_cost)
        for c in estimate(changed(scenario, network__through_server=False), BOOK).charges
    }
    on = {c.line: float(c.effective_cost) for c in estimate(scenario, BOOK).charges}
    assert off.keys() == on.keys()
    assert all(on[line] >= off[line] for line in on)
    return {line.removeprefix("network/") for line in on if on[line] > off[line]}


def test_artifacts_through_the_server_pass_what_stands_on_their_way() -> None:
    every = {"transfer/zones", "load_balancer/capacity", "nat/data"}
    assert moved(PROXIED) == every
    assert moved(changed(PROXIED, network__nat__s3_endpoint=True)) == every - {"nat/data"}
    assert moved(
        changed(PROXIED, network__load_balancer__kind="none", network__nat__used=False)
    ) == {"transfer/zones"}
    assert moved(changed(PROXIED, network__proxied_zones=0.0)) == every - {"transfer/zones"}


@pytest.mark.parametrize("store", ["ebs", "efs", "minio"])
def test_a_store_inside_the_network_is_reached_by_no_gateway(store: str) -> None:
    scenario = changed(PROXIED, artifact_store__option=store)
    assert moved(scenario) == {"transfer/zones", "load_balancer/capacity"}
    assert "network.nat.s3_endpoint" not in {w.path for w in warnings(scenario, BOOK)}


def test_without_a_server_nothing_passes_through_it_which_is_said() -> None:
    none = changed(PROXIED, server__option="none")
    assert moved(none) == set()
    told = {w.path: w.text for w in warnings(none, BOOK)}
    assert "reach the store themselves" in told["network.through_server"]
    assert "network.through_server" not in {w.path for w in warnings(PROXIED, BOOK)}


def test_a_gateway_endpoint_is_offered_where_artifacts_are_billed_by_the_nat_gateway() -> None:
    told = {w.path: w.text for w in warnings(PROXIED, BOOK)}
    assert "costs nothing" in told["network.nat.s3_endpoint"]
    with_endpoint = changed(PROXIED, network__nat__s3_endpoint=True)
    assert "network.nat.s3_endpoint" not in {w.path for w in warnings(with_endpoint, BOOK)}
