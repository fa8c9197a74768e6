"""What an update of prices does, in words."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.prices.editions import Edition
from mlflow_cost_desktop.prices.proposal import Doubt, Move, Outcome
from mlflow_cost_desktop.wording.price_update import (
    doubt_in_words,
    edition_in_words,
    effect_in_words,
    outcome_in_words,
    share_in_words,
    size_in_words,
)

GERMAN = Figures(group=".", point=",")


@pytest.mark.parametrize(
    ("size", "words"),
    [(1_240_000, "1,2 MB"), (482_600_000, "483 MB"), (17_280_000_000, "17,3 GB"), (0, "0 MB")],
)
def test_sizes(size: int, words: str) -> None:
    assert size_in_words(size, GERMAN) == words


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        (Doubt("X", "few", 1200, 300), "its file holds only 300 of the 1.200 prices"),
        (Doubt("X", "many", 1200, 900), "900 of its 1.200 prices have changed"),
        (Doubt("k", "free", 0.096, 0.0), "it was $0,096 and would cost nothing"),
        (Doubt("k", "free", math.nan, 0.0), "it is new and would cost nothing"),
        (Doubt("k", "moved", 0.1, 0.5), "$0,10 would become $0,50"),
    ],
)
def test_questions(doubt: Doubt, words: str) -> None:
    assert doubt_in_words(doubt, GERMAN).startswith(words)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(0.096, 0.106, "+10.4 %"), (2.0, 1.0, "−50 %"), (0.1, 0.31, "+210 %"), (0.0, 1.0, "new tier")],
)
def test_shares(before: float, after: float, words: str) -> None:
    assert share_in_words(Move("k", before, after), PLAIN) == words


def test_outcomes() -> None:
    outcome = Outcome((), (Move("k", 1, 2),) * 3, ("a", "b"), (), {"c": "why"})
    assert outcome_in_words(outcome, PLAIN) == "2 new, 3 changed, 0 gone; 1 stays as before"
    assert outcome_in_words(Outcome((), (), (), (), {}), PLAIN) == "0 new, 0 changed, 0 gone"


def test_effects() -> None:
    assert effect_in_words("$1.00", "$2.00", 0) == "A month: $1.00 → $2.00"
    assert effect_in_words("$1.00", "$1.00", -1) == "A month stays at $1.00"
    assert effect_in_words("$1.00", "$2.00", 2).endswith("; 2 more lines would have no price")


def test_editions() -> None:
    fetched = Edition("20261128T172200123456Z-1a2b3c4d", Path())
    assert edition_in_words(fetched, PLAIN) == "fetched 2026-11-28"
    assert edition_in_words(None, PLAIN) == f"bundled with version {__version__}"
