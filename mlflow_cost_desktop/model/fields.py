"""The frozen base of everything a user describes, and what its fields say of themselves.

A field is declared once, with its title, meaning, unit, bounds and section; forms, tooltips,
files, the PDF and the command line read it here.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, Union, cast, get_args, get_origin

import annotated_types
import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.words import exact, one_line


class Model(BaseModel):
    """Frozen, strict, without unknown fields, infinities or NaN; its texts are of one line.

    A text has a pattern that allows nothing else, or `ONE_LINE` after its bounds.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


ONE_LINE = AfterValidator(one_line)
"""Keeps a text that anything can be typed into on one line."""

M = TypeVar("M", bound=Model)


class Unit(NamedTuple):
    """What a number counts, and how an editor steps through it."""

    text: str
    step: float = 1.0


class Section(NamedTuple):
    """The heading under which a form shows the field and those after it; a note stands below."""

    title: str
    note: str = ""


class Chooser(NamedTuple):
    """The list, made from the price book, that a text is chosen from."""

    name: str


class Labels(NamedTuple):
    """Words for the values of a choice."""

    words: Mapping[str, str]


class OnlyIf(NamedTuple):
    """The field matters, and is shown, only while a field beside it has one of some values.

    With `otherwise`, only while it has none of them. A field may have several: all must hold.
    What is looked at may also be a property that follows from such a field.
    """

    field: str
    values: tuple[str, ...]
    otherwise: bool = False


def only_with(field: str) -> OnlyIf:
    """The field matters only while the number beside it is not zero."""
    return OnlyIf(field, (str(0.0),), otherwise=True)


class Empty(NamedTuple):
    """What an optional number means while nothing is typed."""

    words: str


Costs: TypeAlias = Literal["more", "less", "either", "same"]


class Effect(NamedTuple):
    """What more of a number does to the effective cost, and why."""

    costs: Costs
    why: str


def differing(attribute: str) -> AfterValidator:
    """Refuses a list in which two items have the same `attribute`, by which they are named."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        counts = Counter(str(getattr(item, attribute)) for item in items)
        repeated = [name for name, count in counts.items() if count > 1]
        if repeated:
            raise ValueError(f"“{repeated[0][:80]}” stands in it twice")
        return items

    return AfterValidator(check)


class FieldSpec:
    """What one field says of itself, read from its declaration."""

    def __init__(self, name: str, info: FieldInfo) -> None:
        self.name = name
        # A field without a title is not an input: the id and the name of a list's item.
        self.title = info.title or ""
        self.description = info.description or ""
        self.default: Any = info.default
        self.unit = _first(info, Unit)
        self.section = _first(info, Section)
        self.chooser = _first(info, Chooser)
        self.only_if = tuple(item for item in info.metadata if isinstance(item, OnlyIf))
        self.empty = _first(info, Empty)
        self.effect = _first(info, Effect)
        labels = _first(info, Labels)
        self.labels: Mapping[str, str] = labels.words if labels else {}
        parts = _union_parts(info.annotation)
        self.optional = type(None) in parts
        kinds = [part for part in parts if part is not type(None)]
        self.kind: Any = kinds[0]
        self.choices: tuple[str, ...] = ()
        if get_origin(self.kind) is Literal:
            self.choices = get_args(self.kind)
        self.lower = _bound(info, annotated_types.Ge, "ge")
        self.upper = _bound(info, annotated_types.Le, "le")
        self.max_length = _bound(info, annotated_types.MaxLen, "max_length")

    @property
    def is_number(self) -> bool:
        return self.kind is float

    @property
    def is_leaf(self) -> bool:
        """Whether the field is one input, not a group or a list of them."""
        return self.is_number or self.kind in (str, bool) or bool(self.choices)

    def label(self, value: object) -> str:
        """Words for a value of a choice."""
        return self.labels.get(str(value), str(value))


class Place(NamedTuple):
    """A field of an open model: its path, declaration and present value.

    `group` are the titles on the way, for headings ("Maintenance", "Version upgrades"); `note`
    is what an item of a list says of itself.
    `active` is false where another choice makes the field meaningless at present.
    """

    path: str
    spec: FieldSpec
    value: Any
    group: tuple[str, ...]
    active: bool
    note: str = ""


def _first(info: FieldInfo, marker: type[M2]) -> M2 | None:
    return next((item for item in info.metadata if isinstance(item, marker)), None)


M2 = TypeVar("M2")


def _bound(info: FieldInfo, marker: type[object], attribute: str) -> float | None:
    found = _first(info, marker)
    return None if found is None else float(getattr(found, attribute))


def _union_parts(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in (Union, types.UnionType):
        return get_args(annotation)
    return (annotation,)


@cache
def specs(model: type[Model]) -> Mapping[str, FieldSpec]:
    """What the fields of a model say of themselves, in the order of declaration."""
    return {name: FieldSpec(name, info) for name, info in model.model_fields.items()}


def places(model: Model, path: str = "", group: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every input below a model, in the order of declaration.

    Items of a list are named by their `id`. Of a component's options, those that are not
    chosen are inactive.
    """
    yield from _places(model, path, group, True)


def _places(
    model: Model, path: str, group: tuple[str, ...], active: bool, note: str = ""
) -> Iterator[Place]:
    for name, spec in specs(type(model)).items():
        if not spec.title:
            continue
        value = getattr(model, name)
        here = f"{path}.{name}" if path else name
        counts = active and _is_active(model, spec)
        if spec.is_leaf:
            yield Place(here, spec, value, group, counts, note)
        elif isinstance(value, Model):
            is_option = "option" in specs(type(model))
            chosen = not is_option or name == getattr(model, "option", name)
            inner = group if is_option else (*group, spec.title)
            yield from _places(value, here, inner, counts and chosen, note)
        else:
            for item in cast("tuple[Model, ...]", value):
                if "id" in specs(type(item)):
                    yield from _places_of_item(item, here, group, counts)


def _places_of_item(
    item: Model, path: str, group: tuple[str, ...], active: bool = True
) -> Iterator[Place]:
    note = get(item, "note") if "note" in specs(type(item)) else ""
    inside = (*group, get(item, "name"))
    yield from _places(item, f"{path}.{get(item, 'id')}", inside, active, note)


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
        yield Place(root, spec, value, (), _is_active(holder, spec))


def _is_active(model: Model, spec: FieldSpec) -> bool:
    return all(_holds(model, condition) for condition in spec.only_if)


def _holds(model: Model, condition: OnlyIf) -> bool:
    beside = specs(type(model)).get(condition.field)
    has_value = str(getattr(model, condition.field)) in condition.values
    # What hangs on a choice that means nothing at present means nothing either.
    return has_value != condition.otherwise and (beside is None or _is_active(model, beside))


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
    return specs(type(holder))[name]


def replace(model: M, path: str, value: object) -> M:
    """A validated copy with another value at a path.

    Raises:
        UserError: if there is no such field or it refuses the value; the model is unchanged.
    """
    return _rebuilt(model, path.split("."), value, path, validate=True)


def swept(model: M, path: str, values: NDArray[Any]) -> M:
    """A copy with an array in one field, unvalidated: for `estimate` only.

    It is never compared, dumped or saved.
    """
    return _rebuilt(model, path.split("."), np.asarray(values), path, validate=False)


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
    try:
        return type(model).model_validate(data)
    except ValidationError as error:
        spec = specs(type(model))[name]
        raise UserError(
            f"{spec.title or name}: {fault_in_words(error.errors()[0])}",
            "The scenario stays as it was.",
        ) from error


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


def fault_in_words(fault: ErrorDetails) -> str:
    """What is wrong with a value, as a reader would say it."""
    limits = fault.get("ctx", {})
    words = {
        "greater_than_equal": "it must be at least {ge}",
        "greater_than": "it must be more than {gt}",
        "less_than_equal": "it must be at most {le}",
        "finite_number": "it must be a finite number",
        "float_type": "it must be a number",
        "float_parsing": "it must be a number",
        "bool_type": "it must be true or false",
        "string_type": "it must be a text",
        "string_too_long": "it must be at most {max_length} characters long",
        "string_too_short": "it must not be empty",
        "string_pattern_mismatch": "it has characters that can't stand here",
        "literal_error": "it must be one of {expected}",
        "too_long": "it holds too many items (at most {max_length})",
        "too_short": "it holds too few items (at least {min_length})",
        "missing": "it is missing",
        "extra_forbidden": "this version knows no such field",
        "tuple_type": "it must be a list",
        "model_type": "it must be a group of fields",
        "model_attributes_type": "it must be a group of fields",
        "value_error": "{error}",
    }
    template = words.get(fault["type"])
    if template is None:
        return fault["msg"][:1].lower() + fault["msg"][1:]
    figures = {
        name: exact(limit) if isinstance(limit, float) else limit for name, limit in limits.items()
    }
    return template.format(**figures)
