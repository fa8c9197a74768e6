"""The scenarios that come with the program: presets to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.files.scenario_file import SUFFIX, read_scenario
from mlflow_cost_desktop.model.fields.paths import places
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir


def samples() -> Iterator[Scenario]:
    """All of them.

    Raises:
        UserError: if one is missing or damaged.
    """
    for path in sorted((resources_dir() / "scenarios").glob(f"*{SUFFIX}")):
        yield read_scenario(path).scenario


def nearest_sample(scenario: Scenario) -> Scenario | None:
    """The sample with which a scenario shares most of what no default is.

    None where it shares less than half of what any sample says: it has come from none.
    """
    defaults = {place.path: place.value for place in places(Scenario())}
    own = {place.path: place.value for place in places(scenario)}

    def share(sample: Scenario) -> float:
        said = {p.path: p.value for p in places(sample) if p.value != defaults.get(p.path)}
        alike = sum(own.get(path) == value for path, value in said.items())
        return alike / max(len(said), 1)

    nearest = max(samples(), key=share, default=None)
    return nearest if nearest and share(nearest) >= 0.5 else None
