"""What the program offers in one quiet line: a commitment that pays, companions that are missing.

An offer only says what would change and by how much; it is the reader who applies it, or
dismisses it for this scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.break_even import crossings
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields import replace, swept
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.words import exact, whole
from mlflow_cost_desktop.prices.price_book import PriceBook

Edits = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence and the edits that it proposes.

    Attributes:
        id: by which a scenario remembers that it was dismissed.
        component: in whose tab it stands.
        text: the sentence, with what it would cost or save.
        button: the word that applies it, empty where there is nothing to apply.
        edits: paths and their new values.
    """

    id: str
    component: str
    text: str
    button: str = ""
    edits: Edits = ()


def offers(
    scenario: Scenario, price_book: PriceBook, components: tuple[str, ...] = tuple(COMPONENTS)
) -> tuple[Offer, ...]:
    """What can be offered for some parts, without what was dismissed."""
    made = (
        offer
        for component in components
        for offer in (
            *_commitments(scenario, price_book, component),
            *_companions(scenario, price_book, component),
        )
    )
    return tuple(offer for offer in made if offer.id not in scenario.dismissed_offers)


def edited(scenario: Scenario, edits: Edits) -> Scenario:
    """The scenario as an offer would make it."""
    for path, value in edits:
        scenario = replace(scenario, path, value)
    return scenario


# --- Commitments ----------------------------------------------------------------------------

RESERVATIONS: dict[str, tuple[str, Edits]] = {
    "server.ec2": (
        "purchase",
        (
            ("purchase", "reserved"),
            ("term", "1y"),
            ("offering", "standard"),
            ("payment", "no_upfront"),
        ),
    ),
    "metadata_store.rds": ("commitment", (("commitment", "1y_no_upfront"),)),
    "metadata_store.aurora": ("commitment", (("commitment", "1y_no_upfront"),)),
}
"""How options that can be reserved are bought, and what one year without upfront payment is."""


def _commitments(scenario: Scenario, price_book: PriceBook, component: str) -> Iterator[Offer]:
    option = getattr(getattr(scenario, component), "option", "")
    how, changes = RESERVATIONS.get(f"{component}.{option}", ("", ()))
    chosen = getattr(getattr(scenario, component), option, None)
    if getattr(chosen, how, "") != "on_demand" or getattr(chosen, "capacity", "") == "serverless":
        return
    edits = tuple((f"{component}.{option}.{name}", value) for name, value in changes)
    other = edited(scenario, edits)
    now, then = estimate(scenario, price_book), estimate(other, price_book)
    if then.unpriced > now.unpriced or now.by_component[component] == 0:
        return
    hours = _pays_from(scenario, other, price_book)
    before, after = float(now.by_component[component]), float(then.by_component[component])
    from_hours = "" if hours is None else f"from {exact(float(np.ceil(hours)))} h of usage a month"
    if after < before:
        saved = exact(float(whole(100.0 * (1.0 - after / before))))
        yield Offer(
            f"{component}.{option}.reservation",
            component,
            "A one-year reservation without upfront payment would bring this to "
            f"{scenario.currency.money(after)} a month (−{saved} %)"
            + (f"; it pays {from_hours}." if hours else "."),
            "Apply",
            edits,
        )
    elif hours is not None:
        yield Offer(
            f"{component}.{option}.reservation",
            component,
            f"A one-year reservation without upfront payment pays {from_hours}.",
        )


def _pays_from(scenario: Scenario, other: Scenario, price_book: PriceBook) -> float | None:
    """Hours of usage a month from which the other scenario is cheaper, if there are such."""
    scenario, other = (replace(one, "usage.by", "hours") for one in (scenario, other))

    def difference(hours: NDArray[np.float64]) -> NDArray[np.float64]:
        return _cost(scenario, price_book, hours) - _cost(other, price_book, hours)

    found = crossings(difference, 0.0, scenario.hours_in_month)
    return found[0] if found else None


def _cost(
    scenario: Scenario, price_book: PriceBook, hours: NDArray[np.float64]
) -> NDArray[np.float64]:
    cost = estimate(swept(scenario, "usage.hours", hours), price_book).effective_cost
    return np.broadcast_to(np.asarray(cost), hours.shape)


# --- Companions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Companion:
    words: str
    edits: Edits
    costs_by_traffic: bool = False


LOAD_BALANCER = _Companion("a load balancer", (("network.load_balancer.kind", "alb"),), True)
ADDRESS = _Companion("a public address", (("network.public_addresses", 1.0),))
# An application load balancer stands in two zones at least.
ADDRESSES = _Companion("a public address in two zones", (("network.public_addresses", 2.0),))
LOGS = _Companion("logs in CloudWatch", (("network.logs.used", True),))
SECRET = _Companion(
    "a secret for the password and a key of your own", (("network.secrets.used", True),)
)
CONTAINERS: dict[str, str] = {"fargate": "Tasks on Fargate", "kubernetes": "Pods"}
NAT = _Companion("a NAT gateway", (("network.nat.used", True),), True)


def _companions(scenario: Scenario, price_book: PriceBook, component: str) -> Iterator[Offer]:
    who, usual = _usual(scenario, component)
    missing = [one for one in usual if edited(scenario, one.edits) != scenario]
    if not missing:
        return
    now = estimate(scenario, price_book)
    edits = tuple(edit for one in missing for edit in one.edits)
    then = estimate(edited(scenario, edits), price_book)
    named = [
        one.words if len(missing) == 1 else f"{one.words} ({_more(scenario, price_book, now, one)})"
        for one in missing
    ]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    cost = scenario.currency.money(float(then.effective_cost) - float(now.effective_cost))
    traffic = " before traffic" if any(one.costs_by_traffic for one in missing) else ""
    unknown = "; some of it has no known price here" if then.unpriced > now.unpriced else ""
    option = getattr(getattr(scenario, component), "option", "")
    yield Offer(
        ".".join(filter(None, (component, option, "companions"))),
        component,
        f"{who} {listed}: about {cost} a month{traffic}{unknown}.",
        "Add",
        edits,
    )


def _more(scenario: Scenario, price_book: PriceBook, now: Estimate, one: _Companion) -> str:
    then = estimate(edited(scenario, one.edits), price_book)
    return scenario.currency.money(float(then.effective_cost) - float(now.effective_cost))


def _usual(scenario: Scenario, component: str) -> tuple[str, list[_Companion]]:
    """What the choices of a component usually come with, unless it is there already."""
    network = scenario.network
    server = scenario.server.option
    balanced = network.load_balancer.kind != "none"
    addressed = network.public_addresses > 0
    if component == "server" and server in CONTAINERS:
        wanted = [
            *([] if balanced else [LOAD_BALANCER]),
            *([] if addressed else [ADDRESSES]),
            LOGS,
        ]
        return f"{CONTAINERS[server]} usually come with", wanted
    if component == "server" and server == "ec2" and scenario.server.ec2.replicas > 1:
        wanted = [*([] if balanced else [LOAD_BALANCER]), *([] if addressed else [ADDRESSES])]
        return "Several replicas usually come with", wanted
    if component == "server" and server == "ec2" and scenario.server.ec2.replicas > 0:
        return "A server usually comes with", [] if addressed or balanced else [ADDRESS]
    if component == "metadata_store" and scenario.metadata_store.option in ("rds", "aurora"):
        return "A database usually comes with", [SECRET]
    if component == "labor" and scenario.labor.access.encryption == "own_keys":
        return "Encryption by keys of your own comes with", [SECRET]
    if component == "network" and balanced and not network.endpoints.used:
        return "Servers in private subnets behind a load balancer usually reach out by", [NAT]
    return "", []
