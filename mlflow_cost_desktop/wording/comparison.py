"""Scenarios side by side in words: heads, differences, inputs, and what regions lack."""

from __future__ import annotations

from collections.abc import Sequence

from mlflow_cost_desktop.analysis.comparison import Column, Comparison, Effects
from mlflow_cost_desktop.analysis.differing_inputs import Difference, Input
from mlflow_cost_desktop.analysis.regions import RegionCost
from mlflow_cost_desktop.figures import Figures, at_least, one_line, plural, write
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.growth import name_in_words, rule_in_words
from mlflow_cost_desktop.wording.inputs import value_in_words
from mlflow_cost_desktop.wording.own_prices import rate_in_words, unit_of_rate

ONLY_IN_ONE = "only in one"
TOTALS = (
    ("Total", "cost"),
    ("Cash in the first year", "first_year_cash"),
    ("Infrastructure", "infrastructure"),
    ("Maintenance", "labor"),
    ("Of the month, one-off", "one_off"),
    ("Of the month, recurring", "recurring"),
)
"""What is told of each scenario below its lines, and the attribute that holds it."""

NO_INPUT = "–"
NO_PRICE = "?"


def head_in_words(column: Column, figures: Figures) -> str:
    """What a column counts by: `us-east-1 · 720 h · 36 months`."""
    scenario = column.scenario
    month = figures.quantity(float(scenario.hours_in_month), "h")
    horizon = figures.quantity(float(scenario.horizon_months), "month")
    return f"{column.price_book.region_id} · {month} · {horizon}"


def signed(usd: float, currency: Currency, figures: Figures, *, is_incomplete: object) -> str:
    """A difference in a column, with what it leaves out: `+3.60`, `−25.92 + ?`."""
    return at_least(currency.signed_amount(usd, figures), is_incomplete)


def comparison_in_words(found: Comparison, at: int, figures: Figures) -> tuple[str, str]:
    """The figure of the view, and the rest of its sentence.

    `$26.72`, `less a month with “Reserved” than with “Team”`.
    """
    first, other = found.columns[0], found.columns[at]
    usd = found.difference(at)
    figure = first.scenario.currency.money(abs(usd), figures)
    names = f"with “{other.name}” than with “{first.name}”"
    if figure == first.scenario.currency.money(0.0, figures):
        rest = f"between “{other.name}” and “{first.name}”"
    else:
        rest = f"a month {'less' if usd < 0 else 'more'} {names}"
    return at_least(figure, found.lacks_price(at)), rest


def share_in_words(found: Comparison, at: int, figures: Figures) -> str:
    """What lies behind a difference: invoices and own people's time, one-off work, cash."""
    first, other = found.columns[0], found.columns[at]
    currency = first.scenario.currency

    def change(name: str) -> str:
        usd = float(getattr(other, name)) - float(getattr(first, name))
        lacks = first.lacks(name) or other.lacks(name)
        return at_least(currency.signed_money(usd, figures), lacks)

    return ", ".join(
        (
            f"infrastructure {change('infrastructure')}",
            f"maintenance {change('labor')}",
            f"one-off work {change('one_off')} a month",
            f"cash in the first year {change('first_year_cash')}",
        )
    )


def effects_in_words(effects: Effects, currency: Currency, figures: Figures) -> str:
    """`by price −$12.00, by quantity +$3.00`; empty where nothing differs."""
    told = (("price", effects.price), ("quantity", effects.quantity))
    nothing = currency.money(0.0, figures)
    return ", ".join(
        f"by {what} {currency.signed_money(usd, figures)}"
        for what, usd in told
        if currency.money(abs(usd), figures) != nothing
    )


def conventions_in_words(found: Comparison, figures: Figures) -> str:
    """That columns count by months of different lengths, or over other horizons; else empty."""
    scenarios = [column.scenario for column in found.columns]
    if len({s.hours_in_month for s in scenarios}) > 1:
        return "The months have different lengths: what always runs costs more in a longer one."
    if len({s.horizon_months for s in scenarios}) > 1:
        return "The horizons differ: what is paid once is spread over more months in a longer one."
    return ""


# Inputs


def input_in_words(difference: Difference, first: Column) -> str:
    """What an input is called: `Server · Instance type`."""
    known = difference.known
    if isinstance(known.value, Growth):
        return f"{known.titles[0]} · {name_in_words(first.scenario, known.value.path)}"
    return " · ".join(dict.fromkeys(one_line(title) for title in known.titles))


def value_of(value: Input | None, column: Column, figures: Figures) -> str:
    """What stands in an input of a column."""
    if value is None:
        return NO_INPUT
    if isinstance(value.value, OwnRate):
        unit = unit_of_rate(value.value, column.price_book, column.estimate)
        return rate_in_words(value.value, unit, figures)
    if isinstance(value.value, Growth):
        return rule_in_words(column.scenario, value.value, figures)
    if isinstance(value.value, ManagedPlan):
        return one_line(value.value.name)
    assert value.spec is not None  # all others are fields
    return value_in_words(value.spec, value.value, figures)


# Regions


def regions_in_words(
    scenario: Scenario, shown: Sequence[RegionCost], found: Sequence[RegionCost]
) -> str:
    """How many regions are told of, and what holds for all of them."""
    count = f"{len(found)} regions" if len(shown) == len(found) else (
        f"{len(shown)} of {len(found)} regions"
    )  # fmt: skip
    said = [count]
    apart = sum(not region.is_comparable for region in shown)
    if apart:
        lack, come = ("lacks", "it comes") if apart == 1 else ("lack", "they come")
        said.append(f"{apart} {lack} prices and can’t be compared: {come} last, with an outline")
    if any(rate.region_id == scenario.region_id for rate in scenario.own_rates):
        said.append("your own rates are for the region here; elsewhere list prices count")
    return f"{'; '.join(said)}."


def region_in_words(region: RegionCost, figures: Figures) -> str:
    """What qualifies a region's figure: what has no price there, what is estimated."""
    if region.problem:
        return region.problem
    said: list[str] = []
    if region.lacking:
        lines = ", ".join(write(line, figures) for line in region.lacking)
        said.append(f"no price for {lines}")
    elif region.gaps:
        parts = ", ".join(COMPONENTS[part] for part in COMPONENTS if part in region.gaps)
        said.append(f"as here, a line without a price in {parts}")
    if region.estimated:
        said.append(f"{region.estimated} {plural(region.estimated, 'line')} estimated")
    return "; ".join(said)
