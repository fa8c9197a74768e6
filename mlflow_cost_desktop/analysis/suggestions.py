"""What the program suggests in one quiet line: a commitment that pays, companions that are missing.

A suggestion only says what would change and by how much; it is the reader who applies it, or
dismisses it for this scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.break_even import crossings
from mlflow_cost_desktop.figures import Text, whole
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import get, places, replace, swept
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

Changes: TypeAlias = tuple[tuple[str, object], ...]
"""New values by the names, or paths, of fields."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence and the edits that it proposes.

    Attributes:
        id: by which a scenario remembers that it was dismissed.
        component: in whose tab it stands.
        text: the sentence, with what it would cost or save.
        button: the word that applies it, empty where there is nothing to apply.
        edits: what it proposes, empty where there is nothing to apply.
    """

    id: str
    component: str
    text: str
    button: str = ""
    edits: Edits = field(default_factory=Edits)


def suggestions(
    scenario: Scenario, price_book: PriceBook, components: tuple[str, ...] = tuple(COMPONENTS)
) -> tuple[Suggestion, ...]:
    """What can be offered for some parts, without what was dismissed."""
    made = (
        suggestion
        for component in components
        for suggestion in (
            *_commitments(scenario, price_book, component),
            *_companions(scenario, price_book, component),
        )
    )
    return tuple(
        suggestion for suggestion in made if suggestion.id not in scenario.dismissed_offers
    )


# --- Commitments ----------------------------------------------------------------------------

RESERVATION = "A one-year reservation without upfront payment"
RESERVED: Changes = (
    ("purchase", "reserved"),
    ("term", "1y"),
    ("offering", "standard"),
    ("payment", "no_upfront"),
)
RESERVED_DATABASE: Changes = (("commitment", "1y_no_upfront"),)


class _Way(NamedTuple):
    """A commitment in words, and the fields beside a purchase option that make it.

    `discount` names the field beside them whose percent it is bought at, where that is typed.
    """

    words: str
    changes: Changes
    discount: str = ""


WAYS: dict[str, _Way] = {
    "server.ec2.purchase": _Way(RESERVATION, RESERVED),
    "server.fargate.purchase": _Way(
        "A one-year Compute Savings Plan",
        (("purchase", "reserved_typed"), ("term", "1y")),
        "plan_discount",
    ),
    "server.kubernetes.node.machine.purchase": _Way(RESERVATION, RESERVED),
    "metadata_store.rds.commitment": _Way(RESERVATION, RESERVED_DATABASE),
    "metadata_store.aurora.commitment": _Way(RESERVATION, RESERVED_DATABASE),
    "metadata_store.aurora.serverless_plan": _Way(
        "A Database Savings Plan", (("serverless_plan", "savings_plan"),), "serverless_discount"
    ),
    "metadata_store.self_hosted.machine.purchase": _Way(RESERVATION, RESERVED),
    "metadata_store.self_hosted.node.machine.purchase": _Way(RESERVATION, RESERVED),
    "artifact_store.minio.node.machine.purchase": _Way(RESERVATION, RESERVED),
}
"""By the field that says how something is bought: the commitment that is offered for it."""


def _commitments(scenario: Scenario, price_book: PriceBook, component: str) -> Iterator[Suggestion]:
    for place in places(getattr(scenario, component), component):
        if not place.active or place.path not in WAYS:
            continue
        if place.value == "on_demand":
            yield from _commitment(scenario, price_book, component, place.path)
        elif place.value != "spot":
            yield from _on_demand(scenario, price_book, component, place.path)


def _commitment(
    scenario: Scenario, price_book: PriceBook, component: str, path: str
) -> Iterator[Suggestion]:
    """What is bought on demand, under the commitment that is offered for it."""
    way, holder = WAYS[path], path.rpartition(".")[0]
    changes = ((f"{holder}.{name}", value) for name, value in way.changes)
    edits = Edits.proposed(scenario, changes, way.words)
    other = edits.applied(scenario)
    costs = _costs(scenario, other, price_book, component)
    if costs is None:
        return
    before, after = costs
    hours = _pays_from(scenario, other, price_book)
    suggestion_id = f"{_option_id(scenario, component)}.reservation"
    words = way.words
    if way.discount:
        percent = float(get(scenario, f"{holder}.{way.discount}"))
        words = Text("{} at {} % off", words, percent)
    if after < before:
        yield Suggestion(
            suggestion_id,
            component,
            Text(
                "{} would bring this to {}{}.",
                words,
                _changed_to(scenario, before, after),
                "" if hours is None else Text("; it pays {}", _from(hours)),
            ),
            "Apply",
            edits,
        )
    elif hours is not None:
        yield Suggestion(suggestion_id, component, Text("{} pays {}.", words, _from(hours)))


def _on_demand(
    scenario: Scenario, price_book: PriceBook, component: str, path: str
) -> Iterator[Suggestion]:
    """From when the commitment that is chosen pays, and on demand where it does not."""
    edits = Edits.proposed(scenario, ((path, "on_demand"),), "No commitment")
    other = edits.applied(scenario)
    costs = _costs(scenario, other, price_book, component)
    if costs is None:
        return
    before, after = costs
    hours = _pays_from(other, scenario, price_book)
    suggestion_id = f"{_option_id(scenario, component)}.on_demand"
    if after < before:
        yield Suggestion(
            suggestion_id,
            component,
            Text(
                "On demand would bring this to {}{}.",
                _changed_to(scenario, before, after),
                "" if hours is None else Text("; the commitment pays {}", _from(hours)),
            ),
            "Apply",
            edits,
        )
    elif hours is not None:
        yield Suggestion(
            suggestion_id, component, Text("The commitment beats on demand {}.", _from(hours))
        )


def _costs(
    scenario: Scenario, other: Scenario, price_book: PriceBook, component: str
) -> tuple[float, float] | None:
    """What a component costs now and then, if there is something to compare."""
    now, then = estimate(scenario, price_book), estimate(other, price_book)
    if then.unpriced != now.unpriced or now.by_component[component] == 0:
        return None
    return float(now.by_component[component]), float(then.by_component[component])


def _option_id(scenario: Scenario, component: str) -> str:
    return f"{component}.{getattr(scenario, component).option}"


def _changed_to(scenario: Scenario, before: float, after: float) -> Text:
    saved = float(whole(100.0 * (1.0 - after / before)))
    return Text("{} a month (−{} %)", partial(scenario.currency.money, after), saved)


def _from(hours: float) -> Text:
    # Where two costs cross is known to a float's last digits: 450.0000000001 h are 450.
    return Text("from {} h of usage a month", float(np.ceil(round(hours, 6))))


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


class _Companion(NamedTuple):
    words: str
    changes: Changes
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


def _companions(scenario: Scenario, price_book: PriceBook, component: str) -> Iterator[Suggestion]:
    who, usual = _usual(scenario, component)
    proposed = {
        one: Edits.proposed(scenario, one.changes, _capitalized(one.words), "likely")
        for one in usual
    }
    missing = {one: edits for one, edits in proposed.items() if edits.changing}
    if not missing:
        return
    now = estimate(scenario, price_book)
    edits = sum(missing.values(), start=Edits())
    then = estimate(edits.applied(scenario), price_book)
    named = [
        one.words
        if len(missing) == 1
        else Text("{} ({})", one.words, _more(scenario, price_book, now, of_one))
        for one, of_one in missing.items()
    ]
    cost = partial(scenario.currency.money, float(then.effective_cost) - float(now.effective_cost))
    traffic = " before traffic" if any(one.costs_by_traffic for one in missing) else ""
    unknown = "; some of it has no known price here" if then.unpriced > now.unpriced else ""
    option = getattr(getattr(scenario, component), "option", "")
    yield Suggestion(
        ".".join(filter(None, (component, option, "companions"))),
        component,
        Text("{} {}: about {} a month{}{}.", who, _listed(named), cost, traffic, unknown),
        "Add",
        edits,
    )


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(named: list[str]) -> Text:
    """`a load balancer, a public address and logs`, in the words' own figures."""
    commas = ", ".join("{}" for _ in named[:-1])
    return Text(" and ".join(filter(None, (commas, "{}"))), *named)


def _more(scenario: Scenario, price_book: PriceBook, now: Estimate, edits: Edits) -> Text:
    then = estimate(edits.applied(scenario), price_book)
    more = float(then.effective_cost) - float(now.effective_cost)
    return Text("{}", partial(scenario.currency.money, more))


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
