"""What the companions of a deployment have in common, each figure worked out by hand."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.model.network.helpers import line
from tests.support import ARTICLE, BOOK, changed, own_rate


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
