"""Every input of a model by its path: to find it, to look at it, to put another value there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, M, Model, OnlyIf, specs
from mlflow_cost_desktop.model.fields.faults import fault_in_words


class Place(NamedTuple):
    """A field of an open model: its path, declaration and present value.

    `group` are the titles on the way, for headings ("Maintenance", "Version upgrades"); `note`
    is what an item of a list says of itself.
    `active` is false where another choice makes the field meaningless at present. Where that is a
    number of zero, the field is `shown` all the same: nothing moves while a number is typed.
    """

    path: str
    spec: FieldSpec
    value: Any
    group: tuple[str, ...]
    active: bool
    shown: bool
    note: str = ""


def places(model: Model, path: str = "", group: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every input below a model, in the order of declaration.

    Items of a list are named by their `id`. Of a component's options, those that are not
    chosen are inactive.
    """
    yield from _places(model, path, group, (True, True))


def place_at(model: Model, path: str) -> Place | None:
    """The one input of a path, found without a look at the others; none where there is none."""
    return next(_places(model, "", (), (True, True), only=path), None)


def _places(
    model: Model,
    path: str,
    group: tuple[str, ...],
    around: tuple[bool, bool],
    note: str = "",
    only: str = "",
) -> Iterator[Place]:
    """The places, where what is around them is active and shown, or not; of one path alone."""
    for name, spec in specs(type(model)).items():
        if not spec.title:
            continue
        here = f"{path}.{name}" if path else name
        if only and only != here and not only.startswith(f"{here}."):
            continue
        value = getattr(model, name)
        active = around[0] and _is_active(model, spec)
        shown = around[1] and _is_shown(model, spec)
        if spec.is_leaf:
            yield Place(here, spec.beside(model), value, group, active, shown, note)
        elif isinstance(value, Model):
            is_option = "option" in specs(type(model))
            chosen = not is_option or name == getattr(model, "option", name)
            inner = group if is_option else (*group, spec.title)
            inside = active and chosen, shown and chosen
            yield from _places(value, here, inner, inside, note, only)
        else:
            for item in cast("tuple[Model, ...]", value):
                if "id" in specs(type(item)):
                    yield from _places_of_item(item, here, group, (active, shown), only)


def _places_of_item(
    item: Model,
    path: str,
    group: tuple[str, ...],
    around: tuple[bool, bool] = (True, True),
    only: str = "",
) -> Iterator[Place]:
    note = get(item, "note") if "note" in specs(type(item)) else ""
    inside = (*group, get(item, "name"))
    yield from _places(item, f"{path}.{get(item, 'id')}", inside, around, note, only)


def places_at(model: Model, root: str) -> Iterator[Place]:
    """Every input below a path (a group of fields, a list, an item of one), or the one input there.

    Raises:
        UserError: if there is no such field.
    """
    parent, _, name = root.rpartition(".")
    holder = get(model, parent) if parent else model
    if isinstance(holder, tuple):
        yield from _places_of_item(get(model, root), parent, (spec_at(model, parent).title,))
        return
    spec, value = spec_at(model, root), getattr(holder, name)
    if isinstance(value, Model):
        yield from places(value, root, (spec.title,))
    elif isinstance(value, tuple):
        for item in cast("tuple[Model, ...]", value):
            yield from _places_of_item(item, root, (spec.title,))
    else:
        yield Place(root, spec, value, (), _is_active(holder, spec), _is_shown(holder, spec))


def origin_of(model: Model, root: str) -> object:
    """What the inputs below a path are made of: while it is the same object, so are they."""
    value = get(model, root)
    if isinstance(value, Model | tuple):
        return cast("object", value)
    parent = root.rpartition(".")[0]
    return get(model, parent) if parent else model


def _is_active(model: Model, spec: FieldSpec) -> bool:
    return all(_holds(model, condition) for condition in spec.only_if)


def _holds(model: Model, condition: OnlyIf) -> bool:
    beside = specs(type(model)).get(condition.field)
    has_value = str(getattr(model, condition.field)) in condition.values
    # What hangs on a choice that means nothing at present means nothing either.
    return has_value != condition.otherwise and (beside is None or _is_active(model, beside))


def _is_shown(model: Model, spec: FieldSpec) -> bool:
    return all(_holds_but_for_numbers(model, condition) for condition in spec.only_if)


def _holds_but_for_numbers(model: Model, condition: OnlyIf) -> bool:
    beside = specs(type(model)).get(condition.field)
    if beside is None:
        return _holds(model, condition)
    has_value = str(getattr(model, condition.field)) in condition.values
    return (beside.is_number or has_value != condition.otherwise) and _is_shown(model, beside)


def active_at(model: Model, path: str) -> str:
    """The path itself, or that of the input because of which what is there means nothing now.

    Raises:
        UserError: if there is no such field.
    """
    holder, steps = model, path.split(".")
    for at, step in enumerate(steps):
        if isinstance(holder, Model):
            spec = spec_at(holder, step)
            for condition in spec.only_if:
                if not _holds(holder, condition) and condition.field in specs(type(holder)):
                    return active_at(model, ".".join((*steps[:at], condition.field)))
        holder = _item(holder, step, path)
    return path


def get(model: Model, path: str) -> Any:
    """The value at a path.

    Raises:
        UserError: if there is no such field.
    """
    value: Any = model
    for step in path.split("."):
        value = _item(value, step, path)
    return value


def spec_at(model: Model, path: str) -> FieldSpec:
    """The declaration of the field at a path.

    Raises:
        UserError: if there is no such field.
    """
    parent, _, name = path.rpartition(".")
    holder = get(model, parent) if parent else model
    if not isinstance(holder, Model) or name not in specs(type(holder)):
        raise _no_field(path)
    return specs(type(holder))[name].beside(holder)


def replace(model: M, path: str, value: object) -> M:
    """A validated copy with another value at a path.

    Raises:
        UserError: if there is no such field or it refuses the value; the model is unchanged.
    """
    return _rebuilt(model, path.split("."), value, path, validate=True)


def most_that_counts(model: Model, place: Place) -> float:
    """From where on more of an input changes nothing; what is typed, where that is more.

    Infinity where every bit counts. A month, for example, has no more than its hours.
    """
    limit = place.spec.counts_up_to
    return max(float(place.value), float(getattr(model, limit))) if limit else math.inf


def swept(model: M, path: str, values: NDArray[Any]) -> M:
    """A copy with an axis in one field, unvalidated: for `estimate` only.

    An axis rises or falls. What is less than the field's lower bound counts as that bound, so that
    nothing is a credit; it may go beyond the upper one, and through parts of whole things (see
    `drawn` for numbers in any order). The copy is never compared, dumped or saved.

    Raises:
        UserError: if there is no such field, or it takes one value at a time.
    """
    spec, kept = _of_many(model, path), np.asarray(values)
    # The ends tell: to look at a million points takes as long as to multiply them.
    ends = [*kept.flat[:1], *kept.flat[-1:]]
    if spec.is_number and spec.lower is not None and min(ends, default=spec.lower) < spec.lower:
        kept = np.maximum(kept, spec.lower)
    return _rebuilt(model, path.split("."), kept, path, validate=False)


def drawn(model: M, values: Mapping[str, NDArray[Any]]) -> M:
    """A copy with arrays in several fields, by path, unvalidated: for `estimate` only.

    Axes are positions in the shape: months first, draws second, one length where there is none:
    `(36, 1)`, `(1, 10_000)`. Numbers are fitted to their fields. The copy is never compared,
    dumped or saved.

    Raises:
        UserError: if there is no such field, or it takes one value at a time.
    """
    kept = {path: fitted(_of_many(model, path), np.asarray(of)) for path, of in values.items()}
    return with_arrays(model, kept)


def with_arrays(model: M, values: Mapping[str, NDArray[Any]]) -> M:
    """A copy with arrays that suit their fields already, unvalidated: see `drawn`.

    Raises:
        UserError: if there is no such field.
    """
    for path, kept in values.items():
        model = _rebuilt(model, path.split("."), kept, path, validate=False)
    return model


def fitted(spec: FieldSpec, values: NDArray[Any]) -> NDArray[Any]:
    """Numbers as a field takes them: within its bounds, rounded half up where it counts things."""
    if not spec.is_number:
        return values
    lower = -np.inf if spec.lower is None else spec.lower
    upper = np.inf if spec.upper is None else spec.upper
    kept = np.clip(values, lower, upper)
    return np.floor(kept + 0.5) if spec.counts_whole else kept


def _of_many(model: Model, path: str) -> FieldSpec:
    """The declaration of a field that takes an array.

    Raises:
        UserError: if there is no such field, or it takes one value at a time.
    """
    spec = spec_at(model, path)
    if not spec.takes_many:
        raise UserError(
            f"{spec.title or spec.name} takes one value at a time, not many at once.",
            "The scenario stays as it was; ask for each of the values by itself.",
        )
    return spec


def _rebuilt(model: M, steps: list[str], value: Any, path: str, *, validate: bool) -> M:
    name, *rest = steps
    if name not in type(model).model_fields:
        raise _no_field(path)
    if rest:
        old = getattr(model, name)
        if isinstance(old, Model):
            value = _rebuilt(old, rest, value, path, validate=validate)
        elif isinstance(old, tuple):
            items = cast("tuple[Any, ...]", old)
            at = items.index(_item(items, rest[0], path))
            if len(rest) == 1:
                raise _no_field(path)
            changed = _rebuilt(items[at], rest[1:], value, path, validate=validate)
            value = (*items[:at], changed, *items[at + 1 :])
        else:
            raise _no_field(path)
    data = {**model.__dict__, name: value}
    if not validate:
        return type(model).model_construct(**data)
    data |= model.changing_with(name, value)
    try:
        return type(model).model_validate(data)
    except ValidationError as error:
        spec = specs(type(model))[name]
        raise UserError(
            Text("{}: {}", spec.title or name, fault_in_words(error.errors()[0])),
            "The scenario stays as it was.",
        ) from error


def differ_only_at(one: Model, other: Model, path: str) -> bool:
    """Whether two models of a kind are equal, but perhaps for the field of a path."""
    for step in path.split("."):
        if isinstance(one, tuple) and isinstance(other, tuple):
            at = {item.id: item for item in cast("tuple[Any, ...]", one)}
            to = {item.id: item for item in cast("tuple[Any, ...]", other)}
        else:
            at, to = vars(one), vars(other)
        others = (name for name in at if name != step)
        # An edit leaves what is beside it as it was: that is seen before it is compared.
        if list(at) != list(to) or any(
            to[name] is not at[name] and to[name] != at[name] for name in others
        ):
            return False
        if step not in at:
            raise _no_field(path)
        one, other = at[step], to[step]
    return True


def _item(holder: Any, step: str, path: str) -> Any:
    if isinstance(holder, Model) and step in type(holder).model_fields:
        return getattr(holder, step)
    if isinstance(holder, tuple):
        for item in cast("tuple[Any, ...]", holder):
            if getattr(item, "id", None) == step:
                return item
    raise _no_field(path)


def _no_field(path: str) -> UserError:
    return UserError(
        f"There is no field {path[:80]!r}.",
        "The scenario stays as it was; 'mlflow-cost fields' lists every field.",
    )
