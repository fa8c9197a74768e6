"""The tasks: who does them, when they count and when they are paid."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.labor.tasks import Task
from tests.model.labor.helpers import estimated, explanations, with_task
from tests.shared.labor import ASSESSMENT, DEFAULTS, EXIT
from tests.support import ARTICLE, BOOK, changed


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
    outcome = estimated(ARTICLE, labor__tasks=(EXIT,), server__ec2__replicas=0.0)
    leaving = 16 * 1.5 * 91.4 + 500
    assert outcome.labor == pytest.approx(leaving / 36)
    assert outcome.cash(36) - outcome.cash(35) == pytest.approx(leaving)
    assert outcome.first_year_cash == pytest.approx(12 * float(outcome.cash(1)))
    year = estimated(ARTICLE, labor__tasks=(EXIT,), horizon_months=12.0)
    assert year.first_year_cash == pytest.approx(12 * float(year.cash(1)) + leaving)


def test_a_task_that_does_not_count_keeps_its_hours() -> None:
    off_and_on = changed(
        changed(DEFAULTS, labor__access__sign_on="proxy"), labor__access__sign_on="passwords"
    )
    assert off_and_on == DEFAULTS
    assert [t.hours for t in DEFAULTS.labor.tasks if t.id == "sign_on"] == [16.0]


def test_some_work_grows_with_the_team() -> None:
    roles = changed(DEFAULTS, labor__access__separation="roles", team__users=25.0)
    assert explanations(estimate(roles, BOOK))["Roles upkeep"] == (
        "25 users × 1 time × 0.08 h × $91.40 / h = $182.80"
    )


def test_the_last_month_is_the_same_in_a_sweep() -> None:
    leaving = changed(ARTICLE, labor__tasks=(EXIT,))
    months = np.array([1.0, 11.5, 12.0, 36.0])
    at_once = estimate(swept(leaving, "horizon_months", months), BOOK).first_year_cash
    each = [float(estimated(leaving, horizon_months=float(n)).first_year_cash) for n in months]
    np.testing.assert_allclose(at_once, each)


def test_each_default_has_its_source_or_is_called_a_judgment() -> None:
    assert all("udgment" in task.note for task in DEFAULT_TASKS)
    assert "23 releases with 30 migrations" in DEFAULT_TASKS[1].note
