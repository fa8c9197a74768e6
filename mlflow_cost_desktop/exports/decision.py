"""What the first page decides: the same for paper, spreadsheet and Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.wording.decision import (
    Turn,
    Words,
    cost_in_words,
    sureness_in_words,
    turns_in_words,
    verdict_in_words,
)

MOST_TURNS = 4


@dataclass(frozen=True)
class Decision:
    """The answer in words.

    Attributes:
        cost: what hosting costs.
        verdict: host or buy, against what, by how much.
        sureness: what the answer's weight hangs on, a sentence each.
        turns: where the verdict turns by one input alone, the nearest first.
    """

    cost: Words
    verdict: Words
    sureness: tuple[str, ...]
    turns: tuple[Turn, ...]

    @classmethod
    def of(cls, facts: Facts) -> Decision:
        """The decision that an estimate and the plan beside it lead to."""
        scenario, held = facts.scenario, facts.held
        sure, provider = facts.uncertainty, facts.price_book.provider.name
        turns = turns_in_words(facts.flips, PLAIN) if facts.flips else ()
        return cls(
            cost_in_words(scenario, facts.estimate, sure, PLAIN),
            verdict_in_words(scenario, held, PLAIN),
            tuple(sureness_in_words(facts.estimate, held, sure, facts.reading, provider, PLAIN)),
            tuple(turns)[:MOST_TURNS],
        )
