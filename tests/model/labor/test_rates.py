"""What an hour of work costs."""

from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from tests.model.labor.helpers import with_task


def test_a_salary_becomes_an_hourly_rate() -> None:
    lines = with_task(DEFAULT_TASKS[3], labor__rates="salary")
    # 133,080 × 1.429 ÷ 2,080
    assert lines["Monitoring and right-sizing"] == "1 time × 1 h × $91.4285192308 / h = $91.43"
