"""What the first page decides: the same for paper, spreadsheet and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlflow_cost_desktop.analysis.flips import Flip
from mlflow_cost_desktop.analysis.managed_plans import comparable, offers
from mlflow_cost_desktop.exports.grounds import grounds_of
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN, one_line
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.wording.amounts import written
from mlflow_cost_desktop.wording.decision import (
    Words,
    cheapest_in_words,
    cost_in_words,
    verdict_in_words,
    where_sold,
)
from mlflow_cost_desktop.wording.growth import unlike
from mlflow_cost_desktop.wording.sureness import (
    Sure,
    amount_in_words,
    doubts_in_words,
    free_time_in_words,
    grounds_in_words,
    likely_in_words,
    moved_in_words,
    turning_in_words,
)
from mlflow_cost_desktop.wording.turns import Turn, turns_in_words, turns_note_in_words
from mlflow_cost_desktop.wording.verdict import mark


@dataclass(frozen=True)
class Decision:
    """The answer in words.

    Attributes:
        cost: what hosting costs.
        verdict: host or buy, against what, by how much.
        cheapest: what the cheapest way to host it that fits would come to, and whether the
            verdict holds against it; empty where there is none.
        sureness: how sure that is, point by point.
        turns: where the verdict turns by one input alone, the nearest first.
        turns_note: what is to be known of all of them; empty where that is plain.
    """

    cost: Words
    verdict: Words
    cheapest: str
    sureness: tuple[Sure, ...]
    turns: tuple[Turn, ...]
    turns_note: str

    @classmethod
    def of(cls, facts: Facts) -> Decision:
        """The decision that an estimate and the plan beside it lead to."""
        scenario, held, flips = facts.scenario, facts.held, facts.flips
        return cls(
            cost_in_words(scenario, facts.estimate, facts.uncertainty, PLAIN),
            verdict_in_words(scenario, held, PLAIN),
            cheapest_in_words(
                facts.alternatives,
                held,
                facts.share_against_cheapest,
                PLAIN,
            ),
            tuple(_sureness(facts)),
            tuple(_turns(facts)),
            turns_note_in_words(flips, PLAIN) if flips else "",
        )


def _turns(facts: Facts) -> Iterator[Turn]:
    if facts.held.offer:
        yield from where_sold(facts.scenario, facts.held.offer)
    if facts.flips:
        best = facts.flips_of_cheapest
        yield from turns_in_words(facts.flips, best, PLAIN, lambda flip: _larger(facts, flip))


def _sureness(facts: Facts) -> Iterator[Sure]:
    if (found := facts.cases) and facts.swings:
        if likely := likely_in_words(found, facts.held, PLAIN):
            yield likely
        suggested = () if facts.uncertainty else found.scenario.ranges
        yield amount_in_words(found, facts.swings, suggested, PLAIN)
    if moved := moved_in_words(facts.scenario, facts.tornado, PLAIN):
        yield moved
    if free := free_time_in_words(facts.currency, facts.estimate, facts.held, PLAIN):
        yield free
    if facts.flips and (turning := turning_in_words(facts.flips, facts.flips_of_cheapest, PLAIN)):
        yield turning
    if grounds := grounds_of(facts):
        yield grounds_in_words(grounds)
    yield from doubts_in_words(facts.scenario, facts.estimate, facts.held)


def _larger(facts: Facts, flip: Flip) -> str:
    """What there is where the plan becomes too small: the larger one, or the next that fits."""
    plan = facts.held.plan
    if plan is None:
        return ""
    there = replace(facts.scenario, flip.place.path, flip.at)
    own = estimate(there, facts.price_book)
    found = offers(there, facts.price_book, facts.plans, own)
    larger = next((one for one in found if one.plan.id == plan.next_size and one.fits), None)
    offer = larger or comparable(found)
    if offer is None or offer.bought is None:
        return "no plan fits: host it yourself"
    if own.gaps or offer.bought.gaps:
        return ""
    difference = float(offer.difference)
    amount = written(facts.currency, PLAIN, float(own.effective_cost))(abs(difference))
    side = "cheaper" if difference < 0 else "dearer"
    name = one_line(unlike(offer.plan.name, plan.name))
    marked = f" ({mark(offer)})" if not larger and mark(offer) else ""
    return f"{name}{marked}, {amount} {side}"
