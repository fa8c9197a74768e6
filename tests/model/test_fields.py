"""Every field says what it means, refuses what it can't hold, and can be reached by its path."""

import math
import re
from collections.abc import Iterable

import numpy as np
import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import ONE_LINE, Model, only_with, specs
from mlflow_cost_desktop.model.fields.paths import (
    Place,
    active_at,
    get,
    places,
    replace,
    spec_at,
    swept,
)
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.usage import Usage
from tests.shared.grouped import grouped
from tests.support import ARTICLE, LINE_ONCE, RICH, changed

PLACES = {place.path: place for place in places(RICH)}


def by_part(found: Iterable[Place]) -> dict[str, list[tuple[Place]]]:
    """Cases of one place each, by the part of the scenario that they belong to."""
    parts: dict[str, list[tuple[Place]]] = {}
    for place in found:
        parts.setdefault(place.path.partition(".")[0], []).append((place,))
    return parts


every_place = grouped(by_part(PLACES.values()))
every_number = grouped(by_part(p for p in PLACES.values() if p.spec.is_number))
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
        "Scenario": ["dismissed_offers"],
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
        ("region_id", "../x", "characters that can't stand here"),
        ("region_id", "", "it must not be empty"),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", 7, "it must be a text"),
        ("server.ec2.instance_type", "M5 large", "characters that can't stand here"),
        ("server.ec2.purchase", "stolen", "it must be one of 'on_demand', 'reserved'"),
        ("metadata_store.rds.instance_class", "m5.large", "characters that can't stand here"),
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
        RICH.usage.hours = 1.0  # type: ignore[misc]


def test_whole_numbers_are_numbers() -> None:
    assert replace(RICH, "usage.hours", 7).usage.hours == 7.0


def test_tiers_of_an_own_rate_begin_at_zero_and_rise() -> None:
    for begins in ((5.0,), (0.0, 5.0, 5.0), (0.0, 10.0, 5.0)):
        tiers = tuple(RateTier(begin=begin, usd=1.0) for begin in begins)
        with pytest.raises(ValueError, match="must begin at 0 and rise"):
            OwnRate(sku_id="x", region_id="us-east-1", tiers=tiers)


# --- Paths --------------------------------------------------------------------


@every_place
def test_a_place_is_found_at_its_path(place: Place) -> None:
    assert get(RICH, place.path) == place.value
    assert spec_at(RICH, place.path) is place.spec


@every_place
def test_the_same_value_again_makes_an_equal_scenario(place: Place) -> None:
    assert replace(RICH, place.path, place.value) == RICH


def test_replace_changes_one_field_and_leaves_the_rest() -> None:
    after = replace(RICH, "server.ec2.replicas", 5.0)
    assert after.server.ec2.replicas == 5.0
    assert RICH.server.ec2.replicas == 2.0
    assert replace(after, "server.ec2.replicas", 2.0) == RICH
    assert after.metadata_store is RICH.metadata_store


def test_items_of_a_list_are_named_by_their_id() -> None:
    after = replace(RICH, "labor.tasks.upgrades.hours", 9.0)
    assert [task.hours for task in after.labor.tasks] == [24.0, 9.0, 1.5, 1.0, 6.0]
    assert get(RICH, "own_lines.audit") == LINE_ONCE


@pytest.mark.parametrize(
    "path",
    [
        "",
        "usage.minutes",
        "usage.hours.more",
        "labor.tasks.nobody.hours",
        "labor.tasks.upgrades",
        "labor.tasks.upgrades.salary",
        "own_rates.0",
        "model_config",
        "__class__",
        "x" * 5000,
    ],
)
def test_a_path_that_leads_nowhere(path: str) -> None:
    with pytest.raises(UserError, match="There is no field") as caught:
        replace(RICH, path, 1.0)
    assert len(caught.value.title) < 120
    with pytest.raises(UserError, match="There is no field"):
        swept(RICH, path, np.array([1.0]))
    with pytest.raises(UserError, match="There is no field"):
        spec_at(RICH, path)


def test_swept_puts_an_array_in_one_field() -> None:
    values = np.array([1.0, 2.0])
    at = swept(RICH, "labor.tasks.patches.hours", values)
    assert get(at, "labor.tasks.patches.hours") is values
    assert at.labor.tasks[0] is RICH.labor.tasks[0]
    assert RICH.labor.tasks[2].hours == 1.5


def test_only_what_is_chosen_is_active() -> None:
    assert not PLACES["usage.hours_per_day"].active
    assert PLACES["usage.hours"].active
    assert not PLACES["server.ec2.term"].active
    assert not PLACES["metadata_store.rds.iops"].active
    gp3 = changed(RICH, metadata_store__rds__storage_type="gp3")
    assert {p.path for p in places(gp3) if p.active} - {
        p.path for p in places(RICH) if p.active
    } == {"metadata_store.rds.iops", "metadata_store.rds.throughput"}


def test_a_number_of_zero_makes_what_hangs_on_it_mean_nothing() -> None:
    def is_active(scenario: Scenario, path: str) -> bool:
        return next(place.active for place in places(scenario) if place.path == path)

    ec2 = "server.ec2."
    for path, beside in (
        ("peak_hours", "peak_replicas"),
        ("root_volume.type", "root_volume_gb"),
        ("root_volume.iops", "root_volume_gb"),
    ):
        without = replace(RICH, ec2 + beside, 0.0)
        assert is_active(RICH, ec2 + path) and not is_active(without, ec2 + path)
        assert active_at(RICH, ec2 + path) == ec2 + path
        assert active_at(without, ec2 + path) == ec2 + beside
    serverless = changed(RICH, metadata_store__option="aurora")
    assert active_at(serverless, "metadata_store.aurora.peak_hours") == (
        "metadata_store.aurora.capacity"
    ), "what hangs on a field that means nothing leads to what that one hangs on"


def test_a_property_may_tell_whether_a_field_matters() -> None:
    credits = "server.ec2.surplus_vcpu_hours"
    burst = changed(RICH, server__ec2__instance_type="t3.medium")
    found = [p.active for s in (RICH, burst) for p in places(s) if p.path == credits]
    assert found == [False, True]
    assert active_at(RICH, credits) == credits, "no input stands for it"


def test_groups_are_the_headings_on_the_way() -> None:
    assert PLACES["region_id"].group == ()
    assert PLACES["server.ec2.replicas"].group == ("Server",)
    assert PLACES["labor.tasks.upgrades.hours"].group == ("Maintenance", "Version upgrades")
    assert PLACES["own_lines.firewall.usd"].group == ("Firewall",)


def test_places_of_the_defaults_hold_the_defaults() -> None:
    for place in places(Scenario()):
        if not place.path.startswith("labor.tasks."):  # a task's defaults differ by task
            assert place.value == place.spec.default, place.path


def test_a_scenario_survives_its_json() -> None:
    assert Scenario.model_validate_json(RICH.model_dump_json()) == RICH
    assert issubclass(Scenario, Model)
    assert ARTICLE != RICH
