"""The way between two totals as a chart: bars that join, names beside them, and its table."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.analysis.comparison import Comparison, column
from mlflow_cost_desktop.charts.chart import Bar, Chart, Label
from mlflow_cost_desktop.charts.waterfall import MOST_NAME, MOST_STEPS, Waterfall, waterfall_chart
from mlflow_cost_desktop.exports.report.chart_files import chart_csv, table_text
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import ARTICLE, BOOK, NOTHING, SCENARIOS, changed

REGULATED = changed(SCENARIOS["on demand"], server__ec2__replicas=5.0)


def found(one: Scenario = ARTICLE, other: Scenario = REGULATED) -> Comparison:
    return Comparison((column("One", one, BOOK), column("Other", other, BOOK)))


def bars(chart: Chart) -> list[Bar]:
    return [mark for mark in chart.marks if isinstance(mark, Bar)]


@pytest.mark.parametrize("by", ["parts", "lines"])
def test_each_bar_begins_where_the_one_before_ends(by: str) -> None:
    shown = Waterfall(found(), 1, by)  # type: ignore[arg-type]  # one of two words
    chart = waterfall_chart(shown, PLAIN)
    first, *steps, last = bars(chart)
    assert (first.left, first.right) == (0.0, pytest.approx(shown.totals[0]))
    assert (last.left, last.right) == (0.0, pytest.approx(shown.totals[1]))
    level = shown.totals[0]
    for bar, step in zip(steps, shown.steps, strict=True):
        after = level + step.effect
        assert (bar.left, bar.right) == pytest.approx(tuple(sorted((level, after))))
        level = after
    assert level == pytest.approx(shown.totals[1], abs=0.01)
    heights = [(bar.below + bar.above) / 2 for bar in (first, *steps, last)]
    assert heights == sorted(heights, reverse=True)
    assert len(steps) <= MOST_STEPS


def test_each_bar_has_its_name_and_its_amount() -> None:
    shown = Waterfall(found(), 1)
    chart = waterfall_chart(shown, PLAIN)
    top = len(shown.steps) + 1
    names = [chart.y.label(float(top - row), 0.0) for row in range(top + 1)]
    assert names == ["One", *(step.title for step in shown.steps), "Other"]
    assert chart.y.words(chart.y.upper) == "One"  # no name is beyond the ends
    assert chart.y.words(-9.0) == "Other"
    texts = [mark.text for mark in chart.marks if isinstance(mark, Label)]
    assert texts[0] == PLAIN.money(shown.totals[0])
    assert all(text.startswith(("+$", "−$")) for text in texts[1:-1])


def test_parts_have_their_colors_and_what_several_cost_has_none_of_them() -> None:
    by_line = waterfall_chart(Waterfall(found(), 1, "lines"), PLAIN)
    keys = [bar.series.key for bar in bars(by_line)]
    assert keys[0] == keys[-1] == "total"
    assert "several" in keys
    assert set(keys) <= {"total", "several", "server", "metadata_store", "artifact_store",
                         "network", "labor"}  # fmt: skip


def test_in_words_and_as_a_table() -> None:
    chart = waterfall_chart(Waterfall(found(), 1), PLAIN)
    assert chart.in_words(0.0, 1.0).startswith("From $")
    table = chart.table(0.0, 1.0)
    assert table.headings == ("Step", "Change", "Total")
    changes = [row[1] for row in table.numbers]
    assert sum(changes[1:-1]) == pytest.approx(table.numbers[-1][2] - table.numbers[0][2], abs=0.01)
    lines = table_text(table, PLAIN).splitlines()
    assert lines[1].startswith("One\t\t")
    assert chart_csv(chart).splitlines()[0] == "Step,Change (USD),Total (USD)"
    less = waterfall_chart(Waterfall(found(REGULATED, ARTICLE), 1), PLAIN)
    assert ",-" in chart_csv(less)


def test_nothing_differs() -> None:
    chart = waterfall_chart(Waterfall(found(ARTICLE, ARTICLE), 1, "lines"), PLAIN)
    assert len(bars(chart)) == 2
    assert "nothing differs" in chart.in_words(0.0, 1.0)


def test_another_currency_is_the_first_one_s() -> None:
    euro = changed(
        ARTICLE, currency__code="EUR", currency__per_usd=0.5, currency__date="2026-01-31"
    )
    chart = waterfall_chart(Waterfall(found(euro), 1), PLAIN)
    assert bars(chart)[0].right == pytest.approx(Waterfall(found(euro), 1).totals[0] / 2)
    assert chart.table(0.0, 1.0).units == ("", "EUR", "EUR")
    assert "$1 = €0.5" in chart.note
    assert chart.read(10.0).place == "€10.00"


def test_a_total_that_lacks_a_price_says_so() -> None:
    lacking = Comparison((column("One", ARTICLE, BOOK), column("Other", ARTICLE, NOTHING)))
    chart = waterfall_chart(Waterfall(lacking, 1), PLAIN)
    texts = [mark.text for mark in chart.marks if isinstance(mark, Label)]
    assert texts[-1].endswith(" + ?")
    assert "left out" in chart.note


def test_long_names_are_cut() -> None:
    long = changed(ARTICLE, name="A name")
    chart = waterfall_chart(
        Waterfall(
            Comparison((column("x" * 90, long, BOOK), column("Other", REGULATED, BOOK))), 1
        ),
        PLAIN,
    )  # fmt: skip
    assert len(chart.y.words(chart.y.upper)) == MOST_NAME
