"""The ways to host a part that a chart compares: alike, from the candidates of the search."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlflow_cost_desktop.analysis.alternatives import Best, cheapest_of
from mlflow_cost_desktop.analysis.asked import Asked, asked_of, hosting_of, traits_of
from mlflow_cost_desktop.analysis.aws.machines import SIZES_IN_KEYS
from mlflow_cost_desktop.analysis.candidates import HOSTED, Like, Pricer, Traits
from mlflow_cost_desktop.model.option import Component, Option
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

RESTORE_FIRST = "restore first"


def alike_variants(
    scenario: Scenario, price_book: PriceBook, part: str
) -> Iterator[tuple[str, Component]]:
    """Each way to host a part, by name; the chosen one as it is.

    Of other options it is the cheapest without a commitment that meets the needs, on the chosen
    architecture. Its name says its size where that is not what is asked for; cold classes count
    what is read back, and what has to be restored says so.
    """
    component: Component = getattr(scenario, part)
    if part not in HOSTED:
        yield from component.variants()
        return
    pricer = Pricer(_on_its_architecture(scenario, price_book, component), price_book)
    asked = asked_of(pricer.scenario, pricer.terms)
    like = asked.likes[part]
    for name, variant in _with_others_alike(component, asked, pricer, part).variants():
        if variant == component or variant.chosen == component.chosen:
            yield name, component
            continue
        option = hosting_of(variant.chosen).alike(variant.chosen, like)
        has = traits_of(option, pricer.terms)
        marks = [*_size(has, like)] if variant.option != component.option else []
        if has.is_archived:
            marks.append(RESTORE_FIRST)
        named = f"{name} ({', '.join(marks)})" if marks else name
        yield named, component.model_copy(update={"option": variant.option, variant.option: option})


def _on_its_architecture(
    scenario: Scenario, price_book: PriceBook, component: Component
) -> Scenario:
    """The scenario that asks for machines of the kind that is chosen, unless it says which."""
    here = traits_of(component.chosen, scenario.terms(price_book)).architecture
    if scenario.needs.architecture != "any" or not here:
        return scenario
    needs = scenario.needs.model_copy(update={"architecture": here})
    return scenario.model_copy(update={"needs": needs})


def _with_others_alike(component: Component, asked: Asked, pricer: Pricer, part: str) -> Component:
    """The part with the options that are not chosen as the search would take them."""
    if not asked.likes[part].is_known:
        return component
    others = (name for name in component.option_names if name != component.option)
    found = {name: _best(getattr(component, name), asked, pricer, part) for name in others}
    return component.model_copy(
        update={name: best.option for name, best in found.items() if best is not None}
    )


def _best(option: Option, asked: Asked, pricer: Pricer, part: str) -> Best | None:
    """The cheapest way by an option without a commitment; none where none meets the needs."""
    sold, best = pricer.sold(SIZES_IN_KEYS), None
    for ways in hosting_of(option).ways(option, pricer.terms, asked.likes[part], sold):
        if len(ways.sizes) and traits_of(ways.one(0), pricer.terms).months == 0:
            here = cheapest_of(asked, pricer, ways)
            if here and (best is None or here.cost < best.cost):
                best = here
    return best


def _size(has: Traits, like: Like) -> Iterator[str]:
    """Its size, where it has one that is not the one asked for."""
    vcpu, gib = float(has.vcpu), float(has.memory_gib)
    if np.isfinite(gib) and like.is_known and (vcpu, gib) != (like.vcpu, like.memory_gib):
        yield f"{vcpu:g} vCPU · {gib:g} GiB" if np.isfinite(vcpu) else f"{gib:g} GiB"
