"""What an estimate assumes: every input that matters, its value, and where that came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.samples import nearest_sample
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import Place, get, places
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.inputs import value_in_words
from mlflow_cost_desktop.wording.plan_inputs import plan_in_words

JUDGMENT = "judgment"
DEFAULT = "default"
PRESET = "preset"
TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Assumption:
    """An input, or an item of a list, in words.

    Attributes:
        heading: the part of the scenario that it belongs to.
        value: with its unit.
        number: the value of a single number, in `unit`; none where it is something else.
        origin: `typed`, `preset`, `default` or `judgment` (a default that nobody measured).
        default: what stands there unless somebody changes it, in words; empty where that says
            nothing.
        basis: what the default is founded on.
        is_item: whether it is an item of a list, as a task.
    """

    heading: str
    path: str
    title: str
    value: str
    number: float | None
    unit: str
    origin: str
    default: str = ""
    basis: str = ""
    is_item: bool = False

    @property
    def differs(self) -> bool:
        """Whether it is not as everybody's is at first."""
        return self.origin in (TYPED, PRESET)


class Given:
    """The values that a scenario begins with: the defaults, and those of its preset."""

    def __init__(self, scenario: Scenario) -> None:
        preset = nearest_sample(scenario)
        self.name = preset.name if preset else ""
        self.defaults = {place.path: place.value for place in places(Scenario())}
        self.preset = {place.path: place.value for place in places(preset)} if preset else {}


def assumptions(scenario: Scenario, given: Given) -> Iterator[Assumption]:
    """Every input that matters, in the order of the scenario; an item of a list is one."""
    active = [place for place in places(scenario) if place.active]
    for heading, group in groupby(active, key=lambda place: _heading(place)):
        for _, some in groupby(group, key=lambda place: _item(scenario, place) or place.path):
            yield _assumption(scenario, heading, list(some), given)


def _heading(place: Place) -> str:
    if place.path.startswith("own_lines."):
        return "Your own lines"
    if place.path.startswith("plans."):
        return "Managed plans, edited or added"
    return place.group[0] if place.group else "Scenario"


def _item(scenario: Scenario, place: Place) -> str:
    """The path of the list's item that an input belongs to, empty where it belongs to none."""
    holder = place.path.rpartition(".")[0]
    parent = holder.rpartition(".")[0]
    return holder if parent and isinstance(get(scenario, parent), tuple) else ""


def _assumption(scenario: Scenario, heading: str, some: list[Place], given: Given) -> Assumption:
    origin = _origin(some, given)
    basis = "" if origin in (TYPED, PRESET) else printable(_basis(some))
    path = _item(scenario, some[0])
    if path:
        item = get(scenario, path)
        words = plan_in_words(item, PLAIN) if isinstance(item, ManagedPlan) else map(_value, some)
        name = printable(some[0].group[-1])
        return Assumption(
            heading, path, name, " · ".join(words), None, "", origin, "", basis, is_item=True
        )
    (place,) = some
    spec, default = place.spec, ""
    if origin in (TYPED, PRESET) and spec.kind is not str and place.path in given.defaults:
        default = _in_words(spec, given.defaults[place.path])
    number = place.value if isinstance(place.value, float) else None
    unit = spec.unit.text if spec.unit else ""
    return Assumption(
        heading, place.path, spec.title, _value(place), number, unit, origin, default, basis
    )


def _origin(some: list[Place], given: Given) -> str:
    defaults, preset = given.defaults, given.preset
    changed = [place for place in some if place.value != defaults.get(place.path, ...)]
    if not changed:
        return JUDGMENT if JUDGMENT in _basis(some).lower() else DEFAULT
    is_preset = all(preset.get(place.path, ...) == place.value for place in changed)
    return PRESET if is_preset else TYPED


def _basis(some: list[Place]) -> str:
    """What a default is founded on: a task's note, or what its description says of it."""
    if some[0].note:
        return some[0].note
    _, default, basis = some[0].spec.description.partition("Default: ")
    return f"{default}{basis}"


def _value(place: Place) -> str:
    return _in_words(place.spec, place.value)


def _in_words(spec: FieldSpec, value: object) -> str:
    return printable(value_in_words(spec, value, PLAIN))
