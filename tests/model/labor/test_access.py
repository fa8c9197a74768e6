"""Who uses the deployment, and the work that the choices call for."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.labor.helpers import estimated, explanations
from tests.shared.labor import DEFAULTS
from tests.support import ARTICLE, BOOK, changed


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
    asked = explanations(estimated(DEFAULTS, **{f"labor__access__{choice}": value}))
    assert asked.keys() - explanations(estimate(DEFAULTS, BOOK)).keys() == tasks


def test_one_deployment_per_team_multiplies_what_exists_once_per_deployment() -> None:
    teams = estimated(DEFAULTS, labor__access__separation="deployments", labor__access__teams=3.0)
    shared = estimate(DEFAULTS, BOOK)
    lines = explanations(teams)
    assert lines["Version upgrades"] == (
        "3 deployments × 2 times × 4 h ÷ 12 months × $91.40 / h = $182.80"
    )
    assert lines["Set-up"] == explanations(shared)["Set-up"]
    assert teams.by_component["server"] == pytest.approx(3 * shared.by_component["server"])
    assert teams.by_component["artifact_store"] == shared.by_component["artifact_store"]
    assert teams.by_component["network"] == shared.by_component["network"]


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
