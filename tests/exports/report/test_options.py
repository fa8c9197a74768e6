"""The options on page 1: their names are told apart, and none of their notes is cut."""

import io
import re

import pytest
from pypdf import PdfReader

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.options import _fitting
from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.exports.report.text import SMALL
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.alternatives import server_in_short, servers_told_apart
from tests.exports.report.test_decision_page import CREATED, PLANS, page
from tests.exports.report.test_report import texts
from tests.support import ARTICLE

pytestmark = pytest.mark.usefixtures("qapp")


def test_no_note_is_cut() -> None:
    words = page(ARTICLE)
    assert "…" not in words
    notes = [f"note {number} of some length, as they are" for number in range(20)]
    for lines in (1, 2):
        fitted = _fitting("Alternative 1: a host.", notes, lines)
        assert fitted.height <= lines * SMALL.size * SMALL.leading + 0.5


def test_alternatives_on_the_same_server_say_what_else_differs() -> None:
    hobby = read_scenario(resources_dir() / "scenarios" / "hobby.mlcost").scenario
    book = Shelf(pricing_dir() / "aws").book(hobby.region_id)
    found = Facts.of(hobby, book, CREATED, PLANS).alternatives.found
    first, second = map(server_in_short, found)
    assert first == second
    assert servers_told_apart(found) == [f"{first}, MySQL", f"{first}, PostgreSQL"]
    assert servers_told_apart(found[:1]) == [first]
    (twin,) = servers_told_apart((found[0], found[0]))[:1]
    assert twin == f"{first}, committed 1 year"


@pytest.mark.parametrize("name", ["article-2024", "hobby", "large", "regulated"])
def test_each_column_adds_up_as_it_is_written(name: str) -> None:
    scenario = read_scenario(resources_dir() / "scenarios" / f"{name}.mlcost").scenario
    book = Shelf(pricing_dir() / "aws").book(scenario.region_id)
    pdf = PdfReader(io.BytesIO(render_pdf(scenario, book, CREATED, PLANS)))
    table = texts(pdf)[0].partition("/ month")[2].partition("This scenario:")[0]
    found = [part for part in (*COMPONENTS.values(), "The vendor’s charges") if part in table]
    columns = list(zip(*(_figures(table, part) for part in found), strict=True))
    totals = _figures(table, "Per month")
    assert len(totals) == 4 and len(found) >= 5
    assert [sum(column) for column in columns] == totals
    assert _figures(table, "Difference") == [total - totals[0] for total in totals[1:]]


def _figures(table: str, name: str) -> list[int]:
    """The figures of a row, a dash as nothing."""
    row = re.match(r"[\s\d,–−+]*", table.partition(name)[2])
    assert row is not None
    words = row[0].replace(",", "").replace("−", "-").split()
    return [0 if word == "–" else int(word) for word in words]
