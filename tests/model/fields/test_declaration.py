"""Every field says what it means and refuses what it can't hold."""

import math
import re
from typing import Annotated, get_args

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Chooser,
    Empty,
    Model,
    Section,
    Unit,
    only_with,
    specs,
)
from mlflow_cost_desktop.model.fields.paths import Place, get, replace
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.usage import Usage
from tests.shared.places import every_number, every_place
from tests.support import ARTICLE, RICH

NO_NUMBERS = (math.inf, -math.inf, math.nan, True, "7", "", [7.0], {})

# --- What fields say of themselves --------------------------------------------


@every_place
def test_every_field_has_a_title_and_a_description(place: Place) -> None:
    assert place.spec.title[0].isupper()
    assert place.spec.description.endswith(".")
    assert not place.spec.title.endswith(".")


@every_number
def test_every_number_has_a_unit_bounds_on_both_sides_and_an_effect(place: Place) -> None:
    spec = place.spec
    assert spec.unit is not None
    assert spec.unit.text
    assert spec.unit.step > 0
    assert spec.effect is not None
    assert spec.effect.why
    assert spec.lower is not None
    assert spec.upper is not None
    assert -math.inf < spec.lower < spec.upper < math.inf
    assert (spec.default is None) == spec.optional
    if spec.optional:
        assert spec.empty is not None
    else:
        assert spec.lower <= spec.default <= spec.upper


@every_place
def test_every_choice_has_words_for_each_of_its_values(place: Place) -> None:
    spec = place.spec
    assert set(spec.labels) == set(spec.choices)
    assert all(spec.label(choice) for choice in spec.choices)
    if spec.choices:
        assert spec.default in spec.choices


@every_place
def test_what_matters_only_sometimes_names_what_stands_beside_it(place: Place) -> None:
    holder = get(RICH, place.path.rpartition(".")[0]) if "." in place.path else RICH
    for condition in place.spec.only_if:
        beside = specs(type(holder)).get(condition.field)
        if beside is None:
            assert isinstance(getattr(type(holder), condition.field), property)
        elif beside.is_number:
            assert condition == only_with(condition.field)
            assert beside.lower == 0.0, "what can't be zero always matters"
        else:
            assert set(condition.values) < set(beside.choices or ("True", "False"))


@every_place
def test_every_text_has_a_length(place: Place) -> None:
    if place.spec.kind is str:
        assert place.spec.max_length is not None


def test_what_has_no_title_is_no_input() -> None:
    hidden = {
        model.__name__: [name for name, spec in specs(model).items() if not spec.title]
        for model in (Scenario, Usage, type(RICH.labor), type(RICH.labor.tasks[0]), OwnLine)
    }
    assert hidden == {
        "Scenario": [
            "provider_id",
            "held_against",
            "start",
            "seed",
            "budget_usd",
            "needs",
            "dismissed_offers",
        ],
        "Usage": [],
        "Labor": [],
        "Task": ["id", "name", "note"],
        "OwnLine": ["id", "name"],
    }


def test_the_components_are_the_scenario_s_own() -> None:
    for name, title in COMPONENTS.items():
        assert specs(Scenario)[name].title == title


# --- What fields refuse -------------------------------------------------------


@every_number
def test_a_number_is_finite_and_nothing_else(place: Place) -> None:
    said = f"^{re.escape(place.spec.title)}: it must be"
    for value in NO_NUMBERS:
        with pytest.raises(UserError, match=said) as caught:
            replace(RICH, place.path, value)
        assert "stays as it was" in caught.value.advice


@every_number
def test_bounds_are_the_last_values_that_are_taken(place: Place) -> None:
    lower, upper = place.spec.lower, place.spec.upper
    assert lower is not None
    assert upper is not None
    for value in (lower, upper, round((lower + upper) / 2)):
        assert get(replace(RICH, place.path, value), place.path) == value
    with pytest.raises(UserError, match="it must be at least"):
        replace(RICH, place.path, math.nextafter(lower, -math.inf))
    with pytest.raises(UserError, match="it must be at most"):
        replace(RICH, place.path, math.nextafter(upper, math.inf))


@every_place
def test_only_an_optional_field_may_be_empty(place: Place) -> None:
    if place.spec.optional:
        assert get(replace(RICH, place.path, None), place.path) is None
    else:
        with pytest.raises(UserError):
            replace(RICH, place.path, None)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("region_id", "../x", "characters that can't be used here"),
        ("region_id", "", "it must not be empty"),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", 7, "it must be a text"),
        ("server.ec2.instance_type", "M5 large", "characters that can't be used here"),
        ("server.ec2.purchase", "stolen", "it must be one of 'on_demand', 'reserved'"),
        ("metadata_store.rds.instance_class", "m5.large", "characters that can't be used here"),
        ("labor.tasks", [], "it must be a list"),
        ("usage", 7, "it must be a group of fields"),
    ],
)
def test_what_is_refused_is_said_in_words(path: str, value: object, words: str) -> None:
    with pytest.raises(UserError) as caught:
        replace(RICH, path, value)
    assert words in caught.value.title


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        Usage.model_validate({"hours": 1.0, "minutes": 2.0})


def test_texts_are_of_one_line_and_one_direction() -> None:
    line = OwnLine(id="a", name="a\nb", unit="\u202ex")
    assert (line.name, line.unit) == ("a b", " x")
    assert replace(ARTICLE, "name", "\u202egnp.exe").name == " gnp.exe"
    assert replace(ARTICLE, "name", "Ours ").name == "Ours "  # still being typed


def test_every_text_keeps_to_one_line() -> None:
    texts = [
        (model, name, info.metadata)
        for model in _models()
        for name, info in model.model_fields.items()
        if info.annotation is str
    ]
    assert len(texts) > 20
    for model, name, metadata in texts:
        has_pattern = any(getattr(constraint, "pattern", None) for constraint in metadata)
        assert has_pattern or metadata[-1] is ONE_LINE, f"{model.__name__}.{name}"


def _models(base: type[Model] = Model) -> list[type[Model]]:
    """Every kind of model that the program declares."""
    below = [model for child in base.__subclasses__() for model in (child, *_models(child))]
    return [model for model in below if model.__module__.startswith("mlflow_cost_desktop.")]


def test_a_model_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        RICH.usage.hours = 1.0


def test_whole_numbers_are_numbers() -> None:
    assert replace(RICH, "usage.hours", 7).usage.hours == 7.0


def test_tiers_of_an_own_rate_begin_at_zero_and_rise() -> None:
    for begins in ((5.0,), (0.0, 5.0, 5.0), (0.0, 10.0, 5.0)):
        tiers = tuple(RateTier(begin=begin, usd=1.0) for begin in begins)
        with pytest.raises(ValueError, match="must begin at 0 and rise"):
            OwnRate(sku_id="x", provider_id="aws", region_id="us-east-1", tiers=tiers)


def test_markers_of_one_text_are_not_taken_for_each_other() -> None:
    """`typing` keeps one annotation for all that are equal: a section would become a chooser."""
    markers = (Section("x"), Chooser("x"), Empty("x"), Unit("x"), Unit("x", 2.0))
    for marker in markers:
        assert [other for other in markers if other == marker] == [marker]
        assert get_args(Annotated[str, marker])[1] is marker
