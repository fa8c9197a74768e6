"""What a scenario is held against: the best plan, a chosen one, nothing, or one that is gone."""

import pytest

from mlflow_cost_desktop.analysis.held_against import Held, held_against
from mlflow_cost_desktop.analysis.managed_plans import comparable, offers
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.wording.verdict import held_in_words
from tests.support import ARTICLE, BOOK, PRICES, changed

SHIPPED = read_plans(PRICES / "managed")


def held(scenario: Scenario) -> Held:
    return held_against(scenario, offers(scenario, BOOK, SHIPPED, estimate(scenario, BOOK)))


def against(choice: str) -> Held:
    return held(changed(ARTICLE, held_against=choice))


def test_a_scenario_is_held_against_the_best_plan_that_fits_unless_it_says_otherwise() -> None:
    best = comparable(offers(ARTICLE, BOOK, SHIPPED, estimate(ARTICLE, BOOK)))
    assert best and held(ARTICLE) == Held("auto", best)
    assert held(changed(ARTICLE, team__users=26.0)).plan_id == "sagemaker_medium"


def test_a_chosen_plan_stays_whatever_would_be_better() -> None:
    for plan in SHIPPED:
        chosen = against(plan.id)
        assert (chosen.plan_id, chosen.is_gone) == (plan.id, False)
        # Without a figure there is nothing to draw.
        assert (chosen.plan is not None) == plan.has_figure
    assert held(changed(ARTICLE, held_against="wandb_pro", team__users=26.0)).plan_id == "wandb_pro"


def test_nothing_is_held_against_a_scenario_that_says_so() -> None:
    none = against("none")
    assert (none.offer, none.plan, none.plan_id) == (None, None, "")
    assert held_in_words(none, 5.0, None, Currency(), PLAIN) == ("Held against nothing", "", "", "")


def test_where_no_plan_fits_that_is_said() -> None:
    crowd = held(changed(ARTICLE, team__users=1e5))
    # The server of a vendor that names no limit fits whoever comes.
    assert crowd.plan_id == "nebius"
    alone = held_against(ARTICLE, ())
    assert held_in_words(alone, 5.0, None, Currency(), PLAIN).name == "No managed plan fits"


def test_a_plan_that_is_gone_is_said_and_the_best_one_stands_in_its_place() -> None:
    gone = changed(ARTICLE, held_against="their_old_plan")
    found = held(gone)
    assert (found.plan_id, found.is_gone) == ("sagemaker_small", True)
    assert held_in_words(found, 5.0, None, Currency(), PLAIN).marks == "“their_old_plan” is gone"
    (notice,) = warnings(gone, BOOK, plans=SHIPPED)
    assert notice.path == "held_against"
    assert notice.text.startswith("There is no plan “their_old_plan” any longer")
    for choice in ("auto", "none", "comet_pro"):
        assert warnings(changed(ARTICLE, held_against=choice), BOOK, plans=SHIPPED) == ()


def test_a_plan_without_a_figure_says_why() -> None:
    def said(choice: str) -> tuple[str, ...]:
        return held_in_words(against(choice), 5.0, None, Currency(), PLAIN)

    assert said("databricks") == ("Databricks, 5 seats", "", "ask the vendor", "")
    assert said("neptune") == ("Neptune.ai, 5 seats", "", "no longer sold", "not MLflow")
    blank = changed(ARTICLE, plans=(_blank(),), held_against="databricks")
    assert held_in_words(held(blank), 5.0, None, Currency(), PLAIN)[1:3] == ("", "price unknown")
    assert held(blank).plan is None


def _blank() -> object:
    (databricks,) = (plan for plan in SHIPPED if plan.id == "databricks")
    return databricks.model_copy(update={"price": "public"})


def test_what_qualifies_a_figure_stands_beside_it() -> None:
    abroad = changed(ARTICLE, region_id="eu-central-1")
    assert held_in_words(held(abroad), 5.0, None, Currency(), PLAIN).marks == "price of us-east-1"


def test_a_free_plan_that_was_changed_is_the_user_s_too() -> None:
    (free,) = (plan for plan in SHIPPED if plan.id == "comet_free")
    shipped = against("comet_free").offer
    assert shipped is not None
    assert shipped.marks == ("too small", "not MLflow", "free")
    wider = free.model_copy(update={"most_seats": None, "most_gb": None})
    found = held(changed(ARTICLE, plans=(wider,), held_against="comet_free"))
    assert found.offer is not None
    assert found.offer.marks == ("not MLflow", "free", "your figure")


def test_a_limit_of_one_seat_is_one() -> None:
    offer = against("comet_free").offer
    assert offer is not None
    assert offer.too_small[0] == "at most 1 seat, 5 needed"
    assert offer.caveats[-1].text == "For at most 1 seat and 100 GB."


def test_what_is_no_id_is_refused() -> None:
    with pytest.raises(UserError, match="is no plan's id"):
        replace(changed(ARTICLE, plans=(_blank(),)), "plans.databricks.id", "none")
    with pytest.raises(UserError):
        replace(ARTICLE, "held_against", "No such id")
