"""What would turn the verdict: each input alone, and where none does, several in proportion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.managed_plans import usage_of, with_plan
from mlflow_cost_desktop.analysis.uncertainty import with_values
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import Place, fitted, places, with_arrays
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.labor.rates import ROLES
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.ranges import used_ranges
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

Values: TypeAlias = NDArray[np.float64]

DECADES, STEPS = 3, 40
"""How far from an input's present value is looked at fine steps, down and up; and how many."""

FAR = (1e4, 1e5, 1e6, 1e9)
"""Times the present value that are looked at beyond these."""

POINTS, ROUNDS = 33, 4
"""Each round narrows a place down by the number of points; between them costs are straight."""

LIMITS = ("most_seats", "most_gb")
"""Of a plan: what it is sold for at most is a fact of the vendor's, not an assumption."""

OF_AN_HOUR = tuple(f"{role}_{of}" for role in ROLES for of in ("usd", "salary_usd"))
"""How the paths of hourly rates and of salaries end."""

LABOR, RATES, PRICES, MOVING = "labor", "rates", "prices", "moving"
"""Groups that every scenario has; others are the user's, by their names."""


@dataclass(frozen=True, slots=True)
class Flip:
    """Where one input alone turns the verdict.

    Attributes:
        place: the input, as it is now.
        at: the value at which both cost the same; of whole things the next that turns it.
        is_too_small: whether it turns because the plan has no room from there on.
    """

    place: Place
    at: float
    is_too_small: bool = False

    @property
    def now(self) -> float:
        return float(self.place.value)

    @property
    def rises(self) -> bool:
        """Whether the input would have to be more."""
        return self.at > self.now

    @property
    def relative(self) -> float | None:
        """How far that is, in parts of the present value; none of zero."""
        return (self.at - self.now) / abs(self.now) if self.now else None


@dataclass(frozen=True, slots=True)
class GroupFlip:
    """By which factor several inputs together turn the verdict.

    Attributes:
        key: `labor`, `rates`, `prices`, `moving`, or the name of a group of the user's.
        is_named: whether the user made it.
    """

    key: str
    factor: float
    is_named: bool = False


@dataclass(frozen=True)
class Flips:
    """What would turn the verdict against a plan.

    Attributes:
        difference: USD a month that the plan costs more than the scenario; negative where it is
            cheaper.
        flips: one for each input that alone turns the verdict, the nearest first.
        beside: what a buyer keeps of a scenario is kept of this one.
    """

    scenario: Scenario
    price_book: PriceBook
    plan: ManagedPlan
    difference: float
    flips: tuple[Flip, ...]
    beside: Scenario

    @cached_property
    def groups(self) -> tuple[GroupFlip, ...]:
        """Groups of inputs that turn the verdict in proportion, the nearest first."""
        return _groups(self)

    @cached_property
    def unpriced(self) -> int:
        """How many of the scenario's lines lack a price, and are left out of the difference."""
        return int(estimate(self.scenario, self.price_book).unpriced)


@dataclass(frozen=True, slots=True)
class _Lever:
    """What is moved: an input, or several by a factor, which is 1 now."""

    now: float
    lower: float
    upper: float
    step: float
    is_whole: bool
    values: Callable[[Values], Mapping[str, Values]]
    """What inputs become, by path."""

    def fitted(self, at: Values) -> Values:
        kept = np.clip(at, self.lower, self.upper)
        return np.floor(kept + 0.5) if self.is_whole else kept


@dataclass(frozen=True, slots=True)
class _Turn:
    """Between which values of a lever the verdict turns: what does not turn it, and what does."""

    stays: float
    turns: float
    difference_stays: float
    difference_turns: float


Difference: TypeAlias = Callable[[Sequence[_Lever], Values], Values]
"""What the plan costs more, for each lever (rows) at each of its values (columns)."""


def flips(
    scenario: Scenario, price_book: PriceBook, plan: ManagedPlan, beside: Scenario | None = None
) -> Flips:
    """The value of every input at which the verdict turns, everything else as it is.

    Two turns between neighboring steps of a fifth are not seen. A plan that has room now, and has
    none for a value, costs too much there.

    Args:
        plan: the one that is held against the scenario, of which it is known what it costs.
        beside: the scenario of whose parts the buyer keeps some, where that is hosted another way
            than the one that buying is held against. Inputs in which the two differ are left out.
    """
    beside = beside or scenario
    inputs = _alike(_inputs(scenario, plan), scenario, beside)
    levers = [_single(place) for place in inputs]
    difference = _difference(scenario, price_book, plan, beside)
    now = float(difference((), np.empty((0, 0)))[()])
    turns = _turns(levers, difference, now)
    found = [
        Flip(place, _at(lever, turn), bool(np.isinf(turn.difference_turns)))
        for place, lever, turn in zip(inputs, levers, turns, strict=True)
        if turn
    ]
    found.sort(key=lambda flip: np.inf if flip.relative is None else abs(flip.relative))
    return Flips(scenario, price_book, plan, now, tuple(found), beside)


def _inputs(scenario: Scenario, plan: ManagedPlan) -> list[Place]:
    """Numbers that count; those of the plan too where the user typed or changed it."""
    others = [p for p in numbers_that_count(scenario) if not p.path.startswith("plans.")]
    if not any(plan.id == own.id for own in scenario.plans):
        return others
    of_plan = places(plan, f"plans.{plan.id}", (plan.name,))
    return others + [
        place
        for place in of_plan
        if place.active and place.spec.is_number and place.value is not None
        if place.spec.name not in LIMITS
    ]


def _alike(inputs: list[Place], scenario: Scenario, beside: Scenario) -> list[Place]:
    """Those that are the same in both scenarios, or count in one alone."""
    if beside is scenario:
        return inputs
    kept = {place.path: place.value for place in places(beside) if place.active}
    return [place for place in inputs if kept.get(place.path, place.value) == place.value]


def _single(place: Place) -> _Lever:
    spec = place.spec
    return _Lever(
        float(place.value),
        0.0 if spec.lower is None else spec.lower,
        np.inf if spec.upper is None else spec.upper,
        spec.unit.step if spec.unit else 1.0,
        spec.counts_whole,
        lambda at: {place.path: at},
    )


def _difference(
    scenario: Scenario, price_book: PriceBook, plan: ManagedPlan, beside: Scenario
) -> Difference:
    """What the plan costs more; infinite where it has room now and has none there."""
    usage = usage_of(beside)
    fits = bool(plan.has_room(usage))

    def difference(levers: Sequence[_Lever], at: Values) -> Values:
        values = _in_blocks(levers, at)
        change = values.pop(PRICES, None)
        book = price_book if change is None else price_book.with_change(change)
        own_values = {path: of for path, of in values.items() if _is_own(path)}
        own = estimate(with_arrays(scenario, own_values), book)
        cases = with_arrays(beside, own_values)
        kept = own if beside is scenario else estimate(cases, book)
        bought_plan = with_values(plan, values)
        bought = with_plan(cases, book, bought_plan, kept)
        more = np.asarray(bought.effective_cost - own.effective_cost, dtype=float)
        if fits:
            more = np.where(bought_plan.has_room(usage_of(cases)), more, np.inf)
        return np.broadcast_to(more, at.size).reshape(at.shape) if levers else more

    return difference


def _is_own(path: str) -> bool:
    """Whether a path leads into the scenario, not into the plan that stands beside it."""
    return not path.startswith("plans.")


def _in_blocks(levers: Sequence[_Lever], at: Values) -> dict[str, Values]:
    """An array for each input: in the block of its lever as that says, elsewhere as it is."""
    found: dict[str, Values] = {}
    length = at.shape[1] if levers else 0
    for row, lever in enumerate(levers):
        block = slice(row * length, (row + 1) * length)
        here = lever.values(lever.fitted(at[row]))
        now = lever.values(np.array([lever.now]))
        for path, values in here.items():
            if path not in found:
                found[path] = np.repeat(now[path], at.size)
            found[path][block] = values
    return found


def _turns(levers: Sequence[_Lever], difference: Difference, now: float) -> list[_Turn | None]:
    """Where each lever turns the verdict, at the nearest of its values; none where it does not."""
    if not levers or now == 0.0:
        return [None] * len(levers)
    grid = np.array([_grid(lever) for lever in levers])
    costs = difference(levers, grid)
    turns: list[_Turn | None] = [
        _nearest(grid[row], costs[row], lever.now, now) for row, lever in enumerate(levers)
    ]
    for _ in range(ROUNDS):
        rows = [row for row, turn in enumerate(turns) if turn]
        some = [turn for turn in turns if turn]
        if not some:
            break
        at = np.array([np.linspace(turn.stays, turn.turns, POINTS) for turn in some])
        costs = difference([levers[row] for row in rows], at)
        for row, values, found in zip(rows, at, costs, strict=True):
            turns[row] = _first(values, found, now)
    return turns


def _grid(lever: _Lever) -> Values:
    """Values around the present one, in fine steps, and the bounds; in rising order."""
    fine = np.geomspace(1.0, 10.0**DECADES, STEPS)
    factors = np.concatenate(([0.0], 1.0 / fine[:0:-1], fine, FAR))
    ends = (lever.now or lever.step) * factors
    bounds = [bound for bound in (lever.lower, lever.upper) if np.isfinite(bound)]
    every = np.concatenate((ends, bounds, [lever.now] * (3 - len(bounds))))
    return np.sort(np.clip(every, lever.lower, lever.upper))


def _nearest(values: Values, costs: Values, start: float, now: float) -> _Turn | None:
    """The nearer of the first turns below and above the present value."""
    below, above = values <= start, values >= start
    found = (
        _first(values[below][::-1], costs[below][::-1], now),
        _first(values[above], costs[above], now),
    )
    turns = [turn for turn in found if turn]
    return min(turns, key=lambda turn: abs(turn.turns - start), default=None)


def _first(values: Values, costs: Values, now: float) -> _Turn | None:
    """The first value whose cost is on the other side, and the one before it."""
    turned = np.flatnonzero(costs * now < 0.0)
    if not len(turned) or turned[0] == 0:
        return None
    at = int(turned[0])
    return _Turn(*(float(of[at + by]) for of in (values, costs) for by in (-1, 0)))


def _at(lever: _Lever, turn: _Turn) -> float:
    """The value itself: of whole things the first that turns, else where a straight line does."""
    if lever.is_whole:
        return float(lever.fitted(np.array([turn.turns]))[0])
    before, after = turn.difference_stays, turn.difference_turns
    if not np.isfinite(after):
        return turn.stays
    return turn.stays + (turn.turns - turn.stays) * before / (before - after)


# --- Several inputs in proportion --------------------------------------------------


def _groups(found: Flips) -> tuple[GroupFlip, ...]:
    scenario, plan, beside = found.scenario, found.plan, found.beside
    numbers = _alike(numbers_that_count(scenario), scenario, beside)
    by_path = {place.path: float(place.value) for place in numbers}
    moves = plan.moving_hours(usage_of(beside))
    names = ("migration_hours", "exit_hours")
    moving = {f"plans.{plan.id}.{name}": float(now) for name, now in zip(names, moves, strict=True)}
    tasks = _some(by_path, "labor.tasks.", (".hours", ".position"))
    groups: list[tuple[str, bool, dict[str, float]]] = [
        (LABOR, False, tasks | moving),
        (RATES, False, _some(by_path, "labor.", OF_AN_HOUR)),
        (PRICES, False, {PRICES: 1.0}),
        (MOVING, False, moving),
    ]
    named: dict[str, dict[str, float]] = {}
    for one in used_ranges(scenario, scenario.ranges):
        if one.moves_with and one.path in by_path:
            named.setdefault(one.moves_with, {})[one.path] = by_path[one.path]
    groups += [(name, True, paths) for name, paths in named.items()]
    groups = [group for group in groups if any(group[2].values())]
    levers = [_together(paths, scenario) for _, _, paths in groups]
    difference = _difference(scenario, found.price_book, plan, beside)
    turns = _turns(levers, difference, found.difference)
    flipped = [
        GroupFlip(key, _at(lever, turn), is_named)
        for (key, is_named, _), lever, turn in zip(groups, levers, turns, strict=True)
        if turn
    ]
    return tuple(sorted(flipped, key=lambda flip: abs(np.log(max(flip.factor, 1e-12)))))


def _some(by_path: Mapping[str, float], begin: str, ends: tuple[str, ...]) -> dict[str, float]:
    """The inputs whose paths begin and end so."""
    return {p: now for p, now in by_path.items() if p.startswith(begin) and p.endswith(ends)}


def _together(paths: Mapping[str, float], scenario: Scenario) -> _Lever:
    """Inputs that all become so many times what they are, within their bounds."""
    specs = {place.path: place.spec for place in numbers_that_count(scenario)}

    def values(factor: Values) -> Mapping[str, Values]:
        return {
            path: fitted(specs[path], now * factor) if path in specs else now * factor
            for path, now in paths.items()
        }

    return _Lever(1.0, 0.0, np.inf, 0.1, False, values)
