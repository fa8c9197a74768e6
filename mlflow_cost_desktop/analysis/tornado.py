"""What matters most: each input at its low and its high end, everything else as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import (
    Place,
    fitted,
    most_that_counts,
    places,
    with_arrays,
)
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.ranges import used_ranges
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]

SWING = 0.1
"""How far inputs are moved where none has a range."""

SAME = 1e-9
"""USD by which a cost differs at least for an input to have an effect."""


@dataclass(frozen=True, slots=True)
class Move:
    """One input that is moved: how far it goes down and up from its present value."""

    place: Place
    low: float
    now: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """What the cost is where one input is low and where it is high.

    Attributes:
        moves: the input; of a task its hours and how often, where both are moved together.
        is_product: whether the input stands for the product of a task's hours and times.
        cost_low, cost_high: effective cost at its low and at its high end, USD a month.
        lacks_low, lacks_high: whether a line without a price is left out of that.
    """

    moves: tuple[Move, ...]
    cost_low: float
    cost_high: float
    is_product: bool = False
    lacks_low: bool = False
    lacks_high: bool = False

    @property
    def path(self) -> str:
        return self.moves[0].place.path


@dataclass(frozen=True, slots=True)
class Tornado:
    """Inputs by how much they matter.

    Attributes:
        cost: as everything is now, USD a month.
        bars: the widest first.
        without_effect: inputs that change nothing between their ends.
        has_ranges: whether the ends are those of ranges; else each is moved by `SWING`.
        unpriced: how many lines lack a price now, and are left out.
    """

    cost: float
    bars: tuple[Bar, ...]
    without_effect: tuple[Place, ...]
    has_ranges: bool
    unpriced: int = 0


def tornado(scenario: Scenario, price_book: PriceBook) -> Tornado:
    """The cost at both ends of every ranged input, or of all inputs where none has a range."""
    ranges = {one.path: one for one in used_ranges(scenario, scenario.ranges)}
    if ranges:
        found = [
            Move(place, ranges[place.path].low, float(place.value), ranges[place.path].high)
            for place in places(scenario)
            if place.path in ranges
        ]
    else:
        found = [
            _swung(place, scenario)
            for place in numbers_that_count(scenario)
            if not place.path.startswith("plans.")  # they are no part of the total
        ]
    rows = _rows(found, has_ranges=bool(ranges))
    costs, unpriced = _costs(scenario, price_book, rows)
    now = costs[-1]
    bars: list[Bar] = []
    for at, (moves, is_product) in enumerate(rows):
        low, high = 2 * at, 2 * at + 1
        lacks = unpriced[low] > 0, unpriced[high] > 0
        bars.append(Bar(moves, costs[low], costs[high], is_product, *lacks))
    has_gaps = unpriced[-1] > 0

    def is_still(bar: Bar) -> bool:
        lacks = {bar.lacks_low, bar.lacks_high, has_gaps}  # what it costs may be unknown at an end
        return _width(bar, now) <= SAME and len(lacks) == 1

    moving = [bar for bar in bars if not is_still(bar)]
    still = [move.place for bar in bars if is_still(bar) for move in bar.moves]
    moving.sort(key=lambda bar: -_width(bar, now))
    return Tornado(now, tuple(moving), tuple(still), bool(ranges), unpriced[-1])


def _width(bar: Bar, now: float) -> float:
    costs = bar.cost_low, bar.cost_high, now
    return max(costs) - min(costs)


def _swung(place: Place, scenario: Scenario) -> Move:
    """An input a tenth lower and higher, or one step up from zero, as its field takes them.

    It goes no further up than it counts: a month has no more than its hours.
    """
    now, spec = float(place.value), place.spec
    step = spec.unit.step if spec.unit else 1.0
    by = abs(now) * SWING
    up = min(now + by if now else step, most_that_counts(scenario, place))
    low, high = fitted(spec, np.array([now - by, up])).tolist()
    return Move(place, low, now, high)


def _rows(found: list[Move], *, has_ranges: bool) -> list[tuple[tuple[Move, ...], bool]]:
    """The inputs, those of a task's hours and times as one.

    Where neither has a range of its own, their product is moved by its hours alone; where one of
    them is zero, that one is moved, or nothing would be.
    """
    by_path = {move.place.path: move for move in found}
    rows: list[tuple[tuple[Move, ...], bool]] = []
    for move in found:
        task, _, name = move.place.path.rpartition(".")
        is_task = task.startswith("labor.tasks.")
        if is_task and name == "times" and f"{task}.hours" in by_path:
            continue  # it stands with the hours
        times = by_path.get(f"{task}.times") if is_task and name == "hours" else None
        if times is None:
            rows.append(((move,), False))
        elif has_ranges or not (move.now or times.now):
            rows.append(((move, times), False))
        elif move.now and times.now:
            rows.append(((move,), True))
        else:
            rows.append(((times if move.now else move,), False))
    return rows


def _costs(
    scenario: Scenario, price_book: PriceBook, rows: list[tuple[tuple[Move, ...], bool]]
) -> tuple[list[float], list[int]]:
    """What it costs at both ends of each row, then now, and how many lines lack a price there."""
    count = 2 * len(rows) + 1
    values: dict[str, Values] = {}
    for at, (moves, _) in enumerate(rows):
        for move in moves:
            kept = np.full(count, move.now)
            kept[2 * at : 2 * at + 2] = fitted(move.place.spec, np.array([move.low, move.high]))
            values[move.place.path] = kept
    outcome = estimate(with_arrays(scenario, values), price_book)
    costs: list[float] = np.broadcast_to(
        np.asarray(outcome.effective_cost, dtype=float), count
    ).tolist()
    unpriced: list[int] = np.broadcast_to(np.asarray(outcome.unpriced, dtype=int), count).tolist()
    return costs, unpriced
