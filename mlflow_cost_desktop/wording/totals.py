"""Totals in words, and what they leave out: lines without a known price."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlflow_cost_desktop.figures import Figures, at_least, plural
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.wording.unit_costs import short_unit_costs

LACKS = "without unpriced lines"
"""Of a difference, or a chance, that leaves out a line."""


def subtotal(estimate: Estimate, component: str, written: Callable[[float], str]) -> str:
    """A component's cost a month, with what it leaves out."""
    cost = written(float(estimate.by_component[component]))
    return at_least(cost, component in estimate.gaps)


def sum_of_all(estimate: Estimate, written: Callable[[float], str]) -> str:
    """The cost of all components a month, with what it leaves out."""
    return at_least(written(float(estimate.effective_cost)), estimate.gaps)


def total(scenario: Scenario, estimate: Estimate, figures: Figures) -> str:
    """The month's cost, the answer to all."""
    return sum_of_all(estimate, lambda usd: scenario.currency.money(usd, figures))


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


def left_out_of_all(unpriced: int) -> str:
    """`1 line without a known price: left out of all sums.`"""
    return f"{unpriced} {plural(unpriced, 'line')} without a known price: left out of all sums."


def totals_in_words(scenario: Scenario, estimate: Estimate, figures: Figures) -> list[str]:
    """What qualifies the total, and what else is said of it first: a year, the horizon, halves."""
    currency = scenario.currency

    def dollars(usd: Value) -> str:
        return at_least(currency.dollars(float(usd), figures), estimate.gaps)

    infrastructure = currency.money(float(estimate.infrastructure), figures)
    labor = currency.money(float(estimate.labor), figures)
    months = float(estimate.horizon_months)
    alike = " like this one" if scenario.growth else ""
    return [
        *filter(None, (gaps_in_words(estimate), currency.rate_in_words(figures))),
        f"{dollars(float(estimate.effective_cost) * 12)} a year",
        f"{dollars(estimate.horizon_total)} over {figures.quantity(months, 'month')}{alike}",
        f"infrastructure {at_least(infrastructure, estimate.infrastructure_has_gaps)}",
        f"maintenance {at_least(labor, 'labor' in estimate.gaps)}",
    ]


def others_in_words(scenario: Scenario, estimate: Estimate, figures: Figures) -> list[str]:
    """The lesser figures: what a user costs, and cash where it is not the same each month."""

    def dollars(usd: Value) -> str:
        return at_least(scenario.currency.dollars(float(usd), figures), estimate.gaps)

    parts = [next(short_unit_costs(scenario, estimate, figures))]
    if estimate.has_one_off and not scenario.growth:
        parts.append(
            f"cash: {dollars(estimate.billed_cost)} first month, "
            f"{dollars(estimate.other_months)} others, "
            f"{dollars(estimate.first_year_cash)} first year"
        )
    return parts


ALWAYS_LEFT_OUT = (
    "taxes, support plans and marketplace fees",
    "training of the people who use it",
)


def not_included(scenario: Scenario) -> Iterator[str]:
    """What no line of an estimate counts, unless it stands among the user's own."""
    left_out = scenario.network.left_out
    if left_out:
        yield f"{', '.join(left_out)} around the deployment"
    yield from ALWAYS_LEFT_OUT
    if not scenario.growth:
        yield "growth of usage and changes of prices within the horizon"
