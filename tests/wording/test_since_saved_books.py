"""Which prices a file was saved with, beside those that apply now."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.since_saved import SinceSaved
from mlflow_cost_desktop.prices.editions import BUNDLED, fetched_on
from mlflow_cost_desktop.wording.since_saved import since_in_sentences

FETCHED = "20261128T172200123456Z-1a2b3c4d"


@pytest.mark.parametrize(
    ("books", "words"),
    [
        ((BUNDLED, FETCHED), "the prices were those of the program, now they are those fetched"),
        ((FETCHED, BUNDLED), "the prices were those fetched on 2026-11-28, now they are those of"),
        ((FETCHED, FETCHED), ""),
        (("", BUNDLED), ""),
    ],
)
def test_the_book_is_named_where_it_is_another(books: tuple[str, str], words: str) -> None:
    said = since_in_sentences(SinceSaved(412.0, 418.0, (), books=books), PLAIN)
    assert words in said
    assert ("the prices were" in said) is bool(words)


def test_a_name_of_nothing_was_fetched_on_no_day() -> None:
    assert fetched_on("20261399T172200123456Z-1a2b3c4d") == ""
    assert fetched_on("bundled") == ""
