"""The inputs in which scenarios side by side differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlflow_cost_desktop.analysis.comparison import Column
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import places
from mlflow_cost_desktop.model.scenario import Scenario

ABOUT = ("name", "author")
"""What tells scenarios apart, and costs nothing."""

APART = ("currency.", "plans.")
"""Amounts are shown in the first one's currency, and plans are in no total."""

NOTHING = (None, 0.0, False, "")
"""What a column without the input might as well have."""

REGION = "region_id"

PLAN, RATES, GROWTH = "plan", "own_rates.", "growth."
"""Paths of what is no field: the plan of a column, its own rates, its rules for the months."""


class Input(NamedTuple):
    """An input in one column: its titles, from the outermost, and what stands in it."""

    titles: tuple[str, ...]
    spec: FieldSpec | None
    value: object


class Difference(NamedTuple):
    """An input that is not the same in all columns; none where a column has no such input.

    Attributes:
        values: an input for each column.
    """

    path: str
    values: tuple[Input | None, ...]

    @property
    def known(self) -> Input:
        """The input in the first column that has it."""
        return next(value for value in self.values if value)


def inputs_of_all(columns: Sequence[Column]) -> list[Mapping[str, Input]]:
    """The inputs of columns that mean something, by path.

    Many columns are one scenario at several regions, which is gone through once.
    """
    seen: list[tuple[Scenario, dict[str, Input]]] = []
    found: list[Mapping[str, Input]] = []
    for column in columns:
        scenario = column.scenario
        fields = next((of for one, of in seen if _is_same_elsewhere(one, scenario)), None)
        if fields is None:
            fields = _fields_of(scenario)
            seen.append((scenario, fields))
        found.append(_inputs_of(column, fields))
    return found


def _is_same_elsewhere(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios are one, at another region perhaps: made from each other by that."""
    fields = type(one).model_fields
    return all(getattr(one, name) is getattr(other, name) for name in fields if name != REGION)


def _fields_of(scenario: Scenario) -> dict[str, Input]:
    return {
        place.path: Input((*place.group, place.spec.title), place.spec, place.value)
        for place in places(scenario)
        if place.active and place.path not in ABOUT and not place.path.startswith(APART)
    }


def _inputs_of(column: Column, fields: Mapping[str, Input]) -> Mapping[str, Input]:
    scenario = column.scenario
    found = {**fields, REGION: fields[REGION]._replace(value=scenario.region_id)}
    for rate in scenario.own_rates:
        if rate.is_for(column.price_book):
            found[f"{RATES}{rate.sku_id}"] = Input(("Your rates", rate.sku_id), None, rate)
    for rule in scenario.growth:
        found[f"{GROWTH}{rule.path}"] = Input(("Changes over time", rule.path), None, rule)
    if column.plan:
        found[PLAN] = Input(("Managed plan",), None, column.plan)
    return found


def differing_inputs(inputs: Sequence[Mapping[str, Input]]) -> tuple[Difference, ...]:
    """What differs between columns, in the order of the inputs.

    Args:
        inputs: of each column, as `inputs_of_all` has them.
    """
    paths = dict.fromkeys(path for one in inputs for path in one)
    found: list[Difference] = []
    for path in paths:
        values = tuple(one.get(path) for one in inputs)
        seen = [value.value for value in values if value]
        is_everywhere = all(values)
        if is_everywhere and all(value == seen[0] for value in seen):
            continue
        if not is_everywhere and all(_is_nothing(value) for value in seen):
            continue
        found.append(Difference(path, values))
    return tuple(found)


def _is_nothing(value: object) -> bool:
    return any(value is nothing or value == nothing for nothing in NOTHING)
