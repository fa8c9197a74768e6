"""What the first page decides: the same for paper, spreadsheet and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.wording.decision import (
    Turn,
    Words,
    cheapest_in_words,
    cost_in_words,
    doubts_in_words,
    turns_in_words,
    unsure_in_words,
    verdict_in_words,
)
from mlflow_cost_desktop.wording.uncertainty import chances_in_words

MOST_TURNS = 4


@dataclass(frozen=True)
class Decision:
    """The answer in words.

    Attributes:
        cost: what hosting costs.
        verdict: host or buy, against what, by how much.
        cheapest: what the cheapest way to host it that fits would come to; empty where there is
            none.
        sureness: what the answer's weight hangs on, a sentence each.
        turns: where the verdict turns by one input alone, the nearest first.
    """

    cost: Words
    verdict: Words
    cheapest: str
    sureness: tuple[str, ...]
    turns: tuple[Turn, ...]

    @classmethod
    def of(cls, facts: Facts) -> Decision:
        """The decision that an estimate and the plan beside it lead to."""
        scenario, held = facts.scenario, facts.held
        sure = facts.uncertainty
        turns = turns_in_words(facts.flips, PLAIN) if facts.flips else ()
        return cls(
            cost_in_words(scenario, facts.estimate, sure, PLAIN),
            verdict_in_words(scenario, held, PLAIN),
            cheapest_in_words(facts.alternatives, held, PLAIN),
            tuple(_sureness(facts)),
            tuple(turns)[:MOST_TURNS],
        )


def _sureness(facts: Facts) -> Iterator[str]:
    if facts.uncertainty is not None:
        yield from chances_in_words(facts.uncertainty, PLAIN)
    else:
        yield from unsure_in_words(facts.scenario, facts.tornado, facts.flips, PLAIN)
    yield from doubts_in_words(facts.estimate, facts.held)
