"""The report's page on how sure the total is."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from tests.analysis.test_projection import FILE, SHIPPED, US_EAST
from tests.exports.report.test_report import CREATED
from tests.shared.pdf_text import texts_of

pytestmark = pytest.mark.usefixtures("qapp")

USAGE = Range(path="usage.hours", low=160.0, high=720.0, shape="triangle", source="our calendar")


def pages_of(scenario: Scenario) -> list[str]:
    pdf = render_pdf(scenario, US_EAST, CREATED, SHIPPED)
    return [" ".join(text.split()) for text in texts_of(pdf)]


def test_usage_hours_of_a_triangle() -> None:
    scenario = replace(replace(FILE, "usage.hours", 320.0), "ranges", (USAGE,))
    scenario = replace(replace(scenario, "budget_usd", 630.0), "held_against", "sagemaker_small")
    (page,) = (text for text in pages_of(scenario) if "How sure that is" in text)
    for words in (
        "$628 a month in the middle; $615 to $645 in eight cases of ten",
        "In all of 100,000 draws of 1 input that varies SageMaker MLflow Small is cheaper than "
        "hosting it yourself.",
        "In 57 of 100 cases a month costs at most $630.",
        "Usage 160 h / month – 720 h / month 320 h / month Triangle, extremes; our calendar",
        "100,000 draws with seed 1.",
    ):
        assert words in page, words


def test_without_ranges_there_is_no_such_page() -> None:
    assert not any("How sure that is" in text for text in pages_of(FILE))


def test_the_same_scenario_gives_the_same_bytes() -> None:
    scenario = replace(FILE, "ranges", (USAGE,))
    one, two = (render_pdf(scenario, US_EAST, CREATED, SHIPPED) for _ in range(2))
    assert one == two
