"""How fast the program answers, without a window: estimates, draws, flips, price books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import numpy as np
from by_hand import RANGED, ByHand, drawn_by_hand
from measuring import Effort, Figure, milliseconds, taking_turns
from numpy.typing import NDArray

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.analysis.flips import flips
from mlflow_cost_desktop.analysis.regions import regions
from mlflow_cost_desktop.analysis.sweep import sweep
from mlflow_cost_desktop.analysis.uncertainty import PERCENTILES, uncertainty
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import drawn, places
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.startup import garbage

Values = NDArray[np.float64]

CASES = 100_000
BY_HAND = "numpy by hand"
ONE_BY_ONE = "one total after the other"

REGIONS_MS = 600.0
"""Until a scenario is there in all regions, of whose books none was read."""


def sweeps(effort: Effort) -> Iterator[Figure]:
    """A million points of the estimate against the same written out by hand."""
    garbage.leave_to_the_window()  # as in the program, where no answer waits for it
    samples = paths.resources_dir() / "scenarios"
    scenario = read_scenario(samples / next(iter(app.SAMPLES.values()))).scenario
    book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
    written_out = ByHand.of(scenario, book)
    # Hours reach past the month, gigabytes into the third tier.
    hours, gigabytes = np.linspace(0, 1000, 1_000_000), np.linspace(0, 1e6, 1_000_000)
    for key, title, path, values, by_hand in (
        (
            "sweep_usage_hours",
            "Million usage hours",
            "usage.hours",
            hours,
            written_out.by_usage_hours,
        ),
        (
            "sweep_stored_gb",
            "Million stored GB",
            "artifact_store.stored_gb",
            gigabytes,
            written_out.by_stored_gb,
        ),
    ):
        # The floor must be of the same estimate, or it is none; this also warms up both.
        total = sweep(scenario, book, path, values).total
        if not np.allclose(total, by_hand(values), rtol=1e-12, atol=0):
            raise SystemExit(f"{title}: the estimate by hand is not the program's")
        ours, floor = taking_turns(
            effort.sweeps,
            lambda path=path, values=values: sweep(scenario, book, path, values).total,
            lambda by_hand=by_hand, values=values: by_hand(values),
        )
        yield Figure(key, title, milliseconds(ours), "ms", BY_HAND, milliseconds(floor), aim=1.5)


def draws(effort: Effort) -> Figure:
    """All totals of the largest sample with all its numbers drawn, against one after the other."""
    scenario = read_scenario(paths.resources_dir() / "scenarios" / "regulated.mlcost").scenario
    book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
    random = np.random.default_rng(1)
    conventions = ("hours_in_month", "horizon_months", "currency.")
    drawn_values = {
        place.path: place.value * random.uniform(0.8, 1.2, (1, 100_000))
        for place in places(scenario)
        if place.active and place.spec.is_number and place.value is not None
        if not place.path.startswith(conventions)
    }
    scenario = drawn(scenario, drawn_values)

    def in_one_pass() -> list[Value]:
        outcome = estimate(scenario, book)
        totals = outcome.list_cost, outcome.contracted_cost, outcome.effective_cost
        cash = outcome.billed_cost, outcome.first_year_cash
        return [*totals, *cash, *outcome.by_component.values(), outcome.unpriced]

    def one_by_one() -> list[Value]:
        lines = estimate(scenario, book).charges
        return [
            add_up(line.known(line.list_cost) for line in lines),
            add_up(line.known(line.contracted_cost) for line in lines),
            add_up(line.known_cost for line in lines),
            add_up(line.known_cash(1) for line in lines),
            add_up(line.known_within(12.0) for line in lines),
            *(add_up(c.known_cost for c in lines if c.component == name) for name in COMPONENTS),
            add_up(line.is_unpriced for line in lines),
        ]

    for total, expected in zip(in_one_pass(), one_by_one(), strict=True):
        if not np.allclose(total, expected, rtol=1e-9, atol=0):
            raise SystemExit("The totals of draws are not the sums of the lines")
    ours, floor = taking_turns(effort.sweeps, in_one_pass, one_by_one)
    title = "All totals of 100,000 draws"
    return Figure(
        "draws", title, milliseconds(ours), "ms", ONE_BY_ONE, milliseconds(floor), aim=0.45
    )


def cases(effort: Effort) -> Iterator[Figure]:
    """100,000 cases with their percentiles, drawing included, against the same written by hand."""
    samples = paths.resources_dir() / "scenarios"
    for key, title, name in (
        ("cases", "100,000 cases of twelve ranges", "article-2024"),
        ("cases_largest", "100,000 cases of the largest sample", "regulated"),
    ):
        scenario = read_scenario(samples / f"{name}.mlcost").scenario
        book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
        typed = {place.path: place.value for place in numbers_that_count(scenario) if place.value}
        wanted = RANGED if key == "cases" else tuple(typed)
        ranges = tuple(
            Range(path=path, low=0.8 * typed[path], high=1.3 * typed[path]) for path in wanted
        )
        ranged = scenario.model_copy(update={"ranges": ranges})
        spreads = {one.path: (one.low, typed[one.path], one.high) for one in ranges}
        floor = (
            written_out(scenario, book) if key == "cases" else lines_alone(scenario, book, spreads)
        )

        def ours(ranged: Scenario = ranged, book: PriceBook = book) -> Values:
            return np.array(list(uncertainty(ranged, book, count=CASES).percentiles.values()))

        def by_hand(
            floor: Callable[[Any], Values] = floor, spreads: Any = spreads, seed: int = ranged.seed
        ) -> Values:
            cost = floor(drawn_by_hand(seed, spreads, CASES))
            return np.percentile(cost, PERCENTILES, method="hazen")

        if key == "cases" and not np.allclose(ours(), by_hand(), rtol=1e-9, atol=0):
            raise SystemExit(f"{title}: the estimate by hand is not the program's")
        times, floors = taking_turns(effort.sweeps, ours, by_hand)
        yield Figure(key, title, milliseconds(times), "ms", BY_HAND, milliseconds(floors), aim=4.0)


def written_out(scenario: Scenario, book: PriceBook) -> Callable[[Any], Values]:
    """The article's estimate of twelve inputs, line by line."""
    return ByHand.of(scenario, book).by_draws


def lines_alone(scenario: Scenario, book: PriceBook, spreads: Any) -> Callable[[Any], Values]:
    """Of any scenario, each line's quantity in all cases times its price, with nothing around it.

    Quantities are worked out before the clock runs: less than this nobody can do.
    """
    values = drawn_by_hand(1, spreads, CASES)
    drawn_scenario = drawn(scenario, {path: of[np.newaxis] for path, of in values.items()})
    lines = [
        (np.asarray(charge.pricing_quantity), np.asarray(charge.list_unit_price))
        for charge in estimate(drawn_scenario, book).charges
    ]

    def cost(_: Any) -> Values:
        total = np.zeros((1, CASES))
        for quantity, price in lines:
            total = total + quantity * price
        return total[0]

    return cost


def turns(effort: Effort) -> Figure:
    """All values at which the verdict against a plan turns, in the slowest of the samples."""
    plan = next(
        p for p in read_plans(paths.pricing_dir() / "managed") if p.id == "sagemaker_small"
    )  # fmt: skip
    slowest = 0.0
    for name in ("article-2024", "regulated", "large", "hobby"):
        scenario = read_scenario(paths.resources_dir() / "scenarios" / f"{name}.mlcost").scenario
        book = Shelf(paths.pricing_dir() / "aws").book(scenario.region_id)
        seconds: list[float] = []
        for _ in range(effort.sweeps):
            start = perf_counter()
            _ = flips(scenario, book, plan).groups
            seconds.append(perf_counter() - start)
        slowest = max(slowest, milliseconds(seconds))
    return Figure("flips", "All flips of a sample, groups too", slowest, "ms", limit=300.0)


def books(effort: Effort) -> list[Figure]:
    """Reading a region's price book, as at the start and as when another region is chosen."""
    first: list[float] = []
    other: list[float] = []
    for _ in range(effort.books):
        shelf = Shelf(paths.pricing_dir() / "aws")
        start = perf_counter()
        shelf.book("us-east-1")
        between = perf_counter()
        shelf.book("eu-west-1")  # regions, machines and rules are known by now
        other.append(perf_counter() - between)
        first.append(between - start)
    return [
        Figure("first_book", "Region book at the start", milliseconds(first), "ms"),
        Figure("other_book", "Region book when chosen", milliseconds(other), "ms"),
        every_region(effort),
    ]


def every_region(effort: Effort) -> Figure:
    """A scenario in each region, whose books are read for it."""
    samples = paths.resources_dir() / "scenarios"
    scenario = read_scenario(samples / next(iter(app.SAMPLES.values()))).scenario
    taken: list[float] = []
    for _ in range(min(effort.books, 5)):
        shelf = Shelf(paths.pricing_dir() / "aws")
        start = perf_counter()
        own = estimate(scenario, shelf.book(scenario.region_id))
        regions(scenario, own, shelf)
        taken.append(perf_counter() - start)
    count = len(Shelf(paths.pricing_dir() / "aws").regions)
    title = f"A scenario in {count} regions, books unread"
    return Figure("regions", title, milliseconds(taken), "ms", limit=REGIONS_MS)
