"""The report's page on time: worked figures, the plan, what changes, and why."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.scenario import Scenario
from tests.analysis.test_projection import FILE, GROWING, RESERVED, SHIPPED, US_EAST
from tests.exports.report.test_report import CREATED
from tests.shared.pdf_text import texts_of
from tests.support import changed

pytestmark = pytest.mark.usefixtures("qapp")


def page_of(scenario: Scenario) -> str:
    """The page's text on one line, empty where there is no such page."""
    pdf = render_pdf(scenario, US_EAST, CREATED, SHIPPED)
    pages = texts_of(pdf)
    begin = next((at for at, text in enumerate(pages) if "What changes over time" in text), None)
    return " ".join(pages[begin].split()) if begin is not None else ""


def test_storage_and_salaries_over_36_months() -> None:
    text = page_of(GROWING)
    for words in (
        "Paid in the first month $2,792.53, in the first year $9,532.50, in all $25,619.33",
        "Year 1 9,532.50",
        "7,807.20",
        "8,279.62",
        "Artifact store · Artifacts kept +100 GB a month: 1,024 GB at first, 4,524 GB",
        "Artifact store changes by: Artifacts kept +100 GB a month",
        "Maintenance changes by: Platform engineer +3 % a year",
        "Held against SageMaker MLflow Small",
    ):
        assert words in text or words.replace("Year 1 ", "") in text, words


def test_a_year_s_commitment_over_24_months() -> None:
    text = page_of(RESERVED)
    assert "in all $50,592.10" in text
    assert "Paid only in month 13: Upfront payment (m5.large" in text


def test_the_plan_s_next_size_and_the_turn_of_the_verdict() -> None:
    values = (FromMonth(month=7, value=30.0),)
    growing = (Growth(path="team.users", by="table", values=values),)
    text = page_of(changed(FILE, growth=growing, start="2027-01"))
    assert "· Medium from month 7 (Jul 2027)." in text
    assert "SageMaker MLflow Small becomes dearer in month 7 (Jul 2027)" in text
    assert "2027 " in text


def test_cash_of_every_month_is_there() -> None:
    """The years stand side by side: a row is of one month of each."""
    text = " ".join(texts_of(render_pdf(GROWING, US_EAST, CREATED, SHIPPED))[3:5])
    months = " ".join(text.split()).partition("Cash by month")[2]
    assert "Month Year 1 Year 2 Year 3 1 2,792.53 637.95" in months
    assert "2 601.23" in months and "702.62" in months
    text = page_of(changed(GROWING, start="2027-03", horizon_months=25.0))
    months = text.partition("Cash by month")[2]
    assert "Mar 2,792.53 637.95" in months
    rows = months.partition("Apr")[2]
    assert rows.split()[0] == "601.23" and "Feb" in rows


def test_where_nothing_changes_there_is_no_such_page() -> None:
    assert page_of(FILE) == ""
