"""The report's page of scenarios side by side: worked figures, a plan, inputs, and many columns."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.comparison import Column, column
from mlflow_cost_desktop.exports.report.report import render_pdf
from tests.analysis.test_comparison import FILE, SHELF, SHIPPED, SMALL, at
from tests.exports.report.test_report import CREATED
from tests.shared.pdf_text import texts_of
from tests.support import NOTHING, changed

pytestmark = pytest.mark.usefixtures("qapp")

BOOK = SHELF.book("us-east-1")


def report(*beside: Column) -> bytes:
    return render_pdf(FILE, BOOK, CREATED, SHIPPED, beside=beside)


def pages_of(*beside: Column) -> str:
    """The text of the pages from the heading on, on one line; empty without such a page."""
    pages = texts_of(report(*beside))
    begin = next((n for n, text in enumerate(pages) if "Side by side" in text), None)
    return " ".join(" ".join(pages[begin:]).split()) if begin is not None else ""


def test_from_virginia_to_frankfurt() -> None:
    text = pages_of(at(FILE, "eu-central-1").named("Frankfurt"))
    for words in (
        "$38.70 a month more with “Frankfurt” than with “This scenario”",
        "cash in the first year +$464.35",
        "+13.68",
        "Server · Instance hours (m5.large, on demand): by price +$13.68",
        "Inputs that differ",
        "us-east-1 eu-central-1",
    ):
        assert words in text, words


def test_a_plan_brings_lines_that_only_it_has() -> None:
    plan = column(SMALL.name, FILE, BOOK, SMALL, SHIPPED)
    text = pages_of(plan)
    assert "only in one" in text
    assert "Managed plan" in text
    assert "$121.06 a month less with “SageMaker MLflow Small”" in text


def test_six_columns_have_room() -> None:
    others = [
        at(changed(FILE, hours_in_month=730.0, horizon_months=12.0)).named("A name of many words"),
        at(changed(FILE, artifact_store__stored_gb=900_000.0)).named("Large"),
        at(FILE, "eu-west-1"),
        column("Nowhere", FILE, NOTHING),
        column(SMALL.name, FILE, BOOK, SMALL, SHIPPED),
    ]
    text = pages_of(*others)
    assert "The months have different lengths" in text
    assert "A name of…" in text or "A name o…" in text
    assert "441.77 + ?" in text
    assert "730 h" in text and "12 months" in text


def test_the_same_columns_give_the_same_bytes() -> None:
    other = at(FILE, "eu-central-1")
    assert report(other) == report(at(FILE, "eu-central-1")) != report()


def test_where_nothing_is_compared_there_is_no_such_page() -> None:
    assert pages_of() == ""
