"""Names from a file are words in every export: no formulas in a spreadsheet, no markup in a PDF."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.exports.clipboard import cash_text, charges_text
from mlflow_cost_desktop.exports.plain_text import harmless
from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.exports.terminal.about import as_csv
from mlflow_cost_desktop.exports.terminal.estimate import estimate_csv
from mlflow_cost_desktop.exports.terminal.plans import plans_csv
from mlflow_cost_desktop.exports.terminal.prices import prices_csv
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnLine
from tests.support import ARTICLE, BOOK, changed

FORMULAS = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=2",
    "\n=3",
    " =4",
    "\u202e=5",
    "\u2028=6",
    "＝7",
)
"""What a spreadsheet reckons with, also behind spaces and what no one sees."""

TASK = ARTICLE.labor.tasks[0]
LINES = tuple(
    OwnLine(id=f"line_{n}", name=name, unit=name[:40], usd=3.0, period="month" if n % 2 else "once")
    for n, name in enumerate(FORMULAS)
)
PLANS = tuple(
    ManagedPlan(id=f"plan_{n}", name=name, note=name, source=name)
    for n, name in enumerate(FORMULAS)
)
SCENARIO = changed(
    ARTICLE,
    plans=PLANS,
    name=FORMULAS[0],
    author=FORMULAS[0],
    own_lines=LINES,
    labor__tasks=tuple(
        TASK.model_copy(update={"id": f"task_{n}", "name": name, "period": "month"})
        for n, name in enumerate(FORMULAS)
    ),
)
CURRENCY = Currency(code="EUR", per_usd=0.9, date=FORMULAS[0])


def _is_formula(cell: str) -> bool:
    if not cell.lstrip().startswith(("=", "+", "-", "@", "＝")):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def _sheets() -> dict[str, list[list[str]]]:
    outcome = estimate(SCENARIO, BOOK)
    in_euro = changed(SCENARIO, currency=CURRENCY)
    commas = {
        "lines": estimate_csv(SCENARIO, BOOK),
        "lines in another currency": estimate_csv(in_euro, BOOK),
        "plans": plans_csv(SCENARIO, BOOK, offers(SCENARIO, BOOK, (), outcome), Held("none", None)),
        "prices": prices_csv(BOOK, [charge.price for charge in outcome.charges]),
    }
    tabs = {
        "lines": charges_text(outcome.charges, "AWS", Currency(), PLAIN),
        "lines in another currency": charges_text(outcome.charges, "AWS", CURRENCY, PLAIN),
        "cash": cash_text(projection(SCENARIO, BOOK), PLAIN),
        "cash in another currency": cash_text(projection(in_euro, BOOK), PLAIN),
    }
    return {
        **{name: list(csv.reader(io.StringIO(text))) for name, text in commas.items()},
        **{name: [row.split("\t") for row in text.splitlines()] for name, text in tabs.items()},
    }


def test_no_cell_of_any_sheet_is_a_formula() -> None:
    for name, rows in _sheets().items():
        assert len({len(row) for row in rows}) == 1, f"{name}: a name broke a row"
        assert [cell for row in rows for cell in row if _is_formula(cell)] == [], name
        if name != "prices":  # the only one that holds no name
            assert any("HYPERLINK" in cell for row in rows for cell in row), name


def test_figures_below_zero_stay_figures() -> None:
    assert as_csv(("a",), [[-1.5]]) == "a\n-1.5\n"
    assert harmless("-1.5") == "'-1.5"  # as a text, it was a name


@pytest.mark.usefixtures("qapp")
def test_no_name_is_markup_in_the_pdf() -> None:
    markup = "<b>x</b><a href='http://x'>y</a>"
    scenario = changed(
        SCENARIO,
        name=markup,
        author=markup,
        own_lines=(LINES[0].model_copy(update={"name": markup, "unit": markup}),),
        labor__tasks=(TASK.model_copy(update={"name": markup}),),
        plans=(PLANS[0].model_copy(update={"name": markup}),),
    )
    data = render_pdf(scenario, BOOK, datetime(2026, 11, 23, tzinfo=UTC))
    reader = PdfReader(io.BytesIO(data))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert text.count("".join(markup.split())) >= 5  # name, author, line, task and plan
    assert reader.metadata is not None and reader.metadata.author == markup
    for page in reader.pages:
        assert list(page.annotations or []) == []  # no link
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(reader.root_object)
