"""The cheapest ways to host a deployment that meet its needs, in one region or in many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import product
from typing import NamedTuple, TypeAlias

import numpy as np

from mlflow_cost_desktop.analysis.asked import Asked, asked_of, hosting_of, meets, traits_of
from mlflow_cost_desktop.analysis.aws.machines import SIZES_IN_KEYS
from mlflow_cost_desktop.analysis.candidates import (
    CLUSTER,
    HOSTED,
    Pricer,
    Traits,
    Ways,
    differing_values,
)
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.needs import ALL, THIS
from mlflow_cost_desktop.model.option import Option
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.provider import Provider

MOST = 10
"""How many are listed unless told otherwise."""

FEW = 2
"""Of each kind of hosting so many combinations are estimated in full: what lines of several parts
share (tiers, percentages) is counted there alone."""


EVEN = 1e-6
"""USD: by so little a sum may differ with the order in which it is added up."""


class Best(NamedTuple):
    """The cheapest way of a kind to host a part, USD a month for its lines alone."""

    ways: Ways
    option: Option
    cost: float
    traits: Traits
    duties: frozenset[str]

    @property
    def kind(self) -> str:
        return self.ways.kind


_Combination: TypeAlias = tuple[float, int, tuple[Best, ...]]
"""About what parts that go together cost in all, the number of the combination, and the parts."""


@dataclass(frozen=True)
class Alternative:
    """One way to host the whole deployment.

    Attributes:
        scenario: the deployment as it would be, with the needs that led to it written down.
        edits: what would change, needs included.
        estimate: the whole of it, in its region.
        kinds: what kind of hosting each part has, in the order of `HOSTED`.
        months: for how long its longest commitment binds.
        traits: what each part has, in the same order.
    """

    scenario: Scenario
    price_book: PriceBook
    edits: Edits
    estimate: Estimate
    kinds: tuple[str, ...]
    months: int
    traits: tuple[Traits, ...]

    @cached_property
    def cost(self) -> float:
        """USD a month."""
        return float(self.estimate.effective_cost)

    @property
    def options(self) -> tuple[Option, ...]:
        """How each part is hosted."""
        return tuple(getattr(self.scenario, part).chosen for part in HOSTED)


@dataclass(frozen=True)
class Alternatives:
    """What was found so far.

    Attributes:
        now: the deployment as it is.
        asked: what others have to be like.
        found: the cheapest first; each kind of hosting, term and region once, the present one not.
        considered: how many ways to host a part were looked at.
        done, regions: how many regions were searched, of how many.
        without: regions in which something lacks a price that is known where it is now.
    """

    now: Alternative
    asked: Asked
    found: tuple[Alternative, ...]
    considered: int
    done: int
    regions: int
    without: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it is known what the present one costs."""
        return not self.now.estimate.unpriced

    def difference(self, other: Alternative) -> float | None:
        """How much more another one costs a month; none where the present one lacks a price."""
        return other.cost - self.now.cost if self.is_known else None


def word_of(continent: str) -> str:
    """How a continent is named among regions: `north_america`."""
    return re.sub(r"[^a-z]+", "_", continent.lower())


def regions_asked(scenario: Scenario, provider: Provider, known: Iterable[str]) -> tuple[str, ...]:
    """The regions to look in, the scenario's own first where it is one of them.

    Regions for some customers only are among them where they are named, or are the scenario's.
    """
    words = scenario.needs.regions or (THIS,)
    named = {scenario.region_id if word == THIS else word for word in words}
    found = [
        region
        for region in known
        if region in named
        or word_of(provider.continent(region)) in words
        or (ALL in words and not region.startswith(provider.to_be_named))
    ]
    return tuple(sorted(found, key=lambda region: region != scenario.region_id))


class _Region:
    """The search in one region."""

    def __init__(
        self, scenario: Scenario, asked: Asked, price_book: PriceBook, work: dict[object, float]
    ) -> None:
        moved = scenario.region_id != price_book.region_id
        self.scenario = (
            scenario.model_copy(update={"region_id": price_book.region_id}) if moved else scenario
        )
        self.asked = asked
        self.price_book = price_book
        self.pricer = Pricer(self.scenario, price_book)
        self.considered = 0
        self._work = work
        self.network, self.network_gaps = self.pricer.network()
        self.best = {part: list(self._best_of(part)) for part in HOSTED}

    def _best_of(self, part: str) -> Iterator[Best]:
        found: dict[object, Best] = {}
        for ways in ways_of(self.asked, self.pricer, part):
            self.considered += len(ways.sizes)
            best = cheapest_of(self.asked, self.pricer, ways)
            if best is None:
                continue
            has = best.traits
            key = best.kind, has.months, has.needs, has.gives, best.duties
            if key not in found or best.cost < found[key].cost:
                found[key] = best
        yield from found.values()

    def labor(self, duties: frozenset[str], bests: Sequence[Best]) -> float:
        """What the work costs of which the parts' hosting is the reason."""
        key = duties, self.scenario.region_id if self.scenario.own_lines else ""
        if key not in self._work:
            self._work[key] = self.pricer.labor(with_parts(self.scenario, bests))
        return self._work[key]

    def combinations(self) -> Iterator[tuple[float, tuple[Best, ...]]]:
        """Parts that go together, each with about what it costs in all."""
        given = frozenset({CLUSTER}) if self.asked.has_cluster else frozenset[str]()
        for server in self.best["server"]:
            gives = server.traits.gives | given
            pairs = product(self.best["metadata_store"], self.best["artifact_store"])
            for database, store in pairs:
                if not (database.traits.needs | store.traits.needs) <= gives:
                    continue
                bests = server, database, store
                duties = server.duties | database.duties | store.duties
                cost = server.cost + database.cost + store.cost + self.network
                yield cost + self.labor(duties, bests), bests


def ways_of(asked: Asked, pricer: Pricer, part: str) -> Iterator[Ways]:
    """Every way to host a part, the chosen one first; many sizes together.

    Where others are not looked for, it is the chosen one alone.
    """
    component = getattr(pricer.scenario, part)
    terms, like = pricer.terms, asked.likes[part]
    sold = pricer.sold(SIZES_IN_KEYS)
    chosen = component.chosen
    if not asked.is_unlike(part):
        yield Ways(part, component.option, chosen, shape=hosting_of(chosen).shape(chosen))
    if not asked.looks_for(part):
        return
    for name in component.option_names:
        option: Option = getattr(component, name)
        if option.is_sold_by(pricer.price_book.provider.id):
            yield from hosting_of(option).ways(option, terms, like, sold)


def cheapest_of(asked: Asked, pricer: Pricer, ways: Ways) -> Best | None:
    """The cheapest of some ways that meets the needs and has a price, the first of equal ones."""
    is_asked = asked.looks_for(ways.part)
    # Where others are not looked for, the chosen one is held, whatever it has.
    suits = meets(asked, ways, pricer.terms) if is_asked else np.ones(1, dtype=np.bool_)
    if not suits.any():
        return None
    cost, estimated = pricer.cost(ways)
    if is_asked and not asked.scenario.needs.estimated:
        suits &= ~estimated
    suits &= ~np.isnan(cost)
    if not suits.any():
        return None
    at = int(np.argmin(np.where(suits, cost, np.inf)))
    option = ways.one(at)
    duties = ways.hosted(pricer.scenario, option).duties
    return Best(ways, option, float(cost[at]), traits_of(option, pricer.terms), duties)


def with_parts(scenario: Scenario, bests: Iterable[Best]) -> Scenario:
    """The scenario with its parts hosted otherwise."""
    parts = {best.ways.part: best.ways.hosted(scenario, best.option) for best in bests}
    return scenario.model_copy(update=parts)


class Search:
    """A search that goes from region to region; each step adds what was found there.

    Args:
        scenario: the deployment as it is, with its needs.
        price_book: of its region.
        most: how many are listed.
        parts: those that may be hosted otherwise.
    """

    def __init__(
        self,
        scenario: Scenario,
        price_book: PriceBook,
        most: int = MOST,
        parts: tuple[str, ...] = HOSTED,
    ) -> None:
        self.scenario, self.most = scenario, most
        terms = scenario.terms(price_book)
        self.asked = asked_of(scenario, terms, parts)
        now = {part: getattr(scenario, part).chosen for part in HOSTED}
        traits = tuple(traits_of(option, terms) for option in now.values())
        self.now = Alternative(
            scenario,
            price_book,
            Edits(),
            estimate(scenario, price_book),
            tuple(_kind(getattr(scenario, part).option, option) for part, option in now.items()),
            max(has.months for has in traits),
            traits,
        )
        self._gaps = Pricer(scenario, price_book).network()[1]
        self._work: dict[object, float] = {}
        self._found: list[Alternative] = []
        self._considered = 0
        self._without: list[str] = []

    def nothing(self, regions: int) -> Alternatives:
        """What is known before the first region was searched."""
        return Alternatives(self.now, self.asked, (), 0, 0, regions)

    def through(self, books: Iterable[PriceBook], regions: int) -> Iterator[Alternatives]:
        """Search one region after the other; after each, what was found so far.

        Args:
            books: of the regions, read as they are come to.
            regions: how many there are.
        """
        for done, book in enumerate(books, 1):
            self._search(book)
            yield Alternatives(
                self.now,
                self.asked,
                tuple(self._found),
                self._considered,
                done,
                regions,
                tuple(self._without),
            )

    def _search(self, price_book: PriceBook) -> None:
        region = _Region(self.scenario, self.asked, price_book, self._work)
        self._considered += region.considered
        if region.network_gaps > self._gaps or not all(region.best.values()):
            self._without.append(price_book.region_id)
            return
        groups: dict[object, list[_Combination]] = {}
        for number, (cost, bests) in enumerate(region.combinations()):
            kinds = tuple(best.kind for best in bests)
            months = max(best.traits.months for best in bests)
            groups.setdefault((kinds, months), []).append((cost, number, bests))
        ranked = sorted((nsmallest(FEW, group) for group in groups.values()), key=_first)
        # One more than asked for: the present one may be among them.
        wanted = [few for group in ranked[: self.most + 1] if (few := self._unbeaten(group))]
        made = [self._cheapest(region, few) for few in wanted]
        self._found = sorted(
            [*self._found, *(one for one in made if one is not None)], key=self._order
        )[: self.most]

    def _unbeaten(self, few: list[_Combination]) -> list[_Combination]:
        """Those of a few that need a full estimate: nothing found elsewhere is cheaper."""
        follows = any(line.is_percentage for line in self.scenario.own_lines)
        if len(self._found) < self.most or follows:
            return few
        return [one for one in few if one[0] <= self._found[-1].cost + EVEN]

    def _cheapest(self, region: _Region, few: Sequence[_Combination]) -> Alternative | None:
        """Of a few combinations the cheapest as a whole; none if that is the present one."""
        made = [self._made(region, bests) for _, _, bests in few]
        best = min(made, key=self._order)
        return best if best.edits.changing else None

    def _made(self, region: _Region, bests: tuple[Best, ...]) -> Alternative:
        hosting: list[tuple[str, object]] = []
        if region.scenario.region_id != self.scenario.region_id:
            hosting.append(("region_id", region.scenario.region_id))
        for best in bests:
            part = best.ways.part
            before = getattr(self.scenario, part)
            hosting += differing_values(before, best.ways.hosted(self.scenario, best.option), part)
        edits = Edits.proposed(self.scenario, hosting)
        if hosting:
            edits += Edits.proposed(self.scenario, self.asked.values.items())
        scenario = edits.applied(self.scenario)
        return Alternative(
            scenario,
            region.price_book,
            edits,
            estimate(scenario, region.price_book),
            tuple(best.kind for best in bests),
            max(best.traits.months for best in bests),
            tuple(best.traits for best in bests),
        )

    def _order(self, one: Alternative) -> tuple[float, bool, int, tuple[str, ...]]:
        """The cheapest first; of equal ones what is here already, and changes less."""
        elsewhere = one.scenario.region_id != self.scenario.region_id
        return round(one.cost, 9), elsewhere, len(one.edits.changing.edits), one.kinds


def _first(group: list[_Combination]) -> tuple[float, int]:
    return group[0][:2]


def _kind(name: str, option: Option) -> str:
    shape = hosting_of(option).shape(option)
    return f"{name}/{shape}" if shape else name


def alternatives(
    search: Search,
    books: Mapping[str, Callable[[], PriceBook]],
    progress: Callable[[Alternatives], None] = lambda found: None,
) -> Alternatives:
    """The cheapest ways to host a deployment that meet its needs.

    Args:
        search: of the deployment.
        books: of the regions to look in, by id, each read when it is come to.
        progress: told what was found so far, after each region; an error of its own ends it.
    """
    found = search.nothing(len(books))
    for found in search.through((read() for read in books.values()), len(books)):
        progress(found)
    return found
