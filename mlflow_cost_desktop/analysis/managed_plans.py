"""Self-host or buy: the scenario beside managed plans, and what would flip the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.break_even import crossings
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate, percentages
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.components import INFRASTRUCTURE
from mlflow_cost_desktop.model.fields import paths
from mlflow_cost_desktop.model.labor import Labor
from mlflow_cost_desktop.model.labor.tasks import LEAVING_HOURS, Task
from mlflow_cost_desktop.model.managed_plan import COMPONENT, MOVES, Caveat, ManagedPlan, Usage
from mlflow_cost_desktop.model.option import OWN_INSTANCES, OWN_MACHINES, Component
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]


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
    terms, usage = scenario.terms(book), usage_of(scenario, book)
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
    bought = plan.charges(terms, usage_of(scenario, book), hour)
    charges = (*_staying(scenario, plan, own, terms), *bought)
    return Estimate(charges, scenario.hours_in_month, scenario.horizon_months)


def _staying(
    scenario: Scenario, plan: ManagedPlan, own: Estimate, terms: Terms
) -> Iterator[Charge]:
    """The lines that remain with the buyer; percentages are those of what remains."""
    labor, left = _labor_left(scenario, plan, terms)
    follow = {line.id for line in scenario.own_lines if line.is_percentage}
    staying = [
        charge
        for charge in own.charges
        if charge.component not in plan.replaced
        and charge.origin != "labor"
        and not (charge.origin == "own_line" and charge.group in follow)
    ]
    for charge in labor.charges(left):
        staying.extend(charge.by_tier("labor", 0.0))
    yield from staying
    for charge in percentages(scenario, terms, staying):
        if charge.component not in plan.replaced:
            yield charge


def usage_of(scenario: Scenario, book: PriceBook) -> Usage:
    """What the prices and limits of plans depend on, of a scenario of arrays too."""
    metadata_gb: Value = getattr(scenario.metadata_store.chosen, "storage_gb", 0.0)
    return Usage(
        seats=scenario.team.users,
        artifacts_gb=scenario.artifact_store.stored_gb,
        metadata_gb=metadata_gb,
        hours=scenario.terms(book).usage,
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
    labor = scenario.labor
    # One account with the vendor serves all teams.
    left = replace(terms, each=()) if "server" in plan.replaced else terms
    update: dict[str, object] = {
        "tasks": tuple(task for task in labor.tasks if not _falls_away(task, plan, scenario))
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


def _falls_away(task: Task, plan: ManagedPlan, scenario: Scenario) -> bool:
    """Whether nobody of the buyer's has the task any longer."""
    if task.counts in HOSTS:
        stays = (part for part in INFRASTRUCTURE if part not in plan.replaced)
        parts = (getattr(scenario, part) for part in stays)
        return not any(isinstance(p, Component) and task.counts in p.duties for p in parts)
    return plan.takes(task.id, task.counts) or OF_A_PART.get(task.counts) in plan.replaced


# --- What would flip the verdict --------------------------------------------------


class BreakEven(NamedTuple):
    """Where plan and scenario cost the same.

    Attributes:
        what: the input: users, artifacts (GB), usage (h a month), upkeep saved (h a month).
        at: its value at equal cost.
        wins_above: whether the plan is cheaper above it, else below.
        now: its present value.
    """

    what: str
    at: float
    wins_above: bool
    now: float


def seats_break_even(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> BreakEven | None:
    """The number of users at which the plan and the scenario cost the same, the nearest one."""
    users = scenario.team.users
    most = plan.most_seats if plan.most_seats is not None else max(4.0 * users, 200.0)
    return next(_break_even_of(scenario, book, plan, "team.users", "users", 1.0, most, users), None)


def break_evens(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> tuple[BreakEven, ...]:
    """The nearest break-even of seats, of storage, of server hours and of upkeep saved."""
    gb = scenario.artifact_store.stored_gb
    most_gb = max(4.0 * gb, 10_240.0)
    if plan.most_gb is not None and "artifact_store" in plan.replaced:
        most_gb = plan.most_gb
    month = scenario.hours_in_month
    hours = float(scenario.usage.factor(month).value)
    by_hours = paths.replace(scenario, "usage.by", "hours")
    seats = seats_break_even(scenario, book, plan)
    return (
        *([seats] if seats else []),
        *_break_even_of(
            scenario, book, plan, "artifact_store.stored_gb", "artifacts", 0.0, most_gb, gb
        ),
        *_break_even_of(by_hours, book, plan, "usage.hours", "usage", 0.0, month, hours),
        *_upkeep(scenario, book, plan),
    )


def _break_even_of(
    scenario: Scenario,
    book: PriceBook,
    plan: ManagedPlan,
    path: str,
    what: str,
    lower: float,
    upper: float,
    now: float,
) -> Iterator[BreakEven]:
    def difference(values: Values) -> Values:
        return _difference(paths.swept(scenario, path, values), book, plan, values.shape)

    if upper > lower:
        yield from _nearest(what, crossings(difference, lower, upper), now, difference)


def _upkeep(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> Iterator[BreakEven]:
    """The hours of upkeep a month that the plan would have to save."""
    labor, terms = scenario.labor, scenario.terms(book)
    gone = tuple(task for task in labor.tasks if _falls_away(task, plan, scenario))
    saved = float(labor.model_copy(update={"tasks": gone}).upkeep_hours(terms))
    if saved <= 0:
        return

    def difference(hours: Values) -> Values:
        return _difference(_scaled(scenario, plan, hours / saved), book, plan, hours.shape)

    yield from _nearest("upkeep saved", crossings(difference, 0.0, 20.0 * saved), saved, difference)


def _scaled(scenario: Scenario, plan: ManagedPlan, by: Values) -> Scenario:
    """The tasks that come again and fall away with the plan, with other hours."""

    def scaled(task: Task) -> Task:
        if not task.is_upkeep or not _falls_away(task, plan, scenario):
            return task
        if task.by == "position":
            return task.model_copy(update={"position": task.position * by})
        return task.model_copy(update={"hours": task.hours * by})

    tasks = tuple(scaled(task) for task in scenario.labor.tasks)
    return scenario.model_copy(update={"labor": scenario.labor.model_copy(update={"tasks": tasks})})


def _difference(
    scenario: Scenario, book: PriceBook, plan: ManagedPlan, shape: tuple[int, ...] = ()
) -> Values:
    """What the plan costs more, USD a month, in the shape of the values that were put in.

    Where they matter to neither side, it is the same at each.
    """
    own = estimate(scenario, book)
    bought = with_plan(scenario, book, plan, own)
    return np.broadcast_to(bought.effective_cost - own.effective_cost, shape)


def _nearest(
    what: str,
    found: tuple[float, ...],
    now: float,
    difference: Callable[[Values], Values],
) -> Iterator[BreakEven]:
    if found:
        at = min(found, key=lambda value: abs(value - now))
        above = difference(np.array([at * (1 + 1e-6) + 1e-9]))
        yield BreakEven(what, at, bool(np.all(above < 0)), now)


class Flip(NamedTuple):
    """One input that alone flips the verdict when it is halved, doubled or left out."""

    path: str
    title: str
    unit: str
    now: float
    then: float
    difference: float


def flips(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> tuple[Flip, ...]:
    """Inputs that flip the verdict when halved, doubled or left out, the surest first."""
    now = float(_difference(scenario, book, plan))
    found: list[Flip] = []
    for place in paths.places(scenario):
        if not _is_assumption(place) or not place.value:
            continue
        lower, upper = place.spec.lower or 0.0, place.spec.upper or np.inf
        opportunity = place.path.startswith("labor.opportunity")
        values = np.clip([0.0 if opportunity else place.value / 2, place.value * 2], lower, upper)
        changed = paths.swept(scenario, place.path, values)
        then = _difference(changed, book, plan, values.shape)
        for value, difference in zip(values.tolist(), then.tolist(), strict=True):
            if difference * now < 0:
                title = " · ".join((*place.group[1:], place.spec.title))
                unit = place.spec.unit.text if place.spec.unit else ""
                found.append(Flip(place.path, title, unit, place.value, value, difference))
    found += [flip for flip in _moves(scenario, book, plan) if flip.difference * now < 0]
    return tuple(sorted(found, key=lambda flip: -abs(flip.difference)))


def _moves(scenario: Scenario, book: PriceBook, plan: ManagedPlan) -> Iterator[Flip]:
    """The hours of moving in and out, halved and doubled together."""
    moving_in, moving_out = map(float, plan.moving_hours(usage_of(scenario, book)))
    hours = moving_in + moving_out
    for by in (0.5, 2.0):
        moved = plan.model_copy(
            update={"migration_hours": moving_in * by, "exit_hours": moving_out * by}
        )
        difference = float(_difference(scenario, book, moved))
        path = f"plans.{plan.id}.migration_hours"
        yield Flip(path, "Moving in and out", "h", hours, hours * by, difference)


ASSUMPTIONS = ("labor.", "team.users", "usage.", "artifact_store.stored_gb")


def _is_assumption(place: paths.Place) -> bool:
    return (
        place.active
        and place.spec.is_number
        and place.path.startswith(ASSUMPTIONS)
        and not place.path.endswith(".times")  # as its hours
    )
