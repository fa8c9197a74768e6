"""What changes over time: formulas, bounds, whole things, and rules that make no sense."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import drawn, place_at
from mlflow_cost_desktop.model.growth import (
    PRICES,
    FromMonth,
    Growth,
    amount_to_reach,
    doubles_after,
    fault_of,
    grown,
    price_change,
    values_over_time,
)
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.model.charges.test_months import (
    COMMITTED,
    EVERY,
    assert_as_by_loop,
    assert_same,
    by_loop,
    column,
    given_as,
    growing_of,
)
from tests.shared.grouped import grouped
from tests.support import ARTICLE, BOOK, changed

Values = NDArray[np.float64]
STORED, USERS, OUT = "artifact_store.stored_gb", "team.users", "network.transfer_out_gb"


def rule(path: str, by: str = "add", **fields: Any) -> Growth:
    return Growth.model_validate({"path": path, "by": by, **fields})


def values_of(scenario: Scenario, *rules: Growth, months: int = 26) -> dict[str, list[float]]:
    found = values_over_time(scenario, rules, months)
    return {path: np.ravel(values).tolist() for path, values in found.items()}


# --- Formulas ----------------------------------------------------------------------


def test_an_amount_a_month_and_a_year() -> None:
    monthly = values_of(ARTICLE, rule(STORED, amount=100.0))[STORED]
    assert monthly[:3] == [1024.0, 1124.0, 1224.0]
    yearly = values_of(ARTICLE, rule(STORED, amount=100.0, per="year"))[STORED]
    assert [yearly[at] for at in (0, 11, 12, 23, 24)] == [1024, 1024, 1124, 1124, 1224]


def test_percent_a_month_and_a_year() -> None:
    monthly = values_of(ARTICLE, rule(STORED, "percent", amount=10.0))[STORED]
    assert monthly[:3] == pytest.approx([1024.0, 1126.4, 1239.04])
    yearly = values_of(ARTICLE, rule(STORED, "percent", amount=-50.0, per="year"))[STORED]
    assert [yearly[at] for at in (0, 11, 12, 24)] == [1024, 1024, 512, 256]


def test_values_from_months_on_in_any_order() -> None:
    steps = (FromMonth(month=13, value=10.0), FromMonth(month=3, value=7.0))
    users = values_of(ARTICLE, Growth(path=USERS, by="table", values=steps))[USERS]
    assert users == [5, 5, *[7] * 10, *[10] * 14]


def test_what_is_kept_for_some_months_leaves_and_stays_at_what_comes() -> None:
    stored = values_of(ARTICLE, rule(STORED, amount=60.0, kept_months=24.0), months=30)[STORED]
    assert stored[0] == 1024.0
    assert stored[12] == pytest.approx(1024 * 0.5 + 60 * 12)
    assert stored[24:] == pytest.approx([60.0 * 24] * 6)


def test_what_changes_up_to_a_month_stays_from_then_on() -> None:
    gb = values_of(ARTICLE, rule(STORED, amount=100.0, until_month=3))[STORED]
    assert gb[:4] == [1024.0, 1124.0, 1224.0, 1224.0] and gb[-1] == 1224.0
    yearly = values_of(ARTICLE, rule(STORED, amount=100.0, per="year", until_month=13))[STORED]
    assert [yearly[at] for at in (11, 12, 24, 25)] == [1024, 1124, 1124, 1124]
    doubled = values_of(ARTICLE, rule(STORED, "percent", amount=100.0, until_month=2))[STORED]
    assert doubled[:3] == [1024.0, 2048.0, 2048.0] and doubled[-1] == 2048.0
    change = price_change((rule(PRICES, "percent", amount=3.0, per="year", until_month=13),), 37)
    assert np.ravel(change)[[11, 12, 36]] == pytest.approx([1.0, 1.03, 1.03])


@pytest.mark.parametrize("kept", [1, 3, 7])
@pytest.mark.parametrize("until", [2, 4, 12])
def test_what_comes_for_some_months_and_is_kept_for_some_is_as_batch_by_batch(
    kept: int, until: int
) -> None:
    fields = rule(STORED, amount=60.0, kept_months=float(kept), until_month=until)
    found = values_of(ARTICLE, fields, months=24)[STORED]
    for month, gb in enumerate(found, 1):
        left = max(0.0, 1.0 - (month - 1) / kept) * 1024.0
        batches = [came for came in range(2, min(month, until) + 1) if month - came < kept]
        assert gb == pytest.approx(left + 60.0 * len(batches)), month


@pytest.mark.parametrize("after", [1.0, 12.0, 24.0, 35.0])
@pytest.mark.parametrize(
    "fields",
    [
        {"by": "add"},
        {"by": "add", "per": "year"},
        {"by": "percent"},
        {"by": "percent", "per": "year"},
        {"by": "add", "kept_months": 24.0},
        {"by": "add", "kept_months": 5.0, "until_month": 33},
        {"by": "percent", "until_month": 7},
    ],
)
def test_an_amount_reaches_what_it_is_asked_to(fields: dict[str, Any], after: float) -> None:
    asked = rule(STORED, **fields)
    amount = amount_to_reach(asked, 1024.0, 4096.0, after)
    if amount is None:
        assert fields.get("per") == "year" and after < 12
        return
    found = values_of(ARTICLE, asked.model_copy(update={"amount": amount}), months=36)[STORED]
    assert found[int(after)] == pytest.approx(4096.0)


def test_what_no_amount_reaches() -> None:
    assert amount_to_reach(rule(USERS, "percent"), 0.0, 20.0, 24.0) is None
    assert amount_to_reach(rule(USERS, "percent"), 5.0, -20.0, 24.0) is None
    assert amount_to_reach(rule(USERS, per="year"), 5.0, 20.0, 11.0) is None
    assert amount_to_reach(rule(USERS), 0.0, 20.0, 24.0) == 20.0 / 24.0


def test_in_proportion_to_what_was_rounded_and_cut_off() -> None:
    scenario = changed(ARTICLE, network__transfer_out_gb=200.0)
    rules = (rule(OUT, "with", with_path=USERS), rule(USERS, amount=0.3))
    found = values_of(scenario, *rules, months=4)
    assert found[USERS] == [5.0, 5.0, 6.0, 6.0]
    assert found[OUT] == [200.0, 200.0, 240.0, 240.0]
    still = values_of(scenario, rule(OUT, "with", with_path=USERS), months=3)
    assert still[OUT] == [200.0] * 3


def test_values_stay_within_their_bounds_and_whole() -> None:
    assert min(values_of(ARTICLE, rule(STORED, amount=-500.0))[STORED]) == 0.0
    share = "artifact_store.superseded"
    assert max(values_of(ARTICLE, rule(share, amount=1e9))[share]) < 1e9
    assert values_of(ARTICLE, rule(USERS, amount=0.5), months=4)[USERS] == [5, 6, 6, 7]
    much = values_of(ARTICLE, rule(STORED, "percent", amount=1e4), months=600)[STORED]
    assert np.isfinite(much).all()
    nothing = values_of(changed(ARTICLE, artifact_store__stored_gb=0.0),
                        rule(STORED, "percent", amount=1e6), months=600)  # fmt: skip
    assert nothing[STORED] == [0.0] * 600


def test_in_the_first_month_is_what_was_typed() -> None:
    """Whatever a rule would make of it: that month is today's estimate."""
    half = changed(ARTICLE, team__users=2.5)
    assert values_of(half, rule(USERS, amount=1.0), months=2)[USERS] == [2.5, 4.0]


def test_list_prices_rise_by_the_year() -> None:
    change = price_change((rule(PRICES, "percent", amount=3.0, per="year"),), 25)
    assert np.ravel(change)[[0, 11, 12, 24]] == pytest.approx([1.0, 1.0, 1.03, 1.0609])
    assert price_change((), 25) == 1.0


def test_growth_of_draws_is_that_of_each_draw() -> None:
    gb = np.array([[500.0, 1000.0, 4000.0]])
    rules = (rule(STORED, "percent", amount=5.0), rule(OUT, "with", with_path=STORED))
    scenario = changed(ARTICLE, network__transfer_out_gb=150.0)
    together = values_over_time(drawn(scenario, {STORED: gb}), rules, 6)
    for at, stored in enumerate(gb[0].tolist()):
        alone = values_over_time(changed(scenario, artifact_store__stored_gb=stored), rules, 6)
        for path, values in alone.items():
            np.testing.assert_allclose(together[path][:, at : at + 1], values)


@pytest.mark.parametrize(
    ("by", "per", "amount", "after"),
    [
        ("add", "month", 10.0 / 24.0, 24),
        ("add", "year", 5.0, 24),
        ("percent", "year", 100.0, 12),
        ("percent", "month", 100.0 * (2.0 ** (1.0 / 24.0) - 1.0), 24),
        ("add", "month", 0.3, None),
        ("add", "month", 0.0, None),
        ("percent", "month", -3.0, None),
    ],
)
def test_when_a_rule_has_doubled_a_value(
    by: str, per: str, amount: float, after: int | None
) -> None:
    one = rule(USERS, by, amount=amount, per=per)
    assert doubles_after(one, 10.0) == after
    if after is not None:
        scenario = changed(ARTICLE, team__users=10.0)
        values = values_over_time(scenario, (one,), after + 1)[USERS]
        assert values[-1, 0] == 20.0 and values[0, 0] == 10.0


# --- Month by month ----------------------------------------------------------------

KINDS: dict[str, dict[str, Any]] = {
    "an amount a month": {"by": "add", "per": "month"},
    "an amount a year": {"by": "add", "per": "year"},
    "percent a month": {"by": "percent", "amount": 7.0},
    "percent a year": {"by": "percent", "amount": -30.0, "per": "year"},
    "values": {"by": "table"},
    "in proportion": {"by": "with"},
    "kept": {"by": "add", "kept_months": 5.0},
    "percent for some months": {"by": "percent", "amount": 7.0, "until_month": 4},
    "kept, and comes for some months": {"by": "add", "kept_months": 5.0, "until_month": 4},
}


def rules_of(name: str, kind: str) -> tuple[Growth, ...]:
    """A rule of a kind for every input of a scenario that takes one."""
    scenario, _ = given_as(name)
    fields = KINDS[kind]
    found: list[Growth] = []
    for place in growing_of(name):
        amount = {"amount": max(place.value, 1.0) * 0.13} if fields["by"] == "add" else {}
        steps = (FromMonth(month=3, value=place.value * 1.7), FromMonth(month=13, value=0.0))
        other = {"with_path": USERS} if kind == "in proportion" else {}
        table = {"values": steps} if kind == "values" else {}
        found.append(
            Growth.model_validate({"path": place.path, **fields, **amount, **other, **table})
        )
    if kind == "in proportion":
        found = [one for one in found if one.path != USERS]
        found.append(rule(USERS, amount=1.0))
    return tuple(one for one in found if not fault_of(scenario, one, found))


@grouped({name: [(name, kind) for kind in KINDS] for name in EVERY})
def test_growth_of_every_kind_is_as_month_by_month(name: str, kind: str) -> None:
    scenario, book = given_as(name)
    rules = rules_of(name, kind)
    if rules:
        # What a rule comes to is the same in each; a second year matters to what is bought.
        months = 14 if name in COMMITTED or name == "on demand" else 6
        assert_as_by_loop(scenario, book, values_over_time(scenario, rules, months))


@pytest.mark.parametrize("name", EVERY)
def test_prices_that_rise_are_as_month_by_month(name: str) -> None:
    """Also of what was bought before: it keeps the price of the month in which it was bought."""
    scenario, book = given_as(name)
    months = 26
    scenario = changed(scenario, horizon_months=float(months))
    change = np.asarray(price_change((rule(PRICES, "percent", amount=12.0, per="year"),), months))
    along = estimate(scenario, book.with_change(change))
    of_years = {by: estimate(scenario, book.with_change(by)) for by in set(change[:, 0].tolist())}
    singles = [of_years[by] for by in change[:, 0].tolist()]
    for at, charge in enumerate(along.charges):
        paid = by_loop([single.charges[at] for single in singles], float(months))
        assert_same(column(charge.effective_cost, months), paid.effective, charge.description)
        assert_same(column(charge.cash(along.months), months), paid.cash, charge.description)


def test_own_rates_and_labor_do_not_follow_list_prices() -> None:
    dearer = estimate(ARTICLE, BOOK.with_change(2.0))
    today = estimate(ARTICLE, BOOK)
    assert dearer.labor == today.labor
    assert dearer.infrastructure == pytest.approx(2.0 * float(today.infrastructure))


# --- Rules that are not followed ----------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (rule("server.gone.replicas"), "there is no such input any longer"),
        (rule("server.option"), "only numbers"),
        (rule("name"), "only numbers"),
        (rule("growth"), "only numbers"),
        (rule("hours_in_month"), "counted by"),
        (rule("horizon_months"), "counted by"),
        (rule("currency.per_usd"), "counted by"),
        (rule("server.discount"), "nothing is typed there"),
        (rule(PRICES, amount=5.0), "percent a year"),
        (rule(PRICES, "percent", amount=5.0), "percent a year"),
        (rule(PRICES, "percent", amount=-101.0, per="year"), "more than 100 %"),
        (rule(USERS, "percent", amount=-101.0), "more than 100 %"),
        (rule(USERS, amount=1.0, kept_months=3.0), "only stored GB"),
        (rule(STORED, amount=1.0, per="year", kept_months=3.0), "an amount a month"),
        (rule(STORED, "with"), "not said which"),
        (rule(STORED, "with", with_path=STORED), "follows itself"),
        (rule(STORED, "with", with_path="server.gone"), "not a number here"),
        (rule(STORED, "with", with_path=OUT), "no proportion"),
        (rule(STORED, "with", with_path="labor.tasks.incidents.hours"), "itself"),
    ],
)
def test_a_rule_that_makes_no_sense_is_a_notice_and_is_kept(wrong: Growth, why: str) -> None:
    other = rule("labor.tasks.incidents.hours", "with", with_path=USERS)
    scenario = changed(ARTICLE, growth=(wrong, other))
    assert why in fault_of(scenario, wrong, scenario.growth)
    assert set(values_over_time(scenario, scenario.growth, 3)) <= {other.path}
    assert price_change((wrong,), 3) == 1.0 or wrong.path != PRICES
    (notice,) = [one for one in warnings(scenario, BOOK) if one.path == "growth"]
    assert why in notice.text
    place = place_at(scenario, wrong.path)
    title = " · ".join((*place.group[-1:], place.spec.title)) if place else wrong.path
    assert notice.text.startswith(f"“{title}” does not change over time as it should")
    assert estimate(scenario, BOOK).effective_cost == estimate(ARTICLE, BOOK).effective_cost


def test_rules_that_make_sense_are_no_notice() -> None:
    scenario = changed(ARTICLE, growth=(rule(STORED, amount=1.0, kept_months=3.0),))
    assert not [one for one in warnings(scenario, BOOK) if one.path == "growth"]


def test_a_grown_scenario_is_the_same_elsewhere() -> None:
    values = values_over_time(ARTICLE, (rule(STORED, amount=1.0),), 3)
    later = grown(ARTICLE, values)
    assert later.server == ARTICLE.server
    assert np.ravel(np.asarray(later.artifact_store.stored_gb)).tolist() == [1024, 1025, 1026]
