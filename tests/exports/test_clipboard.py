"""What is pasted into a spreadsheet: USD, and beside it what the reader sees."""

from datetime import UTC, datetime

from mlflow_cost_desktop.analysis.comparison import Comparison, column
from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.analysis.regions import RegionCost
from mlflow_cost_desktop.exports.clipboard import (
    cash_text,
    charges_text,
    comparison_text,
    regions_text,
    with_grounds,
)
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.currency import Currency
from tests.support import ARTICLE, BOOK, changed

EURO = Currency(code="EUR", per_usd=0.5, date="2026-11-20")
GERMAN = Figures(".", ",")


def rows(text: str) -> list[dict[str, str]]:
    head, *lines = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_lines_are_in_usd() -> None:
    (hours, *_) = rows(charges_text(estimate(ARTICLE, BOOK).charges, "AWS", Currency(), PLAIN))
    assert hours["Unit price, USD"] == "0.096"
    assert hours["USD a month"] == hours["USD in month 1"] == "69.12"
    assert list(hours)[-1] == "Price"


def test_another_currency_stands_beside_usd_with_its_rate() -> None:
    charges = estimate(ARTICLE, BOOK).charges
    (hours, *_) = rows(charges_text(charges, "AWS", EURO, GERMAN))
    assert hours["USD a month"] == "69,12"
    assert hours["EUR a month"] == hours["EUR in month 1 ($1 = €0.5, 2026-11-20)"] == "34,56"


def test_until_a_rate_is_typed_there_is_no_other_currency() -> None:
    charges = estimate(ARTICLE, BOOK).charges
    unrated = Currency(code="EUR")
    assert charges_text(charges, "AWS", unrated, PLAIN) == charges_text(
        charges, "AWS", Currency(), PLAIN
    )


def test_what_is_unknown_is_empty_in_both() -> None:
    unknown = changed(ARTICLE, server__ec2__instance_type="m9.large")
    (hours, *_) = rows(charges_text(estimate(unknown, BOOK).charges, "AWS", EURO, PLAIN))
    assert hours["USD a month"] == hours["EUR a month"] == ""


def test_cash_by_month_is_in_both() -> None:
    scenario = changed(ARTICLE, currency=EURO)
    along = projection(scenario, BOOK)
    for row, usd in zip(rows(cash_text(along, PLAIN)), along.cash.tolist(), strict=True):
        assert row["Cash, USD"] == PLAIN.digits(usd)
        assert row["Cash, EUR ($1 = €0.5, 2026-11-20)"] == PLAIN.digits(usd * 0.5)


def test_scenarios_side_by_side_are_in_the_first_one_s_currency() -> None:
    first = column("Here", changed(ARTICLE, currency=EURO), BOOK)
    other = column("There", changed(ARTICLE, server__ec2__replicas=2.0), BOOK)
    found = Comparison((first, other))
    (hours, *_, total, cash, _, _, _, _) = rows(comparison_text(found, GERMAN))
    assert hours["Line, EUR a month ($1 = €0.5, 2026-11-20)"].startswith("Instance hours")
    apart = [hours[name] for name in ("Here", "There", "There: difference", "There: by quantity")]
    assert apart == ["34,56", "69,12", "34,56", "34,56"]
    assert total["Here"] == GERMAN.digits(first.cost * 0.5)
    assert cash["Here"] == GERMAN.digits(first.first_year_cash * 0.5)
    in_usd = Comparison((column("Here", ARTICLE, BOOK), first))
    (hours, *_) = rows(comparison_text(in_usd, PLAIN))
    assert hours["Line, USD a month"] and hours["Here"] == "69.12"


def test_regions_are_in_the_scenario_s_currency() -> None:
    region = RegionCost("eu-central-1", "Frankfurt", "Europe", 700.0)
    (row,) = rows(regions_text([region], 660.0, EURO, PLAIN))
    assert row["EUR a month"] == "350"
    assert row["Difference, EUR ($1 = €0.5, 2026-11-20)"] == "20"
    (row,) = rows(regions_text([region], 660.0, Currency(), PLAIN))
    assert (row["USD a month"], row["Difference, USD"]) == ("700", "40")


def test_below_the_rows_stands_what_each_scenario_rests_on() -> None:
    table = "Part\tCost\nServer\t1\n"
    euro = changed(ARTICLE, currency=EURO, name="=1+1")
    made = datetime(2026, 11, 23, tzinfo=UTC)
    facts = [Facts.of(one, BOOK, made) for one in (ARTICLE, euro)]
    text = with_grounds(table, facts)
    assert text.startswith(f"{table}\n")
    first, second = text.removeprefix(f"{table}\n").splitlines()
    for told in (ARTICLE.name, "(us-east-1)", "month of 720 h", "months", "price list", "USD"):
        assert told in first
    assert "Without a known price: no line" in first and "Not included: " in first
    assert second.startswith("'=1+1 · ") and "$1 = €0.5, 2026-11-20" in second
    assert "\t" not in first + second
    assert with_grounds(table, []) == table
