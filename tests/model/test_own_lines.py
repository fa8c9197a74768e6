"""Lines of the user's own that are a part of others: percentages, and the provider's support."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.own import OwnLine
from tests.support import ARTICLE, BOOK, changed, recomputes_to_the_cent

TAX = OwnLine(id="tax", name="Tax", by="percent", percent=19.0)
SUPPORT = OwnLine(id="support", name="Support", component="network", by="support")


def bill(*lines: OwnLine, **values: object) -> Estimate:
    return estimate(changed(ARTICLE, own_lines=lines, **values), BOOK)


def of(outcome: Estimate, group: str) -> list[Charge]:
    return [charge for charge in outcome.charges if charge.group == group]


def test_a_percentage_is_taken_of_the_parts_that_are_named() -> None:
    (tax,) = of(bill(TAX), "tax")
    without = bill()
    assert tax.effective_cost == pytest.approx(0.19 * float(without.infrastructure))
    (of_labor,) = of(bill(TAX.model_copy(update={"of_labor": True})), "tax")
    assert of_labor.effective_cost == pytest.approx(0.19 * float(without.effective_cost))
    assert tax.component == "server"
    assert tax.explanation.endswith("USD × $0.19 / USD = $41.44")


def test_discounts_and_other_lines_count_and_percentages_do_not() -> None:
    firewall = OwnLine(id="firewall", name="Firewall", usd=100.0)
    both = bill(firewall, TAX, TAX.model_copy(update={"id": "second"}), discount=50.0)
    (tax,), (second,) = of(both, "tax"), of(both, "second")
    plain = bill(firewall, discount=50.0)
    assert tax.effective_cost == second.effective_cost
    assert tax.effective_cost == pytest.approx(0.19 * float(plain.infrastructure))
    # Lines stand with their part, whatever they follow.
    order = [charge.component for charge in both.charges]
    assert order == sorted(order, key=list(dict.fromkeys(order)).index)


@pytest.mark.parametrize(
    ("billed", "plan", "cost"),
    [
        # The examples of https://aws.amazon.com/premiumsupport/pricing/
        (2_000.0, "developer", 60.0),
        (85_000.0, "business", 6_150.0),
        (1_200_000.0, "enterprise", 70_500.0),
        # Both sides of each minimum
        (900.0, "developer", 29.0),
        (999.0, "business", 100.0),
        (1_001.0, "business", 100.1),
        (0.0, "business", 100.0),
        (150_000.0, "enterprise", 15_000.0),
        (300_000.0, "business", 1_000 + 4_900 + 8_500 + 1_500),
    ],
)
def test_support_plans_have_steps_and_a_minimum(billed: float, plan: str, cost: float) -> None:
    line = SUPPORT.model_copy(update={"plan": plan})
    terms = ARTICLE.terms(BOOK)
    used = estimate(changed(ARTICLE, server__ec2__replicas=1.0), BOOK).charges[0]
    # A line of the provider's that costs just so much.
    replicas = billed / float(used.effective_cost)
    scenario = changed(
        ARTICLE,
        server__ec2__replicas=1.0,
        metadata_store__option="sqlite",
        artifact_store__stored_gb=0.0,
    )
    other = estimate(swept(scenario, "server.ec2.replicas", np.array([replicas])), BOOK).charges
    found = [t for c in line.charges(terms, other) for t in c.by_tier("network", 0.0)]
    assert sum(float(np.ravel(c.effective_cost)[0]) for c in found) == pytest.approx(cost)


def test_support_is_of_what_the_provider_bills_alone() -> None:
    firewall = OwnLine(id="firewall", name="Firewall", usd=1e6)
    lines = of(bill(firewall, SUPPORT), "support")
    base = sum(float(c.effective_cost) for c in bill().charges if c.price.has_key)
    steps = [c for c in lines if c.word == "support"]
    assert sum(float(c.effective_cost) for c in steps) == pytest.approx(0.1 * base)
    assert [c.part for c in steps] == ["tier_1", "tier_2", "tier_3", "tier_4"]
    (least,) = (c for c in lines if c.word == "minimum")
    assert least.effective_cost == pytest.approx(100 - 0.1 * base)
    assert {c.price.state for c in lines} == {"listed"}
    assert all(recomputes_to_the_cent(c.explanation) for c in lines)


def test_percentages_sweep() -> None:
    scenario = changed(ARTICLE, own_lines=(TAX, SUPPORT))
    stored = np.array([0.0, 1_024.0, 1e6])
    at_once = estimate(swept(scenario, "artifact_store.stored_gb", stored), BOOK).effective_cost
    each = [
        float(estimate(changed(scenario, artifact_store__stored_gb=float(gb)), BOOK).effective_cost)
        for gb in stored
    ]
    np.testing.assert_allclose(at_once, each)
