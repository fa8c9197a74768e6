"""A month of the horizon in words."""

from typing import Any

import pytest

from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.wording.growth import (
    change_in_words,
    leaving_in_words,
    month_in_figures,
    plan_in_words,
    reasons_in_words,
    remarks_by_month,
    sizes_in_words,
    turn_or_none_in_words,
    verdict_in_words,
)
from tests.support import ARTICLE, BOOK, changed

STORED = "artifact_store.stored_gb"
SMALL = ManagedPlan(
    id="hub_small", name="The Hub Small", base_usd=100.0, most_seats=10.0, next_size="hub_big"
)
BIG = ManagedPlan(id="hub_big", name="The Hub Big", base_usd=5000.0, most_seats=20.0)


def verdict(users: tuple[FromMonth, ...], plan: ManagedPlan = SMALL, start: str = "") -> str:
    growth = (Growth(path="team.users", by="table", values=users),) if users else ()
    scenario = changed(ARTICLE, growth=growth, start=start, team__users=5.0)
    return verdict_in_words(projection(scenario, BOOK, plan, (SMALL, BIG)), PLAIN)


def test_which_side_is_cheaper_is_said_where_it_never_changes() -> None:
    assert verdict(()) == "The Hub Small stays cheaper in all 36 months"
    assert verdict((), BIG) == "The Hub Big stays dearer in all 36 months"
    assert verdict_in_words(projection(ARTICLE, BOOK), PLAIN) == ""


def test_sizes_are_named_by_what_tells_them_apart() -> None:
    moved = (FromMonth(month=13, value=15.0),)
    assert verdict(moved, start="2027-01") == (
        "The Hub Small becomes dearer in month 13 (Jan 2028) · Big from month 13 (Jan 2028)"
    )
    too_many = (FromMonth(month=13, value=15.0), FromMonth(month=25, value=30.0))
    assert verdict(too_many) == (
        "The Hub Small becomes dearer in month 13 · Big from month 13 · "
        "too small from month 25: Big has at most 20 seats, 30 needed"
    )
    assert verdict(too_many, BIG) == (
        "The Hub Big stays dearer while it has room · "
        "too small from month 25: at most 20 seats, 30 needed"
    )


@pytest.mark.parametrize(
    ("users", "words"),
    [
        (15.0, "The Hub Big"),
        (
            30.0,
            "The Hub Small, too small from month 1: Big has at most 20 seats, 30 needed",
        ),
    ],
)
def test_a_plan_without_room_at_first_gives_way_to_a_size_that_has(
    users: float, words: str
) -> None:
    found = projection(changed(ARTICLE, team__users=users), BOOK, SMALL, (SMALL, BIG))
    assert found.held and plan_in_words(found.held, "", PLAIN) == words
    assert verdict_in_words(found, PLAIN) == words


def test_that_it_never_turns_is_said_of_the_size_that_has_room() -> None:
    def said(users: float) -> str:
        scenario = changed(ARTICLE, team__users=users)
        return turn_or_none_in_words(projection(scenario, BOOK, SMALL, (SMALL, BIG)))

    assert said(5.0) == "The Hub Small stays cheaper in all 36 months"
    assert said(15.0) == "The Hub Big stays dearer in all 36 months"
    assert said(30.0) == ""
    assert turn_or_none_in_words(projection(ARTICLE, BOOK)) == ""


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


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": 20 / 24}, "+5 users every 6 months"),
        ({"amount": 0.25}, "+1 user every 4 months"),
        ({"amount": -0.5, "per": "year"}, "−1 user every 2 years"),
        ({"amount": 3.0}, "+3 users a month"),
        ({"amount": 0.8333}, "+0.8333 users a month"),
        ({"amount": 0.123456789}, "+0.1235 users a month"),
        ({"amount": 3.0, "until_month": 25}, "+3 users a month until month 25"),
        ({"by": "percent", "amount": 3.0, "per": "year"}, "+3 % a year"),
        (
            {"by": "percent", "amount": 100 * (2 ** (1 / 24) - 1)},
            "doubles every 24 months (+2.9302 % a month)",
        ),
        (
            {"by": "percent", "amount": 100 * (0.5**0.5 - 1), "per": "year"},
            "halves every 2 years (−29.2893 % a year)",
        ),
        ({"by": "percent", "amount": 2.93}, "+2.93 % a month"),
        ({"by": "percent", "amount": -100.0}, "−100 % a month"),
    ],
)
def test_an_amount_is_said_as_it_was_meant(fields: dict[str, Any], words: str) -> None:
    rule = Growth.model_validate({"path": "team.users", **fields})
    assert change_in_words(ARTICLE, rule, PLAIN) == words


def test_gigabytes_are_no_whole_things() -> None:
    def words(amount: float) -> str:
        return change_in_words(ARTICLE, Growth(path=STORED, amount=amount), PLAIN)

    assert words(0.5) == "+0.5 GB a month"
    assert words(1000 / 36) == "+250 GB every 9 months"


def test_what_becomes_of_what_is_stored_today_is_said() -> None:
    kept = Growth(path=STORED, amount=60.0, kept_months=24.0)
    scenario = changed(ARTICLE, growth=(kept,), start="2027-01")
    said = "+60 GB a month, deleted after 24 months (today’s 1,024 GB leave evenly until Jan 2029)"
    assert change_in_words(scenario, kept, PLAIN) == said
    why = reasons_in_words(projection(scenario, BOOK), "artifact_store", PLAIN)
    assert why == f"Artifacts kept {said}"
    nothing = changed(scenario, artifact_store__stored_gb=0.0)
    assert leaving_in_words(nothing, kept, PLAIN) == ""
    assert leaving_in_words(scenario, Growth(path=STORED, amount=60.0), PLAIN) == ""


def test_a_plan_that_moves_to_its_next_size_is_named_by_both() -> None:
    moved = (FromMonth(month=13, value=15.0), FromMonth(month=25, value=30.0))
    growth = (Growth(path="team.users", by="table", values=moved),)
    scenario = changed(ARTICLE, growth=growth, start="2027-01")
    found = projection(scenario, BOOK, SMALL, (SMALL, BIG))
    assert found.held
    assert sizes_in_words(found.held, "2027-01") == "The Hub Small, then Big from Jan 2028"
    assert sizes_in_words(found.held) == "The Hub Small, then Big from month 13"
    assert sizes_in_words(found.held, has_months=False) == "The Hub Small, then Big"
    still = projection(ARTICLE, BOOK, SMALL, (SMALL, BIG))
    assert still.held and sizes_in_words(still.held) == "The Hub Small"
    remarks = remarks_by_month(found, PLAIN)
    assert remarks[13] == "The Hub Small becomes dearer; Big from here on"
    assert remarks[25] == "too small from here on (Big has at most 20 seats, 30 needed)"
    assert [month for month in remarks if month not in (1, 36)] == [13, 25]
