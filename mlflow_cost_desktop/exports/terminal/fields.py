"""Every input of a scenario by its path, with unit, bounds, default and meaning."""

from __future__ import annotations

import json
from typing import Any

from mlflow_cost_desktop.exports.plain_text import wrapped
from mlflow_cost_desktop.figures import PLAIN, plural
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import Place, places
from mlflow_cost_desktop.model.scenario import Scenario

WIDTH = 100


def fields_json() -> str:
    """The fields as a JSON list, in the order of the forms."""
    fields = [_as_object(place) for place in places(Scenario())]
    return json.dumps(fields, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def fields_table() -> str:
    """The fields, each with its path and limits on one line and its meaning below."""
    lines: list[str] = []
    for place in places(Scenario()):
        limits = ", ".join(filter(None, (_limits(place.spec), f"default {_default(place)}")))
        lines += wrapped(f"{place.path}: {limits}", WIDTH, "    ")
        title = " · ".join((*place.group, place.spec.title))
        meaning = f"{title}. {place.spec.description}".rstrip()
        lines += [f"    {line}" for line in wrapped(meaning, WIDTH - 4)]
        if place.spec.labels:
            choices = "; ".join(
                f"{choice} = {place.spec.label(choice)}" for choice in place.spec.choices
            )
            lines += [f"    {line}" for line in wrapped(choices, WIDTH - 4, "  ")]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _limits(spec: FieldSpec) -> str:
    if spec.choices:
        return "one of " + ", ".join(spec.choices)
    if spec.kind is bool:
        return "yes or no"
    if not spec.is_number:
        longest = spec.max_length
        return f"text of at most {PLAIN.exact(longest)} characters" if longest else "text"
    unit = f" {plural(2, spec.unit.text)}" if spec.unit else ""
    if spec.lower is not None and spec.upper is not None:
        limits = f"{PLAIN.exact(spec.lower)} to {PLAIN.exact(spec.upper)}{unit}"
    else:
        limits = f"number{unit}"
    return f"{limits}, or none ({spec.empty.words})" if spec.empty else limits


def _default(place: Place) -> str:
    if place.value is None:
        return "none"
    if place.spec.is_number:
        return PLAIN.exact(place.value)
    if isinstance(place.value, bool):
        return "yes" if place.value else "no"
    return str(place.value) or "empty"


def _kind(spec: FieldSpec) -> str:
    if spec.choices:
        return "choice"
    if spec.kind is bool:
        return "yes or no"
    return "number" if spec.is_number else "text"


def _as_object(place: Place) -> dict[str, Any]:
    spec = place.spec
    return {
        "path": place.path,
        "title": spec.title,
        "group": list(place.group),
        "kind": _kind(spec),
        "unit": spec.unit.text if spec.unit else None,
        "lower": spec.lower,
        "upper": spec.upper,
        "max_length": None if spec.max_length is None else int(spec.max_length),
        "choices": {choice: spec.label(choice) for choice in spec.choices} or None,
        "none_means": spec.empty.words if spec.empty else None,
        "default": place.value,
        "meaning": spec.description,
    }
