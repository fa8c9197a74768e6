"""The charts of how sure the total is, by their marks."""

from __future__ import annotations

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.tornado import tornado
from mlflow_cost_desktop.analysis.uncertainty import Uncertainty, uncertainty
from mlflow_cost_desktop.charts.chart import Area, Bar, Rule
from mlflow_cost_desktop.charts.tornado import MOST, Named, tornado_chart
from mlflow_cost_desktop.charts.uncertainty import HowSure, uncertainty_chart
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.uncertainty import bar_in_words, moves_in_words
from tests.analysis.test_uncertainty import FILE, LENGTH, RATE, SMALL, US_EAST, with_ranges
from tests.support import ARTICLE, BOOK


@pytest.fixture(scope="module")
def cases() -> Uncertainty:
    scenario = replace(with_ranges(FILE, RATE, LENGTH), "budget_usd", 700.0)
    return uncertainty(scenario, US_EAST, SMALL)


def test_columns_are_colored_by_which_is_cheaper(cases: Uncertainty) -> None:
    chart = uncertainty_chart(HowSure(cases, "likelihood", 700.0), PLAIN)
    bars = [mark for mark in chart.marks if isinstance(mark, Bar)]
    heights = {
        key: sum(bar.above - bar.below for bar in bars if bar.series.key == key)
        for key in ("own", "plan")
    }
    assert cases.plan_share is not None
    # All but what lies beyond the axis.
    assert heights["plan"] == pytest.approx(100 * cases.plan_share, abs=1.1)
    assert heights["own"] + heights["plan"] == pytest.approx(100.0, abs=1.1)
    assert [series.name for series in chart.series] == [
        "Hosting is cheaper", "SageMaker MLflow Small is cheaper"
    ]  # fmt: skip
    rules = {mark.text.partition(" ")[0]: mark.at for mark in chart.marks if isinstance(mark, Rule)}
    assert rules["P50"] == pytest.approx(cases.percentiles[50])
    assert rules["budget"] == 700.0


def test_the_curve_rises_to_all_cases(cases: Uncertainty) -> None:
    chart = uncertainty_chart(HowSure(cases, "at_most", 700.0), PLAIN)
    own, plan = (mark for mark in chart.marks if isinstance(mark, Area))
    assert np.array_equal(plan.below, own.above)
    assert (np.diff(plan.above) >= 0).all()
    assert plan.above[-1] > 99.0
    assert chart.marker is not None
    assert chart.marker.y == pytest.approx(100 * cases.share_up_to(700.0), abs=1.0)


def test_what_is_hidden_is_left_out(cases: Uncertainty) -> None:
    chart = uncertainty_chart(HowSure(cases, "likelihood", 700.0), PLAIN, {"plan"})
    assert {mark.series.key for mark in chart.marks if isinstance(mark, Bar)} <= {"own"}


def test_words_and_table(cases: Uncertainty) -> None:
    chart = uncertainty_chart(HowSure(cases, "likelihood", 700.0), PLAIN)
    words = chart.in_words(chart.x.lower, chart.x.upper)
    assert "of 10,000 cases" in words
    assert "At the marker, $700.00: at most that in" in words
    table = chart.table(chart.x.lower, chart.x.upper)
    assert table.headings == ("At most", "Cases", "of them SageMaker MLflow Small cheaper")
    assert table.rows[table.current][0] == "$700.00"
    assert table.numbers[table.current][1] == pytest.approx(100 * cases.share_up_to(700.0))
    reading = chart.read(700.0)
    assert reading.place == "$700.00"
    assert reading.total is not None
    assert reading.total[0] == "At most"


def test_another_currency() -> None:
    euro = replace(with_ranges(FILE, RATE), "currency", EURO)
    found = uncertainty(euro, US_EAST)
    chart = uncertainty_chart(HowSure(found, "likelihood", 660.0), PLAIN)
    assert chart.x.unit == "EUR"
    assert chart.marker is not None
    assert chart.marker.x == 330.0
    assert chart.x.lower < 330.0 < chart.x.upper


def test_without_ranges_there_is_one_column() -> None:
    found = uncertainty(FILE, US_EAST)
    chart = uncertainty_chart(HowSure(found, "likelihood", found.percentiles[50]), PLAIN)
    (bar,) = (mark for mark in chart.marks if isinstance(mark, Bar))
    assert (bar.below, bar.above) == (0.0, 100.0)


EURO = Currency(code="EUR", per_usd=0.5, date="2026-11-20")


def named(*, plan: tuple[str, float] | None = None) -> Named:
    swings = tornado(FILE, US_EAST)
    return Named(
        swings,
        FILE.currency,
        tuple(map(bar_in_words, swings.bars)),
        tuple(moves_in_words(bar, PLAIN, has_ranges=False) for bar in swings.bars),
        plan,
    )


def test_bars_lie_around_the_cost_of_now_the_widest_at_the_top() -> None:
    shown = named(plan=("SageMaker", 538.8))
    chart = tornado_chart(shown, PLAIN)
    bars = [mark for mark in chart.marks if isinstance(mark, Bar)]
    assert len(shown.shown) == MOST
    widest = [bar for bar in bars if bar.above > MOST - 1]
    now = shown.tornado.cost
    assert all(bar.left <= now <= bar.right for bar in bars)
    wide = max(bar.right for bar in widest) - min(bar.left for bar in widest)
    first = shown.tornado.bars[0]
    costs = first.cost_low, first.cost_high, now
    assert wide == pytest.approx(max(costs) - min(costs))
    labels = [chart.y.label(at, 0.0) for at in chart.y.ticks(-1.0, 20.0, 5)]
    assert labels[-1].startswith(bar_in_words(first)[:20])
    texts = [mark.text for mark in chart.marks if isinstance(mark, Rule)]
    assert texts == ["now $660", "SageMaker $539"]
    assert f"{len(shown.names) - MOST} more inputs matter less" in chart.note
    table = chart.table(0.0, 1.0)
    assert len(table.rows) == len(shown.names)
    assert "with one input moved" in chart.in_words(0.0, 1.0)
    assert chart.read(now).notes[0].startswith("reached by ")


@pytest.mark.parametrize("usd", [538.8, 855.6])
def test_words_of_plan_and_now_stand_away_from_each_other(usd: float) -> None:
    chart = tornado_chart(named(plan=("SageMaker", usd)), PLAIN)
    now, plan = (mark for mark in chart.marks if isinstance(mark, Rule))
    assert plan.leads == (plan.at < now.at)
    assert now.leads == (now.at < plan.at)
    assert (plan.short, now.short) == (f"plan ${usd:.0f}", "")


def test_a_tornado_of_nothing() -> None:
    one = replace(with_ranges(FILE, RATE), "ranges", (RATE.model_copy(update={"path": "x"}),))
    assert tornado(one, US_EAST).has_ranges is False
    empty = Named(
        tornado(with_ranges(FILE, RATE.model_copy(update={"low": 91.4, "high": 91.4})), US_EAST),
        FILE.currency,
        (),
        (),
    )
    chart = tornado_chart(empty, PLAIN)
    assert [mark for mark in chart.marks if isinstance(mark, Bar)] == []
    assert "no input matters" in chart.in_words(0.0, 1.0)


def test_costs_that_leave_out_a_line_say_so() -> None:
    scenario = replace(FILE, "server.ec2.instance_type", "m9.large")
    found = uncertainty(scenario, US_EAST, count=100)
    chart = uncertainty_chart(HowSure(found, "likelihood", found.moments.mean), PLAIN)
    rules = [mark.text for mark in chart.marks if isinstance(mark, Rule)]
    assert rules and all(text.endswith(" + ?") for text in rules)
    swings = tornado(scenario, US_EAST)
    names = tuple(bar_in_words(bar) for bar in swings.bars)
    named = Named(swings, Currency(), names, tuple("" for _ in names))
    chart = tornado_chart(named, PLAIN)
    (rule,) = (mark for mark in chart.marks if isinstance(mark, Rule))
    assert rule.text == f"now {PLAIN.dollars(swings.cost)} + ?"
    table = chart.table(0.0, 1.0)
    assert all(cell.endswith(" + ?") for row in table.rows for cell in row[2:])
    assert "left out" in table.note and "left out" in chart.note


def test_only_the_end_that_lacks_a_price_says_so() -> None:
    """A root volume of a type without a price costs nobody knows what, and none costs nothing."""
    prices = {sku: price for sku, price in BOOK.listed.items() if not sku.startswith("ebs/gp3")}
    book = PriceBook(AWS, "us-east-1", "US East (N. Virginia)", prices, BOOK.instance_types)
    swings = tornado(ARTICLE, book)
    (bar,) = (one for one in swings.bars if one.lacks_high)
    assert bar.path == "server.ec2.root_volume_gb"
    assert not bar.lacks_low and not swings.unpriced


def test_words_have_room_above_the_bars(cases: Uncertainty) -> None:
    chart = uncertainty_chart(HowSure(cases, "likelihood", 700.0), PLAIN)
    highest = max(mark.above for mark in chart.marks if isinstance(mark, Bar))
    assert chart.y.upper >= 1.4 * highest
    curve = uncertainty_chart(HowSure(cases, "at_most", 700.0), PLAIN)
    assert all(mark.leads for mark in curve.marks if isinstance(mark, Rule))
