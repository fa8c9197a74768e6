"""The tables of how sure the total is: the ranges, and what would turn the verdict."""

from __future__ import annotations

from mlflow_cost_desktop.analysis.flips import Flips
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.answer.over_time_tables import Shown, TableRow
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.ranges import Range, fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.flips import (
    bound_in_words,
    factor_in_words,
    group_in_words,
    relative_in_words,
)
from mlflow_cost_desktop.wording.growth import NOT_USED, name_in_words
from mlflow_cost_desktop.wording.uncertainty import (
    place_in_words,
    shape_in_words,
    source_in_words,
    value_at,
    worked_out,
)


def range_rows(scenario: Scenario, figures: Figures) -> Shown:
    """A row for each range: its ends, the likely value, its shape and where it comes from."""
    rows: list[TableRow] = []
    for one in scenario.ranges:
        fault = fault_of_range(scenario, one)
        low, high = (value_at(scenario, one.path, end, figures) for end in (one.low, one.high))
        shape = shape_in_words(one)
        if one.moves_with:
            shape = f"{shape}, with “{one.moves_with}”"
        where = f"{NOT_USED}: {fault}" if fault else source_in_words(one)
        name = " · ".join(name_in_words(scenario, one.path).split(" · ")[-2:])
        likely = _likely(scenario, one, figures)
        rows.append(TableRow(one.path, (name, shape, low, likely, high, where)))
    return ["Input", "Shape", "Low", "Likely", "High", "Where from"], rows, 3


def _likely(scenario: Scenario, one: Range, figures: Figures) -> str:
    """What is typed in the input, where it is there and a number."""
    try:
        typed = get(scenario, one.path)
    except UserError:
        return "–"
    return value_at(scenario, one.path, typed, figures) if isinstance(typed, float) else "–"


def flip_rows(found: Flips, figures: Figures) -> Shown:
    """A row for each input that turns the verdict alone; where none does, for each group."""
    rows = [
        TableRow(
            flip.place.path,
            (
                place_in_words(flip.place),
                worked_out(flip.place.spec, flip.now, figures),
                relative_in_words(flip, figures) or "–",
                f"{bound_in_words(flip, figures)}{_small(flip.is_too_small)}",
            ),
        )
        for flip in found.flips
    ]
    if not rows:
        rows = [
            TableRow(
                one.key, (_capital(group_in_words(one)), "", factor_in_words(one, figures), "")
            )
            for one in found.groups
        ]
    return ["Input", "Now", "Change", "The verdict turns"], rows, 2


def _small(is_too_small: bool) -> str:
    return ", where the plan is too small" if is_too_small else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
