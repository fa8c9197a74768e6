"""An estimate as an XLSX file: a sheet for each part that there is something to say of."""

from __future__ import annotations

from collections.abc import Collection

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.exports.parts import ALL
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.spreadsheet.lines import write_lines
from mlflow_cost_desktop.exports.spreadsheet.months import write_months
from mlflow_cost_desktop.exports.spreadsheet.questions import (
    write_alternatives,
    write_comparison,
    write_ranges,
)
from mlflow_cost_desktop.exports.spreadsheet.tables import (
    write_assumptions,
    write_plans,
    write_sources,
    write_summary,
)
from mlflow_cost_desktop.exports.spreadsheet.workbook import Workbook
from mlflow_cost_desktop.exports.stated import title

SHEETS = {
    "summary": "Summary",
    "lines": "Lines",
    "months": "Months",
    "uncertainty": "Ranges",
    "comparison": "Compared",
    "plans": "Plans",
    "alternatives": "Alternatives",
    "assumptions": "Assumptions",
    "sources": "Sources",
}
"""The part that each is of; the money stands on the summary, which every workbook begins with."""


def spreadsheet(facts: Facts, parts: Collection[str] = ALL) -> bytes:
    """The workbook.

    Quantities, prices and discounts are numbers, costs and totals formulas over them. What is
    said of a part that is left out is a number instead.
    """
    book = Workbook(
        f"{title(facts)}: cost of self-hosting MLflow",
        printable(facts.scenario.author),
        f"MLflow Cost {__version__}",
        facts.created,
    )
    made = {
        part: book.sheet(name)
        for part, name in SHEETS.items()
        if part == "summary" or (part in parts and _has_something(part, facts))
    }
    lines = write_lines(made["lines"], facts) if "lines" in made else None
    months = write_months(made["months"], facts, lines) if "months" in made else None
    write_summary(made["summary"], facts, lines, months, has_money="money" in parts)
    if "plans" in made:
        write_plans(made["plans"], facts, lines)
    if "uncertainty" in made and facts.uncertainty:
        write_ranges(made["uncertainty"], facts, facts.uncertainty)
    if "comparison" in made:
        write_comparison(made["comparison"], facts)
    if "alternatives" in made:
        write_alternatives(made["alternatives"], facts)
    if "assumptions" in made:
        write_assumptions(made["assumptions"], facts)
    if "sources" in made:
        write_sources(made["sources"], facts)
    return book.as_bytes()


def _has_something(part: str, facts: Facts) -> bool:
    """Whether there is anything to be said of a part."""
    if part == "uncertainty":
        return facts.uncertainty is not None
    if part == "comparison":
        return bool(facts.beside)
    return part != "alternatives" or bool(facts.alternatives.found)
