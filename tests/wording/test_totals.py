"""A total says whether it is whole: the same words in window, paper and terminal."""

from __future__ import annotations

import re

import pytest

from mlflow_cost_desktop.exports.terminal.estimate_table import estimate_table
from mlflow_cost_desktop.figures import PLAIN, Figures, at_least
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.wording.totals import (
    gaps_in_words,
    left_out,
    others_in_words,
    subtotal,
    totals_in_words,
)
from tests.support import ARTICLE, BOOK, NOTHING, changed

GERMAN = Figures(".", ",")
WHOLE = estimate(ARTICLE, BOOK)
WITH_GAPS = estimate(ARTICLE, NOTHING)


def test_a_total_that_leaves_something_out_is_marked() -> None:
    assert at_least("412.10", is_incomplete=True) == "412.10 + ?"
    assert at_least("412.10", is_incomplete=False) == "412.10"


@pytest.mark.parametrize(("outcome", "said"), [(WHOLE, "69.12"), (WITH_GAPS, "0.00 + ?")])
def test_a_subtotal(outcome: Estimate, said: str) -> None:
    assert subtotal(outcome, "server", PLAIN.amount) == said


def test_what_is_left_out_is_counted() -> None:
    assert gaps_in_words(WHOLE) == left_out(WHOLE) == ""
    assert gaps_in_words(WITH_GAPS).endswith("lines without a price")
    assert left_out(WITH_GAPS).endswith("lines have no known price and are left out.")
    price = "ec2/m5.large/on_demand"
    some = {sku: BOOK.listed[sku] for sku in BOOK.listed if sku != price}
    one = estimate(ARTICLE, type(BOOK)(**{**vars(BOOK), "listed": some}))
    assert left_out(one) == "1 line has no known price and is left out."


def test_the_terminal_marks_the_subtotal() -> None:
    lines = estimate_table(ARTICLE, NOTHING).splitlines()
    assert lines[3].startswith("USD a month")
    server = next(line for line in lines if line.startswith("  Subtotal"))
    assert server.endswith("$0.00 + ?")


def test_the_totals_are_written_for_their_reader() -> None:
    stored = changed(ARTICLE, artifact_store__stored_gb=5_000_000.0)
    outcome = estimate(stored, BOOK)
    said = totals_in_words(stored, outcome, GERMAN)
    others = others_in_words(stored, outcome, GERMAN)
    infrastructure, labor = GERMAN.money(float(outcome.infrastructure)), GERMAN.money(441.77)
    assert said[-2:] == [f"infrastructure {infrastructure}", f"maintenance {labor}"]
    assert f"{GERMAN.dollars(12.0 * float(outcome.effective_cost))} a year" in said
    assert not re.search(r"\d,\d{3}", " ".join((*said, *others)))
    assert others[-1].startswith("cash: ")
