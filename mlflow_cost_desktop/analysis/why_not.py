"""Why a choice of which many think is not the cheapest that meets the needs: one reason each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import numpy as np

from mlflow_cost_desktop.analysis.alternatives import Search, cheapest_of, ways_of
from mlflow_cost_desktop.analysis.asked import Asked, fault_of, in_words, traits_of
from mlflow_cost_desktop.analysis.aws.choices import CHOICES
from mlflow_cost_desktop.analysis.aws.machines import SIZES_IN_KEYS
from mlflow_cost_desktop.analysis.candidates import CLUSTER, FILE, HOSTED, MOUNT, Pricer, Ways
from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.option import Option
from mlflow_cost_desktop.model.scenario import Scenario

Ground: TypeAlias = Literal["unsold", "unfit", "unknown", "estimated", "server", "dearer"]

IN_WORDS = {
    FILE: "needs one server with a lasting disk",
    MOUNT: "needs one lasting server that mounts a volume",
    CLUSTER: "needs a cluster, and there is none",
}
EVEN = 0.005
"""USD: what costs less more than this costs the same."""


@dataclass(frozen=True)
class WhyNot:
    """A choice that lost.

    Attributes:
        part: the component.
        choice: it in words.
        cost: USD a month of the whole deployment with it, all else as it is now; none where a
            price is not known.
        ground: what kind of reason it is.
        reason: a sentence without a period.
    """

    part: str
    choice: str
    cost: float | None
    ground: Ground
    reason: str


def why_not(search: Search) -> tuple[WhyNot, ...]:
    """Of the common choices in the scenario's region those that lost, each with its reason.

    The chosen one is none of them, and neither is the cheapest of its part.
    """
    scenario = search.scenario
    pricer = Pricer(scenario, search.now.price_book)
    found: dict[tuple[str, str], WhyNot] = {}
    for part in HOSTED:
        if not search.asked.looks_for(part):
            continue
        best = _best_in_place(search.asked, pricer, part)
        seen = [getattr(scenario, part).chosen, best[0] if best else None]
        for ways in _choices(search.asked, pricer, part):
            option = _likeliest(search.asked, pricer, ways)
            if option is not None and option not in seen:
                seen.append(option)
                one = _told(search.asked, pricer, ways, option, best)
                found.setdefault((part, one.choice), one)
    return tuple(found.values())


def _choices(asked: Asked, pricer: Pricer, part: str) -> Iterator[Ways]:
    sold = pricer.sold(SIZES_IN_KEYS)
    component = getattr(pricer.scenario, part)
    for ways in CHOICES[part](component, pricer.terms, asked.likes[part], sold):
        if len(ways.sizes):
            yield ways


def _likeliest(asked: Asked, pricer: Pricer, ways: Ways) -> Option | None:
    """The one of some sizes that would be thought of: that suits best and costs least."""
    best = cheapest_of(asked, pricer, ways)
    if best:
        return best.option
    like, has = asked.likes[ways.part], traits_of(ways.many, pricer.terms)
    large = (np.asarray(has.vcpu) >= like.vcpu) & (np.asarray(has.memory_gib) >= like.memory_gib)
    large = np.broadcast_to(large & np.asarray(has.fits_host), ways.sizes.shape)
    if not large.any():
        return ways.one(0) if len(ways.sizes) == 1 else None
    cost, _ = pricer.cost(ways)
    known = np.where(large & ~np.isnan(cost), cost, np.inf)
    if np.isinf(known).all():  # nothing has a price: the smallest that is large enough
        vcpu = np.broadcast_to(np.asarray(has.vcpu), ways.sizes.shape)
        return ways.one(int(np.argmin(np.where(large, vcpu, np.inf))))
    return ways.one(int(np.argmin(known)))


def _in_place(pricer: Pricer, ways: Ways, option: Option) -> tuple[Scenario, Estimate]:
    """The deployment with one part hosted otherwise."""
    scenario = pricer.scenario.model_copy(
        update={ways.part: ways.hosted(pricer.scenario, option)}
    )  # fmt: skip
    return scenario, estimate(scenario, pricer.price_book)


def _lacking(asked: Asked, scenario: Scenario, pricer: Pricer, part: str = "") -> str:
    """What parts need of the server that it does not give; the first of it in words.

    The part that is told of anyway is not named.
    """
    has = {part: traits_of(getattr(scenario, part).chosen, pricer.terms) for part in HOSTED}
    given = has["server"].gives | ({CLUSTER} if asked.has_cluster else set[str]())
    for needing in ("metadata_store", "artifact_store"):
        for need in sorted(has[needing].needs - given):
            if needing == part:
                return IN_WORDS[need]
            return f"{in_words(getattr(scenario, needing).chosen)} {IN_WORDS[need]}"
    return ""


def _best_in_place(asked: Asked, pricer: Pricer, part: str) -> tuple[Option, float] | None:
    """The cheapest way to host a part, all else as it is now, and what the whole then costs."""
    found: list[tuple[float, int, Option]] = []
    for number, ways in enumerate(ways_of(asked, pricer, part)):
        best = cheapest_of(asked, pricer, ways)
        if best is None:
            continue
        scenario, outcome = _in_place(pricer, ways, best.option)
        if not _lacking(asked, scenario, pricer):
            found.append((float(outcome.effective_cost), number, best.option))
    if not found:
        return None
    cost, _, option = min(found, key=lambda one: one[:2])
    return option, cost


def _told(
    asked: Asked, pricer: Pricer, ways: Ways, option: Option, best: tuple[Option, float] | None
) -> WhyNot:
    scenario, outcome = _in_place(pricer, ways, option)
    part = ways.part
    is_known = part not in outcome.gaps
    cost = float(outcome.effective_cost) if is_known else None

    def told(ground: Ground, reason: str) -> WhyNot:
        return WhyNot(part, in_words(option), cost, ground, reason)

    if not option.is_sold_by(pricer.price_book.provider.id):
        return told("unsold", f"not sold by {pricer.price_book.provider.name}")
    if cost is None and not pricer.is_sold(option):
        return told("unsold", f"not sold in {pricer.price_book.region_name}")
    if fault := fault_of(asked, part, option, pricer.terms):
        return told("unfit", fault)
    if cost is None:
        lacking = next(c for c in outcome.charges if c.component == part and c.is_unpriced)
        return told("unknown", f"no price of it is known ({lacking.price.sku_id})")
    if not asked.scenario.needs.estimated and any(
        charge.component == part and charge.is_estimated for charge in outcome.charges
    ):
        return told("estimated", "its price is estimated")
    if lacking_server := _lacking(asked, scenario, pricer, part):
        return told("server", lacking_server)
    if best is None:
        return told("dearer", "costs more than the others")
    more = cost - best[1]
    if more < EVEN:
        return told("dearer", f"costs as much as {in_words(best[0])}")
    money = partial(asked.scenario.currency.money, more)
    return told("dearer", Text("{} dearer than {}", money, in_words(best[0])))
