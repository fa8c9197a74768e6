"""What the reader of an estimate should know: one list for window, PDF and command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from mlflow_cost_desktop.figures import Figures, Text, one_line
from mlflow_cost_desktop.model.aws.disks import file_notices, mounting_notices
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.charges.factors import ALMOST
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import place_at
from mlflow_cost_desktop.model.growth import fault_of
from mlflow_cost_desktop.model.managed_plan import AUTO, NONE, ManagedPlan
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.model.ranges import fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook


def warnings(
    scenario: Scenario,
    price_book: PriceBook,
    outcome: Estimate | None = None,
    plans: Iterable[ManagedPlan] = (),
) -> tuple[Notice, ...]:
    """Combinations that make little sense, minimums, and prices that are missing or unused.

    `outcome` is what the scenario costs, where that is known already; `plans` are those that come
    with the program.
    """
    outcome = outcome or estimate(scenario, price_book)
    return (
        *_plan_warnings(scenario, plans),
        *_warnings(scenario, price_book, outcome),
        *_growth_warnings(scenario),
        *_range_warnings(scenario),
    )


def _plan_warnings(scenario: Scenario, plans: Iterable[ManagedPlan]) -> Iterator[Notice]:
    """Whether the plan that the total is held against is there."""
    choice = scenario.held_against
    if choice in (AUTO, NONE) or any(plan.id == choice for plan in (*plans, *scenario.plans)):
        return
    yield Notice(
        "held_against",
        f"There is no plan “{choice}” any longer, which the total was held against: the best plan "
        "that fits stands in its place. Choose another beside the total or in the Plans tab.",
    )


def _growth_warnings(scenario: Scenario) -> Iterator[Notice]:
    """What should change over time, and does not."""
    for rule in scenario.growth:
        if fault := fault_of(scenario, rule, scenario.growth):
            yield Notice(
                "growth",
                Text(
                    "“{}” does not change over time as it should: {}. The rule is kept.",
                    _title(scenario, rule.path),
                    fault,
                ),
            )


def _title(scenario: Scenario, path: str) -> str:
    """What an input is called, with the heading right above it; its path where it is gone."""
    place = place_at(scenario, path)
    return one_line(" · ".join((*place.group[-1:], place.spec.title)) if place else path)


def _range_warnings(scenario: Scenario) -> Iterator[Notice]:
    """What should have a range, and is held at what is typed."""
    for asked in scenario.ranges:
        if fault := fault_of_range(scenario, asked):
            yield Notice(
                "ranges",
                Text(
                    "The range of “{}” is not used: {}. It is kept.",
                    _title(scenario, asked.path),
                    fault,
                ),
            )


def _warnings(scenario: Scenario, price_book: PriceBook, outcome: Estimate) -> Iterator[Notice]:
    asked = float(scenario.usage.asked(scenario.hours_in_month).value)
    if asked > scenario.hours_in_month * ALMOST:
        path = "usage.hours" if scenario.usage.by == "hours" else "usage.hours_per_day"
        yield Notice(
            path,
            Text(
                "Usage of {} h is more than the month of {} h; only those are billed.",
                round(asked, 2),
                scenario.hours_in_month,
            ),
        )
    for notice in scenario.currency.notices():
        yield Notice(f"currency.{notice.path}", notice.text)
    terms = scenario.terms(price_book)
    for name in COMPONENTS:
        for notice in getattr(scenario, name).notices(terms):
            yield Notice(f"{name}.{notice.path}", notice.text)
    yield from mounting_notices(scenario)
    yield from file_notices(scenario)
    yield from _price_of_not_upgrading(scenario, price_book, outcome)
    yield from _price_warnings(scenario, price_book, outcome)


def _price_of_not_upgrading(
    scenario: Scenario, price_book: PriceBook, outcome: Estimate
) -> Iterator[Notice]:
    """What a provider adds once a version is no longer supported, where nobody upgrades."""
    tasks = scenario.labor.tasks
    if any(task.id == "upgrades" and task.takes_time for task in tasks):
        return
    if not tasks:
        return  # that nothing at all is done is said already
    for name in ("server", "metadata_store"):
        part = getattr(scenario, name)
        later = part.model_copy(update={part.option: part.chosen.out_of_support()})
        if later == part:
            continue
        aged = estimate(scenario.model_copy(update={name: later}), price_book)
        what = {"server": "cluster", "metadata_store": "database"}[name]
        more = float(aged.effective_cost - outcome.effective_cost)
        surcharge = Text("{} a month more", partial(Figures.money, usd=more))
        if aged.unpriced:
            surcharge = "more; the region's price of it is not known"
        yield Notice(
            "labor.tasks",
            Text(
                "Nobody upgrades: once the {}'s version is out of standard support, the provider "
                "asks {}.",
                what,
                surcharge,
            ),
        )


def _price_warnings(
    scenario: Scenario, price_book: PriceBook, outcome: Estimate
) -> Iterator[Notice]:
    charges = outcome.charges
    for charge in charges:
        if charge.is_unpriced:
            yield Notice(
                charge.component,
                Text(
                    "{} has no known price for {}: “{}” is left out of the total.",
                    price_book.region_name,
                    charge.price.sku_id,
                    charge.describe,
                ),
            )
        if charge.on_demand and charge.on_demand.state == "unknown" and charge.list_cost != 0:
            yield Notice(
                charge.component,
                Text(
                    "{} has no known price for {}: list and contracted cost leave out “{}”.",
                    price_book.region_name,
                    charge.on_demand.sku_id,
                    charge.describe,
                ),
            )
    # Labor and own lines have prices of the user's already, in fields.
    used = {charge.price.sku_id for charge in charges if charge.price.has_key}
    used |= {charge.on_demand.sku_id for charge in charges if charge.on_demand}
    for rate in scenario.own_rates:
        if not rate.is_for(price_book):
            yield Notice(
                "own_rates",
                f"Your rate for {rate.sku_id} is for {rate.region_beside(price_book)} and is not "
                f"used in {price_book.region_id}.",
            )
        elif rate.sku_id not in used:
            yield Notice("own_rates", f"Your rate for {rate.sku_id} is used by no line.")
        elif rate.upfront_usd is not None and not any(
            c.spread and c.price.sku_id == rate.sku_id for c in charges
        ):
            yield Notice(
                "own_rates",
                f"Your rate for {rate.sku_id} has an upfront part, but is no commitment: the "
                "upfront part is not used.",
            )
