"""What changes over time in words: a rule, its input, and what a projection comes to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Figures, at_least, one_line, write
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import get, spec_at
from mlflow_cost_desktop.model.growth import PRICES, Growth, fault_of, price_change
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.month_names import month_in_words, numbered_month, short_month
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.inputs import input_in_words, value_in_words
from mlflow_cost_desktop.wording.meant_amounts import shared_out, shortened, times_in_words

if TYPE_CHECKING:  # what is asked over time is loaded by who asks
    from mlflow_cost_desktop.analysis.projection import PlanOverTime, Projection
    from mlflow_cost_desktop.model.charges.estimate import Estimate

LIST_PRICES = "List prices"
NOT_USED = "not used"


def name_in_words(scenario: Scenario, path: str) -> str:
    """What a rule is for: `Team · Users`, `List prices`; its path where that is gone."""
    if path == PRICES:
        return LIST_PRICES
    try:
        return input_in_words(scenario, path)
    except UserError:
        return one_line(path)


def short_name(scenario: Scenario, path: str) -> str:
    """The input's title alone, for where its part stands beside it."""
    return name_in_words(scenario, path).rpartition(" · ")[2]


def change_in_words(scenario: Scenario, rule: Growth, figures: Figures) -> str:
    """`+60 GB a month, deleted after 24 months`, `+3 % a year`, `in proportion to Users`."""
    if rule.by == "with":
        return f"in proportion to {short_name(scenario, rule.with_path)}"
    if rule.by == "table":
        steps = sorted(rule.values, key=lambda step: step.month)
        said = [
            f"{_amount(scenario, rule.path, step.value, figures)} from "
            f"{_month(scenario, step.month)}"
            for step in steps
        ]
        return ", ".join(said) or "as typed"
    words = _amount_in_words(scenario, rule, figures)
    if rule.until_month is not None:
        words = f"{words} until {_month(scenario, rule.until_month)}"
    if rule.by != "add" or rule.kept_months is None:
        return words
    words = f"{words}, deleted after {figures.quantity(rule.kept_months, 'month')}"
    leaving = leaving_in_words(scenario, rule, figures)
    return f"{words} ({leaving})" if leaving else words


def leaving_in_words(scenario: Scenario, rule: Growth, figures: Figures) -> str:
    """What becomes of what is there today: `today’s 1,024 GB leave evenly until Dec 2028`.

    Empty where all is kept for good, or nothing is there.
    """
    if rule.by != "add" or rule.kept_months is None or not _spec(scenario, rule.path):
        return ""
    today = float(get(scenario, rule.path))
    gone = _month(scenario, math.ceil(rule.kept_months) + 1)
    stored = _amount(scenario, rule.path, today, figures)
    return f"today’s {stored} leave evenly until {gone}" if today else ""


def _amount_in_words(scenario: Scenario, rule: Growth, figures: Figures) -> str:
    """`+60 GB a month`, `+5 users every 6 months`, `+3 % a year`, `doubles every 24 months (…)`.

    An amount with many digits came of a division or a goal; what was meant by it is said.
    """
    sign, amount = "−" if rule.amount < 0 else "+", abs(rule.amount)
    if rule.by == "percent":
        words = f"{sign}{figures.exact(shortened(amount))} % a {rule.per}"
        times = times_in_words(rule, figures)
        return f"{times} ({words})" if times else words
    spec = _spec(scenario, rule.path)
    is_meant_so = spec is not None and spec.counts_whole
    share = shared_out(amount, is_counted=is_meant_so)
    if share and share.denominator > 1:
        often = f"every {figures.exact(float(share.denominator))} {rule.per}s"
        return f"{sign}{_amount(scenario, rule.path, float(share.numerator), figures)} {often}"
    return f"{sign}{_amount(scenario, rule.path, shortened(amount), figures)} a {rule.per}"


def _month(scenario: Scenario, month: int) -> str:
    return short_month(scenario.start, month) if scenario.start else f"month {month}"


def _amount(scenario: Scenario, path: str, value: float, figures: Figures) -> str:
    spec = _spec(scenario, path)
    return value_in_words(spec, value, figures) if spec else figures.exact(value)


def _spec(scenario: Scenario, path: str) -> FieldSpec | None:
    try:
        return spec_at(scenario, path)
    except UserError:
        return None


def rule_in_words(scenario: Scenario, rule: Growth, figures: Figures) -> str:
    """The change, and what is wrong with it: `+5 a month (not used: …)`."""
    fault = fault_of(scenario, rule, scenario.growth)
    words = change_in_words(scenario, rule, figures)
    return f"{words} ({NOT_USED}: {fault})" if fault else words


def ends_in_words(
    projection: Projection, rule: Growth, figures: Figures
) -> tuple[str, str] | tuple[None, None]:
    """An input in the first and in the last month; nothing where the rule is not used."""
    scenario = projection.scenario
    if fault_of(scenario, rule, scenario.growth):
        return None, None
    if rule.path == PRICES:
        last = float(np.ravel(price_change((rule,), projection.months))[-1])
        return "100 %", f"{figures.exact(round(100.0 * last, 1))} %"
    spec, values = spec_at(scenario, rule.path), projection.values[rule.path]
    first, last = float(get(scenario, rule.path)), float(values[-1, 0])
    return value_in_words(spec, first, figures), value_in_words(spec, _rounded(last), figures)


def _rounded(value: float) -> float:
    """A value that was worked out, at the digits that are read."""
    return round(value, 2) if abs(value) >= 1.0 else float(f"{value:.3g}")


def projection_in_words(projection: Projection, figures: Figures) -> tuple[str, str]:
    """The figure of the view, and the rest of its sentence, on effective cost.

    `$722.09`, `a month on average of 36 · $622 in the first month, $842 in the last · $25,995 in
    all`.
    """
    currency = projection.scenario.currency
    months = float(projection.scenario.horizon_months)
    first, last = float(projection.effective[0]), float(projection.effective[-1])

    def dollars(usd: float) -> str:
        return at_least(currency.dollars(usd, figures), projection.unpriced)

    average = currency.money(projection.effective_total / months, figures)
    said = [f"a month on average of {figures.exact(months)}"]
    if projection.months > 1:
        said.append(f"{dollars(first)} in the first month, {dollars(last)} in the last")
    said.append(f"{dollars(projection.effective_total)} in all")
    return at_least(average, projection.unpriced), " · ".join(said)


def cash_in_words(projection: Projection, figures: Figures) -> str:
    """Cash of the first month, year and all, of it own people's time; see also what is due."""
    currency = projection.scenario.currency
    labor = projection.cash_by_component["labor"]

    def money(usd: float) -> str:
        return at_least(currency.money(usd, figures), projection.unpriced)

    parts = [f"Paid in the first month {money(float(projection.cash[0]))}"]
    if projection.months > 12:
        parts.append(f"in the first year {money(projection.years[0].cash)}")
    parts.append(f"in all {money(projection.cash_total)}")
    own = at_least(currency.money(float(labor.sum()), figures), "labor" in projection.estimate.gaps)
    return f"{', '.join(parts)}, of it your own people’s time {own}"


def sizes_in_words(held: PlanOverTime, start: str = "", *, has_months: bool = True) -> str:
    """What a plan is over the months: `SageMaker MLflow Small, then Medium from Sep 2028`.

    Args:
        has_months: whether it is said from when on; where there is no room, only what follows.
    """
    first, *others = [*held.sizes] or [(1, held.plan)]
    words = first[1].name
    for month, plan in others:
        words += f", then {unlike(plan.name, first[1].name)}"
        words += f" from {month_in_words(start, month)}" if has_months else ""
    return words


def plan_in_words(held: PlanOverTime, start: str, figures: Figures) -> str:
    """`SageMaker MLflow Small, Medium from month 21 (Sep 2028)`."""
    sizes = [size.name for _, size in held.sizes] or [held.plan.name]
    return ", ".join((sizes[0], *_moves(held, start, sizes[0], figures)))


def _moves(held: PlanOverTime, start: str, first: str, figures: Figures) -> Iterator[str]:
    """From when on it is another size, or none has room; what all names begin with is left out."""
    for month, plan in held.sizes[1:]:
        yield f"{unlike(plan.name, first)} from {numbered_month(start, month)}"
    if (month := held.too_small_from) is not None:
        why = _why_too_small(held, month, figures)
        yield f"{TOO_SMALL} from {numbered_month(start, month)}: {why}"


def too_small_in_words(held: PlanOverTime, start: str, figures: Figures) -> str:
    """`too small from Sep 2028: Large has at most 75 seats, 80 needed`; empty where all fit."""
    month = held.too_small_from
    if month is None:
        return ""
    why = _why_too_small(held, month, figures)
    return f"{TOO_SMALL} from {month_in_words(start, month)}: {why}"


def _why_too_small(held: PlanOverTime, month: int, figures: Figures) -> str:
    """For what the largest size has no room: `Large has at most 75 seats, 80 needed`."""
    why = "; ".join(write(each, figures) for each in held.too_small_in(month))
    larger = held.largest.id != held.plan.id
    return f"{unlike(held.largest.name, held.plan.name)} has {why}" if larger else why


def unlike(name: str, other: str) -> str:
    """The words of a name from the first on that the other has not; at least the last.

    `Medium` of `SageMaker MLflow Medium`, beside `SageMaker MLflow Small`.
    """
    words, others = name.split(), other.split()
    alike = 0
    while alike < min(len(words), len(others)) - 1 and words[alike] == others[alike]:
        alike += 1
    return " ".join(words[alike:])


def verdict_in_words(projection: Projection, figures: Figures) -> str:
    """Which side is cheaper when, and the sizes that the plan moves to; empty without a plan.

    `SageMaker MLflow Small becomes dearer in month 21 (Sep 2028) · Medium from month 21 (Sep
    2028)`, `SageMaker MLflow Small stays cheaper in all 36 months`.
    """
    held, start = projection.held, projection.scenario.start
    if held is None:
        return ""
    if not held.sizes or held.sizes[0][1].id != held.plan.id:  # the moves alone say too little
        turn = turn_in_words(projection)
        return " · ".join(filter(None, (turn, plan_in_words(held, start, figures))))
    said = turn_or_none_in_words(projection)
    return " · ".join((said, *_moves(held, start, held.plan.name, figures)))


def turn_or_none_in_words(projection: Projection) -> str:
    """When the verdict turns, or that it never does; empty without a plan that has room."""
    held, turn = projection.held, turn_in_words(projection)
    if held is None or turn or not held.sizes:
        return turn
    name = held.sizes[0][1].name
    first = float(held.effective[0] - projection.effective[0])
    side = "as dear" if not first else "cheaper" if first < 0 else "dearer"
    if held.too_small_from is not None:
        return f"{name} stays {side} while it has room"
    return f"{name} stays {side} in all {projection.months} months"


def turn_in_words(projection: Projection) -> str:
    """`SageMaker MLflow Small becomes dearer in month 21 (Sep 2028)`; empty where none turns."""
    month, turn = projection.turns_in_month, _turn(projection)
    return f"{turn} in {numbered_month(projection.scenario.start, month)}" if month else ""


def _turn(projection: Projection) -> str:
    held, short = projection.held, turn_in_short(projection)
    return f"{held.plan.name} becomes {short.partition(' ')[0]}" if held and short else ""


def turn_in_short(projection: Projection) -> str:
    """The same for where a plan's name stands already: `dearer from Sep 2028`."""
    month, held = projection.turns_in_month, projection.held
    if month is None or held is None:
        return ""
    is_dearer = held.effective[month - 1] > projection.effective[month - 1]
    comparison = "dearer" if is_dearer else "cheaper"
    return f"{comparison} from {month_in_words(projection.scenario.start, month)}"


def spread_in_words(scenario: Scenario, estimate: Estimate, figures: Figures) -> str:
    """How much of a month hangs on how many there are; empty where nothing is paid once.

    `$61.81 of a month is paid once and spread over the 36 months: with fewer, each costs more.`
    """
    horizon = float(scenario.horizon_months)
    usd = sum(
        float(charge.known_cost)
        for charge in estimate.charges
        if charge.spread and not charge.spread.renewed and charge.spread.months == horizon
    )
    if abs(usd) < 0.005:
        return ""
    money, months = scenario.currency.money(usd, figures), figures.quantity(horizon, "month")
    return (
        f"{money} of a month is paid once and spread over the {months}: with fewer, each costs "
        "more."
    )


def due_in_words(projection: Projection, month: int) -> str:
    """What is paid in a month and not in every one, by name."""
    return "; ".join(due.description for due in projection.due if due.month == month)


def remarks_by_month(projection: Projection, figures: Figures) -> dict[int, str]:
    """What is to be said of some months: that the verdict turns, the plan's next size, what is due.

    `SageMaker MLflow Small becomes dearer; Medium from here on`.
    """
    held, found = projection.held, dict[int, list[str]]()
    if projection.turns_in_month:
        found[projection.turns_in_month] = [_turn(projection)]
    if held:
        for month, plan in held.sizes[1:]:
            name = unlike(plan.name, held.sizes[0][1].name)
            found.setdefault(month, []).append(f"{name} from here on")
        if month := held.too_small_from:
            why = _why_too_small(held, month, figures)
            found.setdefault(month, []).append(f"{TOO_SMALL} from here on ({why})")
    for due in projection.due:
        found.setdefault(due.month, []).append(due.description)
    return {month: "; ".join(said) for month, said in sorted(found.items())}


def chart_words(
    projection: Projection, figures: Figures
) -> tuple[str, str, str, str, dict[int, str], str]:
    """What a chart by month says: the turn, also in short, the plan's names, remarks, its end."""
    held, start = projection.held, projection.scenario.start
    name, head, small = "", "", ""
    if held:
        name, head = sizes_in_words(held, start), sizes_in_words(held, has_months=False)
        small = too_small_in_words(held, start, figures)
    turn, short = turn_in_words(projection), turn_in_short(projection)
    return turn, short, name, head, remarks_by_month(projection, figures), small


def reasons_in_words(projection: Projection, component: str, figures: Figures) -> str:
    """Why a part's cost changes: `Artifacts kept +60 GB a month`."""
    scenario = projection.scenario
    return "; ".join(
        f"{short_name(scenario, rule.path)} {change_in_words(scenario, rule, figures)}"
        for rule in projection.reasons.get(component, ())
    )


def guess_in_words(scenario: Scenario, guess: Growth, figures: Figures) -> str:
    """`Artifacts grow? 60 GB a month is 2 runs a day of 1 GB.`"""
    gb = figures.quantity(guess.amount, "GB")
    runs = scenario.team.runs_per_month
    if runs:
        return f"Artifacts grow? {gb} a month is your {figures.quantity(runs, 'run')} of 1 GB each."
    return f"Artifacts grow? {gb} a month is 2 runs a day of 1 GB, on 30 days."


def month_in_figures(projection: Projection, month: int, figures: Figures) -> str:
    """All of a month: `Nov 2028: effective $753.10, cash $690.20; artifacts kept 2,400 GB`."""
    scenario, at = projection.scenario, month - 1
    currency = scenario.currency

    def money(usd: float, lacks: object) -> str:
        return at_least(currency.money(usd, figures), lacks)

    effective, cash = (
        money(float(of[at]), projection.unpriced) for of in (projection.effective, projection.cash)
    )
    name = month_in_words(scenario.start, month).capitalize()
    said = [f"{name}: effective {effective}, cash {cash}"]
    held = projection.held
    if held and (size := held.size_in(month)):
        said.append(f"{size.name} {money(float(held.effective[at]), held.has_gaps)}")
    elif held:
        said.append(f"{held.plan.name} {TOO_SMALL} ({_why_too_small(held, month, figures)})")
    said += [
        f"{short_name(scenario, path)} "
        f"{value_in_words(spec_at(scenario, path), _rounded(float(values[at, 0])), figures)}"
        for path, values in projection.values.items()
    ]
    due = due_in_words(projection, month)
    return " · ".join([*said, *([f"due: {due}"] if due else [])])
