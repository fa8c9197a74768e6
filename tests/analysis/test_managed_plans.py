"""Self-host or buy: what a plan replaces, and what stays."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.flips import Flips, flips
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import (
    Offer,
    all_plans,
    comparable,
    offer_of,
    offers,
    usage_of,
    with_plan,
)
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.unit_costs import unit_costs_in_words
from mlflow_cost_desktop.wording.verdict import (
    cost_in_words,
    difference_in_words,
    held_in_words,
    mark,
    parts,
    source_in_words,
    verdict,
)
from tests.model.test_by_hand import BY_HAND
from tests.shared.labor import DEFAULTS
from tests.support import ARTICLE, BOOK, PRICES, changed, recomputes_to_the_cent

SHIPPED = read_plans(PRICES / "managed")
BY_ID = {plan.id: plan for plan in SHIPPED}
SAAS = ManagedPlan(
    id="saas",
    name="Saas",
    base_usd=100.0,
    included_seats=3.0,
    seat_usd=40.0,
    included_gb=24.0,
    gb_usd=0.05,
    migration_hours=0.0,
    exit_hours=0.0,
)


def offer(scenario: Scenario, plan: ManagedPlan) -> Offer:
    (found,) = offers(scenario, BOOK, [plan], estimate(scenario, BOOK))
    return found


def lines(found: Offer) -> dict[str, str]:
    assert found.bought is not None
    return {c.description: c.explanation for c in found.bought.charges}


def test_a_plan_is_priced_by_seats_storage_and_hours() -> None:
    found = offer(ARTICLE, replace_plan(SAAS, hour_usd=0.25))
    assert lines(found)["Base fee"] == "1 month × $100 / month = $100.00"
    assert lines(found)["Seats"] == "(5 seats − 3 seats included) × $40 / seat = $80.00"
    assert lines(found)["Storage"] == "(1,024 GB − 24 GB included) × $0.05 / GB = $50.00"
    assert lines(found)["Server hours"] == "720 h × $0.25 / h = $180.00"
    assert all(map(recomputes_to_the_cent, lines(found).values()))
    assert found.fees == pytest.approx(410)


def replace_plan(plan: ManagedPlan, **values: object) -> ManagedPlan:
    return ManagedPlan.model_validate({**plan.model_dump(), **values})


def test_what_a_plan_replaces_and_what_stays_as_worked_out_by_hand() -> None:
    scenario = read_scenario(BY_HAND / "managed-plan.mlcost").scenario
    book = Shelf(PRICES / "aws").book(scenario.region_id)
    own = estimate(scenario, book)
    (found,) = offers(scenario, book, [BY_ID["sagemaker_small"]], own)
    text = (BY_HAND / "managed-plan.md").read_text(encoding="utf-8")
    by_hand = re.search(r"^Plan: (.*)$", text, re.MULTILINE)
    assert by_hand
    assert found.bought is not None
    assert PLAIN.money(float(found.bought.effective_cost)) == by_hand[1]
    assert PLAIN.money(found.fees) == "$434.00"
    assert float(found.infrastructure_difference) == pytest.approx(239.46)
    assert float(found.labor_difference) == pytest.approx(-401.1444, abs=1e-4)
    stays = [charge.description for charge in found.stays if charge.effective_cost]
    assert stays == [
        "S3 Standard storage (first 50 TB)",
        "Access review and compliance evidence",
    ]


def test_plans_never_enter_the_scenario_s_total() -> None:
    assert estimate(changed(ARTICLE, plans=(SAAS,)), BOOK) == estimate(ARTICLE, BOOK)


def test_sign_on_and_roles_stay_unless_the_plan_includes_them() -> None:
    team = changed(DEFAULTS, labor__access__sign_on="proxy", labor__access__separation="roles")
    assert {"Sign-on upkeep", "Roles upkeep"} <= lines(offer(team, SAAS)).keys()
    included = replace_plan(SAAS, sign_on="replaced", roles="replaced")
    assert not {"Sign-on upkeep", "Roles upkeep"} & lines(offer(team, included)).keys()


def test_one_account_of_the_vendor_serves_all_teams() -> None:
    teams = changed(DEFAULTS, labor__access__separation="deployments", labor__access__teams=4.0)
    assert "Access to each team's deployment" not in lines(offer(teams, SAAS))
    assert lines(offer(teams, SAAS))["Base fee"] == "1 month × $100 / month = $100.00"


def test_what_is_forgone_by_the_month_goes_with_the_hours() -> None:
    half = changed(
        ARTICLE,
        labor__opportunity="month",
        labor__opportunity_usd_per_month=1000.0,
        labor__tasks=(
            ARTICLE.labor.tasks[3].model_copy(update={"id": "mine", "name": "Mine"}),
            ARTICLE.labor.tasks[3],
        ),
    )
    assert lines(offer(half, SAAS))["Opportunity cost"] == (
        "12 h a year ÷ 12 months × $500 / h = $500.00"
    )


def test_an_unpriced_plan_is_asked_for_and_never_zero() -> None:
    ask = offer(ARTICLE, BY_ID["databricks"])
    assert ask.bought is None
    assert not ask.fits
    assert "ask the vendor" in " ".join(verdict(ask, Currency(), PLAIN))
    neptune = offer(ARTICLE, BY_ID["neptune"])
    assert neptune.bought is None
    assert "No longer sold" in " ".join(verdict(neptune, Currency(), PLAIN))


def test_a_hosted_mlflow_with_a_quoted_price_is_held_against_the_scenario_first() -> None:
    def first(*plans: ManagedPlan, users: float = 5.0) -> str:
        team = changed(ARTICLE, team__users=users)
        best = comparable(offers(team, BOOK, plans, estimate(team, BOOK)))
        return best.plan.id if best else ""

    assert first(*SHIPPED) == "sagemaker_small"
    assert first(*SHIPPED, users=26.0) == "sagemaker_medium"
    assert first(*SHIPPED, users=60.0) == "sagemaker_large"
    assert first(BY_ID["wandb_pro"], BY_ID["nebius"]) == "nebius"
    assert first(BY_ID["wandb_pro"], BY_ID["comet_pro"]) == "comet_pro"
    assert first(BY_ID["wandb_pro"], BY_ID["databricks"]) == "wandb_pro"
    assert first(BY_ID["databricks"], BY_ID["wandb_free"]) == ""


def test_what_has_to_be_known_of_a_figure_is_said_with_it() -> None:
    def said(plan: ManagedPlan, **values: object) -> str:
        return " ".join(verdict(offer(changed(ARTICLE, **values), plan), Currency(), PLAIN))

    assert "Not MLflow: code that logs to MLflow has to be changed" in said(BY_ID["comet_pro"])
    assert "doubtful" in said(BY_ID["wandb_pro"])
    assert "For at most 10 seats." in said(BY_ID["wandb_pro"])
    assert "For at most 5 seats and 5 GB." in said(BY_ID["wandb_free"])
    assert "your jobs send" in said(BY_ID["nebius"])
    small = BY_ID["sagemaker_small"]
    assert not any(words in said(small) for words in ("Not MLflow", "doubtful", "your jobs send"))
    assert "us-east-1" not in said(small)
    abroad = said(small, region_id="eu-central-1")
    assert "The price is that of us-east-1; this scenario is in eu-central-1." in abroad
    assert mark(offer(ARTICLE, BY_ID["wandb_free"])) == "too small, not MLflow, free"
    assert mark(offer(ARTICLE, small)) == ""


def test_a_total_that_lacks_a_price_is_no_fair_comparison() -> None:
    gap = changed(ARTICLE, server__ec2__instance_type="x99.huge")
    said = " ".join(verdict(offer(gap, BY_ID["sagemaker_small"]), Currency(), PLAIN))
    assert "This scenario's total is too low: 1 line without a known price." in said
    assert "too low" not in " ".join(verdict(offer(ARTICLE, SAAS), Currency(), PLAIN))


@pytest.mark.parametrize(
    ("path", "values"),
    [("team.users", [1.0, 9.0, 11.0, 40.0]), ("artifact_store.stored_gb", [0.0, 50.0, 2000.0])],
)
def test_arrays_ask_whether_a_plan_is_too_small(path: str, values: list[float]) -> None:
    plan = SAAS.model_copy(update={"most_seats": 10.0, "most_gb": 1024.0})

    def passed(scenario: Scenario) -> dict[str, Any]:
        return {limit.unit: limit.is_passed for limit in plan.limits(usage_of(scenario))}

    many = passed(swept(ARTICLE, path, np.array(values)))
    for at, value in enumerate(values):
        one = changed(ARTICLE, **{path.replace(".", "__"): value})
        for unit, is_passed in passed(one).items():
            assert bool(np.broadcast_to(many[unit], len(values))[at]) == is_passed
    why = plan.too_small(usage_of(swept(ARTICLE, path, np.array(values))))
    needed = {"team.users": "at most 10 seats, 40 needed"}.get(
        path, "at most 1,024 GB, 2,000 needed"
    )
    assert why == (needed,)
    assert plan.too_small(usage_of(swept(ARTICLE, path, np.array(values[:2])))) == ()


def test_one_plan_is_as_it_stands_among_all() -> None:
    scenario = changed(ARTICLE, plans=(BY_ID["comet_pro"].model_copy(update={"seat_usd": 40.0}),))
    own = estimate(scenario, BOOK)
    for offer in offers(scenario, BOOK, SHIPPED, own):
        assert offer_of(offer.plan.id, scenario, BOOK, SHIPPED, own) == offer
    assert offer_of("gone", scenario, BOOK, SHIPPED, own) is None


def test_a_plan_that_is_too_small_says_why() -> None:
    found = offers(ARTICLE, BOOK, SHIPPED, estimate(ARTICLE, BOOK))
    free = next(o for o in found if o.plan.id == "wandb_free")
    assert free.too_small == ("at most 5 GB, 1,024 needed",)
    assert not free.fits


def test_a_known_price_of_which_nothing_is_typed_is_unknown_and_never_cheaper() -> None:
    blank = replace_plan(BY_ID["databricks"], price="public")
    found = offer(changed(ARTICLE, plans=(blank,)), BY_ID["databricks"])
    assert (found.plan.price_state, found.bought, found.fits) == ("unknown", None, False)
    assert np.isnan(found.difference)
    assert cost_in_words(found, Currency(), PLAIN) == "unknown"
    assert difference_in_words(found, Currency(), PLAIN) == ""
    assert list(verdict(found, Currency(), PLAIN)) == [
        "The price is unknown until you type a figure, or say that the plan is free."
    ]
    # Included amounts alone are no price; any figure is one.
    assert replace_plan(blank, included_seats=5.0, included_gb=9.0).price_state == "unknown"
    for figure in ("base_usd", "seat_usd", "gb_usd", "hour_usd"):
        assert replace_plan(blank, **{figure: 0.01}).has_figure


def test_the_free_plans_say_so_and_cost_what_moving_costs() -> None:
    free = [plan.id for plan in SHIPPED if plan.price_state == "free"]
    assert free == ["wandb_free", "comet_free", "clearml_community", "dagshub_individual"]
    assert {plan.price_state for plan in SHIPPED} == {"listed", "free", "ask", "closed"}
    small = changed(ARTICLE, team__users=1.0, artifact_store__stored_gb=5.0)
    for plan_id in free:
        found = offer(small, BY_ID[plan_id])
        assert found.fits and "free" in mark(found)
        assert found.fees == 0.0
        # A figure typed before it was said to be free costs nothing.
        typed = offer(small, replace_plan(BY_ID[plan_id], base_usd=99.0, seat_usd=9.0))
        assert typed.difference == found.difference


def test_an_edited_plan_names_the_user_as_its_source() -> None:
    mine = replace_plan(BY_ID["comet_pro"], seat_usd=12.0)
    scenario = changed(ARTICLE, plans=(mine, replace_plan(mine, id="copied")))
    for found in offers(scenario, BOOK, SHIPPED, estimate(scenario, BOOK)):
        if found.plan.id not in ("comet_pro", "copied"):
            assert found.plan.source and "your figure" not in mark(found)
            continue
        assert (found.plan.price_state, found.plan.source) == ("own", "")
        assert mark(found) == "not MLflow, your figure"
        assert source_in_words(found, PLAIN).startswith("Your figure.")
        assert found.bought is not None
        fees = [c.price for c in found.bought.charges if c.component == "managed_plan"]
        assert {(p.state, p.source, p.date) for p in fees} == {("own", "your figure", "")}
    # What is typed back to how it came is the vendor's again.
    back = changed(ARTICLE, plans=(BY_ID["comet_pro"],))
    assert next(p for p in all_plans(back, SHIPPED) if p.id == "comet_pro") == BY_ID["comet_pro"]


def test_every_task_that_falls_away_counts_as_upkeep_saved() -> None:
    """A task of the user's own that goes with the database, whoever would do it."""
    file = Path(__file__).parent.parent / "data" / "upkeep-of-a-store.mlcost"
    scenario = read_scenario(file).scenario
    book = Shelf(PRICES / "aws").book(scenario.region_id)
    small = BY_ID["sagemaker_small"]
    (found,) = offers(scenario, book, [small], estimate(scenario, book))
    assert "Replaces: Server, Metadata store, Database care." in list(parts(found))
    hours = {flip.place.path: flip for flip in flips(scenario, book, small).flips}
    even = hours["labor.tasks.db_care.hours"]
    # 432 for the server + 81.2444 for moving = 69.12 + 69.12 + 2.00 + 91.4 × h
    assert found.difference == pytest.approx(91.4 * (even.at - even.now), abs=1e-4)
    # With that many hours the two cost the same.
    at = replace_task(scenario, "db_care", hours=even.at)
    (level,) = offers(at, book, [small], estimate(at, book))
    assert level.difference == pytest.approx(0.0, abs=1e-6)


def replace_task(scenario: Scenario, task_id: str, **values: object) -> Scenario:
    tasks = tuple(
        task.model_copy(update=values) if task.id == task_id else task
        for task in scenario.labor.tasks
    )
    return changed(scenario, labor__tasks=tasks)


def test_edited_plans_take_the_place_of_those_that_came_with_the_program() -> None:
    mine = replace_plan(BY_ID["comet_pro"], seat_usd=12.0)
    plans = all_plans(changed(ARTICLE, plans=(SAAS, mine)), SHIPPED)
    assert [plan.id for plan in plans] == [*BY_ID, "saas"]
    assert next(plan for plan in plans if plan.id == "comet_pro").seat_usd == 12.0


def test_what_stands_beside_the_total_names_what_is_nearest_to_turning_it() -> None:
    def said(found: Offer, scenario: Scenario, turns: Flips | None = None) -> tuple[str, ...]:
        held = Held(found.plan.id, found)
        return held_in_words(held, scenario.team.users, turns, Currency(), PLAIN)

    team = changed(ARTICLE, team__users=20.0)
    assert said(offer(team, SAAS), team, flips(team, BOOK, SAAS)) == (
        "Saas, 20 seats: $830.00",
        "$170.14 costlier",
        "unless Users at\N{NO-BREAK SPACE}most\N{NO-BREAK SPACE}15\N{NO-BREAK SPACE}users",
        "your figure",
    )
    pro = BY_ID["wandb_pro"]
    assert said(offer(ARTICLE, pro), ARTICLE) == (
        "Weights & Biases Pro, 5 seats: $168.96",
        "$490.89 cheaper",
        "",
        "not MLflow, doubtful",
    )
    free = BY_ID["dagshub_individual"]
    assert said(offer(ARTICLE, free), ARTICLE, flips(ARTICLE, BOOK, free))[2:] == (
        "", "too small, free"
    )  # fmt: skip


def test_parts_are_named_in_words() -> None:
    found = offer(ARTICLE, replace_plan(SAAS, artifact_store="stays"))
    replaced, stays = parts(found)
    assert replaced.startswith("Replaces: Server, Metadata store, Set-up,")
    assert stays == "Stays with you: Artifact store."


def test_prices_that_come_with_the_program_have_source_and_date() -> None:
    assert len(BY_ID) == len(SHIPPED) >= 15
    assert all(plan.source and plan.date and plan.note for plan in SHIPPED)
    assert BY_ID["neptune"].price == "closed"
    for plan in SHIPPED:
        is_free = plan.base_usd == plan.seat_usd == plan.hour_usd == 0
        # Nothing costs nothing without a limit.
        assert not is_free or plan.price != "public" or plan.most_seats


def test_moving_takes_as_long_as_leaving_a_server_of_one_s_own() -> None:
    assert {plan.exit_hours for plan in SHIPPED} == {None}
    assert {plan.migration_hours for plan in SHIPPED} == {None}
    plan = replace_plan(SAAS, migration_hours=None, exit_hours=None)
    small = changed(DEFAULTS, labor__tasks__exit__hours=4.0)
    assert lines(offer(small, plan))["Moving in"] == "4 h ÷ 36 months × $91.40 / h = $10.16"
    assert lines(offer(small, plan))["Moving out"] == "4 h ÷ 36 months × $91.40 / h = $10.16"
    # Who leaves in several steps needs the hours of all of them: 4 h + 2 × 3 h.
    last = next(task for task in DEFAULTS.labor.tasks if task.id == "exit")
    archive = last.model_copy(
        update={"id": "archive", "name": "Archive", "hours": 3.0, "times": 2.0}
    )
    several = changed(small, labor__tasks=(*small.labor.tasks, archive))
    assert lines(offer(several, plan))["Moving out"] == "10 h ÷ 36 months × $91.40 / h = $25.39"
    # Where the scenario has no exit of its own, the default's 16 h.
    assert lines(offer(ARTICLE, plan))["Moving in"] == "16 h ÷ 36 months × $91.40 / h = $40.62"


def test_the_stored_lines_are_the_scenario_s_own() -> None:
    own = estimate(ARTICLE, BOOK)
    bought = with_plan(ARTICLE, BOOK, replace_plan(SAAS, artifact_store="stays"), own)
    store = [c for c in bought.charges if c.component == "artifact_store"]
    assert store == [c for c in own.charges if c.component == "artifact_store"]
    assert replace(bought, charges=()).horizon_months == own.horizon_months


def test_unit_costs() -> None:
    team = changed(ARTICLE, team__runs_per_month=2000.0)
    words = list(unit_costs_in_words(team, estimate(team, BOOK), PLAIN))
    assert words == [
        "$131.97 a month for each user",
        "$0.64 a month for each GB kept",
        "$0.33 for each run",
    ]
    empty = changed(ARTICLE, artifact_store__stored_gb=0.0)
    assert len(list(unit_costs_in_words(empty, estimate(empty, BOOK), PLAIN))) == 1


@pytest.mark.parametrize(
    "name", [name for name, spec in specs(ManagedPlan).items() if spec.title and spec.is_number]
)
def test_every_figure_of_a_plan_counts(name: str) -> None:
    def outcome(value: float) -> object:
        found = offer(ARTICLE, replace_plan(SAAS, **{name: value}))
        assert found.bought is not None
        return float(found.bought.effective_cost), found.too_small

    assert outcome(1.0) != outcome(2.0)


def test_work_on_hosts_goes_with_the_parts_that_stand_on_them() -> None:
    (system,) = (task for task in DEFAULT_TASKS if task.id == "operating_system")
    plan = ManagedPlan(id="plan", name="Plan", base_usd=10.0, tasks=())
    both = changed(ARTICLE, metadata_store__option="self_hosted", labor__tasks=(system,))
    assert "Operating system of the instances" not in lines(offer(both, plan))
    server_alone = replace_plan(plan, metadata_store="stays")
    left = lines(offer(both, server_alone))["Operating system of the instances"]
    assert left == "1 time × 0.5 h × $91.40 / h = $45.70"
