"""What changes over the months of the horizon: rules for inputs, one a path, and their values."""

from collections.abc import Mapping, Sequence
from math import isclose
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    FieldSpec,
    Labels,
    M,
    Model,
    differing,
)
from mlflow_cost_desktop.model.fields.paths import (
    Place,
    fitted,
    get,
    places,
    spec_at,
    with_arrays,
)
from mlflow_cost_desktop.prices.price import Value

Values = NDArray[np.float64]

PRICES = "prices"
"""In place of a path: the provider's list prices."""

CONVENTIONS = ("hours_in_month", "horizon_months", "currency.per_usd")
"""What is counted by: these neither grow nor have ranges."""

STORED = "GB"
"""The unit of what may be kept for some months only."""

MOST_MONTHS = 600

HIGHEST = 1e300
"""How many times a value may become at most, before it is fitted to its field."""

By: TypeAlias = Literal["add", "percent", "with", "table"]
Per: TypeAlias = Literal["month", "year"]


class FromMonth(Model):
    """A value that holds from a month on, until the next."""

    month: Annotated[
        int,
        Field(ge=2, le=MOST_MONTHS, title="Month", description="In month 1 the typed value holds."),
    ]
    value: Annotated[float, Field(ge=-1e15, le=1e15, title="Value")]


class Growth(Model):
    """How one input, or the provider's list prices, change over time.

    In month 1 the typed value holds. Which of the fields count, `by` says.
    """

    path: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            title="Input",
            description="The path of a number, or prices: the provider's list prices.",
        ),
        ONE_LINE,
    ]
    by: Annotated[
        By,
        Labels(
            {
                "add": "An amount",
                "percent": "Percent",
                "with": "In proportion to another input",
                "table": "Values from given months on",
            }
        ),
        Field(title="Changes by"),
    ] = "add"
    amount: Annotated[
        float,
        Field(
            ge=-1e12,
            le=1e12,
            title="Amount",
            description="In the input's unit, or in percent; less than zero where it shrinks.",
        ),
    ] = 0.0
    per: Annotated[
        Per, Labels({"month": "a month", "year": "a year"}), Field(title="How often")
    ] = "month"
    kept_months: Annotated[
        float | None,
        Field(
            ge=1,
            le=MOST_MONTHS,
            title="Kept for",
            description="Months after which stored GB are deleted; what is there at the start "
            "leaves evenly. Empty: kept for good.",
        ),
    ] = None
    until_month: Annotated[
        int | None,
        Field(
            ge=2,
            le=MOST_MONTHS,
            title="Until month",
            description="The last month in which an amount or percent is added; then it stays, "
            "but for stored GB, of which what was there goes on being deleted. Empty: it goes on.",
        ),
    ] = None
    with_path: Annotated[
        str,
        Field(
            max_length=200,
            title="With",
            description="The path of the input that it follows in proportion.",
        ),
        ONE_LINE,
    ] = ""
    values: Annotated[
        tuple[FromMonth, ...], differing("month"), Field(max_length=MOST_MONTHS, title="Values")
    ] = ()


def can_change(scenario: Model, path: str) -> bool:
    """Whether an input can change over time, and have a range: a number that is typed."""
    return not not_a_number(scenario, path)


def numbers_that_count(scenario: Model) -> list[Place]:
    """The inputs that can change, or have a range, and mean something at present."""
    return [
        place
        for place in places(scenario)
        if place.active
        and place.spec.is_number
        and place.value is not None
        and place.path not in CONVENTIONS
    ]


def keeps_for_months(spec: FieldSpec) -> bool:
    """Whether an input is of stored gigabytes, which may be deleted after some months."""
    return spec.unit is not None and spec.unit.text == STORED


def fault_of(scenario: Model, rule: Growth, rules: Sequence[Growth]) -> str:
    """Why a rule is not used, as a part of a sentence; empty where it is.

    Args:
        rules: all of the scenario, by which the other input of a proportion may change.
    """
    if rule.path == PRICES:
        if rule.by != "percent" or rule.per != "year":
            return "list prices change by percent a year"
        return "they can't fall by more than 100 %" if rule.amount < -100 else ""
    if fault := not_a_number(scenario, rule.path):
        return fault
    if rule.by == "percent" and rule.amount < -100:
        return "it can't fall by more than 100 %"
    if rule.kept_months is not None and rule.by == "add":
        if not keeps_for_months(spec_at(scenario, rule.path)):
            return "only stored GB are kept for some months"
        if rule.per != "month":
            return "what is kept for some months comes by an amount a month"
    return _bad_proportion(scenario, rule, rules) if rule.by == "with" else ""


def not_a_number(scenario: Model, path: str, what: str = "change over time") -> str:
    """Why an input neither changes over time nor has a range; empty where it can."""
    try:
        spec, value = spec_at(scenario, path), get(scenario, path)
    except UserError:
        return "there is no such input any longer"
    if not spec.is_number or not spec.title:
        return f"only numbers {what}"
    if path in CONVENTIONS:
        return "it is what everything is counted by, and stays"
    return "nothing is typed there" if value is None else ""


def _bad_proportion(scenario: Model, rule: Growth, rules: Sequence[Growth]) -> str:
    other = rule.with_path
    if not other:
        return "it is not said which input it follows"
    if other == rule.path:
        return "it follows itself"
    if not_a_number(scenario, other):
        return Text("it follows “{}”, which is not a number here", other)
    if any(one.path == other and one.by == "with" for one in rules):
        return "what it follows is in proportion to another input itself"
    if np.any(np.asarray(get(scenario, other)) == 0):
        return "what it follows is zero, of which there is no proportion"
    return ""


def used(scenario: Model, rules: Sequence[Growth]) -> tuple[Growth, ...]:
    """The rules that are followed."""
    return tuple(rule for rule in rules if not fault_of(scenario, rule, rules))


def values_over_time(scenario: Model, rules: Sequence[Growth], months: int) -> dict[str, Values]:
    """What the inputs with a rule are in each month, a row for each; in the first as typed.

    They are within their fields' bounds, and whole where those count whole things. A scenario
    of draws (`(1, draws)` in some fields) has them in each draw. Prices are not among them.
    """
    follows = used(scenario, rules)
    found: dict[str, Values] = {}
    month = np.arange(1.0, months + 1.0)[:, np.newaxis]
    for rule in sorted(follows, key=lambda rule: rule.by == "with"):  # after what they follow
        if rule.path == PRICES:
            continue
        typed = np.asarray(get(scenario, rule.path), dtype=float)
        if rule.by == "with":
            wanted = _followed(scenario, rule, found, typed, month)
        else:
            wanted = _wanted(rule, typed, month)
        kept = fitted(spec_at(scenario, rule.path), wanted)
        found[rule.path] = np.where(month == 1.0, typed, kept)
    return found


def _wanted(rule: Growth, typed: Values, month: Values) -> Values:
    """A rule's formula, before its values are fitted to the field."""
    if rule.by == "percent":
        return typed * _times(rule, _steps(rule, month))
    if rule.by == "table":
        values = np.broadcast_to(typed, np.broadcast_shapes(typed.shape, month.shape))
        for step in sorted(rule.values, key=lambda step: step.month):
            values = np.where(month >= step.month, step.value, values)
        return values
    if rule.kept_months is None:
        return typed + rule.amount * _steps(rule, month)
    left = np.maximum(0.0, 1.0 - (month - 1.0) / rule.kept_months)
    oldest = np.maximum(1.0, month - rule.kept_months)  # of what is kept, it came after this month
    return typed * left + rule.amount * np.maximum(0.0, _until(rule, month) - oldest)


def _until(rule: Growth, month: Values) -> Values:
    """Months, but none after the last in which it changes."""
    return month if rule.until_month is None else np.minimum(month, float(rule.until_month))


def _steps(rule: Growth, month: Values) -> Values:
    """How many times the amount has come by a month."""
    passed = _until(rule, month) - 1.0
    return passed if rule.per == "month" else np.floor(passed / 12.0)


def amount_to_reach(rule: Growth, typed: float, wanted: float, after: float) -> float | None:
    """The amount, or percent, with which a rule comes to a value; none where no amount does.

    Args:
        rule: by an amount or by percent; its own amount does not count.
        after: months from the first on: after 12 months is month 13.
    """
    month = np.array([[after + 1.0]])
    if rule.by == "percent":
        steps = float(_steps(rule, month)[0, 0])
        if not steps or not typed or wanted / typed < 0.0:
            return None
        return 100.0 * ((wanted / typed) ** (1.0 / steps) - 1.0)
    still, one = (rule.model_copy(update={"amount": amount}) for amount in (0.0, 1.0))
    rest = float(_wanted(still, np.array([[typed]]), month)[0, 0])
    each = float(_wanted(one, np.array([[0.0]]), month)[0, 0])
    return (wanted - rest) / each if each else None


def doubles_after(rule: Growth, typed: float) -> int | None:
    """After how many months a rule has doubled a value; none where it never has just doubled it."""
    for after in range(1, MOST_MONTHS):
        amount = amount_to_reach(rule, typed, 2.0 * typed, float(after))
        if amount and isclose(amount, rule.amount, rel_tol=1e-9):
            return after
    return None


def _times(rule: Growth, steps: Values) -> Values:
    with np.errstate(over="ignore"):
        return np.minimum((1.0 + rule.amount / 100.0) ** steps, HIGHEST)


def _followed(
    scenario: Model, rule: Growth, found: Mapping[str, Values], typed: Values, month: Values
) -> Values:
    """In proportion to the other input, as that is after it was fitted."""
    now = np.asarray(get(scenario, rule.with_path), dtype=float)
    other = found.get(rule.with_path, now)
    return np.broadcast_to(typed * (other / now), np.broadcast_shapes(other.shape, month.shape))


def price_change(rules: Sequence[Growth], months: int) -> Value:
    """How many times today's list prices are asked in each month, a row for each; 1 for ever."""
    rule = next((one for one in rules if one.path == PRICES), None)
    if rule is None or rule.by != "percent" or rule.per != "year" or rule.amount < -100:
        return 1.0
    return _times(rule, _steps(rule, np.arange(1.0, months + 1.0)[:, np.newaxis]))


def grown(scenario: M, values: Mapping[str, NDArray[Any]]) -> M:
    """A copy with inputs by month: for `estimate` only; never compared, dumped or saved."""
    return with_arrays(scenario, values)
