"""Inputs in words: what a field is called in the whole scenario, and its values with their unit."""

from __future__ import annotations

from typing import cast

from mlflow_cost_desktop.figures import Figures, one_line, write
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, Model
from mlflow_cost_desktop.model.fields.edits import Sureness
from mlflow_cost_desktop.model.fields.paths import place_at, spec_at

SURENESS: dict[Sureness, str] = {
    "certain": "certain",
    "likely": "likely",
    "guess": "a guess",
}


def value_in_words(spec: FieldSpec, value: object, figures: Figures) -> str:
    """An input's value with its unit; a choice by its label, a list by the names in it."""
    if value is None or value == "":
        return spec.empty.words if spec.empty else "–"
    if isinstance(value, tuple):
        names = [one_line(str(getattr(item, "name", item))) for item in cast("list[object]", value)]
        return ", ".join(names) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, float):
        return write(spec.label(value), figures) if spec.choices else one_line(str(value))
    unit = spec.unit.text if spec.unit else ""
    if unit.startswith("$"):
        return f"{figures.unit_price(value)}{unit[1:]}"
    return f"{figures.quantity(value, unit)} {spec.per}".rstrip()


def input_in_words(model: Model, path: str) -> str:
    """What an input is called in the whole model: `Network · Secrets and keys · Secrets`.

    Raises:
        UserError: if there is no such field.
    """
    spec = spec_at(model, path)
    place = place_at(model, path)
    group = place.group if place else ()
    title = spec.title or spec.name.replace("_", " ").capitalize()
    return " · ".join(dict.fromkeys((*(one_line(name) for name in group), title)))
