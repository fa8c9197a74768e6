"""What a scenario's needs come to, and why a way to host a part does not meet them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlflow_cost_desktop.analysis.aws.hosting import HOSTING, Hosting
from mlflow_cost_desktop.analysis.candidates import (
    CLUSTER,
    HOSTED,
    Like,
    Mask,
    Traits,
    Ways,
)
from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.option import Option
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

ARCHITECTURE_WORDS = {"x86_64": "x86", "arm64": "ARM"}


def hosting_of(option: Option) -> Hosting:
    """What is asked of an option."""
    return HOSTING[type(option)]


def traits_of(option: Option, terms: Terms) -> Traits:
    """What an option has."""
    return hosting_of(option).traits(option, terms)


def in_words(option: Option) -> str:
    """An option in a few words: `EC2 m5.large`."""
    return hosting_of(option).words(option)


@dataclass(frozen=True)
class Asked:
    """A scenario's needs, with what is chosen now in place of what is not said.

    Attributes:
        likes: by part, what others have to be like; its sizes and zones are floors.
        burstable: whether burstable machines are allowed.
        writers: how many write to the metadata store at once.
        has_cluster: whether there is a cluster already, whatever the server is hosted on.
        read_back_differs: whether another amount is read back than the chosen way counts.
        parts: those that may be hosted otherwise.
    """

    scenario: Scenario
    likes: Mapping[str, Like]
    burstable: bool
    writers: float
    has_cluster: bool
    read_back_differs: bool = False
    parts: tuple[str, ...] = HOSTED

    def looks_for(self, part: str) -> bool:
        """Whether others are looked for: not where nobody knows how large they have to be."""
        return part in self.parts and self.likes[part].is_known

    def is_unlike(self, part: str) -> bool:
        """Whether the chosen way does not count what is asked for: another amount is read back."""
        return part == "artifact_store" and self.looks_for(part) and self.read_back_differs

    @property
    def values(self) -> dict[str, object]:
        """The needs that hang on what is chosen now, as values that no longer do, by path."""
        server, database = self.likes["server"], self.likes["metadata_store"]
        artifacts = self.likes["artifact_store"]
        found: dict[str, object] = {"needs.burstable": "yes" if self.burstable else "no"}
        for like, vcpu, memory in (
            (server, "vcpu", "memory_gib"),
            (database, "db_vcpu", "db_memory_gib"),
        ):
            if like.is_known:
                found |= {f"needs.{vcpu}": like.vcpu, f"needs.{memory}": like.memory_gib}
        found["needs.zones"] = database.zones
        found["needs.artifact_zones"] = artifacts.zones
        found["needs.read_back_gb"] = artifacts.read_back_gb
        return found


def asked_of(scenario: Scenario, terms: Terms, parts: tuple[str, ...] = HOSTED) -> Asked:
    """What a scenario needs, with what is chosen now in place of what is not said."""
    needs = scenario.needs
    chosen: dict[str, Option] = {part: getattr(scenario, part).chosen for part in HOSTED}
    now = {part: hosting_of(option).like(option, terms) for part, option in chosen.items()}
    traits = {part: traits_of(option, terms) for part, option in chosen.items()}

    def floor(part: str, **typed: float | None) -> Like:
        return dataclasses.replace(
            now[part], **{name: value for name, value in typed.items() if value is not None}
        )

    likes = {
        "server": floor("server", vcpu=needs.vcpu, memory_gib=needs.memory_gib),
        "metadata_store": floor(
            "metadata_store",
            vcpu=needs.db_vcpu,
            memory_gib=needs.db_memory_gib,
            zones=needs.zones,
        ),
        "artifact_store": floor(
            "artifact_store", zones=needs.artifact_zones, read_back_gb=needs.read_back_gb
        ),
    }
    burstable = needs.burstable == "yes" or (
        needs.burstable == "as_now" and any(np.any(one.is_burstable) for one in traits.values())
    )
    return Asked(
        scenario,
        likes,
        burstable,
        float(scenario.team.users if needs.writers is None else needs.writers),
        any(CLUSTER in one.needs | one.gives for one in traits.values()),
        likes["artifact_store"].read_back_gb != now["artifact_store"].read_back_gb,
        parts,
    )


def faults(asked: Asked, part: str, has: Traits) -> Iterator[tuple[bool | Mask, Callable[[], str]]]:
    """What speaks against a way to host a part, or against each of many: where, and in words.

    Words are made of one way. Whether a price is known or estimated is not among them.
    """
    needs, like = asked.scenario.needs, asked.likes[part]
    yield (
        has.is_archived and not needs.archive,
        lambda: "what is kept must be restored before it can be read",
    )
    yield has.is_revocable, lambda: "the provider may take it back at any time"
    for size, floor, unit in (
        (has.vcpu, like.vcpu, "vCPU"),
        (has.memory_gib, like.memory_gib, "GiB"),
    ):
        yield np.isnan(size), lambda: "its size is not known"
        yield np.asarray(size) < floor, _too_small(size, floor, unit)
    yield (
        not asked.burstable and has.is_burstable,
        lambda: "burstable: all of its vCPU for a while only",
    )
    if needs.architecture != "any":
        # What has no machines to choose, has none of another kind.
        other = np.isin(has.architecture, (needs.architecture, ""), invert=True)
        wanted = ARCHITECTURE_WORDS[needs.architecture]
        yield other, lambda: f"not {wanted}"
    yield (
        has.months > needs.commitment_months,
        lambda: Text(
            "binds for {} months, longer than the {} allowed",
            float(has.months),
            needs.commitment_months,
        ),
    )
    if part == "metadata_store":
        yield (
            has.writers < asked.writers,
            lambda: Text("one writer at a time, and {} write at once", asked.writers),
        )
    if part != "server":
        yield (
            has.zones < like.zones,
            lambda: Text("in {} of the {} zones asked for", has.zones, like.zones),
        )
    yield bool(has.conflict), lambda: has.conflict
    yield ~np.asarray(has.fits_host, dtype=bool), lambda: "does not fit on the node"
    yield (
        has.is_assumed and not needs.estimated,
        lambda: "its discount is assumed by the program",
    )


def is_refused(scenario: Scenario, other: Scenario, price_book: PriceBook, part: str) -> bool:
    """Whether the needs speak against what another scenario changes of a part."""
    terms = scenario.terms(price_book)
    asked = asked_of(scenario, terms)
    now, then = (getattr(one, part).chosen for one in (scenario, other))
    fault = fault_of(asked, part, then, terms)
    return bool(fault) and fault != fault_of(asked, part, now, terms)


def _too_small(size: Any, floor: float, unit: str) -> Callable[[], str]:
    return lambda: Text("{} {} is less than the {} asked for", float(size), unit, floor)


def meets(asked: Asked, ways: Ways, terms: Terms) -> Mask:
    """Which of some ways meet the needs, whatever they cost."""
    found = np.ones(ways.sizes.shape, dtype=np.bool_)
    # For how long they bind does not hang on the size: half of all ways end here.
    if traits_of(ways.option, terms).months > asked.scenario.needs.commitment_months:
        return ~found
    for wrong, _ in faults(asked, ways.part, traits_of(ways.many, terms)):
        if isinstance(wrong, np.ndarray):
            found &= ~wrong
            if not found.any():
                break
        elif wrong:
            return ~np.ones_like(found)
    return found


def fault_of(asked: Asked, part: str, option: Option, terms: Terms) -> str:
    """The first thing that speaks against an option of one size; empty where nothing does."""
    for wrong, words in faults(asked, part, traits_of(option, terms)):
        if np.any(wrong):
            return words()
    return ""
