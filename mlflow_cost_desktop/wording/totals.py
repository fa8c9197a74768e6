"""Totals in words, and what they leave out: lines without a known price."""

from __future__ import annotations

from collections.abc import Callable

from mlflow_cost_desktop.figures import Figures, plural
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.wording.unit_costs import short_unit_costs

MORE = "+ ?"
"""Stands behind a total that leaves out a line without a known price."""


def at_least(total: str, is_incomplete: object) -> str:
    """A total as it is written: `412.10 + ?` where a line of it has no known price."""
    return f"{total} {MORE}" if is_incomplete else total


def subtotal(estimate: Estimate, component: str, written: Callable[[float], str]) -> str:
    """A component's cost a month, with what it leaves out."""
    cost = written(float(estimate.by_component[component]))
    return at_least(cost, component in estimate.gaps)


def gaps_in_words(estimate: Estimate) -> str:
    """`1 line without a price, 2 estimated`, empty where every price is listed or own."""
    unpriced, estimated = int(estimate.unpriced), int(estimate.estimated)
    parts = [f"{unpriced} {plural(unpriced, 'line')} without a price"] if unpriced else []
    if estimated:
        lines = f"{estimated} {plural(estimated, 'line')} with an estimated price"
        parts.append(f"{estimated} estimated" if unpriced else lines)
    return ", ".join(parts)


def left_out(estimate: Estimate) -> str:
    """`1 line has no known price and is left out.`, empty where every price is known."""
    unpriced = int(estimate.unpriced)
    if not unpriced:
        return ""
    has, is_ = ("has", "is") if unpriced == 1 else ("have", "are")
    return f"{unpriced} {plural(unpriced, 'line')} {has} no known price and {is_} left out."


def totals_in_words(scenario: Scenario, estimate: Estimate, figures: Figures) -> list[str]:
    """What else is said of the total: a year, the horizon, its two halves, cash."""
    currency = scenario.currency

    def money(usd: Value) -> str:
        return currency.money(float(usd), figures)

    def dollars(usd: Value) -> str:
        return currency.dollars(float(usd), figures)

    months = float(estimate.horizon_months)
    parts = [
        *filter(None, (gaps_in_words(estimate), currency.rate_in_words(figures))),
        f"{dollars(float(estimate.effective_cost) * 12)} a year",
        f"{dollars(estimate.horizon_total)} over {figures.quantity(months, 'month')}",
        f"infrastructure {money(estimate.infrastructure)}, labor {money(estimate.labor)}",
        next(short_unit_costs(scenario, estimate, figures)),
    ]
    if estimate.has_one_off:
        parts.append(
            f"cash: {dollars(estimate.billed_cost)} first month, "
            f"{dollars(estimate.other_months)} others, "
            f"{dollars(estimate.first_year_cash)} first year"
        )
    return parts
