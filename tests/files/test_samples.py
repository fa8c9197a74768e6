"""Presets, and which of them a scenario began with."""

from mlflow_cost_desktop.files.samples import nearest_sample, samples
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import changed


def test_each_preset_is_nearest_to_itself_also_after_an_edit() -> None:
    presets = list(samples())
    assert len(presets) == 4
    for preset in presets:
        assert nearest_sample(preset) == preset
        assert nearest_sample(changed(preset, name="Ours", team__users=77.0)) == preset


def test_a_scenario_of_defaults_has_none() -> None:
    assert nearest_sample(Scenario()) is None
