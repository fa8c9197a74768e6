"""Self-host or buy: the scenario beside managed plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, percentages
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.components import INFRASTRUCTURE
from mlflow_cost_desktop.model.labor import Labor
from mlflow_cost_desktop.model.labor.default_tasks import LEAVING_HOURS
from mlflow_cost_desktop.model.labor.tasks import Task
from mlflow_cost_desktop.model.managed_plan import COMPONENT, MOVES, Caveat, ManagedPlan, Usage
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, Component
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook


@dataclass(frozen=True)
class Offer:
    """A plan beside the scenario.

    Attributes:
        own: the scenario's own estimate.
        bought: the plan's lines and what stays with the buyer; none where there is no price.
        too_small: why the team does not fit into the plan; empty where it does.
        caveats: what has to be known before relying on the figure.
        marks: what qualifies the figure, each in a word or two.
        shipped: the plan as it comes with the program, where the user has edited it.
    """

    plan: ManagedPlan
    own: Estimate
    bought: Estimate | None
    too_small: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    marks: tuple[str, ...] = ()
    shipped: ManagedPlan | None = None

    @property
    def fits(self) -> bool:
        """Whether the plan has a price and room for the team."""
        return self.bought is not None and not self.too_small

    @property
    def difference(self) -> Value:
        """USD a month that the plan costs more than the scenario; less where negative."""
        return self.bought.effective_cost - self.own.effective_cost if self.bought else np.nan

    @property
    def labor_difference(self) -> Value:
        return self.bought.labor - self.own.labor if self.bought else np.nan

    @property
    def infrastructure_difference(self) -> Value:
        """The difference without labor; the vendor's charges count as infrastructure."""
        return self.difference - self.labor_difference

    @cached_property
    def fees(self) -> float:
        """What the vendor charges, USD a month."""
        return sum(float(c.known_cost) for c in self._bought if c.component == COMPONENT)

    @cached_property
    def stays(self) -> tuple[Charge, ...]:
        """The scenario's lines that remain with the buyer."""
        lines = {charge.line for charge in self._bought}
        return tuple(c for c in self.own.charges if c.line in lines)

    @cached_property
    def replaced(self) -> tuple[Charge, ...]:
        """The scenario's lines that fall away."""
        lines = {charge.line for charge in self._bought}
        return tuple(c for c in self.own.charges if c.line not in lines)

    @property
    def one_off(self) -> float:
        """What moving in and out costs, USD a month over the horizon."""
        moves = (c for c in self._bought if c.word in MOVES)
        return sum(float(c.known_cost) for c in moves)

    @property
    def _bought(self) -> tuple[Charge, ...]:
        return self.bought.charges if self.bought else ()


def all_plans(scenario: Scenario, shipped: Iterable[ManagedPlan]) -> tuple[ManagedPlan, ...]:
    """The shipped plans, edited ones in their place, and after them the user's own.

    A plan that the user typed or changed is the user's: it names no other source.
    """
    came = tuple(shipped)
    edited = {plan.id: plan if plan in came else _of_the_user(plan) for plan in scenario.plans}
    first = [edited.pop(plan.id, plan) for plan in came]
    return (*first, *edited.values())


def _of_the_user(plan: ManagedPlan) -> ManagedPlan:
    return plan.model_copy(update={"source": "", "date": ""})


def offers(
    scenario: Scenario, book: PriceBook, shipped: Iterable[ManagedPlan], own: Estimate
) -> tuple[Offer, ...]:
    """Every plan beside the scenario: what fits first, the cheapest before all others."""
    came = {plan.id: plan for plan in shipped}
    plans = all_plans(scenario, came.values())
    return tuple(sorted(_beside(scenario, book, plans, came, own), key=_rank))


def offer_of(
    plan_id: str,
    scenario: Scenario,
    book: PriceBook,
    shipped: Iterable[ManagedPlan],
    own: Estimate,
) -> Offer | None:
    """One plan beside the scenario; none where there is no plan of that id."""
    came = {plan.id: plan for plan in shipped}
    plans = (plan for plan in all_plans(scenario, came.values()) if plan.id == plan_id)
    return next(_beside(scenario, book, plans, came, own), None)


def _beside(
    scenario: Scenario,
    book: PriceBook,
    plans: Iterable[ManagedPlan],
    came: Mapping[str, ManagedPlan],
    own: Estimate,
) -> Iterator[Offer]:
    """Plans beside the scenario, in their order; `came` are those of the program by id."""
    terms, usage = scenario.terms(book), usage_of(scenario)
    hour = scenario.labor.hour("platform_engineer")
    stays: dict[object, tuple[Charge, ...]] = {}  # many plans leave the same to the buyer
    for plan in plans:
        small = plan.too_small(usage)
        known = (
            small,
            tuple(plan.caveats(scenario.region_id)),
            plan.marks(scenario.region_id, is_too_small=bool(small)),
            came.get(plan.id) if not plan.source else None,
        )
        if not plan.has_figure:
            yield Offer(plan, own, None, *known)
            continue
        key = plan.replaced, plan.tasks, plan.sign_on, plan.roles
        if key not in stays:
            stays[key] = tuple(_staying(scenario, plan, own, terms))
        charges = (*stays[key], *plan.charges(terms, usage, hour))
        bought = Estimate(charges, scenario.hours_in_month, scenario.horizon_months)
        yield Offer(plan, own, bought, *known)


def _rank(offer: Offer) -> tuple[int, float]:
    if offer.bought is None:
        return (3 if offer.plan.price == "closed" else 2), 0.0
    return (0 if offer.fits else 1), float(offer.bought.effective_cost)


def comparable(found: Iterable[Offer]) -> Offer | None:
    """The plan to hold against the scenario first.

    Of those with a price and room for the team, a hosted MLflow comes before another tracker, a
    quoted price before a doubtful one, and then the cheapest.
    """

    def rank(offer: Offer) -> tuple[bool, bool, float]:
        plan = offer.plan
        cost = float(offer.bought.effective_cost) if offer.bought else np.inf
        return plan.software != "mlflow", plan.certainty == "doubtful", cost

    return min((offer for offer in found if offer.fits), key=rank, default=None)


def with_plan(scenario: Scenario, book: PriceBook, plan: ManagedPlan, own: Estimate) -> Estimate:
    """The plan's lines and, of the scenario's own estimate, the lines that stay.

    Pure; any numeric field of the scenario may hold an array, if `own` was made of the same.
    """
    terms = scenario.terms(book)
    hour = scenario.labor.hour("platform_engineer")
    bought = plan.charges(terms, usage_of(scenario), hour)
    charges = (*_staying(scenario, plan, own, terms), *bought)
    return Estimate(charges, scenario.hours_in_month, scenario.horizon_months)


def _staying(
    scenario: Scenario, plan: ManagedPlan, own: Estimate, terms: Terms
) -> Iterator[Charge]:
    """The lines that remain with the buyer; percentages are those of what remains."""
    labor, left = _labor_left(scenario, plan, terms)
    replaced = plan.replaced
    follow = {line.id for line in scenario.own_lines if line.is_percentage}
    staying = [
        charge
        for charge in own.charges
        if charge.component not in replaced
        and charge.origin != "labor"
        and not (charge.origin == "own_line" and charge.group in follow)
    ]
    for charge in labor.charges(left):
        staying.extend(charge.by_tier("labor", 0.0))
    yield from staying
    for charge in percentages(scenario, terms, staying):
        if charge.component not in replaced:
            yield charge


def usage_of(scenario: Scenario) -> Usage:
    """What the prices and limits of plans depend on, of a scenario of arrays too."""
    metadata_gb: Value = getattr(scenario.metadata_store.chosen, "storage_gb", 0.0)
    return Usage(
        seats=scenario.team.users,
        artifacts_gb=scenario.artifact_store.stored_gb,
        metadata_gb=metadata_gb,
        hours=scenario.usage.factor(scenario.hours_in_month),
        leaving_hours=_leaving_hours(scenario.labor),
    )


def _leaving_hours(labor: Labor) -> Value:
    """Hours to leave a system of this size: what the scenario has for its own exit."""
    last = [
        task.hours * task.times
        for task in labor.tasks
        if task.period == "at_end" and not task.is_upkeep
    ]
    return sum(last[1:], last[0]) if last else LEAVING_HOURS


def _labor_left(scenario: Scenario, plan: ManagedPlan, terms: Terms) -> tuple[Labor, Terms]:
    """What of the labor stays with the buyer, and under which terms."""
    labor, replaced = scenario.labor, plan.replaced
    # One account with the vendor serves all teams.
    left = terms.but(each=()) if "server" in replaced else terms
    update: dict[str, object] = {
        "tasks": tuple(
            task for task in labor.tasks if not _falls_away(task, plan, replaced, scenario)
        )
    }
    if labor.opportunity == "month":
        # An amount a month is forgone by all hours of upkeep; those that stay forgo their share.
        hours = np.asarray(labor.upkeep_hours(terms))
        usd = np.where(hours > 0, labor.opportunity_usd_per_month / np.maximum(hours, 1e-12), 0.0)
        update |= {"opportunity": "hour", "opportunity_usd_per_hour": usd[()]}
    return labor.model_copy(update=update), left


OF_A_PART = {
    "self_hosted_database": "metadata_store",
    "self_hosted_store": "artifact_store",
    "per_team": "server",
}
"""When a task counts that goes with a part, whoever does it, once a plan brings the part."""


HOSTS = (OWN_INSTANCES, OWN_MACHINES)
"""When a task counts that goes with whatever stands on instances or machines of one's own."""


def _falls_away(
    task: Task, plan: ManagedPlan, replaced: frozenset[str], scenario: Scenario
) -> bool:
    """Whether nobody of the buyer's has the task any longer."""
    if task.counts in HOSTS:
        stays = (part for part in INFRASTRUCTURE if part not in replaced)
        parts = (getattr(scenario, part) for part in stays)
        return not any(isinstance(p, Component) and task.counts in p.duties for p in parts)
    return plan.takes(task.id, task.counts) or OF_A_PART.get(task.counts) in replaced
