"""What the first page decides: the same for paper, spreadsheet and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlflow_cost_desktop.analysis.flips import Flip
from mlflow_cost_desktop.analysis.managed_plans import offer_of
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
    doubts_in_words,
    grounds_in_words,
    likely_in_words,
    moved_in_words,
    turning_in_words,
)
from mlflow_cost_desktop.wording.turns import Turn, turns_in_words, turns_note_in_words


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
        suggested = () if facts.uncertainty else found.scenario.ranges
        yield likely_in_words(found, facts.swings, facts.held, suggested, PLAIN)
    if moved := moved_in_words(facts.scenario, facts.tornado, PLAIN):
        yield moved
    if facts.flips and (turning := turning_in_words(facts.flips, facts.flips_of_cheapest, PLAIN)):
        yield turning
    if grounds := grounds_of(facts):
        yield grounds_in_words(grounds)
    yield from doubts_in_words(facts.scenario, facts.estimate, facts.held)


def _larger(facts: Facts, flip: Flip) -> str:
    """What the vendor's larger plan comes to where this one becomes too small."""
    plan = facts.held.plan
    if plan is None or not plan.next_size:
        return ""
    there = replace(facts.scenario, flip.place.path, flip.at)
    own = estimate(there, facts.price_book)
    offer = offer_of(plan.next_size, there, facts.price_book, facts.plans, own)
    if offer is None or offer.bought is None or offer.own.gaps or offer.bought.gaps:
        return ""
    difference = float(offer.difference)
    amount = written(facts.currency, PLAIN, float(own.effective_cost))(abs(difference))
    side = "cheaper" if difference < 0 else "dearer"
    return f"{one_line(unlike(offer.plan.name, plan.name))}, {amount} {side}"
