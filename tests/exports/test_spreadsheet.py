"""The workbook: its formulas are there with the program's values, and texts are never formulas."""

from __future__ import annotations

import io
import zipfile

import pytest

from mlflow_cost_desktop.analysis.comparison import Column
from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.exports.parts import ALL
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.spreadsheet.spreadsheet import spreadsheet
from mlflow_cost_desktop.exports.spreadsheet.workbook import letter
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.alternatives import notes_in_words
from tests.exports.workbooks import Read
from tests.shared.facts import CREATED, PLANS, facts_of
from tests.shared.once import once
from tests.support import ARTICLE, BOOK, LINE_ONCE, SCENARIOS, changed

GROWING = changed(
    ARTICLE, growth=(Growth(path="artifact_store.stored_gb", amount=100.0),), start="2027-01"
)


@once
def workbook(scenario: Scenario, parts: tuple[str, ...] = ALL) -> Read:
    return Read(spreadsheet(facts_of(scenario), parts))


def made(name: str) -> tuple[Facts, Read]:
    """The facts of a scenario and its whole workbook."""
    return facts_of(SCENARIOS[name]), workbook(SCENARIOS[name])


@pytest.mark.parametrize("name", SCENARIOS)
def test_totals_are_formulas_with_the_program_s_values(name: str) -> None:
    facts, read = made(name)
    along = projection(SCENARIOS[name], BOOK)
    found = read.labeled()
    labor = float(along.cash_by_component["labor"].sum())
    expected = {
        **{COMPONENTS[part]: cost for part, cost in facts.estimate.by_component.items()},
        "Per month": facts.estimate.effective_cost,
        "of it infrastructure": facts.estimate.infrastructure,
        "of it own people’s time": facts.estimate.labor,
        "Effective": along.effective_total,
        "Own people’s time": labor,
        "Invoices, cash": along.cash_total - labor,
        "Cash and time": along.cash_total,
        "of it in the first year": along.years[0].cash,
    }
    for label, usd in expected.items():
        assert found[label].value == pytest.approx(float(usd), abs=1e-9), label
        assert found[label].formula, label


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_line_is_quantity_times_price_less_discounts(name: str) -> None:
    facts, found = made(name)
    known = {c.description: c for c in facts.estimate.charges if not c.is_unpriced}
    lines = found.sheets["Lines"]
    seen = 0
    for row in range(2, 2 + len(facts.estimate.charges)):
        words = lines.get(f"B{row}")
        if words is None or words.value not in known or f"E{row}" not in lines:
            continue
        cost = lines[f"H{row}"]
        assert f"C{row}*E{row}" in cost.formula
        if "IF(" not in cost.formula:
            assert found.product("Lines", f"H{row}") == pytest.approx(cost.value, rel=1e-12)
        seen += 1
    assert seen >= len({c.description for c in facts.charges if not c.is_unpriced}) > 0


def test_a_line_without_a_price_counts_as_soon_as_one_is_typed() -> None:
    facts = facts_of(SCENARIOS["unknown prices"])
    found = Read(spreadsheet(facts))
    unpriced = [cell for cell in found.column("Lines", "H") if cell.value == "unpriced"]
    assert len(unpriced) == int(facts.estimate.unpriced) > 0
    assert all(cell.formula.startswith("IF(ISNUMBER(E") for cell in unpriced)
    named = found.labeled()["Without a known price"].value
    assert "m9.large" in str(named)


def test_lines_that_follow_others_follow_them_in_the_workbook() -> None:
    found = workbook(SCENARIOS["percentages"])
    cells = found.sheets["Lines"]
    quantities = {
        str(cells[f"B{row}"].value): cells[f"C{row}"].formula
        for row in range(2, 200)
        if f"B{row}" in cells and f"C{row}" in cells
    }
    assert (
        quantities["Of labor"].count("SUMIFS(") == 1 and '"Maintenance"' in quantities["Of labor"]
    )
    steps = [formula for name, formula in quantities.items() if name.startswith("Support (")]
    assert len(steps) > 1 and all(formula.startswith("MAX(0,MIN(") for formula in steps[:-1])
    assert quantities["Support: minimum"].startswith("MAX(0,100.0-SUM(H")
    assert sum(not formula for formula in quantities.values()) > 3
    # Nothing of what they add up is itself such a line, or they would go round in circles.
    first_that_follows = min(
        row for row in range(2, 200) if cells.get(f"C{row}") and cells[f"C{row}"].formula
    )
    for formula in quantities.values():
        if "SUMIFS" in formula:
            last = int(formula.partition("Lines!$H$2:$H$")[2].partition(",")[0])
            assert last < first_that_follows


def test_what_is_due_in_some_months_is_a_formula_over_its_line() -> None:
    found = workbook(changed(ARTICLE, own_lines=(LINE_ONCE,)))
    due = [c for c in found.column("Months", "C") if c.formula.startswith("Lines!$H$")]
    assert len(due) == 2
    months = found.sheets["Months"]
    column = {months[f"{name}1"].value: name for name in "ABCDEFGHIJKL" if f"{name}1" in months}
    assert "SUMIFS" in months[f"{column['Invoices, cash, USD']}2"].formula
    assert months[f"{column['Of it within the horizon']}2"].value == 1.0


def test_months_that_grow_are_the_program_s_figures_and_their_sums_formulas() -> None:
    found = workbook(GROWING)
    months = found.sheets["Months"]
    assert months["E2"].formula == "" and months["H1"].value == "Effective, USD"
    assert months["B2"].value == "Jan 2027"
    total = projection(GROWING, BOOK).effective_total
    assert found.labeled()["Effective"].value == pytest.approx(total)
    assert "1" not in {str(cell.value) for cell in found.column("Months", "B")}
    heads = {str(cell.value) for place, cell in months.items() if place.endswith("1")}
    assert "Artifact store · Artifacts kept" in heads


def test_the_month_in_which_the_verdict_turns_is_named_in_its_row() -> None:
    values = (FromMonth(month=7, value=30.0),)
    growth = (Growth(path="team.users", by="table", values=values),)
    months = workbook(changed(ARTICLE, growth=growth, held_against="sagemaker_small")).sheets[
        "Months"
    ]
    places = {cell.value: place for place, cell in months.items() if place.endswith("1")}
    assert "SageMaker MLflow Small, then Medium, USD" in places
    column = places["What happens"].removesuffix("1")
    words = "SageMaker MLflow Small becomes dearer; Medium from here on"
    assert months[f"{column}8"].value == words


def test_another_currency_is_converted_by_its_rate() -> None:
    currency = Currency(code="EUR", per_usd=0.5, date="2026-11-01")
    found = workbook(changed(ARTICLE, currency=currency)).sheets["Summary"]
    (row,) = [place[1:] for place, cell in found.items() if cell.value == "Per month"]
    assert found[f"C{row}"].value == pytest.approx(float(found[f"B{row}"].value) / 2.0)
    assert "*Summary!$B$" in found[f"C{row}"].formula
    assert {"EUR, $1 = €0.5, 2026-11-01", "EUR for $1"} <= {c.value for c in found.values()}


def test_every_workbook_states_what_it_rests_on() -> None:
    stated = workbook(ARTICLE).labeled()
    assert stated["Scenario"].value == ARTICLE.name
    assert "us-east-1" in str(stated["Region"].value)
    assert stated["Month"].value == "720 h" or "h" in str(stated["Month"].value)
    assert "AWS price list, at most" in str(stated["Prices"].value)
    assert (stated["Currency"].value, stated["Without a known price"].value) == ("USD", "no line")
    assert "taxes" in str(stated["Not included"].value)


def test_parts_that_are_left_out_leave_numbers() -> None:
    found = workbook(ARTICLE, ("summary", "money", "plans"))
    assert list(found.sheets) == ["Summary", "Plans"]
    labeled = found.labeled()
    assert labeled["Server"].formula == "" and labeled["Per month"].formula
    assert "Lines!" not in "".join(c.formula for s in found.sheets.values() for c in s.values())
    assert list(workbook(ARTICLE, ("lines",)).sheets) == ["Summary", "Lines"]


def test_alternatives_add_up_and_are_held_against_what_is_chosen() -> None:
    facts = facts_of(ARTICLE)
    read = Read(spreadsheet(facts))
    found, cells = facts.alternatives, read.sheets["Alternatives"]
    assert len(found.found) == 2
    for row, one in enumerate((found.now, *found.found), 2):
        assert cells[f"J{row}"].value == pytest.approx(one.cost, abs=1e-9)
        assert cells[f"J{row}"].formula == f"SUM(E{row}:I{row})"
        parts = [cells[f"{name}{row}"].value for name in "EFGHI"]
        assert sum(map(float, parts)) == pytest.approx(one.cost, abs=1e-9)
        if row > 2:
            assert cells[f"K{row}"].formula == f"J{row}-J2"
            assert cells[f"K{row}"].value == pytest.approx(found.difference(one))
    assert cells["L3"].value == notes_in_words(found, found.found[0], PLAIN) != ""
    assert "Hosted the cheapest way (alternative 1): $" in " ".join(
        str(c.value) for c in read.sheets["Summary"].values()
    )


def test_ranges_have_their_percentiles_and_where_they_are_from() -> None:
    assert "Ranges" not in workbook(ARTICLE).sheets  # nothing has one
    ranged = Range(path="labor.platform_engineer_usd", low=70.0, high=130.0, source="a guess")
    facts = facts_of(changed(ARTICLE, ranges=(ranged,)))
    read = Read(spreadsheet(facts))
    cells = read.sheets["Ranges"]
    by_percent = {cells[f"A{row}"].value: cells[f"B{row}"].value for row in range(2, 11)}
    assert facts.uncertainty is not None
    assert by_percent[90.0] == pytest.approx(facts.uncertainty.percentiles[90])
    assert by_percent["Mean"] == pytest.approx(facts.uncertainty.moments.mean)
    row = next(p[1:] for p, cell in cells.items() if cell.value == ranged.path)
    assert [cells[f"{name}{row}"].value for name in "BCDG"] == [70.0, 91.4, 130.0, "a guess"]


def test_scenarios_side_by_side_are_lines_with_differences() -> None:
    assert "Compared" not in workbook(ARTICLE).sheets
    other = changed(ARTICLE, server__ec2__replicas=2.0)
    beside = Column("Two replicas", other, BOOK, estimate(other, BOOK))
    read = Read(spreadsheet(Facts.of(ARTICLE, BOOK, CREATED, PLANS, beside=(beside,))))
    cells = read.sheets["Compared"]
    total = next(p[1:] for p, cell in cells.items() if cell.value == "Per month")
    assert cells[f"D{total}"].value == pytest.approx(beside.cost)
    assert cells[f"E{total}"].formula == f"D{total}-C{total}"
    lines = [cells[f"E{row}"].value for row in range(3, int(total))]
    assert sum(map(float, lines)) == pytest.approx(float(cells[f"E{total}"].value))
    assert "Server · Replicas" in [cell.value for cell in cells.values()]


def test_plans_that_do_not_fit_have_no_figure() -> None:
    found = workbook(ARTICLE)
    cells = found.sheets["Plans"]
    fits = {row: cells[f"G{row}"].value for row in range(2, 30) if f"G{row}" in cells}
    assert {"yes", "no"} == set(fits.values())
    for row, said in fits.items():
        assert (f"E{row}" in cells) is (said == "yes")


def test_a_stranger_s_words_are_no_formula() -> None:
    words = '=HYPERLINK("http://x")'
    line = OwnLine(id="one", name=words, unit=words, usd=1.0)
    found = workbook(changed(ARTICLE, name=words, author=words, own_lines=(line,)))
    cells = [cell for sheet in found.sheets.values() for cell in sheet.values()]
    assert [cell.formula for cell in cells if "HYPERLINK" in str(cell.value)].count("") >= 3
    assert not any("HYPERLINK" in cell.formula for cell in cells)


def test_as_many_lines_as_there_can_be() -> None:
    many = tuple(
        OwnLine(id=f"n{n}", name="x" * 80, usd=1.0, component="network") for n in range(200)
    )
    found = workbook(changed(ARTICLE, own_lines=many))
    assert len(found.column("Lines", "B")) > 200
    formulas = [cell.formula for sheet in found.sheets.values() for cell in sheet.values()]
    assert max(map(len, formulas)) <= 8192  # as long as spreadsheet programs take them


def test_the_same_input_gives_the_same_bytes() -> None:
    assert spreadsheet(facts_of(ARTICLE)) == spreadsheet(facts_of(ARTICLE))
    names = zipfile.ZipFile(io.BytesIO(spreadsheet(facts_of(ARTICLE)))).namelist()
    assert "xl/workbook.xml" in names


def test_columns_have_letters() -> None:
    assert [letter(column) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"
    ]  # fmt: skip
