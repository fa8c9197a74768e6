"""The tracking server on EC2 instances."""

from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.model.server.helpers import OFFICE, lines, server
from tests.support import BOOK, changed, own_rate


def test_surplus_credits_are_billed_of_t_types_alone() -> None:
    credits = {"server__ec2__surplus_vcpu_hours": 50.0}
    burst = changed(OFFICE, server__ec2__instance_type="t3.medium", **credits)
    assert estimate(burst, BOOK).unpriced == 1
    priced = changed(burst, own_rates=(own_rate("ec2_credits/t3", (0.0, 0.05)),))
    assert lines(priced)["Surplus CPU credits (t3)"].explanation == (
        "1 instance × 50 vCPU-h × $0.05 / vCPU-h = $2.50"
    )
    other = changed(OFFICE, **credits)
    assert server(other) == server(OFFICE)
