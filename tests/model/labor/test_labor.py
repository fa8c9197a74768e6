"""What labor forgoes, and what not upgrading costs."""

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.labor.helpers import estimated, explanations
from tests.shared.labor import DEFAULTS
from tests.support import ARTICLE, BOOK, changed


def test_opportunity_cost_is_a_line_of_its_own_and_zero_by_default() -> None:
    assert estimate(Scenario(), BOOK).charges[-1].explanation.endswith("× $0 / h = $0.00")
    by_hour = explanations(estimated(ARTICLE, labor__opportunity_usd_per_hour=120.0))
    # 2 × 4 + 4 × 1.5 + 4 × 6 h a year, 1 h a month; set-up is no upkeep
    assert by_hour["Opportunity cost"] == "50 h a year ÷ 12 months × $120 / h = $500.00"
    by_month = explanations(
        estimated(ARTICLE, labor__opportunity="month", labor__opportunity_usd_per_month=2000.0)
    )
    assert by_month["Opportunity cost"] == "1 month × $2,000 / month = $2,000.00"


def test_not_upgrading_has_its_price_where_the_provider_asks_one() -> None:
    def said(**values: object) -> str:
        return " ".join(notice.text for notice in warnings(changed(DEFAULTS, **values), BOOK))

    assert "Nobody upgrades" not in said()
    # db.m5.large has 2 vCPUs: 2 × 720 h × $0.10
    assert (
        "Nobody upgrades: once the database's version is out of standard support, the provider "
        "asks $144.00 a month more." in said(labor__tasks__upgrades__times=0.0)
    )
