"""What of a scenario is written: all that counts, and what was typed elsewhere."""

from __future__ import annotations

from typing import Any, cast

from mlflow_cost_desktop.model.fields.declaration import Model, specs


def contents(model: Model) -> dict[str, Any]:
    """A model's values as plain data, in the order of declaration.

    Of a component's options, the chosen one is written whole, defaults too, so that a later
    change of a default changes no saved budget; of the others, what differs from the default.
    """
    written: dict[str, Any] = {}
    for name, spec in specs(type(model)).items():
        value = getattr(model, name)
        if _counts(model, name):
            written[name] = _plain(value)
        elif value != spec.default:
            written[name] = _typed(value)
    return written


def _counts(model: Model, name: str) -> bool:
    is_group = isinstance(getattr(model, name), Model)
    return not is_group or getattr(model, "option", name) == name


def _typed(model: Model) -> dict[str, Any]:
    """What differs from the defaults that a reader fills in for what is missing."""
    return {
        name: _typed(value) if isinstance(value, Model) else _plain(value)
        for name, spec in specs(type(model)).items()
        if (value := getattr(model, name)) != spec.default
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return contents(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in cast("tuple[Any, ...]", value)]
    return value
