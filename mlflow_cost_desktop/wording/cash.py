"""Cash by month in words."""

from __future__ import annotations

from mlflow_cost_desktop.analysis.cash import CashMonth, CashPlan
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.prices.price import Value


def due_in_words(month: CashMonth) -> str:
    """What is due in a month, by name."""
    return "; ".join(due.description for due in month.due)


def cash_in_words(
    plan: CashPlan, currency: Currency, figures: Figures, *, is_incomplete: bool = False
) -> str:
    """`First month $120.00 · other months $80.00 · first year … · all 36 months …`."""

    def money(usd: Value) -> str:
        return at_least(currency.money(float(usd), figures), is_incomplete)

    return (
        f"First month {money(plan.first_month)} · other months {money(plan.other_months)} · "
        f"first year {money(plan.first_year)} · all {len(plan.months)} months {money(plan.total)}"
    )
