"""Ranges that are suggested: from sources or, marked as such, by judgment."""

from __future__ import annotations

from collections.abc import Sequence

from mlflow_cost_desktop.analysis.tornado import tornado
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import most_that_counts
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.ranges import KnownRange, Range, fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook


def suggested_ranges(
    scenario: Scenario, price_book: PriceBook, known: Sequence[KnownRange]
) -> tuple[Range, ...]:
    """Ranges for the inputs that matter and have none, around what is typed in them.

    What is typed outside a range that is known is another case than the source's: it gets none.
    None goes further up than its input counts: a month has no more than its hours.

    Args:
        known: the ranges that come with the program.
    """
    plain = tornado(scenario.model_copy(update={"ranges": ()}), price_book)
    still = {place.path for place in plain.without_effect}
    there = {one.path for one in scenario.ranges}
    inputs = {
        place.path: place
        for place in numbers_that_count(scenario)
        if place.value and place.path not in still | there
    }
    found: list[Range] = []
    for one in known:
        if place := inputs.get(one.path):
            around = one.around(float(place.value))
            high = min(around.high, most_that_counts(scenario, place))
            found.append(around.model_copy(update={"high": high}))
    return tuple(one for one in found if not fault_of_range(scenario, one))


def edits_for_suggested(scenario: Scenario, ranges: Sequence[Range]) -> Edits:
    """What puts ranges that were suggested into a scenario, after its own."""
    return Edits.proposed(scenario, [("ranges", (*scenario.ranges, *ranges))])
