"""How sure the cost is, in words: ranges, percentiles and chances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Figures, at_least, one_line
from mlflow_cost_desktop.model.distributions import Reads
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, specs
from mlflow_cost_desktop.model.fields.paths import Place, spec_at
from mlflow_cost_desktop.model.ranges import Range, fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.growth import NOT_USED
from mlflow_cost_desktop.wording.inputs import value_in_words
from mlflow_cost_desktop.wording.totals import LACKS

if TYPE_CHECKING:  # what is asked of ranges is loaded by who asks
    from mlflow_cost_desktop.analysis.tornado import Bar, Tornado
    from mlflow_cost_desktop.analysis.uncertainty import Uncertainty

TYPED = "typed"
"""Where a range comes from of which nothing else is said."""

SWUNG = "±10 %"
ITEMS = ("labor.tasks.", "own_lines.", "plans.")
"""How the paths of inputs begin that several items of a list have."""
FIELDS = specs(Range)
READS: dict[Reads, str] = {"extremes": "extremes", "p10p90": "P10 to P90"}
"""How the ends of a range read, in short."""


def place_in_words(place: Place) -> str:
    """An input's name with the heading right above it: `Version upgrades · Hours each`."""
    return " · ".join(dict.fromkeys((*map(one_line, place.group[-1:]), place.spec.title)))


def short_place_in_words(place: Place) -> str:
    """The same without the heading, but for an item of a list, which has its name from it."""
    is_item = place.path.startswith(ITEMS)
    return place_in_words(place) if is_item else place.spec.title


def value_at(scenario: Scenario, path: str, value: float, figures: Figures) -> str:
    """A value of the input at a path, with its unit; the bare number where the path is gone."""
    try:
        return worked_out(spec_at(scenario, path), value, figures)
    except UserError:
        return figures.exact(value)


def worked_out(spec: FieldSpec, value: float, figures: Figures) -> str:
    """A value that was worked out, with its unit, at the digits that are read."""
    rounded = round(value, 2) if abs(value) >= 1.0 else float(f"{value:.3g}")
    return value_in_words(spec, rounded, figures)


def ends_in_words(scenario: Scenario, one: Range, figures: Figures) -> str:
    """`3 h – 12 h`, `2 times – 6 times a year`."""
    try:
        return _between(spec_at(scenario, one.path), one.low, one.high, figures)
    except UserError:
        return f"{figures.exact(one.low)} – {figures.exact(one.high)}"


def _between(spec: FieldSpec, low: float, high: float, figures: Figures) -> str:
    first, last = (worked_out(spec, end, figures) for end in (low, high))
    return f"{first.removesuffix(f' {spec.per}')} – {last}"


def shape_in_words(one: Range) -> str:
    """`PERT, extremes`, `Triangle, P10 to P90`."""
    return f"{FIELDS['shape'].label(one.shape)}, {READS[one.reads]}"


def range_in_words(scenario: Scenario, one: Range, figures: Figures) -> str:
    """The range, its shape, its group, and what is wrong with it."""
    words = f"{ends_in_words(scenario, one, figures)} ({shape_in_words(one)}"
    words += f", with “{one.moves_with}”)" if one.moves_with else ")"
    fault = fault_of_range(scenario, one)
    return f"{words} ({NOT_USED}: {fault})" if fault else words


def source_in_words(one: Range) -> str:
    """Where a range comes from."""
    return one.source or TYPED


def cases_in_words(share: float) -> str:
    """`in 83 of 100 cases`; that it is never so, or always, is said only where it is."""
    if _is_certain(share):
        return "in no case" if share <= 0.0 else "in all cases"
    if share < 0.01:
        return "in fewer than 1 of 100 cases"
    if share > 0.99:
        return "in more than 99 of 100 cases"
    return f"in {round(100 * share)} of 100 cases"


def _is_certain(share: float) -> bool:
    return share <= 0.0 or share >= 1.0


def draws_in_words(share: float, found: Uncertainty, figures: Figures) -> str:
    """The same where there is room to say what a certainty rests on.

    `in all of 10,000 draws of 3 inputs that vary`.
    """
    if not _is_certain(share):
        return cases_in_words(share)
    if not found.varying:
        return f"{cases_in_words(share)} (no input varies)"
    part = "none" if share <= 0.0 else "all"
    inputs = "1 input that varies" if found.varying == 1 else f"{found.varying} inputs that vary"
    return f"in {part} of {figures.exact(found.draws)} draws of {inputs}"


def chance_in_words(found: Uncertainty, *, is_cheaper: bool) -> str:
    """How likely a plan is cheaper, or costlier, beside its figure: `in 83 of 100 cases`.

    Empty where nothing varies, or no plan is held against it.
    """
    if found.plan_cost is None or not found.varying:
        return ""
    share = found.plan_share if is_cheaper else found.own_share
    words = "" if share is None else cases_in_words(share)
    return words.replace("more than", "over").replace("fewer than", "under")  # it is short of room


def uncertainty_in_words(found: Uncertainty, figures: Figures) -> tuple[str, str]:
    """The figure of the view, and the rest of its sentence.

    `$665`, `a month in the middle; $510 to $868 in eight cases of ten`.
    """
    currency, of = found.scenario.currency, found.percentiles

    def dollars(usd: float) -> str:
        return at_least(currency.dollars(usd, figures), found.unpriced)

    rest = f"a month in the middle; {dollars(of[10])} to {dollars(of[90])} in eight cases of ten"
    return dollars(of[50]), rest


def chances_in_words(found: Uncertainty, figures: Figures) -> Iterator[str]:
    """How likely the plan is cheaper, where half of the cases lie, and what of the budget."""
    currency, of = found.scenario.currency, found.percentiles
    share, plan = found.plan_share, found.plan
    lacks = f", {LACKS}" if found.unpriced else ""
    if plan and share is not None:
        name = one_line(plan.name)
        cases = _capital(draws_in_words(share, found, figures))
        yield f"{cases} {name} is cheaper than hosting it yourself{lacks}."
        if small := found.too_small_share:
            yield f"{_capital(draws_in_words(small, found, figures))} {name} is too small."
    low, high = (at_least(currency.dollars(of[at], figures), found.unpriced) for at in (25, 75))
    yield f"Half of the cases lie between {low} and {high} a month."
    if (words := budget_in_words(found, figures)) is not None:
        yield words


def budget_in_words(found: Uncertainty, figures: Figures) -> str | None:
    """`In 61 of 100 cases a month costs at most $700.`; none without a budget."""
    budget = found.scenario.budget_usd
    if budget is None:
        return None
    currency = found.scenario.currency
    in_words = currency.dollars if budget.is_integer() else currency.money
    money = in_words(budget, figures)
    cases = _capital(draws_in_words(found.share_up_to(budget), found, figures))
    lacks = f", {LACKS}" if found.unpriced else ""
    return f"{cases} a month costs at most {money}{lacks}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- What matters most -------------------------------------------------------------


def bar_in_words(bar: Bar) -> str:
    """`Platform engineer`; of a task moved as a whole, `Incidents · Hours × how often`."""
    move = bar.moves[0]
    if len(bar.moves) > 1 or bar.is_product:
        return f"{one_line(move.place.group[-1])} · Hours × how often"
    return place_in_words(move.place)


def moves_in_words(bar: Bar, figures: Figures, *, has_ranges: bool) -> str:
    """Between which ends it is moved: `3 h – 12 h × 2 times – 6 times a year`, `±10 %`."""
    if bar.is_product:
        return SWUNG
    ends = (_between(move.place.spec, move.low, move.high, figures) for move in bar.moves)
    return " × ".join(ends)


def without_effect_in_words(found: Tornado) -> str:
    """The inputs that change nothing, in one line; empty where all do."""
    names = [place_in_words(place) for place in found.without_effect]
    if not names:
        return ""
    ends = "between their ends" if found.has_ranges else f"at {SWUNG}"
    return f"Without effect {ends}: {', '.join(names)}."
