"""What is offered, at what price, and when no longer."""

import re

import pytest

from mlflow_cost_desktop.analysis.suggestions import Suggestion, suggestions
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, NOTHING, changed


def offered(scenario: Scenario, component: str) -> dict[str, Suggestion]:
    return {suggestion.id: suggestion for suggestion in suggestions(scenario, BOOK, (component,))}


RESERVATION = "server.ec2.reservation"


def test_a_reservation_that_pays_is_offered_with_its_cost_and_hours() -> None:
    suggestion = offered(ARTICLE, "server")[RESERVATION]
    # By hand: 720 × 0.06 = 43.20 of 720 × 0.096 = 69.12; 43.20 ÷ 0.096 = 450 h.
    assert suggestion.text == (
        "A one-year reservation without upfront payment would bring this to $43.20 a month "
        "(−38 %); it pays from 450 h of usage a month."
    )
    assert suggestion.button == "Apply"
    after = suggestion.edits.applied(ARTICLE)
    assert PLAIN.money(float(estimate(after, BOOK).by_component["server"])) == "$43.20"
    assert RESERVATION not in offered(after, "server")


def test_a_reservation_that_does_not_pay_is_told_without_a_button() -> None:
    suggestion = offered(changed(ARTICLE, usage__hours=160.0), "server")[RESERVATION]
    assert suggestion.text == (
        "A one-year reservation without upfront payment pays from 450 h of usage a month."
    )
    assert (suggestion.button, suggestion.edits.edits) == ("", ())


def test_hours_are_whole_whatever_else_the_estimate_holds() -> None:
    """Where the costs cross is found to the last digits: a little above 450 is not 451."""
    for commitment in ("on_demand", "1y_all_upfront"):
        other = changed(ARTICLE, metadata_store__rds__commitment=commitment, usage__hours=160.0)
        assert "pays from 450 h" in offered(other, "server")[RESERVATION].text


def test_a_commitment_says_from_when_it_beats_on_demand() -> None:
    reserved = offered(ARTICLE, "server")[RESERVATION].edits.applied(ARTICLE)
    suggestion = offered(reserved, "server")["server.ec2.on_demand"]
    assert suggestion.text == "The commitment beats on demand from 450 h of usage a month."
    assert suggestion.button == ""


def test_a_commitment_that_does_not_pay_is_taken_back() -> None:
    reserved = offered(ARTICLE, "server")[RESERVATION].edits.applied(ARTICLE)
    suggestion = offered(changed(reserved, usage__hours=160.0), "server")["server.ec2.on_demand"]
    # By hand: 160 × 0.096 = 15.36 of 720 × 0.06 = 43.20.
    assert suggestion.text == (
        "On demand would bring this to $15.36 a month (−64 %); the commitment pays from 450 h of "
        "usage a month."
    )
    assert suggestion.edits.applied(reserved).server.ec2.purchase == "on_demand"


def test_a_plan_for_tasks_is_offered_at_the_discount_that_is_typed() -> None:
    tasks = changed(ARTICLE, server__option="fargate", server__fargate__plan_discount=25.0)
    suggestion = offered(tasks, "server")["server.fargate.reservation"]
    # Vcpu and memory at three quarters of their price: 0.75 × 720 = 540 h.
    assert suggestion.text.startswith("A one-year Compute Savings Plan at 25 % off would bring")
    assert "(−25 %); it pays from 540 h of usage a month." in suggestion.text


def test_nodes_can_be_reserved_and_own_nodes_can_not() -> None:
    name = "server.kubernetes.reservation"
    pods = changed(ARTICLE, server__option="kubernetes")
    suggestion = offered(pods, "server")[name]
    assert suggestion.edits.applied(pods).server.kubernetes.node.machine.purchase == "reserved"
    own = changed(pods, server__kubernetes__node__kind="own_price")
    assert name not in offered(own, "server")


def test_a_reservation_without_a_price_is_not_offered() -> None:
    small = changed(ARTICLE, server__ec2__instance_type="t3.medium")
    assert RESERVATION not in offered(small, "server")
    assert not [o for o in suggestions(ARTICLE, NOTHING) if o.id.endswith("reservation")]


def test_a_schedule_is_held_against_hours_too() -> None:
    by_days = changed(ARTICLE, usage__by="schedule")
    assert "pays from 450 h" in offered(by_days, "server")[RESERVATION].text


def test_what_a_database_needs_is_offered_until_it_is_there() -> None:
    name = "metadata_store.rds.companions"
    suggestion = offered(ARTICLE, "metadata_store")[name]
    # A secret $0.40 and a key $1.
    assert suggestion.text == (
        "A database usually comes with a secret for the password and a key of your own: about "
        "$1.40 a month."
    )
    assert name not in offered(suggestion.edits.applied(ARTICLE), "metadata_store")


def test_several_replicas_are_asked_about_a_load_balancer() -> None:
    several = changed(ARTICLE, server__ec2__replicas=2.0)
    suggestion = offered(several, "server")["server.ec2.companions"]
    # 720 × 0.0225 = 16.20; 2 × 720 × 0.005 = 7.20.
    assert suggestion.text == (
        "Several replicas usually come with a load balancer ($16.20) and a public address in two "
        "zones ($7.20): about $23.40 a month before traffic."
    )
    with_one = changed(several, network__load_balancer__kind="nlb")
    assert "a load balancer" not in offered(with_one, "server")["server.ec2.companions"].text
    assert "network.companions" in offered(with_one, "network")


def test_what_a_region_has_no_price_for_is_said() -> None:
    (suggestion,) = (
        o for o in suggestions(ARTICLE, NOTHING) if o.id == "metadata_store.rds.companions"
    )
    assert "no known price here" in suggestion.text


def test_what_was_dismissed_is_not_offered_again() -> None:
    dismissed = changed(ARTICLE, dismissed_offers=(RESERVATION,))
    assert RESERVATION not in offered(dismissed, "server")
    assert "server.ec2.companions" in offered(dismissed, "server")


@pytest.mark.parametrize("hours", [0.0, 449.0, 451.0, 720.0])
def test_every_offer_does_what_it_says(hours: float) -> None:
    scenario = changed(ARTICLE, usage__hours=hours, server__ec2__replicas=2.0)
    now = float(estimate(scenario, BOOK).effective_cost)
    for suggestion in suggestions(scenario, BOOK):
        after = float(estimate(suggestion.edits.applied(scenario), BOOK).effective_cost)
        if suggestion.button == "Apply":
            assert after < now
        if suggestion.button == "Add":
            told = re.findall(r"about (\$[\d.,]+) a month", suggestion.text)
            assert told == [PLAIN.money(after - now)]


def test_tasks_on_fargate_usually_come_with_three_companions() -> None:
    tasks = changed(ARTICLE, server__option="fargate")
    suggestion = offered(tasks, "server")["server.fargate.companions"]
    # As above, and 5 GB of logs taken in and kept: 5 × 0.50 + 5 × 0.03 = 2.65.
    assert suggestion.text == (
        "Tasks on Fargate usually come with a load balancer ($16.20), a public address in two "
        "zones ($7.20) and logs in CloudWatch ($2.65): about $26.05 a month before traffic."
    )
    assert "server.fargate.companions" not in offered(suggestion.edits.applied(tasks), "server")
