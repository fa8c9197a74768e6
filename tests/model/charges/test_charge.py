"""One line of an estimate: its factors, its four costs and its words."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    AtLeast,
    AtMost,
    Beyond,
    BilledAs,
    Factor,
    InTier,
    Per,
    Share,
    Together,
)
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.fields.paths import swept
from mlflow_cost_desktop.prices.price import Price, Tier, Value, flat, unknown
from tests.model.charges.helpers import HOUR, TWO
from tests.support import ARTICLE, BOOK, TB, listed, recomputes_to_the_cent

STORAGE = listed("s", "GB-month", (0.0, 0.023), (50 * TB, 0.022), (500 * TB, 0.021))


line_of = partial(Charge, line="option/word")


def gb(value: Value) -> Amount:
    return Amount(value, "GB")


FACTORS: list[tuple[Callable[[Value], Factor], dict[float, tuple[float, str]]]] = [
    (gb, {720.0: (720.0, "720 GB"), 1.5: (1.5, "1.5 GB")}),
    (lambda v: Per(v, "month"), {12.0: (1 / 12, "÷ 12 months"), 1.0: (1.0, "÷ 1 month")}),
    (
        lambda v: Beyond(gb(v), 100.0, "free"),
        {
            180.0: (80.0, "(180 GB − 100 GB free)"),
            100.0: (0.0, "0 GB [100 GB within 100 GB free]"),
            0.0: (0.0, "0 GB [0 GB within 100 GB free]"),
        },
    ),
    (
        lambda v: AtLeast(gb(v), 20.0),
        {5.0: (20.0, "20 GB [minimum, 5 GB asked]"), 20.0: (20.0, "20 GB"), 21.0: (21.0, "21 GB")},
    ),
    (
        lambda v: AtMost(Amount(v, "h"), Amount(720.0, "h")),
        {
            719.0: (719.0, "719 h"),
            720.0: (720.0, "720 h"),
            730.0: (720.0, "720 h [all there are, 730 h asked]"),
        },
    ),
    (
        lambda v: BilledAs(v, 128.0, "KB"),
        {
            64.0: (2.0, "(128 KB ÷ 64 KB) [each is billed as 128 KB]"),
            128.0: (1.0, ""),
            129.0: (1.0, ""),
        },
    ),
    (
        lambda v: Share(v, "cold"),
        {30.0: (0.3, "30 % [cold]"), 100.0: (1.0, ""), 110.0: (1.1, "110 % [cold]")},
    ),
    (
        lambda v: Together((TWO, Amount(v, "h"))),
        {720.0: (1440.0, "(2 instances × 720 h)"), 0.0: (0.0, "(2 instances × 0 h)")},
    ),
    (
        lambda v: InTier(gb(v), Tier(0.0, 100.0, 1.0)),
        {60.0: (60.0, "60 GB"), 100.0: (100.0, "100 GB"), 250.0: (100.0, "100 GB [of 250 GB]")},
    ),
    (
        lambda v: InTier(gb(v), Tier(100.0, 200.0, 1.0)),
        {
            60.0: (0.0, "0 GB [all within the first 100 GB]"),
            100.0: (0.0, "0 GB [all within the first 100 GB]"),
            150.0: (50.0, "(150 GB − 100 GB)"),
            250.0: (100.0, "(200 GB − 100 GB) [of 250 GB]"),
        },
    ),
    (
        lambda v: InTier(gb(v), Tier(200.0, math.inf, 1.0)),
        {200.0: (0.0, "0 GB [all within the first 200 GB]"), 250.0: (50.0, "(250 GB − 200 GB)")},
    ),
]


@pytest.mark.parametrize(
    ("make", "value", "expected", "words"),
    [(make, v, e, w) for make, cases in FACTORS for v, (e, w) in cases.items()],
)
def test_a_factor_s_value_and_words(
    make: Callable[[Value], Factor], value: float, expected: float, words: str
) -> None:
    factor = make(value)
    assert factor.value == pytest.approx(expected)
    assert factor.words(PLAIN) == words


@pytest.mark.parametrize(("make", "cases"), FACTORS)
def test_a_factor_of_an_array_is_the_factor_of_each_value(
    make: Callable[[Value], Factor], cases: dict[float, tuple[float, str]]
) -> None:
    values = make(np.array(list(cases))).value
    np.testing.assert_allclose(values, [expected for expected, _ in cases.values()])


def test_allowance_and_minimum_may_be_arrays() -> None:
    free = Beyond(gb(50.0), np.array([0.0, 20.0, 80.0]), "free")
    np.testing.assert_equal(free.value, [50.0, 30.0, 0.0])
    most = AtMost(Amount(50.0, "h"), Amount(np.array([40.0, 60.0]), "h"))
    np.testing.assert_equal(most.value, [40.0, 50.0])


def test_a_factor_s_unit_is_that_of_what_it_counts() -> None:
    assert Together((TWO, Amount(1.0, "h"))).unit == "h"
    assert Beyond(gb(1.0), 0.0, "free").unit == "GB"
    assert InTier(gb(1.0), Tier(0.0, 1.0, 1.0)).unit == "GB"


def test_quantity_times_price() -> None:
    line = line_of("Instance hours", (TWO, Amount(720.0, "h")), HOUR)
    assert line.pricing_quantity == 1440.0
    assert line.pricing_unit == "h"
    assert line.list_unit_price == 0.096
    for cost in (line.list_cost, line.contracted_cost, line.effective_cost, line.billed_cost):
        assert cost == pytest.approx(138.24)
    assert line.describe_quantity(PLAIN) == "2 instances × 720 h"
    assert line.explanation == "2 instances × 720 h × $0.096 / h = $138.24"


def test_a_divisor_stands_in_the_words_as_one() -> None:
    price = listed("r", "thousand requests", 0.005)
    line = line_of("PUT", (Amount(250_000.0, "request"), Per(1000.0, "")), price)
    assert line.explanation == "250,000 requests ÷ 1,000 × $0.005 / thousand requests = $1.25"


def test_a_negotiated_discount_is_on_the_provider_s_prices() -> None:
    line = line_of("x", (Amount(100.0, "h"),), HOUR, discount=10.0)
    assert line.list_cost == pytest.approx(9.6)
    assert line.contracted_cost == pytest.approx(8.64)
    assert line.effective_cost == pytest.approx(8.64)
    assert line.explanation == "100 h × $0.096 / h × (1 − 10 % [negotiated]) = $8.64"


def test_an_estimated_price_is_discounted_and_an_own_rate_is_not() -> None:
    estimated = line_of("x", (Amount(100.0, "h"),), replace(HOUR, state="estimated"), discount=10.0)
    own = line_of("x", (Amount(100.0, "h"),), replace(HOUR, state="own"), discount=10.0)
    assert (estimated.price.discountable, own.price.discountable) == (1.0, 0.0)
    assert estimated.effective_cost == pytest.approx(8.64)
    assert own.effective_cost == own.contracted_cost == own.list_cost == pytest.approx(9.6)
    assert own.explanation == "100 h × $0.096 / h = $9.60"


def test_a_typed_reservation_discount_lowers_the_effective_cost_alone() -> None:
    line = line_of("x", (Amount(100.0, "h"),), HOUR, reduction=40.0, discount=10.0)
    assert line.list_cost == pytest.approx(9.6)
    assert line.contracted_cost == pytest.approx(8.64)
    assert line.effective_cost == pytest.approx(9.6 * 0.6 * 0.9)
    assert recomputes_to_the_cent(line.explanation)
    assert "(1 − 40 % [your commitment discount]) × (1 − 10 % [negotiated])" in line.explanation


def test_costs_of_arrays_are_the_costs_of_each_value() -> None:
    hours = np.array([0.0, 160.0, 720.0])
    line = line_of("x", (TWO, Amount(hours, "h")), HOUR, discount=10.0)
    each = [replace(line, factors=(TWO, Amount(float(h), "h"))) for h in hours]
    for cost in ("list_cost", "contracted_cost", "effective_cost", "billed_cost"):
        np.testing.assert_allclose(getattr(line, cost), [getattr(one, cost) for one in each])


def test_a_cost_is_worked_out_once_but_not_an_array_in_which_sums_are_made() -> None:
    line = line_of("Instance hours", (TWO, Amount(720.0, "h")), HOUR)
    assert line.effective_cost is line.effective_cost
    swept = line_of("Instance hours", (TWO, Amount(np.array([0.0, 720.0]), "h")), HOUR)
    for _ in range(2):
        np.testing.assert_allclose(add_up([swept.effective_cost, 10.0]), [10.0, 148.24])


def test_what_is_paid_once_is_spread_and_billed_in_the_first_month() -> None:
    once = line_of("Set-up", (gb(36.0), Per(12.0, "month")), HOUR, spread=Spread(12.0))
    assert once.effective_cost == pytest.approx(0.288)
    assert once.billed_cost == pytest.approx(3.456)
    assert [once.cash(month) for month in (2, 12, 13, 25)] == [0.0] * 4


def test_what_is_renewed_is_paid_again_when_its_months_are_over() -> None:
    term = line_of("x", (TWO, Per(12.0, "month")), HOUR, spread=Spread(12.0, renewed=True))
    paid = [month for month in range(1, 37) if term.cash(month)]
    assert paid == [1, 13, 25]
    assert term.cash(13) == pytest.approx(0.192)


def test_cash_of_a_swept_horizon() -> None:
    months = np.array([12.0, 24.0])
    once = line_of("x", (gb(36.0), Per(months, "month")), HOUR, spread=Spread(months))
    np.testing.assert_allclose(once.cash(1), [3.456, 3.456])
    np.testing.assert_allclose(once.cash(2), [0.0, 0.0])


def test_contracted_is_the_on_demand_price_discounted_whatever_the_commitment_s_price_is() -> None:
    own, book = replace(HOUR, state="own"), HOUR
    bought = line_of("x", (Amount(100.0, "h"),), own, on_demand=book, discount=10.0)
    assert bought.contracted_cost == pytest.approx(8.64)
    assert bought.effective_cost == pytest.approx(9.6)
    held_against_own = line_of("x", (Amount(100.0, "h"),), book, on_demand=own, discount=10.0)
    assert held_against_own.contracted_cost == pytest.approx(9.6)


def test_a_line_for_each_tier() -> None:
    lines = list(line_of("Storage", (gb(600 * TB),), STORAGE).by_tier("artifact_store", 0.0))
    assert [line.description for line in lines] == [
        "Storage (first 50 TB)",
        "Storage (next 450 TB)",
        "Storage (over 500 TB)",
    ]
    assert [line.pricing_quantity for line in lines] == [50 * TB, 450 * TB, 100 * TB]
    assert [line.price.usd for line in lines] == [0.023, 0.022, 0.021]
    assert {line.component for line in lines} == {"artifact_store"}
    assert {line.line for line in lines} == {"artifact_store/option/word"}
    assert [line.part for line in lines] == ["tier_1", "tier_2", "tier_3"]
    assert {line.name for line in lines} == {"Storage"}
    assert lines[1].explanation == (
        "(512,000 GB − 51,200 GB) [of 614,400 GB] × $0.022 / GB-month = $10,137.60"
    )


@pytest.mark.parametrize("stored", [0.0, 1.0, 50 * TB, 50 * TB + 1, 500 * TB, 1e9])
def test_the_tiers_take_up_the_quantity_and_there_are_always_as_many(stored: float) -> None:
    lines = list(line_of("Storage", (gb(stored),), STORAGE).by_tier("x", 0.0))
    assert len(lines) == 3
    assert math.fsum(float(line.pricing_quantity) for line in lines) == stored
    assert all(recomputes_to_the_cent(line.explanation) for line in lines)


def test_a_free_quantity_is_taken_off_before_the_tiers_begin() -> None:
    price = Price("x", "h", (Tier(0, 100, 0.5), Tier(100, math.inf, 0.25)), free_quantity=750.0)
    charge = line_of("Address", (TWO, Amount(730.0, "h")), price)
    first, over = charge.by_tier("server", 0.0)
    assert (first.description, over.description) == (
        "Address (first 100 h)",
        "Address (over 100 h)",
    )
    assert (first.pricing_quantity, over.pricing_quantity) == (100.0, 610.0)
    assert over.explanation == (
        "(((2 instances × 730 h) − 750 h free) − 100 h) × $0.25 / h = $152.50"
    )
    assert recomputes_to_the_cent(over.explanation)


def test_a_free_quantity_alone() -> None:
    price = Price("x", "h", flat(0.005), free_quantity=750.0, state="own")
    (line,) = line_of("Address", (Amount(730.0, "h"),), price).by_tier("server", 0.0)
    assert (line.description, line.part) == ("Address", "")
    assert line.effective_cost == 0
    assert line.explanation == "0 h [730 h within 750 h free] × $0.005 / h = $0.00"


def test_an_unknown_price_makes_an_unknown_cost() -> None:
    line = line_of("x", (Amount(1.0, "h"),), unknown("x"))
    assert math.isnan(float(line.effective_cost))
    assert (line.known_cost, line.is_unpriced) == (0.0, 1.0)
    assert line.explanation == "1 h × unknown price = unknown"


def test_nothing_of_something_unknown_costs_nothing() -> None:
    line = line_of("x", (Amount(0.0, "h"),), unknown("x"))
    assert (line.effective_cost, line.known_cost, line.is_unpriced) == (0.0, 0.0, 0.0)
    assert line.explanation == "0 h × unknown price = $0.00"


@pytest.mark.parametrize(
    "line",
    [
        line_of("a price for each point", (TWO,), HOUR.only_where(np.array([False, True]))),
        line_of("a quantity for each point", (gb(np.array([2.0, 0.0])),), unknown("x")),
    ],
    ids=lambda line: line.description,
)
def test_unknown_in_some_points_of_an_array(line: Charge) -> None:
    np.testing.assert_equal(np.isnan(line.effective_cost), [True, False])
    np.testing.assert_equal(line.is_unpriced, [1.0, 0.0])
    known = np.asarray(line.known_cost)
    assert known[0] == 0.0
    assert known[1] == np.asarray(line.effective_cost)[1]


def test_a_known_commitment_held_against_an_unknown_on_demand_price() -> None:
    line = line_of("x", (Amount(np.array([1.0]), "h"),), HOUR, on_demand=unknown("y"))
    np.testing.assert_equal(line.known(line.list_cost), [0.0])
    np.testing.assert_allclose(line.known_cost, [0.096])


def test_a_sweep_writes_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object) -> str:
        raise AssertionError("words are for who asks for them")

    for name in ("describe", "describe_quantity", "explain"):
        monkeypatch.setattr(Charge, name, write)
    hours = np.linspace(0.0, 720.0, 5)
    total = estimate(swept(ARTICLE, "usage.hours", hours), BOOK).effective_cost
    assert np.shape(total) == (5,)
    monkeypatch.undo()
    stored = swept(ARTICLE, "artifact_store.stored_gb", 1000.0 * hours)
    assert "S3 Standard storage (first 50 TB)" in [
        line.description for line in estimate(stored, BOOK).charges
    ]
