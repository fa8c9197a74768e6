"""A month of the horizon in words."""

import pytest

from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.wording.growth import month_in_figures
from tests.support import ARTICLE, BOOK, changed


def test_a_month_says_what_it_costs_and_what_is_paid() -> None:
    said = month_in_figures(projection(ARTICLE, BOOK), 2, PLAIN)
    assert said.startswith("Month 2: effective $") and "cash $" in said
    assert "+ ?" not in said


@pytest.mark.parametrize("month", [1, 2, 36])
def test_both_say_that_a_line_lacks_its_price(month: int) -> None:
    unpriced = changed(ARTICLE, server__ec2__instance_type="m9.large")
    said = month_in_figures(projection(unpriced, BOOK), month, PLAIN)
    effective, cash = said.split(" · ")[0].split(", cash ")
    assert effective.endswith(" + ?") and cash.endswith(" + ?")
