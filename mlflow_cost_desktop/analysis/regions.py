"""A scenario in every region of its provider, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.shelf import Shelf


@dataclass(frozen=True, slots=True)
class RegionCost:
    """What a scenario costs in a region.

    Attributes:
        cost: effective, USD a month; lines without a price are left out.
        by_component: the same by part.
        lacking: the lines without a price here that have one in the scenario's own region.
        gaps: the parts of which a line has no price, here or anywhere.
        estimated: how many lines that cost something have an estimated price.
        problem: why the region's prices can't be read; else empty.
    """

    region_id: str
    name: str
    continent: str
    cost: float = 0.0
    by_component: Mapping[str, float] = field(default_factory=dict[str, float])
    lacking: tuple[str, ...] = ()
    gaps: frozenset[str] = frozenset()
    estimated: int = 0
    problem: str = ""

    @property
    def is_comparable(self) -> bool:
        """Whether its total holds all that the scenario's own region has in its."""
        return not self.problem and not self.lacking


def regions(
    scenario: Scenario,
    own: Estimate,
    shelf: Shelf,
    region_ids: Iterable[str] | None = None,
) -> tuple[RegionCost, ...]:
    """The scenario in each region: first those that can be compared, the cheapest before all.

    After them those that lack prices, by what is known; last those that can't be read.

    Args:
        own: the scenario's estimate in its own region.
        shelf: its provider's.
        region_ids: those that are asked for, all where it is left out.
    """
    priced = {charge.line for charge in own.charges if not charge.is_unpriced}
    wanted = shelf.regions if region_ids is None else region_ids
    found = [_region(scenario, priced, shelf, region_id) for region_id in wanted]
    return tuple(sorted(found, key=lambda one: (bool(one.problem), bool(one.lacking), one.cost)))


def some_regions(
    found: Sequence[RegionCost], continent: str = "", words: str = ""
) -> tuple[RegionCost, ...]:
    """Those of a continent whose name or id holds any of some words; all, where these are empty.

    Args:
        words: with commas between.
    """
    wanted = [word.strip().casefold() for word in words.split(",") if word.strip()]
    return tuple(
        region
        for region in found
        if continent in ("", region.continent)
        and (not wanted or any(word in _told(region) for word in wanted))
    )


def _told(region: RegionCost) -> str:
    return f"{region.name} {region.region_id}".casefold()


def _region(scenario: Scenario, priced: set[str], shelf: Shelf, region_id: str) -> RegionCost:
    name, continent = shelf.regions[region_id], shelf.provider.continent(region_id)
    try:
        prices = shelf.book(region_id)
    except UserError as error:
        return RegionCost(region_id, name, continent, problem=error.title)
    outcome = estimate(replace(scenario, "region_id", region_id), prices)
    lacking = dict.fromkeys(
        charge.name for charge in outcome.charges if charge.is_unpriced and charge.line in priced
    )
    return RegionCost(
        region_id,
        name,
        continent,
        float(outcome.effective_cost),
        {part: float(cost) for part, cost in outcome.by_component.items()},
        tuple(lacking),
        outcome.gaps,
        int(outcome.estimated),
    )
