"""The frozen base of everything a user describes, and what its fields say of themselves.

A field is declared once, with its title, meaning, unit, bounds and section; forms, tooltips,
files, the PDF and the command line read it here.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

import annotated_types
from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from mlflow_cost_desktop.figures import one_line


class Model(BaseModel):
    """Frozen, strict, without unknown fields, infinities or NaN; its texts are of one line.

    A text has a pattern that allows nothing else, or `ONE_LINE` after its bounds.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )

    def changing_with(self, name: str, value: object) -> dict[str, object]:
        """Other fields that get a value too when one is edited; nothing, as a rule."""
        return {}


ONE_LINE = AfterValidator(one_line)
"""Keeps a text that anything can be typed into on one line."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts, and how an editor steps through it."""

    text: str
    step: float = 1.0


@dataclass(frozen=True, slots=True)
class Whole:
    """The number counts whole things: what is drawn or grows is rounded, half up."""


@dataclass(frozen=True, slots=True)
class CountsUpTo:
    """More than this changes nothing: the name of a number of the scenario."""

    name: str


@dataclass(frozen=True, slots=True)
class Period:
    """In what the number is counted is said by a choice beside it: words for its values."""

    field: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Many:
    """A text that may be an array, too: the name of a size, which is a part of prices' keys.

    Choices decide which lines there are, and are asked for one at a time.
    """


@dataclass(frozen=True, slots=True)
class Section:
    """The heading under which a form shows the field and those after it; a note stands below."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chooser:
    """The list, made from the price book, that a text is chosen from."""

    name: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for the values of a choice."""

    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OnlyIf:
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


@dataclass(frozen=True, slots=True)
class Empty:
    """What an optional number means while nothing is typed."""

    words: str


Costs: TypeAlias = Literal["more", "less", "either", "same"]


@dataclass(frozen=True, slots=True)
class Effect:
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
        self.counts_whole = _first(info, Whole) is not None
        up_to = _first(info, CountsUpTo)
        self.counts_up_to = up_to.name if up_to else ""
        self.period = _first(info, Period)
        self.per = ""
        labels = _first(info, Labels)
        self.labels: Mapping[str, str] = labels.words if labels else {}
        parts = _union_parts(info.annotation)
        self.optional = type(None) in parts
        kinds = [part for part in parts if part is not type(None)]
        self.kind: Any = kinds[0]
        self.takes_many = self.is_number or _first(info, Many) is not None
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

    def beside(self, model: Model) -> FieldSpec:
        """The same, with what a choice beside it says of the number: `per` is `a year`."""
        if self.period is None:
            return self
        return _counted(self, self.period.words[str(getattr(model, self.period.field))])


@cache
def _counted(spec: FieldSpec, per: str) -> FieldSpec:
    made = copy(spec)
    made.per = per
    return made


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
