"""What would turn the verdict: worked figures, whole things, room, and groups."""

from __future__ import annotations

from typing import Any

import pytest

from mlflow_cost_desktop.analysis.flips import Flip, Flips, flips
from mlflow_cost_desktop.analysis.managed_plans import offer_of
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.flips import flips_in_words, nearest_in_words
from tests.support import ARTICLE, BOOK, SCENARIOS, changed
from tests.support import PRICES as FIXED_PRICES

SHIPPED = read_plans(FIXED_PRICES / "managed")
SMALL = next(plan for plan in SHIPPED if plan.id == "sagemaker_small")
FILE = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
US_EAST = Shelf(FIXED_PRICES / "aws").book("us-east-1")
ENGINEER, HOURS, TIMES, USERS, STORED = (
    "labor.platform_engineer_usd",
    "labor.tasks.incidents.hours",
    "labor.tasks.incidents.times",
    "team.users",
    "artifact_store.stored_gb",
)
SAAS = ManagedPlan(
    id="saas",
    name="Saas",
    base_usd=100.0,
    included_seats=3.0,
    seat_usd=40.0,
    included_gb=24.0,
    gb_usd=0.05,
    hour_usd=0.25,
    migration_hours=0.0,
    exit_hours=0.0,
)


def by_path(found: Flips) -> dict[str, Flip]:
    return {flip.place.path: flip for flip in found.flips}


def priced(**fields: Any) -> ManagedPlan:
    return ManagedPlan.model_validate({**SAAS.model_dump(), **fields})


def difference(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> float:
    found = offer_of(plan.id, scenario, book, (plan,), estimate(scenario, book))
    assert found is not None
    return float(found.difference)


# --- Worked by hand ----------------------------------------------------------------


def test_against_sagemaker_small() -> None:
    found = flips(FILE, US_EAST, SMALL)
    assert found.difference == pytest.approx(-121.0622, abs=1e-4)
    flip = by_path(found)
    assert flip[ENGINEER].at == pytest.approx(60.7082, abs=5e-5)
    assert flip[HOURS].at == pytest.approx(2.0264, abs=5e-5)
    assert flip[TIMES].at == pytest.approx(1.3509, abs=5e-5)
    assert flip[ENGINEER].relative == pytest.approx(-0.336, abs=5e-4)
    first, second = flips_in_words(found, PLAIN)
    assert first == "SageMaker MLflow Small is $121.06 cheaper than hosting it yourself."
    assert second.startswith(
        "Hosting it yourself wins if one of these holds, everything else as it is: "
        "Maintenance · Platform engineer below $60.71 / h (now $91.40 / h, −34 %); "
    )
    # What has to be passed is one word, which is never cut.
    nearest = nearest_in_words(found, PLAIN)
    assert nearest.split(" ")[:3] == ["unless", "Platform", "engineer"]
    assert nearest.replace("\N{NO-BREAK SPACE}", " ").endswith(" below $60.71 / h")
    assert len(nearest.split(" ")) == 4


def test_seats_and_storage() -> None:
    service = priced(base_usd=300.0, hour_usd=0.0, gb_usd=0.2)
    flip = by_path(flips(ARTICLE, BOOK, service))
    # 300 + 40 × (n − 3) + 200 = 659.8587 between six and seven
    assert flip[USERS].at == 7.0
    # 300 + 80 + 0.2 × (GB − 24) = 659.8587 + 0.023 × (GB − 1,024)
    assert flip[STORED].at == pytest.approx(1475.179, abs=1e-3)
    assert flip[STORED].rises


# --- Each flip is one --------------------------------------------------------------


@pytest.mark.parametrize("name", ["article", "on demand", "percentages", "own rates"])
@pytest.mark.parametrize("usd", [0.0, 400.0, 5000.0])
def test_the_verdict_turns_there_and_not_before(name: str, usd: float) -> None:
    scenario, plan = SCENARIOS[name], priced(base_usd=usd)
    found = flips(scenario, BOOK, plan)
    now = difference(scenario, BOOK, plan)
    assert found.difference == pytest.approx(now)
    assert found.flips
    for flip in found.flips:
        is_whole = flip.place.spec.counts_whole
        away = 1.0 if is_whole else max(abs(flip.at), 1.0) * 1e-4
        beyond, before = (flip.at, flip.at - away) if is_whole else (flip.at + away, flip.at - away)
        if not flip.rises:
            beyond, before = (
                (flip.at, flip.at + away) if is_whole else (flip.at - away, flip.at + away)
            )
        lower = flip.place.spec.lower or 0.0
        turned = replace(scenario, flip.place.path, max(beyond, lower))
        same = replace(scenario, flip.place.path, max(before, lower))
        assert difference(turned, BOOK, plan) * now < 0, flip.place.path
        assert difference(same, BOOK, plan) * now > 0, flip.place.path


def test_the_nearest_is_first() -> None:
    near = [flip.relative for flip in flips(FILE, US_EAST, SMALL).flips]
    known = [abs(relative) for relative in near if relative is not None]
    assert known == sorted(known)
    assert near[: len(known)] == [relative for relative in near if relative is not None]


def test_a_whole_thing_names_the_next_whole_number() -> None:
    dear = priced(base_usd=900.0, seat_usd=0.0, gb_usd=0.0, hour_usd=0.0)
    replicas = by_path(flips(FILE, US_EAST, dear))["server.ec2.replicas"]
    assert replicas.at == 5.0  # 659.86 + 69.12 × 4 is more than 900
    assert replicas.rises


# --- Room --------------------------------------------------------------------------


def test_users_that_the_plan_has_no_room_for_turn_the_verdict() -> None:
    flip = by_path(flips(FILE, US_EAST, SMALL))[USERS]
    assert (flip.at, flip.is_too_small) == (26.0, True)
    found = flips(replace(FILE, USERS, 20.0), US_EAST, SMALL)
    assert by_path(found)[USERS].is_too_small
    said = " ".join(flips_in_words(found, PLAIN))
    assert (
        "Team · Users at least 26 users, where the plan is too small (now 20 users, +30 %)" in said
    )


def test_a_plan_that_has_no_room_now_is_held_by_its_cost() -> None:
    found = flips(replace(FILE, USERS, 40.0), US_EAST, SMALL)
    assert found.difference == pytest.approx(-121.0622, abs=1e-4)
    assert USERS not in by_path(found)


# --- The plan's own figures, groups, nothing ---------------------------------------


def test_the_figures_of_a_plan_are_inputs_where_they_are_the_user_s() -> None:
    path = "plans.sagemaker_small.hour_usd"
    assert path not in by_path(flips(FILE, US_EAST, SMALL))
    mine = replace(FILE, "plans", (SMALL,))
    assert by_path(flips(mine, US_EAST, SMALL))[path].at == pytest.approx(0.6 + 121.0622 / 720)
    assert "plans.sagemaker_small.most_seats" not in by_path(flips(mine, US_EAST, SMALL))


def test_groups_turn_in_proportion() -> None:
    people = Range(path=HOURS, low=3.0, high=12.0, moves_with="People")
    often = Range(path=TIMES, low=2.0, high=8.0, moves_with="People")
    found = flips(replace(FILE, "ranges", (people, often)), US_EAST, SMALL)
    factor = {group.key: group.factor for group in found.groups}
    assert factor["labor"] == pytest.approx(60.7082 / 91.4, abs=1e-5)
    assert factor["rates"] == pytest.approx(60.7082 / 91.4, abs=1e-5)
    assert factor["People"] == pytest.approx((2.0264 / 6) ** 0.5, abs=1e-4)
    assert [group.is_named for group in found.groups if group.key == "People"] == [True]
    # 121.06 = 81.24 × (f − 1) of moving in and out
    assert factor["moving"] == pytest.approx(1 + 121.0622 / 81.2444, abs=1e-4)


def test_where_no_input_alone_turns_it_groups_do() -> None:
    tasks = tuple(
        task.model_copy(update={"id": f"task_{at}", "hours": 2.0, "times": 1.0, "period": "month"})
        for at, task in enumerate([FILE.labor.tasks[0]] * 8)
    )
    shared = changed(FILE, labor__tasks=tasks, labor__rates="typed")
    dear = priced(base_usd=60.0, seat_usd=0.0, gb_usd=0.0, hour_usd=0.0, tasks=())
    plan = dear.model_copy(update={"tasks": tuple(task.id for task in tasks)})
    found = flips(shared, US_EAST, plan)
    assert found.difference < 0
    one_by_one = {path for path in by_path(found) if path.startswith("labor.tasks.")}
    assert one_by_one == set()


def test_the_verdict_that_nothing_turns_says_so() -> None:
    free = priced(base_usd=0.0, seat_usd=0.0, gb_usd=0.0, hour_usd=0.0, price="free")
    without = changed(FILE, labor__tasks=(), server__option="ec2")
    found = flips(without, US_EAST, free)
    assert (found.flips, found.groups) == ((), ())
    *_, last = flips_in_words(found, PLAIN)
    assert last == "No single input turns that, nor do several in proportion."
    assert nearest_in_words(found, PLAIN) == "whatever input changes"


def test_two_that_cost_the_same_have_no_verdict() -> None:
    nothing = changed(FILE, labor__tasks=())
    own = float(estimate(nothing, US_EAST).effective_cost)
    same = priced(base_usd=own, seat_usd=0.0, gb_usd=0.0, hour_usd=0.0)
    found = flips(nothing, US_EAST, same)
    if found.difference == 0.0:
        assert found.flips == ()
    assert next(iter(flips_in_words(found, PLAIN))) == (
        "Saas costs as much as hosting it yourself."
    )


# --- Of labor and of moving --------------------------------------------------------


def test_the_verdict_that_turns_on_opportunity_cost_says_so() -> None:
    forgone = changed(ARTICLE, labor__opportunity="month", labor__opportunity_usd_per_month=2000.0)
    found = flips(forgone, BOOK, priced(base_usd=2000.0))
    flip = by_path(found)["labor.opportunity_usd_per_month"]
    assert flip.at < 2000.0
    assert "Value forgone below" in " ".join(flips_in_words(found, PLAIN))


def test_the_hours_of_moving_turn_it_as_a_group() -> None:
    hobby = changed(ARTICLE, labor__tasks=(), horizon_months=12.0)
    moving = priced(
        base_usd=0.0, seat_usd=0.0, hour_usd=0.01, migration_hours=16.0, exit_hours=16.0
    )
    found = flips(hobby, BOOK, moving)
    # 50 of storage + 7.20 + 2 × 16 × 91.40 ÷ 12 against 218.09
    assert found.difference > 0
    factor = {group.key: group.factor for group in found.groups}["moving"]
    assert factor == pytest.approx((218.092 - 57.2) / (32 * 91.4 / 12), abs=1e-4)


def test_a_share_of_a_position_turns_it() -> None:
    (upgrades,) = (task for task in DEFAULT_TASKS if task.id == "upgrades")
    by_share = upgrades.model_copy(update={"by": "position", "position": 12.0})
    scenario = changed(ARTICLE, labor__tasks=(by_share,))
    found = flips(scenario, BOOK, ManagedPlan(id="plan", name="Plan", base_usd=500.0))
    assert "labor.tasks.upgrades.position" in by_path(found)


def test_every_input_that_turns_it_is_told_work_that_is_done_once_as_well() -> None:
    hobby = read_scenario(resources_dir() / "scenarios" / "hobby.mlcost").scenario
    found = flips(hobby, US_EAST, SMALL)
    path = "labor.tasks.exit.times"
    assert path in by_path(found)
    just_below, just_above = (
        difference(replace(hobby, path, by_path(found)[path].at * part), US_EAST, SMALL)
        for part in (0.999, 1.001)
    )
    assert just_below * just_above < 0.0
