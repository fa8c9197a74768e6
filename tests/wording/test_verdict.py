"""Plans in words: by which of them a team can go, and why not by the others."""

from __future__ import annotations

from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.wording.verdict import unfit_in_words
from tests.support import ARTICLE, BOOK


def test_plans_that_do_not_fit_stand_by_why_with_what_qualifies_them() -> None:
    plans = (
        ManagedPlan(id="tiny", name="Tiny", price="free", most_seats=1.0, source="x.com"),
        ManagedPlan(id="asked", name="Asked", price="ask", software="other", source="x.com"),
        ManagedPlan(id="past", name="Past", price="closed", software="other", source="x.com"),
        ManagedPlan(id="blank", name="Blank"),
        ManagedPlan(id="also", name="Also", price="ask", source="x.com"),
    )
    found = offers(ARTICLE, BOOK, plans, estimate(ARTICLE, BOOK))
    assert set(unfit_in_words(found)) == {
        "Too small for this team: Tiny (free)",
        "Ask the vendor: Asked (not MLflow), Also",
        "No longer sold: Past (not MLflow)",
        "Price unknown: Blank",
    }
