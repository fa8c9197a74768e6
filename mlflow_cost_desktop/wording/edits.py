"""What an edit is called in the menu and in the list of what was done."""

from __future__ import annotations

from typing import Any, cast

from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import get, spec_at
from mlflow_cost_desktop.model.scenario import Scenario


def edit_in_words(scenario: Scenario, path: str, value: object = None) -> str:
    """What an edit of a field is called: `Replicas`, `Hours each (Version upgrades)`.

    Args:
        value: the new value, by which an edit of a list is named: `Add Firewall`.

    Raises:
        UserError: if there is no such field.
    """
    spec = spec_at(scenario, path)
    if isinstance(value, tuple):
        before: tuple[Any, ...] = get(scenario, path)
        after = cast("tuple[Any, ...]", value)
        if not any(isinstance(item, str) for item in (*before, *after)):
            return _list_edit_in_words(spec, before, after)
    title = spec.title or spec.name.replace("_", " ").capitalize()
    parent = path.rpartition(".")[0]
    item = get(scenario, parent) if parent else scenario
    return f"{title} ({item.name})" if hasattr(item, "id") else title


def _list_edit_in_words(spec: FieldSpec, before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    key = "id" if any(hasattr(item, "id") for item in (*before, *after)) else "name"
    old = {getattr(item, key): item for item in before}
    new = {getattr(item, key): item for item in after}
    added = [item.name for name, item in new.items() if name not in old]
    removed = [item.name for name, item in old.items() if name not in new]
    changed = [item.name for name, item in new.items() if name in old and old[name] != item]
    for verb, names, others in (
        ("Add ", added, removed + changed),
        ("Remove ", removed, added + changed),
        ("", changed, added + removed),
    ):
        if len(names) == 1 and not others:
            return f"{verb}{names[0]}"
    return spec.title
