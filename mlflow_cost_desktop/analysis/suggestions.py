"""What the program suggests in one quiet line: a commitment that pays, companions that are missing.

A suggestion only says what would change and by how much; it is the reader who applies it, or
dismisses it for this scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.asked import is_refused
from mlflow_cost_desktop.analysis.aws.companions import usual_companions
from mlflow_cost_desktop.analysis.aws.ways import WAYS, Changes
from mlflow_cost_desktop.analysis.break_even import crossings
from mlflow_cost_desktop.figures import Text, whole
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import get, places, replace, swept
from mlflow_cost_desktop.model.option import Sold
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook


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
    if is_refused(scenario, other, price_book, component):
        return
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
    if not scenario.needs.estimated and then.estimated > now.estimated:
        return None  # by an estimate that the needs leave out
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


def _companions(scenario: Scenario, price_book: PriceBook, component: str) -> Iterator[Suggestion]:
    who, usual = usual_companions(scenario, component)
    usual = [one for one in usual if _is_sold(scenario, price_book, one.changes)]
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


def _is_sold(scenario: Scenario, price_book: PriceBook, changes: Changes) -> bool:
    """Whether the region's provider sells what fields would be changed for."""
    holders = [get(scenario, path.rpartition(".")[0]) for path, _ in changes]
    return all(
        holder.is_sold_by(price_book.provider.id) for holder in holders if isinstance(holder, Sold)
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
