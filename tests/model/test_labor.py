"""What labor costs: who does it, when it counts, when it is paid, and what it forgoes."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.labor.tasks import DEFAULT_TASKS, Task
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.shared.labor import ASSESSMENT, DEFAULTS, EXIT
from tests.support import ARTICLE, BOOK, changed


def bill(scenario: Scenario, **values: object) -> Estimate:
    return estimate(changed(scenario, **values), BOOK)


def explanations(outcome: Estimate) -> dict[str, str]:
    return {c.description: c.explanation for c in outcome.charges if c.component == "labor"}


def with_task(task: Task, **values: object) -> dict[str, str]:
    return explanations(bill(ARTICLE, labor__tasks=(task,), **values))


def test_a_salary_becomes_an_hourly_rate() -> None:
    lines = with_task(DEFAULT_TASKS[3], labor__rates="salary")
    # 133,080 × 1.429 ÷ 2,080
    assert lines["Monitoring and right-sizing"] == "1 time × 1 h × $91.4285192308 / h = $91.43"


def test_without_operations_background_it_takes_longer() -> None:
    slow = Task(id="slow", name="Slow", hours=4.0, background="none", role="data_scientist")
    assert with_task(slow)["Slow"] == (
        "1 time × 4 h × 1.5 [without operations background] ÷ 12 months × $77.40 / h = $38.70"
    )


def test_outside_fees_are_a_line_of_their_own() -> None:
    lines = with_task(ASSESSMENT, labor__access__compliance="asked")
    assert lines["Assessment"] == "1 time × 16 h ÷ 12 months × $91.40 / h = $121.87"
    assert lines["Assessment: outside fees"] == "1 time ÷ 12 months × $4,000 / time = $333.33"


def test_what_leaving_costs_is_paid_in_the_last_month() -> None:
    outcome = bill(ARTICLE, labor__tasks=(EXIT,), server__ec2__replicas=0.0)
    leaving = 16 * 1.5 * 91.4 + 500
    assert outcome.labor == pytest.approx(leaving / 36)
    assert outcome.cash(36) - outcome.cash(35) == pytest.approx(leaving)
    assert outcome.first_year_cash == pytest.approx(12 * float(outcome.cash(1)))
    year = bill(ARTICLE, labor__tasks=(EXIT,), horizon_months=12.0)
    assert year.first_year_cash == pytest.approx(12 * float(year.cash(1)) + leaving)


@pytest.mark.parametrize(
    ("choice", "value", "tasks"),
    [
        ("sign_on", "proxy", {"Sign-on set-up", "Sign-on upkeep"}),
        ("separation", "roles", {"Roles set-up", "Roles upkeep"}),
        ("separation", "deployments", {"Access to each team's deployment"}),
        ("encryption", "own_keys", {"Encryption keys"}),
        (
            "compliance",
            "asked",
            {"Vulnerability assessment", "Access review and compliance evidence"},
        ),
    ],
)
def test_choices_call_for_tasks(choice: str, value: str, tasks: set[str]) -> None:
    asked = explanations(bill(DEFAULTS, **{f"labor__access__{choice}": value}))
    assert asked.keys() - explanations(estimate(DEFAULTS, BOOK)).keys() == tasks


def test_a_task_that_does_not_count_keeps_its_hours() -> None:
    off_and_on = changed(
        changed(DEFAULTS, labor__access__sign_on="proxy"), labor__access__sign_on="passwords"
    )
    assert off_and_on == DEFAULTS
    assert [t.hours for t in DEFAULTS.labor.tasks if t.id == "sign_on"] == [16.0]


def test_one_deployment_per_team_multiplies_what_exists_once_per_deployment() -> None:
    teams = bill(DEFAULTS, labor__access__separation="deployments", labor__access__teams=3.0)
    shared = estimate(DEFAULTS, BOOK)
    lines = explanations(teams)
    assert lines["Version upgrades"] == (
        "3 deployments × 2 times × 4 h ÷ 12 months × $91.40 / h = $182.80"
    )
    assert lines["Set-up"] == explanations(shared)["Set-up"]
    assert teams.by_component["server"] == pytest.approx(3 * shared.by_component["server"])
    assert teams.by_component["artifact_store"] == shared.by_component["artifact_store"]
    assert teams.by_component["network"] == shared.by_component["network"]


def test_some_work_grows_with_the_team() -> None:
    roles = changed(DEFAULTS, labor__access__separation="roles", team__users=25.0)
    assert explanations(estimate(roles, BOOK))["Roles upkeep"] == (
        "25 users × 1 time × 0.08 h × $91.40 / h = $182.80"
    )


def test_opportunity_cost_is_a_line_of_its_own_and_zero_by_default() -> None:
    assert estimate(Scenario(), BOOK).charges[-1].explanation.endswith("× $0 / h = $0.00")
    by_hour = explanations(bill(ARTICLE, labor__opportunity_usd_per_hour=120.0))
    # 2 × 4 + 4 × 1.5 + 4 × 6 h a year, 1 h a month; set-up is no upkeep
    assert by_hour["Opportunity cost"] == "4.16666666667 h × $120 / h = $500.00"
    by_month = explanations(
        bill(ARTICLE, labor__opportunity="month", labor__opportunity_usd_per_month=2000.0)
    )
    assert by_month["Opportunity cost"] == "1 month × $2,000 / month = $2,000.00"


def test_the_last_month_is_the_same_in_a_sweep() -> None:
    leaving = changed(ARTICLE, labor__tasks=(EXIT,))
    months = np.array([1.0, 11.5, 12.0, 36.0])
    at_once = estimate(swept(leaving, "horizon_months", months), BOOK).first_year_cash
    each = [float(bill(leaving, horizon_months=float(n)).first_year_cash) for n in months]
    np.testing.assert_allclose(at_once, each)


def test_combinations_that_need_a_word() -> None:
    def said(**values: object) -> str:
        return " ".join(notice.text for notice in warnings(changed(DEFAULTS, **values), BOOK))

    assert "who has come" in said(labor__access__separation="roles", labor__access__sign_on="proxy")
    assert "An audit" not in said()
    assert "who may see and change what" in said(labor__access__compliance="asked")


def test_a_choice_whose_work_no_task_holds_is_said() -> None:
    def said(**values: object) -> list[str]:
        return [notice.text for notice in warnings(changed(ARTICLE, **values), BOOK)]

    free = "No hours are counted with OAuth or LDAP: add a task for that work."
    assert free in said(labor__access__sign_on="proxy")
    assert free not in said()
    assert free not in said(labor__access__sign_on="proxy", labor__tasks=DEFAULT_TASKS)


def test_each_default_has_its_source_or_is_called_a_judgment() -> None:
    assert all("udgment" in task.note for task in DEFAULT_TASKS)
    assert "23 releases with 30 migrations" in DEFAULT_TASKS[1].note


def test_not_upgrading_has_its_price_where_the_provider_asks_one() -> None:
    def said(**values: object) -> str:
        return " ".join(notice.text for notice in warnings(changed(DEFAULTS, **values), BOOK))

    assert "Nobody upgrades" not in said()
    # db.m5.large has 2 vCPUs: 2 × 720 h × $0.10
    assert (
        "Nobody upgrades: once the database's version is out of standard support, the provider "
        "asks $144.00 a month more." in said(labor__tasks__upgrades__times=0.0)
    )
