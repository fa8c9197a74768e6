"""A month of the horizon in words."""

import pytest

from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.wording.growth import (
    month_in_figures,
    plan_in_words,
    verdict_in_words,
)
from tests.support import ARTICLE, BOOK, changed

SMALL = ManagedPlan(
    id="hub_small", name="The Hub Small", base_usd=100.0, most_seats=10.0, next_size="hub_big"
)
BIG = ManagedPlan(id="hub_big", name="The Hub Big", base_usd=5000.0, most_seats=20.0)


def verdict(users: tuple[FromMonth, ...], plan: ManagedPlan = SMALL, start: str = "") -> str:
    growth = (Growth(path="team.users", by="table", values=users),) if users else ()
    scenario = changed(ARTICLE, growth=growth, start=start, team__users=5.0)
    return verdict_in_words(projection(scenario, BOOK, plan, (SMALL, BIG)))


def test_which_side_is_cheaper_is_said_where_it_never_changes() -> None:
    assert verdict(()) == "The Hub Small stays cheaper in all 36 months"
    assert verdict((), BIG) == "The Hub Big stays dearer in all 36 months"
    assert verdict_in_words(projection(ARTICLE, BOOK)) == ""


def test_sizes_are_named_by_what_tells_them_apart() -> None:
    moved = (FromMonth(month=13, value=15.0),)
    assert verdict(moved, start="2027-01") == (
        "The Hub Small becomes dearer in month 13 (Jan 2028) · Big from month 13 (Jan 2028)"
    )
    too_many = (FromMonth(month=13, value=15.0), FromMonth(month=25, value=30.0))
    assert verdict(too_many) == (
        "The Hub Small becomes dearer in month 13 · Big from month 13 · too small from month 25"
    )
    assert verdict(too_many, BIG) == (
        "The Hub Big stays dearer while it has room · too small from month 25"
    )


@pytest.mark.parametrize(
    ("users", "words"), [(15.0, "The Hub Big"), (30.0, "The Hub Small, too small from month 1")]
)
def test_a_plan_without_room_at_first_gives_way_to_a_size_that_has(
    users: float, words: str
) -> None:
    found = projection(changed(ARTICLE, team__users=users), BOOK, SMALL, (SMALL, BIG))
    assert found.held and plan_in_words(found.held, "") == words
    assert verdict_in_words(found) == words


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
