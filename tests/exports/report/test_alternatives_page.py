"""The report's section on alternatives: the two best beside the scenario."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.alternatives import Search, alternatives
from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from tests.analysis.test_alternatives import ARTICLE, US_EAST
from tests.exports.report.test_report import CREATED
from tests.shared.pdf_text import words_of

pytestmark = pytest.mark.usefixtures("qapp")


def text_of(scenario: Scenario) -> str:
    return words_of(render_pdf(scenario, US_EAST, CREATED))


def test_the_two_best_stand_beside_the_scenario() -> None:
    text = text_of(ARTICLE)
    found = alternatives(Search(ARTICLE, US_EAST, 2), {"us-east-1": lambda: US_EAST})
    assert len(found.found) == 2
    for one in (found.now, *found.found):
        assert f" {one.cost:,.2f}" in text
    assert "This scenario EC2 m5.large Alternative 1 EC2" in text and "Alternative 2 " in text
    assert "$ / month" in text and "– Alternative 1: " in text
    assert "Looked for in US East (N. Virginia): Server 2 vCPU" in text
    assert "longest commitment: 1 year" in text
    assert "ARM: images must be built for it" in text


def test_where_nothing_else_fits_there_is_no_section() -> None:
    none = replace(ARTICLE, "needs.memory_gib", 9_999.0)
    assert "Looked for in" not in text_of(none)
