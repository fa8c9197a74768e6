"""The options on page 1: their names are told apart, and none of their notes is cut."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.options import ELSEWHERE, ROUNDED, _fitting
from mlflow_cost_desktop.exports.report.report import Choices, render_pdf
from mlflow_cost_desktop.exports.report.text import SMALL
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.alternatives import (
    notes_in_short,
    notes_in_words,
    server_in_short,
    servers_told_apart,
    work_in_words,
)
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


def test_why_maintenance_differs_is_said_in_short() -> None:
    hobby = read_scenario(resources_dir() / "scenarios" / "hobby.mlcost").scenario
    book = Shelf(pricing_dir() / "aws").book(hobby.region_id)
    found = Facts.of(hobby, book, CREATED, PLANS).alternatives
    less = ("Less work: Operating system of the instances",)
    assert [work_in_words(found, one) for one in found.found] == [less, less]
    assert work_in_words(found, found.now) == ()
    swapped = replace(found, now=found.found[0])
    assert work_in_words(swapped, found.now) == ("More work: Operating system of the instances",)
    assert notes_in_words(found, found.found[0], PLAIN).startswith(f"{less[0]}; ")
    assert not any("work" in note for note in notes_in_short(found, found.found[0], PLAIN))
    pdf = PdfReader(io.BytesIO(render_pdf(hobby, book, CREATED, PLANS)))
    first = " ".join(texts(pdf)[0].split())
    assert first.count("; less work: Operating system of the instances. To mind: ") == 2
    letter = Choices(paper="letter")  # where there is no room for how each is hosted
    pdf = PdfReader(io.BytesIO(render_pdf(hobby, book, CREATED, PLANS, choices=letter)))
    first = " ".join(texts(pdf)[0].split())
    said = f"{ELSEWHERE} Alternatives 1 and 2: less work: Operating system of the instances."
    assert said in first


@pytest.mark.parametrize("name", ["article-2024", "hobby", "large", "regulated"])
def test_what_is_a_cent_off_says_that_it_is_rounded(name: str) -> None:
    scenario = read_scenario(resources_dir() / "scenarios" / f"{name}.mlcost").scenario
    book = Shelf(pricing_dir() / "aws").book(scenario.region_id)
    pdf = PdfReader(io.BytesIO(render_pdf(scenario, book, CREATED, PLANS)))
    table = texts(pdf)[0].partition("/ month")[2].partition("Cost by usage hours")[0]
    found = [part for part in (*COMPONENTS.values(), "The vendor’s charges") if part in table]
    columns = list(zip(*(_figures(table, part) for part in found), strict=True))
    totals = _figures(table, "Per month")
    assert len(totals) == 4 and len(found) >= 5
    differences = [total - totals[0] for total in totals[1:]]
    is_exact = [sum(column) for column in columns] == totals
    is_exact = is_exact and _figures(table, "Difference") == differences
    assert (ROUNDED in table) == (not is_exact)


def _figures(table: str, name: str) -> list[Decimal]:
    """The figures of a row, a dash as nothing."""
    row = re.match(r"[\s\d,.–−+]*", table.partition(name)[2])
    assert row is not None
    words = row[0].replace(",", "").replace("−", "-").split()
    return [Decimal(0) if word == "–" else Decimal(word) for word in words]
